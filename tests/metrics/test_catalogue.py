"""What holds for every metric, whoever adds it."""

import math
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue import METRICS
from metrics.frames import CASES, FRAMES, SUMMARIES, Rows
from metrics.metric import RESULT, TIME_BASES, Metric, measure
from metrics.selection import Period
from tests.builders import case, job_order, placement, rows, summary
from tests.metrics.chance import POSTS, tables
from tests.metrics.plain_agencies import plain_scores
from tests.metrics.twins import PLAIN

PERIODS = [
    Period(date(2025, 1, 1), date(2025, 12, 31)),
    Period(date(2024, 3, 1), date(2026, 2, 28)),
    Period(date(2026, 5, 1), date(2026, 5, 31)),
]
METRIC = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
TWINNED = pytest.mark.parametrize("metric", [METRICS[name] for name in PLAIN], ids=list(PLAIN))
# The groupings of the others are their own: posts with workers, or agencies.
FREE = [
    m for m in METRICS.values() if not m.always_by and m.only_by is None and m.time_base != "window"
]
COMPARING = {name for name, metric in METRICS.items() if metric.always_by}
COHORT = [m for m in METRICS.values() if m.fewest == 10]
SENTENCES = ("definition", "formula", "limits")


def _by(metric: Metric, *columns: str) -> list[str]:
    missing = metric.always_by[:1] if not set(metric.always_by) & set(columns) else ()
    return [*missing, *columns]


@METRIC
def test_every_metric_is_explained_in_both_languages(metric: Metric):
    for field in (*SENTENCES, "label", "counted"):
        words = getattr(metric, field)
        assert words.indonesian.strip() == words.indonesian != words.english
    for field in SENTENCES:
        assert getattr(metric, field).indonesian.endswith(".")
        assert getattr(metric, field).english.endswith(".")
        assert "  " not in getattr(metric, field).indonesian + getattr(metric, field).english
    assert metric.source
    assert metric.time_base in TIME_BASES


@METRIC
def test_indonesian_words_hold_no_english_ones(metric: Metric):
    told = " ".join(getattr(metric, f).indonesian for f in (*SENTENCES, "label", "counted"))
    words = {word.strip(".,;:()%").lower() for word in told.split()}
    assert not words & {"the", "of", "and", "case", "cases", "rate", "share", "open", "score"}


def test_names_are_those_of_the_dictionary():
    assert all(name == metric.name for name, metric in METRICS.items())
    assert len({metric.label for metric in METRICS.values()}) == len(METRICS)


@cache
def _tables(seed: int) -> tuple[dict[str, list[dict]], Rows]:
    told = tables(seed)
    return told, rows(**told)


def test_every_metric_has_its_twin():
    """Metrics that compare posts or agencies have their twins in tests of their own."""
    assert set(PLAIN) | COMPARING == set(METRICS)


@TWINNED
@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_agrees_with_plain_python_by_post_and_in_total(metric: Metric, period: Period, seed: int):
    told, everything = _tables(seed)

    [total] = metric.compute(everything, period, []).select(RESULT).rows()
    by_post = {
        row[0]: row[1:]
        for row in metric.compute(everything, period, ["post_code"])
        .select("post_code", *RESULT)
        .rows()
    }

    assert total == _close_to(PLAIN[metric.name](told, period))
    for post in POSTS:
        own = {n: [r for r in t if r.get("post_code", post) == post] for n, t in told.items()}
        expected = PLAIN[metric.name](own, period)
        assert by_post.get(post, expected) == _close_to(expected)
        assert post in by_post or expected[1] == 0


@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_agency_score_agrees_with_plain_python(period: Period, seed: int):
    told, everything = _tables(seed)
    expected = {
        (row["agency_code"], row["post_code"]): (row["score"], row["placed"])
        for row in plain_scores(told, period.last)
    }

    measured = METRICS["agency_score"].compute(everything, period, ["agency_code", "post_code"])

    assert {row[:2]: row[2:4] for row in measured.rows()} == {
        key: _close_to(value) for key, value in expected.items()
    }
    assert (measured["lower"] <= measured["value"]).all()
    assert (measured["value"] <= measured["upper"]).all()


