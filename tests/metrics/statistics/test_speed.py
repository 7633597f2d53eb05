"""The speed ratio against Nelson-Aalen of lifelines and statsmodels, and a Poisson regression."""

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import NelsonAalenFitter
from scipy.stats import chi2
from statsmodels.duration.survfunc import SurvfuncRight

from metrics.statistics.log_rank import log_rank
from metrics.statistics.speed import speed_ratio
from tests.metrics.statistics.real_data import delayed, kinds

REAL = pytest.mark.parametrize("name", ["dd", "flchain", "gbsg2", "lung", "veterans", "whas500"])
DELAYED = pytest.mark.parametrize("name", ["aids", "gbsg2", "lung", "psychiatric"])
NUMBERS = ("expected", "ratio", "lower", "upper")
NOBODY_LEFT_OUT = 1.0


def hazards(rows: pl.DataFrame, of: pl.DataFrame) -> np.ndarray:
    """The hazard each of the rows went through, by the curve of lifelines for `of`."""
    oracle = NelsonAalenFitter(nelson_aalen_smoothing=False)
    curve = oracle.fit(of["days"].to_numpy(), of["closed"].to_numpy()).cumulative_hazard_
    place = np.searchsorted(curve.index.to_numpy(), rows["days"].to_numpy(), side="right") - 1
    return np.where(place >= 0, curve.to_numpy()[:, 0][np.maximum(place, 0)], 0)


@REAL
def test_expected_equals_the_summed_hazards_of_lifelines(name, agree):
    rows = kinds(name)
    ours = speed_ratio(rows, "group", "kind", largest_share=NOBODY_LEFT_OUT)

    expected = dict.fromkeys(ours["group"], 0.0)
    for _, cases in rows.group_by("kind"):
        for group, hazard in zip(cases["group"], hazards(cases, cases), strict=True):
            expected[group] += hazard

    agree("E, speed", "lifelines Nelson-Aalen", ours["expected"], list(expected.values()))
    assert not ours["leave_one_out"].any()
    assert ours["cases"].sum() == len(rows)
    assert ours["observed"].sum() == rows["closed"].sum()
    assert ours["expected"].sum() == pytest.approx(rows["closed"].sum(), rel=1e-12)


@REAL
def test_ratio_equals_poisson_regression_with_the_hazard_as_offset(name, agree):
    rows = kinds(name)
    parts = [
        cases.with_columns(hazard=pl.Series(hazards(cases, cases)))
        for _, cases in rows.group_by("kind")
    ]
    rows = pl.concat(parts).filter((pl.col("closed").sum() > 0).over("group"), pl.col("hazard") > 0)
    groups = rows.select("group").to_dummies()
    model = sm.GLM(
        rows["closed"].cast(int).to_numpy(),
        groups.to_numpy(),
        sm.families.Poisson(),
        offset=np.log(rows["hazard"].to_numpy()),
    )

    fitted = dict(zip(groups.columns, np.exp(model.fit(tol=1e-14).params), strict=True))

    ours = speed_ratio(kinds(name), "group", "kind", largest_share=NOBODY_LEFT_OUT)
    ours = ours.filter(pl.col("observed") > 0)
    theirs = [fitted[f"group_{group}"] for group in ours["group"]]
    agree("O/E, speed", "statsmodels GLM", ours["ratio"], theirs)


@REAL
def test_a_large_unit_is_compared_with_the_others_alone(name, agree):
    rows = kinds(name)
    ours = speed_ratio(rows, "group", "kind")

    for group, expected, told in ours.select("group", "expected", "leave_one_out").iter_rows():
        total, left_out = 0.0, False
        for _, cases in rows.group_by("kind"):
            own, others = cases.filter(group=group), cases.filter(pl.col("group") != group)
            if len(own) > len(cases) / 3:
                left_out = True
                total += hazards(own, others).sum() if len(others) else 0
            elif len(own):
                total += hazards(own, cases).sum()
        agree("E, speed, one left out", "lifelines Nelson-Aalen", [expected], [total])
        assert told == left_out


@DELAYED
def test_delayed_entry_equals_statsmodels(name, agree):
    rows = delayed(name).with_columns(group=pl.int_range(pl.len()) % 4)
    rows = rows.filter(pl.col("entry") < pl.col("days"))
    days, closed, entry = (rows[column].to_numpy() for column in ("days", "closed", "entry"))
    oracle = SurvfuncRight(days, closed.astype(int), entry=entry)
    steps = np.concatenate([[0], np.cumsum(oracle.n_events / oracle.n_risk)])

    def hazard(age: np.ndarray) -> np.ndarray:
        return steps[np.searchsorted(oracle.surv_times, age, side="right")]

    through = rows.with_columns(h=pl.Series(hazard(days) - hazard(entry)))
    theirs = through.group_by("group").agg(pl.sum("h")).sort("group")["h"]
    ours = speed_ratio(rows, "group", entry="entry")

    agree("E, speed, delayed entry", "statsmodels", ours["expected"], theirs)


