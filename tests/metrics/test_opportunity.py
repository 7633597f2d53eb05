"""The market opportunity score: its parts and score in plain Python, its draws, its refusals."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import exp, log

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from statsmodels.stats.meta_analysis import combine_effects

from metrics.catalogue import METRICS
from metrics.demand.opportunity import MARKET, opportunities
from metrics.frames import FRAMES, Rows
from metrics.policy.demand import (
    MINIMUM_WAGE,
    MORATORIUM,
    OPPORTUNITY_GOALS,
    OPPORTUNITY_NEEDS,
    OPPORTUNITY_WEIGHTS,
)
from metrics.selection import Period
from metrics.statistics.growth import log_ratios
from metrics.statistics.shrinkage import gamma_poisson
from tests.builders import case, job_order, order_state, placement, rate, rows, submission
from tests.metrics.plain import orders as plain_orders

YEAR, LAST = Period(date(2026, 1, 1), date(2026, 12, 31)), date(2026, 12, 31)
MONTHS = [date(year, month, 1) for year in (2025, 2026) for month in range(1, 13)]
POSTS = {"RUH": "SAU", "HKG": "HKG", "TPE": "TWN", "SIN": "SGP"}
MONEY = {"RUH": "SAR", "HKG": "HKD", "TPE": "TWD", "SIN": "SGD"}
PARTS = tuple(OPPORTUNITY_WEIGHTS.value)


def _told(seed: int = 1, posts: tuple[str, ...] = tuple(POSTS)) -> dict[str, list[dict]]:
    rng = random.Random(seed)
    told: dict[str, list[dict]] = {
        "job_orders": [],
        "order_states": [],
        "placements": [],
        "cases": [],
        "submissions": [submission(post, month) for post in posts for month in MONTHS],
        "fx_rates": [
            rate(money, rng.uniform(2000, 5000) // 1, period=month)
            for money in ("SAR", "HKD", "TWD")  # none of Singapore
            for month in MONTHS
        ],
    }
    for post in posts:
        for sector, size in (("KES", 40), ("DOM", 15), ("MAN", 90)):
            growth = rng.uniform(0.7, 1.6)
            for month in MONTHS:
                for _ in range(2 if month.year == 2025 else round(2 * growth)):
                    vacancies = rng.randrange(1, size)
                    verified = month + timedelta(days=rng.randrange(28))
                    order = job_order(
                        post,
                        vacancies,
                        date_verified=verified,
                        valid_until=verified + timedelta(days=183),
                        sector_code=sector,
                        employer_type=rng.choice(("BH", "PS", "BH")),
                        wage=rng.choice((None, Decimal(1200), Decimal(2500))),
                        currency=MONEY[post],
                    )
                    told["job_orders"].append(order)
                    told["order_states"].append(
                        order_state(order, month, rng.randrange(vacancies + 1))
                    )
            told["placements"] += [
                placement(post, rng.randrange(1, 60), sector_code=sector, period=month)
                for month in MONTHS
            ]
            told["cases"] += [
                case(post, None, sector_code=sector, date_reported=rng.choice(MONTHS[12:]))
                for _ in range(rng.randrange(30))
            ]
    return told


def _goal(value: float, worst: float, best: float) -> float:
    return 1 + 99 * min(1, max(0, (value - worst) / (best - worst)))


def _plain(told: dict[str, list[dict]]) -> dict[tuple[str, str], dict]:
    goals = OPPORTUNITY_GOALS.value
    rates = {(r["period"], r["currency"]): float(r["idr_per_unit"]) for r in told["fx_rates"]}
    states = {state["jo_id"]: state["filled"] for state in told["order_states"]}
    markets: dict[tuple[str, str], dict] = {}
    for order in plain_orders(told, Period(MONTHS[0], LAST)):
        key = (order["sector_code"], POSTS[order["post_code"]])
        market = markets.setdefault(key, {"months": dict.fromkeys(MONTHS, 0), "wages": []})
        counts = key[1] not in MORATORIUM.value or order["employer_type"] == "BH"
        month, n = order["date_verified"].replace(day=1), order["vacancies"]
        market["months"][month] += n * counts
        if month.year != 2026:
            continue
        for name, extra in (
            ("all", n),
            ("formal", n * (order["employer_type"] == "BH")),
            ("n", n * counts),
            ("filled", states[order["jo_id"]] * counts),
        ):
            market[name] = market.get(name, 0) + extra
        if counts and order["wage"] is not None and (month, order["currency"]) in rates:
            worth = float(order["wage"]) * rates[month, order["currency"]] / MINIMUM_WAGE.value
            market["wages"].append((n, worth))
    keys = sorted(markets)
    monthly = pl.DataFrame(
        [
            {"market": str(key), "month": month, "value": n}
            for key in keys
            for month, n in markets[key]["months"].items()
        ]
    )
    ratios = {row["market"]: row for row in log_ratios(monthly, ["market"]).rows(named=True)}
    y = np.array([ratios[str(key)]["log_ratio"] for key in keys])
    variance = np.array([ratios[str(key)]["std_error"] for key in keys]) ** 2
    between = max(0, combine_effects(y, variance, method_re="dl").tau2)
    centre = (y / (variance + between)).sum() / (1 / (variance + between)).sum()
    cases = dict.fromkeys(keys, 0)
    placed = dict.fromkeys(keys, 0)
    for row in told["cases"]:
        cases[row["sector_code"], POSTS[row["post_code"]]] += 1
    for row in told["placements"]:
        if row["period"].year == 2026:
            placed[row["sector_code"], POSTS[row["post_code"]]] += row["count"]
    rated = gamma_poisson(
        pl.DataFrame({"events": list(cases.values()), "exposure": list(placed.values())})
    )
    for at, key in enumerate(keys):
        market = markets[key]
        growth = exp(centre + between / (between + variance[at]) * (y[at] - centre))
        market["demand"] = _goal(log(market["n"]), log(goals["few"]), log(goals["many"]))
        market["growth"] = _goal(log(growth), log(goals["shrinking"]), log(goals["growing"]))
        market["unfilled"] = _goal(1 - market["filled"] / market["n"], 0, 1)
        market["formal"] = _goal(market["formal"] / market["all"], 0, 1)
        wages = market["wages"]
        market["wage"] = None
        if wages:
            mean = sum(n * w for n, w in wages) / sum(n for n, _ in wages)
            market["wage"] = _goal(log(mean), log(goals["low_wage"]), log(goals["high_wage"]))
        market["protection"] = _goal(
            log(rated["rate"][at]),
            log(goals["unsafe"]),
            log(goals["safe"]),
        )
        known = {p: w for p, w in OPPORTUNITY_WEIGHTS.value.items() if market[p] is not None}
        logs = sum(w * log(market[p]) for p, w in known.items())
        market["score"] = exp(logs / sum(known.values()))
    return markets


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_parts_and_score_equal_plain_python(seed, agree):
    told = _told(seed)
    expected = _plain(told)

    ours = opportunities(rows(**told), LAST)

    assert {row[:2] for row in ours.select(MARKET).rows()} == set(expected)
    for row in ours.rows(named=True):
        plain = expected[row["sector_code"], row["place"]]
        names = ("vacancies", *PARTS, "score")
        theirs = [plain["n" if name == "vacancies" else name] for name in names]
        mine = [row[name] for name in names]
        assert [x is None for x in mine] == [x is None for x in theirs]
        agree(
            "opportunity parts and score",
            "plain Python, statsmodels tau2",
            *([np.nan if x is None else x for x in side] for side in (mine, theirs)),
        )
        assert row["lower"] <= row["score"] <= row["upper"]
    assert ours.filter(place="SGP")["wage"].is_null().all()  # no rate of exchange
    assert ours.filter(place="SGP")["score"].is_not_null().all()


def test_the_catalogue_tells_the_same_score():
    everything = rows(**_told())
    ours = opportunities(everything, LAST)
    told = METRICS["opportunity_score"].compute(everything, YEAR, list(MARKET))
    assert told["value"].equals(ours["score"], null_equal=True, check_names=False)
    assert told["n"].to_list() == ours["vacancies"].to_list()


def test_the_chances_of_being_first_add_up_to_the_places():
    ours = opportunities(rows(**_told()), LAST)
    for name in ("first", "first_by_weights"):
        assert ours[name].is_between(0, 1).all()
        assert ours[name].sum() == pytest.approx(OPPORTUNITY_NEEDS.value["top"])
    best = ours.sort("score")
    assert best["first"][-1] > 0.5 > best["first"][0]
    assert_frame_equal(ours, opportunities(rows(**_told()), LAST))  # the same draws every time


def test_of_markets_all_alike_each_is_as_often_among_the_first():
    told = _told(posts=("HKG",))
    wanted = [row for row in told["job_orders"] if row["sector_code"] == "KES"]
    sectors = ("KES", "DOM", "MAN", "PER", "HOS", "KON", "TEK", "JAS")
    alike: dict[str, list[dict]] = {"job_orders": [], "order_states": [], "placements": []}
    states = {state["jo_id"]: state for state in told["order_states"]}
    for sector in sectors:
        for row in wanted:
            own = row | {"sector_code": sector, "jo_id": f"{row['jo_id']}-{sector}"}
            alike["job_orders"].append(own)
            alike["order_states"].append(states[row["jo_id"]] | {"jo_id": own["jo_id"]})
        alike["placements"] += [
            placement("HKG", 50, sector_code=sector, period=month) for month in MONTHS
        ]
    cases = [case("HKG", None, sector_code=s, date_reported=MONTHS[15]) for s in sectors * 5]
    ours = opportunities(rows(**told | alike | {"cases": cases}), LAST)
    assert ours["score"].to_list() == pytest.approx([ours["score"][0]] * len(sectors))
    # 5 of 8, within 4 standard errors of 1,000 draws
    assert ours["first"].to_list() == pytest.approx([0.625] * 8, abs=4 * 0.0153)


def test_a_bad_part_cannot_be_bought_by_volume():
    told = _told(posts=("HKG",))
    huge = [row | {"vacancies": row["vacancies"] * 100} for row in told["job_orders"]]
    many = [case("HKG", None, sector_code="DOM", date_reported=MONTHS[15]) for _ in range(3000)]
    before = opportunities(rows(**told), LAST).filter(sector_code="DOM")["score"].item()
    after = opportunities(rows(**told | {"job_orders": huge, "cases": many}), LAST)
    assert after.filter(sector_code="DOM")["demand"].item() > 80
    assert after.filter(sector_code="DOM")["score"].item() < before


def test_a_market_closed_to_all_its_demand_has_no_score():
    told = _told(posts=("RUH",))
    private = [row | {"employer_type": "PS"} for row in told["job_orders"]]
    ours = opportunities(rows(**told | {"job_orders": private}), LAST)
    assert ours["vacancies"].to_list() == [0] * 3
    assert ours.drop(*MARKET, "vacancies", "weight").null_count().row(0) == (3,) * 11


def test_informal_orders_in_a_closed_place_count_only_against_its_formal_share():
    told = _told(posts=("RUH",))
    formal = [row for row in told["job_orders"] if row["employer_type"] == "BH"]
    mixed = opportunities(rows(**told), LAST)
    alone = opportunities(rows(**told | {"job_orders": formal}), LAST)
    same = ["vacancies", "demand", "growth", "unfilled", "wage", "protection"]
    assert_frame_equal(mixed.select(same), alone.select(same))
    assert (mixed["formal"] < 100).all()
    assert alone["formal"].to_list() == pytest.approx([100] * 3)


def test_too_few_parts_make_no_score():
    told = _told(posts=("HKG",))
    ours = opportunities(rows(job_orders=told["job_orders"]), LAST)
    assert (ours["weight"] < OPPORTUNITY_NEEDS.value["weight"]).all()
    assert ours["score"].is_null().all()
    assert ours["first"].is_null().all()


def test_without_a_case_anywhere_protection_is_full():
    ours = opportunities(rows(**_told() | {"cases": []}), LAST)
    assert ours["protection"].to_list() == pytest.approx([100] * ours.height)


def test_nothing_gives_nothing_and_the_total_is_refused():
    bare = Rows(**{name: frame.empty() for name, frame in FRAMES.items()})
    for empty in (rows(), bare):
        assert opportunities(empty, LAST).is_empty()
    with pytest.raises(ValueError, match="no total"):
        METRICS["opportunity_score"].compute(rows(), YEAR, ["place"])
    with pytest.raises(ValueError, match="colour"):
        METRICS["opportunity_score"].compute(rows(), YEAR, ["sector_code", "colour"])


def test_wages_in_a_month_without_a_rate_are_not_known():
    told = _told(posts=("HKG",))
    everything = rows(**told)
    late = replace(everything, fx_rates=everything.fx_rates.filter(pl.col("period") < MONTHS[12]))
    assert opportunities(late, LAST)["wage"].is_null().all()
    assert opportunities(everything, LAST)["wage"].is_not_null().all()
