"""The metrics of data quality once more, in slow and obvious Python."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from math import ceil, log1p, sqrt
from statistics import mean, median

from metrics.selection import Period
from tests.metrics.plain import Result, Tables, Z, inside, plain_register
from tests.metrics.plain_duties import plain_completeness

ENDED = ("resolved", "closed")
QUARANTINED = ("no_number", "no_report_date", "reported_later", "closed_before_reported")
ALIKE = ("post_code", "case_type", "agency_code", "gender", "people", "employer_type")


def belongs(day: date | None, period: Period) -> bool:
    return day is None or day.year < 2000 or inside(day, period)


def same(row: dict) -> tuple:
    return tuple(sorted((name, value) for name, value in row.items() if value is not None))


def last_of(rows: list[dict], *key: str) -> list[dict]:
    return list({tuple(row[name] for name in key): row for row in rows}.values())


def before(a: date | None, b: date | None) -> bool:
    return a is not None and b is not None and a < b


def copies(rows: list[dict]) -> list[dict]:
    return [row for i, row in enumerate(rows) if same(row) in {same(r) for r in rows[:i]}]


def used_again(rows: list[dict], *key: str) -> list[dict]:
    """Of rows with the same key but other contents all but the last."""
    last_place = {same(row): i for i, row in enumerate(rows)}
    distinct = [row for i, row in enumerate(rows) if last_place[same(row)] == i]
    keys = [tuple(row[name] for name in key) for row in distinct]
    return [
        row for i, row in enumerate(distinct) if None not in keys[i] and keys[i] in keys[i + 1 :]
    ]


def plain_quarantine(cases: list[dict], period: Period) -> list[tuple[str, dict]]:
    last_place = {same(row): i for i, row in enumerate(cases)}
    again = {same(row) for row in used_again(cases, "case_id")}
    found = []
    for i, row in enumerate(cases):
        reported, told = row["date_reported"], row.get("first_told")
        if last_place[same(row)] != i:
            continue
        if same(row) in again:
            if belongs(reported, period):
                found.append(("superseded", row))
        elif reported is not None and reported > period.last:
            if row["case_id"] is None:
                if belongs(reported, period):
                    found.append(("no_number", row))
            elif told is None or told <= period.last:
                found.append(("reported_later", row))
        elif belongs(reported, period):
            if row["case_id"] is None:
                found.append(("no_number", row))
            elif reported is None:
                found.append(("no_report_date", row))
            elif before(row["date_closed"], reported):
                found.append(("closed_before_reported", row))
    return found


def told_cases(tables: Tables, period: Period) -> list[dict]:
    """The valid cases with status and outcome as told, whatever the period's last day."""
    last = {row["case_id"]: row for row in tables["cases"]}
    valid = [last[row["case_id"]] for row in plain_register(tables["cases"], period.last)]
    return [row for row in valid if belongs(row["date_reported"], period)]


def plain_contradictions(tables: Tables, period: Period) -> Iterator[str]:
    for reason, _ in plain_quarantine(tables["cases"], period):
        if reason in QUARANTINED:
            yield reason
    for row in told_cases(tables, period):
        reported, response = row["date_reported"], row["date_first_response"]
        closing, ended = row["date_closed"], row["status"] in ENDED
        closed = closing is not None and closing <= period.last
        claimed, recovered = row.get("amount_claimed"), row.get("amount_recovered")
        if reported.year < 2000:
            yield "too_early"
        if before(row.get("first_told"), reported):
            yield "reported_after_told"
        if before(response, reported):
            yield "response_before_report"
        if closed and before(closing, response):
            yield "response_after_closing"
        if claimed is not None and recovered is not None and recovered > claimed:
            yield "recovered_over_claimed"
        if ended and closing is None:
            yield "ended_without_date"
        if ended and closed and row["outcome"] is None:
            yield "ended_without_outcome"
        if closed and not ended:
            yield "date_without_ending"
        if not ended and closing is None and row["outcome"] is not None:
            yield "outcome_without_ending"
    for row in last_of(tables["job_orders"], "jo_id"):
        if not belongs(row["date_received"], period):
            continue
        if row["date_received"] is not None and row["date_received"].year < 2000:
            yield "order_too_early"
        if None not in (row["filled"], row["vacancies"]) and row["filled"] > row["vacancies"]:
            yield "overfilled"
        if row["filled"] is not None and row["filled"] < 0:
            yield "negative_filled"
        if before(row["date_verified"], row["date_received"]):
            yield "verified_before_received"
        if before(row["valid_until"], row["date_verified"]):
            yield "expired_before_verified"
    for row in last_of(tables["agencies"], "agency_code", "post_code"):
        if before(row.get("sanction_until"), row.get("sanction_from")):
            yield "sanction_order"
    yield from plain_months(tables, period)


