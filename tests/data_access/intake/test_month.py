"""A month is taken in once it has ended at the post."""

from datetime import UTC, date, datetime

import pytest

from data_access.errors import RefusedFile
from data_access.intake.importing import import_bytes, import_file
from tests.data_access.intake.builders import workbook
from tests.data_access.intake.imports import counts, take_in

# Half past midnight of 31 October in Seoul, still 30 October in Riyadh.
LATE = datetime(2026, 10, 30, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 30)])
def test_a_month_that_has_not_ended_is_refused(sqlite_engine, tmp_path, day):
    before = counts(sqlite_engine)
    with pytest.raises(RefusedFile, match="2026-10 has not ended yet") as caught:
        take_in(workbook(tmp_path), sqlite_engine, today=day)
    assert "2026-10 belum berakhir" in caught.value.text.indonesian
    assert counts(sqlite_engine) == before


def test_a_month_is_taken_on_its_last_day(sqlite_engine, tmp_path):
    assert take_in(workbook(tmp_path), sqlite_engine, today=date(2026, 10, 31)).accepted


def test_the_day_is_that_of_the_post_when_none_is_given(sqlite_engine, tmp_path):
    seoul = workbook(tmp_path, {}, post="SEL", name="sel.xlsx")
    riyadh = workbook(tmp_path, {}, name="ruh.xlsx")
    assert import_file(seoul, engine=sqlite_engine, now=LATE, dry_run=True).post == "SEL"
    with pytest.raises(RefusedFile, match="has not ended yet"):
        import_file(riyadh, engine=sqlite_engine, now=LATE, dry_run=True)
    content = riyadh.read_bytes()
    with pytest.raises(RefusedFile, match="has not ended yet"):
        import_bytes("ruh.xlsx", content, engine=sqlite_engine, now=LATE, dry_run=True)


def test_the_clock_is_asked_when_neither_day_nor_moment_is_given(sqlite_engine, tmp_path):
    past = workbook(tmp_path, {}, period=date(2020, 1, 1))
    assert import_file(past, engine=sqlite_engine, dry_run=True).month == date(2020, 1, 1)
    with pytest.raises(RefusedFile, match="has not ended yet"):
        import_file(workbook(tmp_path, {}, period=date(2100, 1, 1)), engine=sqlite_engine)
