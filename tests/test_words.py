"""Words, numbers and dates in both languages."""

from datetime import date

import pytest

from metrics.text import Text
from metrics.units import (
    AGENCIES,
    CASES,
    DAYS,
    PER_1000,
    PER_CENT,
    POINTS,
    POSTS,
    VACANCIES,
    WORKERS,
    Unit,
    day,
    month,
    number,
)


def test_a_text_is_told_in_each_language():
    text = Text("kasus", "cases")
    assert (text.to("id"), text.to("en")) == ("kasus", "cases")


def test_a_text_is_filled_in_both_languages():
    filled = Text("{n} dari {all} pos", "{n} of {all} posts").format(n=11, all=13)
    assert filled == Text("11 dari 13 pos", "11 of 13 posts")


def test_a_text_within_a_text_goes_in_its_own_language():
    unit = Text("hari", "days")
    assert Text("{n} {unit}", "{n} {unit}").format(n=2, unit=unit) == Text("2 hari", "2 days")


def test_a_place_may_stand_elsewhere_or_nowhere_in_the_other_language():
    text = Text("{a} lalu {b}", "{b} after all")
    assert text.format(a="x", b="y") == Text("x lalu y", "y after all")


def test_a_place_without_a_value_is_refused():
    with pytest.raises(KeyError, match="all"):
        Text("{n} dari {all}", "{n} of {all}").format(n=1)


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (1234.5, 2, "1.234,50", "1,234.50"),
        (1234, 0, "1.234", "1,234"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (0, 0, "0", "0"),
        (0.25, 2, "0,25", "0.25"),
        (-1234.56, 1, "-1.234,6", "-1,234.6"),
        (999.96, 1, "1.000,0", "1,000.0"),
        (None, 1, "–", "–"),
    ],
)
def test_a_number_is_written_as_the_language_does(value, decimals, indonesian, english):
    assert number(value, "id", decimals) == indonesian
    assert number(value, "en", decimals) == english


def test_a_day_is_told_in_words():
    assert day(date(2026, 11, 24), "id") == "24 November 2026"
    assert day(date(2026, 11, 24), "en") == "24 November 2026"
    assert day(date(2024, 2, 29), "id") == "29 Februari 2024"
    assert day(date(2024, 2, 29), "en") == "29 February 2024"
    assert day(date(2026, 8, 1), "id") == "1 Agustus 2026"
    assert (day(None, "id"), day(None, "en")) == ("–", "–")


def test_months_are_told_in_the_short_words_of_indonesian():
    words = " ".join(month(date(2026, of, 1), "id").removesuffix(" 2026") for of in range(1, 13))
    assert words == "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des"


def test_months_are_told_in_english():
    assert month(date(2026, 8, 31), "en") == "Aug 2026"
    assert month(date(2026, 10, 1), "en") == "Oct 2026"
    assert month(date(2026, 12, 1), "en") == "Dec 2026"
    assert (month(None, "id"), month(None, "en")) == ("–", "–")


@pytest.mark.parametrize(
    ("unit", "value", "indonesian", "english"),
    [
        (CASES, 1234.0, "1.234 kasus", "1,234 cases"),
        (DAYS, 41, "41 hari", "41 days"),
        (VACANCIES, 10, "10 lowongan", "10 vacancies"),
        (AGENCIES, 0, "0 mitra", "0 agencies"),
        (POSTS, 13, "13 pos", "13 posts"),
        (WORKERS, 250000, "250.000 PMI", "250,000 workers"),
        (PER_CENT, 0.123, "12,3%", "12.3%"),
        (PER_CENT, 1, "100,0%", "100.0%"),
        (PER_1000, 1.5, "1,50 per 1.000 PMI", "1.50 per 1,000 workers"),
        (POINTS, 82.25, "82,2 dari 100", "82.2 of 100"),
        (Unit(Text("buah", "pieces"), decimals=1), 1234.5, "1.234,5 buah", "1,234.5 pieces"),
    ],
)
def test_a_value_is_told_with_its_unit(unit: Unit, value: float, indonesian: str, english: str):
    assert unit.format(value, "id") == indonesian
    assert unit.format(value, "en") == english


def test_a_value_without_its_unit_is_on_the_same_scale():
    assert PER_CENT.bare(0.123, "id") == "12,3"
    assert CASES.bare(1234, "en") == "1,234"


@pytest.mark.parametrize("unit", [CASES, PER_CENT, PER_1000])
def test_no_value_is_a_dash_without_a_unit(unit: Unit):
    assert (unit.format(None, "id"), unit.format(None, "en")) == ("–", "–")
    assert unit.bare(None, "id") == "–"
