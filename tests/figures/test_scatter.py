"""Agencies by size and proven cases."""

import polars as pl
import pytest

from pages.figures.scatter import agencies
from pages.figures.theme import LIGHT
from tests.figures.looks import reader, subtitle, title

SCHEMA = {
    "agency_code": pl.String,
    "agency_name": pl.String,
    "placed": pl.Int64,
    "rate": pl.Float64,
    "flag": pl.String,
    "shown": pl.String,
}
SCORES = pl.DataFrame(
    [
        ("RUH-M0001", "Satu", 1000, 1.5, None, "A"),
        ("RUH-M0002", "Dua", 50, 9.0, "watch", "C"),
        ("RUH-M0003", "Tiga", 20, 20.0, "propose_suspension", "D"),
        ("RUH-M0004", "Empat", 0, 0.0, "watch", "inactive"),  # has placed nobody
        ("RUH-M0005", "Lima", 30, None, None, "not_rated"),
        ("RUH-M0007", "Tujuh", 700, 12.0, None, "sanction"),
        ("RUH-M0006", "Enam", 300, 0.0, None, "B"),
    ],
    schema=SCHEMA,
    orient="row",
)


def _draw(scores: pl.DataFrame = SCORES, language: str = "id"):
    return agencies(scores, context=reader(language))


def test_each_agency_with_placements_is_a_dot_in_the_group_of_its_flag():
    none, watch, suspend, suspended = _draw().data
    assert (list(suspended.x), list(suspended.y)) == ([700], [12])
    assert (list(none.x), list(none.y)) == ([1000, 300], [1.5, 0])
    assert (list(watch.x), list(watch.y)) == ([50], [9])
    assert (list(suspend.x), list(suspend.y)) == ([20], [20])
    assert [tuple(one) for one in watch.customdata] == [("RUH-M0002", "Dua")]


def test_flags_have_a_colour_and_a_shape_of_their_own():
    colours = [trace.marker.color for trace in _draw().data]
    assert colours == [LIGHT.ordinary, LIGHT.concern, LIGHT.attention, LIGHT.ink]
    assert len({trace.marker.symbol for trace in _draw().data}) == 4


def test_the_legend_tells_each_group_and_how_many_are_drawn():
    assert [trace.name for trace in _draw().data] == [
        "tanpa tanda (2)",
        "dalam pengawasan (1)",
        "usul pemberhentian sementara (1)",
        "sedang diberhentikan sementara (1)",
    ]
    assert [trace.name for trace in _draw(language="en").data] == [
        "no flag (2)",
        "under watch (1)",
        "suspension proposed (1)",
        "suspended now (1)",
    ]
    assert _draw().layout.showlegend


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("id", "2 mitra dalam pengawasan, 1 melewati ambang usul pemberhentian sementara"),
        ("en", "2 agencies under watch, 1 past the threshold for suspension"),
    ],
)
def test_the_title_counts_every_flag_also_of_agencies_that_are_not_drawn(language, found):
    assert title(_draw(language=language)) == found


def test_numbers_on_the_axis_are_written_as_the_language_does():
    assert list(_draw().layout.xaxis.ticktext)[-2:] == ["10.000", "100.000"]
    assert list(_draw(language="en").layout.xaxis.ticktext)[-2:] == ["10,000", "100,000"]
    assert _draw().layout.xaxis.type == "log"
    assert _draw().layout.yaxis.rangemode == "tozero"


def test_the_subtitle_says_what_was_corrected():
    assert "setelah koreksi ukuran kecil" in subtitle(_draw())
    assert "corrected for small size" in subtitle(_draw(language="en"))


def test_without_agencies_the_chart_is_empty():
    figure = _draw(SCORES.clear())
    assert [list(trace.x) for trace in figure.data] == [[], [], [], []]
    assert title(figure) == (
        "0 mitra dalam pengawasan, 0 melewati ambang usul pemberhentian sementara"
    )
