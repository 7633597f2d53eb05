"""Rows that stand for several equal cases, against lifelines, statsmodels and repeated rows."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from polars.testing import assert_frame_equal
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from metrics.statistics.survival import cumulative_incidence, kaplan_meier
from tests.metrics.statistics.real_data import DURATIONS, delayed, durations, ways_of_ending

REAL = pytest.mark.parametrize("name", DURATIONS)
WAYS = pytest.mark.parametrize("name", ["bmt", "cgvhd", "flchain", "senators"])


def weighted(rows: pl.DataFrame, least: int = 0) -> pl.DataFrame:
    """The rows, each for up to four cases."""
    rng = np.random.default_rng(7)
    return rows.with_columns(weight=rng.integers(least, 5, len(rows)))


def repeated(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(pl.all().exclude("weight").repeat_by("weight").explode(empty_as_null=False))


@REAL
def test_weighted_curve_equals_lifelines(name, agree):
    rows = weighted(durations(name), least=1)

    curve = kaplan_meier(rows, weight="weight")

    days, closed, weight = (rows[column].to_numpy() for column in ("days", "closed", "weight"))
    lifelines = KaplanMeierFitter().fit(days, closed, weights=weight)
    theirs = lifelines.survival_function_at_times(curve["days"].to_numpy())
    agree("survival, weights", "lifelines", curve["survival"], theirs)


@REAL
def test_weighted_error_and_risk_set_equal_statsmodels(name, agree):
    rows = weighted(durations(name), least=1)

    curve = kaplan_meier(rows, weight="weight").filter(pl.col("events") > 0)

    days, closed, weight = (rows[column].to_numpy() for column in ("days", "closed", "weight"))
    oracle = SurvfuncRight(days, closed.astype(int), freq_weights=weight)
    agree("survival, weights", "statsmodels", curve["survival"], oracle.surv_prob)
    agree("at_risk, weights", "statsmodels", curve["at_risk"], oracle.n_risk, within=0)
    # Its own error with weights is another; that of the repeated rows is Greenwood's.
    plain = repeated(rows)
    oracle = SurvfuncRight(plain["days"].to_numpy(), plain["closed"].to_numpy().astype(int))
    error = np.where(curve["survival"] > 0, oracle.surv_prob_se, np.nan)
    agree("survival std_error, weights", "statsmodels, rows repeated", curve["std_error"], error)


@pytest.mark.filterwarnings("ignore:(divide|invalid):RuntimeWarning:statsmodels")
@WAYS
def test_weighted_incidence_equals_statsmodels(name, agree):
    rows = weighted(ways_of_ending(name), least=1)

    ours = cumulative_incidence(rows, censored="0", weight="weight")

    days, outcome, weight = (rows[column].to_numpy() for column in ("days", "outcome", "weight"))
    oracle = CumIncidenceRight(days, outcome, freq_weights=weight)
    for number in range(1, outcome.max() + 1):
        curve = ours.filter(cause=number)
        agree("incidence, weights", "statsmodels", curve["incidence"], oracle.cinc[number - 1])


@REAL
def test_a_weight_is_so_many_equal_rows(name):
    rows = weighted(durations(name))

    curve = kaplan_meier(rows, ["group"], weight="weight")

    assert_frame_equal(curve, kaplan_meier(repeated(rows), ["group"]))


@pytest.mark.parametrize("name", ["aids", "gbsg2", "lung", "psychiatric"])
def test_a_weight_is_so_many_equal_rows_with_delayed_entry_too(name):
    rows = weighted(delayed(name)).with_columns(outcome=pl.when("closed").then(pl.col("days") % 3))
    plain = repeated(rows)

    curve = kaplan_meier(rows, entry="entry", weight="weight")
    incidence = cumulative_incidence(rows, entry="entry", weight="weight")

    assert_frame_equal(curve, kaplan_meier(plain, entry="entry"))
    assert_frame_equal(incidence, cumulative_incidence(plain, entry="entry"))


@WAYS
def test_incidence_of_a_weight_is_that_of_so_many_equal_rows(name):
    rows = weighted(ways_of_ending(name))

    incidence = cumulative_incidence(rows, censored="0", weight="weight")

    assert_frame_equal(incidence, cumulative_incidence(repeated(rows), censored="0"))


CASE = st.tuples(
    st.sampled_from(["a", "b", None]),
    st.none() | st.integers(0, 9),
    st.none() | st.integers(-1, 9),
    st.sampled_from(["open", "resolved", "withdrawn", None]),
    st.none() | st.integers(0, 3),
)
SCHEMA = {
    "post": pl.String,
    "days": pl.Int64,
    "entry": pl.Int64,
    "outcome": pl.String,
    "weight": pl.Int64,
}


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(st.lists(CASE, max_size=20))
def test_any_rows_with_weights_give_what_the_repeated_rows_give(told):
    rows = pl.DataFrame(told, schema=SCHEMA, orient="row")
    rows = rows.with_columns(closed=pl.col("outcome") != "open")
    plain = repeated(rows.filter(pl.col("weight") > 0))

    curve = kaplan_meier(rows, ["post"], entry="entry", weight="weight")
    incidence = cumulative_incidence(rows, ["post"], entry="entry", weight="weight")

    assert_frame_equal(curve, kaplan_meier(plain, ["post"], entry="entry"))
    assert_frame_equal(incidence, cumulative_incidence(plain, ["post"], entry="entry"))


@pytest.mark.parametrize("wrong", [-1, 0.5, float("nan"), float("inf")])
def test_impossible_weights_are_refused(wrong):
    rows = pl.DataFrame({"days": [1], "closed": [True], "outcome": ["resolved"], "w": [wrong]})

    for count in (kaplan_meier, cumulative_incidence):
        with pytest.raises(ValueError, match="whole numbers"):
            count(rows, weight="w")
