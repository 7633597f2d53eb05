"""The last twelve whole months and the twelve before, of the posts that reported all of them."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from metrics.reporting import months, whole_posts
from metrics.selection import Period, month_end, months_before
from metrics.statistics.growth import YEAR


def year_to(last: date) -> Period:
    """Return the 12 whole months up to a day; a month that has not ended is left out."""
    end = last if month_end(last) == last else last.replace(day=1) - timedelta(days=1)
    return months_before(end, YEAR)


def monthly(
    counts: pl.LazyFrame, submissions: pl.DataFrame, now: Period, by: Sequence[str] = ()
) -> pl.DataFrame:
    """Return `by`, `month`, `value` for each group and month of `now` and the year before.

    One row of `counts` has `post_code`, the columns `by`, `day` and `value`. Only posts that
    reported every month count, so that a month without rows is a zero and not a gap; if there
    is no such post, there are no rows.
    """
    both = Period(now.a_year_earlier().first, now.last)
    posts = whole_posts(submissions, both)
    counted = (
        counts.filter(pl.col("post_code").cast(pl.String).is_in(posts), both.covers("day"))
        .group_by(*by, month=pl.col("day").dt.truncate("1mo"))
        .agg(pl.sum("value").cast(pl.Int64))
        .collect()
    )
    told = months(both.first, both.last) if posts else []
    grid = pl.DataFrame({"month": told}, schema={"month": pl.Date})
    if by:
        grid = counted.select(by).unique().sort(by).join(grid, how="cross")
    keys = [*by, "month"]
    full = grid.join(counted, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return full.with_columns(pl.col("value").fill_null(0))
