"""What makes a market promising, as the data of the last 12 months tell it, with its error.

Where a place is closed to individual employers, only vacancies of legal entities are demand that
can be met, so only they count. The formal share is told of all verified vacancies even there: an
informal order that a post verified all the same pulls it down.
"""

from collections.abc import Sequence

import polars as pl

from metrics.cases import registered
from metrics.codes import FORMAL, is_code
from metrics.demand.filling import followed
from metrics.demand.orders import formal_or_not, verified
from metrics.demand.year_windows import monthly
from metrics.frames import Rows
from metrics.policy.demand import MINIMUM_WAGE, MORATORIUM
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.statistics.growth import log_ratios, shrunk
from metrics.statistics.shrinkage import gamma_poisson

COLUMNS = (
    "vacancies",
    "worth",
    "log_growth",
    "growth_error",
    "unfilled",
    "unfilled_worth",
    "formal",
    "formal_worth",
    "wage",
    "wage_error",
    "case_rate",
    "case_rate_lower",
    "case_rate_upper",
)


def parts(rows: Rows, now: Period, by: Sequence[str]) -> pl.DataFrame:
    """Return one row a market, sorted: the columns `by`, which all tables must have, and COLUMNS.

    A market is a group of `by` with orders verified in the 12 months `now`. `vacancies` are
    those that count, `worth` the number of independent ones they are worth (Kish 1965: orders
    come as wholes), `log_growth` the log ratio on the year before, drawn to the common mean,
    `unfilled` and `formal` shares with their own worth, `wage` the mean in rupiah over the
    minimum wage (`wage_error` of its logarithm), `case_rate` cases per 1,000 placements drawn to
    the common rate, with 95 % limits. Null where there are no data.
    """
    orders = _text(verified(rows.job_orders, now), by)
    counting = orders.filter(~closed(now))
    told = orders.select(by).unique().collect()
    for facts in (
        summary(counting, by, vacancies=pl.sum("vacancies").cast(pl.Int64), worth=_worth()),
        _growth(rows, now, by),
        _unfilled(rows, now, by),
        _share(formal_or_not(orders), by, "formal", is_code("employer_type", FORMAL)),
        _wages(counting, rows.fx_rates, by),
        _case_rates(rows, now, by),
    ):
        told = told.join(facts, on=list(by), how="left", nulls_equal=True)
    kinds = {column: rows.job_orders.schema[column] for column in by}
    return (
        told.with_columns(pl.col("vacancies").fill_null(0))
        .select(*by, *COLUMNS)
        .cast(kinds)
        .sort(by)
    )


def closed(now: Period) -> pl.Expr:
    """Return the condition that an order is of an employer whom a moratorium keeps out."""
    places = [place for place, since in MORATORIUM.value.items() if since <= now.last.year]
    return is_code("place", *places) & ~is_code("employer_type", FORMAL)


def _text(rows: pl.LazyFrame, by: Sequence[str]) -> pl.LazyFrame:
    """Return the rows with text to join by: the Enums of empty tables have no codes."""
    return rows.with_columns(pl.col(by).cast(pl.String))


def _worth(size: str = "vacancies") -> pl.Expr:
    sizes = pl.col(size).cast(pl.Float64)
    return pl.when(sizes.sum() > 0).then(sizes.sum() ** 2 / sizes.pow(2).sum())


def _share(rows: pl.LazyFrame, by: Sequence[str], name: str, part: pl.Expr) -> pl.DataFrame:
    """Return the share of the vacancies that `part` (0 to 1) makes of each order's."""
    vacancies = pl.col("vacancies").cast(pl.Float64)
    share = pl.when(vacancies.sum() > 0).then((vacancies * part).sum() / vacancies.sum())
    return summary(rows, by, **{name: share, f"{name}_worth": _worth()})


def _growth(rows: Rows, now: Period, by: Sequence[str]) -> pl.DataFrame:
    both = Period(now.a_year_earlier().first, now.last)
    orders = verified(rows.job_orders, both).filter(~closed(now))
    counts = _text(orders, by).with_columns(
        pl.col("post_code").cast(pl.String), day="date_verified", value="vacancies"
    )
    ratios = log_ratios(monthly(counts, rows.submissions, now, by), by, last=now.last)
    mean, error = shrunk(
        *(ratios[c].cast(pl.Float64).to_numpy() for c in ("log_ratio", "std_error"))
    )
    drawn = {"log_growth": mean, "growth_error": error}
    return ratios.select(by).with_columns(
        pl.Series(name, values, dtype=pl.Float64).fill_nan(None) for name, values in drawn.items()
    )


def _unfilled(rows: Rows, now: Period, by: Sequence[str]) -> pl.DataFrame:
    orders = _text(followed(rows, now).filter(~closed(now)), by)
    return _share(orders, by, "unfilled", 1 - pl.col("filled") / pl.col("vacancies"))


def _wages(orders: pl.LazyFrame, rates: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return the mean wage of a vacancy at the rate of the month in which it was verified."""
    told = rates.lazy().select(
        month="period",
        money=pl.col("currency").cast(pl.String),
        rate=pl.col("idr_per_unit").cast(pl.Float64),
    )
    wages = (
        orders.filter(pl.col("wage") > 0, pl.col("vacancies") > 0)
        .with_columns(
            month=pl.col("date_verified").dt.truncate("1mo"),
            money=pl.col("currency").cast(pl.String),
        )
        .join(told.unique(["month", "money"], keep="last"), on=["month", "money"])
        .with_columns(
            times=pl.col("wage").cast(pl.Float64) * pl.col("rate") / MINIMUM_WAGE.value,
            n=pl.col("vacancies").cast(pl.Float64),
        )
    )
    n, times = pl.col("n"), pl.col("times")
    mean = (n * times).sum() / n.sum()
    # between orders, for all vacancies of one have the same wage
    error = (n * (times - mean)).pow(2).sum().sqrt() / n.sum() / mean
    return summary(wages, by, wage=mean, wage_error=error)


def _case_rates(rows: Rows, now: Period, by: Sequence[str]) -> pl.DataFrame:
    placed = _text(rows.placements.lazy().filter(now.covers("period")), by)
    cases = _text(registered(rows.cases, now.last).filter(now.covers("date_reported")), by)
    exposure = summary(placed, by, exposure=pl.sum("count").cast(pl.Int64))
    events = summary(cases, by, events=pl.len().cast(pl.Int64))
    both = exposure.join(events, on=list(by), how="left", nulls_equal=True)
    rated = gamma_poisson(both.with_columns(pl.col("events").fill_null(0)).sort(by))
    return rated.select(*by, case_rate="rate", case_rate_lower="lower", case_rate_upper="upper")
