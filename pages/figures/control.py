"""A control chart: a line of months, its limits as a band, and the months that are signals."""

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from metrics.signals import Reading
from metrics.text import Text
from metrics.units import month, number
from pages.figures.context import Context
from pages.figures.theme import Palette, dress, faint
from pages.figures.trend import MOST_LABELS, OF_POSTS

INCOMPLETE = Text(
    "kosong di tengah: belum semua pos melapor, tidak dinilai",
    "hollow: not all posts have reported, not judged",
)
LIMITS = Text("batas kendali", "control limits")
CENTRE = Text("rata-rata", "mean")
MONTHS = Text("per bulan", "by month")
PARTIAL = Text("belum semua pos", "not all posts")


def control_chart(
    reading: Reading,
    *,
    told: pl.DataFrame,
    posts: Mapping,
    of_posts: int,
    measure: Text,
    context: Context,
) -> go.Figure:
    """Return the chart of a reading, with the reading's sentence as its title.

    `told`: month, value: every month as it was counted. The months that the reading has no value
    for stand hollow beside the line; one that no post has reported is not drawn. `posts`: how
    many posts reported each month.
    """
    points = reading.points
    hollow = told.join(points.drop_nulls("value"), on="month", how="anti").filter(
        pl.col("month").is_in([day for day, heard in posts.items() if heard])
    )
    figure = go.Figure()
    if reading.upper is not None:
        _add_limits(figure, points, context)
    figure.add_scatter(
        x=points["month"].to_list(),
        y=points["value"].to_list(),
        name=context.say(MONTHS),
        mode="lines+markers",
        connectgaps=False,
        line={"color": context.palette.ordinary, "width": 2},
        marker={
            "color": [_colour(code, context.palette) for code in points["code"]],
            "size": [7 if code in (None, "ordinary") else 11 for code in points["code"]],
        },
        customdata=_told(points, posts, of_posts, context),
        hovertemplate="%{customdata}<extra></extra>",
    )
    if not hollow.is_empty():
        figure.add_scatter(
            x=hollow["month"].to_list(),
            y=hollow["value"].to_list(),
            name=context.say(PARTIAL),
            mode="markers",
            marker={"symbol": "circle-open", "size": 8, "color": context.palette.ordinary},
            customdata=_told(hollow, posts, of_posts, context),
            hovertemplate="%{customdata}<extra></extra>",
        )
    note = "" if hollow.is_empty() else f" · {context.say(INCOMPLETE)}"
    dress(
        figure,
        title=context.say(reading.sentence),
        subtitle=context.subtitle(measure) + note,
        language=context.language,
        palette=context.palette,
    )
    most = MOST_LABELS // 2 if context.small else MOST_LABELS
    shown = told["month"].to_list()[:: max(1, -(-told.height // most))]
    figure.update_xaxes(
        showgrid=False,
        type="date",
        tickangle=0,
        tickvals=shown,
        ticktext=[month(day, context.language).replace(" ", "<br>") for day in shown],
    )
    figure.update_yaxes(rangemode="tozero")
    return figure


def _add_limits(figure: go.Figure, points: pl.DataFrame, context: Context) -> None:
    """Add the band of the limits, drawn no lower than 0 for counts, and the centre line."""
    months, palette = points["month"].to_list(), context.palette
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    least = pl.col("lower").clip(lower_bound=0)
    figure.add_scatter(x=months, y=points.select(least)["lower"].to_list(), **edge)
    figure.add_scatter(
        x=months,
        y=points["upper"].to_list(),
        name=context.say(LIMITS),
        fill="tonexty",
        fillcolor=faint(palette.ordinary),
        **edge,
    )
    figure.add_scatter(
        x=months,
        y=points["centre"].to_list(),
        name=context.say(CENTRE),
        mode="lines",
        line={"color": palette.mute, "width": 1, "dash": "dash"},
        hoverinfo="skip",
    )


def _colour(code: str | None, palette: Palette) -> str:
    colours = {
        "better": palette.improvement,
        "worse": palette.concern,
        "signal": palette.primary,
    }
    return colours.get(code, palette.ordinary)


def _told(rows: pl.DataFrame, posts: Mapping, of_posts: int, context: Context) -> list[str]:
    return [
        context.say(
            OF_POSTS.format(
                month=month(day, context.language),
                value=number(value, context.language),
                posts=posts.get(day, 0),
                all=of_posts,
            )
        )
        for day, value in rows.select("month", "value").iter_rows()
    ]
