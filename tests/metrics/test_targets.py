"""Targets: what is said of each, and how often chance alone would make us say it."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from metrics.catalogue import METRICS
from metrics.catalogue.targets import MEASURED_BY
from metrics.frames import FRAMES, Rows
from metrics.metric import measure
from metrics.selection import Period
from metrics.targets import COLUMNS, INDICATORS, VERDICTS, attainment, year_to_date
from tests.builders import case, job_order, rows, submission, summary, target

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))


def _told(period: Period = YEAR, **tables: list[dict]) -> dict[tuple, tuple]:
    table = attainment(rows(**tables), period, METRICS)
    assert tuple(table.columns) == COLUMNS
    return {(row[0], row[1]): row[2:] for row in table.rows()}


def test_what_targets_are_set_on_is_in_the_catalogue_and_has_a_direction():
    for indicator in INDICATORS.values():
        assert METRICS[indicator.metric] is MEASURED_BY[indicator.metric]
        assert METRICS[indicator.metric].better in ("higher", "lower")


def test_targets_are_measured_over_the_year_to_date_whatever_the_period():
    assert year_to_date(SEPTEMBER) == Period(date(2026, 1, 1), date(2026, 9, 30))
    told = _told(
        SEPTEMBER,
        targets=[target(metric="coverage_pct", value=50), target(value=1, year=2025)],
        monthly_summary=[summary(registered=600, estimated_workers=1000)],  # January's
    )
    assert told == {("RUH", "coverage_pct"): (50, 60, None, None, pytest.approx(1.2), "reached")}


def _months_late(late: int) -> list[dict]:
    """Reports of ten months, some of them after the 10th."""
    return [
        submission(
            period=date(2026, month, 1),
            received_at=None,
            received_on=date(2026, month + 1, 20 if month <= late else 10),
        )
        for month in range(1, 11)
    ]


@pytest.mark.parametrize(("late", "verdict"), [(0, "reached"), (1, "reached"), (2, "not_reached")])
def test_a_value_without_interval_decides_by_itself(late: int, verdict: str):
    told = _told(
        Period(date(2026, 1, 1), date(2026, 11, 30)),
        targets=[target(metric="on_time_reports", value=90)],
        submissions=_months_late(late),
    )
    share = 100 - 10 * late
    assert told["RUH", "on_time_reports"] == (
        90,
        pytest.approx(share),
        None,
        None,
        pytest.approx(share / 90),
        verdict,
    )


def _cases(late: int, of: int = 100) -> list[dict]:
    """Cases with a limit of 84 days, closed after 10 days or after 100."""
    return [case(days=100 if i < late else 10) for i in range(of)]


@pytest.mark.parametrize(
    ("late", "verdict"), [(5, "reached"), (20, "not_decided"), (45, "not_reached")]
)
def test_an_interval_decides_only_as_a_whole(late: int, verdict: str):
    told = _told(targets=[target(value=80)], cases=_cases(late))["RUH", "on_time_pct"]
    value, lower, upper = told[1:4]
    assert (value, told[5]) == (pytest.approx(100 - late), verdict)
    assert lower < value < upper
    assert told[4] == pytest.approx((100 - late) / 80)


@pytest.mark.parametrize(
    ("days", "asked", "verdict"),
    [(40, 60, "reached"), (40, 40, "not_decided"), (90, 60, "not_reached")],
)
def test_where_lower_is_better_the_other_side_is_the_good_one(days, asked, verdict):
    spread = [case(days=days + i % 21 - 10) for i in range(100)]
    told = _told(targets=[target(metric="median_days", value=asked)], cases=spread)
    _, value, _, _, attained, said = told["RUH", "median_days"]
    assert said == verdict
    assert attained == pytest.approx(asked / value)


def test_a_limit_just_at_the_target_decides_nothing_bad():
    spread = {"cases": [case(days=40 + i % 21 - 10) for i in range(100)]}
    asked = target(metric="median_days", value=40)
    _, _, lower, upper, _, _ = _told(targets=[asked], **spread)["RUH", "median_days"]
    for limit, verdict in ((lower, "not_decided"), (lower - 1, "not_reached"), (upper, "reached")):
        wanted = target(metric="median_days", value=limit)
        assert _told(targets=[wanted], **spread)["RUH", "median_days"][5] == verdict


def test_a_post_that_leaves_its_cases_open_does_not_reach_its_target():
    """Its median is not reached; the lower limit alone tells that it is above the target."""
    left = [case(days=60 + i if i < 40 else None) for i in range(100)]
    told = _told(targets=[target(metric="median_days", value=30)], cases=left)
    _, value, lower, upper, attained, verdict = told["RUH", "median_days"]
    assert (value, upper, attained, verdict) == (None, None, None, "not_reached")
    assert lower > 30


def test_a_target_without_figures_has_no_data_and_does_not_count():
    wanted = [target("HKG"), target("RUH"), target("RUH", "median_days", 45)]
    told = _told(targets=wanted, cases=_cases(5) + [case("HKG")])
    assert told["HKG", "on_time_pct"][1:] == (None, None, None, None, "no_data")
    everything = rows(targets=wanted, cases=_cases(5) + [case("HKG")])
    by_post = measure(METRICS["targets_reached"], everything, YEAR, by=["post_code"])
    assert by_post.select("post_code", "value", "n").rows() == [("RUH", 1, 2)]


def test_by_place_the_targets_of_its_posts_are_taken_together():
    told = rows(
        targets=[target(post, "coverage_pct", 50) for post in ("RUH", "JED", "HKG")],
        monthly_summary=[
            summary(post, registered, estimated_workers=1000)
            for post, registered in (("RUH", 600), ("JED", 400), ("HKG", 500))
        ],
    )
    shares = measure(METRICS["targets_reached"], told, YEAR, by=["place"])
    assert dict(shares.select("place", "value").rows()) == {"SAU": 0.5, "HKG": 1}
    assert measure(METRICS["targets_reached"], told, YEAR)["value"].item() == pytest.approx(2 / 3)


def test_nothing_over_nothing_is_no_attainment():
    told = _told(
        targets=[target(metric="fill_rate", value=0), target("JED", "median_days", 20)],
        job_orders=[job_order(filled=0, valid_until=date(2026, 2, 1))],
        cases=[case("JED", 0) for _ in range(12)],
    )
    assert told["RUH", "fill_rate"][4:] == (None, "reached")
    assert told["JED", "median_days"][1] == 0
    assert told["JED", "median_days"][4] is None


def test_an_indicator_nobody_knows_is_left_out_and_the_last_target_counts():
    unknown = target(metric="happiness", value=99)
    twice = [target(metric="coverage_pct", value=value) for value in (10, 70)]
    told = _told(targets=[unknown, *twice], monthly_summary=[summary(estimated_workers=2000)])
    assert told == {("RUH", "coverage_pct"): (70, 50, None, None, 50 / 70, "not_reached")}


def test_empty_tables_give_no_targets():
    bare = Rows(**{name: agreed.empty() for name, agreed in FRAMES.items()})
    assert attainment(bare, YEAR, METRICS).is_empty()
    assert attainment(rows(), YEAR, METRICS).is_empty()


def test_every_verdict_has_its_words_in_both_languages():
    assert len({words.indonesian for words in VERDICTS.values()}) == len(VERDICTS)
    assert all(words.indonesian != words.english for words in VERDICTS.values())


POSTS = 1000


def _posts_exactly_on_target(seed: int, cases: int, asked: float) -> Rows:
    """A thousand posts that each close a case in time with just the probability asked."""
    rng = np.random.default_rng(seed)
    in_time = rng.random(POSTS * cases) < asked
    days = np.where(in_time, rng.integers(1, 21, len(in_time)), rng.integers(21, 60, len(in_time)))
    names = [f"P{i:04}" for i in range(POSTS)]
    reported = pl.Series([date(2026, 1, 1) + timedelta(days=i % 200) for i in range(cases)] * POSTS)
    told = pl.DataFrame(
        {
            "case_id": np.arange(len(days)).astype(str),
            "post_code": np.repeat(names, cases),
            "date_reported": reported,
            "limit_days": np.full(len(days), 20, np.int16),
            "status": ["resolved"] * len(days),
            "days": days,
        }
    ).with_columns(
        pl.col("post_code").cast(pl.Enum(names)),
        date_closed=pl.col("date_reported") + pl.duration(days=pl.col("days")),
    )
    wanted = pl.DataFrame({"post_code": names, "year": [2026] * POSTS}).with_columns(
        pl.col("post_code").cast(pl.Enum(names)),
        pl.col("year").cast(pl.Int32),
        metric=pl.lit("on_time_pct"),
        value=pl.lit(asked * 100).cast(pl.Decimal(18, 4)),
    )
    empty = rows()
    return replace(
        empty,
        cases=pl.concat(
            [empty.cases.drop("post_code", "status"), told.drop("days")], how="diagonal"
        ),
        targets=pl.concat([empty.targets.drop("post_code"), wanted], how="diagonal"),
    )


@pytest.mark.parametrize(("cases", "asked"), [(60, 0.8), (200, 0.7)])
def test_of_posts_exactly_on_target_chance_decides_few(cases: int, asked: float):
    """Of 1,000 posts on target at most 5 in 100 may be called above or below, half on each
    side; four standard errors of the simulation are allowed for."""
    told = attainment(_posts_exactly_on_target(7, cases, asked), YEAR, METRICS)
    assert told.height == POSTS
    counts = dict(told["verdict"].value_counts().rows())
    decided = counts.get("reached", 0) + counts.get("not_reached", 0)
    print(
        f"targets: {cases} cases at {asked:.0%}: {decided / POSTS:.1%} of posts on target decided"
    )
    assert decided / POSTS <= 0.05 + 4 * (0.05 * 0.95 / POSTS) ** 0.5
    assert counts["not_decided"] >= 0.9 * POSTS
