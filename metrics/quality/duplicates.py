"""Which rows tell the same thing twice: copies, numbers used again, and cases that look alike."""

import polars as pl

from metrics.cases import registered
from metrics.frames import FRAMES, Rows
from metrics.policy.quality import ALIKE_DAYS
from metrics.quality.finding import TABLES, listed
from metrics.quality.implausible import in_quarantine, left_out
from metrics.selection import Period

COPY, SUPERSEDED, ALIKE = "exact_copy", "superseded", "probable_duplicate"
KINDS = (COPY, SUPERSEDED, ALIKE)
KEYS = {"cases": ["case_id"], "job_orders": ["jo_id"], "monthly_summary": ["post_code", "period"]}
_ALIKE_BY = ["post_code", "case_type", "agency_code", "gender", "people", "employer_type"]


def duplicates(rows: Rows, period: Period) -> list[pl.LazyFrame]:
    """Return the findings of rows that were told before, and of cases that look alike."""
    again = left_out(rows.cases, period).filter(pl.col("reason") == SUPERSEDED)
    alike = listed(
        probable(rows.cases, period),
        "cases",
        ALIKE,
        "case_id",
        value=pl.col("like"),
        measure=pl.col("apart"),
    )
    return [*repeated(rows, period), in_quarantine(again), alike]


def repeated(rows: Rows, period: Period) -> list[pl.LazyFrame]:
    """Return the findings of exact copies, and of numbers used again for something else.

    Of equal rows the first is none; of different rows with one key the last counts and is none.
    For cases the latter are those that `metrics.cases.quarantine` calls superseded.
    """
    found = []
    for table, key in KEYS.items():
        agreed = list(FRAMES[table].columns)
        told = getattr(rows, table).lazy()
        belongs = TABLES[table].within(period)
        # Copies have the same date. Of all rows only those whose keys may be equal are compared.
        near = told.filter(belongs).filter(pl.struct(key).hash().is_duplicated())
        copies = near.filter(~pl.struct(agreed).is_first_distinct())
        found.append(listed(copies, table, COPY, key[-1]))
        if table != "cases":
            distinct = told.drop_nulls(key).unique(agreed, keep="last", maintain_order=True)
            again = distinct.filter(~pl.struct(key).is_last_distinct()).filter(belongs)
            found.append(listed(again, table, SUPERSEDED, key[-1]))
    return found


def probable(cases: pl.DataFrame, period: Period) -> pl.LazyFrame:
    """Return the valid cases reported in the period that look like one reported shortly before.

    With `like` (the number of the other case) and `apart` (days between the reports). Alike are
    cases of one post with the same type, agency, gender, workers and employer type; a case
    without an agency is like none. They are listed to be looked at and counted as cases.
    """
    near = pl.col("apart") <= ALIKE_DAYS.value
    reported = pl.col("date_reported")
    recent = (reported - period.first).dt.total_days() >= -ALIKE_DAYS.value
    return (
        registered(cases, period.last)
        .filter(pl.col("agency_code").is_not_null(), recent)
        .sort(*_ALIKE_BY, "date_reported", "case_id")
        .with_columns(
            like=pl.col("case_id").shift(1).over(_ALIKE_BY),
            apart=(reported - reported.shift(1).over(_ALIKE_BY)).dt.total_days(),
        )
        .filter(near, period.covers("date_reported"))
    )
