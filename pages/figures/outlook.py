"""The months behind as bars, the months ahead as a line with its interval."""

import plotly.graph_objects as go
import polars as pl

from metrics.text import Text
from metrics.units import month, number
from pages.figures.context import Context
from pages.figures.theme import dress, faint

AHEAD = Text("perkiraan", "outlook")
BEHIND = Text("tercatat", "recorded")
INTERVAL = Text("pita: selang 90% dari galat uji ulang", "band: 90% interval from past errors")
BAR = Text("{month}: {value}", "{month}: {value}")
LINE = Text("{month}: {value} ({lower} sampai {upper})", "{month}: {value} ({lower} to {upper})")
EVERY = 3  # months between two labels


def outlook_chart(
    behind: pl.DataFrame, ahead: pl.DataFrame, *, title: str, measure: Text, context: Context
) -> go.Figure:
    """Return bars and a line. Behind: month, value; ahead: month, value, lower, upper."""
    figure = go.Figure()
    tongue = context.language

    def words(text: Text, row: dict) -> str:
        told = {k: number(v, tongue) for k, v in row.items() if k != "month"}
        return context.say(text.format(month=month(row["month"], tongue), **told))

    figure.add_bar(
        x=behind["month"].to_list(),
        y=behind["value"].to_list(),
        name=context.say(BEHIND),
        marker_color=context.palette.ordinary,
        customdata=[words(BAR, row) for row in behind.iter_rows(named=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )
    months = ahead["month"].to_list()
    for bound, fill in (("upper", None), ("lower", "tonexty")):
        figure.add_scatter(
            x=months,
            y=ahead[bound].to_list(),
            mode="lines",
            line={"width": 0, "color": context.palette.primary},
            fill=fill,
            fillcolor=faint(context.palette.primary),
            hoverinfo="skip",
            showlegend=False,
        )
    figure.add_scatter(
        x=months,
        y=ahead["value"].to_list(),
        name=context.say(AHEAD),
        mode="lines+markers",
        line={"color": context.palette.primary, "width": 3, "dash": "dot"},
        customdata=[words(LINE, row) for row in ahead.iter_rows(named=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )
    dress(
        figure,
        title=title,
        subtitle=f"{context.subtitle(measure)} · {context.say(INTERVAL)}",
        language=tongue,
        palette=context.palette,
    )
    shown = [*behind["month"].to_list(), *months][:: EVERY * (2 if context.small else 1)]
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "y": -0.16, "x": 0, "font": {"size": 13}},
        margin_b=64,
    )
    figure.update_xaxes(
        showgrid=False,
        tickangle=0,
        tickvals=shown,
        ticktext=[month(day, tongue).replace(" ", "<br>") for day in shown],
    )
    figure.update_yaxes(rangemode="tozero")
    return figure
