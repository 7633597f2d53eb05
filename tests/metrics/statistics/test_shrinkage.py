"""Shrunk rates against statsmodels' negative binomial, and moments against plain Python."""

import numpy as np
import polars as pl
import pytest
from scipy.stats import gamma
from statsmodels.discrete.discrete_model import NegativeBinomial

from metrics.statistics.shrinkage import beta_binomial_prior, gamma_poisson, gamma_prior
from tests.metrics.statistics.real_data import rates, shares


def posterior(events, exposure, mean, shape):
    return gamma(events + shape, scale=1 / (exposure + shape / mean))


@pytest.mark.parametrize("name", ["cancer", "visits", "dd", "flchain"])
def test_rates_equal_statsmodels_negative_binomial(name, agree):
    rows = rates(name)
    y, e = rows["events"].to_numpy(), rows["exposure"].to_numpy().astype(float)
    model = NegativeBinomial(y, np.ones_like(e), exposure=e / e.mean())
    # its Newton steps run away from afar, so a slow and safe search goes first
    near = model.fit([np.log(y.mean()), 0.5], method="nm", maxiter=500, disp=False)
    fit = model.fit(near.params, method="newton", maxiter=200, tol=1e-12, disp=False)
    mean, shape = np.exp(fit.params[0]) / e.mean(), 1 / fit.params[1]

    ours = gamma_poisson(rows, per=1)

    theirs = posterior(y, e, mean, shape)
    for column, oracle in (
        ("expected", mean * e),
        ("rate", theirs.mean()),
        ("lower", theirs.ppf(0.025)),
        ("upper", theirs.ppf(0.975)),
    ):
        agree(
            f"gamma_poisson {column}, relative",
            "statsmodels NB",
            ours[column],
            oracle,
            within=1e-5,
            relative=True,
        )


@pytest.mark.parametrize("name", ["gbsg2", "veterans", "whas500", "dd"])
def test_few_agencies_are_fitted_by_moments(name, agree):
    rows = rates(name).head(6)
    y, e = rows["events"].to_list(), rows["exposure"].to_list()
    mean = sum(y) / sum(e)
    spread = sum(n * (k / n - mean) ** 2 for k, n in zip(y, e, strict=True)) / sum(e)
    variance = max(0, spread - mean / (sum(e) / len(e)))

    ours = gamma_poisson(rows, per=1)

    marshall = [
        mean + variance / (variance + mean / n) * (k / n - mean) for k, n in zip(y, e, strict=True)
    ]
    agree("gamma_poisson, few agencies", "Marshall 1991 by hand", ours["rate"], marshall)


@pytest.mark.parametrize("name", ["lung", "senators"])
def test_agencies_alike_but_for_chance_share_one_rate_and_get_no_grade(name):
    # by institution or province they differ less than a Poisson distribution would have it
    ours = gamma_poisson(rates(name))

    assert len(ours) >= 10
    total = 1000 * ours["events"].sum() / ours["exposure"].sum()
    assert ours["rate"].to_list() == pytest.approx([total] * len(ours))
    assert not ours["gradable"].any()
    assert (ours["lower"] < total).all()
    assert (ours["upper"] > total).all()


def test_small_agencies_are_drawn_to_the_mean_and_not_graded():
    big = [0, 2, 5, 9, 15, 22, 30, 41, 55, 70, 3, 1]
    rows = pl.DataFrame({"events": [*big, 1], "exposure": [*[1000] * len(big), 10]})

    rated = gamma_poisson(rows)

    small = rated.row(-1, named=True)
    assert small["rate"] < 50 < 100  # one complaint on ten placements is 100 per 1,000
    assert small["lower"] < small["rate"] < small["upper"]
    assert rated["gradable"].to_list() == [True] * len(big) + [False]


def test_no_complaints_anywhere_is_a_rate_of_zero_with_an_upper_limit():
    rated = gamma_poisson(pl.DataFrame({"events": [0, 0], "exposure": [400, 600]}))

    assert rated.select("expected", "rate", "lower").rows() == [(0, 0, 0)] * 2
    assert rated["upper"].to_list() == pytest.approx([3.6888794541] * 2)
    assert not rated["gradable"].any()


