"""Whether the cases of one period end faster or slower than those of another."""

import polars as pl

from metrics.catalogue.curves import quantile_of, share_of
from metrics.catalogue.resolution import MEDIAN_RESOLUTION_DAYS, ON_TIME_SHARE
from metrics.changes.counts import DIMENSIONS, Stretch, weight
from metrics.cohorts import reported
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.statistics.log_rank import log_rank

SPEEDS = (MEDIAN_RESOLUTION_DAYS, ON_TIME_SHARE)
_MOST_MEMBERS = 100_000  # codes in one list: agencies would be the longest


def speeds(rows: Rows, stretch: Stretch) -> pl.DataFrame:
    """Return metric, dimension, member, current, previous, p_value, moved, weight: of each speed.

    Of the cohorts reported in the two periods, each as it stood on its period's last day: so
    both are followed for as long. `moved` is how many more cases of the current cohort ended
    than if both cohorts were equally fast (log-rank observed less expected); `weight` the mean
    urgency of the cases. `p_value` is null where a value is missing, or moved the other way
    than the cases did (curves that cross have no one direction).
    """
    return pl.concat(_speed(metric, rows, stretch) for metric in SPEEDS)


def _speed(metric: Metric, rows: Rows, stretch: Stretch) -> pl.DataFrame:
    cohorts = _cohorts(metric, rows, stretch)
    tests = log_rank(cohorts, ["series", "now"], "series", entry="entry").filter("now")
    weights = cohorts.lazy().group_by("series").agg(pl.mean("weight")).collect()
    told = (
        _values(metric, cohorts)
        .join(tests, on="series", how="left")
        .join(weights, on="series")
        .join(_names(rows), on="series")
        .with_columns(moved=pl.col("observed") - pl.col("expected"))
    )
    rose = (pl.col("current") - pl.col("previous")).sign()
    faster = rose if metric.better == "higher" else -rose
    agrees = (faster != 0) & (faster == pl.col("moved").sign())
    return told.select(
        pl.lit(metric.name).alias("metric"),
        "dimension",
        "member",
        "current",
        "previous",
        pl.when(agrees).then("p_value").alias("p_value"),
        "moved",
        "weight",
    ).sort("dimension", "member")


def _series(number: int, column: str | None) -> pl.Expr:
    """Return the number of a case's series in a dimension: far faster to group by than text."""
    own = pl.lit(0, pl.UInt32)
    if column is not None:
        own = (pl.col(column).to_physical().cast(pl.UInt32) + 1).fill_null(0)
    return (own + number * _MOST_MEMBERS).alias("series")


def _names(rows: Rows) -> pl.DataFrame:
    """Return the series with the texts they stand for: series, dimension, member."""
    return pl.concat(
        rows.cases.lazy()
        .select(
            _series(number, column),
            pl.lit(dimension).alias("dimension"),
            (pl.col(column) if column else pl.lit(None)).cast(pl.String).alias("member"),
        )
        .unique()
        for number, (dimension, column) in enumerate(DIMENSIONS.items())
    ).collect()


def _cohorts(metric: Metric, rows: Rows, stretch: Stretch) -> pl.DataFrame:
    """Return the cases of both cohorts once for each dimension; `now` tells the cohort."""
    periods = {True: stretch.current, False: stretch.previous}
    both = pl.concat(
        reported(rows, period).with_columns(now=pl.lit(now), weight=weight())
        for now, period in periods.items()
    )
    if metric is ON_TIME_SHARE:  # each case on the scale of its own limit
        limited = both.filter(pl.col("limit_days") > 0)
        both = limited.with_columns(pl.col("days", "entry") / pl.col("limit_days"))
    columns = ["now", "days", "entry", "closed", "weight"]
    return pl.concat(
        both.select(_series(number, column), *columns)
        for number, column in enumerate(DIMENSIONS.values())
    ).collect()


def _values(metric: Metric, cohorts: pl.DataFrame) -> pl.DataFrame:
    """Return the metric of each cohort: series, current, previous."""
    by = ["series", "now"]
    if metric is ON_TIME_SHARE:
        told = share_of(cohorts.lazy(), by, 1)
    else:
        told = quantile_of(cohorts.lazy(), by, 0.5)
    value = pl.when(pl.col("n") >= metric.fewest).then("value")
    return told.group_by("series").agg(
        current=value.filter(pl.col("now")).first(),
        previous=value.filter(~pl.col("now")).first(),
    )
