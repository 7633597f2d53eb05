"""Each metric once more, in slow and obvious Python.

A twin takes the tables as lists of dicts (already only of one group of posts) and the period, and
returns value, n, lower and upper.
"""

from collections.abc import Callable
from datetime import date, timedelta
from math import sqrt
from statistics import mean

from scipy.stats import chi2

from metrics.selection import Period

Tables = dict[str, list[dict]]
Result = tuple[float | None, int, float | None, float | None]
Z = 1.959963984540054


def really_reopened(row: dict) -> bool:
    """Whether a case was told open again after a first closing that was no slip."""
    first, again, last = row["first_closed"], row["reopened"], row["date_closed"]
    if first is None or again is None or first < row["date_reported"] or again <= first:
        return False
    return last is None or last > first


def plain_register(cases: list[dict], as_of: date) -> list[dict]:
    last = {row["case_id"]: row for row in cases if row["case_id"] is not None}
    valid = []
    for row in last.values():
        row = dict.fromkeys(("first_closed", "reopened", "known_from", "known_until")) | row
        reported, closing = row["date_reported"], row["date_closed"]
        if reported is None or reported > as_of or (closing is not None and closing < reported):
            continue
        seen = as_of
        if row["known_until"] is not None:
            seen = max(min(as_of, row["known_until"]), reported)
        closed, told = True, row["status"] in ("resolved", "closed")
        if closing is not None and closing <= as_of:
            end = closing
        elif really_reopened(row) and row["first_closed"] <= as_of < row["reopened"]:
            end = row["first_closed"]
            row |= {"status": None, "outcome": None}
        else:
            closed, end = False, seen
            row |= {"outcome": None}
            if told and closing is None:
                end = min(max(row["date_first_response"] or reported, reported), as_of)
            elif told:
                row |= {"status": None}
        since = row["known_from"]
        entry = (since - reported).days if since is not None and since > reported else 0
        valid.append(row | {"closed": closed, "days": (end - reported).days, "entry": entry})
    return valid


def inside(day: date | None, period: Period) -> bool:
    return day is not None and period.first <= day <= period.last


def opened(tables: Tables, period: Period) -> list[dict]:
    rows = plain_register(tables["cases"], period.last)
    return [row for row in rows if inside(row["date_reported"], period)]


def ended(tables: Tables, period: Period) -> list[dict]:
    """Every closing, also one undone since: without a status then."""
    rows = plain_register(tables["cases"], period.last)
    undone = [
        row | {"date_closed": row["first_closed"], "status": None}
        for row in rows
        if really_reopened(row)
    ]
    return [row for row in [*rows, *undone] if inside(row["date_closed"], period)]


def still_open(tables: Tables, period: Period) -> list[dict]:
    return [row for row in plain_register(tables["cases"], period.last) if not row["closed"]]


def plain_registered(tables: Tables, period: Period) -> Result:
    latest = {}
    for row in sorted(tables["monthly_summary"], key=lambda row: row["period"]):
        if inside(row["period"], period) and row["registered_workers"] is not None:
            latest[row["post_code"]] = row["registered_workers"]
    return (sum(latest.values()) if latest else None), len(latest), None, None


def plain_cases_per_1000(tables: Tables, period: Period) -> Result:
    monthly: dict[str, list[int]] = {}
    for row in tables["monthly_summary"]:
        if inside(row["period"], period) and row["registered_workers"] is not None:
            monthly.setdefault(row["post_code"], []).append(row["registered_workers"])
    registered = sum(mean(ends) for ends in monthly.values())
    n = sum(1 for row in opened(tables, period) if row["post_code"] in monthly)
    if registered < 200:
        return None, n, None, None
    length, day, begun = 0.0, period.first, 0
    while day <= period.last:
        month_length = ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(1)).day
        length += 1 / month_length / 12
        begun += day.day == 1
        day += timedelta(days=1)
    exposure = sum(mean(ends) * length * len(ends) / begun for ends in monthly.values())
    lower = chi2.ppf(0.025, 2 * n) / 2 if n else 0
    upper = chi2.ppf(0.975, 2 * n + 2) / 2
    return 1000 * n / exposure, n, 1000 * lower / exposure, 1000 * upper / exposure


