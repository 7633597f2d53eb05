"""Which fields a row must have, and when: what completeness of content is measured by.

Those marked W in the data dictionary. "Not known" as a chosen answer is an answer; an empty
field is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from metrics.codes import CLOSED, EXPIRED, PERMIT_ISSUED, RECEIVED, RESOLVED, VERIFIED, is_code
from metrics.frames import Rows
from metrics.selection import Period


@dataclass(frozen=True, eq=False)
class Mandatory:
    """The fields a table's rows must have, those they must have sometimes, and the rows' day."""

    always: tuple[str, ...]
    sometimes: dict[str, pl.Expr]  # the field, and the condition under which it must be filled
    day: pl.Expr | None  # the rows of a period are those with this day in it; None: all rows


_ENDED = is_code("status", RESOLVED, CLOSED)
_CHECKED = is_code("status", VERIFIED, PERMIT_ISSUED, EXPIRED)
_REVIEWED = pl.col("n_reviews") > 0

MANDATORY: dict[str, Mandatory] = {
    "monthly_summary": Mandatory(
        (
            "registered_workers",
            "registered_new",
            "monitored_workers",
            "employer_visits",
            "shelter_in",
            "shelter_out",
            "shelter_end",
            "repatriated",
        ),
        {},
        pl.col("period"),
    ),
    "cases": Mandatory(
        (
            "case_id",
            "date_reported",
            "channel",
            "case_type",
            "stage",
            "urgency",
            "procedural",
            "employer_type",
            "gender",
            "people",
            "status",
            "holder",
        ),
        {
            "date_first_response": ~is_code("status", RECEIVED),
            "date_closed": _ENDED,
            "outcome": _ENDED,
        },
        # a case without its date is looked for where it was first told
        pl.coalesce("date_reported", "first_told"),
    ),
    "placements": Mandatory(
        ("employer_type", "sector_code", "scheme", "gender", "count"), {}, pl.col("period")
    ),
    "agencies": Mandatory(
        (
            "agency_code",
            "agency_name",
            "role",
            "host_license_until",
            "registration_until",
            "list_status",
            "sanction",
        ),
        {},
        None,
    ),
    "agency_assessments": Mandatory(
        ("agency_code", "date", "kind", *(f"q{item}" for item in range(1, 11)), "recommendation"),
        {},
        pl.col("date"),
    ),
    "worker_reviews": Mandatory(
        ("agency_code", "n_reviews"),
        dict.fromkeys(("fee", "contract", "docs", "help"), _REVIEWED),
        pl.col("quarter"),
    ),
    "legalised_documents": Mandatory(
        ("doc_type", "employer_type", "received", "approved", "returned", "rejected"),
        {},
        pl.col("period"),
    ),
    "job_orders": Mandatory(
        (
            "jo_id",
            "date_received",
            "employer_type",
            "sector_code",
            "occupation",
            "vacancies",
            "scheme",
            "status",
            "filled",
        ),
        {"date_verified": _CHECKED, "valid_until": _CHECKED},
        pl.col("date_received"),
    ),
    "activities": Mandatory(("date", "kind", "participants"), {}, pl.coalesce("date", "period")),
}


def filled(rows: Rows, period: Period, by: Sequence[str] = ()) -> pl.LazyFrame:
    """Return `by`, `table`, `filled`, `wanted`: of the mandatory fields of the period's rows, how
    many are filled and how many there are. One row for each table and group that has rows.

    `by` are columns that all tables of the posts have: post_code, place.
    """
    return pl.concat(_table(getattr(rows, name), name, period, by) for name in MANDATORY)


def _table(frame: pl.DataFrame, name: str, period: Period, by: Sequence[str]) -> pl.LazyFrame:
    fields = MANDATORY[name]
    rows = frame.lazy()
    if fields.day is not None:
        rows = rows.filter(fields.day.is_between(period.first, period.last))
    applies = dict.fromkeys(fields.always, pl.lit(True)) | fields.sometimes
    there = [(pl.col(field).is_not_null() & when).sum() for field, when in applies.items()]
    asked = [pl.len() * len(fields.always), *(when.sum() for when in fields.sometimes.values())]
    totals = {
        total: pl.sum_horizontal(part.cast(pl.Int64) for part in parts)
        for total, parts in (("filled", there), ("wanted", asked))
    }
    grouped = rows.group_by(list(by)).agg(**totals) if by else rows.select(**totals)
    return grouped.select(*by, pl.lit(name).alias("table"), "filled", "wanted")
