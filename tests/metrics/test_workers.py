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
    assert told.rows() == [("RUH", 200)]


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
