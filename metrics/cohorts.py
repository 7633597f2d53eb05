"""The cases that a period is about: those reported in it, closed in it, or open at its end."""

import polars as pl

from metrics.cases import OPEN, registered
from metrics.frames import Rows
from metrics.selection import Period


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
