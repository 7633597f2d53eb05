"""Dots with their 95 % interval, in alphabetical order: a comparison, never a league table."""

import plotly.graph_objects as go
import polars as pl

from metrics.metric import Metric
from metrics.text import Text
from metrics.units import number
from pages.figures.context import Context
from pages.figures.theme import dress

ABOVE = Text("{names}: di atas angka keseluruhan {total}",
             "{names}: above the overall figure of {total}")  # fmt: skip
BELOW = Text("{names}: di bawah angka keseluruhan {total}",
             "{names}: below the overall figure of {total}")  # fmt: skip
BOTH = Text("{below}: di bawah {total}; {above}: di atas",
            "{below}: below {total}; {above}: above")  # fmt: skip
ALIKE = Text("Tidak ada perbedaan yang melampaui variasi biasa (keseluruhan {total})",
             "No difference beyond ordinary variation (overall {total})")  # fmt: skip
NOT_JUDGED = Text(
    "Keseluruhan {total}; perbedaan antarkelompok tidak dinilai",
    "Overall {total}; differences between the groups are not judged",
)
UNKNOWN = Text("Data belum cukup", "Not enough data yet")
NOT_REACHED = Text("belum tercapai", "not reached")
TOO_FEW = Text("data belum cukup", "too few data")
DOT = Text("titik: nilai; n di kanan", "dot: value; n on the right")
INTERVAL = Text(
    "titik: nilai; garis: rentang kepastian 95%; n di kanan",
    "dot: value; line: 95% interval; n on the right",
)
NOT_ADJUSTED = Text(
    "; belum disesuaikan dengan jenis kasus", "; not yet adjusted for the mix of case types"
)
AND_MORE = Text("{names} dan {more} lainnya", "{names} and {more} more")


def intervals(
    measured: pl.DataFrame,
    *,
    overall: float | None,
    metric: Metric,
    code_list: str,
    context: Context,
    highlight: str | None = None,
    compare: bool = True,
) -> go.Figure:
    """Return a dot and a line a group. Rows: a code, value, n, lower, upper.

    A group whose interval holds the overall value is grey: it is not distinguishable.
    """
    column = measured.columns[0]
    scale = metric.unit.scale
    rows = sorted(
        measured.filter(pl.col(column).is_not_null()).iter_rows(named=True),
        key=lambda row: context.name(code_list, row[column]),
        reverse=True,  # Plotly draws the first at the bottom
    )
    names, labels = (
        [said(code_list, row[column]) for row in rows] for said in (context.name, context.axis_name)
    )
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
    colours = [_colour(row, overall, context, row[column] == highlight) for row in rows]
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
        title=_finding(rows, names, overall, metric, context, compare),
        subtitle=f"{context.subtitle(metric)} · {_how_to_read(rows, metric, context)}",
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
        nticks=3 if context.small else None,
        tickangle=0,
        range=[-0.02 * edge * scale, edge * scale] if edge else None,
        ticksuffix="%" if metric.unit.glued else "",
    )
    return figure


def _how_to_read(rows: list[dict], metric: Metric, context: Context) -> str:
    if all(row["lower"] is None for row in rows):
        return context.say(DOT)
    of_cases = metric.comparison == "tested" and metric.time_base in ("opened", "closed")
    return context.say(INTERVAL) + (context.say(NOT_ADJUSTED) if of_cases else "")


def _told(row: dict, metric: Metric, context: Context) -> str:
    if row["value"] is None:
        return context.say(NOT_REACHED if row["lower"] is not None else TOO_FEW)
    bare = metric.unit.bare(row["value"], context.language)
    return bare + (context.say(metric.unit.words) if metric.unit.glued else "")


def _edge(rows: list[dict], overall: float | None) -> float:
    """Return where the axis ends: a little beyond everything that is drawn."""
    drawn = [row[side] for row in rows for side in ("value", "lower", "upper")]
    return 1.05 * max((value for value in [*drawn, overall] if value is not None), default=0)


def _side(row: dict, overall: float | None) -> int:
    """Return -1 or 1 where the whole interval lies below or above the overall value, else 0."""
    if overall is None or row["lower"] is None:
        return 0
    if row["lower"] > overall:
        return 1
    return -1 if row["upper"] is not None and row["upper"] < overall else 0


def _colour(row: dict, overall: float | None, context: Context, chosen: bool) -> str:
    """Return dark for a group that differs, grey for one that cannot be told apart.

    Never the colours of good and bad: the groups are not alike in what they deal with.
    """
    if chosen:
        return context.palette.primary
    return context.palette.ink if _side(row, overall) else context.palette.ordinary


def _finding(
    rows: list[dict],
    names: list[str],
    overall: float | None,
    metric: Metric,
    context: Context,
    compare: bool,
) -> str:
    if overall is None:
        return context.say(UNKNOWN)
    if not compare or metric.comparison != "tested" or all(row["lower"] is None for row in rows):
        return context.say(NOT_JUDGED.format(total=metric.unit.format(overall, context.language)))
    total = metric.unit.format(overall, context.language)
    sides = {
        side: [x for x, row in zip(names, rows, strict=True) if _side(row, overall) == side][::-1]
        for side in (-1, 1)
    }
    if sides[1] and sides[-1]:
        above, below = (_listed(sides[side], context) for side in (1, -1))
        return context.say(BOTH.format(above=above, below=below, total=total))
    for side, text in ((1, ABOVE), (-1, BELOW)):
        if sides[side]:
            return context.say(text.format(names=_listed(sides[side], context), total=total))
    return context.say(ALIKE.format(total=total))


def _listed(names: list[str], context: Context) -> str:
    if len(names) <= 2:
        return ", ".join(names)
    return context.say(AND_MORE.format(names=", ".join(names[:2]), more=len(names) - 2))
