"""When the vacancies of a job order were filled, as the posts' monthly files tell it.

Files tell how many are filled at the end of a month: a vacancy is dated at the end of the month
whose file first told it filled, up to a month after it was (interval-censored, taken at the end of
the interval). What became known after the period is not looked at.
"""

from collections.abc import Sequence
from datetime import timedelta

import polars as pl

from metrics.codes import EXPIRED, is_code
from metrics.demand.orders import verified
from metrics.frames import Rows
from metrics.selection import Period

FILLED, RAN_OUT, OPEN = "filled", "expired", "open"


def followed(rows: Rows, period: Period) -> pl.LazyFrame:
    """Return the orders verified in the period as the files up to its last day tell them.

    The columns of `job_orders` (last version), with `filled` as told by then, `seen` (last day
    up to which the post has told of its orders: the end of its last reported month) and `over`
    (first day on which the order was no longer valid: after `valid_until`, or from the file that
    told it expired; null without either). Left out are orders that no file has told of by then,
    and, as faults of the data, those with fewer than none or more than all vacancies filled, or
    valid until before their verification.
    """
    told = _told(rows, period)
    last = told.group_by("jo_id").agg(
        filled=pl.col("filled").drop_nulls().last(),
        least=pl.col("filled").min(),
        told_last=pl.col("day").last(),
        told_expired=pl.when(pl.col("expired").last()).then(pl.col("day").filter("expired").min()),
    )
    over = pl.min_horizontal(pl.col("valid_until") + timedelta(days=1), "told_expired")
    reached = pl.max_horizontal("told_last", "reported")
    return (
        verified(rows.job_orders, period)
        .drop("filled")
        .join(last, on="jo_id")
        .with_columns(post=pl.col("post_code").cast(pl.String))
        .join(_reported(rows.submissions, period), on="post", how="left")
        .filter(
            pl.col("filled") <= pl.col("vacancies"),
            pl.col("least") >= 0,
            (pl.col("valid_until") >= pl.col("date_verified")).fill_null(True),
        )
        .with_columns(seen=reached, over=over)
        .drop("post", "least", "told_last", "told_expired", "reported")
    )


def positions(rows: Rows, period: Period, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return `jo_id`, `by`, `days`, `outcome`, `weight`, sorted: what became of the vacancies.

    A row stands for `weight` vacancies of an order verified in the period, and `days` are those
    since its verification. `outcome` is "filled" (at the end of the month whose file told it; a
    vacancy told filled and later vacant again is not filled), "expired" (not filled when the
    order was no longer valid) or "open" (valid on the last day seen). A vacancy told filled
    after the order had run out is filled, with the day on which that was told.
    """
    orders = followed(rows, period)
    since = pl.col("date_verified")
    filled = (
        _told(rows, period)
        .filter(pl.col("filled").is_not_null())
        .join(orders.select("jo_id", *_other(by)), on="jo_id", maintain_order="left")
        # filled for good: what no later file took back
        .with_columns(lasting=pl.col("filled").cum_min(reverse=True).over("jo_id"))
        .with_columns(weight=pl.col("lasting").diff().over("jo_id").fill_null(pl.col("lasting")))
        .select("jo_id", *by, days=pl.col("day") - since, outcome=pl.lit(FILLED), weight="weight")
    )
    ended = (pl.col("over") <= pl.col("seen")).fill_null(False)
    rest = orders.select(
        "jo_id",
        *by,
        days=pl.when(ended).then("over").otherwise("seen") - since,
        outcome=pl.when(ended).then(pl.lit(RAN_OUT)).otherwise(pl.lit(OPEN)),
        weight=pl.col("vacancies") - pl.col("filled"),
    )
    return (
        pl.concat([filled, rest])
        .filter(pl.col("weight") > 0)
        .with_columns(pl.col("days").dt.total_days(), pl.col("weight").cast(pl.Int64))
        .sort("jo_id", "days", "outcome")
        .collect()
    )


def unfilled(rows: Rows, period: Period) -> pl.LazyFrame:
    """Return the rows of `followed` still valid on the period's last day, whenever verified.

    An order without an end of its validity counts as valid.
    """
    ever = Period(Period.ALL.first, period.last)
    valid = (pl.col("over") > period.last).fill_null(True)
    return followed(rows, ever).filter(valid)


def _other(by: Sequence[str]) -> list[str]:
    return [column for column in by if column != "jo_id"]


def _told(rows: Rows, period: Period) -> pl.LazyFrame:
    """Return what the files told of the orders verified in the period, in order of months.

    A file of a month that ended before the verification tells nothing of it.
    """
    orders = verified(rows.job_orders, period).select("jo_id", "date_verified")
    day = pl.col("period").dt.month_end()
    return (
        rows.order_states.lazy()
        .select("jo_id", "filled", day=day, expired=is_code("status", EXPIRED))
        .filter(pl.col("day") <= period.last)
        .unique(["jo_id", "day"], keep="last", maintain_order=True)
        .join(orders, on="jo_id")
        .filter(pl.col("day") >= pl.col("date_verified"))
        .sort("jo_id", "day")
    )


def _reported(submissions: pl.DataFrame, period: Period) -> pl.LazyFrame:
    """Return the end of the last month each post has reported, within the period's last day."""
    ends = submissions.lazy().select(
        post=pl.col("post_code").cast(pl.String), reported=pl.col("period").dt.month_end()
    )
    return ends.filter(pl.col("reported") <= period.last).group_by("post").agg(pl.max("reported"))
