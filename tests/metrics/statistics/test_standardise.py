"""Indirect standardisation against a Poisson regression, exact fractions and scipy."""

from collections import defaultdict
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from metrics.statistics.standardise import indirect
from tests.metrics.statistics.real_data import kinds

REAL = pytest.mark.parametrize("name", ["dd", "flchain", "gbsg2", "lung", "veterans", "whas500"])
SOME = settings(max_examples=60, derandomize=True, database=None, deadline=None)
RESULT = ["observed", "expected", "ratio", "lower", "upper"]


def counted(name: str) -> pl.DataFrame:
    return (
        kinds(name)
        .group_by("group", "kind")
        .agg(cases=pl.len(), hits=pl.col("closed").sum())
        .sort("group", "kind")
    )


def exact(parts: pl.DataFrame) -> dict[str, tuple[Fraction, Fraction]]:
    cases, hits = defaultdict(int), defaultdict(int)
    for _, kind, n, x in parts.iter_rows():
        cases[kind] += n
        hits[kind] += x
    observed, expected = defaultdict(Fraction), defaultdict(Fraction)
    for group, kind, n, x in parts.iter_rows():
        observed[group] += x
        expected[group] += n * Fraction(hits[kind], cases[kind])
    return {group: (observed[group], expected[group]) for group in sorted(observed)}


@REAL
def test_observed_and_expected_equal_exact_fractions(name, agree):
    ours, oracle = indirect(counted(name), "group", "kind"), exact(counted(name))

    assert ours["group"].to_list() == list(oracle)
    agree("O, standardised", "exact fractions", ours["observed"], [o for o, _ in oracle.values()])
    agree("E, standardised", "exact fractions", ours["expected"], [e for _, e in oracle.values()])
    assert ours["expected"].sum() == pytest.approx(ours["observed"].sum(), rel=1e-12)


@REAL
def test_ratio_equals_poisson_regression_with_the_expected_as_offset(name, agree):
    parts = counted(name).with_columns(
        e=pl.col("cases") * (pl.col("hits").sum() / pl.col("cases").sum()).over("kind")
    )
    # the maximum of a group without hits lies at minus infinity
    parts = parts.filter(pl.col("hits").sum().over("group") > 0)
    dummies = parts.select("group").to_dummies().to_numpy()
    offset = np.log(parts["e"].to_numpy())
    model = sm.GLM(parts["hits"].to_numpy(), dummies, sm.families.Poisson(), offset=offset)

    fitted = np.exp(model.fit(tol=1e-14).params)

    ours = indirect(counted(name), "group", "kind").filter(pl.col("observed") > 0)
    agree("O/E, standardised", "statsmodels GLM", ours["ratio"], fitted)


@REAL
def test_limits_equal_scipy(name, agree):
    ours = indirect(counted(name), "group", "kind")
    o, e = ours["observed"].to_numpy(), ours["expected"].to_numpy()
    lower = np.where(o > 0, chi2.ppf(0.025, 2 * np.maximum(o, 0.5)) / 2, 0)
    agree("limits of O/E", "scipy chi2", ours["lower"], lower / e)
    agree("limits of O/E", "scipy chi2", ours["upper"], chi2.ppf(0.975, 2 * o + 2) / 2 / e)


def test_limits_are_byars_to_a_fifth_of_a_per_cent_from_ten_hits_on():
    hits = np.arange(10, 200)
    parts = pl.DataFrame({"post": hits.astype(str), "kind": "x", "cases": 1000, "hits": hits})
    ours = indirect(parts, "post", "kind").sort("observed")
    o, e, z = ours["observed"].to_numpy(), ours["expected"].to_numpy(), 1.959963984540054
    lower = o * (1 - 1 / (9 * o) - z / (3 * np.sqrt(o))) ** 3 / e
    upper = (o + 1) * (1 - 1 / (9 * (o + 1)) + z / (3 * np.sqrt(o + 1))) ** 3 / e
    np.testing.assert_allclose(ours["lower"], lower, rtol=0.002)
    np.testing.assert_allclose(ours["upper"], upper, rtol=0.002)