def test_agency_of_several_posts_is_told_by_its_lowest_score():
    told = tables(1)
    by_post = METRICS["agency_score"].compute(
        rows(**told), PERIODS[0], ["agency_code", "post_code"]
    )
    alone = METRICS["agency_score"].compute(rows(**told), PERIODS[0], ["agency_code"])

    lowest = by_post.group_by("agency_code").agg(pl.min("value"), pl.sum("n")).sort("agency_code")
    assert alone.select("agency_code", "value", "n").rows() == lowest.rows()


@METRIC
def test_a_table_without_rows_gives_one_row_in_total_and_none_by_group(metric: Metric):
    nothing = measure(metric, rows(), PERIODS[0], by=_by(metric, "post_code"))
    assert nothing.is_empty()
    assert nothing.columns == [*_by(metric, "post_code"), *RESULT]
    if not metric.always_by:
        assert measure(metric, rows(), PERIODS[0]).rows() == [(metric.of_nothing, 0, None, None)]


@METRIC
def test_tables_whose_enums_have_no_codes_at_all_do_no_harm(metric: Metric):
    bare = Rows(**{name: frame.empty() for name, frame in FRAMES.items()})
    assert measure(metric, bare, PERIODS[0], by=_by(metric)).height <= 1


@TWINNED
def test_a_group_that_did_not_report_has_no_value(metric: Metric):
    groups = pl.DataFrame({"post_code": ["RUH", "DAM"], "reported": [True, False]}).with_columns(
        pl.col("post_code").cast(rows().cases.schema["post_code"])
    )

    measured = measure(metric, rows(), PERIODS[0], by=["post_code"], groups=groups)

    assert measured["value"].to_list() == [metric.of_nothing if metric.fewest == 0 else None, None]
    assert measured["n"].to_list() == [0, 0]


@METRIC
def test_a_column_the_rows_lack_is_refused_by_name(metric: Metric):
    with pytest.raises(ValueError, match="colour"):
        metric.compute(rows(), PERIODS[0], _by(metric, "colour"))


@METRIC
def test_result_has_the_agreed_columns_and_types(metric: Metric):
    measured = metric.compute(rows(**tables(4, 50)), PERIODS[0], _by(metric, "post_code"))
    assert measured.columns == [*_by(metric, "post_code"), *RESULT]
    assert measured.schema["n"] == pl.Int64
    assert all(measured.schema[column] == pl.Float64 for column in ("value", "lower", "upper"))


@pytest.mark.parametrize("metric", FREE, ids=lambda metric: metric.name)
def test_a_further_column_beside_the_agreed_ones_can_be_grouped_by(metric: Metric):
    _, told = _tables(1)
    names = ("cases", "placements", "monthly_summary", "job_orders", "submissions")
    names += ("legalised_documents", "activities")
    marked = replace(
        told, **{name: getattr(told, name).with_columns(half=pl.lit("first")) for name in names}
    )
    [one] = metric.compute(marked, PERIODS[0], ["half"]).rows()
    assert one[0] == "first"


def test_cases_per_worker_are_refused_by_what_workers_are_not_registered_by():
    with pytest.raises(ValueError, match="case_type"):
        METRICS["cases_per_1000"].compute(_tables(1)[1], PERIODS[0], ["post_code", "case_type"])


def test_a_post_that_reported_half_of_the_months_has_half_of_the_worker_years():
    def rate(months: int) -> tuple:
        told = rows(
            cases=[case(date_reported=date(2025, 3, 3)) for _ in range(10)],
            monthly_summary=[summary(period=date(2025, m + 1, 1)) for m in range(months)],
        )
        return METRICS["cases_per_1000"].compute(told, PERIODS[0], []).row(0)[:2]

    assert rate(12) == (pytest.approx(10), 10)
    assert rate(6) == (pytest.approx(20), 10)
    assert rate(3) == (pytest.approx(40), 10)


def test_a_rate_is_not_told_within_what_only_its_cases_have():
    unfit = {name: metric.not_within for name, metric in METRICS.items() if metric.not_within}
    assert unfit["cases_per_1000"] == ("sector_code", "employer_type")
    for column in unfit["cases_per_1000"]:
        assert column in CASES.columns
        assert column not in SUMMARIES.columns


