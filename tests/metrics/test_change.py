"""Signal or ordinary variation."""

from dataclasses import fields, replace
from datetime import date, timedelta
from math import sqrt
from statistics import mean, variance

import numpy as np
import polars as pl
import pytest

import metrics.changes.yearly
from metrics.catalogue import METRICS
from metrics.catalogue.backlog import OVERDUE_CASES
from metrics.catalogue.cases import CLOSED_CASES, NEW_CASES, RESOLVED_CASES
from metrics.catalogue.resolution import MEDIAN_RESOLUTION_DAYS
from metrics.catalogue.workers import PLACEMENTS
from metrics.changes.yearly import Change, change, comparable, compared
from metrics.frames import FRAMES, Rows
from metrics.metric import Metric, measure
from metrics.monthly import monthly_cases
from metrics.selection import Period, month_end
from metrics.units import DAYS
from tests.builders import capacity, case, placement, rows, submission, summary
from tests.metrics.chance import POSTS, tables
from tests.metrics.plain import plain_register, really_reopened

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
NOW, BEFORE = date(2026, 12, 1), date(2025, 12, 1)
MONTHS = [date(year, month, 1) for year in (2025, 2026) for month in range(1, 13)]
STOCKS = [metric for metric in METRICS.values() if metric.time_base == "stock"]
EMPTY = Rows(**{table.name: FRAMES[table.name].empty() for table in fields(Rows)})


def _sent(*posts: str) -> list[dict]:
    """Every month of both years."""
    return [submission(post, month) for post in posts for month in MONTHS]


def _monthly(year: int, counts: list[int], **said: object) -> list[dict]:
    """So many cases on the 3rd of each month."""
    return [
        case(date_reported=date(year, month, 3), **said)
        for month, count in enumerate(counts, 1)
        for _ in range(count)
    ]


def _two_years(before: int, now: int, **said: object) -> Rows:
    """Years with so many cases every month."""
    cases = _monthly(2025, [before] * 12, **said) + _monthly(2026, [now] * 12, **said)
    return rows(cases=cases, submissions=_sent("RUH"))


def _told(now: tuple, before: tuple, better: str = "lower") -> str:
    """The verdict on a metric that has these values and intervals."""

    def compute(_: Rows, period: Period, by: list[str]) -> pl.DataFrame:  # noqa: ARG001
        told = now if period == YEAR else before
        floats = dict.fromkeys(("value", "lower", "upper"), pl.Float64)
        return pl.DataFrame([told], schema=floats, orient="row").with_columns(n=pl.lit(99))

    invented = replace(NEW_CASES, unit=DAYS, better=better, compute=compute)
    return change(invented, rows(submissions=_sent("RUH")), YEAR).verdict


def test_a_count_that_stays_alike_is_ordinary():
    assert change(NEW_CASES, _two_years(10, 11), YEAR) == Change(132, 120, 1, "ordinary")


def test_the_difference_is_told_in_the_unit_of_the_metric():
    assert change(NEW_CASES, _two_years(10, 8), YEAR).difference == -24
    assert Change(None, 3, 1, "untested").difference is None
    assert Change(3, None, 1, "untested").difference is None


@pytest.mark.parametrize(
    ("before", "now", "better", "verdict"),
    [
        (10, 20, "lower", "worse"),
        (20, 10, "lower", "better"),
        (10, 20, "higher", "better"),
        (20, 10, "higher", "worse"),
        (10, 20, "neither", "signal"),
        (20, 10, "neither", "signal"),
    ],
)
def test_the_verdict_follows_from_the_direction(before: int, now: int, better: str, verdict: str):
    metric = replace(NEW_CASES, better=better)
    assert change(metric, _two_years(before, now), YEAR).verdict == verdict


def test_a_change_just_under_and_just_over_the_limit():
    # Equal months: no more spread than Poisson. |now - before| / sqrt(now + before) against 1.96
    assert 24 / sqrt(144 + 168) < 1.96 < 36 / sqrt(144 + 180)
    assert change(NEW_CASES, _two_years(12, 14), YEAR).verdict == "ordinary"
    assert change(NEW_CASES, _two_years(12, 15), YEAR).verdict == "signal"


def test_months_that_leap_about_make_the_same_change_ordinary():
    wild = _monthly(2025, [24, 0] * 6) + _monthly(2026, [30, 0] * 6)
    told = change(NEW_CASES, rows(cases=wild, submissions=_sent("RUH")), YEAR)
    assert told == Change(180, 144, 1, "ordinary")


def test_fewer_than_twenty_cases_are_not_tested():
    def told(now: int) -> Change:
        cases = _monthly(2026, [now])
        return change(NEW_CASES, rows(cases=cases, submissions=_sent("RUH")), YEAR)

    assert told(19) == Change(19, 0, 1, "untested")
    assert told(20).verdict != "untested"


