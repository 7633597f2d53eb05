"""Funnel limits against plain arithmetic, scipy and statsmodels, and by chance alone."""

from math import sqrt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2
from statsmodels.stats.meta_analysis import combine_effects

from metrics.statistics.funnel import LIMITS, funnel
from tests.metrics.statistics.real_data import rates

MANY = pytest.mark.parametrize("name", ["cancer", "dd", "flchain", "lung", "senators", "visits"])
FEW = pytest.mark.parametrize("name", ["gbsg2", "larynx", "veterans", "waltons", "whas500"])
Z = {"95": 1.959963984540054, "998": 3.09}


def standardised(name: str) -> pl.DataFrame:
    rows = rates(name)
    usual = rows["events"].sum() / rows["exposure"].sum()
    return rows.select(observed="events", expected=pl.col("exposure") * usual)


def quantile(values: list[float], q: float) -> float:
    """Linear between the two nearest, as R's type 7."""
    ordered = sorted(values)
    place = q * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def plain(rows: pl.DataFrame) -> tuple[float, float, list[list[float]]]:
    """Phi, tau2 and the limits of each unit, step by step as published."""
    y = [sqrt(o / e) for o, e in rows.iter_rows()]
    s = [1 / (2 * sqrt(e)) for _, e in rows.iter_rows()]
    z = [(a - 1) / b for a, b in zip(y, s, strict=True)]
    low, high = quantile(z, 0.1), quantile(z, 0.9)
    z = [min(max(a, low), high) for a in z]
    n, w = len(z), [1 / b**2 for b in s]
    phi = sum(a * a for a in z) / n
    tau2 = max(0.0, (n * phi - (n - 1)) / (sum(w) - sum(a * a for a in w) / sum(w)))
    limits = []
    for b in s:
        wide = sqrt(b * b + tau2)
        limits.append(
            [
                limit
                for k in Z.values()
                for limit in (max(0, 1 - k * wide) ** 2, (1 + k * wide) ** 2)
            ]
        )
    return phi, tau2, limits


@MANY
def test_adjusted_limits_equal_plain_arithmetic(name, agree):
    rows = standardised(name)
    ours = funnel(rows)
    phi, tau2, limits = plain(rows)

    agree("funnel phi", "plain Python", ours["phi"].unique(), [phi], relative=True)
    agree("funnel tau2", "plain Python", ours["tau2"].unique(), [tau2])
    agree("funnel limits, adjusted", "plain Python", ours.select(LIMITS), limits)
    assert ours["adjusted"].all()
    assert ours.columns == [*rows.columns, "ratio", *LIMITS, "phi", "tau2", "adjusted", "position"]


@FEW
def test_limits_of_few_units_are_exact_and_say_so(name, agree):
    rows = standardised(name)
    ours = funnel(rows)
    e = rows["expected"].to_numpy()

    for level, tail in (("95", 0.025), ("998", 0.001)):
        low, high = chi2.ppf(tail, 2 * e) / 2 / e, chi2.ppf(1 - tail, 2 * e + 2) / 2 / e
        agree("funnel limits, exact", "scipy chi2", ours[f"lower_{level}"], low)
        agree("funnel limits, exact", "scipy chi2", ours[f"upper_{level}"], high)
    assert not ours["adjusted"].any()


@pytest.mark.parametrize("name", ["gbsg2", "larynx", "veterans", "waltons", "whas500"])
def test_spread_between_few_units_equals_dersimonian_and_laird(name, agree):
    rows = standardised(name).filter(pl.col("observed") > 0)
    # they measure from the mean and we from 1, so let the mean be 1
    y, w = np.sqrt(rows["observed"] / rows["expected"]), 4 * rows["expected"]
    rows = rows.with_columns(expected=pl.col("expected") * ((y * w).sum() / w.sum()) ** 2)
    roots = np.sqrt((rows["observed"] / rows["expected"]).to_numpy())

    oracle = combine_effects(roots, 1 / (4 * rows["expected"].to_numpy()), method_re="dl")

    ours = funnel(rows)["tau2"][0]
    agree("funnel tau2", "statsmodels DerSimonian-Laird", [ours], [max(0, oracle.tau2)])


