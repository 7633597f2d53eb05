"""In which way cases end, and how soon: the ways lie one above the other."""

import plotly.graph_objects as go
import polars as pl

from metrics.outcomes import WAYS
from metrics.text import Text
from metrics.units import PER_CENT
from pages.figures.context import Context
from pages.figures.theme import Palette, dress

MEASURE = Text("Bagian kasus menurut cara berakhir, sejak hari dilaporkan",
               "Share of cases by the way they ended, since the day reported")  # fmt: skip
FOUND = Text("Setelah {days} hari {resolved} selesai, {closed} ditutup tanpa penyelesaian, "
             "{open} masih terbuka",
             "After {days} days {resolved} are resolved, {closed} closed without resolution, "
             "{open} still open")  # fmt: skip
NOTE = Text("kasus yang masih terbuka ikut dihitung", "cases still open are counted in")
AXIS = Text("hari sejak dilaporkan", "days since reported")
WORDS = {
    "resolved": Text("selesai", "resolved"),
    "handed_over": Text("dilimpahkan", "handed over"),
    "incomplete_data": Text("data tidak lengkap", "incomplete data"),
    "unreachable": Text("pengadu tak dapat dihubungi", "complainant unreachable"),
    "withdrawn": Text("dicabut", "withdrawn"),
    "closed": Text("ditutup, alasan lain", "closed, another reason"),
}
HORIZON, READ_AT = 365, 90


def ways_of_ending(curves: pl.DataFrame, *, context: Context) -> go.Figure:
    """Return areas one above the other. Rows: days, cause, incidence, of metrics.outcomes."""
    figure = go.Figure()
    colours = _colours(context.palette)
    shown = curves.filter(pl.col("days") <= HORIZON)
    present = [way for way in WAYS if way in shown["cause"].unique().to_list()]
    for way in present:
        curve = shown.filter(pl.col("cause") == way)
        figure.add_scatter(
            x=[0, *curve["days"].to_list()],
            y=[0.0, *(curve["incidence"] * 100).to_list()],
            name=context.say(WORDS[way]),
            stackgroup="ways",
            mode="lines",
            line={"shape": "hv", "width": 0.5, "color": colours[way]},
            fillcolor=colours[way],
            hovertemplate="%{x}: %{y:.1f}%<extra>%{fullData.name}</extra>",
        )
    dress(
        figure,
        title=_finding(curves, context),
        subtitle=f"{context.subtitle(MEASURE)} · {context.say(NOTE)}",
        language=context.language,
        palette=context.palette,
        height=420,
    )
    figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h",
            "y": -0.2,
            "x": 0,
            "font": {"size": 13},
            "traceorder": "normal",
        },
        margin_b=96 if context.small else 72,
        hovermode="closest",
    )
    figure.update_xaxes(
        range=[0, HORIZON], tickvals=[0, 30, 60, 90, 180, 270, 365], title_text=context.say(AXIS)
    )
    figure.update_yaxes(range=[0, 103], ticksuffix="%")
    return figure


def _colours(palette: Palette) -> dict[str, str]:
    """Return one hue for resolved, and shades of grey for what is no result for the worker."""
    shades = (palette.mute, palette.ordinary, palette.line, palette.no_data, palette.mist)
    unresolved = [way for way in WAYS if way != "resolved"]
    return {"resolved": palette.primary} | dict(zip(unresolved, shades, strict=True))


def _finding(curves: pl.DataFrame, context: Context) -> str:
    reached = (
        curves.filter(pl.col("days") <= READ_AT)
        .group_by("cause")
        .agg(pl.col("incidence").sort_by("days").last())
    )
    by_way = dict(reached.iter_rows())
    resolved = by_way.get("resolved", 0.0)
    closed = sum(by_way.values()) - resolved
    told = {"resolved": resolved, "closed": closed, "open": max(0.0, 1 - resolved - closed)}
    words = {name: PER_CENT.format(value, context.language) for name, value in told.items()}
    return context.say(FOUND.format(days=READ_AT, **words))
