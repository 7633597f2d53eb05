"""Bars of counts."""

import plotly.graph_objects as go
import polars as pl
import pytest

from data_access.reference import codes
from metrics.catalogue.cases import NEW_CASES
from metrics.text import Text
from pages.figures.bars import OF_ALL, bars
from pages.figures.theme import DARK, LIGHT, Palette
from tests.figures.looks import measured, reader, subtitle, title

AGE = Text("Umur", "Age")
DIMENSIONS = {"post": Text("Pos", "Post"), "sector": Text("Sektor", "Sector")}
POSTS = measured("post_code", ("RUH", 12.0, 12), ("HKG", 1200.0, 1200), ("DAM", None, 0))


def _bars(
    rows: pl.DataFrame,
    language: str = "id",
    code_list: str = "post",
    palette: Palette = LIGHT,
    **said: object,
) -> go.Figure:
    return bars(
        rows,
        metric=NEW_CASES,
        code_list=code_list,
        dimension=DIMENSIONS.get(code_list, AGE),
        context=reader(language, palette),
        **said,
    )


def test_the_longest_bar_is_on_top_and_a_silent_post_has_none():
    [bar] = _bars(POSTS).data
    assert list(bar.y) == ["Damaskus", "Riyadh", "Hong Kong"]  # Plotly draws the last on top
    assert list(bar.x) == [None, 12, 1200]
    assert list(bar.text) == ["–", "12", "1.200"]
    assert list(bar.customdata) == ["DAM", "RUH", "HKG"]


def test_a_group_with_zero_is_not_drawn():
    [bar] = _bars(measured("post_code", ("RUH", 3.0, 3), ("HKG", 0.0, 0), (None, 0.0, 0))).data
    assert list(bar.customdata) == ["RUH"]


@pytest.mark.parametrize(("language", "words"), [("id", "tidak tercatat"), ("en", "not recorded")])
def test_what_has_no_code_stands_below_the_others_however_long_it_is(language: str, words: str):
    rows = measured("sector_code", (None, 900.0, 900), ("DOM", 30.0, 30), ("KES", 10.0, 10))
    [bar] = _bars(rows, language, "sector").data
    assert list(bar.customdata) == [None, "KES", "DOM"]
    assert bar.y[0] == words
    assert list(bar.x) == [900, 10, 30]
    assert list(bar.text) == ["900", "10", "30"]


def test_what_has_no_code_stands_below_a_silent_group():
    rows = measured("post_code", ("DAM", None, 0), (None, 5.0, 5), ("RUH", 1.0, 1))
    [bar] = _bars(rows).data
    assert list(bar.customdata) == [None, "DAM", "RUH"]


def test_what_has_no_code_is_never_the_chosen_group():
    rows = measured("sector_code", (None, 9.0, 9), ("DOM", 30.0, 30))
    for chosen, top in ((None, LIGHT.ordinary), ("DOM", LIGHT.primary)):
        [bar] = _bars(rows, code_list="sector", highlight=chosen).data
        assert list(bar.marker.color) == [LIGHT.ordinary, top]


def test_numbers_and_names_are_in_the_readers_language():
    [bar] = _bars(measured("place", ("KOR", 1234.0, 1234)), "en", "place").data
    assert (list(bar.y), list(bar.text)) == (["South Korea"], ["1,234"])


def test_every_group_has_its_bar_and_the_chart_grows_with_them():
    kinds = codes("case_type")
    rows = measured("case_type", *((kind, float(i), i) for i, kind in enumerate(kinds, 1)))
    figure = _bars(rows, code_list="case_type")
    assert list(figure.data[0].customdata) == kinds
    assert len(kinds) > 14
    shorter = _bars(rows.head(-1), code_list="case_type")
    assert figure.layout.height - shorter.layout.height == 32


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
    [bar] = _bars(POSTS, palette=DARK).data
    assert set(bar.marker.color) == {DARK.ordinary}


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("id", "Pos terbanyak: Hong Kong, 1.200 kasus (99% dari 1.212)"),
        ("en", "Post with most: Hong Kong, 1,200 cases (99% of 1,212)"),
    ],
)
def test_the_title_tells_the_finding(language: str, found: str):
    assert title(_bars(POSTS, language)) == found


def test_the_share_is_of_all_cases_but_the_unknown_are_not_the_finding():
    rows = measured("sector_code", (None, 60.0, 60), ("DOM", 30.0, 30), ("KES", 10.0, 10))
    assert title(_bars(rows, code_list="sector")) == (
        "Sektor terbanyak: Pekerja domestik, 30 kasus (30% dari 100)"
    )


@pytest.mark.parametrize(
    ("language", "found"), [("id", "99% dari 1.212: Hong Kong"), ("en", "99% of 1,212: Hong Kong")]
)
def test_the_finding_may_be_worded_otherwise(language: str, found: str):
    assert title(_bars(POSTS, language, finding=OF_ALL)) == found


def test_of_nothing_the_title_says_so_however_it_is_worded():
    assert title(_bars(measured("post_code"), finding=OF_ALL)) == "Tidak ada yang tercatat"


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