def plain_months(tables: Tables, period: Period) -> Iterator[str]:
    months = last_of(tables["monthly_summary"], "post_code", "period")
    by_month = {(row["post_code"], row["period"]): row for row in months}
    for row in months:
        month_before = (row["period"] - timedelta(days=1)).replace(day=1)
        earlier = by_month.get((row["post_code"], month_before))
        if earlier is None or not inside(row["period"], period):
            continue
        balance = [earlier["shelter_end"], row["shelter_in"], row["shelter_out"]]
        end = row["shelter_end"]
        if None not in (*balance, end) and end != balance[0] + balance[1] - balance[2]:
            yield "shelter_balance"
        now, then = row["registered_workers"], earlier["registered_workers"]
        moved = 0 if None in (now, then) else abs(now - then)
        if moved >= 50 and moved > 0.2 * then:
            yield "registered_jump"


def plain_implausible(tables: Tables, period: Period) -> Result:
    return counted(len(list(plain_contradictions(tables, period))))


def plain_inconsistent(tables: Tables, period: Period) -> Result:
    found = 0
    for row in last_of(tables["monthly_summary"], "post_code", "period"):
        placed = [
            one["count"]
            for one in tables["placements"]
            if (one["post_code"], one["period"]) == (row["post_code"], row["period"])
        ]
        new = row["registered_new"]
        if new is None or not inside(row["period"], period):
            continue
        found += sum(placed) - new >= 10 and (sum(placed) - new) * 100 > 5 * new
    groups: dict[tuple, dict[date, int]] = {}
    for row in tables["legalised_documents"]:
        months = groups.setdefault((row["post_code"], row["doc_type"]), {})
        handled = [row[name] or 0 for name in ("approved", "returned", "rejected")]
        months.setdefault(row["period"], 0)
        months[row["period"]] += (row["received"] or 0) - sum(handled)
    for months in groups.values():
        first, *later = sorted(months)
        left = max(months[first], 0)
        for month in later:
            found += left + months[month] < 0 and inside(month, period)
            left = max(left + months[month], 0)
    return counted(found)


def plain_duplicates(tables: Tables, period: Period) -> Result:
    superseded = [
        row for reason, row in plain_quarantine(tables["cases"], period) if reason == "superseded"
    ]
    found = superseded + [
        row for row in copies(tables["cases"]) if belongs(row["date_reported"], period)
    ]
    orders = tables["job_orders"]
    found += [
        row
        for row in [*copies(orders), *used_again(orders, "jo_id")]
        if belongs(row["date_received"], period)
    ]
    months = tables["monthly_summary"]
    found += [
        row
        for row in [*copies(months), *used_again(months, "post_code", "period")]
        if belongs(row["period"], period)
    ]
    return counted(len(found))


def plain_probable(tables: Tables, period: Period) -> Result:
    groups: dict[tuple, list[date]] = {}
    for row in plain_register(tables["cases"], period.last):
        if row.get("agency_code") is not None:
            groups.setdefault(tuple(row[name] for name in ALIKE), []).append(row["date_reported"])
    found = 0
    for days in groups.values():
        for i, day in enumerate(sorted(days)):
            near = i > 0 and (day - sorted(days)[i - 1]).days <= 7
            found += near and inside(day, period)
    return counted(found)