@pytest.mark.parametrize("exposure", [0, None, float("nan")])
def test_agency_without_exposure_has_no_rate_and_changes_nothing(exposure):
    others = pl.DataFrame({"events": [1, 9, 30], "exposure": [500.0, 500.0, 500.0]})
    idle = pl.DataFrame({"events": [7], "exposure": [exposure]}, schema=others.schema)

    rated = gamma_poisson(pl.concat([others, idle]).lazy())

    assert rated.head(3).equals(gamma_poisson(others))
    assert rated.row(3)[2:] == (None, None, None, None, False)


def test_nothing_gives_nothing_and_negative_counts_are_refused():
    assert gamma_poisson(pl.DataFrame({"events": [], "exposure": []})).shape == (0, 7)
    with pytest.raises(ValueError, match="negative events or exposure"):
        gamma_poisson(pl.DataFrame({"events": [-1], "exposure": [10]}))


@pytest.mark.parametrize("names", [("cancer", "visits", "dd"), ("gbsg2", "veterans", "lung")])
def test_priors_of_many_groups_together_are_those_of_each_alone(names, agree):
    together = gamma_prior(
        pl.concat(rates(name).cast(pl.Float64).with_columns(group=pl.lit(name)) for name in names),
        ["group"],
    )
    for name in names:
        [alone] = gamma_prior(rates(name)).rows(named=True)
        [one] = together.filter(group=name).rows(named=True)
        assert one["members"] == alone["members"] == rates(name).height
        for value in ("mean", "shape"):
            assert (one[value] is None) == (alone[value] is None)
            if alone[value] is not None:
                agree(
                    f"gamma_prior {value}, relative",
                    "each group alone",
                    [one[value]],
                    [alone[value]],
                    within=1e-6,
                    relative=True,
                )


@pytest.mark.parametrize("name", ["cancer", "visits", "dd", "flchain"])
def test_rates_follow_from_the_prior(name, agree):
    [prior] = gamma_prior(rates(name)).rows(named=True)
    rows = rates(name)
    mean = (rows["events"] + prior["shape"]) / (rows["exposure"] + prior["shape"] / prior["mean"])
    agree("gamma_prior, posterior mean", "gamma_poisson", gamma_poisson(rows, per=1)["rate"], mean)


def test_groups_without_members_or_events_have_no_spread():
    told = gamma_prior(
        pl.DataFrame(
            {"g": ["a", "b", "b", None], "events": [1, 0, 0, 3], "exposure": [0, 5, 5, 6]}
        ),
        ["g"],
    )
    assert told.rows() == [(None, 1, 0.5, None), ("a", 0, None, None), ("b", 2, 0.0, None)]
    assert gamma_prior(pl.DataFrame({"events": [], "exposure": []})).rows() == [(0, None, None)]


@pytest.mark.parametrize("name", ["star98", "lung", "senators", "dd"])
def test_size_of_a_beta_prior_equals_moments_by_hand(name, agree):
    rows = shares(name)
    p = rows["successes"].sum() / rows["trials"].sum()

    told = beta_binomial_prior(rows.with_columns(share=p, all=pl.lit("x")), ["all"])

    excess = pairs = 0
    for x, n in rows.select("successes", "trials").iter_rows():
        excess += (x - n * p) ** 2 - n * p * (1 - p)
        pairs += n * (n - 1) * p * (1 - p)
    size = rows["trials"].sum() if excess <= 0 else pairs / excess - 1
    size = min(max(size, 1), rows["trials"].sum())
    assert told["members"].to_list() == [rows.filter(pl.col("trials") > 0).height]
    agree("beta_binomial_prior, relative", "moments by hand", told["size"], [size], relative=True)


@pytest.mark.parametrize("size", [2, 8, 40])
def test_size_of_a_beta_prior_is_found_again(size):
    rng = np.random.default_rng(7)
    trials = rng.integers(5, 60, 5000)
    share = rng.choice([0.4, 0.7], 5000)
    successes = rng.binomial(trials, rng.beta(size * share, size * (1 - share)))
    told = beta_binomial_prior(
        pl.DataFrame({"successes": successes, "trials": trials, "share": share})
    )
    assert told["size"][0] == pytest.approx(size, rel=0.1)


def test_members_that_cannot_tell_give_no_size():
    columns = ("successes", "trials", "share")
    for rows in ([], [(1, 1, 0.5)], [(3, 3, 1.0), (2, 2, 1.0)], [(None, 2, 0.5), (0, 0, 0.5)]):
        frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.Float64), orient="row")
        assert beta_binomial_prior(frame)["size"].to_list() == [None]
