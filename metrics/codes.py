"""The few codes that metrics decide by; all codes with their words stand in assets/reference."""

import polars as pl

# urgency
MINOR, MODERATE, SEVERE = "minor", "moderate", "severe"
# case_status: only these two stop the clock, and only the first is a result for the worker
RESOLVED, CLOSED = "resolved", "closed"
RECEIVED = "received"  # logged, nothing done yet
# case_type: the ones told whatever their number, and hidden in tables below a higher one
SEXUAL_VIOLENCE, TRAFFICKING, DEATH = "B2", "B3", "C3"
# outcome: the ways of closing a case that are no result for the worker
HANDED_OVER, INCOMPLETE, UNREACHABLE, WITHDRAWN = (
    "handed_over",
    "incomplete_data",
    "unreachable",
    "withdrawn",
)
# agency_fault
PROVEN = "proven"
# employer_type
FORMAL, INFORMAL, UNKNOWN = "BH", "PS", "unknown"
# sector: a class of its own, neither formal nor informal (UU 18/2017 art. 4)
SHIP_CREW = "ABK"
# jo_status: an order that has run out had been verified before
VERIFIED, PERMIT_ISSUED, EXPIRED = "verified", "permit_issued", "expired"
# sanction
WARNING, SUSPENDED, REVOKED = "warning", "suspended", "revoked"
# procedural
DOCUMENTED = "documented"
# request: the two that ask for money
PAY_RIGHTS, CLAIM = "pay_rights", "claim"
# scheme
PRIVATE, INDEPENDENT = "PtoP", "independent"
# list_status
PROBLEM = "problem"
# activity_kind
GUIDANCE, WELCOMING, TRAINING = "guidance", "welcoming", "training"
COORDINATION = "coordination"
# currency
RUPIAH = "IDR"

LISTS = {
    "urgency": (MINOR, MODERATE, SEVERE),
    "case_status": (RECEIVED, RESOLVED, CLOSED),
    "case_type": (SEXUAL_VIOLENCE, TRAFFICKING, DEATH),
    "outcome": (HANDED_OVER, INCOMPLETE, UNREACHABLE, WITHDRAWN),
    "agency_fault": (PROVEN,),
    "employer_type": (FORMAL, INFORMAL, UNKNOWN),
    "sector": (SHIP_CREW,),
    "jo_status": (VERIFIED, PERMIT_ISSUED, EXPIRED),
    "sanction": (WARNING, SUSPENDED, REVOKED),
    "procedural": (DOCUMENTED,),
    "request": (PAY_RIGHTS, CLAIM),
    "scheme": (PRIVATE, INDEPENDENT),
    "list_status": (PROBLEM,),
    "activity_kind": (GUIDANCE, WELCOMING, TRAINING, COORDINATION),
    "currency": (RUPIAH,),
}


def is_code(column: str, *codes: str) -> pl.Expr:
    """Return the condition that a column has one of the codes; null counts as no.

    Compared as text, for an Enum refuses to be compared with a word it does not have, and the
    Enums of an empty table have none.
    """
    text = pl.col(column).cast(pl.String)
    wanted = text == codes[0] if len(codes) == 1 else text.is_in(codes)
    return wanted.fill_null(False)