def test_position_is_told_by_the_wider_limits():
    rows = pl.DataFrame({"observed": [100, 130, 140, 65, 75], "expected": [100.0] * 5})
    ours = funnel(rows)
    assert ours["upper_998"][0] == pytest.approx(chi2.ppf(0.999, 202) / 200)
    assert 1.2 < ours["upper_95"][0] < 1.3 < ours["upper_998"][0] < 1.4
    assert ours["position"].to_list() == [
        "as_expected",
        "as_expected",  # outside 95 % only
        "higher",
        "lower",
        "as_expected",
    ]


def test_none_at_all_can_be_no_surprise():
    of_few = pl.DataFrame({"observed": [0, 0, 12], "expected": [2.0, 30.0, 2.0]})
    assert funnel(of_few, fewest=10)["position"].to_list() == [None, "lower", "higher"]


def test_units_that_differ_anyway_widen_the_limits():
    alike = pl.DataFrame({"observed": [100] * 12, "expected": [100.0] * 12})
    apart = alike.with_columns(observed=pl.Series([60, 140] * 6))

    assert funnel(alike)["tau2"][0] == 0
    assert set(funnel(alike)["position"]) == {"as_expected"}
    assert funnel(apart)["tau2"][0] > 0.02
    assert set(funnel(apart)["position"]) == {"as_expected"}
    assert set(funnel(apart.head(2))["position"]) == {"higher", "lower"}  # exact limits


def test_one_outlier_among_many_does_not_hide_itself():
    rows = pl.DataFrame({"observed": [95, 105] * 6 + [170], "expected": [100.0] * 13})
    assert funnel(rows)["position"].to_list() == ["as_expected"] * 12 + ["higher"]


def test_units_without_expectation_do_not_count():
    rows = pl.DataFrame(
        {
            "observed": [100] * 9 + [3, None, 5, 1],
            "expected": [100.0] * 9 + [0.0, 100.0, None, float("nan")],
        }
    )
    ours = funnel(rows)
    assert not ours["adjusted"].any()
    assert ours[9:].select("ratio", *LIMITS, "position").null_count().unique().row(0) == (4,) * 6
    assert ours[:9]["position"].to_list() == ["as_expected"] * 9
    assert funnel(rows.clear()).is_empty()


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="rows: 1"):
        funnel(pl.DataFrame({"observed": [-1, 2], "expected": [1.0, 1.0]}))


def test_equal_units_lie_outside_no_more_often_than_stated():
    """1,000 runs of 13 equal units with Poisson counts."""
    rng = np.random.default_rng(11)
    expected = np.array([10, 12, 15, 18, 22, 27, 33, 40, 50, 65, 80, 110, 150.0])
    outside = 0
    for counts in rng.poisson(expected, (1000, 13)):
        told = funnel(pl.DataFrame({"observed": counts, "expected": expected}), fewest=10)
        outside += told["position"].ne("as_expected").sum()
    print(f"outside the 99.8 % limits: {outside / 13_000:.4f}, stated 0.0020")
    assert outside / 13_000 <= 0.002 + 4 * sqrt(0.002 * 0.998 / 13_000)


UNIT = st.tuples(
    st.none() | st.integers(0, 10**6), st.none() | st.floats(0, 1e6) | st.just(float("inf"))
)


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(st.lists(UNIT, max_size=14))
def test_any_counts_give_finite_limits_in_order(told):
    rows = pl.DataFrame(
        told, schema={"observed": pl.Int64, "expected": pl.Float64}, orient="row"
    ).filter(pl.col("expected").is_null() | (pl.col("expected") == 0) | (pl.col("expected") > 1e-6))

    ours = funnel(rows)

    for column in ours.select("ratio", *LIMITS, "phi", "tau2"):
        assert column.is_finite().all(), column.name  # null aside
    known = ours.filter(pl.col("ratio").is_not_null())
    inside = pl.all_horizontal(
        pl.col("lower_998") <= pl.col("lower_95"),
        pl.col("lower_95") <= 1,
        pl.col("upper_95") >= 1,
        pl.col("upper_998") >= pl.col("upper_95"),
    )
    assert known.filter(~inside).is_empty()
    assert known["position"].null_count() == 0
