"""What is said of the changes: in both languages, with everything it needs, and never why."""

from dataclasses import fields
from datetime import date
from itertools import product

import polars as pl
import pytest

import metrics.changes.words
from metrics.changes.ranked import CHANGES, changes
from metrics.changes.words import CERTAINTY, NO_CHANGE, sentences, told
from metrics.selection import Period
from metrics.text import Text
from tests.builders import rows
from tests.metrics.chance import POSTS, tables
from tests.metrics.test_changes import NOW, jump, sent

BEFORE = NOW.a_year_earlier()
CAUSES = ("karena", "akibat", "disebabkan", "because", "due to", "caused")


def row(**said: object) -> dict:
    return {
        "metric": "new_cases",
        "dimension": "post",
        "member": "RUH",
        "current": 1240.0,
        "previous": 1000.0,
        "difference": 240.0,
        "contribution": 240.0,
        "share": 0.8,
        "p_value": 0.001,
        "q_value": 0.004,
        "material": True,
        "always": False,
        "certainty": "clear",
        "rank": 240.0,
    } | said


def frame(*table: dict) -> pl.DataFrame:
    return pl.DataFrame(table, CHANGES)


TOTAL = row(dimension="total", member=None, contribution=300.0, certainty=None)


def test_a_sentence_has_value_comparator_window_contribution_and_certainty():
    [sentence] = sentences(frame(TOTAL, row()), NOW, BEFORE, lambda *_: Text("Riyadh", "Riyadh"))
    assert sentence == Text(
        "Kasus masuk, pos Riyadh (Jan 2025–Des 2025): 1.240 kasus, naik 240 dari 1.000 kasus "
        "(Jan 2024–Des 2024); sumbangan +240 pada perubahan total +300. Kepastian: jelas.",
        "New cases, post Riyadh (Jan 2025–Dec 2025): 1,240 cases, up 240 from 1,000 cases "
        "(Jan 2024–Dec 2024); contributes +240 to the total change of +300. Certainty: clear.",
    )


def test_a_share_moves_by_points_and_days_are_told_as_days():
    part = row(
        metric="on_time_share",
        dimension="total",
        member=None,
        current=0.5,
        previous=0.625,
        difference=-0.125,
        contribution=None,
        certainty="likely",
    )
    march = Period(date(2025, 3, 1), date(2025, 3, 30))
    [sentence] = sentences(frame(part), march, march.a_year_earlier())
    assert "50,0%, turun 12,5 poin persen dari 62,5%" in sentence.indonesian
    assert "50.0%, down 12.5 percentage points from 62.5%" in sentence.english
    assert "(1 Maret 2025–30 Maret 2025)" in sentence.indonesian
    assert "sumbangan" not in sentence.indonesian
    assert sentence.english.endswith("Certainty: likely.")


def test_one_month_is_named_once_and_what_is_not_stated_is_said_so():
    march = Period(date(2025, 3, 1), date(2025, 3, 31))
    table = frame(TOTAL, row(dimension="sector", member=None, difference=0.0, contribution=0.0))
    [sentence] = sentences(table, march, march.a_year_earlier())
    assert "(Mar 2025)" in sentence.indonesian
    assert "sektor tidak disebut" in sentence.indonesian
    assert "sama dengan" in sentence.indonesian
    assert "sumbangan 0 " in sentence.indonesian


def test_when_nothing_passes_that_is_the_sentence():
    quiet = frame(TOTAL, row(certainty=None), row(always=True, current=0.0, previous=0.0,
                                                  certainty=None))  # fmt: skip
    assert sentences(quiet, NOW, BEFORE) == [NO_CHANGE]
    assert sentences(frame(), NOW, BEFORE) == [NO_CHANGE]
    assert NO_CHANGE.indonesian == "Tidak ada perubahan yang melampaui variasi biasa."


def test_at_most_five_are_told_deaths_first_then_by_rank():
    many = frame(*(row(member=str(i), rank=float(i)) for i in range(9)))
    death = row(dimension="case_type", member="C3", always=True, certainty=None, rank=0.0)
    chosen = told(pl.concat([many, frame(death)]))
    assert chosen["member"].to_list() == ["C3", "8", "7", "6", "5"]
    [first, *rest] = sentences(pl.concat([many, frame(death)]), NOW, BEFORE)
    assert "tanpa uji" in first.indonesian
    assert len(rest) == 4


def every_text() -> list[Text]:
    module = vars(metrics.changes.words).values()
    loose = [value for value in module if isinstance(value, Text)]
    tables = [value for value in module if isinstance(value, dict)]
    held = [text for table in tables for text in table.values() if isinstance(text, Text)]
    said = [
        sentence
        for dimension, certainty, difference in product(
            ("total", "post", "place", "case_type", "sector"), CERTAINTY, (-3.0, 0.0, 3.0)
        )
        for sentence in sentences(
            frame(
                row(
                    dimension=dimension,
                    certainty=certainty,
                    always=certainty is None,
                    difference=difference,
                )
            ),
            NOW,
            BEFORE,
        )
    ]
    return loose + held + said + list(real_sentences())


def real_sentences() -> list[Text]:
    found = changes(jump(), NOW)
    others = changes(rows(**tables(2, 900) | {"submissions": sent(*POSTS)}), NOW)
    loose = others.with_columns(certainty=pl.lit("likely"))
    return [s for table in (found, others, loose) for s in sentences(table, NOW, BEFORE)]


@pytest.mark.parametrize("language", [field.name for field in fields(Text)])
def test_no_sentence_says_why(language):
    texts = [getattr(text, language).lower() for text in every_text()]
    assert len(texts) > 40
    for cause in CAUSES:
        assert not [text for text in texts if cause in text]


def test_real_rows_give_whole_sentences_in_both_languages():
    for sentence in real_sentences():
        for words in (sentence.indonesian, sentence.english):
            assert words.endswith(".")
            assert not {"{", "}", "None", "nan"} & set(words.replace("(", " ").split())
            assert "{" not in words
        assert sentence.indonesian != sentence.english
    assert "Kepastian: jelas." in real_sentences()[0].indonesian
