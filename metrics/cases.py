"""The state of the cases as of a day: who is valid, who is open, and since when.

Only what happened up to the day counts: a case closed later is open (no look-ahead).
"""

import weakref
from collections.abc import Sequence
from datetime import date
from functools import partial

import polars as pl

from metrics.codes import CLOSED, RESOLVED, is_code
from metrics.policy.numbers import FEWEST_BASE
from metrics.selection import Period
from metrics.statistics.groups import summary, within
from metrics.text import Text

# Why a row is left out of all statistics; the first reason that holds is told.
REASONS = {
    "no_number": Text("Nomor kasus kosong.", "The case number is missing."),
    "no_report_date": Text("Tanggal lapor kosong.", "The date reported is missing."),
    "reported_later": Text(
        "Tanggal lapor sesudah tanggal data.", "The date reported is after the date of the data."
    ),
    "closed_before_reported": Text(
        "Tanggal selesai sebelum tanggal lapor.", "The closing date is before the date reported."
    ),
    "superseded": Text(
        "Nomor kasus yang sama dilaporkan lagi dengan isi lain; baris terakhir dipakai.",
        "The same case number came again with other contents; the last row is used.",
    ),
}
# Conditions on the rows of `register`
OPEN = ~pl.col("closed")
OVERDUE = OPEN & (pl.col("days") > pl.col("limit_days"))  # a type without a limit is never late

Cases = pl.DataFrame | pl.LazyFrame


def register(cases: Cases, as_of: date) -> pl.DataFrame:
    """Return one row a valid case, as it stood at the end of the day `as_of`.

    Columns of `cases`, and `days` (Int64, whole days from report to closing or to `as_of`) and
    `closed` (Boolean, in whatever way). `outcome`, and a `status` that tells of a closing, are
    null for a case that was closed only later; `holder` is always the latest told. A case with
    a closing status but without its date is open, and followed only up to its last dated
    action: its closing day is never guessed. Of rows with the same number the last counts (by
    `updated_at` if there is such a column). With a column `known_until` the open cases of a
    post are followed only up to that day.
    """
    return registered(cases, as_of).collect()


def registered(cases: Cases, as_of: date) -> pl.LazyFrame:
    """Return `register` as a plan, so that what a metric does not need is not computed."""
    columns = cases.lazy().collect_schema().names()
    reported, closing = pl.col("date_reported"), pl.col("date_closed")
    closed = (closing <= as_of).fill_null(False)
    # A post that has not reported lately is followed only up to its last report: what became of
    # its cases since then is not known, and silence must not make them look older.
    seen = pl.lit(as_of)
    if "known_until" in columns:
        seen = pl.max_horizontal(pl.min_horizontal(seen, "known_until"), reported)
    end = pl.when(closed).then(closing).otherwise(seen)
    later = {}
    if "status" in columns:
        told = is_code("status", RESOLVED, CLOSED)
        later["status"] = pl.when(closed | closing.is_null() | ~told).then("status")
        if "date_first_response" in columns:
            last_act = pl.max_horizontal("date_first_response", "date_reported").clip(None, as_of)
            end = pl.when(told & closing.is_null()).then(last_act).otherwise(end)
    if "outcome" in columns:
        later["outcome"] = pl.when(closed).then("outcome")
    return (
        _latest(cases)
        .filter(_valid(as_of))
        .with_columns(days=(end - reported).dt.total_days(), closed=closed, **later)
    )


def quarantine(cases: Cases, as_of: date) -> pl.DataFrame:
    """Return the distinct rows that `register` leaves out, with `reason`, a key of REASONS.

    An exact copy of a row is no fault: it is neither counted twice nor listed.
    """
    reason = _fault(as_of)
    rows = cases.lazy()
    if _repeated(cases):
        rows = _ordered(cases).unique(keep="last", maintain_order=True)
        counts = pl.col("case_id").is_last_distinct() | pl.col("case_id").is_null()
        reason = pl.when(counts).then(reason).otherwise(pl.lit("superseded"))
    return rows.with_columns(reason=reason).filter(pl.col("reason").is_not_null()).collect()


def overdue(cases: Cases, as_of: date) -> pl.DataFrame:
    """Return the rows of `register` that are open for more days than their type allows."""
    return registered(cases, as_of).filter(OVERDUE).collect()


def open_stock(cases: Cases, dates: Sequence[date], by: Sequence[str] = ()) -> pl.DataFrame:
    """Return `date`, `by`, `open`: the cases open at the end of each day, sorted.

    Every group that ever had a valid case stands at every date, with 0 where none was open.
    """
    by = list(by)
    days = pl.Series("date", sorted(set(dates)), dtype=pl.Date)
    valid = _latest(cases).filter(_valid(max(dates, default=date.max)))
    # A case counts from the first asked day on or after its report, until that of its closing.
    moves = [
        valid.filter(pl.col(column).is_not_null())
        .group_by(*by, day=pl.lit(days).search_sorted(pl.col(column)))
        .agg(open=pl.len().cast(pl.Int64) * sign)
        for column, sign in (("date_reported", 1), ("date_closed", -1))
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


def _ordered(cases: Cases) -> pl.LazyFrame:
    rows = cases.lazy()
    if "updated_at" in rows.collect_schema().names():
        return rows.sort("updated_at", maintain_order=True, nulls_last=False)
    return rows


_KNOWN: dict[int, tuple[weakref.ref, bool]] = {}


def _repeated(cases: Cases) -> bool:
    """Tell whether a case number may occur twice; of a frame that lives on, looked at once."""
    if isinstance(cases, pl.LazyFrame):
        return _look_for_repeated(cases)
    frame, repeated = _KNOWN.get(id(cases), (None, False))
    if frame is None or frame() is not cases:
        repeated = _look_for_repeated(cases)
        forget = partial(_KNOWN.pop, id(cases))  # called with the dead reference as default
        _KNOWN[id(cases)] = (weakref.ref(cases, forget), repeated)
    return repeated


def _look_for_repeated(cases: Cases) -> bool:
    numbers = cases.lazy().select(pl.col("case_id").drop_nulls().hash())
    seen = numbers.select(rows=pl.len(), distinct=pl.col("case_id").n_unique()).collect()
    # Different hashes prove different numbers, in a third of the time of comparing these.
    return bool(seen["rows"].item() > seen["distinct"].item())


def _latest(cases: Cases) -> pl.LazyFrame:
    """Return the last row of each case number."""
    if not _repeated(cases):
        return cases.lazy()
    numbered = _ordered(cases).filter(pl.col("case_id").is_not_null())
    return numbered.unique("case_id", keep="last", maintain_order=True)


def _valid(as_of: date) -> pl.Expr:
    """Return whether a row has no fault; as its own condition, for this is asked of every row."""
    reported, closing = pl.col("date_reported"), pl.col("date_closed")
    in_order = closing.is_null() | (closing >= reported)
    return pl.col("case_id").is_not_null() & (reported <= as_of) & in_order


def _fault(as_of: date) -> pl.Expr:
    """Return why a row is not a valid case; null for a valid one."""
    reported, closing = pl.col("date_reported"), pl.col("date_closed")
    return (
        pl.when(pl.col("case_id").is_null())
        .then(pl.lit("no_number"))
        .when(reported.is_null())
        .then(pl.lit("no_report_date"))
        .when(reported > as_of)
        .then(pl.lit("reported_later"))
        .when(closing < reported)
        .then(pl.lit("closed_before_reported"))
    )
