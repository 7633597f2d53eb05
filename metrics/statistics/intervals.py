"""95 % confidence intervals of rates, shares and survival curves."""

import numpy as np
import polars as pl
from scipy.special import betaincinv, gammaincinv

from metrics.statistics.groups import finite, known, refuse

Z95 = 1.959963984540054  # 97.5 % quantile of the normal distribution


def log_log(estimate: pl.Expr, std_error: pl.Expr, *, certain: float) -> tuple[pl.Expr, pl.Expr]:
    """Return the limits of a probability, symmetric on the log(-log) scale.

    Expressions in, expressions out. Where the estimate equals `certain` (1 for a survival
    curve before the first event, 0 for an incidence) both limits are `certain`; where
    `std_error` is null both are null. Source: Kalbfleisch and Prentice 1980.
    """
    factor = (Z95 * std_error / (estimate * estimate.log().abs())).exp()
    settled = estimate == certain
    lower = pl.when(settled).then(certain).when(std_error.is_not_null()).then(estimate**factor)
    upper = pl.when(settled).then(certain).when(std_error.is_not_null())
    return lower, upper.then(estimate ** (1 / factor))


def gamma_quantile(shape: np.ndarray, probability: float) -> np.ndarray:
    """Return the quantiles of gamma distributions of scale 1; 0 for a shape of 0."""
    return np.where(shape == 0, 0.0, gammaincinv(shape, probability))


def poisson_rate(
    frame: pl.DataFrame | pl.LazyFrame,
    events: str = "events",
    exposure: str = "exposure",
    per: float = 1000,
) -> pl.DataFrame:
    """Return the frame with `rate`, `lower`, `upper`: events per `per` units of exposure.

    `events` is a count, `exposure` is in any unit (placements, worker-years). Exact limits
    for every count: Garwood 1936, as quantiles of the gamma distribution. Exposure that is
    null, zero or not finite, or events that are null, give null; no events give rate 0 with
    an upper limit. Raises ValueError for negative events or exposure.
    """
    table = frame.lazy().collect()
    refuse(table, (pl.col(events) < 0) | (pl.col(exposure) < 0), "negative events or exposure")
    over = pl.when(known(exposure) > 0).then(known(exposure))
    counts = table.select(events=pl.when(over.is_not_null()).then(known(events)), over=over)
    seen = counts["events"].to_numpy()  # null becomes NaN, and stays NaN
    limits = {"lower": gamma_quantile(seen, 0.025), "upper": gamma_quantile(seen + 1, 0.975)}
    rates = counts.select("over", rate="events").with_columns(
        pl.Series(name, values, dtype=pl.Float64) for name, values in limits.items()
    )
    return table.with_columns(
        rates.select(finite(pl.col(name) / pl.col("over") * per) for name in rates.columns[1:])
    )


def poisson_ratio(
    frame: pl.DataFrame | pl.LazyFrame,
    numerator: str = "numerator",
    denominator: str = "denominator",
) -> pl.DataFrame:
    """Return the frame with `ratio`, `lower`, `upper`: one count over another.

    Exact limits of the ratio of two Poisson means, given their sum: the limits of Clopper and
    Pearson 1934 for the share p of the numerator in the sum, as p / (1 - p) (Przyborowski and
    Wilenski 1940). A denominator of 0, or a count that is null, gives null; a numerator of 0
    gives ratio 0 with an upper limit. Raises ValueError for negative counts.
    """
    table = frame.lazy().collect()
    refuse(table, (pl.col(numerator) < 0) | (pl.col(denominator) < 0), "negative counts")
    fit = (known(denominator) > 0) & known(numerator).is_not_null()
    counts = table.select(
        over=pl.when(fit).then(known(numerator)), under=pl.when(fit).then(known(denominator))
    )
    over, under = counts["over"].to_numpy(), counts["under"].to_numpy()  # null becomes NaN
    # betaincinv has no value for a shape of 0
    least = np.where(over == 0, 0.0, betaincinv(np.where(over == 0, 1.0, over), under + 1, 0.025))
    # the odds of the other side, so that nothing is lost where p is close to 1
    other = betaincinv(under, over + 1, 0.025)
    limits = {"lower": least / (1 - least), "upper": (1 - other) / other}
    return table.with_columns(
        counts.select(ratio=pl.col("over") / pl.col("under")).to_series(),
        *(
            finite(pl.lit(pl.Series(name, v, dtype=pl.Float64))).alias(name)
            for name, v in limits.items()
        ),
    )


def wilson(
    frame: pl.DataFrame | pl.LazyFrame,
    successes: str = "successes",
    trials: str = "trials",
) -> pl.DataFrame:
    """Return the frame with `share`, `lower`, `upper`, between 0 and 1.

    Score interval of Wilson 1927. No trials, or either count null, gives null. Raises
    ValueError for negative successes, or more successes than a positive number of trials.
    """
    table = frame.lazy().collect()
    hits, of = known(successes), known(trials)
    refuse(table, (hits < 0) | ((hits > of) & (of > 0)), "successes must lie between 0 and trials")
    share = pl.when(of > 0).then(hits / of)
    middle = (share + Z95**2 / (2 * of)) / (1 + Z95**2 / of)
    half = (share * (1 - share) / of + Z95**2 / (4 * of**2)).sqrt() * Z95 / (1 + Z95**2 / of)
    return table.with_columns(
        share=share,
        # rounding must not leave a limit of 1e-17 where the exact one is 0
        lower=pl.when(share == 0).then(0.0).otherwise(middle - half),
        upper=pl.when(share == 1).then(1.0).otherwise(middle + half),
    )
