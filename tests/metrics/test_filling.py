"""When vacancies were filled, as the files tell it; and how sure the shares are."""

import random
from dataclasses import replace
from datetime import date, timedelta
from math import sqrt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight

from metrics.catalogue import METRICS
from metrics.demand.filling import followed, positions, unfilled
from metrics.frames import Rows
from metrics.metric import measure
from metrics.selection import Period
from metrics.statistics.competing import cumulative_incidence
from metrics.statistics.weighted import clustered_limits, incidences, share_at, time_of
from tests.builders import job_order, order_state, rows, submission
from tests.metrics import plain_demand as plain
from tests.metrics.statistics.real_data import ways_of_ending

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
MONTHS = [date(2026, month, 1) for month in range(1, 13)]
JANUARY, FEBRUARY, MARCH, APRIL = MONTHS[:4]
SHARES = ("filled_within_90", "filled_within_180", "median_days_to_fill")


def _told(*filled: tuple[date, int | None], reported: tuple[date, ...] = (), **said) -> Rows:
    """An order of 10, verified 10 January, valid until 10 July, and what the files told of it."""
    order = job_order(**said)
    return rows(
        job_orders=[order],
        order_states=[order_state(order, month, count) for month, count in filled],
        submissions=[submission(period=month) for month in reported],
    )


def _units(told: Rows, period: Period = YEAR) -> list[tuple]:
    return positions(told, period).select("days", "outcome", "weight").rows()


def test_a_vacancy_is_filled_at_the_end_of_the_month_that_first_told_it():
    told = _told((JANUARY, 0), (FEBRUARY, 4), (APRIL, 10))
    assert _units(told) == [(49, "filled", 4), (110, "filled", 6)]


def test_vacancies_not_filled_when_validity_ends_have_run_out():
    told = _told((JANUARY, 0), (FEBRUARY, 4), reported=(date(2026, 7, 1),))
    assert _units(told) == [(49, "filled", 4), (182, "expired", 6)]


def test_what_the_post_has_not_reported_on_is_open_and_not_run_out():
    told = _told((JANUARY, 0), (FEBRUARY, 4), reported=(date(2026, 6, 1),))
    assert _units(told) == [(49, "filled", 4), (171, "open", 6)]


def test_an_order_is_followed_to_the_posts_last_report_though_no_file_changed_it():
    told = _told((JANUARY, 3), reported=(FEBRUARY, MARCH))
    assert _units(told) == [(21, "filled", 3), (80, "open", 7)]


def test_other_posts_reports_do_not_follow_an_order():
    order = job_order("RUH")
    told = rows(
        job_orders=[order],
        order_states=[order_state(order, JANUARY, 0)],
        submissions=[submission("HKG", period=MARCH)],
    )
    assert _units(told) == [(21, "open", 10)]


def test_what_was_taken_back_was_not_filled():
    told = _told((JANUARY, 5), (FEBRUARY, 2), (MARCH, 8))
    assert _units(told) == [(21, "filled", 2), (80, "filled", 6), (80, "open", 2)]


def test_an_order_told_expired_before_its_date_ended_that_month():
    order = job_order()
    told = rows(
        job_orders=[order],
        order_states=[
            order_state(order, JANUARY, 1),
            order_state(order, MARCH, 4, status="expired"),
        ],
    )
    assert _units(told) == [(21, "filled", 1), (80, "expired", 6), (80, "filled", 3)]


def test_an_order_told_expired_and_valid_again_goes_on():
    order = job_order()
    told = rows(
        job_orders=[order],
        order_states=[
            order_state(order, JANUARY, 1, status="expired"),
            order_state(order, MARCH, 1),
        ],
    )
    assert _units(told) == [(21, "filled", 1), (80, "open", 9)]


def test_filled_told_after_the_order_had_run_out_is_filled():
    told = _told((JANUARY, 0), (date(2026, 8, 1), 7))
    assert _units(told) == [(182, "expired", 3), (233, "filled", 7)]


def test_what_came_to_be_known_after_the_period_is_not_looked_at():
    told = _told((JANUARY, 0), (FEBRUARY, 4), (MARCH, 10))
    until = Period(YEAR.first, date(2026, 3, 30))  # the file of March is not in yet
    assert _units(told, until) == [(49, "filled", 4), (49, "open", 6)]
    assert _units(told, Period(YEAR.first, date(2026, 1, 30))) == []


def test_a_post_reporting_in_the_period_is_not_followed_beyond_it():
    told = _told((JANUARY, 0), reported=(FEBRUARY, MARCH, APRIL))
    assert _units(told, Period(YEAR.first, date(2026, 4, 29))) == [(80, "open", 10)]


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ([(JANUARY, 11)], {}),
        ([(JANUARY, -1), (FEBRUARY, 3)], {}),
        ([(JANUARY, None)], {}),
        ([], {}),
        ([(JANUARY, 3)], {"valid_until": date(2026, 1, 9)}),
        ([(JANUARY, 3)], {"date_verified": None}),
        ([(JANUARY, 3)], {"status": "rejected"}),
    ],
)
def test_what_cannot_be_true_or_is_not_told_is_left_out(filled, said):
    assert _units(_told(*filled, **said)) == []