def plain_formal(rows: list[dict], counted: str) -> Result:
    rows = [row for row in rows if row["sector_code"] != "ABK"]
    x = sum(row[counted] for row in rows if row["employer_type"] == "BH")
    n = sum(row[counted] for row in rows if row["employer_type"] in ("BH", "PS"))
    if n == 0:
        return None, 0, None, None
    p, z2 = x / n, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return p, n, middle - half, middle + half


def placed(tables: Tables, period: Period) -> list[dict]:
    return [row for row in tables["placements"] if inside(row["period"], period)]


def orders(tables: Tables, period: Period, *, fillable: bool = False) -> list[dict]:
    last = {row["jo_id"]: row for row in tables["job_orders"]}
    return [
        row
        for row in last.values()
        if inside(row["date_verified"], period)
        and row["status"] in ("verified", "permit_issued", "expired")
        and not (fillable and (row["filled"] is None or row["filled"] > row["vacancies"]))
    ]


def plain_filled(tables: Tables, period: Period) -> tuple[int, int]:
    rows = orders(tables, period, fillable=True)
    return sum(row["filled"] for row in rows), sum(row["vacancies"] for row in rows)


def ran_out(order: dict, period: Period) -> bool:
    return order["valid_until"] is not None and order["valid_until"] < period.last


def plain_fill_rate(tables: Tables, period: Period) -> Result:
    rows = [row for row in orders(tables, period, fillable=True) if ran_out(row, period)]
    filled, vacancies = (sum(row[part] for row in rows) for part in ("filled", "vacancies"))
    return (filled / vacancies if vacancies else None), vacancies, None, None


def how_many(value: float | None, n: int) -> Result:
    return value, n, None, None


def counted(
    cases: Callable[[Tables, Period], list[dict]], which: Callable[[dict], bool] = bool
) -> Callable[[Tables, Period], Result]:
    def twin(tables: Tables, period: Period) -> Result:
        rows = cases(tables, period)
        return how_many(sum(1 for row in rows if which(row)), len(rows))

    return twin


def limited(tables: Tables, period: Period) -> list[dict]:
    return [row for row in still_open(tables, period) if row["limit_days"] is not None]


def is_late(row: dict) -> bool:
    return row["days"] > row["limit_days"]


TWINS: dict[str, Callable[[Tables, Period], Result]] = {
    "new_cases": counted(opened),
    "people_affected": lambda t, p: how_many(
        sum(row["people"] for row in opened(t, p)), len(opened(t, p))
    ),
    "closed_cases": counted(ended),
    "resolved_cases": counted(ended, lambda row: row["status"] == "resolved"),
    "open_cases": counted(still_open),
    "severe_open": counted(still_open, lambda row: row["urgency"] == "severe"),
    "overdue_cases": counted(limited, is_late),
    "overdue_severe_cases": counted(
        lambda t, p: [row for row in limited(t, p) if row["urgency"] == "severe"], is_late
    ),
    "registered_workers": plain_registered,
    "cases_per_1000": plain_cases_per_1000,
    "placements": lambda t, p: how_many(*[sum(row["count"] for row in placed(t, p))] * 2),
    "formal_placement_share": lambda t, p: plain_formal(placed(t, p), "count"),
    "verified_vacancies": lambda t, p: how_many(*[sum(r["vacancies"] for r in orders(t, p))] * 2),
    "filled_vacancies": lambda t, p: how_many(*plain_filled(t, p)),
    "unfilled_vacancies": lambda t, p: how_many(
        plain_filled(t, p)[1] - plain_filled(t, p)[0], plain_filled(t, p)[1]
    ),
    "fill_rate": plain_fill_rate,
    "formal_vacancy_share": lambda t, p: plain_formal(orders(t, p), "vacancies"),
    "reporting_posts": lambda t, p: how_many(
        *[len({r["post_code"] for r in t["submissions"] if r["period"] == p.last.replace(day=1)})]
        * 2
    ),
}
