"""How long the documents brought to the posts take; of each batch only the median is told."""

from collections.abc import Sequence

import polars as pl

from metrics.selection import Period
from metrics.statistics.groups import summary


def processed(documents: pl.DataFrame | pl.LazyFrame, period: Period) -> pl.LazyFrame:
    """Return the batches of the period's months whose three counts stand, with `processed`:
    the documents approved, returned or rejected (Int64)."""
    counts = [pl.col(column).cast(pl.Int64) for column in ("approved", "returned", "rejected")]
    return (
        documents.lazy()
        .filter(period.covers("period"))
        .with_columns(processed=sum(counts, pl.lit(0, pl.Int64)))
        .filter(pl.col("processed").is_not_null())
    )


def timed(documents: pl.DataFrame | pl.LazyFrame, period: Period) -> pl.LazyFrame:
    """Return the batches of `processed` with documents and with their median days."""
    return processed(documents, period).filter(
        pl.col("processed") > 0, pl.col("days_median").is_not_null()
    )


def half_within(batches: pl.LazyFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return `by`, `value` (days), `n` (documents): the quantile of the batches' medians, each
    batch weighted by its documents.

    At least half of the documents were in batches whose own median was at most `value`. That is
    not the median over the documents, which the batches' medians do not tell.
    """
    weight = pl.col("processed").sort_by("days_median")
    reached = 2 * weight.cum_sum() >= weight.sum()
    value = pl.col("days_median").sort().filter(reached).first()
    return summary(batches, by, value=value, n=pl.sum("processed"))
