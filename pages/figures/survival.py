"""How many cases are resolved after so many days: curves that count the open ones."""

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from metrics.text import Text
from metrics.units import DAYS
from pages.figures.context import Context
from pages.figures.theme import dress, faint

MEASURE = Text("Bagian kasus yang sudah ditutup, menurut hari sejak dilaporkan",
               "Share of cases closed, by days since they were reported")  # fmt: skip
HALF = Text(
    "Separuh kasus ditutup dalam {days} (rentang kepastian 95%: {lower} sampai {upper})",
    "Half of the cases are closed within {days} (95% interval: {lower} to {upper})",
)
NOT_HALF = Text("Separuh kasus belum tercapai", "Half of the cases: not reached yet")
TOO_FEW = Text("Data belum cukup", "Not enough data yet")
COUNTED = Text("kasus yang masih terbuka ikut dihitung; pita: rentang kepastian 95%",
               "cases still open are counted in; band: 95% interval")  # fmt: skip
AXIS = Text("hari sejak dilaporkan", "days since reported")
NOT_YET = Text("belum tercapai", "not reached")
HORIZON = 365
PARTS = (0, 25, 50, 75, 100)
MOST_NAMED = 4  # curves with a name at their end


def resolution_curves(
    curves: Mapping[str, pl.DataFrame],
    *,
    median: Mapping[str, float | None],
    context: Context,
) -> go.Figure:
    """Return the first curve with its band, and the others thin beside it, named at their end.

    Curves: name -> days, survival, lower, upper. Median: value, lower, upper of the first.
    """
    figure = go.Figure()
    days_word = context.say(DAYS.words)
    for index, (name, curve) in enumerate(curves.items()):
        shown = curve.filter(pl.col("days") <= HORIZON)
        days = [0, *shown["days"].to_list()]
        if index == 0:
            _band(figure, shown, context)
        colour = context.palette.primary if index == 0 else context.palette.ordinary
        resolved = [0.0, *((1 - shown["survival"]) * 100).to_list()]
        figure.add_scatter(
            x=days,
            y=resolved,
            name=name,
            mode="lines",
            line={"shape": "hv", "width": 3 if index == 0 else 1.5, "color": colour},
            hovertemplate=f"%{{x}} {days_word}: %{{y:.1f}}%<extra>%{{fullData.name}}</extra>",
        )
        if shown.height and len(curves) <= MOST_NAMED:
            words = context.palette.primary if index == 0 else context.palette.mute
            figure.add_annotation(
                x=days[-1], y=resolved[-1], text=name, showarrow=False, xanchor="right",
                yanchor="bottom", font={"size": 13, "color": words},
            )  # fmt: skip
    dress(
        figure,
        title=_finding(median, next(iter(curves.values())), context),
        subtitle=f"{context.subtitle(MEASURE)} · {context.say(COUNTED)}",
        language=context.language,
        palette=context.palette,
        height=420,
    )
    figure.update_layout(margin_b=40, hovermode="closest")
    figure.update_xaxes(
        range=[0, HORIZON], tickvals=[0, 30, 60, 90, 180, 270, 365], title_text=context.say(AXIS)
    )
    figure.update_yaxes(range=[0, 103], tickvals=PARTS, ticktext=[f"{part}%" for part in PARTS])
    return figure


def _band(figure: go.Figure, curve: pl.DataFrame, context: Context) -> None:
    known = curve.drop_nulls(["lower", "upper"])
    days = known["days"].to_list()
    for bound, fill in (("upper", None), ("lower", "tonexty")):
        figure.add_scatter(
            x=days,
            y=((1 - known[bound]) * 100).to_list(),
            mode="lines",
            line={"shape": "hv", "width": 0, "color": context.palette.primary},
            fill=fill,
            fillcolor=faint(context.palette.primary),
            hoverinfo="skip",
        )


def _finding(median: Mapping[str, float | None], curve: pl.DataFrame, context: Context) -> str:
    if median["value"] is None:
        # A median that the curve shows was withheld, not out of reach.
        still_open = curve["survival"].min()
        return context.say(NOT_HALF if still_open and still_open > 0.5 else TOO_FEW)
    bounds = {
        side: DAYS.bare(median[side], context.language)
        if median[side] is not None
        else context.say(NOT_YET)
        for side in ("lower", "upper")
    }
    return context.say(HALF.format(days=DAYS.format(median["value"], context.language), **bounds))
