"""Ranks of rates against counting in plain Python, and against exact probabilities."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from metrics.statistics.ranking import limits_of, ranks
from metrics.statistics.shrinkage import gamma_prior
from tests.metrics.statistics.real_data import rates

DRAWS = 20_000


def plain_ranks(draw: list[float]) -> list[float]:
    return [
        1 + sum(other < own for other in draw) + (sum(other == own for other in draw) - 1) / 2
        for own in draw
    ]


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=1, max_size=9
        )
    ),
    st.sampled_from([0, 0.1, 0.25, 0.5, 1]),
)
def test_ranks_equal_counting_one_by_one(draws, worst):
    told = ranks(np.array(draws, float), worst)

    ranked = [plain_ranks(draw) for draw in draws]
    members = len(draws[0])
    last = members - int(members * worst)
    for i, row in enumerate(told.iter_rows(named=True)):
        own = [draw[i] for draw in ranked]
        assert row["rank"] == pytest.approx(sum(own) / len(own))
        assert row["worst"] == pytest.approx(sum(rank > last for rank in own) / len(own))
        assert min(own) <= row["rank_lower"] <= row["rank_upper"] <= max(own)
    assert told["rank"].sum() == pytest.approx(members * (members + 1) / 2)


@pytest.mark.parametrize("name", ["cancer", "visits", "dd", "flchain"])
def test_expected_ranks_of_real_rates_are_sums_of_exact_probabilities(name, agree):
    rows = rates(name).head(60)
    [prior] = gamma_prior(rates(name)).rows(named=True)
    shape = rows["events"].to_numpy() + prior["shape"]
    weight = rows["exposure"].to_numpy() + prior["shape"] / prior["mean"]
    draws = np.random.default_rng(3).standard_gamma(shape, (DRAWS, len(shape))) / weight

    told = ranks(draws, 0.1)

    # of two gamma variables, the share of one in their sum has a beta distribution
    below = beta.cdf(weight[None] / (weight[None] + weight[:, None]), shape[None], shape[:, None])
    np.fill_diagonal(below, 0)
    expected = 1 + below.sum(axis=1)
    # a rank has a standard deviation of less than half the number of members
    within = 4 * len(shape) / 2 / DRAWS**0.5
    agree("expected rank, draws", "scipy beta cdf", told["rank"], expected, within=within)
    # the limits are whole ranks, the expected one is not
    assert (expected > told["rank_lower"].to_numpy() - 1).all()
    assert (expected < told["rank_upper"].to_numpy() + 1).all()


def test_the_worst_tenth_of_thirty_are_three_and_of_nine_none():
    for members, worst in ((30, 3), (29, 2), (10, 1), (9, 0), (1, 0)):
        told = ranks(np.arange(members, dtype=float)[None], 0.1)
        assert told["worst"].to_list() == [0.0] * (members - worst) + [1.0] * worst


def test_members_all_alike_share_the_middle_rank_and_nobody_is_worst():
    told = ranks(np.zeros((50, 20)), 0.1)
    assert told.unique().rows() == [(10.5, 10.5, 10.5, 0.0)]


def test_limits_hold_95_per_cent_of_the_draws(agree):
    draws = np.random.default_rng(4).standard_gamma([0.5, 3, 40], (4000, 3))
    for ours, share in zip(limits_of(draws), (0.025, 0.975), strict=True):
        oracle = np.quantile(draws, share, axis=0, method="nearest")
        agree("limits of draws", "numpy quantile", ours, oracle)
    assert [limit.tolist() for limit in limits_of(np.array([[3.0]]))] == [[3], [3]]


def test_nobody_has_no_rank_and_a_share_above_one_is_refused():
    assert ranks(np.zeros((5, 0)), 0.1).shape == (0, 4)
    assert set(ranks(np.zeros((5, 0)), 0.1).dtypes) == {pl.Float64}
    with pytest.raises(ValueError, match="share"):
        ranks(np.zeros((5, 3)), 10)
