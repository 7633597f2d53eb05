"""How much a number would vary if the units it is made of were drawn anew: the bootstrap."""

import numpy as np

TIMES = 400
SEED = 20150706
_AT_ONCE = 5_000_000  # numbers held in memory at a time
_OUTSIDE = 0.025  # of the samples on either side


def draws(units: int, times: int = TIMES, seed: int = SEED) -> np.ndarray:
    """Return how often each unit is drawn in each sample, `times` x `units`.

    A sample has as many units as there are, drawn with replacement (multinomial). The same
    arguments always give the same samples. Source: Efron 1979.
    """
    drawn = np.random.default_rng(seed).integers(0, units, (times, units))
    flat = drawn + units * np.arange(times)[:, None]
    return np.bincount(flat.ravel(), minlength=times * units).reshape(times, units)


def resampled(
    unit: np.ndarray, cell: np.ndarray, weight: np.ndarray, times: int = TIMES, seed: int = SEED
) -> np.ndarray:
    """Return the total weight of each cell in each sample of units, `times` x cells.

    One element of the three arrays is a contribution: `unit` and `cell` are numbers from 0 on,
    without gaps, `weight` what the unit adds to the cell. All of a unit is drawn or left out
    together, so that what moves together varies together. Sources: Efron 1979; Field and Welsh
    2007 (clusters).
    """
    if not len(unit):
        return np.zeros((times, 0))
    counts = draws(int(unit.max()) + 1, times, seed).astype(float)
    order = np.argsort(cell, kind="stable")
    unit, weight = unit[order], weight[order].astype(float)
    starts = np.searchsorted(cell[order], np.arange(int(cell.max()) + 1))
    rows = max(1, _AT_ONCE // len(unit))
    parts = [
        np.add.reduceat(np.take(counts[at : at + rows], unit, axis=1) * weight, starts, axis=1)
        for at in range(0, times, rows)
    ]
    return np.concatenate(parts)


def percentiles(samples: np.ndarray) -> tuple[float | None, float | None]:
    """Return the limits between which 95 % of the samples lie; null where one is not finite.

    A sample of inf means "not reached". The limits are samples themselves: as many lie below
    the lower one as above the upper one. Source: Efron 1979 (percentile interval).
    """
    ordered = np.sort(samples)
    cut = int(_OUTSIDE * len(ordered))
    lower, upper = float(ordered[cut]), float(ordered[-1 - cut])
    return (lower if np.isfinite(lower) else None), (upper if np.isfinite(upper) else None)
