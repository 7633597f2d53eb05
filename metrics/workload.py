"""The work on a post's desks: cases open day by day, over the officers there to handle them."""

from datetime import timedelta

import polars as pl

from metrics.capacities import holding
from metrics.cases import REOPENED, registered
from metrics.frames import Rows
from metrics.reporting import months
from metrics.selection import Period, month_end


def workload(rows: Rows, period: Period) -> pl.LazyFrame:
    """Return the work of each post that has cases and officers.

    Columns: post_code, place; open_stock (mean of the open cases at the end of each day),
    handled (cases open on any of these days), opened (cases reported in them), officers (mean
    of the staff, over the days for which it is known), officer_months. The days are those of the
    period on which the post is known to have reported: from `known_from` to `known_until`.
    """
    # A case told open again was closed for a while: those days do not count.
    pause = pl.when(REOPENED.is_not_null()).then("first_closed")
    paused = _days_between(pause, pl.min_horizontal("reopened", "date_closed")).fill_null(0)
    open_days = _days_between(pl.col("date_reported"), pl.col("date_closed")) - paused
    work = (
        _cases(rows, period)
        .group_by("post_code")
        .agg(
            pl.first("place", "since", "until"),
            case_days=open_days.sum(),
            handled=(open_days > 0).sum().cast(pl.Int64),
            opened=pl.col("date_reported").is_between("since", "until").sum().cast(pl.Int64),
        )
    )
    work = work.filter(pl.col("since") <= pl.col("until"))
    days = (pl.col("until") - pl.col("since")).dt.total_days() + 1
    return (
        work.join(_staffed(work, rows, period), on="post_code")
        .select(
            "post_code",
            "place",
            "handled",
            "opened",
            "officers",
            open_stock=pl.col("case_days") / days,
            officer_months=pl.col("officers") * pl.col("months"),
        )
        .filter(pl.col("officers") > 0)
    )


def _cases(rows: Rows, period: Period) -> pl.LazyFrame:
    """Return the valid cases with the days on which their post is known: `since`, `until`."""
    first = pl.lit(period.first)
    return (
        registered(rows.cases, period.last)
        .filter(pl.col("post_code").is_not_null())
        .with_columns(
            since=pl.max_horizontal(first, "known_from"),
            until=pl.min_horizontal(pl.lit(period.last), "known_until"),
        )
    )


def _days_between(begin: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Return at the end of how many known days a case stands that begins and ends so; an end
    that is null lies beyond them, and a begin that is null gives null."""
    after = pl.col("until") + timedelta(days=1)
    begun = pl.when(begin.is_not_null()).then(pl.max_horizontal(begin, "since"))
    return (pl.min_horizontal(end, after) - begun).dt.total_days().clip(0)


def _staffed(work: pl.LazyFrame, rows: Rows, period: Period) -> pl.LazyFrame:
    """Return `post_code`, `officers`, `months` (length of the known days; a whole month is 1)."""
    calendar = pl.LazyFrame(
        [
            (start, min(month_end(start), period.last), month_end(start).day)
            for start in months(period.first, period.last)
        ],
        schema={"period": pl.Date, "month_last": pl.Date, "length": pl.Int64},
        orient="row",
    )
    first = pl.max_horizontal("period", "since")
    last = pl.min_horizontal("month_last", "until")
    monthly = (
        work.select("post_code", "since", "until")
        .join(calendar, how="cross")
        .with_columns(days=((last - first).dt.total_days() + 1).clip(0))
    )
    staff = holding(monthly, rows.capacities, "staff_count")
    known = pl.col("days").filter(pl.col("staff_count").is_not_null())
    return staff.group_by("post_code").agg(
        officers=pl.when(known.sum() > 0).then(
            (pl.col("staff_count") * pl.col("days")).sum() / known.sum()
        ),
        months=(pl.col("days") / pl.col("length")).sum(),
    )
