"""What small numbers of people may be shown: in tables, downloads, filters and lists of rows.

Law 27/2022 (PDP): health and crime are specific data. The bounds stand in metrics.policy.privacy.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from metrics.policy.privacy import EXPORTED_COUNT, ROWS_ALIKE, SMALL_COUNT
from metrics.statistics.groups import refuse
from metrics.statistics.suppression import hide

STAR = "*"  # what stands for a count that is not published
SMALLEST = SMALL_COUNT.value["people"]
Table = pl.DataFrame | pl.LazyFrame


def suppress(
    table: Table, row: str, column: str, count: str = "n", threshold: int | str = SMALLEST
) -> pl.DataFrame:
    """Return the table, in its order, with `hidden`: whether the count must not be shown.

    One row of `table` is a cell of a cross table: its `row` and `column` label and `count`, a
    whole number (null: not reported; an absent cell is 0). `threshold` is the smallest count that
    may be shown, or the name of a column with it (metrics.policy.privacy.threshold_of). Hidden
    are the counts below it, but no zeros, and further counts until none can be told from the
    rest and the totals of rows, columns and table: see metrics.statistics.suppression.hide.
    Where no hiding of cells helps, as in a table of one row, totals must be hidden too: take
    the totals from `published`. Raises ValueError for negative counts or a cell told twice.
    """
    cells = numbered(table, row, column, count, threshold)
    hidden = pl.Series("hidden", [], pl.Boolean)
    if len(cells):
        inside = hide(*matrices(cells))[:-1, :-1]
        at = cells["_row"].to_numpy(), cells["_column"].to_numpy()
        hidden = pl.Series("hidden", inside[at])
    return table.lazy().collect().with_columns(hidden)


def numbered(table: Table, row: str, column: str, count: str, threshold: int | str) -> pl.DataFrame:
    """Return the cells as `_row`, `_column` (positions), `_n`, `_fewest`, and labels as text.

    Raises ValueError for negative counts or a cell told twice.
    """
    least = pl.col(threshold) if isinstance(threshold, str) else pl.lit(int(threshold))
    cells = table.lazy().collect()
    refuse(cells, pl.col(count) < 0, "negative counts")
    refuse(cells, pl.struct(row, column).is_duplicated(), "cells told more than once")
    return cells.select(
        pl.col(row).cast(pl.String).alias("row"),
        pl.col(column).cast(pl.String).alias("column"),
        _row=_position(row),
        _column=_position(column),
        _n=pl.col(count).fill_null(0).cast(pl.Int64),
        _fewest=least.cast(pl.Int64),
    )


def _position(label: str) -> pl.Expr:
    known = pl.col(label).rank("dense").cast(pl.Int64) - 1
    return known.fill_null(known.max().fill_null(-1) + 1)  # null is a label like any other


def matrices(cells: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the counts and the smallest counts to be shown, as tables; absent cells are 0."""
    rows, columns = cells["_row"].to_numpy(), cells["_column"].to_numpy()
    shape = (rows.max() + 1, columns.max() + 1)
    counts = np.zeros(shape, np.int64)
    fewest = np.full(shape, np.iinfo(np.int64).max)
    counts[rows, columns] = cells["_n"].to_numpy()
    fewest[rows, columns] = cells["_fewest"].to_numpy()
    return counts, fewest


def safe_difference(part: int, whole: int, threshold: int = SMALLEST) -> bool:
    """Return whether a filter's count may be shown beside that of what it was filtered from.

    Not if the filter leaves out, or keeps, some people but fewer than `threshold`: they are
    then told by a subtraction. The same answer must be given for everything that shows the
    count: hover texts, downloads, and rates whose denominator is known. Raises ValueError if
    the part is more than the whole, or negative.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"A part of {part} cannot be of a whole of {whole}.")
    return all(n == 0 or n >= threshold for n in (part, whole - part))


def publishable(table: Table, count: str = "n", total: str | None = None) -> pl.DataFrame:
    """Return the table as it may be exported: with `published`, `starred`, and `share`.

    `published` is the count rounded to the nearest step, null where it is `starred` (shown as
    STAR) or not reported; `share`, of 0 to 1, is that of the rounded numbers, if `total` names
    a column. Zeros stay. Whole national totals need no rounding: do not pass them. Raises
    ValueError for negative counts. Source: NHS Digital, HES analysis guide (disclosure
    control), 2018.
    """
    cells = table.lazy().collect()
    refuse(cells, pl.col(count) < 0, "negative counts")
    largest, step = EXPORTED_COUNT.value["largest_starred"], EXPORTED_COUNT.value["step"]

    def rounded(column: str) -> pl.Expr:
        # halves cannot occur between multiples of an odd step
        near = ((pl.col(column) * 2 + step) // (2 * step) * step).cast(pl.Int64)
        return pl.when(~pl.col(column).is_between(1, largest)).then(near)

    shares = {}
    if total is not None:
        of = rounded(total)
        shares["share"] = pl.when(of > 0).then(rounded(count) / of)
    return cells.with_columns(
        published=rounded(count), starred=pl.col(count).is_between(1, largest), **shares
    )


def anonymous(
    rows: Table,
    quasi: Sequence[str],
    sensitive: str,
    fewest_rows: int = ROWS_ALIKE.value["rows"],
    fewest_kinds: int = ROWS_ALIKE.value["kinds"],
) -> pl.DataFrame:
    """Return the rows with `releasable`: whether so many rows are alike in the columns `quasi`.

    `quasi` are what others may know of a person (post, month, gender, sector, agency); among
    the rows alike there must be at least `fewest_kinds` different known values of `sensitive`.
    Rows that are not releasable are told by a coarser column (quarter, region) or not at all.
    Sources: Sweeney 2002 (k-anonymity); Machanavajjhala et al. 2007 (l-diversity).
    """
    alike = list(quasi)
    kinds = pl.col(sensitive).drop_nulls().n_unique()
    counted = (pl.len(), kinds) if not alike else (pl.len().over(alike), kinds.over(alike))
    enough = (counted[0] >= fewest_rows) & (counted[1] >= fewest_kinds)
    return rows.lazy().with_columns(releasable=enough).collect()
