"""The agency score once more, in slow and obvious Python.

Only for posts with fewer than ten agencies, where the peers' prior is the policy's. The
probabilities of the grades are taken over: test_agency_draws.py checks them on their own.
"""

from collections.abc import Callable
from datetime import date, timedelta
from math import sqrt

from scipy.stats import chi2

from metrics.agencies.rating import scores
from tests.builders import rows
from tests.metrics.plain import Result, Tables, Z, counted, plain_register

POINTS = {"minor": 1, "moderate": 4, "severe": 12}
TABLES = (
    "agencies",
    "cases",
    "placements",
    "agency_assessments",
    "worker_reviews",
    "legalised_documents",
)
WEIGHTS = {"k1": 35, "k2": 15, "k3": 25, "k4": 15, "k5": 10}


def months_before(as_of: date, months: int) -> date:
    """The first day of the last months; the tests only ask for it at a month's end."""
    after = as_of + timedelta(days=1)
    assert after.day == 1
    return after.replace(year=after.year - months // 12)


def plain_scores(tables: dict[str, list[dict]], as_of: date) -> list[dict]:
    window, recent = months_before(as_of, 24), months_before(as_of, 12)

    def during(rows: list[dict], column: str) -> list[dict]:
        return [r for r in rows if r["agency_code"] and window <= r[column] <= as_of]

    proven = [
        row
        for row in during(plain_register(tables["cases"], as_of), "date_reported")
        if row["agency_fault"] == "proven"
    ]
    placements = during(tables["placements"], "period")
    return [
        score(agency, proven, placements, tables, during, recent, as_of)
        for agency in tables["agencies"]
    ]


def plain_shown(tables: Tables, as_of: date) -> list[dict]:
    needed = {name: tables[name] for name in TABLES}
    chances = {
        (row["agency_code"], row["post_code"]): {g: row[f"p_{g}"] for g in "ABCD"}
        for row in scores(rows(**needed), as_of).iter_rows(named=True)
    }
    return [
        row | {"shown": shown(row, chances[row["agency_code"], row["post_code"]])}
        for row in plain_scores(tables, as_of)
    ]


def shown(row: dict, chances: dict[str, float]) -> str:
    if row["suspended"]:
        return "sanction"
    if not row["active"]:
        return "inactive"
    if row["expired"] or row["revoked"]:
        return "D"
    if row["score"] is None:
        return "not_rated"
    if row["placed"] < 100 or row["expected"] < 1 or not row["seasoned"]:
        return "too_little_data"
    for letter in "ABCD":
        if chances[letter] >= 0.6:
            return letter
    for a, b in ("AB", "BC", "CD"):
        if round(chances[a] + chances[b], 6) >= 0.8:
            return f"{a}-{b}"
    return "uncertain"


def points(cases: list[dict]) -> int:
    return sum(POINTS[row["urgency"]] for row in cases)


def workers(placements: list[dict]) -> int:
    return sum(row["count"] for row in placements)


def is_due(case: dict, as_of: date) -> bool:
    limit = case["limit_days"]
    return limit is not None and (as_of - case["date_reported"]).days >= limit


def in_time(case: dict) -> bool:
    return case["closed"] and case["status"] == "resolved" and case["days"] <= case["limit_days"]


def per_worker(
    agency: dict, proven: list[dict], placements: list[dict], points: Callable = points
) -> float | None:
    post_cases = [row for row in proven if row["post_code"] == agency["post_code"]]
    post_placed = [row for row in placements if row["post_code"] == agency["post_code"]]
    if not workers(post_placed):
        return None
    own = [row for row in post_placed if row["agency_code"] == agency["agency_code"]]
    if not workers(own):
        return points(post_cases) / workers(post_placed)
    types = {row["employer_type"] for row in post_placed}
    astray = points([row for row in post_cases if row["employer_type"] not in types])
    expected = 0.0
    for employer in types:
        placed = workers([row for row in post_placed if row["employer_type"] == employer])
        known = points([row for row in post_cases if row["employer_type"] == employer])
        rate = known / placed + astray / workers(post_placed)
        expected += rate * workers([row for row in own if row["employer_type"] == employer])
    return expected / workers(own)


def parts(agency, proven, placements, tables, during, as_of) -> dict[str, float | None]:
    def of(rows: list[dict]) -> list[dict]:
        keys = ("agency_code", "post_code")
        return [row for row in rows if all(row[key] == agency[key] for key in keys)]

    m, placed = per_worker(agency, proven, placements), workers(of(placements))
    rate = None if m is None else 100 * (points(of(proven)) + 100 * m) / (placed + 100)
    due = [row for row in of(proven) if is_due(row, as_of)]
    k2 = None
    if due:
        shares = []
        for case in due:
            peers = [
                row
                for row in proven
                if is_due(row, as_of)
                and row["post_code"] == case["post_code"]
                and row["employer_type"] == case["employer_type"]
            ]
            shares.append(sum(in_time(row) for row in peers) / len(peers))
        p = sum(shares) / len(shares)
        k2 = (sum(in_time(row) for row in due) + 5 * p) / (len(due) + 5) * 100
    visits = sorted(of(during(tables["agency_assessments"], "date")), key=lambda row: row["date"])
    marks = [visits[-1][f"q{i}"] for i in range(1, 11)] if visits else []
    marks = [mark for mark in marks if mark is not None]
    told = [
        row
        for row in of(during(tables["worker_reviews"], "quarter"))
        if row["n_reviews"] and row["fee"] is not None
    ]
    n = sum(row["n_reviews"] for row in told)
    k4 = None
    if n >= 5:
        stars = sum(row["n_reviews"] * float(row["fee"]) for row in told)
        k4 = ((stars + 10 * 3.5) / (n + 10) - 1) / 4 * 100
    papers = of(during(tables["legalised_documents"], "period"))
    received = sum(row["received"] for row in papers)
    refused = sum((row["returned"] or 0) + (row["rejected"] or 0) for row in papers)
    return {
        "rate": rate,
        "k1": None if rate is None else max(0, 100 * (1 - rate / 20)),
        "k2": k2,
        "k3": sum(marks) / len(marks) * 50 if marks else None,
        "k4": k4,
        "k5": max(0, (received - refused) / received * 100) if received else None,
    }


def score(agency, proven, placements, tables, during, recent, as_of) -> dict:
    def of(rows: list[dict]) -> list[dict]:
        keys = ("agency_code", "post_code")
        return [row for row in rows if all(row[key] == agency[key] for key in keys)]

    told = parts(agency, proven, placements, tables, during, as_of)
    placed = workers(of(placements))
    active = workers([row for row in of(placements) if row["period"] >= recent])
    severe = sum(
        1 for row in of(proven) if row["urgency"] == "severe" and row["date_reported"] >= recent
    )
    weight = sum(w for k, w in WEIGHTS.items() if told[k] is not None)
    rated = placed >= 10 and weight >= 60 and told["k1"] is not None
    value = grade = None
    if rated:
        total = sum(w * told[k] for k, w in WEIGHTS.items() if told[k] is not None)
        value = round(total / weight, 1)
        grade = "A" if value >= 85 else "B" if value >= 70 else "C" if value >= 55 else "D"
        if severe and grade in "AB":
            grade = "C"
    first = min((row["period"] for row in of(tables["placements"]) if row["count"]), default=None)
    until, since = agency["sanction_until"], agency["sanction_from"]
    now = (since is None or since <= as_of) and (until is None or until >= as_of)
    expired = [
        agency[column] is not None and agency[column] < as_of
        for column in ("host_license_until", "registration_until")
    ]
    if any(expired) or (agency["sanction"] == "revoked" and now):
        grade = "D"
    ends = [agency[c] for c in ("host_license_until", "registration_until") if agency[c]]
    rate = (told["rate"] or 0) if of(proven) and placed >= 10 else 0
    flag = "watch" if severe >= 1 or rate >= 8 else None
    flag = "propose_suspension" if severe >= 2 or rate >= 16 else flag
    if agency["sanction"] in ("suspended", "revoked") and now:
        flag = None
    return {
        **agency,
        **told,
        "placed": placed,
        "proven_points": points(of(proven)),
        "proven_cases": len(of(proven)),
        "weight": weight,
        "score": value,
        "grade": grade,
        "suspended": agency["sanction"] == "suspended" and now,
        "revoked": agency["sanction"] == "revoked" and now,
        "active": active > 0,
        "expired": any(expired),
        "expiring": bool(ends) and as_of <= min(ends) <= as_of + timedelta(days=90),
        "seasoned": first is not None and first <= recent,
        "visited": bool(of(during(tables["agency_assessments"], "date"))),
        "expected": None
        if (cases := per_worker(agency, proven, placements, len)) is None
        else cases * placed,
        **{u: len([c for c in of(proven) if c["urgency"] == u]) for u in POINTS},
        "flag": flag,
        "confidence": "high" if placed >= 500 else "medium" if placed >= 50 else "low",
        "listed": agency["list_status"] == "problem",
    }


def plain_proven(tables: Tables, period) -> Result:
    placing = [row for row in plain_scores(tables, period.last) if row["placed"]]
    cases = sum(row["proven_cases"] for row in placing)
    placed = sum(row["placed"] for row in placing)
    if not placed:
        return None, cases, None, None
    lower = chi2.ppf(0.025, 2 * cases) / 2 if cases else 0
    upper = chi2.ppf(0.975, 2 * cases + 2) / 2
    per = 1000 / placed
    return cases * per, cases, lower * per, upper * per


def plain_visited(tables: Tables, period) -> Result:
    found = plain_scores(tables, period.last)
    x, n, z2 = sum(row["visited"] for row in found), len(found), Z * Z
    if not n:
        return None, 0, None, None
    p = x / n
    middle, half = (p + z2 / (2 * n)) / (1 + z2 / n), sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    half *= Z / (1 + z2 / n)
    return p, n, middle - half, middle + half


def published(tables: Tables, period) -> list[dict]:
    return plain_shown(tables, period.last)


def every(tables: Tables, period) -> list[dict]:
    return plain_scores(tables, period.last)


GRADED = ("A", "B", "C", "D", "A-B", "B-C", "C-D")
TWINS: dict[str, Callable[[Tables, object], Result]] = {
    "rated_agencies": counted(published, lambda row: row["shown"] in GRADED),
    "agencies_grade_d": counted(published, lambda row: row["shown"] == "D"),
    "agencies_uncertain": counted(published, lambda row: row["shown"] == "uncertain"),
    "agencies_too_little_data": counted(
        published, lambda row: row["shown"] in ("too_little_data", "not_rated")
    ),
    "agencies_under_watch": counted(every, lambda row: row["flag"] is not None),
    "agencies_licence_expired": counted(every, lambda row: row["expired"]),
    "agencies_licence_expiring": counted(every, lambda row: row["expiring"]),
    "agencies_on_problem_list": counted(every, lambda row: row["listed"]),
    "agencies_visited": plain_visited,
    "proven_cases_per_1000": plain_proven,
}
