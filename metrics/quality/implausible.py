"""What cannot be: dates out of order, a status against its dates, more filled than offered."""

from dataclasses import dataclass

import polars as pl

from metrics.cases import quarantine, registered
from metrics.codes import CLOSED, RESOLVED, is_code
from metrics.frames import Rows
from metrics.policy.quality import JUMP
from metrics.quality.finding import EARLIEST, TABLES, listed
from metrics.selection import Period

# Of the reasons of metrics.cases, "superseded" is a matter of duplicates
QUARANTINED = ("no_number", "no_report_date", "reported_later", "closed_before_reported")
_REASON_COLUMN = {
    "no_number": "case_id",
    "closed_before_reported": "date_closed",
    "superseded": "case_id",
}


@dataclass(frozen=True, eq=False)
class Rule:
    """A contradiction within a row: `column` is the one shown, `measure` how far it goes."""

    kind: str
    column: str
    broken: pl.Expr  # null counts as not broken
    measure: pl.Expr | None = None


def _days(later: str, earlier: str) -> pl.Expr:
    return (pl.col(later) - pl.col(earlier)).dt.total_days()


def _order(kind: str, earlier: str, later: str) -> Rule:
    broken = pl.col(later) < pl.col(earlier)
    return Rule(kind, later, broken, _days(later, earlier))


_ended = is_code("status", RESOLVED, CLOSED)
_reported, _closing = pl.col("date_reported"), pl.col("date_closed")
CASE_RULES = (
    Rule("too_early", "date_reported", _reported < EARLIEST),
    Rule(
        "reported_after_told",
        "date_reported",
        _reported > pl.col("first_told"),
        _days("date_reported", "first_told"),
    ),
    _order("response_before_report", "date_reported", "date_first_response"),
    Rule(
        "response_after_closing",
        "date_first_response",
        pl.col("closed") & (pl.col("date_first_response") > _closing),
        _days("date_first_response", "date_closed"),
    ),
    Rule(
        "recovered_over_claimed",
        "amount_recovered",
        pl.col("amount_recovered") > pl.col("amount_claimed"),
        pl.col("amount_recovered") - pl.col("amount_claimed"),
    ),
    Rule("ended_without_date", "date_closed", _ended & _closing.is_null()),
    Rule(
        "ended_without_outcome", "outcome", _ended & pl.col("closed") & pl.col("outcome").is_null()
    ),
    Rule("date_without_ending", "date_closed", pl.col("closed") & ~_ended),
    Rule(
        "outcome_without_ending",
        "outcome",
        ~_ended & _closing.is_null() & pl.col("outcome").is_not_null(),
    ),
)
_filled, _vacancies = pl.col("filled"), pl.col("vacancies")
ORDER_RULES = (
    Rule("order_too_early", "date_received", pl.col("date_received") < EARLIEST),
    Rule("overfilled", "filled", _filled > _vacancies, _filled - _vacancies),
    Rule("negative_filled", "filled", _filled < 0, _filled),
    _order("verified_before_received", "date_received", "date_verified"),
    _order("expired_before_verified", "date_verified", "valid_until"),
)
AGENCY_RULES = (_order("sanction_order", "sanction_from", "sanction_until"),)
_moved = pl.col("registered_workers") - pl.col("_registered_before")
_balance = pl.col("_shelter_before") + pl.col("shelter_in") - pl.col("shelter_out")
SUMMARY_RULES = (
    Rule(
        "shelter_balance",
        "shelter_end",
        pl.col("shelter_end") != _balance,
        pl.col("shelter_end") - _balance,
    ),
    Rule(
        "registered_jump",
        "registered_workers",
        (_moved.abs() * 100 > JUMP.value["per_cent"] * pl.col("_registered_before"))
        & (_moved.abs() >= JUMP.value["workers"]),
        _moved,
    ),
)
RULES = (*CASE_RULES, *ORDER_RULES, *AGENCY_RULES, *SUMMARY_RULES)
KINDS = (*QUARANTINED, *(rule.kind for rule in RULES))


def implausible(rows: Rows, period: Period) -> list[pl.LazyFrame]:
    """Return the findings of what cannot be: a row that breaks two rules is found twice.

    A case in quarantine is found by its first reason alone; the others are asked of the valid
    cases, as they stood on the last day of the period.
    """
    faulty = left_out(rows.cases, period).filter(pl.col("reason").is_in(QUARANTINED))
    return [
        in_quarantine(faulty),
        *_broken("cases", _cases(rows.cases, period), CASE_RULES, period),
        *_broken("job_orders", _orders(rows.job_orders), ORDER_RULES, period),
        *_broken("agencies", _agencies(rows.agencies), AGENCY_RULES, period),
        *_broken("monthly_summary", _summaries(rows.monthly_summary), SUMMARY_RULES, period),
    ]


def left_out(cases: pl.DataFrame, period: Period) -> pl.LazyFrame:
    """Return the rows of `metrics.cases.quarantine` that belong to the period, with `reason`.

    A case dated after the period is a fault only if it had been told by then (or nobody knows
    when it was told): otherwise it simply came later.
    """
    told = pl.col("first_told").fill_null(period.last) <= period.last
    later = pl.col("reason") == "reported_later"
    return (
        quarantine(cases, period.last)
        .lazy()
        .filter((later & told) | (~later & TABLES["cases"].within(period)))
    )


def in_quarantine(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return rows of `left_out` as findings; the kind is their reason."""
    reason = pl.col("reason")
    column = reason.replace_strict(_REASON_COLUMN, default="date_reported", return_dtype=pl.String)
    value = pl.coalesce(
        pl.when(column == name).then(pl.col(name).cast(pl.String))
        for name in ("case_id", "date_closed", "date_reported")
    )
    days = pl.when(reason == "closed_before_reported").then(_days("date_closed", "date_reported"))
    return listed(rows, "cases", reason, column, value=value, measure=days)


def _broken(
    table: str, rows: pl.LazyFrame, rules: tuple[Rule, ...], period: Period
) -> list[pl.LazyFrame]:
    rows = rows.filter(TABLES[table].within(period))
    return [
        listed(rows.filter(rule.broken), table, rule.kind, rule.column, measure=rule.measure)
        for rule in rules
    ]


def _cases(cases: pl.DataFrame, period: Period) -> pl.LazyFrame:
    """Return the valid cases with what was told of them, also where it contradicts the dates."""
    told = cases.lazy().with_columns(_status="status", _outcome="outcome")
    closed = (_closing <= period.last).fill_null(False)
    valid = registered(told, period.last)
    return valid.with_columns(status="_status", outcome="_outcome", closed=closed)


def _orders(job_orders: pl.DataFrame) -> pl.LazyFrame:
    return job_orders.lazy().unique("jo_id", keep="last", maintain_order=True)


def _agencies(agencies: pl.DataFrame) -> pl.LazyFrame:
    key = ["agency_code", "post_code"]
    return agencies.lazy().unique(key, keep="last", maintain_order=True)


def _summaries(summaries: pl.DataFrame) -> pl.LazyFrame:
    """Return one summary a post and month, with what the month just before told, if it did."""
    months = summaries.lazy().unique(["post_code", "period"], keep="last", maintain_order=True)
    before = months.select(
        "post_code",
        pl.col("period").dt.offset_by("1mo"),
        _registered_before="registered_workers",
        _shelter_before="shelter_end",
    )
    return months.join(before, on=["post_code", "period"], how="left", maintain_order="left")
