"""Which posts have reported which months: what is missing is missing, not zero."""

from datetime import date

import polars as pl

from metrics.selection import Period


def months(first: date, last: date) -> list[date]:
    """Return the first day of every month that the stretch touches."""
    return pl.date_range(first.replace(day=1), last, "1mo", eager=True).to_list()


def reported(submissions: pl.DataFrame, period: Period) -> pl.DataFrame:
    """Return which months each post has reported within the period.

    Columns: post_code, period (first day of the month); each pair once.
    """
    within = pl.col("period").is_between(period.first.replace(day=1), period.last)
    return submissions.filter(within).select("post_code", "period").unique().sort(pl.all())


def posts_a_month(submissions: pl.DataFrame, period: Period) -> pl.DataFrame:
    """Return how many posts have reported each month. Columns: period, posts."""
    grid = pl.DataFrame({"period": months(period.first, period.last)})
    counts = reported(submissions, period).group_by("period").agg(posts=pl.len())
    told = grid.join(counts, on="period", how="left", maintain_order="left")
    return told.with_columns(pl.col("posts").fill_null(0))


def last_usual_month(submissions: pl.DataFrame) -> date | None:
    """Return the last month that at least half as many posts reported as ever did.

    A single early file does not move the whole dashboard to a month that hardly exists yet.
    None without submissions.
    """
    counts = submissions.group_by("period").agg(posts=pl.col("post_code").n_unique())
    return counts.filter(pl.col("posts") * 2 >= pl.col("posts").max())["period"].max()


def whole_posts(submissions: pl.DataFrame, *periods: Period) -> list[str]:
    """Return the posts that reported every month of all the periods: a comparison of periods
    uses these alone, in both."""
    wanted = {month for period in periods for month in months(period.first, period.last)}
    told = submissions.filter(pl.col("period").is_in(wanted))
    counts = told.group_by("post_code").agg(n=pl.col("period").n_unique())
    return sorted(counts.filter(pl.col("n") == len(wanted))["post_code"].to_list())
