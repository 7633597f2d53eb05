"""What one finding is, and how a row of any table becomes one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.policy.quality import EARLIEST_YEAR
from metrics.selection import Period

FINDING: dict[str, type[pl.DataType]] = {
    "kind": pl.String,  # a key of metrics.quality.words.WORDS
    "table": pl.String,
    "post_code": pl.String,
    "place": pl.String,
    "key": pl.String,  # the row's own key; the month of a row that has none
    "column": pl.String,
    "value": pl.String,
    "measure": pl.Float64,  # how far: days, a robust z, a difference; null where nothing measures
    "date": pl.Date,  # the row's own date
}
EARLIEST = date(EARLIEST_YEAR.value, 1, 1)


@dataclass(frozen=True, eq=False)
class Table:
    """What a finding tells of a row of one table: its key as text, and its own date."""

    key: pl.Expr
    date: str | None  # None: the row is a state without a date of its own

    def within(self, period: Period) -> pl.Expr:
        """Return whether a row belongs to the period.

        A row without a date, or with one that cannot be, has no period: it belongs to each.
        """
        if self.date is None:
            return pl.lit(True)
        day = pl.col(self.date)
        return day.is_null() | period.covers(self.date) | (day < EARLIEST)


def _month(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%Y-%m")


_AGENCY = pl.col("agency_code").cast(pl.String)
TABLES: dict[str, Table] = {
    "cases": Table(pl.col("case_id"), "date_reported"),
    "job_orders": Table(pl.col("jo_id"), "date_received"),
    "monthly_summary": Table(_month("period"), "period"),
    "placements": Table(_month("period"), "period"),
    "legalised_documents": Table(_month("period"), "period"),
    "agencies": Table(_AGENCY, None),
    "agency_assessments": Table(_AGENCY, "date"),
    "worker_reviews": Table(_AGENCY, "quarter"),
    "activities": Table(_month("period"), "date"),
}


def listed(
    rows: pl.LazyFrame,
    table: str,
    kind: str | pl.Expr,
    column: str | pl.Expr,
    *,
    value: pl.Expr | None = None,
    measure: pl.Expr | None = None,
    day: str | None = None,
) -> pl.LazyFrame:
    """Return the rows of a table as findings, one each, with the columns FINDING.

    `value` is that of `column` unless given; `day` is the table's own date unless given.
    """
    told = TABLES[table]
    day = day or told.date
    content = {
        "kind": pl.lit(kind) if isinstance(kind, str) else kind,
        "table": pl.lit(table),
        "post_code": pl.col("post_code"),
        "place": pl.col("place"),
        "key": told.key,
        "column": pl.lit(column) if isinstance(column, str) else column,
        "value": value if value is not None else pl.col(str(column)),
        "measure": pl.lit(None) if measure is None else measure,
        "date": pl.lit(None) if day is None else pl.col(day),
    }
    return rows.select(content[name].cast(kind).alias(name) for name, kind in FINDING.items())


def together(parts: Iterable[pl.LazyFrame]) -> pl.DataFrame:
    """Return all findings in one table, sorted by kind, post, date and key."""
    nothing = pl.LazyFrame(schema=FINDING)
    return (
        pl.concat([nothing, *parts])
        .sort("kind", "post_code", "date", "table", "key", "column", "value", "measure")
        .collect()
    )
