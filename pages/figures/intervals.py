"""Dots with their 95 % interval, in alphabetical order: a comparison, never a league table."""

import plotly.graph_objects as go
import polars as pl

from metrics.metric import Metric
from metrics.text import Text
from metrics.units import number
from pages.figures.context import Context
from pages.figures.theme import dress

OVERALL = Text("{measure}: keseluruhan {total}", "{measure}: overall {total}")
UNKNOWN = Text("Data belum cukup", "Not enough data yet")
NOT_REACHED = Text("belum tercapai", "not reached")
TOO_FEW = Text("data belum cukup", "too few data")
DOT = Text("titik: nilai; n di kanan", "dot: value; n on the right")
INTERVAL = Text(
    "titik: nilai; garis: rentang kepastian 95%; n di kanan",
    "dot: value; line: 95% interval; n on the right",
)
FAIRLY_COMPARED = Text(
    "; perbandingan yang adil antarpos: gambar yang disesuaikan dengan jenis kasus",
    "; for a fair comparison of posts see the figure adjusted for the mix of cases",
)


def intervals(
    measured: pl.DataFrame,
    *,
    overall: float | None,
    metric: Metric,
    code_list: str,
    context: Context,
    highlight: str | None = None,
) -> go.Figure:
    """Return a dot and a line a group. Rows: a code, value, n, lower, upper.

    No group is said to differ, in words or in colour: only the figure that is adjusted for the mix
    of cases does that.
    """
    column = measured.columns[0]
    scale = metric.unit.scale
    rows = sorted(
        measured.filter(pl.col(column).is_not_null()).iter_rows(named=True),
        key=lambda row: context.name(code_list, row[column]),
        reverse=True,  # Plotly draws the first at the bottom
    )
    labels = [context.axis_name(code_list, row[column]) for row in rows]
    edge = _edge(rows, overall)
    figure = go.Figure()
    ends: list[float | None] = []
    for row in rows:
        known = row["lower"] is not None
        # An upper limit that is not reached yet goes on to the chart's edge.
        upper = edge if row["upper"] is None else row["upper"]
        ends += [row["lower"] * scale, upper * scale, None] if known else [None] * 3
    figure.add_scatter(
        x=ends,
        y=[label for label in labels for _ in range(3)],
        mode="lines",
        line={"width": 2, "color": context.palette.ordinary},
        hoverinfo="skip",
    )
    colours = [
        context.palette.primary if row[column] == highlight else context.palette.ordinary
        for row in rows
    ]
    texts = [_told(row, metric, context) for row in rows]
    figure.add_scatter(
        x=[None if row["value"] is None else row["value"] * scale for row in rows],
        y=labels,
        mode="markers",
        cliponaxis=False,
        marker={"size": 11, "color": colours},
        customdata=[
            [row[column], text, number(row["n"], context.language)]
            for row, text in zip(rows, texts, strict=True)
        ],
        hovertemplate="%{y}: %{customdata[1]} (n = %{customdata[2]})<extra></extra>",
    )
    if overall is not None:
        figure.add_vline(x=overall * scale, line={"color": context.palette.ink, "dash": "dot"})
    dress(
        figure,
        title=_title(overall, metric, context),
        subtitle=f"{context.subtitle(metric)} · {_how_to_read(rows, column, metric, context)}",
        language=context.language,
        palette=context.palette,
        height=50 + 32 * max(len(rows), 2),
    )
    notes = [
        {
            "x": 1,
            "xref": "paper",
            "y": label,
            "xanchor": "left",
            "showarrow": False,
            "text": text if context.small else f"{text} · n {number(row['n'], context.language)}",
            "font": {"size": 12, "color": context.palette.mute},
        }
        for label, row, text in zip(labels, rows, texts, strict=True)
    ]
    # "data belum cukup · n 4" stands in the margin.
    figure.update_layout(margin_r=96 if context.small else 140, annotations=notes)
    figure.update_yaxes(
        showgrid=False,
        tickfont_color=context.palette.ink,
        categoryarray=labels,
        range=[-0.6, len(labels) - 0.4],
    )
    figure.update_xaxes(
        visible=bool(edge) or overall is not None,  # an axis of nothing tells nothing
        nticks=3 if context.small else None,
        tickangle=0,
        range=[-0.02 * edge * scale, edge * scale] if edge else None,
        ticksuffix="%" if metric.unit.glued else "",
    )
    return figure


def _how_to_read(rows: list[dict], column: str, metric: Metric, context: Context) -> str:
    if all(row["lower"] is None for row in rows):
        return context.say(DOT)
    of_cases = metric.comparison == "tested" and metric.time_base in ("opened", "closed")
    of_posts = of_cases and column == "post_code"
    return context.say(INTERVAL) + (context.say(FAIRLY_COMPARED) if of_posts else "")


def _told(row: dict, metric: Metric, context: Context) -> str:
    if row["value"] is None:
        return context.say(NOT_REACHED if row["lower"] is not None else TOO_FEW)
    bare = metric.unit.bare(row["value"], context.language)
    return bare + (context.say(metric.unit.words) if metric.unit.glued else "")


def _edge(rows: list[dict], overall: float | None) -> float:
    """Return where the axis ends: a little beyond everything that is drawn."""
    drawn = [row[side] for row in rows for side in ("value", "lower", "upper")]
    return 1.05 * max((value for value in [*drawn, overall] if value is not None), default=0)


def _title(overall: float | None, metric: Metric, context: Context) -> str:
    if overall is None:
        return context.say(UNKNOWN)
    total = metric.unit.format(overall, context.language)
    return context.say(OVERALL.format(measure=metric.label, total=total))
