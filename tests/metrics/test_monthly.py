"""Cases and vacancies month by month."""

from datetime import date, timedelta

import polars as pl
import pytest

from metrics.cases import open_stock
from metrics.demand.orders import formal_share, verified
from metrics.frames import CASES, JOB_ORDERS
from metrics.monthly import monthly_flow, monthly_vacancies
from metrics.selection import Period, month_end
from tests.builders import case, frame, job_order
from tests.metrics.chance import tables
from tests.metrics.plain import plain_register, really_reopened

JAN, FEB, MAR = (date(2026, month, 1) for month in (1, 2, 3))
QUARTER = Period(JAN, date(2026, 3, 31))
PERIODS = [
    Period(date(2025, 1, 1), date(2025, 12, 31)),
    Period(date(2024, 2, 1), date(2024, 2, 29)),
    Period(date(2024, 11, 17), date(2026, 3, 9)),
]


def _cases(*rows: dict) -> pl.DataFrame:
    return frame("cases", list(rows))


def _orders(*rows: dict) -> pl.DataFrame:
    return frame("job_orders", list(rows))


def _months(period: Period) -> list[date]:
    months, month = [], period.first.replace(day=1)
    while month <= period.last:
        months.append(month)
        month = month_end(month) + timedelta(days=1)
    return months


def test_cases_are_counted_in_the_month_they_came_and_the_month_they_went():
    flow = monthly_flow(_cases(case(days=10), case(days=40), case(days=None)), QUARTER)
    assert flow.columns == ["month", "opened", "closed", "open"]
    assert flow.rows() == [(JAN, 3, 1, 2), (FEB, 0, 1, 1), (MAR, 0, 0, 1)]


def test_a_case_closed_after_the_period_is_open_in_it():
    [row] = monthly_flow(_cases(case(days=40)), Period(JAN, date(2026, 1, 31))).rows()
    assert row == (JAN, 1, 0, 1)


def test_a_case_from_before_the_period_is_open_but_did_not_come_in_it():
    old = case(days=None, date_reported=date(2025, 6, 1))
    assert monthly_flow(_cases(old), QUARTER).rows() == [
        (JAN, 0, 0, 1),
        (FEB, 0, 0, 1),
        (MAR, 0, 0, 1),
    ]


def test_of_a_month_only_the_days_within_the_period_count():
    rows = [case(days=None, date_reported=date(2026, 1, day)) for day in (14, 15, 31)]
    flow = monthly_flow(_cases(*rows), Period(date(2026, 1, 15), date(2026, 1, 30)))
    assert flow.rows() == [(JAN, 1, 0, 2)]


def test_the_leap_day_is_the_last_day_of_february():
    rows = [case(days=0, date_reported=date(2024, 2, 29)), case(days=None, date_reported=None)]
    flow = monthly_flow(_cases(*rows), Period(date(2024, 2, 1), date(2024, 3, 31)))
    assert flow.rows() == [(date(2024, 2, 1), 1, 1, 0), (date(2024, 3, 1), 0, 0, 0)]


def test_without_cases_every_month_stands_with_zero():
    for cases in (_cases(), CASES.empty()):
        assert monthly_flow(cases, QUARTER).rows() == [(m, 0, 0, 0) for m in (JAN, FEB, MAR)]
        assert monthly_flow(cases, QUARTER, ["post_code"]).is_empty()


def test_cases_without_a_sector_are_a_group_of_their_own():
    flow = monthly_flow(
        _cases(case(days=5, sector_code=None), case(days=None)), QUARTER, ["sector_code"]
    )
    assert flow.filter(pl.col("month") == JAN).drop("month").rows() == [
        (None, 1, 1, 0),
        ("DOM", 1, 0, 1),
    ]


def test_a_group_stands_in_every_month_also_where_it_has_no_case():
    late = case("HKG", None, date_reported=date(2026, 3, 3))
    flow = monthly_flow(_cases(case("RUH"), late), QUARTER, ["post_code"])
    assert flow.filter(pl.col("post_code") == "HKG").rows() == [
        (JAN, "HKG", 0, 0, 0),
        (FEB, "HKG", 0, 0, 0),
        (MAR, "HKG", 1, 0, 1),
    ]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("seed", range(2))
