"""Which rows of cases count: the last of each number, without a fault."""

import weakref
from datetime import date
from functools import partial

import polars as pl

from metrics.text import Text

Cases = pl.DataFrame | pl.LazyFrame
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


def quarantine(cases: Cases, as_of: date) -> pl.DataFrame:
    """Return the distinct rows that `register` leaves out, with `reason`, a key of REASONS.

    An exact copy of a row is no fault: it is neither counted twice nor listed.
    """
    reason = _fault(as_of)
    rows = dated(cases)
    if _repeated(cases):
        rows = _ordered(cases).unique(keep="last", maintain_order=True)
        counts = pl.col("case_id").is_last_distinct() | pl.col("case_id").is_null()
        reason = pl.when(counts).then(reason).otherwise(pl.lit("superseded"))
    return rows.with_columns(reason=reason).filter(pl.col("reason").is_not_null()).collect()


def latest(cases: Cases) -> pl.LazyFrame:
    """Return the last row of each case number."""
    if not _repeated(cases):
        return dated(cases)
    numbered = _ordered(cases).filter(pl.col("case_id").is_not_null())
    return numbered.unique("case_id", keep="last", maintain_order=True)


def is_valid(as_of: date) -> pl.Expr:
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


def _ordered(cases: Cases) -> pl.LazyFrame:
    rows = dated(cases)
    if "updated_at" in rows.collect_schema().names():
        return rows.sort("updated_at", maintain_order=True, nulls_last=False)
    return rows


_DATES = ("date_reported", "date_closed", "date_first_response")


def dated(cases: Cases) -> pl.LazyFrame:
    """Return the rows with their days as dates: a time of day never makes a case older."""
    rows = cases.lazy()
    schema = rows.collect_schema()
    times = [column for column in _DATES if schema.get(column, pl.Date) != pl.Date]
    return rows.with_columns(pl.col(times).cast(pl.Date)) if times else rows


_KNOWN: dict[int, tuple[weakref.ref, int, bool]] = {}


def _repeated(cases: Cases) -> bool:
    """Tell whether a case number may occur twice; of a frame that lives on, looked at once."""
    if isinstance(cases, pl.LazyFrame):
        return _look_for_repeated(cases)
    frame, height, repeated = _KNOWN.get(id(cases), (None, 0, False))
    if frame is None or frame() is not cases or height != cases.height:
        repeated = _look_for_repeated(cases)
        forget = partial(_KNOWN.pop, id(cases))  # called with the dead reference as default
        _KNOWN[id(cases)] = (weakref.ref(cases, forget), cases.height, repeated)
    return repeated


def _look_for_repeated(cases: Cases) -> bool:
    numbers = cases.lazy().select(pl.col("case_id").drop_nulls().hash())
    seen = numbers.select(rows=pl.len(), distinct=pl.col("case_id").n_unique()).collect()
    # Different hashes prove different numbers, in a third of the time of comparing these.
    return bool(seen["rows"].item() > seen["distinct"].item())
