"""Vacancies, how they are filled, and how formal they are."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from statsmodels.stats.proportion import proportion_confint

from metrics.catalogue import METRICS
from metrics.demand.orders import fillable, formal_share, overfilled, verified
from metrics.demand.year_windows import year_to
from metrics.selection import Period
from tests.builders import frame, job_order, placement, rows, submission

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
    workers = [
        placement(workers=3, employer_type="BH"),
        placement(workers=1, employer_type="PS"),
        placement(workers=50, employer_type="BH", sector_code="ABK"),
        placement(workers=50, employer_type="unknown"),
    ]
    told = formal_share(frame("placements", workers), "count").row(0, named=True)
    assert (told["successes"], told["trials"], told["share"]) == (3, 4, 0.75)
    assert told["lower"] < 0.75 < told["upper"]


def test_formal_share_of_ship_crew_alone_is_not_known():
    workers = [placement(workers=50, sector_code="ABK")]
    told = formal_share(frame("placements", workers), "count").row(0, named=True)
    assert (told["trials"], told["share"], told["lower"], told["upper"]) == (0, None, None, None)
    assert formal_share(frame("placements", workers), "count", ["post_code"]).is_empty()


def _sized(*sizes: tuple[int, str]):
    return frame("placements", [placement(workers=n, employer_type=kind) for n, kind in sizes])


def test_vacancies_of_one_order_are_worth_fewer_independent_ones():
    orders = _sized((90, "BH"), (5, "PS"), (5, "PS"))
    free = formal_share(orders, "count").row(0, named=True)
    batches = formal_share(orders, "count", batches=True).row(0, named=True)
    worth = 100**2 / (90**2 + 5**2 + 5**2)
    lower, upper = proportion_confint(0.9 * worth, worth, method="wilson")
    assert (batches["share"], batches["trials"]) == (free["share"], 100) == (0.9, 100)
    assert (batches["lower"], batches["upper"]) == (pytest.approx(lower), pytest.approx(upper))
    assert batches["upper"] - batches["lower"] > 3 * (free["upper"] - free["lower"])


def test_orders_of_one_vacancy_each_are_as_good_as_free():
    orders = _sized(*[(1, "BH")] * 7, *[(1, "PS")] * 5)
    together, free = (formal_share(orders, "count", batches=b) for b in (True, False))
    assert together.row(0) == pytest.approx(free.row(0))


def test_all_formal_stays_all_whatever_the_sizes():
    for sizes in ([15, 20, 14], [7, 49, 3, 11], [1]):
        told = formal_share(_sized(*((n, "BH") for n in sizes)), "count", batches=True)
        assert told.row(0, named=True)["upper"] == 1
        assert 0 < told.row(0, named=True)["lower"] < 1


def test_interval_of_the_formal_share_holds_the_truth_as_often_as_stated():
    rng = np.random.default_rng(8)
    runs, orders = 1000, 40
    sizes = np.ceil(rng.lognormal(2, 0.9, (runs, orders))).astype(int)
    told = pl.DataFrame(
        {
            "run": np.repeat(np.arange(runs), orders),
            "count": sizes.ravel(),
            "employer_type": np.where(rng.random(runs * orders) < 0.3, "BH", "PS"),
            "sector_code": "KES",
        }
    )
    hits = {}
    for batches in (True, False):
        shares = formal_share(told, "count", ["run"], batches=batches)
        hits[batches] = ((shares["lower"] <= 0.3) & (shares["upper"] >= 0.3)).mean()
    print(f"by orders {hits[True]:.3f}, as if free {hits[False]:.3f}")
    assert 0.92 <= hits[True] <= 0.98
    assert hits[False] < 0.6


def test_windows_of_growth_are_whole_months():
    assert year_to(date(2026, 6, 30)) == Period(date(2025, 7, 1), date(2026, 6, 30))
    assert year_to(date(2026, 6, 29)) == Period(date(2025, 6, 1), date(2026, 5, 31))
    assert year_to(date(2024, 2, 29)) == Period(date(2023, 3, 1), date(2024, 2, 29))


def _grown(silent: date | None = None, post: str = "RUH") -> list[tuple]:
    """Twice as many vacancies in 2026 as in 2025, every month, and what is told of it."""
    starts = [date(year, month, 1) for year in (2025, 2026) for month in range(1, 13)]
    told = rows(
        job_orders=[
            job_order(post, 10, date_verified=month)
            for month in starts
            for _ in range(month.year - 2024)
        ],
        submissions=[submission(post, month) for month in starts if month != silent],
    )
    return METRICS["demand_growth"].compute(told, YEAR, ["post_code"]).rows()


def test_growth_of_demand_is_told_of_the_two_years():
    [(post, value, n, lower, upper)] = _grown()
    assert (post, value, n) == ("RUH", 1.0, 360)
    assert 0 < lower < 1 < upper


def test_a_post_that_left_out_a_month_is_not_compared():
    assert _grown(silent=date(2025, 3, 1)) == []
    told = rows(job_orders=[job_order()])
    assert METRICS["demand_growth"].compute(told, YEAR, []).rows() == [(None, 0, None, None)]


def test_two_equal_sectors_make_half_of_the_index():
    orders = [job_order("HKG", 50), job_order("RUH", 50, sector_code="DOM")]
    told = rows(job_orders=orders, placements=[placement(workers=40, agency_code="RUH-M0001")])
    expected = pytest.approx(10_000 * 49 / 99)
    for name in ("sector_concentration", "place_concentration"):
        assert METRICS[name].compute(told, YEAR, []).row(0)[:2] == (expected, 100)
    assert METRICS["agency_concentration"].compute(told, YEAR, []).row(0)[:2] == (10_000, 40)


def test_placements_without_an_agency_are_in_no_hands():
    told = rows(placements=[placement(workers=400)])
    assert METRICS["agency_concentration"].compute(told, YEAR, []).row(0)[:2] == (None, 0)
