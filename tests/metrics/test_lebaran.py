"""The moving feast, against a calendar and a count of days."""

from datetime import date, timedelta

import polars as pl
import pytest
from hijridate import Hijri

from metrics.demand.lebaran import (
    DECLARED,
    TO_VERIFY,
    aligned_window,
    feasts,
    lebaran,
    share_of_month,
)
from metrics.policy.outlook import LEBARAN_WINDOW

MONTHS = pl.date_range(date(2013, 1, 1), date(2030, 12, 1), "1mo", eager=True).to_list()


def test_every_year_from_1435_to_1447_is_declared_and_the_last_two_are_to_be_verified():
    assert list(DECLARED) == list(range(1435, 1448))
    assert {1446, 1447} == TO_VERIFY


@pytest.mark.parametrize("year", DECLARED)
def test_declared_day_is_that_of_umm_al_qura_or_the_next(year):
    assert (DECLARED[year] - Hijri(year, 10, 1).to_gregorian()).days in (0, 1)
    assert lebaran(year) == DECLARED[year]


def test_declared_day_stands_before_the_projected_one():
    assert Hijri(1444, 10, 1).to_gregorian() == date(2023, 4, 21)
    assert lebaran(1444) == date(2023, 4, 22)


def test_later_years_are_projected():
    assert lebaran(1448) == Hijri(1448, 10, 1).to_gregorian()
    with pytest.raises(ValueError, match="no Lebaran on record for 1501"):
        lebaran(1501)


def test_a_year_may_have_two_feasts():
    assert [feast.month for feast in feasts(date(2033, 1, 1), date(2033, 12, 31))] == [1, 12]
    assert feasts(date(2026, 3, 21), date(2026, 3, 21)) == [date(2026, 3, 21)]
    assert feasts(date(2026, 3, 22), date(2026, 12, 31)) == []


def test_shares_equal_a_count_of_days(agree):
    def plain(month: date) -> float:
        inside = days = 0
        day = month
        while day.month == month.month:
            days += 1
            inside += any(
                timedelta(days=-21) <= day - feast <= timedelta(days=14)
                for feast in map(lebaran, range(1430, 1455))
            )
            day += timedelta(days=1)
        return inside / days

    told = share_of_month(MONTHS)

    assert told["month"].to_list() == MONTHS
    counted = [plain(month) for month in MONTHS]
    agree("share of month in season", "count of days", told["share"], counted)


def test_every_feast_has_its_36_days():
    months = pl.date_range(date(2016, 1, 1), date(2025, 12, 1), "1mo", eager=True)
    told = share_of_month(months.to_list())
    days = (told["share"] * months.dt.month_end().dt.day()).sum()
    assert days == pytest.approx(36 * len(feasts(date(2016, 1, 1), date(2025, 12, 31))))


def test_over_the_long_run_the_regressor_is_zero_in_each_month_of_the_year():
    months = pl.date_range(date(2001, 1, 1), date(2065, 12, 1), "1mo", eager=True)
    told = share_of_month(months.to_list())
    means = told.group_by(pl.col("month").dt.month()).agg(pl.mean("centred"))
    assert means["centred"].abs().max() < 1e-12


def test_no_months_have_no_shares():
    assert share_of_month([]).shape == (0, 3)
    assert share_of_month([date(1800, 5, 17)])["share"].to_list() == [0]


def test_windows_of_two_years_have_the_same_days_from_lebaran():
    before, now = (aligned_window(year, -7, 20) for year in (1446, 1447))
    assert before.days == now.days == 28
    assert now.first - before.first == lebaran(1447) - lebaran(1446)
    season = aligned_window(1445)
    assert season.days == sum(LEBARAN_WINDOW.value.values()) + 1
    assert season.first == date(2024, 3, 20)