def test_one_month_has_no_spread_of_its_own_and_is_still_tested():
    december = Period(NOW, date(2026, 12, 31))
    told = change(NEW_CASES, _two_years(10, 40), december)
    assert told == Change(40, 10, 1, "signal")


def test_closings_are_tested_by_the_spread_of_closings():
    # Steady closings of cases that all came at once, long before.
    def steady(year: int, count: int) -> list[dict]:
        return [
            case(date_reported=date(2024, 1, 1), date_closed=date(year, month, 5), days=None)
            | {"status": "resolved"}
            for month in range(1, 13)
            for _ in range(count)
        ]

    told = rows(cases=steady(2025, 10) + steady(2026, 20), submissions=_sent("RUH"))
    assert change(CLOSED_CASES, told, YEAR) == Change(240, 120, 1, "signal")
    assert change(RESOLVED_CASES, told, YEAR).verdict == "signal"


def test_more_overdue_cases_are_shown_and_not_called_worse():
    cases = _monthly(2025, [3] * 12, days=600) + _monthly(2026, [9] * 12, days=None)
    told = change(OVERDUE_CASES, rows(cases=cases, submissions=_sent("RUH")), YEAR)
    # Late after 84 days: those of January to October; of the year before, June to December too.
    assert told == Change(9 * 10 + 3 * 7, 3 * 10, 1, "untested")
    assert told.difference == 81