def test_limits_equal_scipy(agree):
    ours = speed_ratio(kinds("dd"), "group", "kind", largest_share=NOBODY_LEFT_OUT)
    o, e = ours["observed"].to_numpy(), ours["expected"].to_numpy()
    agree("limits of O/E", "scipy chi2", ours["lower"], chi2.ppf(0.025, 2 * o) / 2 / e)
    agree("limits of O/E", "scipy chi2", ours["upper"], chi2.ppf(0.975, 2 * o + 2) / 2 / e)


def test_a_unit_alone_in_its_stratum_says_nothing():
    rows = pl.DataFrame(
        {
            "post": ["a", "a", "b"],
            "kind": ["x", "x", "y"],
            "days": [3, 5, 4],
            "closed": [True, False, True],
        }
    )
    ours = speed_ratio(rows, "post", "kind")
    assert ours.select("observed", *NUMBERS).unique().rows() == [(0, 0.0, None, None, None)]
    assert ours["leave_one_out"].all()
    assert ours["cases"].to_list() == [2, 1]


def test_closings_at_ages_that_others_never_reached_are_not_compared():
    """Half of the cases each, so each is left out; nobody but `slow` was open after day 10."""
    rows = pl.DataFrame(
        {
            "post": ["quick", "quick", "slow", "slow"],
            "days": [5, 10, 10, 300],
            "closed": [True, True, True, True],
        }
    )
    ours = speed_ratio(rows, "post")
    assert ours.select("post", "observed", "expected").rows() == [
        ("quick", 2, 0.5),  # day 5: none of 2 others; day 10: one of 2
        ("slow", 1, 2 * 0.5 + 2 * 1.0),  # day 5: one of 2 others; day 10: one of 1
    ]


def test_the_kind_may_be_part_of_the_unit():
    rows = kinds("gbsg2")
    ours = speed_ratio(rows, ["group", "kind"], "kind", largest_share=NOBODY_LEFT_OUT)
    assert ours.columns[:2] == ["group", "kind"]
    whole = speed_ratio(rows, "group", "kind", largest_share=NOBODY_LEFT_OUT)
    parts = ours.group_by("group").agg(pl.sum("expected")).sort("group")
    np.testing.assert_allclose(parts["expected"], whole["expected"], rtol=1e-12)


CASE = st.tuples(
    st.sampled_from(["a", "b", None]),
    st.sampled_from(["x", "y", None]),
    st.none() | st.integers(0, 6) | st.integers(0, 400),
    st.none() | st.booleans(),
    st.none() | st.integers(-5, 40),
)
SCHEMA = {"post": pl.String, "kind": pl.String, "days": pl.Int64, "closed": pl.Boolean}
SCHEMA |= {"entry": pl.Int64}


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(st.lists(CASE, max_size=25), st.sampled_from([None, "entry"]), st.permutations(range(25)))
def test_any_cases_give_finite_ratios_and_expect_what_was_observed(told, entry, order):
    rows = pl.DataFrame(told, schema=SCHEMA, orient="row")

    for share in (1 / 3, NOBODY_LEFT_OUT):
        ours = speed_ratio(rows, "post", "kind", entry=entry, largest_share=share)
        for column in NUMBERS:
            assert ours[column].is_finite().all(), column  # null aside
        assert ours["ratio"].is_null().equals(ours["expected"] == 0)
        assert ours["post"].equals(ours["post"].sort())
        shuffled = rows[[i for i in order if i < len(rows)]]
        again = speed_ratio(shuffled, "post", "kind", entry=entry, largest_share=share)
        assert again.equals(ours)
    assert ours["expected"].sum() == pytest.approx(ours["observed"].sum())
    test = log_rank(rows, "post", "kind", entry=entry)
    np.testing.assert_allclose(ours["expected"], test["expected"], atol=1e-12)
    assert ours["observed"].equals(test["observed"])


def test_negative_days_are_refused():
    with pytest.raises(ValueError, match="negative"):
        speed_ratio(pl.DataFrame({"post": ["a"], "days": [-1], "closed": [True]}), "post")