def test_parts_told_twice_are_summed_and_several_strata_are_crossed():
    once = pl.DataFrame(
        {
            "post": ["a", "a", "b", "b"],
            "kind": ["x", "y", "x", "y"],
            "level": [1, 1, 1, 2],
            "cases": [10, 20, 30, 40],
            "hits": [5, 2, 9, 30],
        }
    )
    half = once.with_columns(pl.col("cases", "hits") / 2)

    crossed = indirect(once, "post", ["kind", "level"])

    assert indirect(pl.concat([half, half]), "post", ["kind", "level"]).equals(crossed)
    assert indirect(once.lazy(), ["post"], ("kind", "level")).equals(crossed)
    # y of level 1 and 2 are different kinds: each post alone, so as expected
    assert crossed["expected"].to_list() == [pytest.approx(10 * 14 / 40 + 2), 30 * 14 / 40 + 30]


def test_where_nothing_is_expected_there_is_no_ratio():
    parts = pl.DataFrame({"post": ["a", "b"], "kind": ["x", "y"], "cases": [5, 0], "hits": [0, 0]})
    ours = indirect(parts, "post", "kind")
    assert ours.rows() == [("a", 0, 0, None, None, None), ("b", 0, 0, None, None, None)]


def test_a_harder_mix_alone_makes_no_post_lower():
    """A has the hard cases; within each kind all posts are alike."""
    parts = pl.DataFrame(
        {
            "post": ["A", "A", "B", "B"],
            "kind": ["hard", "easy", "hard", "easy"],
            "cases": [90, 10, 10, 90],
            "hits": [9, 9, 1, 81],
        }
    )
    assert indirect(parts, "post", "kind")["ratio"].to_list() == [pytest.approx(1)] * 2


def test_rows_in_which_a_number_is_missing_do_not_count():
    parts = pl.DataFrame(
        {
            "post": ["a", "a", "b", "c"],
            "kind": ["x"] * 4,
            "cases": [10, None, 10, 5],
            "hits": [4, 3, 6, None],
        }
    )
    ours = indirect(parts, "post", "kind")
    assert ours["observed"].to_list() == [4, 6, 0]
    assert ours["expected"].to_list() == [5, 5, 0]
    assert ours["ratio"].to_list() == [0.8, 1.2, None]


@pytest.mark.parametrize(("cases", "hits"), [(-1, 0), (1, -1), (0, 1)])
def test_impossible_numbers_are_refused(cases, hits):
    parts = pl.DataFrame({"post": ["a"], "kind": ["x"], "cases": [cases], "hits": [hits]})
    with pytest.raises(ValueError, match="rows: 1"):
        indirect(parts, "post", "kind")


PART = st.tuples(
    st.sampled_from(["a", "b", None]),
    st.sampled_from(["x", "y", None]),
    st.none() | st.integers(1, 50),
    st.none() | st.integers(0, 50),
)


@SOME
@given(st.lists(PART, max_size=12), st.permutations(range(12)))
def test_any_parts_give_finite_ratios_whose_expected_sum_to_the_observed(told, order):
    schema = {"post": pl.String, "kind": pl.String, "cases": pl.Int64, "hits": pl.Int64}
    parts = pl.DataFrame(told, schema=schema, orient="row")

    ours = indirect(parts, "post", "kind")

    assert ours.columns == ["post", *RESULT]
    assert ours["post"].to_list() == parts["post"].unique().sort().to_list()
    for column in ours.select(RESULT):
        assert column.is_finite().all(), column.name  # null aside
    assert ours["expected"].sum() == pytest.approx(ours["observed"].sum())
    assert ours["ratio"].is_null().equals(ours["expected"] == 0)
    assert ours.filter(~pl.col("ratio").is_between("lower", "upper")).is_empty()
    shuffled = parts[[i for i in order if i < len(parts)]]
    assert indirect(shuffled, "post", "kind").equals(ours)