@pytest.mark.parametrize("metric", STOCKS, ids=lambda metric: metric.name)
def test_a_stock_is_shown_and_never_tested(metric: Metric):
    open_ = {"days": None, "held_since": date(2025, 1, 1)}
    closed = _monthly(2025, [1] * 12, days=5) + _monthly(2026, [1] * 12, days=5)
    told = rows(
        cases=closed + _monthly(2025, [3] * 12, **open_) + _monthly(2026, [60] * 12, **open_)
        + _monthly(2026, [60] * 12, urgency="severe", **open_),
        monthly_summary=[
            summary(registered=n, estimated_workers=99_000, shelter_end=n // 90, period=m)
            for n, m in ((100, BEFORE), (90_000, NOW))
        ],
        capacities=[capacity()],
        submissions=_sent("RUH"),
    )  # fmt: skip
    one = change(metric, told, YEAR)
    [now, before] = [measure(metric, told, p)["value"][0] for p in (YEAR, YEAR.a_year_earlier())]
    assert one == Change(now, before, 1, "untested")
    assert one.difference is not None


def test_the_same_counts_are_tested_when_they_are_no_stock():
    cases = _monthly(2025, [3] * 12, days=None) + _monthly(2026, [60] * 12, days=None)
    told = rows(cases=cases, submissions=_sent("RUH"))
    assert change(replace(NEW_CASES, time_base="stock"), told, YEAR).verdict == "untested"
    assert change(NEW_CASES, told, YEAR).verdict == "signal"


def test_only_posts_that_reported_every_month_of_both_years_are_compared():
    cases = _monthly(2025, [10] * 12) + _monthly(2026, [10] * 12)
    cases += [
        row for post in ("HKG", "DAM") for y in (2025, 2026) for row in _monthly(y, [50], post=post)
    ]
    sent = _sent("RUH", "HKG", "DAM")
    gaps = {("HKG", MONTHS[3]), ("DAM", MONTHS[-2])}
    kept = [row for row in sent if (row["post_code"], row["period"]) not in gaps]
    told = change(NEW_CASES, rows(cases=cases, submissions=kept), YEAR)
    assert told == Change(120, 120, 1, "ordinary")
    whole = change(NEW_CASES, rows(cases=cases, submissions=sent), YEAR)
    assert whole == Change(220, 220, 3, "ordinary")


def test_of_both_ends_alone_nothing_is_compared():
    sent = [submission("RUH", month) for month in (BEFORE, NOW)]
    told = rows(cases=_monthly(2026, [10] * 12), submissions=sent)
    assert change(NEW_CASES, told, YEAR) == Change(None, None, 0, "untested")


@pytest.mark.parametrize(
    ("first", "last", "posts"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 1),  # a year: they touch
        (date(2025, 12, 31), date(2026, 12, 31), 0),  # a day more: they share a day
        (date(2025, 6, 1), date(2026, 12, 31), 0),
        (date(2024, 3, 1), date(2025, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 1),  # the year before ends on 28 February
        (date(2025, 2, 28), date(2026, 2, 28), 0),
    ],
)
def test_periods_that_overlap_are_not_compared(first: date, last: date, posts: int):
    months = [date(year, month, 1) for year in (2023, 2024) for month in range(1, 13)]
    sent = _sent("RUH") + [submission("RUH", month) for month in months]
    cases = _monthly(2025, [10] * 12) + _monthly(2026, [10] * 12)
    period, told = Period(first, last), rows(cases=cases, submissions=sent)
    assert comparable(told, period).posts == posts
    assert comparable(told, period).period == period
    if not posts:
        for metric in (NEW_CASES, OVERDUE_CASES, PLACEMENTS):
            assert change(metric, told, period) == Change(None, None, 0, "untested")
        assert comparable(told, period).rows.cases.is_empty()


def test_metrics_that_share_what_is_comparable_share_its_spread(monkeypatch: pytest.MonkeyPatch):
    asked = []

    def counted(cases: pl.DataFrame, period: Period, day: str) -> pl.DataFrame:
        asked.append((period, day))
        return monthly_cases(cases, period, day)

    monkeypatch.setattr(metrics.changes.yearly, "monthly_cases", counted)
    told = _two_years(10, 20)
    both = comparable(told, YEAR)
    assert not asked
    shared = [compared(metric, both) for metric in (NEW_CASES, CLOSED_CASES, RESOLVED_CASES)]
    shared += [compared(replace(NEW_CASES, better="neither"), both)]
    periods = (YEAR, YEAR.a_year_earlier())
    assert asked == [(p, day) for day in ("date_reported", "date_closed") for p in periods]
    alone = [change(metric, told, YEAR) for metric in (NEW_CASES, CLOSED_CASES, RESOLVED_CASES)]
    assert shared[:3] == alone


def test_the_spread_is_the_wider_one_of_both_periods_and_never_below_chance():
    wild = _monthly(2025, [24, 0] * 6) + _monthly(2026, [30, 0] * 6)
    both = comparable(rows(cases=wild, submissions=_sent("RUH")), YEAR)
    assert both.spread_reported == pytest.approx(variance([30, 0] * 6) / 15)
    steady = comparable(_two_years(10, 20), YEAR)
    assert steady.spread_reported == 1
    nothing = comparable(rows(submissions=_sent("RUH")), YEAR)
    assert (nothing.spread_reported, nothing.spread_closed) == (1, 1)


def test_a_post_that_reported_and_had_no_case_is_compared_with_zero():
    cases = _monthly(2026, [10] * 12)
    told = change(NEW_CASES, rows(cases=cases, submissions=_sent("RUH")), YEAR)
    assert told == Change(120, 0, 1, "signal")


@pytest.mark.parametrize("metric", [NEW_CASES, MEDIAN_RESOLUTION_DAYS, PLACEMENTS])
def test_without_months_before_there_is_nothing_to_compare(metric: Metric):
    now = rows(cases=_monthly(2026, [10] * 12), submissions=[submission("RUH", NOW)])
    nothing = Change(None, None, 0, "untested")
    assert change(metric, now, YEAR) == nothing
    assert change(metric, EMPTY, YEAR) == nothing
    assert nothing.difference is None


def test_the_year_before_29_february_ends_on_the_28th():
    leap = Period(date(2024, 2, 1), date(2024, 2, 29))
    last = [case(date_reported=date(2023, 2, 28)) for _ in range(30)]
    now = [case(date_reported=date(2024, 2, 29)) for _ in range(30)]
    sent = [submission("RUH", date(year, 2, 1)) for year in (2023, 2024)]
    told = change(NEW_CASES, rows(cases=last + now, submissions=sent), leap)
    assert told == Change(30, 30, 1, "ordinary")


def test_a_value_without_an_interval_is_not_tested():
    sent = rows(
        placements=[placement(workers=500), placement(workers=5, period=date(2025, 1, 1))],
        submissions=_sent("RUH"),
    )
    assert change(PLACEMENTS, sent, YEAR) == Change(500, 5, 1, "untested")
    assert _told((9, None, None), (1, None, None)) == "untested"
    assert _told((9, 8, 10), (1, None, None)) == "untested"
    assert _told((None, 8, None), (1, 0, 2)) == "untested"


def test_a_metric_that_is_declared_untested_shows_its_change_without_a_verdict():
    metric = replace(NEW_CASES, comparison="untested")
    assert change(metric, _two_years(10, 30), YEAR) == Change(360, 120, 1, "untested")


def test_a_metric_that_cannot_be_compared_shows_no_change():
    told = change(replace(NEW_CASES, comparison="none"), _two_years(10, 30), YEAR)
    assert told == Change(360, None, 1, "untested")
    assert told.difference is None


def test_a_value_moved_if_the_intervals_do_not_touch():
    assert _told((10, 9, 12), (5, 4, 8)) == "worse"
    assert _told((5, 4, 8), (10, 9, 12)) == "better"
    assert _told((10, 9, 12), (5, 4, 8), "higher") == "better"
    assert _told((5, 4, 8), (10, 9, 12), "higher") == "worse"
    assert _told((5, 4, 8), (10, 9, 12), "neither") == "signal"


def test_intervals_that_touch_or_overlap_are_ordinary():
    assert _told((10, 8, 12), (5, 4, 8)) == "ordinary"
    assert _told((10, 1, 30), (5, 4, 8)) == "ordinary"


def test_an_upper_limit_that_is_not_reached_has_no_end():
    assert _told((10, 9, None), (5, 4, 8)) == "worse"
    assert _told((5, 4, 8), (10, 9, None)) == "better"
    assert _told((10, 9, None), (5, 4, None)) == "ordinary"


def test_a_median_that_doubled_is_worse():
    cases = [
        case(date_reported=date(year, month, 3), days=days)
        for year, typical in ((2025, 10), (2026, 20))
        for month in range(1, 11)
        for days in range(typical - 4, typical + 5)
    ]
    told = change(MEDIAN_RESOLUTION_DAYS, rows(cases=cases, submissions=_sent("RUH")), YEAR)
    assert (told.now, told.before, told.verdict) == (20, 10, "worse")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("metric", [NEW_CASES, CLOSED_CASES], ids=["opened", "closed"])
def test_the_verdict_is_as_in_plain_python(metric: Metric, seed: int):
    chance = tables(seed)
    for period in (
        Period(date(2025, 7, 1), date(2026, 6, 30)),
        Period(date(2026, 1, 1), date(2026, 3, 31)),
        Period(date(2025, 2, 1), date(2025, 2, 28)),
    ):
        assert change(metric, rows(**chance), period) == _plain(metric, chance, period)


def _plain(metric: Metric, chance: dict[str, list[dict]], period: Period) -> Change:
    year_before = Period(
        period.first.replace(year=period.first.year - 1),
        period.last.replace(year=period.last.year - 1),
    )
    sent = {(row["post_code"], row["period"]) for row in chance["submissions"]}
    wanted, month = set(), date(2024, 1, 1)
    while month <= period.last:
        if any(p.first.replace(day=1) <= month <= p.last for p in (period, year_before)):
            wanted.add(month)
        month = month_end(month) + timedelta(days=1)
    posts = [post for post in POSTS if {(post, month) for month in wanted} <= sent]
    assert "RUH" in posts
    if not posts:
        return Change(None, None, 0, "untested")
    day = "date_reported" if metric is NEW_CASES else "date_closed"
    totals, spreads = [], [1.0]
    for p in (period, year_before):
        mine = [row for row in chance["cases"] if row["post_code"] in posts]
        valid = plain_register(mine, p.last)
        days = [row[day] for row in valid if row[day] is not None]
        if day == "date_closed":
            days += [row["first_closed"] for row in valid if really_reopened(row)]
        months, month = [], p.first
        while month <= p.last:
            months.append(sum(month <= d <= month_end(month) for d in days))
            month = month_end(month) + timedelta(days=1)
        totals.append(sum(months))
        if len(months) > 1 and mean(months):
            spreads.append(variance(months) / mean(months))
    now, before = totals
    if now + before < 20:
        return Change(now, before, len(posts), "untested")
    z = abs(now - before) / sqrt(max(spreads) * (now + before))
    return Change(now, before, len(posts), "signal" if z > 1.96 else "ordinary")


def _poisson(rng: np.random.Generator, now: float, before: float) -> Rows:
    """Two years of cases that come at random, at these rates a year, as a typed frame."""
    days = np.concatenate(
        [
            np.datetime64(f"{year}-01-01") + rng.integers(0, 365, rng.poisson(rate))
            for year, rate in ((2026, now), (2025, before))
        ]
    )
    cases = pl.DataFrame({"date_reported": days}).select(
        case_id=pl.int_range(pl.len()).cast(pl.String),
        post_code=pl.lit("RUH", pl.Enum(["RUH"])),
        date_reported=pl.col("date_reported").cast(pl.Date),
        date_closed=pl.lit(None, pl.Date),
    )
    sent = pl.DataFrame({"post_code": ["RUH"] * len(MONTHS), "period": MONTHS})
    return replace(EMPTY, cases=cases, submissions=sent)


def test_equal_years_give_a_false_signal_in_about_one_of_twenty_at_most():
    rng = np.random.default_rng(20261124)
    told = [change(NEW_CASES, _poisson(rng, 240, 240), YEAR).verdict for _ in range(300)]
    assert set(told) <= {"signal", "ordinary"}
    assert 0 < told.count("signal") <= 0.08 * 300


def test_a_doubling_is_called_a_signal():
    rng = np.random.default_rng(20261124)
    told = [change(NEW_CASES, _poisson(rng, 240, 120), YEAR) for _ in range(30)]
    assert {one.verdict for one in told} == {"signal"}
    assert all(one.difference > 0 for one in told)
