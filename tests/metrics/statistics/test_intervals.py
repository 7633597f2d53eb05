"""Exact rates and Wilson shares, against scipy and statsmodels."""

import numpy as np
import polars as pl
import pytest
from scipy.stats import beta, chi2
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from metrics.statistics.intervals import poisson_rate, poisson_ratio, wilson
from tests.metrics.statistics.real_data import rates, shares


@pytest.mark.parametrize("name", ["cancer", "visits", "dd", "lung", "flchain", "senators"])
def test_rate_and_limits_equal_chi_square_form_and_statsmodels(name, agree):
    rows = rates(name)
    events, exposure = rows["events"].to_numpy(), rows["exposure"].to_numpy()

    ours = poisson_rate(rows)

    agree("poisson_rate", "events / exposure", ours["rate"], 1000 * events / exposure)
    lower = np.where(events > 0, chi2.ppf(0.025, 2 * events) / 2, 0)
    upper = chi2.ppf(0.975, 2 * events + 2) / 2
    agree(
        "poisson_rate limits, relative",
        "scipy chi2",
        1 + ours["lower"],
        1 + 1000 * lower / exposure,
        relative=True,
    )
    agree(
        "poisson_rate limits, relative",
        "scipy chi2",
        ours["upper"],
        1000 * upper / exposure,
        relative=True,
    )
    lower, upper = confint_poisson(events, exposure, method="exact-c")
    lower = np.where(events > 0, lower, 0)  # statsmodels has NaN
    agree("poisson_rate limits, per 1", "statsmodels exact-c", ours["lower"] / 1000, lower)
    agree("poisson_rate limits, per 1", "statsmodels exact-c", ours["upper"] / 1000, upper)


def test_no_events_have_an_upper_limit():
    rate = poisson_rate(pl.DataFrame({"events": [0], "exposure": [1000]}))

    assert rate.row(0) == (0, 1000, 0.0, 0.0, pytest.approx(3.6888794541))


@pytest.mark.parametrize("exposure", [0.0, None, float("nan"), float("inf")])
def test_rate_over_no_exposure_is_null(exposure):
    rate = poisson_rate(pl.LazyFrame({"events": [3], "exposure": [exposure]}))

    assert rate.select("rate", "lower", "upper").row(0) == (None, None, None)


def test_unknown_events_give_no_rate_and_the_unit_can_be_chosen():
    rows = pl.DataFrame({"post": ["a", "b"], "n": [None, 20], "workers": [50, 400]})

    assert poisson_rate(rows, "n", "workers", per=100)["rate"].to_list() == [None, 5.0]


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match=r"negative events or exposure \(rows: 2\)"):
        poisson_rate(pl.DataFrame({"events": [-1, 1, 1], "exposure": [1, -1, 1]}))


@pytest.mark.parametrize("name", ["star98", "dd", "senators", "lung", "whas500"])
def test_ratio_and_limits_equal_clopper_and_pearson(name, agree):
    rows = shares(name).select(
        numerator="successes", denominator=pl.col("trials") - pl.col("successes")
    )
    x, y = rows["numerator"].to_numpy(), rows["denominator"].to_numpy().astype(float)
    y[y == 0] = np.nan

    ours = poisson_ratio(rows)

    agree("poisson_ratio", "x / y", ours["ratio"], x / y)
    low = np.where(x > 0, beta.ppf(0.025, np.maximum(x, 1), y + 1), 0 * y)
    # the upper limit of p, from the side of 1 - p: p itself is too close to 1
    rest = beta.ppf(0.025, y, x + 1)
    agree("poisson_ratio limits", "scipy beta", ours["lower"], low / (1 - low))
    agree(
        "poisson_ratio limits, relative",
        "scipy beta",
        ours["upper"],
        (1 - rest) / rest,
        relative=True,
    )
    high = beta.ppf(0.975, x + 1, y)
    agree(
        "poisson_ratio limits, as shares", "scipy beta", ours["upper"] / (1 + ours["upper"]), high
    )


def test_a_ratio_to_nothing_is_null_and_a_ratio_of_nothing_has_an_upper_limit():
    rows = poisson_ratio(pl.DataFrame({"numerator": [0, 0, 9, None], "denominator": [0, 9, 0, 9]}))

    assert rows["ratio"].to_list() == [None, 0.0, None, None]
    assert rows["lower"].to_list() == [None, 0.0, None, None]
    # of none in nine, p has the upper limit 1 - 0.025 ** (1 / 9)
    assert rows["upper"].to_list() == [None, pytest.approx(0.025 ** (-1 / 9) - 1), None, None]


def test_negative_counts_make_no_ratio():
    with pytest.raises(ValueError, match=r"negative counts \(rows: 1\)"):
        poisson_ratio(pl.DataFrame({"numerator": [-1, 1], "denominator": [1, 1]}))


@pytest.mark.parametrize("name", ["star98", "dd", "senators", "lung", "whas500"])
def test_wilson_limits_equal_statsmodels(name, agree):
    rows = shares(name)

    ours = wilson(rows)

    lower, upper = proportion_confint(
        rows["successes"].to_numpy(), rows["trials"].to_numpy(), method="wilson"
    )
    agree("wilson", "statsmodels", ours["lower"], lower)
    agree("wilson", "statsmodels", ours["upper"], upper)


def test_share_of_nothing_is_null_and_certain_shares_end_at_the_edge():
    rows = wilson(pl.DataFrame({"successes": [0, 0, 9, None], "trials": [0, 9, 9, 9]}))

    assert rows["share"].to_list() == [None, 0.0, 1.0, None]
    assert rows["lower"].to_list() == [None, 0.0, pytest.approx(0.7008549), None]
    assert rows["upper"].to_list() == [None, pytest.approx(0.2991451), 1.0, None]


@pytest.mark.parametrize("successes", [-1, 4])
def test_impossible_shares_are_refused(successes):
    with pytest.raises(ValueError, match="successes must lie between 0 and trials"):
        wilson(pl.DataFrame({"successes": [successes], "trials": [3]}))


def test_nothing_gives_nothing():
    assert poisson_rate(pl.DataFrame({"events": [], "exposure": []})).shape == (0, 5)
    assert wilson(pl.DataFrame({"successes": [], "trials": []})).shape == (0, 5)
    assert poisson_ratio(pl.DataFrame({"numerator": [], "denominator": []})).shape == (0, 5)
