"""Which values lie far from what the same post usually tells.

A group always lies within one post: what is usual differs between places, and a filter by post
must not change which rows are called outlying.
"""

from datetime import date

import polars as pl

from metrics.cases import registered
from metrics.frames import Rows
from metrics.policy.quality import USUAL_MONTHS
from metrics.quality.finding import listed
from metrics.selection import Period, months_before
from metrics.statistics.outliers import robust_z

KINDS = (
    "outlying_duration",
    "outlying_wage",
    "outlying_amount",
    "outlying_registered",
    "outlying_placements",
)


def outlying(rows: Rows, period: Period) -> list[pl.LazyFrame]:
    """Return the findings of values of the period that lie far from those of the usual months.

    `measure` is the robust z. Durations of ended cases by type, and positive amounts by currency,
    on the logarithm; wages by sector and currency; registered workers and placements a month,
    on the logarithm.
    """
    usual = Period(_since(period), period.last)
    return [
        _durations(rows.cases, period, usual),
        *_amounts(rows.cases, period, usual),
        _wages(rows.job_orders, period, usual),
        _registered(rows.monthly_summary, period, usual),
        _placements(rows.placements, period, usual),
    ]


def _since(period: Period) -> date:
    """Return the first day of the usual months, or of the period if that is earlier."""
    if period.first == date.min:  # no months lie before
        return period.first
    return min(period.first, months_before(period.last, USUAL_MONTHS.value).first)


def _far(rows: pl.LazyFrame, by: list[str], value: str, *, log: bool) -> pl.LazyFrame:
    return robust_z(rows, ["post_code", *by], value, log=log).lazy().filter("outlier")


def _durations(cases: pl.DataFrame, period: Period, usual: Period) -> pl.LazyFrame:
    ended = registered(cases, period.last).filter("closed", usual.covers("date_closed"))
    far = _far(ended, ["case_type"], "days", log=True).filter(period.covers("date_closed"))
    z = pl.col("z")
    return listed(far, "cases", "outlying_duration", "days", measure=z, day="date_closed")


def _amounts(cases: pl.DataFrame, period: Period, usual: Period) -> list[pl.LazyFrame]:
    reported = registered(cases, period.last).filter(usual.covers("date_reported"))
    found = []
    for column in ("amount_claimed", "amount_recovered"):
        # 0 means that there is no amount
        far = _far(reported.filter(pl.col(column) > 0), ["currency"], column, log=True)
        told = far.filter(period.covers("date_reported"))
        found.append(listed(told, "cases", "outlying_amount", column, measure=pl.col("z")))
    return found


def _wages(job_orders: pl.DataFrame, period: Period, usual: Period) -> pl.LazyFrame:
    orders = job_orders.lazy().unique("jo_id", keep="last", maintain_order=True)
    paid = orders.filter(usual.covers("date_received"), pl.col("wage") > 0)
    far = _far(paid, ["sector_code", "currency"], "wage", log=False)
    told = far.filter(period.covers("date_received"))
    return listed(told, "job_orders", "outlying_wage", "wage", measure=pl.col("z"))


def _registered(summaries: pl.DataFrame, period: Period, usual: Period) -> pl.LazyFrame:
    months = summaries.lazy().unique(["post_code", "period"], keep="last", maintain_order=True)
    far = _far(months.filter(usual.covers("period")), [], "registered_workers", log=True)
    return listed(
        far.filter(period.covers("period")),
        "monthly_summary",
        "outlying_registered",
        "registered_workers",
        measure=pl.col("z"),
    )


def _placements(placements: pl.DataFrame, period: Period, usual: Period) -> pl.LazyFrame:
    months = (
        placements.lazy()
        .filter(usual.covers("period"))
        .group_by("post_code", "place", "period", maintain_order=True)
        .agg(pl.sum("count").cast(pl.Int64))
    )
    far = _far(months, [], "count", log=True).filter(period.covers("period"))
    return listed(far, "placements", "outlying_placements", "count", measure=pl.col("z"))
