"""Rows for tests: say what matters, the rest is filled in."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import polars as pl

from data_access.reference import case_types, codes, posts
from metrics.frames import FRAMES, Rows
from metrics.policy.handling import LIMIT_DAYS

_numbers = count(1)
_PLACES = dict(posts().select("post_code", "place").iter_rows())
_TYPES = {code: (group, limit) for code, _, _, group, _, limit in case_types().iter_rows()}
_LISTS = {
    "post_code": "post",
    "sector_code": "sector",
    "role": "agency_role",
    ("cases", "status"): "case_status",
    ("job_orders", "status"): "jo_status",
    ("agency_assessments", "kind"): "assessment_kind",
    ("activities", "kind"): "activity_kind",
    ("order_states", "status"): "jo_status",
}
MONEY = ("amount_claimed", "amount_recovered")


def case(post: str = "RUH", days: int | None = 10, **said: object) -> dict:
    """A case of unpaid wages, reported on 1 January 2026 and closed `days` later; None: open."""
    reported = said.get("date_reported", date(2026, 1, 1))
    closed = None if days is None or reported is None else reported + timedelta(days=days)
    kind = said.get("case_type", "A1")
    row = {
        "case_id": f"{post}-2026-{next(_numbers):05}",
        "post_code": post,
        "date_reported": reported,
        "date_first_response": reported,
        "date_closed": closed,
        "case_type": kind,
        "case_group": _TYPES[kind][0],
        "limit_days": LIMIT_DAYS[_TYPES[kind][1]],
        "urgency": "moderate",
        "stage": "during",
        "channel": "in_person",
        "procedural": "documented",
        "employer_type": "PS",
        "sector_code": "DOM",
        "gender": "P",
        "people": 1,
        "agency_fault": "not_examined",
        "status": "in_progress" if closed is None else "resolved",
        "holder": "post",
        "outcome": None if closed is None else "rights_full",
        "in_shelter": False,
    }
    return row | said


def placement(post: str = "RUH", workers: int = 1, **said: object) -> dict:
    """Workers placed with individual employers for domestic work in January 2026."""
    return {
        "post_code": post,
        "period": date(2026, 1, 1),
        "employer_type": "PS",
        "sector_code": "DOM",
        "scheme": "PtoP",
        "gender": "P",
        "count": workers,
    } | said


def summary(post: str = "RUH", registered: int | None = 1000, **said: object) -> dict:
    """The monthly summary of January 2026."""
    return {
        "post_code": post,
        "period": date(2026, 1, 1),
        "registered_workers": registered,
        "registered_new": 0,
        "monitored_workers": 0,
        "employer_visits": 0,
        "shelter_in": 0,
        "shelter_out": 0,
        "shelter_end": 0,
        "repatriated": 0,
    } | said


def agency(code: str = "RUH-M0001", post: str | None = None, **said: object) -> dict:
    """An agency in good standing."""
    return {
        "agency_code": code,
        "agency_name": f"Mitra {code}",
        "role": "foreign",
        "post_code": post or code[:3],
        "host_license_until": date(2030, 1, 1),
        "registration_until": date(2030, 1, 1),
        "list_status": "clear",
        "sanction": "none",
    } | said


def visit(code: str = "RUH-M0001", items: int | None = 2, **said: object) -> dict:
    """An assessment visit on 1 June 2025 with the same mark for all ten items."""
    return {
        "agency_code": code,
        "post_code": code[:3],
        "date": date(2025, 6, 1),
        "kind": "periodic",
        "recommendation": "continue",
        **{f"q{item}": items for item in range(1, 11)},
    } | said


def review(code: str = "RUH-M0001", n: int = 10, stars: float | None = 4, **said: object) -> dict:
    """The reviews of the third quarter of 2025, with the same mean for all four questions."""
    mean = None if stars is None else Decimal(str(stars))
    return {
        "agency_code": code,
        "post_code": code[:3],
        "quarter": date(2025, 7, 1),
        "n_reviews": n,
        **dict.fromkeys(("fee", "contract", "docs", "help"), mean),
    } | said


def documents(code: str | None = "RUH-M0001", received: int = 100, **said: object) -> dict:
    """New contracts brought to be legalised in June 2025."""
    return {
        "agency_code": code,
        "post_code": (code or "RUH")[:3],
        "period": date(2025, 6, 1),
        "doc_type": "new_contract",
        "employer_type": "PS",
        "received": received,
        "approved": received,
        "returned": 0,
        "rejected": 0,
    } | said


def job_order(
    post: str = "RUH", vacancies: int = 10, filled: int | None = 0, **said: object
) -> dict:
    """A job order of a company for carers, verified on 10 January 2026."""
    return {
        "jo_id": f"{post}-JO-2026-{next(_numbers):04}",
        "post_code": post,
        "date_received": date(2026, 1, 1),
        "date_verified": date(2026, 1, 10),
        "valid_until": date(2026, 7, 10),
        "employer_type": "BH",
        "sector_code": "KES",
        "occupation": "Perawat",
        "vacancies": vacancies,
        "filled": filled,
        "scheme": "PtoP",
        "status": "verified",
    } | said


def submission(post: str = "RUH", period: date = date(2026, 1, 1), **said: object) -> dict:
    """A post's workbook of one month."""
    counts = dict.fromkeys(("rows_ok", "rows_bad", "rows_added", "rows_changed", "rows_removed"), 0)
    row = {"id": next(_numbers), "post_code": post, "period": period, "simulated": True}
    received = said.get("received_at")
    return row | counts | {"received_on": received and received.date()} | said