@METRIC
def test_how_a_metric_is_compared_is_one_of_three_ways(metric: Metric):
    assert metric.comparison in ("tested", "untested", "none")


def test_agency_score_has_no_total():
    with pytest.raises(ValueError, match="agency_code"):
        METRICS["agency_score"].compute(_tables(1)[1], PERIODS[0], ["post_code"])


days = st.one_of(st.none(), st.integers(0, 400))
odd_case = st.builds(
    lambda reported, days, limit, response: case(
        days=days, date_reported=reported, limit_days=limit, date_first_response=response
    ),
    st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2026, 12, 31))),
    days,
    st.sampled_from([None, 0, 20, 84]),
    st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2026, 12, 31))),
)
odd_tables = st.fixed_dictionaries(
    {
        "cases": st.lists(odd_case, max_size=20),
        "placements": st.lists(
            st.builds(
                placement,
                workers=st.integers(1, 50),
                employer_type=st.sampled_from(["BH", "PS"]),
                sector_code=st.sampled_from(["ABK", "DOM"]),
                period=st.sampled_from([date(2025, 1, 1), date(2025, 7, 1), date(2027, 1, 1)]),
            ),
            max_size=4,
        ),
        "monthly_summary": st.lists(
            st.builds(
                summary,
                registered=st.one_of(st.none(), st.integers(0, 10**6)),
                period=st.sampled_from([date(2025, 1, 1), date(2025, 2, 1)]),
            ),
            max_size=3,
        ),
        "job_orders": st.lists(
            st.builds(
                job_order,
                vacancies=st.integers(0, 20),
                filled=st.one_of(st.none(), st.integers(0, 30)),
                date_verified=st.one_of(st.none(), st.just(date(2025, 3, 1))),
            ),
            max_size=4,
        ),
    }
)


@given(odd_tables)
@settings(max_examples=25, deadline=None)
def test_no_metric_ever_gives_nan_infinity_or_limits_in_the_wrong_order(told: dict):
    everything = rows(**told)
    for metric in METRICS.values():
        measured = measure(metric, everything, PERIODS[0], by=_by(metric))
        assert measured.height == 1 or metric.always_by
        for row in measured.select("value", "lower", "upper").iter_rows():
            given_ones = [x for x in (row[1], row[0], row[2]) if x is not None]
            assert all(math.isfinite(x) for x in given_ones)
            assert all(a <= b + 1e-9 for a, b in pairwise(given_ones))


@pytest.mark.parametrize("metric", COHORT, ids=lambda metric: metric.name)
def test_one_case_alone_gives_no_resolution_time(metric: Metric):
    one = rows(cases=[case(date_reported=date(2025, 6, 1))])
    assert measure(metric, one, PERIODS[0])["value"].to_list() == [None]


def test_of_cases_all_closed_the_same_day_the_times_are_that_day():
    same = rows(cases=[case(days=7, date_reported=date(2025, 6, 1)) for _ in range(10)])
    assert measure(METRICS["median_resolution_days"], same, PERIODS[0]).row(0)[0] == 7
    assert measure(METRICS["p90_resolution_days"], same, PERIODS[0]).row(0)[0] == 7
    assert measure(METRICS["resolved_within_30"], same, PERIODS[0]).row(0)[0] == 1
    assert measure(METRICS["on_time_share"], same, PERIODS[0]).row(0)[0] == 1


def test_of_cases_all_open_the_times_are_not_reached():
    still = rows(cases=[case(days=None, date_reported=date(2025, 6, 1)) for _ in range(10)])
    assert measure(METRICS["median_resolution_days"], still, PERIODS[0]).row(0) == (
        None,
        10,
        None,
        None,
    )
    assert measure(METRICS["resolved_within_90"], still, PERIODS[0]).row(0)[0] == 0


def _close_to(expected: tuple) -> tuple:
    return tuple(x if x is None else pytest.approx(x, abs=1e-9, rel=1e-9) for x in expected)
