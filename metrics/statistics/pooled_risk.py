"""Who could still end at each age, by unit and stratum: what units are compared on."""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from metrics.statistics.groups import names, within
from metrics.statistics.risk_sets import observed, risk_sets


class PooledRisk(NamedTuple):
    """The parts that units have in strata, and what happened to each at every age.

    `parts`: the columns of the unit, `part` (its number), `stratum` (its first part), `cases`,
    `ended`, sorted by unit and stratum. `ages`: a row for every part and every age at which
    a case of its stratum ended, in whichever unit: `part`, `ended`, `at_risk` of the part,
    `all_ended`, `all_at_risk` of the stratum, as Float64, sorted by part and age.
    """

    parts: pl.DataFrame
    ages: pl.DataFrame


def pooled_risk(
    frame: pl.DataFrame | pl.LazyFrame,
    unit: str | Sequence[str],
    stratum: str | Sequence[str],
    time: str,
    event: str,
    entry: str | None,
) -> PooledRisk:
    """Return who was at risk; columns and delayed entry as in survival.kaplan_meier.

    A unit is at risk also at the ages at which only others saw something end. Null is a unit,
    or a stratum, like any other. Raises ValueError for negative times.
    """
    units = names(unit)
    # renamed, so that a unit can be told apart by a column that makes the strata too
    kinds = {f"_stratum_{i}": pl.col(column) for i, column in enumerate(names(stratum))}
    keys = [*units, *kinds]
    ended = pl.col(event).cast(pl.Boolean).fill_null(False)
    cases = observed(frame.lazy().with_columns(**kinds), keys, time, entry, None, event=ended)
    counted = risk_sets(cases, keys, "event", entry, None)
    parts = (
        counted.group_by(keys)
        .agg(cases=pl.sum("left"), ended=pl.sum("events"))
        .sort(keys)
        .with_row_index("part")
        .with_columns(stratum=within(pl.col("part").min(), list(kinds)))
    )
    own = counted.join(parts.select(*keys, "part", "stratum"), on=keys, nulls_equal=True)
    ages = _at_pooled_ages(own.with_columns(net=pl.col("left") - pl.col("entered")))
    return PooledRisk(parts.select(*units, "part", "stratum", "cases", "ended"), ages)


def _at_pooled_ages(own: pl.DataFrame) -> pl.DataFrame:
    age = ["stratum", "days"]
    pooled = (
        own.group_by(age)
        .agg(all_ended=pl.sum("events"), all_net=pl.sum("net"))
        .sort(age)
        # at risk just before an age: all who leave then or later, but for those who enter then
        .with_columns(all_at_risk=pl.col("all_net").cum_sum(reverse=True).over("stratum"))
    )
    return (
        own.select("part", "stratum")
        .unique()
        .join(pooled, on="stratum")
        .join(own.select("part", "days", "events", "net"), on=["part", "days"], how="left")
        .sort("part", "days")
        .with_columns(pl.col("events", "net").fill_null(0))
        .with_columns(at_risk=pl.col("net").cum_sum(reverse=True).over("part"))
        .filter(pl.col("all_ended") > 0)
        .select(
            "part",
            pl.col("events").cast(pl.Float64).alias("ended"),
            pl.col("at_risk", "all_ended", "all_at_risk").cast(pl.Float64),
        )
    )
