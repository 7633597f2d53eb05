"""Curves of how fast cases are closed."""

import plotly.graph_objects as go
import polars as pl
import pytest

from metrics.statistics.survival import kaplan_meier, quantile
from pages.figures.survival import HORIZON, resolution_curves
from pages.figures.theme import LIGHT
from tests.figures.looks import reader, subtitle, texts, title


def _curve(*days: int, still_open: int = 0) -> pl.DataFrame:
    """The curve of cases closed after so many days, beside some that are open for 400."""
    return kaplan_meier(
        pl.DataFrame(
            {
                "days": [*days, *[400] * still_open],
                "closed": [True] * len(days) + [False] * still_open,
            },
            schema={"days": pl.Int64, "closed": pl.Boolean},
        )
    )


FAST = _curve(*range(1, 41))


def _median(curve: pl.DataFrame) -> dict:
    return quantile(curve).row(0, named=True)


def _draw(*curves: pl.DataFrame, language: str = "id", median: dict | None = None) -> go.Figure:
    named = {f"Kurva {number}": curve for number, curve in enumerate(curves)}
    return resolution_curves(named, median=median or _median(curves[0]), context=reader(language))


def _lines(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.name is not None]


def _band(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.name is None]


def test_a_curve_rises_from_nothing_at_day_zero():
    curve = _curve(10, 20, still_open=2)
    [line] = _lines(_draw(curve))
    assert list(line.x) == [0, 10, 20]
    assert list(line.y) == pytest.approx([0, 25, 50])
    assert line.line.shape == "hv"  # steps: nothing happens between two closings


def test_cases_closed_on_the_day_they_came_are_there_at_day_zero():
    [line] = _lines(_draw(_curve(0, 5)))
    assert list(line.x) == [0, 0, 5]
    assert list(line.y) == pytest.approx([0, 50, 100])


def test_the_chart_ends_after_a_year():
    figure = _draw(_curve(365, 366, still_open=2))
    [line] = _lines(figure)
    assert list(line.x) == [0, 365]
    assert list(figure.layout.xaxis.range) == [0, HORIZON]
    assert list(figure.layout.yaxis.range) == [0, 103]


def test_the_first_curve_has_its_interval_as_a_band():
    lower, upper = _band(_draw(FAST))
    known = FAST.drop_nulls(["lower", "upper"])
    assert list(lower.x) == list(upper.x) == known["days"].to_list()
    assert list(lower.y) == pytest.approx(((1 - known["upper"]) * 100).to_list())
    assert list(upper.y) == pytest.approx(((1 - known["lower"]) * 100).to_list())
    assert all(low <= high for low, high in zip(lower.y, upper.y, strict=True))
    assert (lower.fill, upper.fill) == (None, "tonexty")


def test_other_curves_are_thin_and_grey_and_without_a_band():
    figure = _draw(FAST, _curve(30, 60, 90))
    first, second = _lines(figure)
    assert (first.line.color, second.line.color) == (LIGHT.primary, LIGHT.ordinary)
    assert first.line.width > second.line.width
    assert len(_band(figure)) == 2


def test_up_to_four_curves_have_their_name_at_their_end_in_words_that_can_be_read():
    figure = _draw(*[FAST] * 4)
    assert texts(figure) == [f"Kurva {number}" for number in range(4)]
    colours = [note.font.color for note in figure.layout.annotations]
    assert colours == [LIGHT.primary, *[LIGHT.mute] * 3]
    assert (figure.layout.annotations[0].x, figure.layout.annotations[0].y) == (40, 100)
    assert texts(_draw(*[FAST] * 5)) == []


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("id", "Separuh kasus ditutup dalam 20 hari (rentang kepastian 95%: 15 sampai 26)"),
        ("en", "Half of the cases are closed within 20 days (95% interval: 15 to 26)"),
    ],
)
def test_the_title_tells_the_median_with_its_interval(language: str, found: str):
    median = {"value": 20.0, "lower": 15.0, "upper": 26.0}
    assert title(_draw(FAST, language=language, median=median)) == found


def test_a_limit_that_is_not_reached_is_told_in_words():
    median = {"value": 20.0, "lower": 15.0, "upper": None}
    assert "15 sampai belum tercapai" in title(_draw(FAST, median=median))
    assert "15 to not reached" in title(_draw(FAST, median=median, language="en"))


def test_half_that_is_not_reached_is_told():
    slow = _curve(10, 20, still_open=9)
    assert title(_draw(slow)) == "Separuh kasus belum tercapai"
    assert title(_draw(slow, language="en")) == "Half of the cases: not reached yet"


def test_a_median_withheld_for_too_few_cases_is_not_told_as_not_reached():
    withheld = {"value": None, "lower": None, "upper": None}
    for curve in (_curve(1, 2, 3), _curve()):
        assert title(_draw(curve, median=withheld)) == "Data belum cukup"
        assert title(_draw(curve, median=withheld, language="en")) == "Not enough data yet"


def test_without_cases_the_curve_has_only_its_beginning():
    figure = _draw(_curve())
    [line] = _lines(figure)
    assert (list(line.x), list(line.y)) == ([0], [0])
    assert texts(figure) == []


def test_the_subtitle_says_that_open_cases_count():
    assert "kasus yang masih terbuka ikut dihitung" in subtitle(_draw(FAST))
    assert "cases still open are counted in" in subtitle(_draw(FAST, language="en"))
