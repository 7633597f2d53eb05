"""Limits of an incidence when a row stands for many units, and rows of one origin go together.

Positions of one job order are filled together: taken one by one their number would promise far
too narrow limits. So whole orders are drawn anew (see bootstrap.py).
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import polars as pl

from metrics.statistics.bootstrap import percentiles, resampled

# times (sorted), incidence (samples x times) -> one number a sample; inf: not reached
ReadOff = Callable[[np.ndarray, np.ndarray], np.ndarray]
_TIE = 1e-9  # 0.5 can be reached as 0.49999999999999994


def share_at(day: float) -> ReadOff:
    """Return what reads off the share ended by a cause up to a time."""

    def read(days: np.ndarray, incidence: np.ndarray) -> np.ndarray:
        before = int(np.searchsorted(days, day, side="right"))
        return incidence[:, before - 1] if before else np.zeros(len(incidence))

    return read


def time_of(share: float) -> ReadOff:
    """Return what reads off the first time at which a share has ended by a cause."""

    def read(days: np.ndarray, incidence: np.ndarray) -> np.ndarray:
        reached = incidence >= share - _TIE
        return np.where(reached.any(axis=1), days[reached.argmax(axis=1)], np.inf)

    return read


def clustered_limits(
    frame: pl.DataFrame,
    read_off: ReadOff,
    by: Sequence[str] = (),
    *,
    of: str,
    origin: str,
    fewest: int,
    time: str = "days",
    cause: str = "outcome",
    censored: str = "open",
    weight: str = "weight",
) -> pl.DataFrame:
    """Return `by`, `lower`, `upper` of what is read off the incidence of the cause `of`, a row a
    group; without `by` one row, even of nothing.

    `frame` is what `cumulative_incidence` takes, with `origin`, the column that says which rows
    go together. Origins are drawn with replacement within each group, in the order of their
    names; the limits are the percentiles of what the samples give, null where they are not
    reached, or with fewer than `fewest` (at least 1) origins, whose samples vary too little.
    One step for each group: meant for the few that a screen shows. Sources: Aalen and Johansen
    1978; Efron 1979; Field and Welsh 2007.
    """
    rows = frame.select(
        *by,
        origin=pl.col(origin),
        days=pl.col(time),
        # 0 this cause, 1 another one, 2 not ended
        kind=pl.when(pl.col(cause).cast(pl.String) == of)
        .then(0)
        .when(pl.col(cause).cast(pl.String).ne(censored).fill_null(False))
        .then(1)
        .otherwise(2),
        weight=pl.col(weight),
    )
    limits = [
        (*key, *(_limits(part, read_off) if part["origin"].n_unique() >= fewest else (None, None)))
        for key, part in _groups(rows, by)
    ]
    kinds = {c: rows.schema[c] for c in by} | {"lower": pl.Float64, "upper": pl.Float64}
    return pl.DataFrame(limits, schema=kinds, orient="row")


def incidences(totals: np.ndarray) -> np.ndarray:
    """Return the incidence of the first cause, samples x times.

    `totals` is samples x times x 3: how many ended by this cause, by another, or left
    unended. Source: Aalen and Johansen 1978.
    """
    left = totals.sum(axis=2)
    at_risk = np.cumsum(left[:, ::-1], axis=1)[:, ::-1]
    at_risk = np.where(at_risk > 0, at_risk, 1.0)  # nobody left: nothing ends
    still = 1 - (totals[:, :, 0] + totals[:, :, 1]) / at_risk
    before = np.cumprod(still, axis=1)
    before = np.concatenate([np.ones((len(before), 1)), before[:, :-1]], axis=1)
    return np.cumsum(before * totals[:, :, 0] / at_risk, axis=1)


def _groups(rows: pl.DataFrame, by: Sequence[str]) -> Iterator[tuple[tuple, pl.DataFrame]]:
    if not by:
        return iter([((), rows)])
    return iter(rows.partition_by(list(by), as_dict=True).items())


def _limits(rows: pl.DataFrame, read_off: ReadOff) -> tuple[float | None, float | None]:
    days, column = np.unique(rows["days"].to_numpy(), return_inverse=True)
    origin = rows["origin"].rank("dense").to_numpy().astype(np.int64) - 1
    # The last cell always exists, so that the table has a place for every cell.
    cell = np.append(3 * column + rows["kind"].to_numpy(), 3 * len(days) - 1)
    totals = _table(np.append(origin, 0), cell, np.append(rows["weight"].to_numpy(), 0))
    return percentiles(read_off(days, incidences(totals.reshape(len(totals), len(days), 3))))


def _table(origin: np.ndarray, cell: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the totals of all cells; those of which there is none are 0."""
    used, place = np.unique(cell, return_inverse=True)
    totals = resampled(origin, place, weight)
    table = np.zeros((len(totals), int(cell.max()) + 1))
    table[:, used] = totals
    return table
