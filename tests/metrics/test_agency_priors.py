"""How agencies are drawn to their peers, against the published fit of one class."""

import numpy as np
import polars as pl
import pytest

from metrics.agencies.priors import with_posteriors
from metrics.policy.agencies import PSEUDO
from metrics.statistics.shrinkage import gamma_poisson
from tests.metrics.made_agencies import made

CASES = [0, 2, 5, 9, 15, 22, 1, 0, 3, 40, 2, 7]
PLACED = [500, 900, 1000, 800, 2000, 1500, 100, 40, 700, 2600, 300, 1200]
RATE = sum(CASES) / sum(PLACED)


def known(told: pl.DataFrame, urgency: str) -> list[float]:
    return (told[f"{urgency}_shape"] / told[f"{urgency}_workers"]).to_list()


def test_ten_peers_are_fitted_and_agree_with_the_public_fit(agree):
    peers = made(12, moderate=CASES, placed=PLACED, peer_moderate=RATE, peer_severe=0.0)
    told = with_posteriors(peers)

    fit = gamma_poisson(pl.DataFrame({"events": CASES, "exposure": PLACED}), per=1)
    agree(
        "agency rate of a class", "gamma_poisson", known(told, "moderate"), fit["rate"], within=1e-7
    )
    assert known(told, "severe") == [0] * 12  # nobody had any
    assert known(told, "minor") == [0] * 12  # expected from others, but nobody had any
    assert told["distinguishable"].all()
    assert told["expected"].to_list() == pytest.approx(fit["expected"].to_list())


def test_what_is_known_does_not_depend_on_the_unit_of_what_is_expected():
    one, other = (
        with_posteriors(made(12, moderate=CASES, placed=PLACED, peer_moderate=rate))
        for rate in (RATE, 7 * RATE)
    )
    assert known(one, "moderate") == pytest.approx(known(other, "moderate"), rel=1e-6)


def test_a_few_of_another_employer_type_take_the_whole_post_as_peers(agree):
    kinds = ["PS"] * 10 + ["BH"] * 2
    rates = [RATE] * 10 + [3 * RATE] * 2
    told = with_posteriors(
        made(12, moderate=CASES, placed=PLACED, main_employer=kinds, peer_moderate=rates)
    )

    def posterior(members: slice) -> np.ndarray:
        expected = np.array(PLACED[members]) * rates[members]
        fit = gamma_poisson(pl.DataFrame({"events": CASES[members], "exposure": expected}), per=1)
        return fit["rate"].to_numpy() * rates[members]

    mine = known(told, "moderate")
    what = "agency rate of a class, mixed post"
    agree(what, "gamma_poisson of the type", mine[:10], posterior(slice(10)), within=1e-7)
    agree(what, "gamma_poisson of the post", mine[10:], posterior(slice(12))[10:], within=1e-7)


@pytest.mark.parametrize("idle", [0, 3])
def test_with_nine_peers_the_pseudo_workers_of_the_policy_stay(idle):
    placed = PLACED[:9] + [0] * idle  # who placed nobody is no peer
    told = with_posteriors(
        made(9 + idle, moderate=CASES[: 9 + idle], placed=placed, peer_moderate=RATE)
    )
    pseudo = PSEUDO.value["workers"]
    assert known(told, "moderate") == pytest.approx(
        [(y + pseudo * RATE) / (e + pseudo) for y, e in zip(CASES, placed, strict=False)]
    )
    assert told["distinguishable"].all()


def test_one_who_placed_nobody_changes_nothing_for_the_others():
    peers = made(12, moderate=CASES, placed=PLACED, peer_moderate=RATE)
    idle = made(1, agency_code="RUH-M9999", moderate=5, placed=0, peer_moderate=RATE)
    told = with_posteriors(pl.concat([peers, idle]))
    assert told.head(12).equals(with_posteriors(peers))
    assert known(told, "moderate")[12] == pytest.approx((5 + 100 * RATE) / 100)


def test_peers_alike_share_the_rate_of_all():
    told = with_posteriors(made(20, moderate=[3, 3, 4, 2] * 5, peer_moderate=0.003))
    assert not told["distinguishable"].any()
    assert known(told, "moderate") == pytest.approx([0.003] * 20)
    assert told["moderate_shape"].to_list() == [60] * 20  # known from the cases of all


def test_no_peers_no_rate():
    told = with_posteriors(made(1, placed=0, peer_minor=None, peer_moderate=None, peer_severe=None))
    assert told["minor_workers"].to_list() == [None]
    assert with_posteriors(made(12).clear()).is_empty()


def test_resolution_is_drawn_to_the_peers_as_their_cases_say():
    few = with_posteriors(made(9, due=10, in_time=[0, 10, 5] * 3, peer_in_time=0.5))
    assert few["pseudo_due"].to_list() == [PSEUDO.value["cases"]] * 9
    apart, alike = (
        with_posteriors(made(12, due=10, in_time=in_time, peer_in_time=0.5))["pseudo_due"][0]
        for in_time in ([0, 10] * 6, [5] * 12)
    )
    assert apart == 1
    assert alike == 120  # all cases of the post


def test_posts_are_fitted_apart():
    one = made(12, moderate=CASES, placed=PLACED, peer_moderate=RATE)
    other = made(12, post_code="JED", moderate=[1] * 12, peer_moderate=0.001)
    both = with_posteriors(pl.concat([other, one]))
    assert both.filter(post_code="RUH").equals(with_posteriors(one))
    assert both.filter(post_code="JED").equals(with_posteriors(other))
