"""Rates of many agencies, drawn towards what they have in common: empirical Bayes."""

import numpy as np
import polars as pl
from scipy.optimize import minimize
from scipy.special import digamma, gammaln, xlogy

from metrics.statistics.groups import finite, known, refuse
from metrics.statistics.intervals import gamma_quantile

FEWEST_FOR_LIKELIHOOD = 10  # agencies; with fewer, moments
LARGEST_SHAPE = 1e6  # beyond, the agencies cannot be told apart
LEAST_EXPOSURE = 100.0  # for a grade
LEAST_EXPECTED = 1.0  # events at the common rate, for a grade


@np.errstate(all="ignore")  # next to no exposure overflows; the result is null
def gamma_poisson(
    frame: pl.DataFrame | pl.LazyFrame,
    events: str = "events",
    exposure: str = "exposure",
    per: float = 1000,
) -> pl.DataFrame:
    """Return the frame with `expected`, `rate`, `lower`, `upper`, `gradable`.

    One row is an agency: `events` a count, `exposure` placements or worker-years. Its rate
    is Poisson, the rates of all agencies are a gamma distribution, fitted to this frame.
    `expected` is the events at the mean of that distribution; `rate`, `lower` and `upper` are
    the mean and the 95 % limits of the agency's own rate given both, per `per` units of
    exposure. `gradable` is true with an exposure of 100, one event expected, and agencies
    that differ by more than chance. If they do not, everybody has the rate of all, with
    Garwood's limits for the total. Exposure that is null, zero or not finite, or events that
    are null, give null and are not gradable. The limits ignore that the distribution is
    itself an estimate: with fewer than 20 agencies call them approximate.

    Raises ValueError for negative events or exposure. Sources: Clayton and Kaldor 1987
    (maximum likelihood); Marshall 1991 (moments, with fewer than 10 agencies).
    """
    table = frame.lazy().collect()
    refuse(table, (pl.col(events) < 0) | (pl.col(exposure) < 0), "negative events or exposure")
    columns = table.select(y=known(events), e=known(exposure))
    y, e = columns["y"].to_numpy(), columns["e"].to_numpy()  # null becomes NaN
    used = np.isfinite(y) & (e > 0)
    y, e = np.where(used, y, np.nan), np.where(used, e, np.nan)
    mean, shape = _prior(y[used], e[used])
    if np.isfinite(shape):
        after, weight = y + shape, e + shape / mean
    else:
        after, weight = np.where(used, y[used].sum(), np.nan), e[used].sum()
    rate = after / weight
    expected = mean * e
    gradable = (e >= LEAST_EXPOSURE) & (expected >= LEAST_EXPECTED) & np.isfinite(shape)
    # a total of 0 has an upper limit only: the quantile of one event more, as in Garwood
    upper = gamma_quantile(after + (0 if np.isfinite(shape) else 1), 0.975) / weight
    results = {
        "expected": expected,
        "rate": per * rate,
        "lower": per * gamma_quantile(after, 0.025) / weight,
        "upper": per * upper,
    }
    return table.with_columns(
        *(
            finite(pl.lit(pl.Series(name, values, dtype=pl.Float64))).alias(name)
            for name, values in results.items()
        ),
        pl.Series("gradable", gradable, dtype=pl.Boolean),
    )


def _prior(y: np.ndarray, e: np.ndarray) -> tuple[float, float]:
    """Return mean and shape of the gamma distribution; shape inf if all rates are alike."""
    total = e.sum()
    if not y.sum() > 0:
        return 0.0, np.inf
    mean = y.sum() / total
    # Marshall: the variance of the rates, less what chance alone gives
    variance = (e * (y / e - mean) ** 2).sum() / total - mean * len(y) / total
    shape = mean**2 / variance if variance > 0 else np.inf
    if len(y) >= FEWEST_FOR_LIKELIHOOD:
        mean, shape = _likeliest(y, e, mean, shape)
    return (mean, shape) if shape <= LARGEST_SHAPE else (y.sum() / total, np.inf)


def _likeliest(y: np.ndarray, e: np.ndarray, mean: float, shape: float) -> tuple[float, float]:
    at_chance = mean * e  # in units of the common rate, so that the optimiser starts near 0

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        m, a = np.exp(point[0]) * at_chance, np.exp(point[1])
        value = gammaln(y + a) - gammaln(a) - a * np.log1p(m / a) + y * np.log(m / (a + m))
        by_mean = (y - m) * a / (a + m)
        by_shape = a * (digamma(y + a) - digamma(a) - np.log1p(m / a) - (y - m) / (a + m))
        return -value.sum(), -np.array([by_mean.sum(), by_shape.sum()])

    start = np.log([1.0, np.clip(shape, 1e-3, 1e3)])
    best = minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(-20, 20), (-15, np.log(10 * LARGEST_SHAPE))],
        options={"ftol": 0, "gtol": 1e-9, "maxiter": 1000},
    )
    poisson = (xlogy(y, at_chance) - at_chance).sum()
    if -best.fun <= poisson + 1e-8:  # no better than one rate for all
        return mean, np.inf
    return mean * float(np.exp(best.x[0])), float(np.exp(best.x[1]))
