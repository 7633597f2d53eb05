"""Posts by months: whether each report came in time, with a sign in every cell."""

from collections.abc import Mapping, Sequence
from datetime import date

import plotly.graph_objects as go
import polars as pl

from metrics.text import Text
from metrics.units import day, month, number
from pages.figures.context import Context
from pages.figures.theme import Palette, dress

MEASURE = Text("Laporan bulanan tiap pos", "Monthly report of each post")
FINDING = Text(
    "{on_time} dari {due} laporan masuk tepat waktu, {late} terlambat, {missing} belum ada",
    "{on_time} of {due} reports due came on time, {late} late, {missing} missing",
)
MOST_NAMED = 4  # missing reports that the title names
NOTHING_DUE = Text("Belum ada laporan yang jatuh tempo", "No report is due yet")
LEGEND = {
    "on_time": Text("✓ tepat waktu", "✓ on time"),
    "late": Text("+n terlambat n hari", "+n late by n days"),
    "missing": Text("✗ belum ada", "✗ missing"),
    "not_due": Text("… belum jatuh tempo", "… not yet due"),
}
HOVER = {
    "on_time": Text("tepat waktu", "on time"),
    "late": Text("terlambat {days} hari", "{days} days late"),
    "missing": Text("belum ada", "missing"),
    "not_due": Text("belum jatuh tempo", "not yet due"),
}
A_DAY_LATE = Text("terlambat 1 hari", "1 day late")
RECEIVED = Text("diterima {day}", "received {day}")
DUE = Text("jatuh tempo {day}", "due {day}")
ROWS = Text("{n} baris", "{n} rows")
REPAIRED = Text("{n} baris diperbaiki sesudahnya", "{n} rows corrected later")
SIGNS = {"on_time": "✓", "missing": "✗", "not_due": "…"}


def reporting_grid(
    calendar: pl.DataFrame, *, posts: Sequence[str], months: Sequence[date], context: Context
) -> go.Figure:
    """Return the grid, posts down and months across.

    `calendar`: of metrics.reporting.calendar. A month before a post's first report stays empty.
    """
    looks = {state: _look(state, context.palette) for state in LEGEND}
    cells = {(row["post_code"], row["period"]): row for row in calendar.iter_rows(named=True)}
    # On a phone the codes leave room for the signs.
    names = {post: post if context.small else context.name("post", post) for post in posts}
    outline = {"width": 1, "color": context.palette.mute}  # the pale ground is lost on the paper
    figure = go.Figure()
    for order, (state, (ground, _)) in enumerate(looks.items()):
        figure.add_heatmap(
            x=list(range(len(months))),
            y=list(names.values()),
            z=[
                [1 if _state(cells.get((post, of))) == state else None for of in months]
                for post in posts
            ],
            customdata=[
                [_hover(cells.get((post, of)), context) for of in months] for post in posts
            ],
            colorscale=[[0, ground], [1, ground]],
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{y}, %{customdata}<extra></extra>",
            hoverongaps=False,
            name=state,
        )
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker={"symbol": "square", "size": 14, "color": ground, "line": outline},
            name=context.say(LEGEND[state]),
            showlegend=True,
            legendrank=order,
        )
    told = list(cells.values())
    where = {of: place for place, of in enumerate(months)}
    figure.add_scatter(
        x=[where[row["period"]] for row in told],
        y=[names[row["post_code"]] for row in told],
        mode="text",
        text=[_sign(row, context) for row in told],
        textfont={
            "size": 11 if context.small else 13,
            "color": [looks[row["state"]][1] for row in told],
        },
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    dress(
        figure,
        title=_finding(calendar, context),
        subtitle=context.subtitle(MEASURE),
        language=context.language,
        palette=context.palette,
        height=120 + 30 * max(len(posts), 2),
    )
    _lay_out(figure, months, context)
    return figure


def _lay_out(figure: go.Figure, months: Sequence[date], context: Context) -> None:
    step = 3 if context.small else (1 if len(months) <= 18 else 2)
    shown = [place for place in range(len(months)) if (len(months) - 1 - place) % step == 0]
    figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": -0.02,
            "yref": "container",
            "yanchor": "bottom",
            "font_color": context.palette.ink,
            "itemclick": False,
            "itemdoubleclick": False,
        },
        margin_b=64 if context.small else 44,
    )
    figure.update_xaxes(
        side="top",
        showgrid=False,
        range=[-0.5, len(months) - 0.5],
        tickvals=shown,
        ticktext=[month(months[place], context.language).replace(" ", "<br>") for place in shown],
        tickangle=0,
    )
    figure.update_yaxes(showgrid=False, autorange="reversed", tickfont_color=context.palette.ink)


def _look(state: str, palette: Palette) -> tuple[str, str]:
    """Return the ground of a state and the colour of the sign on it.

    They differ in lightness too, so that they hold in grey and for the colour-blind.
    """
    return {
        "on_time": (palette.classes[0], palette.ink),
        "late": (palette.concern, min(palette.ink, palette.paper, key=_light)),
        "missing": (palette.ink, palette.paper),
        "not_due": (palette.mist, palette.mute),
    }[state]


def _light(colour: str) -> int:
    """Return how light a grey is, by its red."""
    return int(colour[1:3], 16)


def _state(cell: Mapping | None) -> str | None:
    return cell and cell["state"]


def _sign(cell: Mapping, context: Context) -> str:
    if cell["state"] == "late":
        return "+" + number(cell["days_late"], context.language)
    return SIGNS[cell["state"]]


def state_words(cell: Mapping) -> Text:
    """Return how a report stands, in words: in time, how late, missing, not yet due."""
    days = cell["days_late"]
    state = A_DAY_LATE if days == 1 else HOVER[cell["state"]]
    return state.format(days=Text(number(days, "id"), number(days, "en")))


def _hover(cell: Mapping | None, context: Context) -> str:
    if cell is None:
        return ""
    tongue = context.language
    parts = [
        month(cell["period"], tongue),
        state_words(cell).to(tongue),
        context.say(DUE.format(day=day(cell["due"], tongue))),
    ]
    if cell["received_on"] is not None:
        parts.append(context.say(RECEIVED.format(day=day(cell["received_on"], tongue))))
        parts.append(context.say(ROWS.format(n=number(cell["rows_ok"], tongue))))
        if cell["corrected"]:
            parts.append(context.say(REPAIRED.format(n=number(cell["corrected"], tongue))))
    return "<br>".join([", ".join(parts[:2]), *parts[2:]])


def _finding(calendar: pl.DataFrame, context: Context) -> str:
    states = calendar["state"].cast(pl.String)
    counts = {state: int((states == state).sum()) for state in LEGEND}
    due = sum(counts[state] for state in ("on_time", "late", "missing"))
    if not due:
        return context.say(NOTHING_DUE)
    told = {state: number(n, context.language) for state, n in counts.items()}
    finding = context.say(FINDING.format(due=number(due, context.language), **told))
    if 0 < counts["missing"] <= MOST_NAMED:
        missing = calendar.filter(states == "missing").sort("period", "post_code", descending=True)
        whose = [
            f"{context.name('post', row['post_code'])} {month(row['period'], context.language)}"
            for row in missing.iter_rows(named=True)
        ]
        finding += ": " + ", ".join(whose)
    return finding
