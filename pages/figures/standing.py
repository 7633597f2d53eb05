"""How posts stand for their mix of cases: the ratio to what is expected, with its interval."""

from math import log10

import plotly.graph_objects as go
import polars as pl

from metrics.metric import Metric
from metrics.standing import SPEED_VERDICTS
from metrics.text import Text
from metrics.units import number
from pages.figures.context import Context
from pages.figures.theme import dress

FASTER, SLOWER = Text("lebih cepat", "faster"), Text("lebih lambat", "slower")
FOUND = Text("{names}: {side} dari harapan untuk susunan kasusnya",
             "{names}: {side} than expected for their mix of cases")  # fmt: skip
BOTH = Text("{fast}: lebih cepat dari harapan untuk susunan kasusnya; {slow}: lebih lambat",
            "{fast}: faster than expected for their mix of cases; {slow}: slower")  # fmt: skip
ALIKE = Text("Semua pos yang dapat dibandingkan sesuai harapan untuk susunan kasusnya",
             "All comparable posts are as expected for their mix of cases")  # fmt: skip
NOTE = Text(
    "1 = sesuai harapan, di atas 1 lebih cepat; garis: rentang kepastian 95%; disesuaikan dengan "
    "jenis kasus dan kedaruratan; bukan peringkat",
    "1 = as expected, above 1 is faster; line: 95% interval; adjusted for case type and urgency; "
    "no ranking",
)
AND_MORE = Text("{names} dan {more} lainnya", "{names} and {more} more")
TICKS = {0.25: 2, 0.5: 1, 0.7: 1, 1: 0, 1.5: 1, 2: 0, 3: 0, 4: 0}  # value: decimals as written
WIDEST = 5  # ratios beyond, and below 1/5, run off the chart


def speed_ratios(compared: pl.DataFrame, *, metric: Metric, context: Context) -> go.Figure:
    """Return a dot and a line a post, in alphabetical order, around 1.

    Rows: post_code, ratio, lower, upper, verdict of metrics.standing. Coloured is only what
    differs by the rule that allows for chance and for looking at all posts at once.
    """
    rows = sorted(
        compared.iter_rows(named=True),
        key=lambda row: context.name("post", row["post_code"]),
        reverse=True,  # Plotly draws the first at the bottom
    )
    names = [context.axis_name("post", row["post_code"]) for row in rows]
    figure = go.Figure()
    ends = [[row["lower"] or None, row["upper"], None] for row in rows]  # 0 is off a log axis
    figure.add_scatter(
        x=[end for pair in ends for end in pair],
        y=[name for name in names for _ in range(3)],
        mode="lines",
        line={"width": 2, "color": context.palette.ordinary},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[row["ratio"] or None for row in rows],
        y=names,
        mode="markers",
        marker={"size": 11, "color": [_colour(row["verdict"], context) for row in rows]},
        customdata=[
            [number(row["ratio"], context.language, 2), _words(row, context)] for row in rows
        ],
        hovertemplate="%{y}: %{customdata[0]}, %{customdata[1]}<extra></extra>",
    )
    figure.add_vline(x=1, line={"color": context.palette.ink, "dash": "dot"})
    dress(
        figure,
        title=_finding(rows, context),
        subtitle=f"{context.subtitle(metric)} · {context.say(NOTE)}",
        language=context.language,
        palette=context.palette,
        height=60 + 32 * max(len(rows), 2),
    )
    notes = [
        {
            "x": 1,
            "xref": "paper",
            "y": name,
            "xanchor": "left",
            "showarrow": False,
            "text": number(row["ratio"], context.language, 2)
            if context.small
            else f"{number(row['ratio'], context.language, 2)} · {_words(row, context)}",
            "font": {"size": 12, "color": context.palette.mute},
        }
        for name, row in zip(names, rows, strict=True)
    ]
    figure.update_layout(margin_r=48 if context.small else 230, annotations=notes)
    figure.update_xaxes(
        type="log",
        range=_range(rows),
        tickvals=list(TICKS),
        ticktext=[number(tick, context.language, places) for tick, places in TICKS.items()],
    )
    figure.update_yaxes(
        showgrid=False,
        tickfont_color=context.palette.ink,
        categoryarray=names,
        range=[-0.6, len(names) - 0.4],
    )
    return figure


def _range(rows: list[dict]) -> list[float]:
    """Return the ends of the logarithmic axis: around 1 and everything drawn, within reason."""
    drawn = [row[side] for row in rows for side in ("lower", "ratio", "upper") if row[side]]
    low = max(min([0.7, *drawn]) * 0.95, 1 / WIDEST)
    high = min(max([1.5, *drawn]) * 1.05, WIDEST)
    return [log10(low), log10(high)]


def _words(row: dict, context: Context) -> str:
    return context.say(SPEED_VERDICTS[row["verdict"]])


def _colour(verdict: str, context: Context) -> str:
    told = {"higher": context.palette.improvement, "lower": context.palette.concern}
    return told.get(verdict, context.palette.ordinary)


def _finding(rows: list[dict], context: Context) -> str:
    fast, slow = (
        [context.name("post", row["post_code"]) for row in rows if row["verdict"] == verdict][::-1]
        for verdict in ("higher", "lower")
    )
    if fast and slow:
        return context.say(BOTH.format(fast=_listed(fast, context), slow=_listed(slow, context)))
    if fast or slow:
        side = FASTER if fast else SLOWER
        return context.say(FOUND.format(names=_listed(fast or slow, context), side=side))
    return context.say(ALIKE)


def _listed(names: list[str], context: Context) -> str:
    if len(names) <= 3:
        return ", ".join(names)
    return context.say(AND_MORE.format(names=", ".join(names[:3]), more=len(names) - 3))
