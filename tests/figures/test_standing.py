"""Posts against what is expected of their mix of cases."""

import plotly.graph_objects as go
import polars as pl
import pytest

from metrics.catalogue.standing import METRICS
from pages.figures.standing import speed_ratios
from pages.figures.theme import LIGHT
from tests.figures.looks import reader, subtitle, texts, title

SPEED = next(metric for metric in METRICS if metric.name == "speed_ratio")
ROWS = (
    ("RUH", 0.6, 0.5, 0.7, "lower"),
    ("HKG", 1.8, 1.6, 2.0, "higher"),
    ("DOH", 1.1, 0.8, 1.5, "as_expected"),
    ("DAM", None, None, None, "not_comparable"),
)


def _draw(*rows: tuple, language: str = "id", small: bool = False) -> go.Figure:
    names = ("post_code", "ratio", "lower", "upper", "verdict")
    frame = pl.DataFrame(rows or ROWS, schema=names, orient="row")
    return speed_ratios(frame, metric=SPEED, context=reader(language, small=small))


def test_the_title_names_who_is_faster_and_who_is_slower():
    assert title(_draw()) == (
        "Hong Kong: lebih cepat dari harapan untuk susunan kasusnya; Riyadh: lebih lambat"
    )
    assert title(_draw(language="en")).startswith("Hong Kong: faster than expected")


def test_only_one_side_is_told_where_there_is_one():
    assert title(_draw(ROWS[0], ROWS[2])).startswith("Riyadh: lebih lambat dari harapan")


def test_nobody_who_differs_is_said_in_words():
    assert title(_draw(ROWS[2], ROWS[3])).startswith("Semua pos yang dapat dibandingkan")


def test_colours_are_for_those_who_differ_beyond_chance():
    [dots] = [trace for trace in _draw().data if trace.mode == "markers"]
    told = dict(zip(dots.y, dots.marker.color, strict=True))
    assert told["Hong Kong"] == LIGHT.improvement
    assert told["Riyadh"] == LIGHT.concern
    assert told["Doha"] == told["Damaskus"] == LIGHT.ordinary


def test_posts_stand_in_alphabetical_order_each_with_its_words():
    figure = _draw()
    names = list(figure.layout.yaxis.categoryarray)[::-1]
    assert names == sorted(names)
    assert "1,80 · lebih cepat dari harapan" in texts(figure)
    assert "bukan peringkat" in subtitle(figure)


def test_a_phone_has_room_for_the_number_alone():
    assert "1,80" in texts(_draw(small=True))


@pytest.mark.parametrize("bad", [0.0, None])
def test_a_limit_of_zero_or_none_is_off_the_logarithmic_axis(bad: float | None):
    figure = _draw(("DAM", bad, bad, 2.0, "not_comparable"))
    assert 0.0 not in list(figure.data[0].x) + list(figure.data[1].x)