def order_state(order: dict, period: date, filled: int | None, **said: object) -> dict:
    """What the file of one month says of a job order."""
    told = {name: order[name] for name in ("jo_id", "post_code", "status")}
    return told | {"period": period, "filled": filled} | said


def capacity(
    post: str = "RUH", shelter: int | None = 100, staff: int | None = 4, **said: object
) -> dict:
    """A post's shelter and staff from January 2024 on."""
    row = {"post_code": post, "period": date(2024, 1, 1)}
    return row | {"shelter_capacity": shelter, "staff_count": staff} | said


def target(
    post: str = "RUH", metric: str = "on_time_pct", value: float = 80, **said: object
) -> dict:
    """A target of a post for 2026."""
    return {
        "post_code": post,
        "year": 2026,
        "metric": metric,
        "value": Decimal(str(value)),
    } | said


def rate(currency: str = "SAR", rupiah: float = 4000, **said: object) -> dict:
    """The rupiah for one unit of a currency in January 2026."""
    return {
        "period": date(2026, 1, 1),
        "currency": currency,
        "idr_per_unit": Decimal(str(rupiah)),
    } | said


def activity(
    post: str = "RUH", kind: str = "guidance", participants: int = 50, **said: object
) -> dict:
    """An activity of the post on 12 January 2026."""
    return {
        "post_code": post,
        "period": date(2026, 1, 1),
        "date": date(2026, 1, 12),
        "kind": kind,
        "participants": participants,
        "partner": "Lembaga pelatihan",
        "leads": 0,
    } | said


def frame(name: str, rows: list[dict]) -> pl.DataFrame:
    """Return rows as the named agreed table; columns not given are null."""
    given = [_with_place(row) for row in rows]
    types = {
        column: _enum(name, column, given) if kind is pl.Enum else kind
        for column, kind in FRAMES[name].columns.items()
    }
    told = [{column: row.get(column) for column in types} for row in given]
    return FRAMES[name].check(pl.DataFrame(told, schema=types, orient="row"))


def rows(**tables: list[dict]) -> Rows:
    """Return all tables; those not given have no rows."""
    names = [table.name for table in fields(Rows)]
    if unknown := set(tables) - set(names):
        raise ValueError(f"No such tables: {unknown}")
    return Rows(**{name: frame(name, tables.get(name, [])) for name in names})


def _with_place(row: Mapping[str, object]) -> dict:
    place = {"place": _PLACES.get(row["post_code"])} if row.get("post_code") else {}
    return place | dict(row)


def _enum(table: str, column: str, given: list[dict]) -> pl.Enum:
    if column == "agency_code":  # no fixed list: the agencies that occur
        return pl.Enum(sorted({row["agency_code"] for row in given if row.get("agency_code")}))
    name = _LISTS.get((table, column)) or _LISTS.get(column) or column
    return pl.Enum(codes(name))
