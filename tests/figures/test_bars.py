"""Bars of counts."""

import polars as pl
import pytest

from data_access.reference import codes
from metrics.catalogue.cases import NEW_CASES
from pages.figures.bars import bars
from pages.figures.theme import DARK, LIGHT
from tests.figures.looks import measured, reader, subtitle, title

POSTS = measured("post_code", ("RUH", 12.0, 12), ("HKG", 1200.0, 1200), ("DAM", None, 0))


def _bars(rows: pl.DataFrame, language: str = "id", code_list: str = "post", **said: object):
    return bars(rows, metric=NEW_CASES, code_list=code_list, context=reader(language), **said)


def test_the_longest_bar_is_on_top_and_a_silent_post_has_none():
    [bar] = _bars(POSTS).data
    assert list(bar.y) == ["Damaskus", "Riyadh", "Hong Kong"]  # Plotly draws the last on top
    assert list(bar.x) == [None, 12, 1200]
    assert list(bar.text) == ["–", "12", "1.200"]
    assert list(bar.customdata) == ["DAM", "RUH", "HKG"]


def test_a_group_with_zero_or_without_a_code_is_not_drawn():
    [bar] = _bars(measured("post_code", ("RUH", 3.0, 3), ("HKG", 0.0, 0), (None, 9.0, 9))).data
    assert list(bar.customdata) == ["RUH"]


def test_numbers_and_names_are_in_the_readers_language():
    [bar] = _bars(measured("place", ("KOR", 1234.0, 1234)), "en", "place").data
    assert (list(bar.y), list(bar.text)) == (["South Korea"], ["1,234"])


def test_no_more_bars_than_a_meeting_room_can_read_and_the_longest_of_them():
    kinds = codes("case_type")
    rows = measured("case_type", *((kind, float(i), i) for i, kind in enumerate(kinds, 1)))
    [bar] = _bars(rows, code_list="case_type").data
    assert list(bar.customdata) == kinds[-MOST:]


def test_bands_keep_their_own_order_from_the_top():
    bands = codes("age_band")
    counts = (5, 9, 0, 2, 7)
    rows = measured("age_band", *((b, float(n), n) for b, n in zip(bands, counts, strict=True)))
    [bar] = _bars(rows, code_list="age_band", in_order=True).data
    assert list(bar.customdata)[::-1] == [b for b in bands if b != "91"]


def test_the_chosen_group_is_coloured_and_the_others_are_grey():
    [bar] = _bars(POSTS, highlight="RUH").data
    assert list(bar.marker.color) == [LIGHT.ordinary, LIGHT.primary, LIGHT.ordinary]
    [bar] = _bars(POSTS).data
    assert set(bar.marker.color) == {LIGHT.ordinary}


def test_the_colours_are_those_of_the_readers_appearance():
    [bar] = bars(POSTS, metric=NEW_CASES, code_list="post", context=reader(palette=DARK)).data
    assert set(bar.marker.color) == {DARK.ordinary}


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("id", "Hong Kong terbanyak: 1.200 kasus (99% dari 1.212)"),
        ("en", "Hong Kong has most: 1,200 cases (99% of 1,212)"),
    ],
)
def test_the_title_tells_the_finding(language: str, found: str):
    assert title(_bars(POSTS, language)) == found


def test_the_share_is_of_all_cases_but_the_unknown_are_not_the_finding():
    rows = measured("sector_code", (None, 60.0, 60), ("DOM", 30.0, 30), ("KES", 10.0, 10))
    assert title(_bars(rows, code_list="sector")) == (
        "Pekerja domestik terbanyak: 30 kasus (30% dari 100)"
    )


@pytest.mark.parametrize(
    "rows",
    [
        measured("post_code"),
        measured("post_code", ("RUH", 0.0, 0), ("DAM", None, 0)),
        measured("post_code", (None, 5.0, 5)),
    ],
    ids=["no rows", "zero and silent", "without a code"],
)
def test_of_nothing_the_title_says_so(rows: pl.DataFrame):
    assert title(_bars(rows)) == "Tidak ada yang tercatat"
    assert title(_bars(rows, "en")) == "None on record"


def test_bars_begin_at_zero_and_the_subtitle_tells_the_measure():
    figure = _bars(POSTS)
    assert figure.layout.xaxis.rangemode == "tozero"
    assert subtitle(figure).startswith("Kasus masuk · Semua · ")
