"""Times of cases that could be seen only later, of responses, of reopenings, of open cases."""

import random
from datetime import date, timedelta
from functools import cache

import polars as pl
import pytest

from metrics.cases import registered
from metrics.catalogue import METRICS
from metrics.cohorts import reported
from metrics.durations import duration_curve, matured
from metrics.frames import Rows
from metrics.metric import measure
from metrics.milestones import closed_by_day
from metrics.selection import Period
from tests.builders import case, rows
from tests.metrics.chance import POSTS, tables
from tests.metrics.plain_resolution import TWINS

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
SPRING = Period(date(2025, 3, 1), date(2025, 5, 31))


@cache
def _late(seed: int) -> tuple[dict[str, list[dict]], Rows]:
    """Posts joined after most of these cases were reported, and recorded nearly all responses."""
    rng = random.Random(seed)
    told = {"cases": tables(seed, 240)["cases"]}
    joined = dict(
        zip(POSTS, (date(2025, 4, 1), date(2025, 7, 31), date(2025, 7, 25), None), strict=True)
    )
    for row in told["cases"]:
        before, row["date_reported"] = (
            row["date_reported"],
            YEAR.first + timedelta(rng.randrange(212)),
        )
        moved = row["date_reported"] - (before or row["date_reported"])
        for day in ("date_closed", "first_closed", "reopened", "held_since"):
            row[day] = row.get(day) and row[day] + moved
        row["known_from"], row["known_until"] = joined[row["post_code"]], None
        if rng.random() < 0.97:
            row["date_first_response"] = row["date_reported"] + timedelta(rng.randrange(9))
    return told, rows(**told)


@pytest.mark.parametrize("name", TWINS)
@pytest.mark.parametrize("period", [YEAR, SPRING], ids=str)
def test_posts_that_joined_later_agree_with_plain_python(name: str, period: Period):
    told, everything = _late(5)
    metric = METRICS[name]

    [total] = metric.compute(everything, period, []).rows()
    by_post = {row[0]: row[1:] for row in metric.compute(everything, period, ["post_code"]).rows()}

    assert total == _close_to(TWINS[name](told, period))
    for post in POSTS:
        own = {"cases": [row for row in told["cases"] if row["post_code"] == post]}
        expected = TWINS[name](own, period)
        assert by_post.get(post, expected) == _close_to(expected)
        assert post in by_post or expected[1] == 0


def test_some_of_these_curves_begin_late_and_some_responses_are_told():
    everything = _late(5)[1]
    curve = duration_curve(reported(everything, YEAR), ["post_code"])
    starts = dict(curve.select("post_code", "seen_after").unique().rows())
    assert starts["DAM"] is starts["RUH"] is None
    assert starts["JED"] > 0
    answered = METRICS["median_first_response_days"].compute(everything, YEAR, ["post_code"])
    assert answered["value"].count() > 0


# reported on 1 January, seen since 1 March: 59 days later
SEEN = date(2025, 3, 1)


def _imported(*days: int | None, **said: object) -> list[dict]:
    first = date(2025, 1, 1)
    return [case(days=day, date_reported=first, known_from=SEEN, **said) for day in days]


IMPORTED = _imported(20, *(60 + 10 * n for n in range(12)))


@pytest.mark.parametrize("name", ["resolved_within_30", "resolved_share_90", "restricted_mean_90"])
def test_nothing_is_told_of_ages_at_which_nothing_was_seen(name: str):
    told = measure(METRICS[name], rows(cases=IMPORTED), YEAR)
    seen = name != "resolved_within_30"
    assert told["n"].to_list() == [12]  # the one closed before could not be seen
    assert (told["value"].null_count() == 0) == seen


def test_what_is_told_holds_for_those_that_lasted_so_long():
    curve = duration_curve(reported(rows(cases=IMPORTED), YEAR))
    assert curve["seen_after"].unique().to_list() == [59]
    assert curve["at_risk"].to_list() == list(range(12, 0, -1))
    assert measure(METRICS["resolved_within_90"], rows(cases=IMPORTED), YEAR)["value"][0] == (
        pytest.approx(4 / 12)
    )
    assert measure(METRICS["median_resolution_days"], rows(cases=IMPORTED), YEAR)["value"][0] == 110


