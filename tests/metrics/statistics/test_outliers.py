"""Robust z against scipy, on real data; how often clean data are called outlying."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from scipy.stats import median_abs_deviation

from metrics.statistics.outliers import robust_z
from tests.metrics.statistics.real_data import durations, series

GROUPED = ["dd", "gbsg2", "larynx", "lung", "veterans", "waltons", "whas500"]
SERIES = ["nile", "sunspots", "macrodata", "elnino", "strikes"]


def scipy_z(x: np.ndarray) -> np.ndarray:
    """The z of one group as the definition has it, NaN where there is none."""
    if len(x) < 10:
        return np.full(len(x), np.nan)
    off = x - np.median(x)
    spread = median_abs_deviation(x)
    if spread > 0:
        return 0.6745 * off / spread
    spread = 1.2533 * np.mean(np.abs(off))
    return off / spread if spread > 0 else np.full(len(x), np.nan)


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("name", GROUPED)
def test_z_within_groups_equals_scipy(name: str, log: bool, agree):
    rows = durations(name)
    told = robust_z(rows, ["group"], "days", log=log)

    assert_frame_equal(told.select(rows.columns), rows)
    for (group,), own in told.group_by("group"):
        x = own["days"].to_numpy().astype(float)
        z = scipy_z(np.log1p(x) if log else x)
        agree("robust z", f"scipy MAD: {name}", own["z"], z, within=1e-12)
        assert own["outlier"].fill_null(False).to_list() == (np.abs(z) > 3.5).tolist(), group


@pytest.mark.parametrize("name", SERIES)
def test_z_of_one_group_equals_scipy(name: str, agree):
    x = series(name).astype(float)
    told = robust_z(pl.DataFrame({"value": x}))
    agree("robust z", f"scipy MAD: {name}", told["z"], scipy_z(x), within=1e-12)


def test_without_a_median_deviation_the_mean_one_is_taken():
    x = [5.0] * 9 + [6.0, 20.0]
    told = robust_z(pl.DataFrame({"value": x}))
    assert told["z"].to_list() == pytest.approx(scipy_z(np.array(x)).tolist(), abs=1e-12)
    assert told["outlier"].to_list() == [False] * 10 + [True]


def test_a_lone_far_value_is_found_and_does_not_hide_itself():
    told = robust_z(pl.DataFrame({"value": [*range(10), 10**9]}))
    assert told.filter("outlier")["value"].to_list() == [10**9]


@pytest.mark.parametrize(
    "values", [[], [1.0], [1.0] * 9, [7.0] * 50, [None] * 20, [math.nan, math.inf] * 10]
)
def test_nothing_is_said_of_few_equal_or_missing_values(values: list):
    told = robust_z(pl.DataFrame({"value": values}, schema={"value": pl.Float64}))
    assert told["z"].to_list() == [None] * len(values)
    assert told["outlier"].to_list() == [None] * len(values)


def test_missing_values_do_not_count_towards_the_fewest():
    nine = robust_z(pl.DataFrame({"value": [*map(float, range(9)), None]}))
    ten = robust_z(pl.DataFrame({"value": [*map(float, range(10)), None]}))
    assert nine["z"].null_count() == 10
    assert ten["z"].null_count() == 1


def test_negative_values_have_no_logarithm():
    with pytest.raises(ValueError, match="rows: 1"):
        robust_z(pl.DataFrame({"value": [-1, 2]}), log=True)


def test_rows_keep_their_order_and_former_results_are_replaced():
    rows = pl.DataFrame({"post": ["b", "a"] * 10, "value": range(20)})
    once = robust_z(rows, ["post"])
    assert once.select(rows.columns).equals(rows)
    assert robust_z(once.lazy(), ["post"]).equals(once)


finite_values = st.lists(
    st.one_of(st.none(), st.floats(-1e6, 1e6), st.sampled_from([0.0, 1.0])), max_size=40
)


@given(finite_values)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_values_give_what_the_definition_gives(values: list[float | None]):
    told = robust_z(pl.DataFrame({"value": values}, schema={"value": pl.Float64}))
    known = np.array([x for x in values if x is not None], float)
    expected = scipy_z(known)
    ours = told.filter(pl.col("value").is_not_null())["z"].to_numpy()
    np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-12)
    assert told.filter(pl.col("value").is_null())["z"].null_count() == len(values) - len(known)


@pytest.mark.parametrize(("size", "most"), [(10, 0.02), (50, 0.0025), (1000, 0.0007)])
def test_few_clean_durations_are_called_outlying(size: int, most: float):
    """Lognormal durations: 1.6 % in groups of 10, 0.2 % of 50, 0.05 % (as the normal) of 1,000."""
    groups = 200_000 // size
    days = np.random.default_rng(1).lognormal(np.log(40), 0.9, (groups, size)).round().ravel()
    rows = pl.DataFrame({"group": np.repeat(np.arange(groups), size), "days": days})
    share = robust_z(rows, ["group"], "days", log=True)["outlier"].mean()
    print(f"clean lognormal durations called outlying, groups of {size}: {share:.3%}")
    assert 0 < share < most
    # without the logarithm the long tail itself would be listed
    assert robust_z(rows, ["group"], "days")["outlier"].mean() > 2 * share
