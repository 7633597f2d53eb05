"""What is counted for the changes: cases, vacancies and placements, by post, type and sector."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from metrics.cases import closings
from metrics.codes import RESOLVED, SEVERE, is_code
from metrics.cohorts import reported
from metrics.demand.orders import verified
from metrics.frames import Rows
from metrics.policy.changes import HISTORY, URGENCY_WEIGHTS
from metrics.reporting import months
from metrics.reporting import reported as months_reported
from metrics.selection import Period, month_end, months_before

# How a change is told apart, and the column it is told by; the total has none.
DIMENSIONS = {
    "total": None,
    "post": "post_code",
    "place": "place",
    "case_type": "case_type",
    "sector": "sector_code",
}
SERIES = ("metric", "dimension", "member")
_COLUMNS = [column for column in DIMENSIONS.values() if column]
_WEIGHTS = {code: float(weight) for code, weight in URGENCY_WEIGHTS.value.items()}


@dataclass(frozen=True)
class Counted:
    """A metric that is a sum over rows: what each row adds, on which day, in which unit."""

    rows: Callable[[Rows, Period], pl.LazyFrame]  # of the period, with the columns `day` and `n`
    tested: bool = True  # vacancies and placements come in batches


def weight() -> pl.Expr:
    """Return how much a case weighs in the order of the changes, by its urgency."""
    return pl.col("urgency").cast(pl.String).replace_strict(_WEIGHTS, default=1.0)


def _cases(cases: pl.LazyFrame, day: str) -> pl.LazyFrame:
    return cases.with_columns(day=pl.col(day), n=pl.lit(1, pl.Int64), weight=weight())


def _new(rows: Rows, period: Period) -> pl.LazyFrame:
    return _cases(reported(rows, period), "date_reported")


def _severe(rows: Rows, period: Period) -> pl.LazyFrame:
    return _new(rows, period).filter(is_code("urgency", SEVERE))


def _closed(rows: Rows, period: Period) -> pl.LazyFrame:
    return _cases(closings(rows.cases, period), "date_closed")


def _resolved(rows: Rows, period: Period) -> pl.LazyFrame:
    return _closed(rows, period).filter(is_code("status", RESOLVED))


def _vacancies(rows: Rows, period: Period) -> pl.LazyFrame:
    return _amounts(verified(rows.job_orders, period), "date_verified", "vacancies")


def _amounts(table: pl.LazyFrame, day: str, n: str) -> pl.LazyFrame:
    return table.with_columns(day=pl.col(day), n=pl.col(n).cast(pl.Int64), weight=pl.lit(1.0))


def _placed(rows: Rows, period: Period) -> pl.LazyFrame:
    return _amounts(rows.placements.lazy().filter(period.covers("period")), "period", "count")


COUNTED = {
    "new_cases": Counted(_new),
    "severe_new_cases": Counted(_severe),
    "closed_cases": Counted(_closed),
    "resolved_cases": Counted(_resolved),
    "verified_vacancies": Counted(_vacancies, tested=False),
    "placements": Counted(_placed, tested=False),
}


@dataclass(frozen=True)
class Stretch:
    """Two periods to be compared, and the months on which ordinary variation is measured."""

    current: Period
    previous: Period

    @property
    def whole(self) -> Period:
        """Return the days from the first month of the history to the end of the current period."""
        history = months_before(month_end(self.current.last), HISTORY.value).first
        return Period(min(history, self.previous.first.replace(day=1)), self.current.last)

    def months(self) -> pl.DataFrame:
        """Return the whole months: month, block (0 to 3: before, in, between, in), now."""
        known = [m for m in months(*_ends(self.whole)) if month_end(m) <= self.current.last]
        month, now, then = pl.col("month"), self.current, self.previous
        inside = month.is_between(now.first.replace(day=1), now.last)
        return pl.DataFrame({"month": known}, {"month": pl.Date}).select(
            "month",
            block=pl.when(inside)
            .then(3)
            .when(month > then.last)
            .then(2)
            .when(month >= then.first.replace(day=1))
            .then(1)
            .otherwise(0),
            now=inside,
        )


def _ends(period: Period) -> tuple:
    return period.first, period.last


def windows(rows: Rows, stretch: Stretch) -> pl.DataFrame:
    """Return what each series counts in both periods, and in all months of the history.

    Columns metric, dimension, member (text; null in the total, and where not told), month,
    n, current, previous, weight (sum over the rows of both periods of n times their urgency).
    """
    return pl.concat(
        [
            _by_dimension(counted.rows(rows, stretch.whole), name, stretch)
            for name, counted in COUNTED.items()
        ]
    ).collect()


def _by_dimension(table: pl.LazyFrame, name: str, stretch: Stretch) -> pl.LazyFrame:
    has = table.collect_schema().names()
    columns = [column for column in _COLUMNS if column in has]
    now, then = (period.covers("day") for period in (stretch.current, stretch.previous))
    n = pl.col("n")
    sums = {
        "n": n.sum(),
        "current": n.filter(now).sum(),
        "previous": n.filter(then).sum(),
        "weight": (n * pl.col("weight")).filter(now | then).sum(),
    }
    month = pl.col("day").dt.truncate("1mo").alias("month")
    # Counting first makes what follows small: rows become months of a post, type and sector.
    small = table.group_by(*columns, month).agg(**sums)
    parts = [
        small.group_by(
            pl.lit(name).alias("metric"),
            pl.lit(dimension).alias("dimension"),
            (pl.col(column) if column else pl.lit(None)).cast(pl.String).alias("member"),
            "month",
        ).agg(pl.col(list(sums)).sum())
        for dimension, column in DIMENSIONS.items()
        if column is None or column in columns
    ]
    return pl.concat(parts)


def history(
    counted: pl.DataFrame, rows: Rows, stretch: Stretch, posts: Sequence[str]
) -> pl.DataFrame:
    """Return each series month by month: SERIES, month, value, block, now.

    A month has a value, 0 without rows, if the post reported it; for a series of several posts,
    if all of them did.
    """
    grid = stretch.months()
    told = months_reported(rows.submissions, stretch.whole).select(
        pl.col("post_code").cast(pl.String), month="period"
    )
    told = told.filter(pl.col("post_code").is_in(list(posts)))
    complete = told.group_by("month").agg(posts=pl.len()).filter(pl.col("posts") == len(posts))
    series = counted.select(SERIES).unique()
    own = told.with_columns(dimension=pl.lit("post"), known=True).rename({"post_code": "member"})
    value = pl.when(pl.coalesce("known", "complete")).then(pl.col("n").fill_null(0))
    return (
        series.join(grid, how="cross")
        .join(
            counted.select(*SERIES, "month", "n"),
            on=[*SERIES, "month"],
            how="left",
            nulls_equal=True,
        )
        .join(own, on=["dimension", "member", "month"], how="left")
        .join(complete.select("month", complete=True), on="month", how="left")
        .with_columns(
            known=pl.when(pl.col("dimension") == "post").then(pl.col("known").fill_null(False))
        )
        .select(*SERIES, "month", "block", "now", value=value)
    )