def test_milestones_begin_where_the_curve_does():
    told = closed_by_day(duration_curve(reported(rows(cases=IMPORTED), YEAR)))
    assert told["days"].to_list() == [60, 90]
    plain = [case(days=day, date_reported=YEAR.first) for day in (5, 20, 100)]
    assert closed_by_day(duration_curve(reported(rows(cases=plain), YEAR)))["days"].to_list() == [
        7, 14, 30, 60, 90
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({}, True),
        ({"known_until": date(2025, 4, 1)}, True),  # 90 days after the report
        ({"known_until": date(2025, 3, 31)}, False),
        ({"known_from": date(2025, 1, 1)}, True),
        ({"known_from": date(2025, 1, 2)}, False),
        ({"date_reported": date(2025, 10, 2)}, True),
        ({"date_reported": date(2025, 10, 3)}, False),
    ],
)
def test_a_case_has_matured_when_it_was_seen_from_its_report_for_so_long(said: dict, counts: bool):
    told = rows(cases=[case(days=3, **{"date_reported": date(2025, 1, 1)} | said)]).cases
    kept = registered(told, YEAR.last).filter(matured(90, YEAR.last)).collect()
    assert kept.height == counts


def test_resolution_rate_counts_only_resolutions_within_90_days():
    day = date(2025, 2, 1)
    told = [case(days=90, date_reported=day) for _ in range(6)]
    told += [case(days=91, date_reported=day), case(days=None, date_reported=day)]
    told += [case(days=9, date_reported=day, status="closed") for _ in range(2)]
    told += [case(days=1, date_reported=date(2025, 12, 1))]  # too young
    value, n, lower, upper = measure(METRICS["resolution_rate_90"], rows(cases=told), YEAR).row(0)
    assert (value, n) == (0.6, 10)
    assert 0.3 < lower < 0.6 < upper < 0.84


def _answers(unrecorded: int, closed: int = 20, **said: object) -> list[dict]:
    first = date(2025, 2, 1)
    response = {"date_first_response": first + timedelta(days=2)}
    told = [
        case(days=9, date_reported=first, **response | said) for _ in range(closed - unrecorded)
    ]
    return told + [
        case(days=9, date_reported=first, date_first_response=None) for _ in range(unrecorded)
    ]


@pytest.mark.parametrize(("unrecorded", "value"), [(0, 2), (2, 2), (3, None)])
def test_response_times_are_withheld_from_more_than_a_tenth_missing_on(
    unrecorded: int, value: float | None
):
    told = rows(cases=_answers(unrecorded))
    assert measure(METRICS["median_first_response_days"], told, YEAR).row(0)[:2] == (
        value,
        20 - unrecorded,
    )
    on_time = measure(METRICS["response_on_time"], told, YEAR)["value"].to_list()
    assert on_time == [None if value is None else 1]
    missing = measure(METRICS["response_missing"], told, YEAR).row(0)
    assert missing[:2] == (pytest.approx(unrecorded / 20), 20)


def test_a_response_before_the_report_is_no_response_date():
    before = _answers(0, 1, date_first_response=date(2025, 1, 31))
    told = rows(cases=_answers(0, 19) + before)
    assert measure(METRICS["response_missing"], told, YEAR).row(0)[:2] == (0.05, 20)
    assert measure(METRICS["median_first_response_days"], told, YEAR).row(0)[:2] == (2, 19)


def test_a_post_that_does_not_record_withholds_only_its_own():
    other = [row | {"post_code": "HKG", "place": None} for row in _answers(10)]
    told = rows(cases=_answers(0) + other)
    measured = METRICS["median_first_response_days"].compute(told, YEAR, ["post_code"])
    assert dict(measured.select("post_code", "value").rows()) == {"RUH": 2, "HKG": None}


def test_severe_cases_have_a_day_and_others_five():
    def share(wait: int, urgency: str) -> float:
        said = {"date_first_response": date(2025, 2, 1) + timedelta(days=wait), "urgency": urgency}
        return measure(METRICS["response_on_time"], rows(cases=_answers(0, **said)), YEAR)["value"][
            0
        ]

    assert [share(wait, "severe") for wait in (0, 1, 2)] == [1, 1, 0]
    assert [share(wait, "moderate") for wait in (1, 5, 6)] == [1, 1, 0]


