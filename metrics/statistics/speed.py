"""Whether a unit ends its cases faster than others end cases of the same kind."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.groups import names
from metrics.statistics.pooled_risk import pooled_risk
from metrics.statistics.standardise import observed_over_expected


def speed_ratio(
    frame: pl.DataFrame | pl.LazyFrame,
    unit: str | Sequence[str],
    stratum: str | Sequence[str] = (),
    time: str = "days",
    event: str = "closed",
    entry: str | None = None,
    largest_share: float = 1 / 3,
) -> pl.DataFrame:
    """Return `unit`, `cases`, `observed`, `expected`, `ratio`, `lower`, `upper`, `leave_one_out`.

    One row of `frame` is a case, with the columns and the delayed entry of kaplan_meier.
    `expected` is how many of the unit's cases would have ended in the time that each was open,
    at the hazard of its stratum in all units (Nelson-Aalen); so open cases count too. `ratio`
    is observed / expected, above 1 faster, with exact 95 % Poisson limits; null where nothing
    was expected. Sorted by unit.

    In a stratum of which the unit has more than `largest_share` of the cases, the hazard is that
    of the other units, lest it be compared with itself; `leave_one_out` tells that this happened.
    There a closing is observed only at an age at which others had a case too, so a stratum of
    one unit alone says nothing. Without it the expected sum to the observed. The limits take the
    hazard for known: the test is that of log_rank. Compare a unit with 1, not with another.

    Raises ValueError for negative times. Sources: Breslow and Day 1987, volume II; Nelson 1972;
    Aalen 1978; Garwood 1936.
    """
    units = names(unit)
    parts, ages = pooled_risk(frame, units, stratum, time, event, entry)
    share = pl.col("cases") / pl.col("cases").sum().over("stratum")
    parts = parts.with_columns(left_out=share > largest_share)
    others_ended = pl.col("all_ended") - pl.col("ended")
    others_at_risk = pl.col("all_at_risk") - pl.col("at_risk")
    both = ~pl.col("left_out") | (others_at_risk > 0)
    hazard = (
        pl.when("left_out")
        .then(others_ended / others_at_risk)
        .otherwise(pl.col("all_ended") / pl.col("all_at_risk"))
    )
    terms = (
        ages.join(parts.select("part", "left_out"), on="part", maintain_order="left")
        .filter(both)
        .group_by("part", maintain_order=True)
        .agg(observed=pl.sum("ended"), expected=(pl.col("at_risk") * hazard).sum())
    )
    summed = (
        parts.drop("ended")
        .join(terms, on="part", how="left", maintain_order="left")
        .group_by(units, maintain_order=True)
        .agg(
            pl.sum("cases"),
            pl.sum("observed").cast(pl.Int64),
            pl.sum("expected"),
            leave_one_out=pl.any("left_out"),
        )
    )
    told = observed_over_expected(summed)
    results = ("cases", "observed", "expected", "ratio", "lower", "upper", "leave_one_out")
    return told.select(*units, *results)