def test_files_of_months_before_the_verification_tell_nothing_of_it():
    told = _told((JANUARY, 2), (MARCH, 5), date_verified=date(2026, 3, 5))
    assert _units(told) == [(26, "filled", 5), (26, "open", 5)]


def test_a_file_too_full_that_was_corrected_does_no_harm():
    assert _units(_told((JANUARY, 12), (FEBRUARY, 6))) == [(21, "filled", 6), (49, "open", 4)]


def test_without_an_end_of_validity_an_order_stays_open():
    told = _told((JANUARY, 0), valid_until=None, reported=(MONTHS[-1],))
    assert _units(told) == [(355, "open", 10)]


def test_what_stays_open_is_told_as_of_the_last_day():
    told = _told((JANUARY, 4), (MARCH, 6), reported=tuple(MONTHS))

    def left(last: date) -> list[int]:
        return unfilled(told, Period(last, last)).collect()["filled"].to_list()

    assert left(date(2026, 1, 30)) == []
    assert left(date(2026, 2, 28)) == [4]
    assert left(date(2026, 7, 10)) == [6]
    assert left(date(2026, 7, 11)) == []


def _random(seed: int, orders: int = 100) -> dict[str, list[dict]]:
    """Orders as posts report them, with all that can be odd but seldom."""
    rng = random.Random(seed)
    told: dict[str, list[dict]] = {"job_orders": [], "order_states": [], "submissions": []}
    for post, last in (("RUH", 12), ("HKG", 12), ("KUL", 7)):
        told["submissions"] += [
            submission(post, month) for month in MONTHS[:last] if rng.random() < 0.9
        ]
    for _ in range(orders):
        post, vacancies = rng.choice(("RUH", "HKG", "KUL")), rng.choice((1, 5, 20, 80))
        received = date(2026, 1, 1) + timedelta(days=rng.randrange(250))
        verified = received + timedelta(days=rng.randrange(1, 20))
        valid = verified + timedelta(days=rng.choice((30, 90, 183, -3)))
        order = job_order(
            post,
            vacancies,
            date_received=received,
            date_verified=verified,
            valid_until=rng.choice((valid, valid, valid, None)),
            employer_type=rng.choice(("BH", "PS")),
            sector_code=rng.choice(("KES", "DOM", "ABK")),
        )
        told["job_orders"].append(order)
        filled = 0
        for month in MONTHS[received.month - 1 :]:
            if rng.random() < 0.4:
                filled += rng.choice((0, 1, vacancies // 4, vacancies // 2, -1))
                filled = max(-rng.randrange(2), min(filled, vacancies + rng.choice((0, 0, 0, 1))))
                status = rng.choice(("verified", "verified", "permit_issued", "expired"))
                told["order_states"].append(
                    order_state(order, month, rng.choice((filled, filled, None)), status=status)
                )
    return told


@pytest.mark.parametrize("last", [date(2026, 12, 31), date(2026, 8, 15)], ids=str)
@pytest.mark.parametrize("seed", [1, 2])
def test_positions_and_shares_equal_plain_python_on_orders_of_every_kind(seed, last, agree):
    told, period = _random(seed), Period(date(2026, 1, 1), last)
    everything = rows(**told)

    ours = positions(everything, period).rows()
    assert sorted(ours) == sorted(plain.plain_positions(told, period))
    assert len(ours) > 35
    assert {unit[2] for unit in ours} == {"filled", "expired", "open"}

    for name in (*SHARES, "unfilled_stock", "formal_vacancy_share"):
        [measured] = METRICS[name].compute(everything, period, []).rows()
        expected = plain.TWINS[name](told, period)
        as_numbers = [[np.nan if x is None else x for x in row] for row in (measured, expected)]
        agree(f"{name}, with interval", "plain Python, plain bootstrap", *as_numbers)
    assert measured[2] is not None


@pytest.mark.parametrize("name", ["bmt", "cgvhd", "senators"])
def test_incidence_of_many_units_equals_statsmodels_with_weights(name, agree):
    data = ways_of_ending(name)
    weight = np.arange(len(data)) % 4 + 1
    ours = cumulative_incidence(
        data.with_columns(weight=pl.Series(weight)), censored="0", weight="weight"
    ).filter(cause=1)
    oracle = CumIncidenceRight(
        data["days"].to_numpy(), data["outcome"].to_numpy(), freq_weights=weight
    )
    agree("weighted incidence", "statsmodels with weights", ours["incidence"], oracle.cinc[0])

    days, column = np.unique(data["days"], return_inverse=True)
    kind = np.select([data["outcome"] == 1, data["outcome"] != 0], [0, 1], 2)
    totals = np.zeros((1, len(days), 3))
    np.add.at(totals, (0, column, kind), weight)
    agree("incidence in samples", "statsmodels with weights", incidences(totals)[0], oracle.cinc[0])


@pytest.mark.parametrize("name", ["bmt", "cgvhd", "senators"])
def test_limits_equal_a_plain_loop_over_the_same_samples(name, agree):
    data = ways_of_ending(name)
    frame = data.select(
        origin=pl.format("{}", pl.int_range(pl.len()) % 23),
        days="days",
        outcome=pl.col("outcome").replace_strict({1: "filled", 0: "open"}, default="expired"),
        weight=pl.int_range(pl.len()) % 4 + 1,
    )
    units = frame.rows()
    middle = float(data["days"].median())
    for read_off, read in ((share_at(middle), plain.share_by(middle)), (time_of(0.2), _fifth)):
        ours = clustered_limits(frame, read_off, of="filled", origin="origin", fewest=10).row(0)
        samples = sorted(plain.plain_samples(units, read))
        limits = [np.nan if x == np.inf else x for x in (samples[10], samples[389])]
        agree("clustered limits", "plain bootstrap", ours, limits)


def _fifth(points: list) -> float:
    return min((days for days, share in points if share >= 0.2 - 1e-9), default=np.inf)


def test_intervals_hold_the_truth_as_often_as_stated():
    """Orders of very different size; whether one fills soon holds for all its positions."""
    rng = np.random.default_rng(11)
    runs, orders, hits, as_if_free = 200, 40, 0, 0
    for _ in range(runs):
        size = np.ceil(rng.lognormal(2, 0.8, orders)).astype(int)
        soon = rng.binomial(size, rng.beta(2, 2, orders))  # 0.5 of them by day 60
        frame = pl.DataFrame(
            {
                "origin": np.tile(np.arange(orders), 2),
                "days": np.repeat([60, 200], orders),
                "outcome": ["filled"] * orders + ["expired"] * orders,
                "weight": np.concatenate([soon, size - soon]),
            }
        )
        lower, upper = clustered_limits(
            frame, share_at(90), of="filled", origin="origin", fewest=10
        ).row(0)
        hits += lower <= 0.5 <= upper
        reach = 1.96 * sqrt(0.25 / size.sum())
        as_if_free += abs(soon.sum() / size.sum() - 0.5) <= reach
    print(f"by orders {hits / runs:.3f}, as if free {as_if_free / runs:.3f}")
    assert 0.89 <= hits / runs <= 0.99
    assert as_if_free / runs < 0.8


def test_few_orders_or_many_groups_have_no_interval():
    told = _random(4)
    few = rows(**told | {"job_orders": told["job_orders"][:9]})
    assert METRICS["filled_within_90"].compute(few, YEAR, []).row(0)[2:] == (None, None)

    told = _random(4, 600)
    whole = rows(**told)
    marked = whole.job_orders.with_columns(small=pl.int_range(pl.len()) % 31)
    by_small = METRICS["filled_within_90"].compute(
        replace(whole, job_orders=marked), YEAR, ["small"]
    )
    assert by_small.height == 31
    assert by_small["value"].is_not_null().any()
    assert by_small["lower"].is_null().all()


def test_nobody_followed_for_90_days_gives_no_share():
    told = _told((JANUARY, 4), reported=(FEBRUARY,))
    assert METRICS["filled_within_90"].compute(told, YEAR, []).row(0) == (None, 10, None, None)
    told = _told((JANUARY, 4), reported=(APRIL,))
    assert METRICS["filled_within_90"].compute(told, YEAR, []).row(0) == (0.4, 10, None, None)


def test_all_filled_early_is_known_without_waiting():
    told = _told((JANUARY, 10))
    assert METRICS["filled_within_90"].compute(told, YEAR, []).row(0)[:2] == (1.0, 10)
    assert METRICS["median_days_to_fill"].compute(told, YEAR, []).row(0)[:2] == (21.0, 10)


def test_none_filled_is_a_share_of_zero_and_no_median():
    told = _told((JANUARY, 0), reported=(APRIL,))
    assert METRICS["filled_within_90"].compute(told, YEAR, []).row(0)[:2] == (0.0, 10)
    assert METRICS["median_days_to_fill"].compute(told, YEAR, []).row(0)[:2] == (None, 10)


def test_half_that_ran_out_leaves_no_median_though_all_is_known():
    told = _told((JANUARY, 4), reported=(date(2026, 8, 1),))
    assert METRICS["median_days_to_fill"].compute(told, YEAR, []).row(0)[:2] == (None, 10)


def test_few_positions_are_not_told():
    told = _told((JANUARY, 10))
    assert measure(METRICS["filled_within_90"], told, YEAR)["value"].to_list() == [None]


@given(st.integers(0, 10**6), st.integers(0, 15))
@settings(max_examples=25, deadline=None)
def test_positions_sum_to_the_vacancies_and_are_never_negative(seed, orders):
    everything = rows(**_random(seed, orders))
    units = positions(everything, YEAR)
    assert (units["days"] >= 0).all()
    assert (units["weight"] > 0).all()
    whole = followed(everything, YEAR).collect()
    assert units["weight"].sum() == whole["vacancies"].sum()
    told = units.group_by("jo_id").agg(pl.col("weight").filter(outcome="filled").sum())
    same = told.join(whole, on="jo_id")
    assert (same["weight"] == same["filled"]).all()
