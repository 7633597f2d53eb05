"""Registered workers, and the length of a period in years."""

from datetime import date

import pytest

from metrics.selection import Period
from metrics.workers import last_reported, mean_registered, years
from tests.builders import frame, summary

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "length"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 1),
        (date(2023, 12, 1), date(2024, 11, 30), 1),  # with a 29 February
        (date(2026, 2, 1), date(2026, 2, 28), 1 / 12),
        (date(2026, 1, 1), date(2026, 1, 31), 1 / 12),
        (date(2026, 6, 16), date(2026, 6, 30), 1 / 24),
        (date(2026, 6, 30), date(2026, 6, 30), 1 / 360),
    ],
)
def test_a_whole_month_is_a_twelfth_of_a_year(first: date, last: date, length: float):
    assert years(Period(first, last)) == pytest.approx(length)


def test_months_without_a_report_are_left_out_of_the_mean():
    rows = [summary(registered=100), summary(registered=300, period=date(2026, 5, 1))]
    rows += [summary(registered=None, period=date(2026, 6, 1)), summary("DAM", registered=None)]
    told = mean_registered(frame("monthly_summary", rows), YEAR).collect()
    assert told.rows() == [("RUH", 200, pytest.approx(200 * 2 / 12))]


def _every_month(post: str, registered: int, *months: int) -> list[dict]:
    return [summary(post, registered, period=date(2026, month, 1)) for month in months]


def _means(period: Period, rows: list[dict]) -> dict[str, tuple]:
    told = mean_registered(frame("monthly_summary", rows), period).collect()
    assert told.columns == ["post_code", "registered", "worker_years"]
    return {row[0]: row[1:] for row in told.rows()}


def test_time_under_a_post_is_that_of_the_months_it_reported():
    rows = _every_month("RUH", 120, *range(1, 13)) + _every_month("HKG", 120, 1, 2, 3)
    rows += _every_month("HKG", 120, 3)  # sent twice: one month
    assert _means(YEAR, rows) == {
        "RUH": (120, pytest.approx(120)),
        "HKG": (120, pytest.approx(30)),
    }
    quarter = Period(date(2026, 1, 1), date(2026, 3, 31))
    assert _means(quarter, rows) == dict.fromkeys(("RUH", "HKG"), (120, pytest.approx(30)))


def test_of_a_period_that_begins_within_a_month_the_months_that_begin_in_it_are_the_whole():
    within = Period(date(2026, 2, 15), date(2026, 4, 30))  # half of February, March, April
    rows = _every_month("RUH", 240, 2, 3, 4) + _every_month("HKG", 240, 2, 4)
    assert _means(within, rows) == {
        "RUH": (240, pytest.approx(240 * 2.5 / 12)),
        "HKG": (240, pytest.approx(240 * 2.5 / 12 / 2)),
    }


def test_a_period_in_which_no_month_begins_has_no_workers():
    assert _means(Period(date(2026, 1, 2), date(2026, 1, 31)), _every_month("RUH", 9, 1)) == {}


def test_the_last_report_of_each_post_counts():
    rows = [
        summary(registered=300, period=date(2026, 5, 1)),
        summary(registered=100),
        summary(registered=None, period=date(2026, 6, 1)),
        summary("HKG", registered=7),
        summary("HKG", registered=8, period=date(2027, 1, 1)),
    ]
    told = last_reported(frame("monthly_summary", rows), YEAR).collect()
    assert sorted(told.select("post_code", "registered_workers").rows()) == [
        ("HKG", 7),
        ("RUH", 300),
    ]
