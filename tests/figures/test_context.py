"""The words under a title, and the names of codes."""

from textwrap import wrap

import pytest

from data_access.reference import code_lists
from metrics.catalogue.cases import NEW_CASES
from metrics.catalogue.resolution import MEDIAN_RESOLUTION_DAYS, ON_TIME_SHARE
from metrics.catalogue.workers import CASES_PER_1000
from metrics.text import Text
from pages.figures.context import LONGEST_LINE, Context
from pages.figures.theme import LIGHT
from tests.figures.looks import reader


def test_a_code_is_told_in_the_readers_language_and_none_as_a_dash():
    assert reader("id").name("place", "KOR") == "Korea Selatan"
    assert reader("en").name("place", "KOR") == "South Korea"
    assert reader().name("place", None) == "–"
    assert reader().axis_name("place", None) == "–"


def test_a_reader_is_not_on_a_phone_unless_it_is_said():
    context = Context(language="id", palette=LIGHT, words="", as_of="", reporting="")
    assert not context.small


def test_a_code_without_words_is_refused():
    with pytest.raises(KeyError, match="XXX"):
        reader().name("place", "XXX")


def test_a_long_name_stands_on_an_axis_in_lines():
    assert reader().axis_name("sector", "PER") == "Pertanian, perkebunan,<br>peternakan & perikanan"


def test_of_a_list_of_names_the_first_stands_on_an_axis():
    assert reader().axis_name("case_type", "A2") == "Potongan gaji melebihi<br>ketentuan …"


def test_nothing_is_said_to_be_left_out_of_a_name_that_is_whole():
    told = reader("en").axis_name("case_type", "B2")
    assert told.replace("<br>", " ") == reader("en").name("case_type", "B2")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_name_takes_two_lines_at_most_and_says_when_it_is_cut(language: str):
    context = reader(language)
    for code in code_lists()["case_type"]:
        told, whole = context.axis_name("case_type", code), context.name("case_type", code)
        assert told.count("<br>") <= 1
        assert told.endswith("…") == (told.replace("<br>", " ") != whole)


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_two_codes_of_a_list_look_alike_on_an_axis(language: str):
    context = reader(language)
    for name, codes in code_lists().items():
        labels = [context.axis_name(name, code) for code in codes]
        assert len(set(labels)) == len(labels), name
        assert all(wrap(line, LONGEST_LINE) == [line] for x in labels for line in x.split("<br>"))


def test_the_subtitle_tells_measure_unit_filters_data_date_and_posts():
    assert reader("id").subtitle(MEDIAN_RESOLUTION_DAYS) == (
        "Waktu penyelesaian (median) (hari) · Semua · data per 31 Mei 2026 · 11 dari 13 pos"
    )
    assert reader("en").subtitle(ON_TIME_SHARE) == (
        "Ended on time (%) · All · data as of 31 May 2026 · 11 of 13 posts"
    )
    assert reader("en").subtitle(Text("Ukuran", "Measure")).startswith("Measure · All · ")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("metric", [NEW_CASES, CASES_PER_1000], ids=lambda metric: metric.name)
def test_a_unit_that_the_label_tells_is_not_told_twice(language: str, metric):
    context = reader(language)
    assert context.subtitle(metric).startswith(f"{context.say(metric.label)} · ")