def test_unanswered_open_cases_count_and_later_answers_are_not_known_yet():
    first = date(2025, 12, 1)
    told = [
        case(days=None, date_reported=first, date_first_response=answer)
        for answer in [first] * 6 + [None] * 6 + [date(2026, 1, 5)] * 6
    ]
    value, n, *_ = measure(METRICS["response_on_time"], rows(cases=told), YEAR).row(0)
    assert (value, n) == (pytest.approx(1 / 3), 18)


def _closed_again(again: date | None, **said: object) -> dict:
    first = date(2025, 3, 1)
    closing = {"first_closed": first, "reopened": again}
    return case(days=None if again else 59, date_reported=date(2025, 1, 1), **closing | said)


def test_reopened_within_90_days_of_the_first_closing():
    told = [_closed_again(date(2025, 5, 30))]  # the 90th day
    told += [_closed_again(date(2025, 5, 31))]
    told += [_closed_again(None) for _ in range(8)]
    value, n, *_ = measure(METRICS["reopened_share_90"], rows(cases=told), YEAR).row(0)
    assert (value, n) == (pytest.approx(0.1), 10)
    same_day = measure(
        METRICS["reopened_share_90"], rows(cases=told), Period(YEAR.first, date(2025, 5, 30))
    )
    assert same_day["value"][0] == pytest.approx(0.1)
    # as of the closing nothing of it had happened yet, and no closing was followed for 90 days
    spring = measure(METRICS["reopened_share_90"], rows(cases=told), Period(YEAR.first, SEEN))
    assert spring.row(0)[:2] == (None, 10)


def test_a_corrected_closing_date_is_no_reopening():
    slip = _closed_again(date(2025, 3, 31), date_closed=date(2025, 3, 1), status="resolved")
    told = rows(cases=[slip | {"case_id": str(n)} for n in range(10)])
    assert measure(METRICS["reopened_share_90"], told, YEAR).row(0)[:2] == (0, 10)


def test_closing_and_reopening_shortens_only_the_time_to_the_first_closing():
    gamed = [
        case(
            days=200,
            date_reported=date(2025, 1, 1),
            first_closed=date(2025, 1, 3),
            reopened=date(2025, 1, 31),
        )
        for _ in range(10)
    ]
    told = rows(cases=gamed)
    assert measure(METRICS["median_first_resolution_days"], told, YEAR)["value"][0] == 2
    assert measure(METRICS["median_resolution_days"], told, YEAR)["value"][0] == 200
    assert measure(METRICS["reopened_share_90"], told, YEAR)["value"][0] == 1


def test_open_cases_by_age_and_holder():
    told = [
        case(
            days=None, date_reported=YEAR.last - timedelta(days=age), holder=holder, held_since=held
        )
        for age, holder, held in (
            (0, "post", YEAR.last.replace(day=1)),  # since the report, not the month's beginning
            (100, "police", date(2025, 11, 1)),
            (365, "police", None),
            (366, "police", date(2026, 1, 1)),  # handed on after the period
        )
    ]
    everything = rows(cases=told)
    assert measure(METRICS["oldest_open_age"], everything, YEAR)["value"][0] == 366
    assert measure(METRICS["open_over_365"], everything, YEAR).row(0)[:2] == (0.25, 4)
    assert measure(METRICS["p90_open_age"], everything, YEAR)["value"][0] == pytest.approx(365.7)
    held = METRICS["median_days_held"].compute(everything, YEAR, ["holder"])
    assert held.select("holder", "value", "n").sort("holder").rows() == [
        ("post", 0, 1),
        ("police", 60, 1),
    ]


def test_the_drawn_curve_is_that_of_the_metrics():
    told = rows(**tables(2))
    curve = duration_curve(reported(told, YEAR))
    share = curve.filter(pl.col("days") <= 90)["survival"].last()
    assert measure(METRICS["resolved_within_90"], told, YEAR)["value"][0] == pytest.approx(
        1 - share
    )


def _close_to(expected: tuple) -> tuple:
    return tuple(x if x is None else pytest.approx(x, abs=1e-9, rel=1e-9) for x in expected)
