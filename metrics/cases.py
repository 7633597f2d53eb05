"""The state of the cases as of a day: who is valid, who is open, and since when.

Only what happened up to the day counts: a case closed later is open (no look-ahead).
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from metrics.codes import CLOSED, RESOLVED, is_code
from metrics.policy.numbers import FEWEST_BASE
from metrics.selection import Period
from metrics.statistics.groups import summary, within
from metrics.valid_cases import REASONS, Cases, is_valid, latest, quarantine

__all__ = [
    "FIRST_CLOSED",
    "OPEN",
    "OVERDUE",
    "REASONS",
    "REOPENED",
    "Cases",
    "closings",
    "open_stock",
    "overdue",
    "quarantine",
    "register",
    "registered",
    "year_to_date",
]
# Conditions on the rows of `register`
OPEN = ~pl.col("closed")
OVERDUE = OPEN & (pl.col("days") > pl.col("limit_days"))  # a type without a limit is never late
# Of any rows of cases: the day by whose end a case was told open again after its first closing,
# whatever became of it since. A closing day that was only corrected is no reopening.
REOPENED = pl.when(
    pl.col("first_closed") >= pl.col("date_reported"),
    pl.col("first_closed") < pl.col("reopened"),
    pl.col("date_closed").is_null() | (pl.col("date_closed") > pl.col("first_closed")),
).then("reopened")
FIRST_CLOSED = pl.when(REOPENED.is_not_null()).then("first_closed").otherwise("date_closed")


def register(cases: Cases, as_of: date) -> pl.DataFrame:
    """Return one row a valid case, as it stood at the end of the day `as_of`.

    Columns of `cases`, and `days` (Int64, whole days from report to closing or to `as_of`),
    `closed` (Boolean, in whatever way) and `entry` (Int64, the age in days from which the case
    could be seen: its post has reported only since `known_from`; null when seen from the
    start). `outcome`, and a `status` that tells of a closing, are null for a case that was
    closed only later; `holder` is always the latest told. A case that was told open again only
    after `as_of` is closed at its first closing, of which status and outcome are not kept. A
    case with a closing status but without its date is open, and followed only up to its last
    dated action: its closing day is never guessed. Of rows with the same number the last counts
    (by `updated_at` if there is such a column). With a column `known_until` the open cases of a
    post are followed only up to that day.
    """
    return registered(cases, as_of).collect()


def registered(cases: Cases, as_of: date) -> pl.LazyFrame:
    """Return `register` as a plan, so that what a metric does not need is not computed."""
    columns = cases.lazy().collect_schema().names()
    reported, closing = pl.col("date_reported"), pl.col("date_closed")
    ended = (closing <= as_of).fill_null(False)
    ended_then = pl.lit(False)  # for a while: told open again since, but not yet by that day
    reopens = {"reopened", "first_closed"} <= set(columns)
    if reopens:
        then = ~ended & (pl.col("first_closed") <= as_of) & (as_of < REOPENED)
        ended_then = then.fill_null(False)
    # A post that has not reported lately is followed only up to its last report: what became of
    # its cases since then is not known, and silence must not make them look older.
    end = pl.lit(as_of)
    if "known_until" in columns:
        end = pl.max_horizontal(pl.min_horizontal(end, "known_until"), reported)
    later = {}
    if "status" in columns:
        told = is_code("status", RESOLVED, CLOSED)
        as_then = ended | ((closing.is_null() | ~told) & ~ended_then)
        later["status"] = pl.when(as_then).then("status")
        acts = [column for column in ("date_first_response", "date_reported") if column in columns]
        last_act = pl.max_horizontal(acts).clip(None, as_of)
        end = pl.when(told & closing.is_null()).then(last_act).otherwise(end)
    if reopens:
        end = pl.when(ended_then).then("first_closed").otherwise(end)
    if "outcome" in columns:
        later["outcome"] = pl.when(ended).then("outcome")
    entry = pl.lit(None, pl.Int64)
    if "known_from" in columns:
        before = pl.col("known_from") > reported
        entry = pl.when(before).then((pl.col("known_from") - reported).dt.total_days())
    end = pl.when(ended).then(closing).otherwise(end)
    days = (end - reported).dt.total_days()
    return (
        latest(cases)
        .filter(is_valid(as_of))
        .with_columns(days=days, closed=ended | ended_then, entry=entry, **later)
    )


def closings(cases: Cases, period: Period) -> pl.LazyFrame:
    """Return a row for every closing in the period: rows of `register` as of its last day.

    A case that was told open again has its first closing too, with that as its `date_closed`,
    and null as `status` and `outcome`: in the end it was not resolved by it.
    """
    valid = registered(cases, period.last)
    columns = valid.collect_schema().names()
    last = valid.filter(period.covers("date_closed"))
    if not {"reopened", "first_closed"} <= set(columns):
        return last
    days = (pl.col("first_closed") - pl.col("date_reported")).dt.total_days()
    lost = [pl.when(pl.lit(False)).then(c).alias(c) for c in ("status", "outcome") if c in columns]
    undone = valid.filter(period.covers("first_closed"), REOPENED.is_not_null())
    undone = undone.with_columns(days=days, closed=pl.lit(True), date_closed="first_closed")
    return pl.concat([last, undone.with_columns(lost)])


def overdue(cases: Cases, as_of: date) -> pl.DataFrame:
    """Return the rows of `register` that are open for more days than their type allows."""
    return registered(cases, as_of).filter(OVERDUE).collect()


def open_stock(cases: Cases, dates: Sequence[date], by: Sequence[str] = ()) -> pl.DataFrame:
    """Return `date`, `by`, `open`: the cases open at the end of each day, sorted.

    Every group that ever had a valid case stands at every date, with 0 where none was open. A
    case told open again is open from that day until it is closed again.
    """
    by = list(by)
    days = pl.Series("date", sorted(set(dates)), dtype=pl.Date)
    valid = latest(cases).filter(is_valid(max(dates, default=date.max)))
    # A case counts from the first asked day on or after its report, until that of its closing.
    moves = [
        changes.filter(day.is_not_null())
        .group_by(*by, day=pl.lit(days).search_sorted(day))
        .agg(open=pl.len().cast(pl.Int64) * sign)
        for changes, day, sign in _changes(valid)
    ]
    numbers = pl.LazyFrame({"day": pl.int_range(len(days), dtype=pl.UInt32, eager=True)})
    grid = numbers.join(valid.select(by).unique(), how="cross") if by else numbers
    return (
        pl.concat([*moves, grid.select(*by, "day", open=pl.lit(0, pl.Int64))])
        .filter(pl.col("day") < len(days))
        .group_by(*by, "day")
        .agg(pl.col("open").sum())
        .sort("day", *by)
        .select(
            pl.lit(days).gather(pl.col("day")).alias("date"),
            *by,
            within(pl.col("open").cum_sum(), by),
        )
        .collect()
    )


def _changes(valid: pl.LazyFrame) -> list[tuple[pl.LazyFrame, pl.Expr, int]]:
    """Return what changes the stock: rows, the day of each, and by how much."""
    reported, closing = pl.col("date_reported"), pl.col("date_closed")
    changes = [(valid, reported, 1), (valid, closing, -1)]
    if {"reopened", "first_closed"} <= set(valid.collect_schema().names()):
        # Closed for a while: until told open again, or closed again, whichever came first.
        again = valid.filter(REOPENED.is_not_null())
        changes += [
            (again, pl.col("first_closed"), -1),
            (again, pl.min_horizontal("reopened", "date_closed"), 1),
        ]
    return changes


def year_to_date(cases: Cases, as_of: date, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return new cases from 1 January to `as_of`, and in the same stretch a year before.

    Columns `by`, `current`, `previous` (cases), `current_days`, `previous_days` (length of the
    stretches; 29 February counts as 28 February), `change` (of cases a day; null if the base
    is too small, see policy.FEWEST_BASE). Of all posts given: to compare, give posts that
    reported in both years.
    """
    by = list(by)
    now = Period(as_of.replace(month=1, day=1), as_of)
    before = now.a_year_earlier()
    current, previous = pl.col("current"), pl.col("previous")
    rate = (current / now.days) / (previous / before.days)
    counted = summary(
        registered(cases, as_of).filter(
            now.covers("date_reported") | before.covers("date_reported")
        ),
        by,
        current=now.covers("date_reported").sum().cast(pl.Int64),
        previous=before.covers("date_reported").sum().cast(pl.Int64),
    )
    return counted.with_columns(
        current_days=pl.lit(now.days, pl.Int64),
        previous_days=pl.lit(before.days, pl.Int64),
        change=pl.when(previous >= FEWEST_BASE.value).then(rate - 1),
    )
