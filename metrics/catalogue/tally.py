"""From rows to the result every metric gives: by, value, n, lower, upper."""

from collections.abc import Sequence

import polars as pl

from metrics.metric import RESULT
from metrics.statistics.groups import summary


def check(rows: pl.DataFrame | pl.LazyFrame, by: Sequence[str]) -> None:
    """Raise ValueError naming the columns of `by` that the rows do not have."""
    columns = rows.lazy().collect_schema().names()
    if missing := [column for column in by if column not in columns]:
        raise ValueError(
            f"This metric cannot be told by {', '.join(missing)}: "
            f"its rows have only {', '.join(columns)}."
        )


def tally(
    rows: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str],
    value: pl.Expr | None = None,
    *,
    n: pl.Expr | None = None,
) -> pl.DataFrame:
    """Return `by`, `value`, `n` (the number of rows unless given), and empty limits.

    Without a value it is n itself. Without `by` one row, even of nothing. Raises ValueError
    for a column in `by` that the rows lack.
    """
    check(rows, by)
    n = pl.len() if n is None else n
    counted = summary(rows.lazy(), by, value=n if value is None else value, n=n)
    return result(counted, by)


def result(measured: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return the columns `by` and RESULT in their agreed types; limits that lack are null."""
    missing = {c: pl.lit(None) for c in ("lower", "upper") if c not in measured.columns}
    return measured.with_columns(**missing).select(
        *by,
        *(pl.col(c).cast(pl.Int64 if c == "n" else pl.Float64) for c in RESULT),
    )
