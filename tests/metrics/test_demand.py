"""Vacancies, how they are filled, and how formal they are."""

from datetime import date

import pytest

from metrics.demand import fillable, formal_share, overfilled, verified
from metrics.selection import Period
from tests.builders import frame, job_order, placement

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def _orders(*rows: dict):
    return frame("job_orders", list(rows))


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        ("received", False),
        ("returned", False),
        ("rejected", False),
        ("verified", True),
        ("permit_issued", True),
        ("expired", True),
    ],
)
def test_an_order_counts_once_it_has_been_verified(status: str, counts: bool):
    assert verified(_orders(job_order(status=status)), YEAR).collect().height == counts


def test_an_order_without_a_date_of_verification_does_not_count():
    orders = _orders(job_order(date_verified=None), job_order(date_verified=date(2025, 12, 31)))
    assert verified(orders, YEAR).collect().is_empty()


def test_an_amendment_replaces_the_order():
    first = job_order(vacancies=10)
    orders = _orders(first, first | {"vacancies": 25})
    assert verified(orders, YEAR).collect()["vacancies"].to_list() == [25]


def test_an_order_more_than_full_is_a_fault_and_is_told():
    right, over, unknown = job_order(filled=10), job_order(filled=11), job_order(filled=None)
    orders = _orders(right, over, unknown)
    assert fillable(orders, YEAR).collect()["jo_id"].to_list() == [right["jo_id"]]
    assert overfilled(orders, YEAR)["jo_id"].to_list() == [over["jo_id"], unknown["jo_id"]]


def test_formal_share_leaves_ship_crew_out_of_both_sides():
    rows = [
        placement(workers=3, employer_type="BH"),
        placement(workers=1, employer_type="PS"),
        placement(workers=50, employer_type="BH", sector_code="ABK"),
        placement(workers=50, employer_type="unknown"),
    ]
    told = formal_share(frame("placements", rows), "count").row(0, named=True)
    assert (told["successes"], told["trials"], told["share"]) == (3, 4, 0.75)
    assert told["lower"] < 0.75 < told["upper"]


def test_formal_share_of_ship_crew_alone_is_not_known():
    rows = [placement(workers=50, sector_code="ABK")]
    told = formal_share(frame("placements", rows), "count").row(0, named=True)
    assert (told["trials"], told["share"], told["lower"], told["upper"]) == (0, None, None, None)
    assert formal_share(frame("placements", rows), "count", ["post_code"]).is_empty()
