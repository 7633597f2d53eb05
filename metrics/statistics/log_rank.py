"""Whether the speed of a unit differs from that of all others by more than chance."""

from collections.abc import Sequence

import polars as pl
from scipy.special import ndtr

from metrics.statistics.groups import finite, names
from metrics.statistics.pooled_risk import pooled_risk


def log_rank(
    frame: pl.DataFrame | pl.LazyFrame,
    unit: str | Sequence[str],
    stratum: str | Sequence[str] = (),
    time: str = "days",
    event: str = "closed",
    entry: str | None = None,
) -> pl.DataFrame:
    """Return `unit`, `observed`, `expected`, `variance`, `z`, `p_value`, `comparability`.

    The stratified log-rank test of each unit against all others together. One row of `frame` is
    a case, with the columns and the delayed entry of kaplan_meier. `z` above 0: the unit ends
    more cases than expected, that is faster. `p_value` is two-sided. Both are null where the
    unit was never at risk together with others. `comparability` is the share of the unit's
    closings, or of its cases if none closed, in strata that other units have too. Sorted by unit.

    If speeds cross (fast at first, slow later) the test can miss it; see restricted_mean.
    Raises ValueError for negative times. Sources: Mantel 1966; Peto and Peto 1972.
    """
    units = names(unit)
    parts, ages = pooled_risk(frame, units, stratum, time, event, entry)
    n, d = pl.col("all_at_risk"), pl.col("all_ended")
    part = pl.col("at_risk") / n
    # one case alone is no draw, and leaves 0/0
    spread = pl.when(n > 1).then(d * ((n - d) / (n - 1)) * part * (1 - part)).otherwise(0.0)
    terms = ages.group_by("part", maintain_order=True).agg(
        expected=(d * part).sum(), variance=spread.sum()
    )
    shared = pl.len().over("stratum") > 1
    summed = (
        parts.with_columns(shared=shared)
        .join(terms, on="part", how="left", maintain_order="left")
        .group_by(units, maintain_order=True)
        .agg(
            pl.sum("expected", "variance"),
            observed=pl.sum("ended"),
            comparability=pl.when(pl.sum("ended") > 0)
            .then(pl.col("ended").filter("shared").sum() / pl.sum("ended"))
            .otherwise(pl.col("cases").filter("shared").sum() / pl.sum("cases")),
        )
        .with_columns(
            z=pl.when(pl.col("variance") > 0).then(
                finite((pl.col("observed") - pl.col("expected")) / pl.col("variance").sqrt())
            )
        )
    )
    p_value = 2 * ndtr(-summed["z"].abs().to_numpy())  # null becomes NaN, and stays NaN
    return summed.select(
        *units,
        "observed",
        "expected",
        "variance",
        "z",
        pl.Series("p_value", p_value, dtype=pl.Float64, nan_to_null=True),
        "comparability",
    )
