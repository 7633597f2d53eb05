"""Curves of cases that could be seen only from some age on: where such a curve may begin."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.groups import summary
from metrics.statistics.risk_sets import observed, risk_sets

_ALL = "_all"


def seen_enough(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "days",
    entry: str = "entry",
    fewest: int = 5,
) -> pl.DataFrame:
    """Return the frame ready for a curve that begins where `fewest` cases are at risk.

    A tiny risk set at an early age can hold a curve with delayed entry at 0 for ever. In a
    group where fewer than `fewest` cases were seen from the start, and others joined later, no
    case counts as seen before the first age at which `fewest` are: the column `entry` is put
    off to that age, and the new column `seen_after` (dtype of `entry`) holds it. What is read
    off the curve is then conditional on lasting longer than that age. `seen_after` is null in
    the other groups. A group in which `fewest` never are at risk together loses its rows.
    """
    if not by:
        one = frame.lazy().with_columns(pl.lit(True).alias(_ALL))
        return seen_enough(one, [_ALL], time, entry, fewest).drop(_ALL)
    by = list(by)
    rows = frame.lazy().collect()
    cases = observed(rows, by, time, entry, None, ended=pl.lit(False))
    late = pl.col("entry").is_not_null()
    groups = summary(cases, by, early=(~late).sum(), late=late.any())
    thin = groups.filter("late", pl.col("early") < fewest).select(by)
    kind = rows.schema[entry]
    if thin.is_empty():
        return rows.with_columns(seen_after=pl.lit(None, kind))
    sets = risk_sets(
        cases.join(thin.lazy(), on=by, how="semi", nulls_equal=True), by, "ended", entry, None
    )
    after = pl.col("at_risk") - pl.col("left") + pl.col("entered")
    starts = sets.filter(after >= fewest).group_by(by).agg(seen_after=pl.col("days").min())
    never = thin.join(starts, on=by, how="anti", nulls_equal=True)
    return (
        rows.join(never, on=by, how="anti", nulls_equal=True, maintain_order="left")
        .join(starts, on=by, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(pl.col("seen_after").cast(kind))
        .with_columns(pl.max_horizontal(entry, "seen_after").alias(entry))
    )
