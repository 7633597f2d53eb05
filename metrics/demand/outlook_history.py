"""Month by month, what an outlook is made from: only months and posts that were told."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Literal

import polars as pl

from metrics.cases import registered
from metrics.demand.orders import verified
from metrics.frames import Rows
from metrics.policy.outlook import OUTLOOK_MONTHS
from metrics.selection import Period, month_end, months_before

Subject = Literal["verified_vacancies", "placements", "new_cases"]


def history(rows: Rows, period: Period, subject: Subject, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return `by`, `month`, `value`, `posts`: what an outlook is made from, at most 96 months.

    Only whole months up to the period's last day. A group is told by the posts that reported
    36 months in a row up to its last month (if none did, 24), from the first month that all of
    these reported: the others would show as a rise or a fall. `posts` is how many they are.
    Placements of a month stand only in its own report; cases and job orders also in any later
    one, so that a month left out there is no gap. A group that these posts had nothing of in a
    month has 0.
    """
    rows_of = _ROWS[subject](rows, period)
    columns = rows_of.collect_schema().names()
    if missing := [column for column in by if column not in columns]:
        raise ValueError(
            f"This outlook cannot be told by {', '.join(missing)}: "
            f"its rows have only {', '.join(columns)}."
        )
    last = _last_whole_month(period)
    own = [column for column in by if column in rows.submissions.columns]
    posts = _posts(rows.submissions, last, own, in_own_report=subject == "placements")
    kept = rows_of.join(posts.lazy().select("post_code", "_from"), on="post_code").filter(
        pl.col("_month").is_between(pl.col("_from"), last)
    )
    counts = kept.group_by(*by, "_month").agg(value=pl.col("_count").sum()).collect()
    told = {"_from": pl.first("_from"), "posts": pl.len().cast(pl.Int64)}
    spans = posts.group_by(own).agg(**told) if own else posts.select(**told).drop_nulls()
    found = counts.select(by).unique()
    if own == list(by):  # a post that reported and had nothing had 0
        groups = spans
    elif own:
        groups = found.join(spans, on=own)
    else:
        groups = found.join(spans, how="cross")
    grid = groups.with_columns(_month=pl.date_ranges("_from", pl.lit(last), "1mo"))
    return (
        grid.explode("_month")
        .join(counts, on=[*by, "_month"], how="left", nulls_equal=True)
        .select(
            *by, month="_month", value=pl.col("value").fill_null(0).cast(pl.Float64), posts="posts"
        )
        .sort(*by, "month")
    )


def _last_whole_month(period: Period) -> date:
    first = period.last.replace(day=1)
    whole = month_end(period.last) == period.last
    return first if whole else (first - timedelta(days=1)).replace(day=1)


def _posts(
    submissions: pl.DataFrame, last: date, own: Sequence[str], *, in_own_report: bool
) -> pl.DataFrame:
    """Return `post_code`, `own`, `_from`: the posts that tell each group, and since when."""
    sent = submissions.filter(pl.col("post_code").is_not_null()).select(
        *dict.fromkeys(("post_code", *own)), "period"
    )
    reached = sent.group_by("post_code").agg(pl.max("period")).filter(pl.col("period") >= last)
    past = sent.filter(pl.col("period") <= last).unique().sort("post_code", "period")
    apart = pl.col("period") != pl.col("period").shift(1).dt.offset_by("1mo")
    begun = pl.col("period").filter(apart.fill_null(True)).last()
    groups = list(dict.fromkeys(("post_code", *own)))
    if in_own_report:
        ended = pl.col("period").last() == last
        runs = past.group_by(groups).agg(_from=begun, _whole=ended).filter("_whole")
    else:
        runs = past.group_by(groups).agg(_from=pl.first("period"))
        runs = runs.join(reached, on="post_code", how="semi")
    least = {
        name: months_before(month_end(last), OUTLOOK_MONTHS.value[name]).first
        for name in ("naive", "model", "history")
    }
    among = own or pl.lit(0)
    any_long = (pl.col("_from") <= least["model"]).any().over(among)
    needed = pl.when(any_long).then(least["model"]).otherwise(least["naive"])
    members = runs.filter(pl.col("_from") <= needed)
    return members.with_columns(
        pl.max_horizontal(pl.col("_from").max().over(among), pl.lit(least["history"]))
    ).select(*groups, "_from")


def _vacancies(rows: Rows, period: Period) -> pl.LazyFrame:
    orders = verified(rows.job_orders, Period(date.min, period.last))
    return _counted(orders, "date_verified", pl.col("vacancies"))


def _placements(rows: Rows, _: Period) -> pl.LazyFrame:
    return _counted(rows.placements.lazy(), "period", pl.col("count"))


def _cases(rows: Rows, period: Period) -> pl.LazyFrame:
    return _counted(registered(rows.cases, period.last), "date_reported", pl.lit(1))


def _counted(rows: pl.LazyFrame, day: str, count: pl.Expr) -> pl.LazyFrame:
    month = pl.col(day).dt.truncate("1mo")
    return rows.with_columns(_month=month, _count=count.cast(pl.Int64))


_ROWS: dict[Subject, Callable[[Rows, Period], pl.LazyFrame]] = {
    "verified_vacancies": _vacancies,
    "placements": _placements,
    "new_cases": _cases,
}
