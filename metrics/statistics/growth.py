"""Whether a year was truly larger than the one before, when what is counted comes in batches."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from scipy.special import stdtrit

from metrics.policy.demand import GROWTH_BASE
from metrics.statistics.groups import finite, known, refuse, summary, within

YEAR = 12  # months of a window


def growth(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "month",
    value: str = "value",
    last: date | None = None,
) -> pl.DataFrame:
    """Return `by`, `current`, `previous`, `growth`, `lower`, `upper`, `signal`.

    Arguments and `current`, `previous` as in `log_ratios`. `growth` is current / previous - 1,
    null if either is missing or previous is 0; its 95 % limits are those of the log ratio, with
    the quantile of the t distribution, null where it has no error. `signal` is true if they
    exclude 0 and previous is at least the base of policy; null without growth. Sources: as
    `log_ratios`.
    """
    ratios = log_ratios(frame, by, time, value, last)
    # null becomes NaN, and stays so
    quantiles = stdtrit(ratios["freedom"].cast(pl.Float64).to_numpy(), 0.975)
    ratios = ratios.with_columns(reach=pl.lit(pl.Series(quantiles)) * pl.col("std_error"))
    middle, reach = pl.col("log_ratio"), pl.col("reach")
    apart = ((pl.col("lower") > 0) | (pl.col("upper") < 0)).fill_null(False)
    base = pl.col("previous") >= GROWTH_BASE.value
    return ratios.with_columns(
        growth=pl.when(pl.col("previous") > 0).then(pl.col("current") / pl.col("previous") - 1),
        lower=finite((middle - reach).exp() - 1),
        upper=finite((middle + reach).exp() - 1),
    ).select(
        *by,
        *("current", "previous", "growth", "lower", "upper"),
        signal=pl.when(pl.col("growth").is_not_null()).then(apart & base),
    )


def log_ratios(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "month",
    value: str = "value",
    last: date | None = None,
) -> pl.DataFrame:
    """Return `by`, `current`, `previous`, `log_ratio`, `std_error`, `freedom`, sorted by `by`.

    One row of `frame` is a month of a group: `time` a date in it, `value` a count, null if it
    was not reported. `current` is the total of the 12 months up to `last` (or the latest month
    in the frame), `previous` of the 12 before; a window with a month missing has none, for a
    part is not comparable. `log_ratio` is ln(current / previous), null if either is 0.

    Its variance is phi (1/current + 1/previous): counts that come in batches vary more than a
    Poisson count, by phi. Phi is Pearson's chi-square of the months over its degrees of
    `freedom` (at least 1), where each month is expected to have its window's total times its
    calendar month's share in all windows, so that seasons and growth do not count as variation.
    All windows are used that are complete without a gap back from `last`; without freedom there
    is no error.

    Raises ValueError for negative counts, a missing time, or two rows of a group in one month.
    Sources: McCullagh and Nelder 1989 (quasi-Poisson); Katz et al. 1978 (log ratio).
    """
    table = frame.lazy().select(*by, _day=pl.col(time), _x=known(value)).collect()
    refuse(table, pl.col("_x") < 0, "negative counts")
    refuse(table, pl.col("_day").is_null(), "rows without a time")
    months = table.with_columns(_at=pl.col("_day").dt.year().cast(pl.Int64) * YEAR + _month("_day"))
    refuse(months, pl.struct(*by, "_at").is_duplicated(), "two rows of a group in one month")
    end = months["_at"].max() if last is None else last.year * YEAR + last.month
    back = pl.lit(end, pl.Int64) - pl.col("_at")
    past = months.filter(back >= 0).with_columns(
        _window=back // YEAR, _calendar=pl.col("_at") % YEAR
    )
    usable = _usable(past, by)
    windows = summary(usable.lazy(), by, **_spread_and_totals())
    told = windows
    if by:  # groups without a complete window are groups all the same
        groups = table.select(by).unique().sort(by)
        told = groups.join(windows, on=by, how="left", nulls_equal=True, maintain_order="left")
    x, y = pl.col("current"), pl.col("previous")
    phi = pl.max_horizontal(pl.lit(1.0), pl.col("chi_square") / pl.col("freedom"))
    both = (x > 0) & (y > 0)
    error = pl.when(both & (pl.col("freedom") > 0)).then((phi * (1 / x + 1 / y)).sqrt())
    return told.select(
        *by,
        "current",
        "previous",
        log_ratio=pl.when(both).then((x / y).log()),
        std_error=error,
        freedom=pl.when(error.is_not_null()).then("freedom"),
    )


def shrunk(estimate: np.ndarray, std_error: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return estimates drawn towards their common mean, and their errors; NaN stays NaN.

    The true values are taken as normal around the mean, with a variance found by moments; if
    the estimates differ by no more than their errors, all become the mean. Sources:
    DerSimonian and Laird 1986; Morris 1983.
    """
    used = np.isfinite(estimate) & (std_error > 0)
    y, variance = estimate[used], std_error[used] ** 2
    mean, error = np.full(len(estimate), np.nan), np.full(len(estimate), np.nan)
    if len(y):
        w = 1 / variance
        common = (w * y).sum() / w.sum()
        beyond = (w * (y - common) ** 2).sum() - (len(y) - 1)
        scale = w.sum() - (w**2).sum() / w.sum()
        between = max(0.0, beyond / scale) if scale > 0 else 0.0
        pooled = 1 / (variance + between)
        centre = (pooled * y).sum() / pooled.sum()
        kept = between / (between + variance)
        mean[used] = centre + kept * (y - centre)
        # what is left of its own error, and that of the mean it is drawn to
        error[used] = np.sqrt(kept * variance + (1 - kept) ** 2 / pooled.sum())
    return mean, error


def _month(day: str) -> pl.Expr:
    return pl.col(day).dt.month().cast(pl.Int64)


def _usable(past: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return the months of the windows that are complete without a gap back from the last."""
    windows = (
        past.group_by(*by, "_window")
        .agg(_complete=pl.col("_x").count() == YEAR)
        .sort(*by, "_window")
        .with_columns(_place=within(pl.int_range(pl.len()), by))
        .with_columns(_ok=pl.col("_complete") & (pl.col("_window") == pl.col("_place")))
        .with_columns(_ok=within(pl.col("_ok").cast(pl.Int8).cum_min(), by) == 1)
        .filter("_ok")
        .select(*by, "_window")
    )
    kept = past.join(windows, on=[*by, "_window"], how="semi", nulls_equal=True)
    return kept.with_columns(
        _row=pl.col("_x").sum().over(*by, "_window"),
        _column=pl.col("_x").sum().over(*by, "_calendar"),
        _all=within(pl.col("_x").sum(), by),
    )


def _spread_and_totals() -> dict[str, pl.Expr]:
    x, expected = pl.col("_x"), pl.col("_row") * pl.col("_column") / pl.col("_all")
    in_window = {name: pl.col("_window") == n for n, name in enumerate(("current", "previous"))}
    rows = pl.col("_window").filter(pl.col("_row") > 0).n_unique().cast(pl.Int64)
    columns = pl.col("_calendar").filter(pl.col("_column") > 0).n_unique().cast(pl.Int64)
    return {
        **{
            name: pl.when(which.any()).then(x.filter(which).sum())
            for name, which in in_window.items()
        },
        "chi_square": ((x - expected) ** 2 / expected).filter(expected > 0).sum(),
        "freedom": pl.when((rows > 1) & (columns > 1)).then((rows - 1) * (columns - 1)),
    }
