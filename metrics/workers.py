"""What the posts' monthly summaries tell: the last month, the mean, and time lived under a post."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

import polars as pl

from metrics.reporting import months
from metrics.selection import Period


def last_reported(summaries: pl.DataFrame, period: Period, by: Sequence[str] = ()) -> pl.LazyFrame:
    """Return of each post (in each group of `by`) the latest summary with registered workers.

    Only months that begin in the period count; a post without such a month is missing.
    """
    return latest(summaries, period, "registered_workers", by=by)


def latest(
    summaries: pl.DataFrame, period: Period, *columns: str, by: Sequence[str] = ()
) -> pl.LazyFrame:
    """Return of each post (in each group of `by`) the last summary in which all `columns` stand.

    Only months that begin in the period count; a post without such a month is missing.
    """
    return (
        told(summaries, period, *columns)
        .sort("period", maintain_order=True)
        .unique(list(dict.fromkeys(("post_code", *by))), keep="last", maintain_order=True)
    )


def told(summaries: pl.DataFrame, period: Period, *columns: str) -> pl.LazyFrame:
    """Return the summaries of the months that begin in the period and have all `columns`."""
    return summaries.lazy().filter(
        period.covers("period"), *(pl.col(column).is_not_null() for column in columns)
    )


def mean_registered(summaries: pl.DataFrame, period: Period) -> pl.LazyFrame:
    """Return `post_code`, `registered` (the mean of the month-ends in the period) and
    `worker_years`: that mean over the part of the period for which the post has reported.

    Months without a report are left out, not counted as zero: neither their workers nor, in the
    worker-years, their time. A post without any report is missing.
    """
    monthly = told(summaries, period, "registered_workers").unique(
        ["post_code", "period"], keep="last", maintain_order=True
    )
    begun = sum(month >= period.first for month in months(period.first, period.last))
    mean = pl.mean("registered_workers")
    heard = pl.len() / begun if begun else pl.lit(0.0)
    return monthly.group_by("post_code").agg(
        registered=mean, worker_years=mean * years(period) * heard
    )


def years(period: Period) -> float:
    """Return the length of the period in years; each whole month is a twelfth.

    So twelve months are one year, with or without a 29 February.
    """
    return (_months(period.last) + 1 / _length(period.last) - _months(period.first)) / 12


def _months(day: date) -> float:
    return day.year * 12 + day.month + (day.day - 1) / _length(day)


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]
