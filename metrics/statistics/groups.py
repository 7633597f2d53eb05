"""Expressions within groups, where no grouping columns means one group of all rows."""

from collections.abc import Sequence

import polars as pl


def within(expression: pl.Expr, by: Sequence[str]) -> pl.Expr:
    """Return the expression computed within each group of `by`; `by` may be empty."""
    return expression.over(list(by)) if by else expression


def names(columns: str | Sequence[str]) -> list[str]:
    """Return the names of one column, or of several."""
    return [columns] if isinstance(columns, str) else list(columns)


def summary(frame: pl.LazyFrame, by: Sequence[str], **aggregates: pl.Expr) -> pl.DataFrame:
    """Return one row a group, sorted by `by`; without `by` exactly one row, even of nothing."""
    if not by:
        return frame.select(**aggregates).collect()
    return frame.group_by(list(by)).agg(**aggregates).sort(list(by)).collect()


def finite(expression: pl.Expr) -> pl.Expr:
    """Return the numbers as Float64, with NaN and the infinities turned into null."""
    number = expression.cast(pl.Float64)
    return pl.when(number.is_finite()).then(number)


def known(column: str) -> pl.Expr:
    """Return the column as Float64, with NaN and the infinities turned into null."""
    return finite(pl.col(column))


def refuse(frame: pl.DataFrame, wrong: pl.Expr, message: str) -> None:
    """Raise ValueError with the number of rows for which `wrong` holds, if there are any."""
    rows = frame.select(wrong.sum()).item()
    if rows:
        raise ValueError(f"{message} (rows: {rows})")
