"""A table of small counts told as it may be, also filtered and merged, with its totals."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from metrics.privacy import SMALLEST, Table, matrices, numbered
from metrics.statistics.suppression import hide

Kept = Mapping[str | None, str]
SCHEMA = {
    "level": pl.String,
    "row": pl.String,
    "column": pl.String,
    "count": pl.Int64,
    "hidden": pl.Boolean,
}
_TOLD = 1e-9  # of a combination of totals, whose coefficients are small whole numbers


def published(
    table: Table,
    row: str,
    column: str,
    count: str = "n",
    threshold: int | str = SMALLEST,
    *,
    rows: Kept | None = None,
    columns: Kept | None = None,
) -> pl.DataFrame:
    """Return a cross table and its totals as they may leave the server: hidden counts are null.

    Columns `level` (cell, row_total, column_total, total), `row`, `column` (text; null where
    summed over), `count`, `hidden`. Which cells of the whole table are hidden is told by
    metrics.privacy.suppress. `rows` and `columns` are a filter: the labels to be kept, each
    with the name to show it under; labels with one name are merged (posts to a place).

    Every filter is answered from the one table given: a count is shown only if it can be
    computed from what the whole table shows already. So no two answers, subtracted, tell more
    than the table itself. Filters by anything else than these two columns need
    metrics.privacy.safe_difference. Raises ValueError as `suppress` does.
    """
    cells = numbered(table, row, column, count, threshold)
    if cells.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    counts, fewest = matrices(cells)
    secret = hide(counts, fewest)
    row_sums, row_names = _sums(cells.select("row", at="_row"), len(counts), rows)
    column_sums, column_names = _sums(
        cells.select("column", at="_column"), counts.shape[1], columns
    )
    sums = row_sums @ counts @ column_sums.T
    smallest = _least(column_sums, _least(row_sums, fewest).T).T
    hidden = (sums > 0) & (sums < smallest)
    hidden |= ~_computable(counts, secret, row_sums, column_sums)
    return _long(sums, hidden, row_names, column_names)


def _sums(
    labels: pl.DataFrame, size: int, kept: Kept | None
) -> tuple[np.ndarray, list[str | None]]:
    """Return which positions each shown line adds up, the line of all of them last."""
    places = labels.unique().sort("at").rows()
    if kept is None:
        named = [(label, at) for label, at in places]
    else:
        named = [(kept[label], at) for label, at in places if label in kept]
    names = list(dict.fromkeys(name for name, _ in named))
    lines = np.zeros((len(names) + 1, size), np.int64)
    for name, at in named:
        lines[[names.index(name), -1], at] = 1
    return lines, names


def _least(lines: np.ndarray, fewest: np.ndarray) -> np.ndarray:
    """Return for each shown line the smallest of `fewest` among the lines it adds up."""
    no_limit = np.full((1, fewest.shape[1]), np.iinfo(np.int64).max)
    return np.array([np.vstack([fewest[line > 0], no_limit]).min(axis=0) for line in lines])


def _computable(
    counts: np.ndarray, secret: np.ndarray, row_sums: np.ndarray, column_sums: np.ndarray
) -> np.ndarray:
    """Return which sums follow from the counts and totals of the whole table that are shown.

    A sum follows if its hidden counts together are a combination of shown totals.
    """
    inside = np.argwhere(secret[:-1, :-1])
    at_row, at_column = inside[:, 0], inside[:, 1]
    asked = row_sums[:, None, at_row] * column_sums[None, :, at_column]
    every_row, every_column = (np.vstack([np.eye(n), np.ones(n)]) for n in counts.shape)
    totals = ~secret
    totals[:-1, :-1] = False
    shown = (every_row[:, None, at_row] * every_column[None, :, at_column])[totals]
    combined = shown.T @ np.linalg.pinv(shown.T) if len(inside) else np.zeros((0, 0))
    left: np.ndarray = np.abs(asked - asked @ combined).max(axis=2, initial=0)
    return left < _TOLD


def _long(
    sums: np.ndarray, hidden: np.ndarray, rows: list[str | None], columns: list[str | None]
) -> pl.DataFrame:
    """Return the sums as one table, cells first; the last line of each side is the total."""
    of_row, of_column = len(rows), len(columns)
    levels = {(0, 0): "cell", (0, 1): "row_total", (1, 0): "column_total", (1, 1): "total"}
    told = [
        {
            "level": levels[r == of_row, c == of_column],
            "row": None if r == of_row else rows[r],
            "column": None if c == of_column else columns[c],
            "count": None if hidden[r, c] else int(sums[r, c]),
            "hidden": bool(hidden[r, c]),
        }
        for r, c in np.ndindex(sums.shape)
    ]
    return pl.DataFrame(sorted(told, key=lambda t: list(levels.values()).index(t["level"])), SCHEMA)
