"""The stratified log-rank test against lifelines and statsmodels, and by chance alone."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines.statistics import logrank_test
from scipy.stats import norm
from statsmodels.duration.survfunc import survdiff

from metrics.statistics.log_rank import log_rank
from tests.metrics.statistics.real_data import delayed, durations, kinds

RESULT = ("observed", "expected", "variance", "z", "p_value", "comparability")
PLAIN = pytest.mark.parametrize(
    "name", ["dd", "gbsg2", "larynx", "lung", "senators", "veterans", "waltons", "whas500"]
)
STRATIFIED = pytest.mark.parametrize("name", ["dd", "gbsg2", "lung", "veterans", "whas500"])
DELAYED = pytest.mark.parametrize("name", ["aids", "gbsg2", "lung", "psychiatric"])


def arrays(rows: pl.DataFrame, group: str, *columns: str) -> list[np.ndarray]:
    told = rows.with_columns(
        own=(pl.col("group") == group).cast(int), end=pl.col("closed").cast(int)
    )
    return [told[column].to_numpy() for column in ("days", "end", "own", *columns)]


@PLAIN
def test_each_against_the_others_equals_lifelines(name, agree):
    rows = durations(name)
    ours = log_rank(rows, "group").filter(pl.col("z").is_not_null())

    for group, z, p_value in ours.select("group", "z", "p_value").iter_rows():
        days, end, own = arrays(rows, group)
        other = own == 0
        oracle = logrank_test(days[~other], days[other], end[~other], end[other])
        agree("log-rank z^2", "lifelines", [z**2], [oracle.test_statistic])
        agree("log-rank p", "lifelines", [p_value], [oracle.p_value])


@STRATIFIED
def test_stratified_equals_statsmodels(name, agree):
    rows = kinds(name)
    ours = log_rank(rows, "group", "kind").filter(pl.col("z").is_not_null())

    for group, z, p_value in ours.select("group", "z", "p_value").iter_rows():
        # statsmodels cannot do strata that lack one of the two sides; they add nothing
        both = (pl.col("group") == group).any() & (pl.col("group") != group).any()
        days, end, own, kind = arrays(rows.filter(both.over("kind")), group, "kind")
        statistic, p = survdiff(days, end, own, strata=kind)
        agree("log-rank z^2, stratified", "statsmodels", [z**2], [statistic])
        agree("log-rank p, stratified", "statsmodels", [p_value], [p])


@DELAYED
def test_delayed_entry_equals_statsmodels(name, agree):
    rows = delayed(name).with_columns(group=(pl.int_range(pl.len()) % 3).cast(pl.String))
    ours = log_rank(rows, "group", entry="entry")

    seen = rows.filter(pl.col("entry") < pl.col("days"))
    for group, z in ours.select("group", "z").iter_rows():
        days, end, own, entry = arrays(seen, group, "entry")
        statistic, _ = survdiff(days, end, own, entry=entry)
        agree("log-rank z^2, delayed entry", "statsmodels", [z**2], [statistic])


def test_a_faster_unit_has_a_positive_z():
    rows = pl.DataFrame(
        {
            "post": ["fast"] * 20 + ["slow"] * 20,
            "days": [*range(1, 21), *range(21, 41)],
            "closed": [True] * 40,
        }
    )
    fast, slow = log_rank(rows, "post")["z"]
    assert fast == pytest.approx(-slow)
    assert fast > 3


def test_the_risk_set_of_a_unit_is_asked_at_the_ages_of_others_too():
    """`a` sees nothing end, and yet its two cases could have, on days 2 and 4."""
    rows = pl.DataFrame(
        {"post": ["a", "a", "b", "b"], "days": [3, 9, 2, 4], "closed": [False, False, True, True]}
    )
    assert log_rank(rows, "post")["expected"].to_list() == pytest.approx([2 / 4 + 1 / 2, 1])


def test_what_only_one_unit_has_adds_nothing_and_is_told():
    rows = pl.DataFrame(
        {
            "post": ["a", "a", "a", "b", "c"],
            "kind": ["x", "own", "own", "x", "y"],
            "days": [3, 5, 6, 4, 9],
            "closed": [True, True, True, True, False],
        }
    )
    ours = log_rank(rows, "post", "kind")
    assert ours["comparability"].to_list() == [pytest.approx(1 / 3), 1, 0]
    assert ours["variance"].to_list() == [0.25, 0.25, 0]
    assert ours.row(2) == ("c", 0, 0, 0, None, None, 0)
    # its own two are expected for certain
    assert ours["observed"][0] - ours["expected"][0] == pytest.approx(0.5)


def test_a_unit_that_closed_nothing_is_comparable_by_its_cases():
    rows = pl.DataFrame(
        {
            "post": ["a", "a", "b"],
            "kind": ["x", "own", "x"],
            "days": [9, 9, 4],
            "closed": [False, False, True],
        }
    )
    assert log_rank(rows, "post", "kind")["comparability"].to_list() == [0.5, 1]


def test_equal_units_are_told_apart_no_more_often_than_stated():
    """1,000 runs of 13 units of very different sizes and mixes, with weekly ages and delays.

    Where less than 10 closings are expected, z is too skew for the normal distribution.
    """
    rng = np.random.default_rng(7)
    sizes = np.array([8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150])
    unit = np.tile(np.repeat(np.arange(13), sizes), 1000)
    run = np.repeat(np.arange(1000), sizes.sum())
    mix = rng.dirichlet([0.7] * 4, 13).cumsum(axis=1)
    kind = (rng.random(len(unit))[:, None] > mix[unit]).sum(axis=1).clip(0, 3)
    lasting = rng.exponential(np.array([3, 8, 20, 60])[kind]) // 1
    followed = rng.integers(0, 52, len(unit))
    frame = pl.DataFrame(
        {
            "unit": run * 13 + unit,
            "stratum": run * 4 + kind,
            "days": np.minimum(lasting, followed).astype(np.int64),
            "closed": lasting <= followed,
            "entry": np.where(unit % 3 == 0, 2, 0),
        }
    )

    ours = log_rank(frame, "unit", "stratum", entry="entry")

    z = ours.filter(pl.col("expected") >= 10)["z"].to_numpy()
    assert len(z) > 8_000
    for limit in (1.96, 2.576, 3.09):
        stated = 2 * norm.sf(limit)
        found = np.mean(np.abs(z) > limit)
        print(f"log-rank beyond {limit}: {found:.4f}, stated {stated:.4f}")
        assert found <= stated + 4 * np.sqrt(stated * (1 - stated) / len(z))
    over_runs = (
        ours.group_by(pl.col("unit") % 13)
        .agg(excess=(pl.col("observed") - pl.col("expected")).sum(), variance=pl.sum("variance"))
        .select(pl.col("excess") / pl.col("variance").sqrt())
    )
    assert (over_runs.to_series().abs() < 4).all()  # unbiased for small and large alike
    assert np.var(z) == pytest.approx(1, abs=0.05)


CASE = st.tuples(
    st.sampled_from(["a", "b", "c", None]),
    st.sampled_from(["x", "y", None]),
    st.none() | st.integers(0, 6) | st.integers(0, 400),
    st.none() | st.booleans(),
    st.none() | st.integers(-5, 40),
)
SCHEMA = {"post": pl.String, "kind": pl.String, "days": pl.Int64, "closed": pl.Boolean}
SCHEMA |= {"entry": pl.Int64}


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(st.lists(CASE, max_size=25), st.sampled_from([None, "entry"]))
def test_any_cases_give_finite_results(told, entry):
    rows = pl.DataFrame(told, schema=SCHEMA, orient="row")

    ours = log_rank(rows, "post", "kind", entry=entry)

    assert ours.columns == ["post", *RESULT]
    for column in ours.select(pl.selectors.float()):
        assert column.is_finite().all(), column.name  # null aside
    assert ours["z"].is_null().equals(ours["variance"] == 0)
    assert ours["p_value"].drop_nulls().is_between(0, 1).all()
    assert ours["comparability"].is_between(0, 1).all()
    assert ours["expected"].sum() == pytest.approx(ours["observed"].sum())


def test_all_open_or_all_tied_gives_no_test():
    same = {"post": ["a", "b"], "days": [5, 5]}
    for closed in ([False, False], [True, True]):
        ours = log_rank(pl.DataFrame(same | {"closed": closed}), "post")
        assert ours["z"].to_list() == [None, None]


def test_negative_days_are_refused():
    with pytest.raises(ValueError, match="negative"):
        log_rank(pl.DataFrame({"post": ["a"], "days": [-1], "closed": [True]}), "post")
