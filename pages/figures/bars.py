"""Bars that compare groups by their counts, longest first, from zero."""

import plotly.graph_objects as go
import polars as pl

from metrics.metric import Metric
from metrics.text import Text
from metrics.units import number
from pages.figures.context import Context
from pages.figures.theme import dress

FINDING = Text("{dimension} terbanyak: {name}, {value} ({share} dari {total})",
               "{dimension} with most: {name}, {value} ({share} of {total})")  # fmt: skip
OF_ALL = Text("{share} dari {total}: {name}", "{share} of {total}: {name}")
NONE = Text("Tidak ada yang tercatat", "None on record")
NOT_RECORDED = Text("tidak tercatat", "not recorded")


def bars(
    measured: pl.DataFrame,
    *,
    metric: Metric,
    code_list: str,
    dimension: Text,
    context: Context,
    highlight: str | None = None,
    in_order: bool = False,
    finding: Text = FINDING,
) -> go.Figure:
    """Return one bar a group of a count. Rows: a code in the first column, value, n.

    `dimension` is what the codes are: post, channel. A group that did not report has no bar; rows
    without a code stand below the others; the one chosen in the filter is coloured. `in_order`
    keeps the rows' own order, for groups that have one.
    """
    column = measured.columns[0]
    shown = measured.filter(pl.col("value").fill_null(1) > 0)
    last = pl.col(column).is_not_null()  # Plotly draws the first at the bottom
    shown = shown.reverse() if in_order else shown.sort(last, "value", nulls_last=False)
    codes = shown[column].to_list()
    colours = [
        context.palette.primary if code and code == highlight else context.palette.ordinary
        for code in codes
    ]
    values = shown["value"].to_list()
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=[
                context.say(NOT_RECORDED) if code is None else context.axis_name(code_list, code)
                for code in codes
            ],
            x=values,
            text=[metric.unit.bare(value, context.language) for value in values],
            textposition="outside",
            cliponaxis=False,
            marker_color=colours,
            customdata=codes,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    dress(
        figure,
        title=_finding(measured, metric, code_list, dimension, context, finding),
        subtitle=context.subtitle(metric),
        language=context.language,
        palette=context.palette,
        height=24 + 32 * max(shown.height, 2),
    )
    figure.update_xaxes(visible=False, rangemode="tozero")
    figure.update_yaxes(showgrid=False, tickfont_color=context.palette.ink)
    figure.update_layout(margin_r=48)
    return figure


def _finding(
    measured: pl.DataFrame,
    metric: Metric,
    code_list: str,
    dimension: Text,
    context: Context,
    finding: Text,
) -> str:
    total = measured["value"].sum()
    known = measured.filter(pl.col(measured.columns[0]).is_not_null(), pl.col("value") > 0)
    if known.is_empty():
        return context.say(NONE)
    top = known.sort("value", descending=True).row(0, named=True)
    return context.say(
        finding.format(
            dimension=dimension,
            name=context.name(code_list, top[measured.columns[0]]),
            value=metric.unit.format(top["value"], context.language),
            share=number(100 * top["value"] / total, context.language) + "%",
            total=number(total, context.language),
        )
    )
