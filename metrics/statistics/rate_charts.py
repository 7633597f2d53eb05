"""Signal or noise in rates and shares of unequal size: the charts u' and p' of Laney."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.control_charts import (
    FEWEST_FOR_LIMITS,
    FEWEST_FOR_RULES,
    position,
    unbroken,
)
from metrics.statistics.groups import finite, known, refuse, within

SIGMAS = 3
RANGE_PER_SIGMA = 1.128  # mean range of two draws from a normal distribution, in its sigmas
ADDED = ("rate", "centre", "lower", "upper", "signal")


def u_chart(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "month",
    events: str = "events",
    exposure: str = "exposure",
    per: float = 1000,
) -> pl.DataFrame:
    """Return the frame with `rate`, `centre`, `lower`, `upper`, `signal`, by `by` and `time`.

    One row is a period of a group, with a count of `events` and its `exposure` in any unit;
    rate, centre and limits are per `per` units of it. `centre` is all events over all exposure.
    The limits of a period lie 3 standard errors of a Poisson rate from it, widened by how much
    more the standardised rates move from period to period than chance lets them (never
    narrowed). The lower limit is not cut at 0. `signal` is whether the rate lies outside.

    A period without exposure or without a count has null, and breaks the line as in `xmr`, as
    does an absent row. With fewer than 13 rates `signal` is null and the limits are provisional;
    with fewer than 8 there are none. Raises ValueError for negative numbers, a missing time, or
    two rows of a group in one period, TypeError for times of another kind. Source: Laney 2002;
    Provost and Murray 2011.
    """
    table = frame.lazy().collect()
    refuse(table, (pl.col(events) < 0) | (pl.col(exposure) < 0), "negative events or exposure")
    return _chart(table, by, time, events, exposure, pl.col("_centre"), per)


def p_chart(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "month",
    successes: str = "successes",
    trials: str = "trials",
) -> pl.DataFrame:
    """Return the frame with `rate`, `centre`, `lower`, `upper`, `signal`, by `by` and `time`.

    As `u_chart`, of shares between 0 and 1, with the standard errors of the binomial; limits are
    not cut at 0 and 1. Raises ValueError also for more successes than a positive number of
    trials. Source: Laney 2002.
    """
    table = frame.lazy().collect()
    hits, of = known(successes), known(trials)
    wrong = (hits < 0) | (of < 0) | ((hits > of) & (of > 0))
    refuse(table, wrong, "successes must lie between 0 and trials")
    centre = pl.col("_centre")
    return _chart(table, by, time, successes, trials, centre * (1 - centre), 1)


def _chart(
    table: pl.DataFrame,
    by: Sequence[str],
    time: str,
    counted: str,
    size: str,
    variance: pl.Expr,
    per: float,
) -> pl.DataFrame:
    """Return the chart; `variance` is that of one unit of size, by `_centre`."""
    columns = [column for column in table.columns if column not in ADDED]
    whole = (known(size) > 0) & known(counted).is_not_null()
    rates = pl.col("_x").count()
    moved = within(pl.col("_z").diff().abs(), [*by, "_piece"])
    widened = pl.max_horizontal(within(pl.col("_moved").mean(), by) / RANGE_PER_SIGMA, pl.lit(1.0))
    reach = SIGMAS * pl.col("_error") * widened
    return (
        table.with_columns(
            _at=position(table.schema, time),
            _count=pl.when(whole).then(known(counted)),
            _size=pl.when(whole).then(known(size)),
        )
        .with_columns(_x=pl.col("_count") / pl.col("_size"))
        .sort(*by, time)
        .pipe(unbroken, by)
        .with_columns(_centre=within(pl.col("_count").sum() / pl.col("_size").sum(), by))
        .with_columns(_error=(variance / pl.col("_size")).sqrt())
        # where all rates are 0 there is no error to divide by, and nothing moves
        .with_columns(_z=finite((pl.col("_x") - pl.col("_centre")) / pl.col("_error")))
        .with_columns(_moved=moved)
        .with_columns(_reach=pl.when(within(rates, by) >= FEWEST_FOR_LIMITS).then(reach))
        .with_columns(
            rate=pl.col("_x") * per,
            centre=finite(pl.when(within(rates, by) >= FEWEST_FOR_LIMITS).then("_centre")) * per,
            lower=(pl.col("_centre") - pl.col("_reach")) * per,
            upper=(pl.col("_centre") + pl.col("_reach")) * per,
            signal=pl.when(within(rates, by) >= FEWEST_FOR_RULES).then(
                # equal shares can differ from their mean by rounding
                (pl.col("_x") - pl.col("_centre")).abs() > pl.col("_reach") + 1e-12
            ),
        )
        .select(*columns, *ADDED)
    )
