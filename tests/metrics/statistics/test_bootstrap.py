"""Samples of units drawn anew: against plain loops, and how often their limits hold the truth."""

import numpy as np
import pytest

from metrics.statistics.bootstrap import SEED, draws, percentiles, resampled
from tests.metrics.statistics.real_data import durations


@pytest.mark.parametrize("name", ["lung", "gbsg2", "senators", "whas500"])
def test_totals_equal_a_plain_loop_over_the_same_draws(name, agree):
    rows = durations(name)  # a unit is a group, a cell whether the case ended
    unit = rows["group"].rank("dense").to_numpy() - 1
    cell, weight = rows["closed"].to_numpy().astype(int), rows["days"].to_numpy()
    units = int(unit.max()) + 1

    ours = resampled(unit, cell, weight, times=50)

    rng = np.random.default_rng(SEED)
    drawn = rng.integers(0, units, (50, units))
    plain = np.zeros((50, 2))
    for sample in range(50):
        for one in drawn[sample]:
            for at in range(len(unit)):
                if unit[at] == one:
                    plain[sample, cell[at]] += weight[at]
    agree("bootstrap totals, relative", "plain loop", ours, plain, within=1e-12, relative=True)


def test_each_sample_has_as_many_units_as_there_are():
    counts = draws(37)
    assert counts.shape == (400, 37)
    assert set(counts.sum(axis=1)) == {37}
    assert (draws(37) == counts).all()
    assert counts.mean(axis=0) == pytest.approx(np.ones(37), abs=0.25)
    assert counts.var() == pytest.approx(1 - 1 / 37, rel=0.05)


def test_many_units_are_drawn_in_parts_that_fit_together():
    unit = np.arange(20_000)
    weight = unit % 7 + 1
    totals = resampled(unit, unit % 3, weight)
    whole = draws(20_000) * weight
    assert (totals == np.stack([whole[:, at::3].sum(axis=1) for at in range(3)], axis=1)).all()


def test_limits_are_samples_with_as_many_below_as_above():
    samples = np.random.default_rng(1).permutation(400).astype(float)
    assert percentiles(samples) == (10.0, 389.0)


def test_a_limit_that_is_not_reached_is_null():
    assert percentiles(np.array([1.0] * 300 + [np.inf] * 100)) == (1.0, None)
    assert percentiles(np.full(400, np.inf)) == (None, None)


def test_nothing_gives_no_cells():
    assert resampled(np.array([]), np.array([]), np.array([])).shape == (400, 0)


def test_one_unit_alone_cannot_vary():
    assert (resampled(np.zeros(2, int), np.array([0, 1]), np.array([3, 4])) == [3, 4]).all()


def test_limits_of_clustered_shares_hold_the_truth_as_often_as_stated():
    """Orders of very different size that are filled together: 40 of them, 300 times."""
    rng = np.random.default_rng(7)
    runs, orders, held, held_if_free = 300, 40, 0, 0
    for _ in range(runs):
        size = np.ceil(rng.lognormal(2, 0.7, orders))
        share = rng.beta(1.5, 1.5, orders)
        filled = rng.binomial(size.astype(int), share)
        unit = np.tile(np.arange(orders), 2)
        cell = np.repeat([0, 1], orders)
        totals = resampled(unit, cell, np.concatenate([filled, size]))
        lower, upper = percentiles(totals[:, 0] / totals[:, 1])
        held += lower <= 0.5 <= upper
        reach = 1.96 * (0.25 / size.sum()) ** 0.5
        held_if_free += abs(filled.sum() / size.sum() - 0.5) <= reach
    print(f"clustered {held / runs:.3f}, as if free {held_if_free / runs:.3f}")
    assert 0.90 <= held / runs <= 0.98
    assert held_if_free / runs < 0.75  # what taking positions one by one would have said
