"""Who is still followed at each age: the common ground of survival curves and incidences."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.groups import refuse, within

Cases = pl.DataFrame | pl.LazyFrame


def observed(
    frame: Cases,
    by: Sequence[str],
    time: str,
    entry: str | None,
    weight: str | None,
    **kept: pl.Expr,
) -> pl.LazyFrame:
    """Return the cases that can be followed: `by`, `days`, `entry`, `kept`, and `weight` if any.

    `entry` is null for a case seen from the start; one that left at its entry or before was
    never seen, and is left out, as are rows without a time. Raises ValueError for a weight that
    is negative or no whole number; rows of weight null or 0 are left out.
    """
    rows = frame.lazy()
    late = pl.lit(None, pl.Int64) if entry is None else pl.when(pl.col(entry) > 0).then(entry)
    weights = {}
    if weight is not None:
        number = pl.col(weight)
        whole = number.is_finite() & (number >= 0) & (number == number.floor())
        found = rows.select(wrong=~whole).collect()
        refuse(found, pl.col("wrong"), "weights must be whole numbers and not negative")
        rows = rows.filter(number > 0)
        weights = {"weight": number.cast(pl.Int64)}
    cases = rows.select(*by, days=pl.col(time), entry=late, **kept, **weights)
    kind = cases.collect_schema()["days"]
    if kind == pl.Duration:
        raise TypeError(f"'{time}' must hold numbers; give whole days by .dt.total_days()")
    timed = pl.col("days").is_not_null()
    if kind.is_float():
        timed &= pl.col("days").is_not_nan()
    return cases.filter(timed, pl.col("entry").is_null() | (pl.col("entry") < pl.col("days")))


def how_many(weight: str | None, which: str | None = None) -> pl.Expr:
    """Return how many cases a group of `observed` stands for, or those of a condition alone."""
    if weight is None:
        return (pl.len() if which is None else pl.col(which).sum()).cast(pl.Int64)
    counted = pl.col("weight") if which is None else pl.col("weight").filter(which)
    return counted.sum()


def risk_sets(
    cases: pl.LazyFrame, by: Sequence[str], event: str, entry: str | None, weight: str | None
) -> pl.DataFrame:
    """Return `by`, `days`, `events`, `left`, `entered`, `at_risk`, sorted by `by` and `days`.

    `cases` is a result of `observed`. At risk at an age are all who leave then or later, but
    for those who enter only then or later. Ages at which cases enter stand there too.
    Raises ValueError for negative times.
    """
    keys = [*by, "days"]
    # Counting first makes everything after it small: cases become distinct times.
    counts = cases.group_by(keys).agg(events=how_many(weight, event), left=how_many(weight))
    if entry is not None:
        late = cases.filter(pl.col("entry").is_not_null())
        entries = late.group_by(*by, days="entry").agg(entered=how_many(weight))
        counts = (
            pl.concat([counts, entries], how="diagonal_relaxed")
            .group_by(keys)
            .agg(pl.col("events", "left", "entered").sum())
        )
    else:
        counts = counts.with_columns(entered=pl.lit(0, pl.Int64))
    ahead = (pl.col("left") - pl.col("entered")).cum_sum(reverse=True)
    table = counts.sort(keys).with_columns(at_risk=within(ahead, by)).collect()
    refuse(table, pl.col("days") < 0, "negative times; set such cases aside first")
    return table