def test_the_flow_is_as_in_plain_python(seed: int, period: Period):
    rows = tables(seed)["cases"]
    valid = plain_register(rows, period.last)

    def told(month: date) -> tuple:
        first, last = max(month, period.first), min(month_end(month), period.last)
        again = [row for row in valid if really_reopened(row)]
        closings = [row["date_closed"] for row in valid if row["date_closed"]]
        closings += [row["first_closed"] for row in again]
        opened = [row["date_reported"] for row in valid]
        opened_again = [min(row["reopened"], row["date_closed"] or date.max) for row in again]
        return (
            month,
            sum(first <= day <= last for day in opened),
            sum(first <= day <= last for day in closings),
            sum(d <= last for d in opened + opened_again) - sum(d <= last for d in closings),
        )

    flow = monthly_flow(frame("cases", rows), period)
    assert flow.rows() == [told(month) for month in _months(period)]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("by", [[], ["post_code"], ["sector_code", "urgency"]])
def test_open_at_the_end_is_open_at_the_start_and_opened_less_closed(period: Period, by: list[str]):
    cases = frame("cases", [row | {"reopened": None} for row in tables(7)["cases"]])
    eve = period.first - timedelta(days=1)
    # The stock before counts the cases that are valid as of the period's last day, as the flow.
    before = open_stock(cases, [eve, period.last], by).filter(pl.col("date") == eve)
    start = {row[:-1]: row[-1] for row in before.drop("date").rows()}
    for month in monthly_flow(cases, period, by).rows():
        group, (opened, closed, end) = month[1:-3], month[-3:]
        assert end == start[group] + opened - closed
        start[group] = end


@pytest.mark.parametrize("by", [["post_code"], ["sector_code"], ["post_code", "urgency"]])
def test_the_sum_over_the_groups_is_the_total(by: list[str]):
    cases = frame("cases", tables(3)["cases"])
    parts = monthly_flow(cases, PERIODS[2], by)
    summed = parts.group_by("month").agg(pl.col("opened", "closed", "open").sum()).sort("month")
    assert summed.rows() == monthly_flow(cases, PERIODS[2]).rows()


def test_vacancies_are_counted_in_the_month_of_verification():
    orders = _orders(
        job_order(vacancies=3, employer_type="BH"),
        job_order(vacancies=4, employer_type="PS", date_verified=date(2026, 3, 31)),
        job_order(vacancies=50, employer_type="unknown"),
        job_order(vacancies=60, employer_type=None),
        job_order(vacancies=70, status="rejected"),
        job_order(vacancies=80, date_verified=None),
        job_order(vacancies=90, date_verified=date(2026, 4, 1)),
    )
    assert monthly_vacancies(orders, QUARTER).rows() == [(JAN, 3, 0), (FEB, 0, 0), (MAR, 0, 4)]


def test_ship_crew_are_neither_formal_nor_informal():
    orders = _orders(job_order(vacancies=5, sector_code="ABK"), job_order(vacancies=2))
    assert monthly_vacancies(orders, QUARTER).row(0) == (JAN, 2, 0)


def test_an_amended_order_counts_once():
    first = job_order(vacancies=10)
    amended = first | {"vacancies": 25, "date_verified": FEB}
    assert monthly_vacancies(_orders(first, amended), QUARTER).rows() == [
        (JAN, 0, 0),
        (FEB, 25, 0),
        (MAR, 0, 0),
    ]


def test_without_orders_every_month_has_no_vacancies():
    for orders in (_orders(), JOB_ORDERS.empty()):
        told = monthly_vacancies(orders, QUARTER)
        assert told.rows() == [(JAN, 0, 0), (FEB, 0, 0), (MAR, 0, 0)]


@pytest.mark.parametrize("period", PERIODS)
def test_vacancies_are_as_in_plain_python(period: Period):
    rows = tables(5, cases=1)["job_orders"]
    last = {row["jo_id"]: row for row in rows}
    counted = [
        row
        for row in last.values()
        if row["status"] in ("verified", "permit_issued", "expired")
        and row["date_verified"]
        and period.first <= row["date_verified"] <= period.last
        and row["sector_code"] != "ABK"
    ]
    expected = [
        (
            month,
            *(
                sum(
                    row["vacancies"]
                    for row in counted
                    if row["employer_type"] == kind and row["date_verified"].replace(day=1) == month
                )
                for kind in ("BH", "PS")
            ),
        )
        for month in _months(period)
    ]
    assert monthly_vacancies(frame("job_orders", rows), period).rows() == expected


def test_formal_and_informal_are_those_of_the_formal_share():
    orders = frame("job_orders", tables(11, cases=1)["job_orders"])
    period = PERIODS[0]
    share = formal_share(verified(orders, period), "vacancies").row(0, named=True)
    told = monthly_vacancies(orders, period)
    formal, informal = told["formal"].sum(), told["informal"].sum()
    assert (formal, formal + informal) == (share["successes"], share["trials"])
    assert formal > 0
    assert informal > 0
