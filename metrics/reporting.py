"""Which posts have reported which months: what is missing is missing, not zero."""

from datetime import date

import polars as pl

from metrics.policy.posts import REPORT_DUE_DAYS
from metrics.selection import Period

STATES = ("on_time", "late", "missing", "not_due")  # of a post's report of a month


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


def expected(submissions: pl.DataFrame, period: Period) -> pl.LazyFrame:
    """Return the reports that were due by the last day of the period.

    Columns: post_code, place, period (first day of the month), due (the post's local day). Those
    are the months that begin in the period, of every post from the first month that it ever
    reported; a post that never reported is not known to have been open. A month that is not
    yet due is not missing. Source: DHIS2, expected reports.
    """
    due_by_then = pl.col("due") <= period.last
    return _post_months(submissions, period).filter(due_by_then)


def _post_months(submissions: pl.DataFrame, period: Period) -> pl.LazyFrame:
    """Return the months that begin in the period, of every post from its first report on.

    Columns: post_code, place, period, due.
    """
    grid = pl.DataFrame({"period": months(period.first, period.last)}, schema={"period": pl.Date})
    due = pl.col("period").dt.month_end() + pl.duration(days=REPORT_DUE_DAYS.value)
    begun_in_period = grid.lazy().filter(pl.col("period") >= period.first).with_columns(due=due)
    posts = (
        submissions.lazy()
        .filter(pl.col("post_code").is_not_null())
        .group_by("post_code")
        .agg(pl.first("place"), begun=pl.min("period"))
    )
    return (
        posts.join(begun_in_period, how="cross")
        .filter(pl.col("period") >= pl.col("begun"))
        .select("post_code", "place", "period", "due")
    )


def answered(submissions: pl.DataFrame, period: Period) -> pl.LazyFrame:
    """Return `expected` with what had come by the last day of the period.

    Further columns: received_on (local day of the first whole submission; null: none came),
    rows_ok (of that first one; null: none came), corrected (rows that later submissions added,
    changed or removed after the due day).
    """
    return _with_received(expected(submissions, period), submissions, period.last)


def calendar(submissions: pl.DataFrame, period: Period, as_of: date) -> pl.DataFrame:
    """Return how every post stood with every month of the period, as known on the day `as_of`.

    Columns: post_code, place, period, due, received_on, rows_ok, corrected as in `answered`, then
    days_late (null: not received) and state, one of STATES. A month before a post's first report
    has no row: the post is not known to have been open. On its due day a report is not missing
    yet: it may still come.
    """
    late = pl.col("days_late") > 0
    state = (
        pl.when(late)
        .then(pl.lit("late"))
        .when(pl.col("received_on").is_not_null())
        .then(pl.lit("on_time"))
        .when(pl.col("due") < as_of)
        .then(pl.lit("missing"))
        .otherwise(pl.lit("not_due"))
        .cast(pl.Enum(STATES))
    )
    wanted = _with_received(_post_months(submissions, period), submissions, as_of)
    days_late = (pl.col("received_on") - pl.col("due")).dt.total_days().clip(lower_bound=0)
    return (
        wanted.with_columns(days_late=days_late)
        .with_columns(state=state)
        .sort("post_code", "period")
        .collect()
    )


def _with_received(wanted: pl.LazyFrame, submissions: pl.DataFrame, as_of: date) -> pl.LazyFrame:
    """Return reports wanted with what had come of each by a day; see `answered`."""
    corrections = ("rows_added", "rows_changed", "rows_removed")
    told = (
        submissions.lazy()
        .filter(pl.col("received_on") <= as_of)
        .sort("received_at", "id", nulls_last=True)
        .with_columns(corrected=pl.sum_horizontal(pl.col(corrections).cast(pl.Int64)))
        .select("post_code", "period", "received_on", "rows_ok", "corrected")
    )
    later = (pl.int_range(pl.len()) > 0) & (pl.col("received_on") > pl.col("due"))
    key = ["post_code", "period"]
    came = (
        told.join(wanted.select(*key, "due"), on=key, maintain_order="left")
        .group_by(key)
        .agg(
            pl.first("received_on", "rows_ok"),
            corrected=pl.col("corrected").filter(later).sum(),
        )
    )
    return wanted.join(came, on=key, how="left")
