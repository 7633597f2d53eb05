"""Whether a file is of its month: the dates of its news, and how many rows it has."""

from datetime import date

import polars as pl
import pytest

from data_access.fields import Sheet
from data_access.intake.checks.comparing import TypedFile
from data_access.intake.checks.periods import of_month
from data_access.intake.reading.converting import schema
from data_access.sheets import ACTIVITIES, CASES, PLACEMENTS, SHEETS
from tests.data_access.intake.builders import MONTH, rows
from tests.data_access.intake.imports import SEPTEMBER

NOTHING = {
    sheet.table: pl.DataFrame(schema={"period": pl.Date, **schema(sheet)}) for sheet in SHEETS
}
OCTOBER_DAY, SEPTEMBER_DAY = date(2026, 10, 14), date(2026, 9, 14)


def told(tables: dict[str, pl.DataFrame], known: dict[str, pl.DataFrame] | None = None) -> list:
    numbered = {name: frame.with_row_index("row", offset=2) for name, frame in tables.items()}
    letters = {CASES.table: {"date_reported": "B"}}
    file = TypedFile(MONTH, numbered, letters, latest=True)
    return [(f.sheet, f.code) for f in of_month(file, NOTHING | (known or {}))]


def cases(*days: date, start: int = 1, **said: object) -> pl.DataFrame:
    ids = (f"RUH-2026-{n:05}" for n in range(start, start + len(days)))
    answered = {"date_first_response": None} | said
    return rows(
        CASES,
        *(
            {"case_id": one, "date_reported": day, **answered}
            for one, day in zip(ids, days, strict=True)
        ),
    )


def of_period(sheet: Sheet, n: int, period: date) -> pl.DataFrame:
    return rows(sheet, *({} for _ in range(n))).with_columns(period=pl.lit(period))


def test_news_of_one_other_month_are_the_file_of_that_month():
    assert told({"cases": cases(*[SEPTEMBER_DAY] * 5)}) == [("", "E-PERIOD")]
    activities = rows(ACTIVITIES, *({"date": date(2026, 9, day)} for day in range(1, 6)))
    assert told({"activities": activities}) == [("", "E-PERIOD")]


def test_news_of_many_earlier_months_are_a_post_that_catches_up():
    days = [date(2026, month, 3) for month in range(1, 7)]
    assert told({"cases": cases(*days)}) == [("", "W-PERIOD")]


def test_one_date_of_the_month_is_enough_for_a_file_of_the_month():
    assert told({"cases": cases(*[SEPTEMBER_DAY] * 30, OCTOBER_DAY)}) == []


def test_few_dates_say_nothing_about_the_month():
    assert told({"cases": cases(*[SEPTEMBER_DAY] * 4)}) == []


def test_old_cases_that_are_still_open_are_no_news():
    old = cases(*[date(2026, 2, 3)] * 40)
    assert told({"cases": old}, {"cases": old}) == []


def test_old_cases_that_were_closed_this_month_are_of_this_month():
    old = cases(*[date(2026, 2, 3)] * 40)
    closed = {"status": "resolved", "outcome": "rights_full", "date_closed": OCTOBER_DAY}
    now = cases(*[date(2026, 2, 3)] * 40, **closed)
    assert told({"cases": now}, {"cases": old}) == []


def test_a_month_sent_again_in_the_place_of_the_next_is_known_by_its_activities():
    known = {"cases": cases(*[SEPTEMBER_DAY] * 9)}
    activities = rows(ACTIVITIES, *({"date": date(2026, 9, day)} for day in range(1, 6)))
    found = told({"cases": known["cases"], "activities": activities}, known)
    assert found == [("", "E-PERIOD")]


def test_a_new_case_of_an_earlier_month_is_told_once_the_post_has_reported():
    known = cases(SEPTEMBER_DAY)
    late = cases(date(2026, 5, 4), OCTOBER_DAY, start=2)
    assert told({"cases": known.vstack(late)}, {"cases": known}) == [("Kasus", "W-LATE")]
    assert told({"cases": known.vstack(late)}) == []


@pytest.mark.parametrize(
    ("before", "now", "warned"),
    [
        (24, 4, True),
        (24, 11, False),
        (24, 12, False),
        (10, 0, True),
        (9, 0, False),
        (200, 99, True),
    ],
)
def test_far_fewer_rows_than_last_month_are_told(before, now, warned):
    known = {"placements": of_period(PLACEMENTS, before, SEPTEMBER)}
    found = told({"placements": rows(PLACEMENTS, *({} for _ in range(now)))}, known)
    assert found == ([("Penempatan", "W-DROP")] if warned else [])


def test_far_fewer_new_cases_than_last_month_are_told_however_many_old_ones_stand_there():
    known = cases(*[SEPTEMBER_DAY] * 24)
    few = known.vstack(cases(*[OCTOBER_DAY] * 4, start=100))
    as_many = known.vstack(cases(*[OCTOBER_DAY] * 24, start=100))
    assert told({"cases": few}, {"cases": known}) == [("Kasus", "W-DROP")]
    assert told({"cases": as_many}, {"cases": known}) == []
