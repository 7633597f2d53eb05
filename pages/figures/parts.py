"""The five parts of one agency's score."""

from collections.abc import Mapping

import plotly.graph_objects as go

from metrics.text import Text
from metrics.units import number
from pages.figures.context import Context
from pages.figures.theme import dress

MEASURE = Text(
    "Nilai tiap unsur, 0 sampai 100, dan bobotnya", "Each part, 0 to 100, and its weight"
)
NO_DATA = Text("belum ada data", "no data yet")
WEAKEST = Text("Unsur terlemah: {part}", "Weakest part: {part}")


def agency_parts(
    values: Mapping[str, float | None],
    *,
    labels: Mapping[str, Text],
    weights: Mapping[str, float],
    name: str,
    context: Context,
) -> go.Figure:
    """Return one bar a part of the score; a part without data has words in its place."""
    parts = list(values)[::-1]
    names = [
        f"{context.say(labels[part])} ({number(weights[part], context.language)})" for part in parts
    ]
    known = {part: value for part, value in values.items() if value is not None}
    weakest = min(known, key=known.get, default=None)
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=names,
            x=[values[part] or 0 for part in parts],
            text=[
                context.say(NO_DATA)
                if values[part] is None
                else number(values[part], context.language, 1)
                for part in parts
            ],
            textposition="outside",
            cliponaxis=False,
            marker_color=[
                context.palette.primary if part == weakest else context.palette.ordinary
                for part in parts
            ],
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    title = name if weakest is None else context.say(WEAKEST.format(part=labels[weakest]))
    dress(
        figure,
        title=title,
        subtitle=context.say(MEASURE),
        language=context.language,
        palette=context.palette,
        height=220,
    )
    figure.update_layout(margin_r=40)
    figure.update_xaxes(visible=False, range=[0, 118])
    figure.update_yaxes(showgrid=False, tickfont_color=context.palette.ink)
    return figure
