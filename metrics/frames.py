"""The tables of rows that metrics read, and the columns each must have.

Column names are those of the data dictionary. Codes come as Enum (their order is the order of the
code list); `place` is the ISO-3 code of the post's country or territory; `period` is the first day
of a month. Further columns may stand beside the agreed ones.
"""

from dataclasses import dataclass, fields, replace
from typing import Self

import polars as pl


class FrameError(Exception):
    """A table of rows does not have the agreed columns."""


@dataclass(frozen=True, eq=False)
class Frame:
    """The agreement about one table: its name and its columns with their types."""

    name: str
    columns: dict[str, type[pl.DataType] | pl.DataType]

    def check(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the rows unchanged. Raises FrameError naming every wrong column."""
        wrong = [
            f"  {column}: expected {expected}, got {rows.schema.get(column, 'no column')}"
            for column, expected in self.columns.items()
            if rows.schema.get(column) != expected
        ]
        if wrong:
            raise FrameError(
                f"The '{self.name}' rows are not as agreed:\n"
                + "\n".join(wrong)
                + "\nChange the snapshot in data_access/, or the agreement in metrics/frames.py."
            )
        return rows

    def empty(self) -> pl.DataFrame:
        """Return the table without rows; its Enums have no categories."""
        return pl.DataFrame(
            schema={c: pl.Enum([]) if t is pl.Enum else t for c, t in self.columns.items()}
        )


CASES = Frame(
    "cases",
    {
        "case_id": pl.String,
        "post_code": pl.Enum,
        "place": pl.Enum,
        "date_reported": pl.Date,
        "date_first_response": pl.Date,  # null: not recorded
        "date_closed": pl.Date,  # null: still open
        "case_type": pl.Enum,
        "case_group": pl.Enum,
        "limit_days": pl.Int16,  # null: a type without a fixed limit
        "urgency": pl.Enum,  # minor < moderate < severe
        "stage": pl.Enum,
        "channel": pl.Enum,
        "request": pl.Enum,
        "procedural": pl.Enum,
        "employer_type": pl.Enum,
        "sector_code": pl.Enum,
        "gender": pl.Enum,
        "people": pl.Int32,
        "agency_code": pl.Enum,
        "agency_fault": pl.Enum,
        "status": pl.Enum,
        "holder": pl.Enum,
        "outcome": pl.Enum,
        "amount_claimed": pl.Decimal(18, 2),
        "amount_recovered": pl.Decimal(18, 2),
        "currency": pl.Enum,
        "in_shelter": pl.Boolean,
        "known_from": pl.Date,  # since when the post reports; null: without such a limit
        "known_until": pl.Date,  # until when the post has reported; null: without such a limit
        "first_told": pl.Date,  # local day on which the post's first file with the case came
        "first_closed": pl.Date,  # the first closing date ever told, also if it was reopened since
        "reopened": pl.Date,  # end of the month that first told it open again; null: never
        "held_since": pl.Date,  # first day of the month that first told its present holder
    },
)
PLACEMENTS = Frame(
    "placements",
    {
        "post_code": pl.Enum,
        "place": pl.Enum,
        "period": pl.Date,
        "agency_code": pl.Enum,
        "employer_type": pl.Enum,
        "sector_code": pl.Enum,
        "scheme": pl.Enum,
        "gender": pl.Enum,
        "count": pl.Int32,
    },
)
SUMMARIES = Frame(
    "monthly_summary",
    {
        "post_code": pl.Enum,
        "place": pl.Enum,
        "period": pl.Date,
        "registered_workers": pl.Int32,
        "registered_new": pl.Int32,
        "estimated_workers": pl.Int32,
        "estimate_source": pl.Enum,
        "monitored_workers": pl.Int32,
        "employer_visits": pl.Int32,
        "shelter_in": pl.Int32,
        "shelter_out": pl.Int32,
        "shelter_end": pl.Int32,
        "repatriated": pl.Int32,
    },
)
AGENCIES = Frame(
    "agencies",
    {
        "agency_code": pl.Enum,
        "agency_name": pl.String,
        "role": pl.Enum,
        "post_code": pl.Enum,
        "place": pl.Enum,
        "host_license_until": pl.Date,
        "registration_until": pl.Date,
        "list_status": pl.Enum,
        "sanction": pl.Enum,
        "sanction_from": pl.Date,
        "sanction_until": pl.Date,
    },
)
ASSESSMENTS = Frame(
    "agency_assessments",
    {
        "agency_code": pl.Enum,
        "post_code": pl.Enum,
        "place": pl.Enum,
        "date": pl.Date,
        "kind": pl.Enum,
        **{f"q{item}": pl.Int32 for item in range(1, 11)},
        "recommendation": pl.Enum,
    },
)
REVIEWS = Frame(
    "worker_reviews",
    {
        "agency_code": pl.Enum,
        "post_code": pl.Enum,
        "place": pl.Enum,
        "quarter": pl.Date,  # first day of the quarter
        "n_reviews": pl.Int32,
        **{part: pl.Decimal(18, 2) for part in ("fee", "contract", "docs", "help")},
    },
)
DOCUMENTS = Frame(
    "legalised_documents",
    {
        "post_code": pl.Enum,
        "place": pl.Enum,
        "period": pl.Date,
        "doc_type": pl.Enum,
        "agency_code": pl.Enum,
        "employer_type": pl.Enum,
        "received": pl.Int32,
        "approved": pl.Int32,
        "returned": pl.Int32,
        "rejected": pl.Int32,
        "days_median": pl.Decimal(18, 2),
    },
)
JOB_ORDERS = Frame(
    "job_orders",
    {
        "jo_id": pl.String,
        "post_code": pl.Enum,
        "place": pl.Enum,
        "date_received": pl.Date,
        "date_verified": pl.Date,
        "valid_until": pl.Date,
        "agency_code": pl.Enum,
        "employer_type": pl.Enum,
        "sector_code": pl.Enum,
        "occupation": pl.String,
        "vacancies": pl.Int32,
        "filled": pl.Int32,
        "wage": pl.Decimal(18, 2),
        "currency": pl.Enum,
        "contract_months": pl.Int32,
        "scheme": pl.Enum,
        "status": pl.Enum,
    },
)
ACTIVITIES = Frame(
    "activities",
    {
        "post_code": pl.Enum,
        "place": pl.Enum,
        "period": pl.Date,
        "date": pl.Date,
        "kind": pl.Enum,
        "participants": pl.Int32,
        "partner": pl.String,
        "leads": pl.Int32,
    },
)
SUBMISSIONS = Frame(
    "submissions",
    {
        "id": pl.Int32,
        "post_code": pl.Enum,
        "place": pl.Enum,
        "period": pl.Date,
        "received_at": pl.Datetime("us", "UTC"),
        "received_on": pl.Date,  # the same, as the post's local day
        "simulated": pl.Boolean,
        "rows_ok": pl.Int32,
        "rows_bad": pl.Int32,  # read with a warning
        "rows_added": pl.Int32,
        "rows_changed": pl.Int32,
        "rows_removed": pl.Int32,
    },
)
# What each month's file said of an order, so that it can be told when vacancies were filled.
ORDER_STATES = Frame(
    "order_states",
    {
        "jo_id": pl.String,
        "post_code": pl.Enum,
        "place": pl.Enum,
        "period": pl.Date,  # first day of the month whose file told it
        "filled": pl.Int32,  # cumulative, as of the end of that month
        "status": pl.Enum,
    },
)
# Kept by Jakarta
CAPACITIES = Frame(
    "capacities",
    {
        "post_code": pl.Enum,
        "place": pl.Enum,
        "period": pl.Date,  # first day of the month from which it holds, until a later one
        "shelter_capacity": pl.Int32,  # people; 0: no shelter; null: not known
        "staff_count": pl.Int32,  # officers of the labour section; null: not known
    },
)
TARGETS = Frame(
    "targets",
    {
        "post_code": pl.Enum,
        "place": pl.Enum,
        "year": pl.Int32,
        "metric": pl.String,  # an indicator of metrics.targets
        "value": pl.Decimal(18, 4),  # shares in per cent: 85
    },
)
FX_RATES = Frame(
    "fx_rates",
    {
        "period": pl.Date,
        "currency": pl.Enum,
        "idr_per_unit": pl.Decimal(18, 6),
    },
)


@dataclass(frozen=True, eq=False)
class Rows:
    """All tables together, as one reader may see them; what a metric is computed from."""

    cases: pl.DataFrame
    placements: pl.DataFrame
    monthly_summary: pl.DataFrame
    agencies: pl.DataFrame
    agency_assessments: pl.DataFrame
    worker_reviews: pl.DataFrame
    legalised_documents: pl.DataFrame
    job_orders: pl.DataFrame
    activities: pl.DataFrame
    submissions: pl.DataFrame
    order_states: pl.DataFrame
    capacities: pl.DataFrame
    targets: pl.DataFrame
    fx_rates: pl.DataFrame

    def only(self, where: pl.Expr, *, needs: str) -> Self:
        """Return the rows that fulfil a condition, in every table that has the column `needs`."""
        kept = {
            table.name: rows.filter(where)
            for table in fields(self)
            if needs in (rows := getattr(self, table.name)).columns
        }
        return replace(self, **kept)


FRAMES: dict[str, Frame] = {
    frame.name: frame
    for frame in (
        CASES,
        PLACEMENTS,
        SUMMARIES,
        AGENCIES,
        ASSESSMENTS,
        REVIEWS,
        DOCUMENTS,
        JOB_ORDERS,
        ACTIVITIES,
        SUBMISSIONS,
        ORDER_STATES,
        CAPACITIES,
        TARGETS,
        FX_RATES,
    )
}
