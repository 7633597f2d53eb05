"""Rates of many agencies, drawn towards what they have in common: empirical Bayes."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from metrics.policy.agency_certainty import EXPOSURE, FEWEST_PEERS
from metrics.statistics.groups import finite, known, refuse, summary
from metrics.statistics.intervals import gamma_quantile
from metrics.statistics.negative_binomial import likeliest

LARGEST_SHAPE = 1e6  # beyond, the agencies cannot be told apart


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
    exposure. `gradable` is true with the exposure and the expected events of the policy (100
    and 1), and agencies that differ by more than chance. If they do not, everybody has the rate
    of all, with Garwood's limits for the total. Exposure that is null, zero or not finite, or
    events that are null, give null and are not gradable. The limits ignore that the
    distribution is itself an estimate: with fewer than 20 agencies call them approximate.

    Raises ValueError for negative events or exposure. Sources: Clayton and Kaldor 1987
    (maximum likelihood); Marshall 1991 (moments, with fewer than 10 agencies).
    """
    table = frame.lazy().collect()
    y, e, used = _counts(table, events, exposure)
    y, e = np.where(used, y, np.nan), np.where(used, e, np.nan)
    [mean], [shape] = _priors(y[used], e[used], np.zeros(used.sum(), int), 1)
    if np.isfinite(shape):
        after, weight = y + shape, e + shape / mean
    else:
        after, weight = np.where(used, y[used].sum(), np.nan), e[used].sum()
    rate = after / weight
    expected = mean * e
    least = EXPOSURE.value
    enough = (e >= least["placed"]) & (expected >= least["expected"])
    gradable = enough & np.isfinite(shape)
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


@np.errstate(all="ignore")
def gamma_prior(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    events: str = "events",
    exposure: str = "exposure",
) -> pl.DataFrame:
    """Return `by`, `members`, `mean`, `shape`: the distribution that `gamma_poisson` draws to.

    For each group of `by` the gamma distribution of its members' rates: `mean` in events per
    unit of exposure, `shape` null where they differ by no more than chance. `members` are the
    rows with events and a positive exposure; a group without them has a null mean. Sorted by
    `by`. Raises ValueError and has sources as `gamma_poisson`.
    """
    table = frame.lazy().collect()
    y, e, used = _counts(table, events, exposure)
    groups = table.select(by).unique().sort(by) if by else pl.DataFrame({"_all": [True]})
    numbered = groups.with_row_index("_group")
    group = np.zeros(len(table), int)
    if by:
        joined = table.select(by).join(
            numbered, on=list(by), how="left", nulls_equal=True, maintain_order="left"
        )
        group = joined["_group"].to_numpy().astype(int)
    mean, shape = _priors(y[used], e[used], group[used], len(groups))
    members = np.bincount(group[used], minlength=len(groups))
    results = groups.with_columns(
        pl.Series("members", members, dtype=pl.Int64),
        pl.Series("mean", np.where(members > 0, mean, np.nan), dtype=pl.Float64),
        pl.Series("shape", shape, dtype=pl.Float64),
    )
    return results.select(*by, "members", finite(pl.col("mean")), finite(pl.col("shape")))


def beta_binomial_prior(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    successes: str = "successes",
    trials: str = "trials",
    share: str = "share",
) -> pl.DataFrame:
    """Return `by`, `members`, `size`: how many pseudo-trials the members' beta prior is worth.

    `share` is the success expected of each member. Moments: between two trials of one member
    there is a correlation of 1 / (size + 1), met by the sum of squared deviations (Williams
    1982). The size is at least 1 and at most all trials together; null where no member with
    two trials and a share between 0 and 1 can tell. Sorted by `by`.
    """
    x, n, p = known(successes), known(trials), known(share)
    spread = n * p * (1 - p)
    counted = (
        frame.lazy()
        .filter(n > 0, x.is_not_null(), p.is_not_null())
        .select(*by, n=n, excess=(x - n * p) ** 2 - spread, pairs=(n - 1) * spread)
    )
    sums = summary(
        counted,
        by,
        members=pl.len().cast(pl.Int64),
        trials=pl.sum("n"),
        correlation=pl.sum("excess") / pl.sum("pairs"),
        tells=pl.sum("pairs") > 0,
    )
    size = (1 / pl.col("correlation").clip(0) - 1).clip(1, pl.col("trials"))
    return sums.select(*by, "members", size=pl.when("tells").then(size))


def _counts(
    table: pl.DataFrame, events: str, exposure: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return events, exposure, and which rows have both."""
    refuse(table, (pl.col(events) < 0) | (pl.col(exposure) < 0), "negative events or exposure")
    columns = table.select(y=known(events), e=known(exposure))
    y, e = columns["y"].to_numpy(), columns["e"].to_numpy()  # null becomes NaN
    return y, e, np.isfinite(y) & (e > 0)


def _priors(
    y: np.ndarray, e: np.ndarray, group: np.ndarray, groups: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and shape of each group's gamma; shape inf if all its rates are alike."""
    members = np.bincount(group, minlength=groups)
    events, total = np.bincount(group, y, groups), np.bincount(group, e, groups)
    common = np.where(events > 0, events / total, 0.0)
    # Marshall: the variance of the rates, less what chance alone gives
    spread = np.bincount(group, e * (y / e - common[group]) ** 2, groups)
    variance = spread / total - common * members / total
    mean, shape = common, np.where(variance > 0, common**2 / variance, np.inf)
    many = (members >= FEWEST_PEERS.value) & (events > 0)
    if many.any():
        rows, renumbered = many[group], np.cumsum(many) - 1
        mean, found = common.copy(), shape.copy()
        mean[many], found[many] = likeliest(
            y[rows],
            e[rows],
            renumbered[group[rows]],
            common[many],
            shape[many],
            LARGEST_SHAPE,
        )
        shape = found
    alike = ~(shape <= LARGEST_SHAPE)
    return np.where(alike, common, mean), np.where(alike, np.inf, shape)
