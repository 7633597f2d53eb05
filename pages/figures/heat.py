"""A table of colours: sectors by places, each cell with its number."""

import plotly.graph_objects as go
import polars as pl

from metrics.metric import Metric
from metrics.text import Text
from pages.figures.context import Context
from pages.figures.theme import dress

FINDING = Text(
    "{label}, paling banyak: {row} di {column} ({value})",
    "{label}, the most: {row} in {column} ({value})",
)
NONE = Text("Tidak ada yang tercatat", "None on record")


def heat(
    measured: pl.DataFrame, *, metric: Metric, lists: tuple[str, str], context: Context
) -> go.Figure:
    """Return the table. Rows: two codes (down, across), value, n; an absent pair stays empty."""
    down, across = measured.columns[:2]
    known = measured.filter(pl.col(down).is_not_null(), pl.col(across).is_not_null())
    rows = known[down].unique().sort().to_list()[::-1]
    columns = known[across].unique().sort().to_list()
    cells = {(r[down], r[across]): r["value"] for r in known.iter_rows(named=True)}
    values = [[cells.get((row, column)) or None for column in columns] for row in rows]
    figure = go.Figure(
        go.Heatmap(
            x=[context.axis_name(lists[1], code).replace(" ", "<br>") for code in columns],
            y=[context.axis_name(lists[0], code) for code in rows],
            z=values,
            text=[
                ["" if v is None else metric.unit.bare(v, context.language) for v in line]
                for line in values
            ],
            texttemplate="%{text}",
            textfont={"size": 12, "color": context.palette.ink},
            colorscale=[[0, context.palette.mist], [1, context.palette.strongest_under_ink]],
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{y}, %{x}: %{text}<extra></extra>",
            hoverongaps=False,
        )
    )
    dress(
        figure,
        title=_finding(known, metric, lists, context),
        subtitle=context.subtitle(metric),
        language=context.language,
        palette=context.palette,
        height=70 + 38 * max(len(rows), 2),
    )
    figure.update_xaxes(side="bottom", showgrid=False, tickangle=0)
    figure.update_yaxes(showgrid=False, tickfont_color=context.palette.ink)
    return figure


def _finding(known: pl.DataFrame, metric: Metric, lists: tuple[str, str], context: Context) -> str:
    if not known["value"].sum():
        return context.say(NONE)
    top = known.sort("value", descending=True, nulls_last=True).row(0, named=True)
    down, across = known.columns[:2]
    return context.say(
        FINDING.format(
            label=metric.label,
            row=context.name(lists[0], top[down]),
            column=context.name(lists[1], top[across]),
            value=metric.unit.format(top["value"], context.language),
        )
    )
