"""What leaves the database in the typed frames."""

import polars as pl
import pytest

from data_access.harmless import harmless
from data_access.sheets import ACTIVITIES, AGENCIES, JOB_ORDERS
from data_access.typed import table
from tests.data_access.intake.builders import month, rows, workbook
from tests.data_access.intake.imports import stored, take_in

FORMULA, SCRIPT = "=cmd|'/c calc'!A0", "<script>alert(1)</script>"


def test_free_text_is_stored_as_written_and_harmless_in_every_frame(any_engine, tmp_path):
    tables = month(
        activities=rows(ACTIVITIES, {"partner": FORMULA}),
        agencies=rows(AGENCIES, {"agency_name": SCRIPT}),
        job_orders=rows(JOB_ORDERS, {"occupation": "@SUM(1)"}),
    )
    assert take_in(workbook(tmp_path, tables), any_engine).accepted
    assert stored(any_engine, "activities")["partner"].to_list() == [FORMULA]
    assert stored(any_engine, "agencies")["agency_name"].to_list() == [SCRIPT]
    assert table(any_engine, "activities")["partner"].to_list() == ["'" + FORMULA]
    assert table(any_engine, "agencies")["agency_name"].to_list() == ["‹script›alert(1)‹/script›"]
    assert table(any_engine, "job_orders")["occupation"].to_list() == ["'@SUM(1)"]


def shown(words: str | None) -> str | None:
    return pl.select(harmless(pl.lit(words, dtype=pl.String))).item()


@pytest.mark.parametrize("words", ["=1", "+1", "-1", "@A1", "\tx", "\rx", "  =1", "\uff1d1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(words):
    assert shown(words) == "'" + words


@pytest.mark.parametrize("words", ["Lembaga pelatihan", "a=b", "PT -", "'=1", "", None])
def test_other_words_stay_as_they_are(words):
    assert shown(words) == words
