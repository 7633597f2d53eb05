"""Ranks that say how far chance could move them."""

import numpy as np
import polars as pl


def limits_of(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return for each column of draws the two of them between which 95 % lie."""
    ordered = np.sort(draws, axis=0)  # several times faster than asking numpy for quantiles
    last = len(draws) - 1
    return ordered[round(0.025 * last)], ordered[round(0.975 * last)]


def ranks(draws: np.ndarray, worst: float) -> pl.DataFrame:
    """Return `rank`, `rank_lower`, `rank_upper`, `worst`: one row a member, in its order.

    `draws` holds a joint draw of all members' rates in each line, a member in each column; 1 is
    the lowest rate, and members of the same rate share the mean of their ranks. `rank` is the
    expected rank, the limits hold 95 % of the draws. The result's `worst` is the probability of
    being among the highest `worst` share of the members, rounded down to whole members: with
    fewer than 1 / `worst` members nobody is. Raises ValueError for a share outside 0 to 1.
    Sources: Laird and Louis 1989; Goldstein and Spiegelhalter 1996.
    """
    if not 0 <= worst <= 1:
        raise ValueError(f"worst must be a share from 0 to 1, not {worst}")
    ranked = _ranked(draws)
    lower, upper = limits_of(ranked)
    members = draws.shape[1]
    last = members - int(members * worst + 1e-9)  # 0.1 of 30 may be a little less than 3
    results = (ranked.mean(axis=0), lower, upper, (ranked > last).mean(axis=0))
    return pl.DataFrame(
        dict(zip(("rank", "rank_lower", "rank_upper", "worst"), results, strict=True))
    )


def _ranked(draws: np.ndarray) -> np.ndarray:
    """Return the ranks within each line; equal values share the mean of theirs."""
    order = draws.argsort(axis=1)
    values = np.take_along_axis(draws, order, axis=1)
    place = np.broadcast_to(np.arange(draws.shape[1]), draws.shape)
    starts = np.diff(values, axis=1, prepend=-np.inf) != 0
    ends = np.diff(values, axis=1, append=np.inf) != 0
    first = np.maximum.accumulate(np.where(starts, place, 0), axis=1)
    last = np.where(ends, place, draws.shape[1])[:, ::-1]
    last = np.minimum.accumulate(last, axis=1)[:, ::-1]
    ranked = np.empty(draws.shape)
    np.put_along_axis(ranked, order, 1 + (first + last) / 2, axis=1)
    return ranked
