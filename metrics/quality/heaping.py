"""Whether dates and durations gather where no chance would put them."""

from collections.abc import Sequence

import polars as pl
from scipy.special import chdtrc

from metrics.cases import registered
from metrics.frames import Rows
from metrics.policy.quality import HEAPED, NEIGHBOURS
from metrics.selection import Period
from metrics.statistics.groups import summary

FEWEST_EXPECTED = 5  # in each of the two cells, else the chi-square distribution does not hold
DAYS = (1, 15)  # and the last of the month
_AT_LIMIT = 1 / (1 + NEIGHBOURS.value)  # of the days looked at, 2 are at the limit
# Of a result: more of them lie there than chance would put
GATHERED = (pl.col("p_value") < HEAPED.value / 100) & (pl.col("observed") > pl.col("expected"))
RESULT = ("what", "n", "observed", "expected", "share", "expected_share", "p_value")


def heaping(rows: Rows, period: Period, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return how many dates and durations lie where slips and gaming would put them.

    Columns `by`, `what` (date_reported, date_closed, time_limit), `n`, `observed`, `expected`,
    `share`, `expected_share`, `p_value` (chi-square, 1 degree of freedom, two-sided; null where
    fewer than 5 are expected on either side).

    Dates: those of the period on day 1, 15 or the last of a month, against equally many on each
    day of its month. Durations of cases closed in the period: exactly the time limit of the case
    or one day less, against the days around these two, which cancels a steady slope. A low
    p-value says that they gather or avoid those days, not why; weekly closing days and a
    festive day also move dates. Source: Pearson 1900; Cochran 1954 (fewest expected).
    """
    valid = registered(rows.cases, period.last)
    ended = valid.filter("closed", period.covers("date_closed"))
    at_limit = pl.col("days").is_between(pl.col("limit_days") - 1, pl.col("limit_days"))
    counts = [
        _counted(
            valid, "date_reported", _special("date_reported"), _chance(period, "date_reported"), by
        ),
        _counted(ended, "date_closed", _special("date_closed"), _chance(period, "date_closed"), by),
        _counted(_around_limit(ended), "time_limit", at_limit, pl.lit(_AT_LIMIT), by),
    ]
    return _tested(pl.concat(counts)).sort(*by, "what").select(*by, *RESULT)


def _counted(
    cases: pl.LazyFrame, what: str, observed: pl.Expr, chance: pl.Expr, by: Sequence[str]
) -> pl.DataFrame:
    told = cases.select(*by, observed=observed, chance=chance)
    p = pl.col("chance")
    return summary(
        told.filter(p.is_not_null()),
        by,
        n=pl.len().cast(pl.Int64),
        observed=pl.col("observed").sum().cast(pl.Int64),
        expected=p.sum(),
        variance=(p * (1 - p)).sum(),
    ).with_columns(what=pl.lit(what))


def _special(column: str) -> pl.Expr:
    day = pl.col(column)
    return day.dt.day().is_in(DAYS) | (day == day.dt.month_end())


def _chance(period: Period, column: str) -> pl.Expr:
    """Return the share of special days among those of the date's month within the period."""
    day = pl.col(column)
    start, end = day.dt.month_start(), day.dt.month_end()
    days = (end.clip(None, period.last) - start.clip(period.first)).dt.total_days() + 1
    special = [start + pl.duration(days=number - 1) for number in DAYS] + [end]
    inside = [one.is_between(period.first, period.last).cast(pl.Int64) for one in special]
    return pl.when(period.covers(column)).then(pl.sum_horizontal(inside) / days)


def _around_limit(cases: pl.LazyFrame) -> pl.LazyFrame:
    limit, days = pl.col("limit_days"), pl.col("days")
    side = NEIGHBOURS.value
    return cases.filter(limit > side, days.is_between(limit - 1 - side, limit + side))


def _tested(counts: pl.DataFrame) -> pl.DataFrame:
    n, observed, expected = (pl.col(name) for name in ("n", "observed", "expected"))
    enough = pl.min_horizontal(expected, n - expected) >= FEWEST_EXPECTED
    distance = counts.select(
        pl.when(enough).then((observed - expected) ** 2 / pl.col("variance"))
    ).to_series()
    p_value = chdtrc(1, distance.cast(pl.Float64).to_numpy())  # null becomes NaN, and stays NaN
    return counts.with_columns(
        pl.Series("p_value", p_value, dtype=pl.Float64, nan_to_null=True),
        share=pl.when(n > 0).then(observed / n),
        expected_share=pl.when(n > 0).then(expected / n),
    )
