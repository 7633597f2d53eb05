"""Whether two periods differ, and which of many differences to believe."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy.special import bdtr, bdtrc, ndtri, stdtr

from metrics.statistics.groups import finite, known, refuse, within


def two_poisson(
    frame: pl.DataFrame | pl.LazyFrame,
    current: str = "current",
    previous: str = "previous",
    current_exposure: str | None = None,
    previous_exposure: str | None = None,
) -> pl.DataFrame:
    """Return the frame with `ratio` (current / previous rate) and `p_value` (two-sided).

    `current` and `previous` are counts of cases; the exposures are columns in the same unit
    as each other (days, workers), 1 if not named. Given the sum, the current count is binomial;
    the p-value is twice the smaller mid-p tail, at most 1. Ratio is null if `previous` is 0;
    the p-value then stands, and is 1 if both counts are 0. Missing counts, or exposure that
    is null or zero, give null for both. Raises ValueError for negative counts or exposure.

    Sources: Przyborowski and Wilenski 1940 (conditional test); Lancaster 1961 (mid-p).
    """
    table = frame.lazy().collect()
    now, then = known(current), known(previous)
    now_over = pl.lit(1.0) if current_exposure is None else known(current_exposure)
    then_over = pl.lit(1.0) if previous_exposure is None else known(previous_exposure)
    negative = pl.any_horizontal(now < 0, then < 0, now_over < 0, then_over < 0)
    refuse(table, negative, "negative counts or exposure")
    counts = table.select(now=now, then=then, now_over=now_over, then_over=then_over).with_columns(
        usable=pl.all_horizontal(
            pl.all().is_not_null(), pl.col("now_over") > 0, pl.col("then_over") > 0
        )
    )
    usable = pl.col("usable").fill_null(False)
    rate_now, rate_then = pl.col("now") / pl.col("now_over"), pl.col("then") / pl.col("then_over")
    filled = counts.filter(usable)
    tail = _smaller_tail(
        filled["now"].to_numpy().astype(np.int64),
        (filled["now"] + filled["then"]).to_numpy().astype(np.int64),
        (filled["now_over"] / (filled["now_over"] + filled["then_over"])).to_numpy(),
    )
    p_value = np.full(len(counts), np.nan)
    p_value[counts.select(usable).to_series().to_numpy()] = np.minimum(1.0, 2 * tail)
    return table.with_columns(
        counts.select(
            ratio=pl.when(usable & (pl.col("then") > 0)).then(finite(rate_now / rate_then))
        ).to_series(),
        pl.Series("p_value", p_value, dtype=pl.Float64, nan_to_null=True),
    )


def _smaller_tail(x: np.ndarray, n: np.ndarray, share: np.ndarray) -> np.ndarray:
    # Both tails are summed as such: 1 - tail would lose small p-values to rounding. Below 0
    # bdtr is NaN where the tail is 0.
    below = np.where(x > 0, bdtr(np.maximum(x - 1, 0), n, share), 0.0)
    above = np.where(x > 0, bdtrc(np.maximum(x - 1, 0), n, share), 1.0)
    low = (below + bdtr(x, n, share)) / 2
    high = (above + bdtrc(x, n, share)) / 2
    smaller: np.ndarray = np.minimum(low, high)
    return smaller


def overdispersed(
    frame: pl.DataFrame | pl.LazyFrame, spread: str, free: str, p: str = "p_value"
) -> pl.DataFrame:
    """Return the frame with its p-values raised, for counts that vary more than by chance.

    `spread` is the variance of such counts over their mean, estimated with `free` degrees of
    freedom. The normal deviate of a p-value is divided by the root of the spread, and read as
    one of Student's t, because the spread is itself an estimate. A spread that is null or at
    most 1 changes nothing: less variation than by chance is chance. Source: McCullagh and
    Nelder 1989 (quasi-likelihood).
    """
    table = frame.lazy().collect()
    factor = pl.max_horizontal(known(spread), pl.lit(1.0))
    told = table.select(p=known(p), factor=factor, free=pl.col(free).cast(pl.Float64))
    deviate = ndtri(told["p"].to_numpy() / 2) / np.sqrt(told["factor"].to_numpy())
    raised = 2 * stdtr(told["free"].fill_null(1.0).to_numpy(), deviate)
    return table.with_columns(
        told.select(
            pl.when(pl.col("factor") > 1)
            .then(pl.Series(raised, nan_to_null=True))
            .otherwise("p")
            .alias(p)
        )
    )


def false_discovery(
    frame: pl.DataFrame | pl.LazyFrame, p: str = "p_value", by: Sequence[str] = ()
) -> pl.DataFrame:
    """Return the frame, in its order, with `q_value`: p-values adjusted for their number.

    Each group of `by` is a family of tests of its own. A null p-value is no test: it gets null
    and does not count. Raises ValueError for p-values outside 0 to 1. Source: Benjamini and
    Hochberg 1995.
    """
    table = frame.lazy().collect().with_row_index("_row")
    refuse(table, (known(p) < 0) | (known(p) > 1), "p-values must lie between 0 and 1")
    tests = within(pl.col("_p").count(), by)
    rank = tests - within(pl.int_range(pl.len()), by)  # the largest p comes first
    adjusted = pl.when(pl.col("_p").is_not_null()).then(pl.col("_p") * (tests / rank))
    return (
        table.with_columns(_p=known(p))
        .sort("_p", descending=True, nulls_last=True)
        .with_columns(q_value=within(adjusted.cum_min(), by))
        .sort("_row")
        .drop("_row", "_p")
    )
