"""The control chart of a series of months."""

from datetime import date

import plotly.graph_objects as go
import polars as pl
import pytest

from metrics.signals import reading
from metrics.text import Text
from pages.figures.control import control_chart
from pages.figures.theme import DARK, LIGHT, Palette
from pages.figures.trend import MOST_LABELS
from tests.figures.looks import reader, subtitle, title

CALM = [20, 24, 19, 23, 21, 25, 18, 22, 20, 24, 19, 23, 21, 22, 18]


def _draw(
    values: list[int | None],
    better: str = "neither",
    *,
    posts: dict[int, int] | None = None,
    language: str = "id",
    palette: Palette = LIGHT,
) -> go.Figure:
    """The posts (of 13) that reported are all, but in the months named."""
    months = pl.date_range(date(2024, 1, 1), date(2026, 12, 1), "1mo", eager=True)[: len(values)]
    heard = {day: (posts or {}).get(n, 13) for n, day in enumerate(months)}
    told = pl.DataFrame({"month": months, "value": values}, schema_overrides={"value": pl.Int64})
    whole = [day for day, number in heard.items() if number == 13]
    judged = pl.when(pl.col("month").is_in(whole)).then("value")
    return control_chart(
        reading(told.with_columns(value=judged), better),
        told=told,
        posts=heard,
        of_posts=13,
        measure=Text("Kasus masuk per bulan", "New cases a month"),
        context=reader(language, palette),
    )


def _line(figure: go.Figure) -> go.Scatter:
    [line] = [trace for trace in figure.data if trace.mode == "lines+markers"]
    return line


def test_the_line_lies_over_the_band_of_its_limits_and_the_mean():
    lower, upper, centre, line = _draw(CALM).data

    assert list(line.y) == CALM
    assert upper.fill == "tonexty"
    assert list(lower.x) == list(upper.x) == list(centre.x) == list(line.x)
    assert lower.y[0] < min(CALM) < centre.y[0] < max(CALM) < upper.y[0]
    assert (upper.name, centre.name) == ("batas kendali", "rata-rata")


def test_the_band_of_a_count_begins_no_lower_than_zero():
    lower, *_ = _draw([5, 15] * 8).data
    assert set(lower.y) == {0}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize(
    ("better", "colour"), [("higher", "improvement"), ("lower", "concern"), ("neither", "primary")]
)
def test_a_signal_has_the_colour_of_its_direction(better: str, colour: str, palette: Palette):
    marker = _line(_draw([*CALM, 60], better, palette=palette)).marker

    assert marker.color[-1] == getattr(palette, colour)
    assert set(marker.color[:-1]) == {palette.ordinary}
    assert marker.size[-1] > max(marker.size[:-1])


def test_the_title_is_the_sentence_of_the_reading():
    assert title(_draw([*CALM, 60])).startswith("Sinyal kenaikan pada Apr 2025: 60")
    assert title(_draw([*CALM, 60], language="en")).startswith("Signal of a rise in Apr 2025: 60")
    assert subtitle(_draw(CALM)).startswith("Kasus masuk per bulan · Semua")


def test_months_that_not_every_post_reported_are_hollow_and_break_the_line():
    figure = _draw([*CALM, 3], posts={5: 12, 15: 11})
    hollow = figure.data[-1]

    assert hollow.marker.symbol == "circle-open"
    assert list(hollow.y) == [25, 3]
    assert hollow.customdata[1] == "Apr 2025: 3 (11 dari 13 pos)"
    assert [n for n, value in enumerate(_line(figure).y) if value is None] == [5, 15]
    assert _line(figure).connectgaps is False
    assert title(figure).startswith("Mar 2025: 18, variasi biasa")
    assert "kosong di tengah" in subtitle(figure)
    assert "hollow" in subtitle(_draw(CALM, posts={5: 12}, language="en"))


def test_a_month_that_no_post_reported_is_not_drawn():
    figure = _draw([*CALM, 0], posts={15: 0})
    assert all(trace.marker.symbol != "circle-open" for trace in figure.data)
    assert "kosong di tengah" not in subtitle(figure)


def test_few_months_have_a_line_without_limits():
    [line] = _draw(CALM[:5]).data
    assert list(line.y) == CALM[:5]


def test_without_months_the_chart_is_empty():
    [line] = _draw([]).data
    assert list(line.x) == []


@pytest.mark.parametrize("months", [1, 12, 13, 36])
def test_no_more_months_are_written_than_fit(months: int):
    axis = _draw([20] * months).layout.xaxis
    assert len(axis.tickvals) == len(axis.ticktext) <= MOST_LABELS
    assert axis.ticktext[0] == "Jan<br>2024"
