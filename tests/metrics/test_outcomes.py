"""In which way cases end."""

from datetime import date, timedelta

import polars as pl
import pytest

from metrics.cases import register
from metrics.codes import CLOSED
from metrics.durations import duration_curve
from metrics.outcomes import UNRESOLVED, WAYS, outcomes
from metrics.selection import Period
from tests.builders import case, frame
from tests.metrics.chance import tables
from tests.metrics.plain import opened
from tests.metrics.plain_resolution import incidence, on_a_curve, way_of

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
PERIODS = [
    YEAR,
    Period(date(2024, 3, 1), date(2026, 2, 28)),
    Period(date(2025, 1, 1), date(2025, 8, 31)),
]


def _last(curve: pl.DataFrame) -> dict[str, float]:
    return dict(curve.group_by("cause").agg(pl.col("incidence").last()).rows())


def _cases(*rows: dict) -> pl.DataFrame:
    return frame("cases", list(rows))


def test_the_status_decides_what_is_a_resolution_and_the_outcome_why_not():
    told = outcomes(
        _cases(
            case(days=5),
            case(days=6, status="closed", outcome="withdrawn"),
            case(days=7, status="closed", outcome="rights_full"),
            case(days=8, status="resolved", outcome="withdrawn"),
            case(days=9, status="in_progress", outcome=None),
            case(days=9, status="closed", outcome="handed_over"),
            case(days=None),
            case(days=None, status="closed", outcome="withdrawn"),  # without a date: open
        ),
        YEAR,
    )
    # the last one was followed for no days; seven are left
    assert _last(told) == pytest.approx(
        {"resolved": 2 / 7, "withdrawn": 1 / 7, CLOSED: 2 / 7, "handed_over": 1 / 7}
    )
    assert told.columns == ["days", "cause", "incidence", "std_error", "lower", "upper"]


def test_what_happened_after_the_period_is_not_told():
    cases = _cases(case(days=5), case(days=40), case(days=None))
    told = outcomes(cases, Period(date(2026, 1, 1), date(2026, 1, 31)))
    assert told["days"].unique().sort().to_list() == [5, 30]
    assert _last(told) == pytest.approx({"resolved": 1 / 3})
    assert outcomes(cases, Period(date(2026, 2, 1), date(2026, 2, 28))).is_empty()


@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("by", [[], ["post_code"], ["post_code", "urgency"]])
def test_the_ways_sum_to_the_share_ended(period: Period, by: list[str], agree):  # noqa: ANN001
    cases = frame("cases", tables(1)["cases"])
    told = outcomes(cases, period, by)
    total = told.group_by(*by, "days").agg(pl.col("incidence").sum()).sort(*by, "days")

    cohort = register(cases, period.last).filter(period.covers("date_reported"))
    curve = duration_curve(cohort, by)

    assert set(told["cause"]) <= set(WAYS)
    assert total.select(*by, "days").equals(curve.select(*by, "days"))
    agree("sum of outcomes", "1 - survival", total["incidence"], 1 - curve["survival"])


@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_each_way_is_as_in_plain_python(seed: int, period: Period, agree):  # noqa: ANN001
    told = tables(seed)
    ages = on_a_curve(opened(told, period), way=way_of)
    curve = outcomes(frame("cases", told["cases"]), period)

    for row in curve.filter(pl.col("days").is_in([7, 30, 90])).rows(named=True):
        if row["days"] >= 1:
            value, _, lower, upper = incidence(ages, {row["cause"]}, row["days"])
            ours = [row[column] for column in ("incidence", "lower", "upper")]
            agree("outcomes", "plain Python", ours, [value, lower, upper])


def test_no_cases_and_no_endings_give_no_rows():
    assert outcomes(_cases(), YEAR).is_empty()
    assert outcomes(_cases(), YEAR, ["post_code"]).is_empty()
    assert outcomes(_cases(case(days=None)), YEAR).is_empty()


def test_cases_of_a_post_that_joined_later_count_from_when_they_were_seen():
    since = date(2026, 3, 1)  # 59 days after the report
    late = [
        case(days=days, known_from=since, status="closed", outcome="withdrawn")
        for days in (30, 61, 70, 80, 90, 95)
    ]
    told = outcomes(_cases(*late), YEAR)
    # the first could not be seen; of the five others each is a fifth
    assert told["days"].to_list() == [61, 70, 80, 90, 95]
    assert told["incidence"].to_list() == pytest.approx([0.2, 0.4, 0.6, 0.8, 1])


def test_a_reopened_case_counts_by_its_last_closing():
    row = case(days=100, first_closed=date(2026, 1, 11), reopened=date(2026, 2, 28))
    assert outcomes(_cases(row), YEAR).select("days", "cause").rows() == [(100, "resolved")]
    # as of a day between, it was closed, and no more is known of that closing
    then = Period(YEAR.first, date(2026, 1, 20))
    assert outcomes(_cases(row), then).select("days", "cause").rows() == [(10, CLOSED)]
    again = Period(YEAR.first, row["reopened"] + timedelta(days=1))
    assert outcomes(_cases(row), again).is_empty()


def test_ways_are_distinct():
    assert len(set(WAYS)) == len(WAYS) == len(UNRESOLVED) + 1
