"""How many grades hang on the weights, against a plain loop."""

import random

import pytest

from metrics.agencies.rating import scored
from metrics.agencies.sensitivity import weight_sensitivity
from metrics.policy.agencies import SCORE_WEIGHTS
from tests.metrics.made_agencies import AS_OF, made


def grade(parts: dict, weights: dict, *, capped: bool) -> str:
    known = {k: w for k, w in weights.items() if parts[k] is not None}
    score = round(sum(parts[k] * w for k, w in known.items()) / sum(known.values()), 1)
    best = "A" if score >= 85 else "B" if score >= 70 else "C" if score >= 55 else "D"
    return "C" if capped and best in "AB" else best


def test_the_share_of_changed_grades_equals_a_plain_loop(agree):
    told = scored(
        made(
            12,
            moderate=range(0, 36, 3),
            severe_recent=[0] * 10 + [1] * 2,
            visit=[float(x) for x in range(40, 100, 5)],
            received=10,
            refused=[0, 1, 2, 3] * 3,
            peer_moderate=0.0165,
        ),
        AS_OF,
    )
    rows = told.to_dicts()
    rng, declared, shares = random.Random(5), SCORE_WEIGHTS.value, []
    for _ in range(4000):  # a Dirichlet draw is gamma draws over their sum
        weights = {k: rng.gammavariate(w, 1) for k, w in declared.items()}
        changed = 0
        for row in rows:
            capped = row["severe_recent"] >= 1
            changed += grade(row, weights, capped=capped) != grade(row, declared, capped=capped)
        shares.append(changed / len(rows))
    mean = sum(shares) / len(shares)
    spread = (sum((x - mean) ** 2 for x in shares) / len(shares)) ** 0.5

    [ours] = weight_sensitivity(told).rows(named=True)

    assert ours["agencies"] == 12
    assert ours["lower"] + ours["share"] > 0
    assert ours["lower"] <= ours["share"] <= ours["upper"]
    within = 4 * spread * (1 / 1000 + 1 / 4000) ** 0.5
    agree("share of changed grades", "plain loop", [ours["share"]], [mean], within=within)


def test_far_from_every_limit_no_weight_changes_a_grade():
    far = scored(made(3, visit=100.0, received=5, peer_moderate=0.0, peer_severe=0.0), AS_OF)
    assert weight_sensitivity(far).rows() == [(3, 0, 0, 0)]


def test_a_part_without_data_has_no_weight():
    told = scored(made(1, visit=50.0, received=5, refused=1, peer_moderate=0.004), AS_OF)
    assert told["k2"].to_list() == told["k4"].to_list() == [None]
    assert weight_sensitivity(told)["share"][0] == pytest.approx(0.5, abs=0.5)


def test_without_scores_there_is_no_share():
    assert weight_sensitivity(scored(made(2, placed=5), AS_OF)).rows() == [(0, None, None, None)]
    assert weight_sensitivity(scored(made(2), AS_OF).clear()).rows() == [(0, None, None, None)]
