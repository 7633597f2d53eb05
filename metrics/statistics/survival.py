"""How long things take when some have not ended yet: Kaplan-Meier and what is read off it."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.competing import cumulative_incidence
from metrics.statistics.groups import summary, within
from metrics.statistics.intervals import log_log
from metrics.statistics.risk_sets import observed, risk_sets

__all__ = [
    "cumulative_incidence",
    "kaplan_meier",
    "quantile",
    "restricted_mean",
    "share_within",
]

# 0.75 can be reached as 0.7500000000000001, which would put a quantile one event too late.
TIE = 1e-9


def kaplan_meier(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "days",
    event: str = "closed",
    entry: str | None = None,
    weight: str | None = None,
) -> pl.DataFrame:
    """Return the curve of each group, a row for every distinct time at which a case left.

    One row of `frame` is a case: `time` its age in days at the end or at the last look,
    `event` whether it ended (null counts as no), `entry` the age from which it could be seen,
    `weight` for how many equal cases it stands (whole numbers; 0 and null count as no case).
    The result has `by`, `days` (dtype of `time`), `at_risk`, `events`, `censored`, `survival`,
    `std_error`, `lower`, `upper`, sorted by `by` and `days`. Day 0 is a time like any other;
    at equal times events come before censorings. `std_error` and the limits are null once
    `survival` is 0; the limits are 1 while it is 1. Rows without a time are left out.

    Delayed entry: a case is at risk on (entry, time], and is left out if entry >= time. An
    entry that is null, 0 or negative means seen from the start, so that cases ended on the day
    they began stay. A tiny risk set at an early age can then hold the curve at 0 for ever: see
    delayed_entry.seen_enough. Weights: Greenwood's error takes the cases of one row for
    independent, and is too small where they move together.

    Raises ValueError for negative times, and for weights that are negative or not whole.
    Sources: Kaplan and Meier 1958; Greenwood 1926; log(-log) limits of Kalbfleisch and
    Prentice 1980.
    """
    ended = pl.col(event).cast(pl.Boolean).fill_null(False)
    cases = observed(frame, by, time, entry, weight, ended=ended)
    curve = risk_sets(cases, by, "ended", entry, weight).filter(pl.col("left") > 0)
    return _with_limits(curve, by).select(
        *by,
        "days",
        "at_risk",
        "events",
        pl.col("left").sub(pl.col("events")).alias("censored"),
        "survival",
        "std_error",
        "lower",
        "upper",
    )


def _with_limits(curve: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    survival, std_error = pl.col("survival"), pl.col("std_error")
    lower, upper = log_log(survival, std_error, certain=1.0)
    return (
        curve.with_columns(
            survival=within((1 - pl.col("events") / pl.col("at_risk")).cum_prod(), by),
            variance=within(greenwood().cum_sum(), by),
        )
        .with_columns(std_error=pl.when(survival > 0).then(survival * pl.col("variance").sqrt()))
        .with_columns(lower=lower, upper=upper)
    )


def greenwood() -> pl.Expr:
    """Return d/(n(n-d)) of the columns `events` and `at_risk`, and 0 where all ended."""
    events, at_risk = pl.col("events").cast(pl.Float64), pl.col("at_risk").cast(pl.Float64)
    # Where d = n the term is infinite, but is only ever multiplied by a survival of 0.
    return pl.when(events < at_risk).then(events / (at_risk * (at_risk - events))).otherwise(0.0)


def quantile(
    curve: pl.DataFrame | pl.LazyFrame, by: Sequence[str] = (), q: float = 0.5
) -> pl.DataFrame:
    """Return `by`, `value`, `lower`, `upper`: the days within which a share `q` has ended.

    `curve` is a result of kaplan_meier with the same `by`. The value is the first time with
    survival <= 1 - q (no midpoints); null if not reached. The limits are the first times at
    which the lower and the upper limit of the curve are so low, null if they never are.
    Raises ValueError unless 0 < q < 1. Source: Brookmeyer and Crowley 1982.
    """
    if not 0 < q < 1:
        raise ValueError(f"q must lie between 0 and 1, not {q}")
    days = pl.col("days")
    return summary(
        curve.lazy(),
        by,
        value=days.filter(pl.col("survival") <= 1 - q + TIE).min(),
        lower=days.filter(pl.col("lower") <= 1 - q + TIE).min(),
        upper=days.filter(pl.col("upper") <= 1 - q + TIE).min(),
    )


def share_within(
    curve: pl.DataFrame | pl.LazyFrame, by: Sequence[str] = (), days: float = 30
) -> pl.DataFrame:
    """Return `by`, `share`, `lower`, `upper`: the share ended within `days` days, 0 to 1.

    `curve` is a result of kaplan_meier with the same `by`. A group not followed for so long,
    in which something is still open, gives null: nobody knows. If all had ended before, the
    share is 1, without limits. Raises ValueError for negative days. Source: Kaplan and Meier
    1958, with the limits of the curve.
    """
    if days < 0:
        raise ValueError(f"days must not be negative, not {days}")
    survival, lower, upper = (
        pl.when(pl.col("days").min() > days)  # nothing had happened yet
        .then(1.0)
        .otherwise(pl.col(column).filter(pl.col("days") <= days).last())
        for column in ("survival", "lower", "upper")
    )
    followed = (pl.col("days").max() >= days) | (survival == 0)
    return summary(
        curve.lazy().sort(*by, "days"),
        by,
        share=pl.when(followed).then(1 - survival),
        lower=pl.when(followed).then(1 - upper),
        upper=pl.when(followed).then(1 - lower),
    )


def restricted_mean(
    curve: pl.DataFrame | pl.LazyFrame, by: Sequence[str] = (), horizon: float = 90
) -> pl.DataFrame:
    """Return `by`, `value`, `std_error`: the mean days to the end, counting at most `horizon`.

    `curve` is a result of kaplan_meier with the same `by`; the value is the area under it.
    A group not followed up to the horizon, in which something is still open, gives null (each
    group on its own). Raises ValueError unless horizon > 0. Sources: Irwin 1949; Tian et al.
    2020 on the choice of the horizon.
    """
    if not horizon > 0:
        raise ValueError(f"horizon must be positive, not {horizon}")
    start = pl.col("days").cast(pl.Float64).clip(upper_bound=horizon)
    followed = (pl.col("days").max() >= horizon) | (pl.col("survival").min() == 0)
    steps = (
        curve.lazy()
        .sort(*by, "days")
        .with_columns(start=start)
        .with_columns(end=within(pl.col("start").shift(-1), by).fill_null(horizon))
        .with_columns(area=pl.col("survival") * (pl.col("end") - pl.col("start")))
        .with_columns(ahead=within(pl.col("area").cum_sum(reverse=True), by))
    )
    before = pl.col("start").min()  # until the first time everything is open
    variance = (pl.col("ahead") ** 2 * greenwood()).sum()
    return summary(
        steps,
        by,
        value=pl.when(followed).then(before + pl.col("area").sum()),
        std_error=pl.when(followed).then(variance.sqrt()),
    )