def plain_outlying(tables: Tables, period: Period) -> Result:
    last = period.last
    months_back = last.year * 12 + last.month - 24
    since = min(period.first, date(months_back // 12, months_back % 12 + 1, 1))
    usual = Period(since, last)
    valid = plain_register(tables["cases"], last)
    orders = last_of(tables["job_orders"], "jo_id")
    placed: dict[tuple, int] = {}
    for row in tables["placements"]:
        month = row["post_code"], row["period"]
        placed[month] = placed.get(month, 0) + row["count"]
    # the group, the day, the value, whether on the logarithm
    values = [
        (("duration", c["post_code"], c["case_type"]), c["date_closed"], c["days"], True)
        for c in valid
        if c["closed"]
    ]
    for amount in ("amount_claimed", "amount_recovered"):
        values += [
            ((amount, c["post_code"], c.get("currency")), c["date_reported"], c[amount], True)
            for c in valid
            if c.get(amount)
        ]
    values += [
        (
            ("wage", o["post_code"], o["sector_code"], o.get("currency")),
            o["date_received"],
            o["wage"],
            False,
        )
        for o in orders
        if o.get("wage")
    ]
    values += [
        (("registered", row["post_code"]), row["period"], row["registered_workers"], True)
        for row in last_of(tables["monthly_summary"], "post_code", "period")
        if row["registered_workers"] is not None
    ]
    values += [(("placed", post), month, n, True) for (post, month), n in placed.items()]
    groups: dict[tuple, list[tuple[date, float]]] = {}
    for group, day, value, grows in values:
        if inside(day, usual):
            x = log1p(float(value)) if grows else float(value)
            groups.setdefault(group, []).append((day, x))
    return counted(sum(far_in_period(group, period) for group in groups.values()))


def far_in_period(group: list[tuple[date, float]], period: Period) -> int:
    if len(group) < 10:
        return 0
    middle = median(x for _, x in group)
    off = [abs(x - middle) for _, x in group]
    scale = median(off) / 0.6745 or 1.2533 * mean(off)
    far = [day for (day, _), distance in zip(group, off, strict=True) if distance > 3.5 * scale]
    return sum(inside(day, period) for day in far)


def judged(tables: Tables, period: Period) -> list[int]:
    """The lags of the cases of which it can be told whether they are late."""
    by_post: dict[str, list[tuple[date, int]]] = {}
    for row in plain_register(tables["cases"], period.last):
        reported, told = row["date_reported"], row.get("first_told")
        since = row.get("known_from") or date.min
        if not inside(reported, period) or reported < since or told is None:
            continue
        if reported <= told <= period.last:
            by_post.setdefault(row["post_code"], []).append((reported, (told - reported).days))
    lags = []
    for cases in by_post.values():
        ordered = sorted(lag for _, lag in cases)
        usual = ordered[ceil(0.95 * (len(ordered) - 1))]
        for reported, lag in cases:
            month_end = (reported.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(1)
            if (period.last - month_end).days >= usual:
                lags.append(lag)
    return lags


def plain_late(tables: Tables, period: Period) -> Result:
    lags = judged(tables, period)
    n = len(lags)
    if n == 0:
        return None, 0, None, None
    p = sum(lag > 41 for lag in lags) / n
    half = Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    limits = [(p + Z**2 / (2 * n) + sign * half) / (1 + Z**2 / n) for sign in (-1, 1)]
    return p, n, *limits


def plain_lag(tables: Tables, period: Period) -> Result:
    lags = judged(tables, period)
    return (median(lags) if lags else None), len(lags), None, None


def plain_missing(tables: Tables, period: Period) -> Result:
    complete, n, *_ = plain_completeness(tables, period)
    return (None if complete is None else 1 - complete), n, None, None


def counted(n: int) -> Result:
    return n, n, None, None


TWINS: dict[str, Callable[[Tables, Period], Result]] = {
    "missing_share": plain_missing,
    "implausible_rows": plain_implausible,
    "inconsistent_totals": plain_inconsistent,
    "duplicate_rows": plain_duplicates,
    "probable_duplicates": plain_probable,
    "quarantined_cases": lambda tables, period: counted(
        len(plain_quarantine(tables["cases"], period))
    ),
    "outlying_rows": plain_outlying,
    "late_share": plain_late,
    "median_registration_lag_days": plain_lag,
}
