"""Dates and durations that gather on certain days: found when there, rarely when not."""

from calendar import monthrange
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from scipy.stats import chisquare

from metrics.frames import Rows
from metrics.quality.heaping import heaping
from metrics.selection import Period
from tests.builders import case, rows

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
RUNS, CASES = 1000, 400


def of(everything: Rows, what: str, period: Period = YEAR) -> dict:
    [row] = heaping(everything, period).filter(what=what).rows(named=True)
    return row


def special(day: date) -> bool:
    return day.day in (1, 15, monthrange(day.year, day.month)[1])


def test_dates_are_held_against_equally_many_on_each_day():
    april = [date(2025, 4, day) for day in range(1, 31)]
    days = april * 4 + [date(2025, 4, 15)] * 10
    row = of(rows(cases=[case(days=None, date_reported=day) for day in days]), "date_reported")
    assert (row["n"], row["observed"]) == (130, 22)
    assert row["expected"] == pytest.approx(13)
    assert row["share"] == pytest.approx(22 / 130)
    assert row["expected_share"] == pytest.approx(0.1)
    assert row["p_value"] == pytest.approx(chisquare([22, 108], [13, 117]).pvalue, abs=1e-12)


def test_expected_dates_follow_the_length_of_each_month_and_the_edge_of_the_period():
    days = [date(2025, 2, 3), date(2025, 5, 6)]
    told = rows(cases=[case(days=None, date_reported=day) for day in days])
    assert of(told, "date_reported")["expected"] == pytest.approx(3 / 28 + 3 / 31)
    middle = Period(date(2025, 2, 2), date(2025, 5, 15))
    expected = of(told, "date_reported", middle)["expected"]
    assert expected == pytest.approx(2 / 27 + 2 / 15)


def test_durations_at_the_limit_are_held_against_the_days_around():
    lengths = [17, 18, 19, 20, 21, 22] * 10 + [20] * 30 + [16, 23, 5, 60]
    told = rows(cases=[case(days=n, case_type="A5") for n in lengths])
    assert set(told.cases["limit_days"]) == {20}
    row = of(told, "time_limit", Period(date(2026, 1, 1), date(2026, 12, 31)))
    assert (row["n"], row["observed"], row["expected"]) == (90, 50, pytest.approx(30))
    assert row["p_value"] == pytest.approx(chisquare([50, 40], [30, 60]).pvalue, abs=1e-12)


def test_few_rows_are_not_tested_and_no_rows_do_no_harm():
    few = of(
        rows(cases=[case(days=20, case_type="A5", date_reported=date(2025, 3, 1))]), "time_limit"
    )
    assert (few["n"], few["observed"], few["p_value"]) == (1, 1, None)
    nothing = heaping(rows(), YEAR)
    assert nothing["what"].to_list() == ["date_closed", "date_reported", "time_limit"]
    assert nothing["n"].to_list() == [0, 0, 0]
    assert nothing["share"].null_count() == nothing["p_value"].null_count() == 3
    assert heaping(rows(), YEAR, ["post_code"]).is_empty()


def many(reported: np.ndarray, lengths: np.ndarray) -> Rows:
    """One case a day of report and length, the rows of a run marked by `run`."""
    base = rows(cases=[case(case_type="A5", agency_code=None)])
    start = pl.Series(reported.ravel(), dtype=pl.Int32).cast(pl.Date)
    cases = base.cases.select(pl.all().gather([0] * reported.size)).with_columns(
        case_id=pl.int_range(reported.size).cast(pl.String),
        run=pl.Series(np.repeat(np.arange(len(reported)), reported.shape[1])),
        date_reported=start,
        date_first_response=start,
        date_closed=start + pl.duration(days=pl.Series(lengths.ravel())),
    )
    return Rows(**{**vars(base), "cases": cases})


def test_a_thousand_runs_of_honest_dates_raise_the_stated_share_of_alarms():
    rng = np.random.default_rng(7)
    zero = (YEAR.first - date(1970, 1, 1)).days
    reported = zero + rng.integers(0, 365, (RUNS, CASES))
    lengths = rng.lognormal(np.log(22), 0.5, (RUNS, CASES)).astype(int)
    long = Period(YEAR.first, YEAR.last + timedelta(days=900))
    told = heaping(many(reported, lengths), long, ["run"])
    for what in ("date_reported", "time_limit"):
        p = told.filter(what=what)["p_value"]
        assert p.null_count() == 0
        for level in (0.01, 0.05, 0.2):
            alarms = float((p < level).mean())
            print(f"heaping, {what}, {RUNS} honest runs: p < {level} in {alarms:.1%}")
            # 4 standard errors, and the step of a count's distribution
            assert abs(alarms - level) < 4 * np.sqrt(level * (1 - level) / RUNS) + 0.01


def test_dates_and_durations_moved_on_purpose_are_found():
    rng = np.random.default_rng(8)
    zero = (YEAR.first - date(1970, 1, 1)).days
    reported = zero + rng.integers(0, 365, (50, CASES))
    first_of_june = (date(2025, 6, 1) - date(1970, 1, 1)).days
    reported = np.where(rng.random(reported.shape) < 0.1, first_of_june, reported)
    lengths = rng.lognormal(np.log(22), 0.5, reported.shape).astype(int)
    lengths = np.where(
        (lengths > 20) & (lengths < 24) & (rng.random(lengths.shape) < 0.6), 20, lengths
    )
    long = Period(YEAR.first, YEAR.last + timedelta(days=900))
    found = heaping(many(reported, lengths), long, ["run"]).filter(pl.col("p_value") < 0.01)
    assert (found["share"] > found["expected_share"]).all()
    counts = dict(found.group_by("what").len().iter_rows())
    assert counts["date_reported"] >= 48
    assert counts["time_limit"] >= 48


def test_special_days_are_the_first_the_fifteenth_and_the_last():
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
    leap = Period(days[0], days[-1])
    told = rows(cases=[case(days=None, date_reported=day) for day in days])
    row = of(told, "date_reported", leap)
    assert row["observed"] == sum(map(special, days)) == 36
    assert row["expected"] == pytest.approx(36)
