"""The cases that a period is about: those reported in it, closed in it, or open at its end."""

from dataclasses import replace
from datetime import date

import polars as pl

from metrics.cases import OPEN, registered
from metrics.frames import Rows
from metrics.metric import Metric, measure
from metrics.selection import Period

QUARTERS = 8


def reported(rows: Rows, period: Period) -> pl.LazyFrame:
    """Return the cases reported in the period, as they stood on its last day."""
    return registered(rows.cases, period.last).filter(period.covers("date_reported"))


def closed(rows: Rows, period: Period) -> pl.LazyFrame:
    """Return the cases closed in the period, in whatever way, and not opened again by its end."""
    return registered(rows.cases, period.last).filter(period.covers("date_closed"), "closed")


def still_open(rows: Rows, period: Period) -> pl.LazyFrame:
    """Return the cases open at the end of the period's last day."""
    # The first condition says the same of the stored dates: most rows fall before any arithmetic.
    not_yet = pl.col("date_closed").is_null() | (pl.col("date_closed") > period.last)
    return registered(rows.cases, period.last).filter(not_yet, OPEN)


def by_quarter(metric: Metric, rows: Rows, last: date, quarters: int = QUARTERS) -> pl.DataFrame:
    """Return a metric of opened cohorts for each of the last quarters in which cases came in.

    Columns: quarter (its first day), value, n, lower, upper; every quarter stands there, with
    null where it is withheld. All quarters are seen as of the day `last`: the younger a cohort,
    the less of it is known, which its interval shows. The last one may be unfinished.
    """
    start = date(last.year, (last.month - 1) // 3 * 3 + 1, 1)
    starts = pl.date_range(
        pl.select(pl.lit(start).dt.offset_by(f"-{quarters - 1}q")).item(), start, "1q", eager=True
    )
    cases = rows.cases.with_columns(quarter=pl.col("date_reported").dt.truncate("1q"))
    period = Period(starts[0], last)
    return measure(
        metric,
        replace(rows, cases=cases),
        period,
        by=["quarter"],
        groups=pl.DataFrame({"quarter": starts}),
    )
