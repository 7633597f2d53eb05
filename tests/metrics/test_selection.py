"""Stretches of time."""

from datetime import date, timedelta

import pytest

from metrics.reporting import months
from metrics.selection import Period, month_end, months_before


@pytest.mark.parametrize(
    ("last", "count", "first"),
    [
        (date(2026, 11, 30), 1, date(2026, 11, 1)),
        (date(2026, 11, 30), 3, date(2026, 9, 1)),
        (date(2026, 11, 30), 11, date(2026, 1, 1)),
        (date(2026, 11, 30), 12, date(2025, 12, 1)),
        (date(2026, 12, 31), 12, date(2026, 1, 1)),
        (date(2026, 12, 31), 24, date(2025, 1, 1)),
        (date(2026, 1, 31), 2, date(2025, 12, 1)),
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
        (date(2026, 1, 31), 36, date(2023, 2, 1)),
    ],
)
def test_so_many_whole_months_end_on_the_day(last: date, count: int, first: date):
    assert months_before(last, count) == Period(first, last)


@pytest.mark.parametrize("count", [1, 2, 11, 12, 13, 24, 60])
def test_months_before_have_as_many_months_as_are_asked_for(count: int):
    for month in months(date(2023, 1, 1), date(2026, 12, 31)):
        period = months_before(month_end(month), count)
        assert period.first.day == 1
        assert period.last == month_end(month)
        assert len(months(period.first, period.last)) == count


def test_stretches_of_months_follow_one_another():
    this = months_before(date(2026, 2, 28), 6)
    before = months_before(this.first - timedelta(days=1), 6)
    assert before.first == date(2025, 3, 1)
    assert before.last + timedelta(days=1) == this.first


def test_a_year_of_months_does_not_overlap_with_the_one_before():
    for month in months(date(2023, 1, 1), date(2026, 12, 31)):
        year = months_before(month_end(month), 12)
        assert year.a_year_earlier().last < year.first
