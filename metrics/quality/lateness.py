"""How long after its report a case first came in a file of its post."""

from collections.abc import Sequence

import polars as pl

from metrics.cases import registered
from metrics.frames import Rows
from metrics.policy.quality import LATE_TOLD
from metrics.quality.finding import listed
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.statistics.intervals import wilson

LATE = "told_late"
KINDS = (LATE,)


def lateness(rows: Rows, period: Period, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return how late the cases reported in the period were told: one row a group of `by`.

    Columns `by`, `n` (cases judged), `median`, `p90` (days from report to the post's first file
    with the case), `late` (cases above policy.LATE_TOLD), `share`, `lower`, `upper` (of these,
    Wilson 95 %). See `told` for which cases are judged.
    """
    lag = pl.col("lag")
    counted = summary(
        told(rows.cases, period),
        by,
        n=pl.len().cast(pl.Int64),
        median=lag.median(),
        p90=lag.quantile(0.9, "linear"),
        late=pl.col("late").sum().cast(pl.Int64),
    )
    return wilson(counted, successes="late", trials="n")


def told(cases: pl.DataFrame, period: Period) -> pl.LazyFrame:
    """Return the valid cases of the period that can be judged, with `lag` (days) and `late`.

    Only what had been told by the last day of the period counts. Because what is not told yet
    is not seen, the lag of recent months looks short: a case is judged if its month ended at
    least as long ago as the 95th percentile of its post's lags (right truncation). Cases from
    before the post began to report came with its first files and are not late.
    """
    first, reported = pl.col("first_told"), pl.col("date_reported")
    usual = pl.col("lag").quantile(LATE_TOLD.value["settled"] / 100, "higher").over("post_code")
    since = (pl.lit(period.last) - reported.dt.month_end()).dt.total_days()
    return (
        registered(cases, period.last)
        .filter(
            period.covers("date_reported"),
            first.is_between(reported, period.last),
            pl.col("known_from").is_null() | (reported >= pl.col("known_from")),
        )
        .with_columns(lag=(first - reported).dt.total_days())
        .filter(since >= usual)
        .with_columns(late=pl.col("lag") > LATE_TOLD.value["days"])
    )


def late(rows: Rows, period: Period) -> list[pl.LazyFrame]:
    """Return the findings of cases told late."""
    cases = told(rows.cases, period).filter("late")
    return [listed(cases, "cases", LATE, "first_told", measure=pl.col("lag"))]
