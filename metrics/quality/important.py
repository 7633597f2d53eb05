"""Fields that need not be filled, but without which a metric has less to go on.

A field that does not apply to a row (the amount of a case that asks for no money) is not empty.
The mandatory fields stand in metrics.mandatory.
"""

import polars as pl

from metrics.codes import (
    CLAIM,
    DOCUMENTED,
    INDEPENDENT,
    PAY_RIGHTS,
    PRIVATE,
    REVOKED,
    SUSPENDED,
    WARNING,
    is_code,
)

_ANY = pl.lit(True)


def _has(*columns: str) -> pl.Expr:
    return pl.any_horizontal(pl.col(columns).is_not_null())


# The field, and the condition under which it is looked for
IMPORTANT: dict[str, dict[str, pl.Expr]] = {
    "monthly_summary": {
        "estimated_workers": _ANY,
        "estimate_source": _has("estimated_workers"),
    },
    "cases": {
        "request": _ANY,
        "sector_code": _ANY,
        # a worker who came without papers mostly has no agency
        "agency_code": is_code("procedural", DOCUMENTED),
        "agency_fault": _has("agency_code"),
        "amount_claimed": is_code("request", PAY_RIGHTS, CLAIM),
        "amount_recovered": _has("date_closed") & _has("amount_claimed"),
        "currency": _has("amount_claimed", "amount_recovered"),
    },
    "placements": {"agency_code": ~is_code("scheme", INDEPENDENT)},
    "agencies": {"sanction_from": is_code("sanction", WARNING, SUSPENDED, REVOKED)},
    "legalised_documents": {"days_median": (pl.col("received") > 0).fill_null(False)},
    "job_orders": {
        "agency_code": is_code("scheme", PRIVATE),
        "wage": _ANY,
        "currency": _has("wage"),
        "contract_months": _ANY,
    },
    "activities": {"partner": _ANY},
}
