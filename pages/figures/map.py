"""The map: rates as colour in five fixed classes, counts as circles at the posts.

Works without any network: the shapes come from our own server, and the first trace of the map is
one that makes Plotly load no shapes of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import plotly.graph_objects as go
import polars as pl

from metrics.metric import Metric
from metrics.policy.numbers import FEWEST_EVENTS
from metrics.text import Text
from metrics.units import number
from pages.figures.context import Context
from pages.figures.theme import dress

SHAPES = "/assets/boundaries.geojson"
# Upper bounds of the first four classes, fixed so that a colour means the same at every visit.
CLASSES = {
    "cases_per_1000": (0.5, 1, 2, 5),
    "median_resolution_days": (15, 30, 60, 120),
    "resolved_within_90": (0.4, 0.55, 0.7, 0.85),
    "on_time_share": (0.4, 0.55, 0.7, 0.85),
    "fill_rate": (0.2, 0.35, 0.5, 0.65),
    "formal_vacancy_share": (0.2, 0.4, 0.6, 0.8),
}
NO_DATA = Text("tidak ada data, atau n terlalu kecil", "no data, or n too small")
OVERALL = Text("{label}: keseluruhan {value}", "{label}: {value} overall")
NOTHING = Text("Belum ada data untuk pilihan ini", "No data for this selection yet")
CIRCLES = Text("lingkaran: {label}, menurut pos", "circles: {label}, by post")
UNDER, OVER = Text("sampai {to}", "up to {to}"), Text("di atas {from_}", "over {from_}")
BETWEEN = Text("{from_} sampai {to}", "{from_} to {to}")
SIZES, SIZES_SMALL = (24, 46), (18, 28)  # pixels of the smallest and the largest circle


@dataclass(frozen=True, eq=False)
class Layer:
    """One measure on the map: what it is, and its rows (a code, value, n)."""

    metric: Metric
    rows: pl.DataFrame


def place_map(
    rates: Layer,
    counts: Layer,
    *,
    posts: pl.DataFrame,
    other_shapes: list[str],
    context: Context,
    overall: float | None,
    highlight: str | None = None,
    small: bool = False,
) -> go.Figure:
    """Return the map, flatter for a small screen. Posts: post_code, place, latitude, longitude.

    Each mark carries ["place" or "post", code], so that a click can filter.
    """
    figure = go.Figure()
    # First trace: nothing to see; see the head of this file.
    figure.add_scattergeo(
        lon=[80], lat=[15], marker={"size": 1, "opacity": 0}, hoverinfo="skip", showlegend=False
    )
    figure.add_choropleth(
        geojson=SHAPES,
        locations=other_shapes,
        z=[0] * len(other_shapes),
        colorscale=[[0, context.palette.mist], [1, context.palette.mist]],
        showscale=False,
        hoverinfo="skip",
        marker={"line": {"width": 0.5, "color": context.palette.line}},
    )
    rows = _classed(rates)
    _colours(figure, rates.metric, rows, context, highlight)
    _circles(figure, counts, posts, rows, context, small=small)
    circles = context.say(CIRCLES.format(label=counts.metric.label))
    dress(
        figure,
        title=_finding(rates.metric, overall, context),
        subtitle=f"{context.subtitle(rates.metric)} · {circles}",
        language=context.language,
        palette=context.palette,
        height=320 if small else 620,
    )
    figure.update_traces(
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        selector=lambda trace: trace.type in ("choropleth", "scattergeo"),
    )
    figure.update_geos(
        visible=False,
        projection_type="equirectangular",
        lonaxis_range=[28, 142],
        lataxis_range=[-11, 45],
        bgcolor="rgba(0,0,0,0)",
    )
    figure.update_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 34},
        showlegend=True,
        legend={"orientation": "h", "y": -0.01, "x": 0, "itemclick": False,
                "itemdoubleclick": False, "font": {"size": 13}},
        uirevision="map",  # a filter changes the data, not the reader's view
    )  # fmt: skip
    return figure


def _classed(rates: Layer) -> pl.DataFrame:
    """Return the rates with `of`, the class each lies in; null without data."""
    above = [pl.col("value") > bound for bound in CLASSES[rates.metric.name]]
    enough = pl.col("value").is_not_null() & (pl.col("n") >= FEWEST_EVENTS.value)
    of = pl.when(enough).then(pl.sum_horizontal(above))
    return rates.rows.with_columns(of=of, place=pl.col("place").cast(pl.String))


def _colours(
    figure: go.Figure, metric: Metric, rows: pl.DataFrame, context: Context, highlight: str | None
) -> None:
    """Add one trace a class, so that the legend says what each colour means."""
    words = _class_words(metric, CLASSES[metric.name], context)
    for number_of, (colour, label) in enumerate(zip(context.palette.classes, words, strict=True)):
        chosen = rows.filter(pl.col("of") == number_of)
        _shapes(figure, chosen, colour, label, metric, context, highlight)
    missing = rows.filter(pl.col("of").is_null())
    if missing.height:
        colour = context.palette.no_data
        _shapes(figure, missing, colour, context.say(NO_DATA), metric, context, highlight)


def _shapes(
    figure: go.Figure,
    rows: pl.DataFrame,
    colour: str,
    label: str,
    metric: Metric,
    context: Context,
    highlight: str | None,
) -> None:
    codes = rows["place"].to_list()
    told = [metric.unit.format(value, context.language) for value in rows["value"]]
    widths = [2.5 if code == highlight else 0.8 for code in codes]
    figure.add_choropleth(
        geojson=SHAPES,
        locations=codes,
        z=[0] * len(codes),
        colorscale=[[0, colour], [1, colour]],
        showscale=False,
        marker={"line": {"width": widths, "color": context.palette.ink}},
        customdata=[
            ["place", code, context.name("place", code), text, number(n, context.language)]
            for code, text, n in zip(codes, told, rows["n"], strict=True)
        ],
        hovertemplate="%{customdata[2]}: %{customdata[3]} (n = %{customdata[4]})<extra></extra>",
    )
    # A choropleth has no entry in a legend; this square stands for it.
    figure.add_scattergeo(
        lon=[None],
        lat=[None],
        mode="markers",
        marker={"symbol": "square", "size": 14, "color": colour},
        name=label,
        showlegend=True,
    )


def _circles(
    figure: go.Figure,
    counts: Layer,
    posts: pl.DataFrame,
    rates: pl.DataFrame,
    context: Context,
    *,
    small: bool,
) -> None:
    """Add a circle a post, in the colour of its place: a territory may be too small to see."""
    counted = counts.rows.with_columns(pl.col("post_code").cast(pl.String))
    rows = posts.join(counted, on="post_code", how="left", maintain_order="left").join(
        rates.select("place", "of"), on="place", how="left", maintain_order="left"
    )
    palette = context.palette
    colours = [palette.no_data if of is None else palette.classes[of] for of in rows["of"]]
    most = rows["value"].max() or 1
    least, widest = SIZES_SMALL if small else SIZES
    sizes = [least + (widest - least) * sqrt((value or 0) / most) for value in rows["value"]]
    told = [counts.metric.unit.format(value, context.language) for value in rows["value"]]
    names = [context.name("post", code) for code in rows["post_code"]]
    figure.add_scattergeo(
        lon=rows["longitude"].to_list(),
        lat=rows["latitude"].to_list(),
        mode="markers+text",
        marker={
            "size": sizes,
            "color": colours,
            "opacity": 0.95,
            "line": {"width": 2, "color": palette.paper},
        },
        text=[counts.metric.unit.bare(value, context.language) for value in rows["value"]],
        textfont={"size": 11, "color": [palette.on_class(of) for of in rows["of"]]},
        customdata=[
            ["post", code, name, text]
            for code, name, text in zip(rows["post_code"], names, told, strict=True)
        ],
        hovertemplate="%{customdata[2]}: %{customdata[3]}<extra></extra>",
        showlegend=False,
    )


def _class_words(metric: Metric, bounds: tuple, context: Context) -> list[str]:
    def bare(value: float) -> str:
        decimals = 1 if metric.unit.scale == 1 and value % 1 else 0
        sign = "%" if metric.unit.scale == 100 else ""
        return number(value * metric.unit.scale, context.language, decimals) + sign

    inner = [
        context.say(BETWEEN.format(from_=bare(low), to=bare(high)))
        for low, high in zip(bounds, bounds[1:], strict=False)
    ]
    first, last = UNDER.format(to=bare(bounds[0])), OVER.format(from_=bare(bounds[-1]))
    return [context.say(first), *inner, context.say(last)]


def _finding(metric: Metric, overall: float | None, context: Context) -> str:
    """Return the overall value: naming the highest place would rank what chance decides."""
    if overall is None:
        return context.say(NOTHING)
    value = metric.unit.format(overall, context.language)
    return context.say(OVERALL.format(label=metric.label, value=value))


def clicked(points: list[Mapping]) -> tuple[str, str] | None:
    """Return what a click hit: ("place" or "post", code), or None for the empty sea."""
    for point in points:
        data = point.get("customdata") or []
        if len(data) >= 2 and data[0] in ("place", "post"):
            return data[0], data[1]
    return None
