"""The survival curve on the days that people ask about."""

from datetime import date

import polars as pl
import pytest

from metrics.cases import register
from metrics.milestones import DAYS, closed_by_day
from metrics.statistics.survival import kaplan_meier, share_within
from tests.builders import frame
from tests.metrics.chance import tables


def _curve(*ages: tuple[int, bool]) -> pl.DataFrame:
    """Cases of so many days, and whether they are closed."""
    schema = {"days": pl.Int64, "closed": pl.Boolean}
    return kaplan_meier(pl.DataFrame(list(ages), schema=schema, orient="row"))


def _shares(curve: pl.DataFrame) -> list[tuple]:
    return closed_by_day(curve).select("days", "value", "n").rows()


def test_by_hand():
    told = _curve((3, True), (7, True), (10, False), (20, True), (40, False))
    assert _shares(told) == [
        (7, pytest.approx(1 - 4 / 5 * 3 / 4), 4),  # closed on the day itself counts
        (14, pytest.approx(0.4), 2),  # of five two are closed and one is no longer followed
        (30, pytest.approx(1 - 4 / 5 * 3 / 4 * 1 / 2), 1),
    ]
    assert closed_by_day(told).columns == ["days", "value", "n", "lower", "upper"]


def test_before_the_first_case_leaves_nothing_is_closed_for_certain():
    told = closed_by_day(_curve((20, True), (31, False), (31, False)))
    assert told.rows()[:2] == [(7, 0, 3, 0, 0), (14, 0, 3, 0, 0)]
    assert told.rows()[2][:3] == (30, pytest.approx(1 / 3), 2)


def test_a_day_that_no_case_was_followed_to_is_not_told():
    assert [row[0] for row in _shares(_curve((1, True), (59, False)))] == [7, 14, 30]
    assert [row[0] for row in _shares(_curve((1, True), (60, False)))] == [7, 14, 30, 60]
    assert [row[0] for row in _shares(_curve((1, True), (900, False)))] == list(DAYS)
    assert _shares(_curve((6, True))) == []


def test_where_all_are_closed_there_are_no_limits():
    told = closed_by_day(_curve((1, True), (30, True)))
    assert told.rows()[-1] == (30, 1, 1, None, None)


def test_of_no_cases_nothing_is_told():
    assert closed_by_day(_curve()).is_empty()


@pytest.mark.parametrize("seed", range(6))
def test_agrees_with_the_share_within_and_with_counting(seed: int):
    cases = register(frame("cases", tables(seed, 40 * (seed + 1))["cases"]), date(2026, 6, 30))
    curve = kaplan_meier(cases)
    told = closed_by_day(curve)
    assert told["days"].to_list() == [day for day in DAYS if day <= cases["days"].max()]
    for day, value, n, lower, upper in told.rows():
        [expected] = share_within(curve, days=day).rows()
        assert (value, lower, upper) == tuple(
            x if x is None else pytest.approx(x, abs=1e-12) for x in expected
        )
        assert n == (cases["days"] >= day).sum()
