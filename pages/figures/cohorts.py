"""A value by the quarter in which its cases came in, each with its interval."""

import plotly.graph_objects as go
import polars as pl

from metrics.metric import Metric
from metrics.text import Text
from metrics.units import quarter
from pages.figures.context import Context
from pages.figures.theme import dress

TITLE = Text("{measure} menurut triwulan kasus dilaporkan: {first} pada {earliest}, {last} pada "
             "{latest}",
             "{measure} by the quarter of the report: {first} in {earliest}, {last} in "
             "{latest}")  # fmt: skip
UNKNOWN = Text("{measure} menurut triwulan kasus dilaporkan: data belum cukup",
               "{measure} by the quarter of the report: not enough data yet")  # fmt: skip
NOTE = Text(
    "titik: nilai; garis: rentang kepastian 95%; triwulan terakhir belum lama diikuti",
    "dot: value; line: 95% interval; the last quarters have not been followed for long",
)
POINT = Text("{quarter}: {value} (n {n})", "{quarter}: {value} (n {n})")


def quarters(measured: pl.DataFrame, *, metric: Metric, context: Context) -> go.Figure:
    """Return a dot and a line a quarter. Rows: quarter, value, n, lower, upper."""
    rows = measured.rows(named=True)
    names = [quarter(row["quarter"], context.language) for row in rows]
    scale = metric.unit.scale
    figure = go.Figure()
    ends = [
        end
        for row in rows
        for end in (
            (None, None, None)
            if row["lower"] is None or row["upper"] is None
            else (row["lower"] * scale, row["upper"] * scale, None)
        )
    ]
    figure.add_scatter(
        x=[name for name in names for _ in range(3)],
        y=ends,
        mode="lines",
        line={"width": 2, "color": context.palette.ordinary},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=names,
        y=[None if row["value"] is None else row["value"] * scale for row in rows],
        mode="markers",
        marker={"size": 11, "color": context.palette.primary},
        customdata=[
            context.say(
                POINT.format(
                    quarter=name,
                    value=metric.unit.format(row["value"], context.language),
                    n=row["n"],
                )
            )
            for name, row in zip(names, rows, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    dress(
        figure,
        title=_finding(rows, names, metric, context),
        subtitle=f"{context.subtitle(metric)} · {context.say(NOTE)}",
        language=context.language,
        palette=context.palette,
        height=300,
    )
    shown = names[:: 2 if context.small else 1]
    figure.update_xaxes(
        type="category",
        showgrid=False,
        tickangle=0,
        tickvals=shown,
        ticktext=["<br>".join(name.rsplit(" ", 1)) for name in shown],
    )
    figure.update_yaxes(rangemode="tozero", ticksuffix="%" if metric.unit.glued else "")
    return figure


def _finding(rows: list[dict], names: list[str], metric: Metric, context: Context) -> str:
    known = [
        (name, metric.unit.format(row["value"], context.language))
        for name, row in zip(names, rows, strict=True)
        if row["value"] is not None
    ]
    if not known:
        return context.say(UNKNOWN.format(measure=metric.label))
    (earliest, first), (latest, last) = known[0], known[-1]
    return context.say(
        TITLE.format(measure=metric.label, first=first, earliest=earliest, last=last, latest=latest)
    )
