"""Which fields are empty although they apply to the row."""

import polars as pl

from metrics.frames import Rows
from metrics.mandatory import MANDATORY
from metrics.quality.finding import listed
from metrics.quality.important import IMPORTANT
from metrics.selection import Period

MISSING = "missing"
KINDS = (MISSING,)
_ANY = pl.lit(True)
_COUNTS = {"post_code": pl.String, "rows": pl.Int64, "missing": pl.Int64}


def missing(rows: Rows, period: Period) -> pl.DataFrame:
    """Return how often each mandatory or important field is empty, by post, sorted.

    Columns `table`, `column`, `post_code` (String), `rows` (rows of the period to which the
    field applies), `missing`, `share` (0 to 1; null where it applies to no row).
    """
    parts = [pl.DataFrame(schema={"table": pl.String, "column": pl.String, **_COUNTS})]
    for table in MANDATORY:
        applies = _mandatory(table) | IMPORTANT.get(table, {})
        parts += _counted(_told(rows, table, period), table, applies)
    share = pl.when(pl.col("rows") > 0).then(pl.col("missing") / pl.col("rows"))
    return pl.concat(parts).with_columns(share=share).sort("table", "column", "post_code")


def empty_fields(rows: Rows, period: Period) -> list[pl.LazyFrame]:
    """Return the findings of mandatory fields that are empty, one a row and field."""
    return [
        listed(
            _told(rows, table, period).filter(applies & pl.col(column).is_null()),
            table,
            MISSING,
            column,
        )
        for table in MANDATORY
        for column, applies in _mandatory(table).items()
    ]


def _mandatory(table: str) -> dict[str, pl.Expr]:
    fields = MANDATORY[table]
    return dict.fromkeys(fields.always, _ANY) | fields.sometimes


def _told(rows: Rows, table: str, period: Period) -> pl.LazyFrame:
    """Return the rows of a period, as content is judged by metrics.mandatory."""
    told: pl.DataFrame = getattr(rows, table)
    day = MANDATORY[table].day
    if day is None:
        return told.lazy()
    return told.lazy().filter(day.is_between(period.first, period.last))


def _counted(told: pl.LazyFrame, table: str, applies: dict[str, pl.Expr]) -> list[pl.DataFrame]:
    sums = {}
    for column, condition in applies.items():
        empty = pl.col(column).is_null()
        # Through the column, for a condition that always holds has no length of its own.
        sums[f"{column} rows"] = (condition & (empty | ~empty)).sum()
        sums[f"{column} missing"] = (condition & empty).sum()
    counts = told.group_by("post_code").agg(**sums).collect()
    return [
        counts.select(
            pl.lit(table).alias("table"),
            pl.lit(column).alias("column"),
            pl.col("post_code").cast(pl.String),
            pl.col(f"{column} rows").cast(pl.Int64).alias("rows"),
            pl.col(f"{column} missing").cast(pl.Int64).alias("missing"),
        )
        for column in applies
    ]
