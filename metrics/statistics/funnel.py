"""Which of many observed / expected ratios lie further from 1 than units usually do."""

import numpy as np
import polars as pl
from scipy.special import gammaincinv

from metrics.statistics.groups import finite, known, refuse
from metrics.statistics.intervals import Z95

FEWEST_TO_ADJUST = 10  # units; with fewer, their spread is not known
TRIMMED = 0.1  # of the units at either end count only as much as the next one
Z998 = 3.09  # 99.8 %, as published
TAILS = {"95": (0.025, Z95), "998": (0.001, Z998)}
LIMITS = tuple(f"{side}_{level}" for level in TAILS for side in ("lower", "upper"))


def funnel(
    frame: pl.DataFrame | pl.LazyFrame,
    observed: str = "observed",
    expected: str = "expected",
    fewest: float = 0,
) -> pl.DataFrame:
    """Return the frame with `ratio`, limits around 1, `phi`, `tau2`, `adjusted`, `position`.

    One row is a unit. `lower_95`, `upper_95`, `lower_998`, `upper_998` are where a usual unit
    with this `expected` lies. From 10 units on they are `adjusted` for how much units differ
    anyway: on the square-root scale, with `phi` the mean of the squared z (the outermost tenth
    at either end drawn in) and `tau2` the variance between units (0: no more than chance). With
    fewer units they are exact Poisson limits, and phi and tau2 are of all z as they are.

    `position` is "higher", "lower" or "as_expected" by the 99.8 % limits; null where neither
    count reaches `fewest` (of few expected the exact lower limit is above 0 even where none at
    all would be no surprise). Expected that is null or 0, or observed that is null, give null
    and do not count as a unit. Raises ValueError for negative numbers.

    Sources: Spiegelhalter 2005; Spiegelhalter et al. 2012; Garwood 1936.
    """
    table = frame.lazy().collect()
    refuse(table, (pl.col(observed) < 0) | (pl.col(expected) < 0), "negative counts")
    over = pl.when(known(expected) > 0).then(known(expected))
    counts = table.select(o=known(observed), e=pl.when(known(observed).is_not_null()).then(over))
    o, e = counts["o"].to_numpy(), counts["e"].to_numpy()  # null becomes NaN
    phi, tau2 = _spread_between(o, e)
    units = int(np.isfinite(e).sum())
    adjusted = units >= FEWEST_TO_ADJUST
    limits = _widened(e, tau2) if adjusted else _exact(e)
    columns = {"ratio": o / e, **dict(zip(LIMITS, limits, strict=True))}
    numbers = [
        finite(pl.lit(pl.Series(name, values, dtype=pl.Float64))).alias(name)
        for name, values in columns.items()
    ]
    spread = [
        pl.lit(value if units else None, pl.Float64).alias(name)
        for name, value in (("phi", phi), ("tau2", tau2))
    ]
    told = table.with_columns(*numbers, *spread, adjusted=pl.lit(adjusted))
    enough = pl.max_horizontal(known(observed), known(expected)) >= fewest
    ratio = pl.col("ratio")
    return told.with_columns(
        position=pl.when(ratio.is_null() | ~enough)
        .then(pl.lit(None, pl.String))
        .when(ratio > pl.col("upper_998"))
        .then(pl.lit("higher"))
        .when(ratio < pl.col("lower_998"))
        .then(pl.lit("lower"))
        .otherwise(pl.lit("as_expected"))
    )


def _spread_between(o: np.ndarray, e: np.ndarray) -> tuple[float, float]:
    """Return phi and tau2 of the units; 0 of none."""
    used = np.isfinite(e)
    n = int(used.sum())
    if n == 0:
        return 0.0, 0.0
    weight = 4 * e[used]  # 1 / s^2: the root of a Poisson ratio has variance 1 / (4 E)
    z = (np.sqrt(o[used] / e[used]) - 1) * np.sqrt(weight)
    if n >= FEWEST_TO_ADJUST:
        z = np.clip(z, *np.quantile(z, [TRIMMED, 1 - TRIMMED]))
    phi = float(np.mean(z**2))
    room = weight.sum() - (weight**2).sum() / weight.sum()
    return phi, max(0.0, float((n * phi - (n - 1)) / room)) if n > 1 else 0.0


def _exact(e: np.ndarray) -> list[np.ndarray]:
    return [
        limit
        for tail, _ in TAILS.values()
        for limit in (gammaincinv(e, tail) / e, gammaincinv(e + 1, 1 - tail) / e)
    ]


def _widened(e: np.ndarray, tau2: float) -> list[np.ndarray]:
    spread = np.sqrt(1 / (4 * e) + tau2)
    # below 0 the square would turn upwards again
    return [
        limit
        for _, z in TAILS.values()
        for limit in (np.maximum(0, 1 - z * spread) ** 2, (1 + z * spread) ** 2)
    ]
