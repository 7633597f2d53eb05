"""Numbers month by month; months that not every post has reported are hatched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go
import polars as pl

from metrics.text import Text
from metrics.units import month, number
from pages.figures.context import Context
from pages.figures.theme import dress

INCOMPLETE = Text("diarsir: belum semua pos melapor", "hatched: not all posts have reported")
OF_POSTS = Text(
    "{month}: {value} ({posts} dari {all} pos)", "{month}: {value} ({posts} of {all} posts)"
)
MOST_LABELS = 12


@dataclass(frozen=True)
class Series:
    """One column drawn through time: its words and its colour."""

    column: str
    label: Text
    colour: str


def monthly_bars(
    rows: pl.DataFrame,
    *,
    series: Sequence[Series],
    line: Series | None = None,
    posts: Mapping,
    of_posts: int,
    title: str,
    measure: Text,
    context: Context,
) -> go.Figure:
    """Return stacked bars a month, and at most one line on the same axis.

    Rows: month, and the columns of the series. `posts`: how many posts reported each month.
    A zero of a month that no post has reported is not drawn: missing is not zero.
    """
    months = rows["month"].to_list()
    partial = [posts.get(day, 0) < of_posts for day in months]
    silent = [posts.get(day, 0) == 0 for day in months]
    figure = go.Figure()
    for one in series:
        values = _heard(rows[one.column], silent)
        figure.add_bar(
            x=months,
            y=values,
            name=context.say(one.label),
            marker={
                "color": one.colour,
                "pattern": {
                    "shape": ["/" if part else "" for part in partial],
                    "fillmode": "replace",
                },
            },
            customdata=_told(values, months, posts, of_posts, context),
            hovertemplate="%{customdata}<extra>%{fullData.name}</extra>",
        )
    if line is not None:
        values = _heard(rows[line.column], silent)
        figure.add_scatter(
            x=months,
            y=values,
            name=context.say(line.label),
            mode="lines+markers" if len(months) < 40 else "lines",
            line={"color": line.colour, "width": 3},
            customdata=_told(values, months, posts, of_posts, context),
            hovertemplate="%{customdata}<extra>%{fullData.name}</extra>",
        )
    note = f" · {context.say(INCOMPLETE)}" if any(partial) else ""
    dress(
        figure,
        title=title,
        subtitle=context.subtitle(measure) + note,
        language=context.language,
        palette=context.palette,
    )
    several = len(figure.data) > 1
    figure.update_layout(
        barmode="stack",
        showlegend=several,
        legend={"orientation": "h", "y": -0.16, "x": 0, "font": {"size": 13}},
        margin_b=64 if several else 8,
    )
    shown = months[
        :: max(1, -(-len(months) // (MOST_LABELS // 2 if context.small else MOST_LABELS)))
    ]
    figure.update_xaxes(
        showgrid=False,
        type="category",
        tickangle=0,
        range=[-0.5, max(len(months), 1) - 0.5],  # months without a bar have their place
        tickvals=shown,
        ticktext=[
            _two_lines(day, before, context)
            for before, day in zip([None, *shown], shown, strict=False)
        ],
    )
    figure.update_yaxes(rangemode="tozero")
    return figure


def _heard(values: pl.Series, silent: list[bool]) -> list:
    return [
        value if value or not none else None for value, none in zip(values, silent, strict=True)
    ]


def _two_lines(day: date, before: date | None, context: Context) -> str:
    """Return a month's label, with its year below where the year begins."""
    name, year = month(day, context.language).split()
    return name if before and before.year == day.year else f"{name}<br>{year}"


def _told(values: list, months: list, posts: Mapping, of_posts: int, context: Context) -> list[str]:
    return [
        context.say(
            OF_POSTS.format(
                month=month(day, context.language),
                value=number(value, context.language),
                posts=posts.get(day, 0),
                all=of_posts,
            )
        )
        for value, day in zip(values, months, strict=True)
    ]
