"""What holds for any rows at all: no NaN, no infinity, groups as if computed alone."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from metrics.statistics.comparison import false_discovery, two_poisson
from metrics.statistics.control_charts import xmr
from metrics.statistics.intervals import poisson_rate, wilson
from metrics.statistics.shrinkage import gamma_poisson
from metrics.statistics.survival import (
    cumulative_incidence,
    kaplan_meier,
    quantile,
    restricted_mean,
    share_within,
)

# a fixed choice of examples; try more after a change: max_examples=1000, derandomize=False
SOME = settings(max_examples=60, derandomize=True, database=None, deadline=None)
CASE = st.tuples(
    st.sampled_from(["a", "b", None]),
    st.none() | st.integers(0, 6) | st.integers(0, 400),
    st.sampled_from(["open", "resolved", "withdrawn", None]),
    st.none() | st.integers(-5, 40),
)
CASES = st.lists(CASE, max_size=30)
COUNT = st.none() | st.integers(0, 5) | st.integers(0, 10**7)
AMOUNT = st.none() | st.floats(0, 1e9) | st.sampled_from([0.0, float("nan"), float("inf"), 5e-324])
SCHEMA = {"post": pl.String, "days": pl.Int64, "outcome": pl.String, "entry": pl.Int64}


def table(rows: list[tuple], **schema: type[pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")


def cases(rows: list[tuple]) -> pl.DataFrame:
    closed = pl.col("outcome").is_in(["resolved", "withdrawn"])
    return table(rows, **SCHEMA).with_columns(closed=closed)


def assert_finite(result: pl.DataFrame, *columns: str) -> None:
    for column in result.select(columns).select(pl.selectors.float()):
        assert column.is_finite().all(), column  # null aside


@SOME
@given(CASES, st.sampled_from([None, "entry"]))
def test_curves_are_finite_fall_and_stay_within_their_limits(rows, entry):
    curve = kaplan_meier(cases(rows), ["post"], entry=entry)

    assert_finite(curve, *curve.columns)
    assert curve.equals(curve.sort("post", "days"))
    assert curve.filter(pl.col("survival").diff().over("post") > 0).is_empty()
    assert curve.filter(~pl.col("survival").is_between("lower", "upper")).is_empty()
    assert curve.filter(pl.col("at_risk") < pl.col("events") + pl.col("censored")).is_empty()


@SOME
@given(CASES, st.floats(0.01, 0.99), st.integers(1, 100))
def test_what_is_read_off_a_curve_is_finite_and_the_same_alone(rows, q, days):
    curve = kaplan_meier(cases(rows), ["post"])
    alone = kaplan_meier(cases(rows).filter(post="a"))

    for read, argument in ((quantile, q), (share_within, days), (restricted_mean, days)):
        result = read(curve, ["post"], argument)
        assert_finite(result, *result.columns)
        assert result["post"].to_list() == curve["post"].unique().sort().to_list()
        if len(alone):
            # the order of a sum differs, and with it the last digit
            assert_frame_equal(result.filter(post="a").drop("post"), read(alone, (), argument))


@SOME
@given(CASES)
def test_incidences_are_finite_rise_and_sum_to_one_minus_survival(rows):
    incidence = cumulative_incidence(cases(rows), ["post"])

    assert_finite(incidence, *incidence.columns)
    assert incidence.filter(pl.col("incidence").diff().over("post", "cause") < 0).is_empty()
    within = pl.col("incidence").is_between(pl.col("lower") - 1e-12, pl.col("upper") + 1e-12)
    assert incidence.filter(~within).is_empty()
    total = incidence.group_by("post", "days").agg(pl.col("incidence").sum()).sort("post", "days")
    if len(total):
        survival = kaplan_meier(cases(rows), ["post"])["survival"]
        assert (total["incidence"] + survival).to_list() == pytest.approx([1] * len(total))


@SOME
@given(st.lists(st.tuples(COUNT, AMOUNT), max_size=25))
def test_rates_are_finite_and_within_their_limits(rows):
    counts = table(rows, events=pl.Int64, exposure=pl.Float64)

    for rated in (poisson_rate(counts), gamma_poisson(counts)):
        assert_finite(rated, "rate", "lower", "upper")
        assert rated.filter(pl.col("rate") < pl.col("lower") * (1 - 1e-9)).is_empty()
        usable = pl.col("exposure").is_finite() & (pl.col("exposure") > 1e-300)  # no overflow
        answered = rated.filter(usable & pl.col("events").is_not_null())
        assert answered.select("rate", "lower", "upper").null_count().row(0) == (0, 0, 0)
    assert_finite(rated, "expected")
    assert rated["gradable"].null_count() == 0


@SOME
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=25))
def test_shares_lie_between_0_and_1_and_within_their_limits(rows):
    counts = table([(a, a + b) for a, b in rows], successes=pl.Int64, trials=pl.Int64)

    shared = wilson(counts)

    assert_finite(shared, "share", "lower", "upper")
    assert shared["share"].is_null().equals(counts["trials"] == 0)
    assert shared.filter(~pl.col("share").is_between("lower", "upper")).is_empty()
    assert shared.filter((pl.col("lower") < 0) | (pl.col("upper") > 1)).is_empty()


@SOME
@given(st.lists(st.tuples(COUNT, COUNT, AMOUNT), max_size=25))
def test_p_and_q_values_lie_between_0_and_1(rows):
    counts = table(rows, current=pl.Int64, previous=pl.Int64, days=pl.Float64)

    compared = false_discovery(two_poisson(counts, current_exposure="days"))

    assert_finite(compared, "ratio", "p_value", "q_value")
    assert compared.filter(~pl.col("p_value").is_between(0, 1)).is_empty()
    assert compared.filter(pl.col("q_value") < pl.col("p_value")).is_empty()
    swapped = two_poisson(counts, "previous", "current", previous_exposure="days")["p_value"]
    assert compared["p_value"].to_list() == pytest.approx(swapped.to_list(), abs=1e-9)


@SOME
@given(st.lists(st.none() | st.integers(0, 3) | st.floats(-1e9, 1e9), max_size=30))
def test_charts_are_finite_and_read_the_same_upside_down(values):
    rows = table(list(enumerate(values)), month=pl.Int64, value=pl.Float64)

    chart = xmr(rows)
    mirrored = xmr(rows.with_columns(-pl.col("value")))

    assert_finite(chart, "centre", "lower", "upper")
    assert chart.select("month", "value").equals(rows)
    assert chart.select("signal", "rule").equals(mirrored.select("signal", "rule"))
    assert (
        chart["signal"]
        .is_null()
        .equals(chart["value"].is_null() | chart["upper"].is_null() | (rows["value"].count() < 13))
    )
