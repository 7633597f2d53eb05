"""The metrics of the posts' duties once more, in slow and obvious Python."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import mean

from scipy.stats import chi2

from metrics.catalogue import METRICS
from metrics.selection import Period
from tests.metrics.plain import Result, Tables, inside, opened, plain_register, still_open

Twin = Callable[[Tables, Period], Result]
DAY = timedelta(days=1)


def ratio(over: float | None, under: float) -> float | None:
    return float(over) / float(under) if under else None


def summaries(tables: Tables, period: Period, *columns: str) -> list[dict]:
    return [
        row
        for row in tables["monthly_summary"]
        if inside(row["period"], period) and all(row.get(column) is not None for column in columns)
    ]


def last_of_post(rows: list[dict]) -> list[dict]:
    last = {row["post_code"]: row for row in sorted(rows, key=lambda row: row["period"])}
    return list(last.values())


def monthly_total(column: str) -> Twin:
    def twin(tables: Tables, period: Period) -> Result:
        told = [row[column] for row in summaries(tables, period, column)]
        return (sum(told) if told else None), sum(told), None, None

    return twin


def plain_coverage(tables: Tables, period: Period) -> Result:
    known = summaries(tables, period, "registered_workers", "estimated_workers")
    rows = last_of_post([row for row in known if row["estimated_workers"] > 0])
    estimated = sum(row["estimated_workers"] for row in rows)
    return ratio(sum(row["registered_workers"] for row in rows), estimated), estimated, None, None


def plain_monitored(tables: Tables, period: Period) -> Result:
    rows = summaries(tables, period, "registered_workers", "monitored_workers")
    monitored = sum(row["monitored_workers"] for row in rows)
    posts = {row["post_code"] for row in rows}
    registered = sum(
        mean(row["registered_workers"] for row in rows if row["post_code"] == post)
        for post in posts
    )
    return ratio(monitored, registered), monitored, None, None


def held(tables: Tables, post: str, month: date, column: str) -> int | None:
    """What a post has by the last figure that had begun to hold."""
    known = [
        row for row in tables["capacities"] if row["post_code"] == post and row["period"] <= month
    ]
    return max(known, key=lambda row: row["period"])[column] if known else None


def plain_occupancy(tables: Tables, period: Period) -> Result:
    residents, places = 0, 0
    for row in last_of_post(summaries(tables, period, "shelter_end")):
        capacity = held(tables, row["post_code"], row["period"], "shelter_capacity")
        if capacity:
            residents, places = residents + row["shelter_end"], places + capacity
    return ratio(residents, places), places, None, None


def plain_residents(tables: Tables, period: Period) -> Result:
    told = [row["shelter_end"] for row in last_of_post(summaries(tables, period, "shelter_end"))]
    return (sum(told) if told else None), sum(told), None, None


def plain_stay(tables: Tables, period: Period) -> Result:
    rows = summaries(tables, period, "shelter_end", "shelter_in")
    lengths = [monthrange(row["period"].year, row["period"].month)[1] for row in rows]
    entries = sum(row["shelter_in"] for row in rows)
    if not entries:
        return None, 0, None, None
    nights = [
        row["shelter_end"] for row, days in zip(rows, lengths, strict=True) for _ in range(days)
    ]
    return mean(nights) / (entries / sum(lengths)), entries, None, None


def batches(tables: Tables, period: Period) -> list[dict]:
    return [row for row in tables["legalised_documents"] if inside(row["period"], period)]


def sum_of(rows: Callable[[Tables, Period], list[dict]], column: str) -> Twin:
    def twin(tables: Tables, period: Period) -> Result:
        total = sum(row[column] for row in rows(tables, period))
        return total, total, None, None

    return twin


def plain_refused(tables: Tables, period: Period) -> Result:
    rows = [row for row in batches(tables, period) if row["returned"] is not None]
    received = sum(row["received"] for row in rows)
    return (
        ratio(sum(row["returned"] + row["rejected"] for row in rows), received),
        received,
        None,
        None,
    )


def document_by_document(tables: Tables, period: Period) -> list[Decimal]:
    """Of each document the median of its batch, from the fastest on."""
    return sorted(
        row["days_median"]
        for row in batches(tables, period)
        if row["returned"] is not None and row["days_median"] is not None
        for _ in range(row["approved"] + row["returned"] + row["rejected"])
    )


def plain_half_within(tables: Tables, period: Period) -> Result:
    days = document_by_document(tables, period)
    if not days:
        return None, 0, None, None
    return float(days[(len(days) + 1) // 2 - 1]), len(days), None, None


def plain_slow(tables: Tables, period: Period) -> Result:
    days = document_by_document(tables, period)
    return ratio(sum(1 for one in days if one > 5), len(days)), len(days), None, None


def activities(*kinds: str) -> Callable[[Tables, Period], list[dict]]:
    return lambda tables, period: [
        row
        for row in tables["activities"]
        if inside(row["date"], period) and (not kinds or row["kind"] in kinds)
    ]


guided = activities("guidance", "welcoming", "training")


def number_of(rows: Callable[[Tables, Period], list[dict]]) -> Twin:
    def twin(tables: Tables, period: Period) -> Result:
        return len(rows(tables, period)), len(rows(tables, period)), None, None

    return twin


def plain_reach(tables: Tables, period: Period) -> Result:
    registered = defaultdict(list)
    for row in summaries(tables, period, "registered_workers"):
        registered[row["post_code"]].append(row["registered_workers"])
    took_part = sum(
        row["participants"] for row in guided(tables, period) if row["post_code"] in registered
    )
    return ratio(took_part, sum(mean(ends) for ends in registered.values())), took_part, None, None


def rupiah(tables: Tables, row: dict, amount: str, day: str) -> Fraction | None:
    """An amount in rupiah; None where its rate is not known."""
    if row[amount] == 0 or row["currency"] == "IDR":
        return Fraction(row[amount])
    rates = {
        (rate["currency"], rate["period"]): rate["idr_per_unit"] for rate in tables["fx_rates"]
    }
    rate = rates.get((row["currency"], row[day].replace(day=1)))
    return None if rate is None else Fraction(row[amount]) * Fraction(rate)


def plain_money(cases: Callable[[Tables, Period], list[dict]], amount: str, day: str) -> Twin:
    def twin(tables: Tables, period: Period) -> Result:
        all_of_them = [
            rupiah(tables, row, amount, day)
            for row in cases(tables, period)
            if row[amount] is not None
        ]
        known = [one for one in all_of_them if one is not None]
        unknown = all_of_them and not known
        return (None if unknown else float(sum(known))), len(known), None, None

    return twin


def closed_for_good(tables: Tables, period: Period) -> list[dict]:
    rows = plain_register(tables["cases"], period.last)
    return [row for row in rows if row["closed"] and inside(row["date_closed"], period)]


def plain_recovered_share(tables: Tables, period: Period) -> Result:
    claimed, recovered, n = Fraction(0), Fraction(0), 0
    for row in closed_for_good(tables, period):
        if not row["amount_claimed"]:
            continue
        claim = rupiah(tables, row, "amount_claimed", "date_closed")
        if claim is None:
            continue
        row = row | {"amount_recovered": row["amount_recovered"] or Decimal(0)}
        claimed += claim
        recovered += rupiah(tables, row, "amount_recovered", "date_closed")
        n += 1
    return ratio(recovered, claimed), n, None, None


def open_on(row: dict, day: date) -> bool:
    """Whether a case stood open at the end of a day, by its whole history."""
    reported, closing = row["date_reported"], row["date_closed"]
    first, again = row.get("first_closed"), row.get("reopened")
    if day < reported or (closing is not None and closing <= day):
        return False
    slip = closing is not None and first is not None and closing <= first
    paused = None not in (first, again) and reported <= first < again and not slip
    return not (paused and first <= day < again)


def desks(tables: Tables, period: Period) -> list[dict]:
    """Of each post with cases and officers: what was open, what came, and who was there."""
    cases = plain_register(tables["cases"], period.last)
    told = []
    for post in {row["post_code"] for row in cases}:
        own = [row for row in cases if row["post_code"] == post]
        since = max(period.first, own[0]["known_from"] or period.first)
        until = min(period.last, own[0]["known_until"] or period.last)
        days = [since + DAY * i for i in range((until - since).days + 1)]
        staff = {day: held(tables, post, day.replace(day=1), "staff_count") for day in days}
        known = [officers for officers in staff.values() if officers is not None]
        if not known or not sum(known):
            continue
        told.append(
            {
                "stock": mean(sum(open_on(row, day) for row in own) for day in days),
                "handled": sum(any(open_on(row, day) for day in days) for row in own),
                "opened": sum(since <= row["date_reported"] <= until for row in own),
                "officers": mean(known),
                "months": sum(1 / monthrange(day.year, day.month)[1] for day in days),
            }
        )
    return told


def plain_cases_per_officer(tables: Tables, period: Period) -> Result:
    posts = desks(tables, period)
    handled = sum(post["handled"] for post in posts)
    officers = sum(post["officers"] for post in posts)
    return ratio(sum(post["stock"] for post in posts), officers), handled, None, None


def plain_opened_per_officer_month(tables: Tables, period: Period) -> Result:
    posts = desks(tables, period)
    n = sum(post["opened"] for post in posts)
    exposure = sum(post["officers"] * post["months"] for post in posts)
    if not exposure:
        return None, n, None, None
    lower = chi2.ppf(0.025, 2 * n) / 2 if n else 0
    upper = chi2.ppf(0.975, 2 * n + 2) / 2
    return n / exposure, n, lower / exposure, upper / exposure


def due_day(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 10)


def due_reports(tables: Tables, period: Period) -> list[dict]:
    """Each report that was due by the last day, with the files that had come for it, in order."""
    begun: dict[str, date] = {}
    for row in tables["submissions"]:
        begun[row["post_code"]] = min(row["period"], begun.get(row["post_code"], row["period"]))
    wanted = []
    for post, first in begun.items():
        month = first
        while due_day(month) <= period.last:
            files = [
                row
                for row in tables["submissions"]
                if (row["post_code"], row["period"]) == (post, month)
                and row["received_on"] <= period.last
            ]
            files.sort(key=lambda row: (row["received_at"], row["id"]))
            if month >= period.first:
                wanted.append({"due": due_day(month), "files": files})
            month = due_day(month).replace(day=1)
    return wanted


def plain_reporting(counts: Callable[[dict], bool]) -> Twin:
    def twin(tables: Tables, period: Period) -> Result:
        wanted = due_reports(tables, period)
        came = sum(1 for report in wanted if report["files"] and counts(report))
        return ratio(came, len(wanted)), len(wanted), None, None

    return twin


def plain_corrections(tables: Tables, period: Period) -> Result:
    told, corrected = 0, 0
    for report in due_reports(tables, period):
        told += sum(row["rows_ok"] for row in report["files"][:1])
        corrected += sum(
            row["rows_added"] + row["rows_changed"] + row["rows_removed"]
            for row in report["files"][1:]
            if row["received_on"] > report["due"]
        )
    return ratio(corrected, told), told, None, None


_SUMMARY = "registered_workers registered_new monitored_workers employer_visits shelter_in"
_SUMMARY += " shelter_out shelter_end repatriated"
_CASE = "case_id date_reported channel case_type stage urgency procedural employer_type gender"
_CASE += " people status holder"
_AGENCY = "agency_code agency_name role host_license_until registration_until list_status sanction"
_VISIT = "agency_code date kind q1 q2 q3 q4 q5 q6 q7 q8 q9 q10 recommendation"
_ORDER = "jo_id date_received employer_type sector_code occupation vacancies scheme status filled"
WANTED = {
    "monthly_summary": ("period", _SUMMARY),
    "cases": ("date_reported", _CASE),
    "placements": ("period", "employer_type sector_code scheme gender count"),
    "agencies": (None, _AGENCY),
    "agency_assessments": ("date", _VISIT),
    "worker_reviews": ("quarter", "agency_code n_reviews"),
    "legalised_documents": ("period", "doc_type employer_type received approved returned rejected"),
    "job_orders": ("date_received", _ORDER),
    "activities": ("date", "kind date participants"),
}


def fields_of(table: str, row: dict) -> list[str]:
    fields = WANTED[table][1].split()
    status = row.get("status")
    if table == "cases" and status != "received":
        fields += ["date_first_response"]
    if table == "cases" and status in ("resolved", "closed"):
        fields += ["date_closed", "outcome"]
    if table == "worker_reviews" and row["n_reviews"]:
        fields += ["fee", "contract", "docs", "help"]
    if table == "job_orders" and status in ("verified", "permit_issued", "expired"):
        fields += ["date_verified", "valid_until"]
    return fields


def plain_completeness(tables: Tables, period: Period) -> Result:
    there = []
    for table, (day, _) in WANTED.items():
        for row in tables[table]:
            placed = row[day] if day else period.last
            if table == "cases":
                placed = placed or row.get("first_told")
            if inside(placed, period):
                there += [row.get(field) is not None for field in fields_of(table, row)]
    return ratio(sum(there), len(there)), len(there), None, None


INDICATORS = {
    "on_time_pct": ("on_time_share", 100),
    "median_days": ("median_resolution_days", 1),
    "fill_rate": ("fill_rate", 100),
    "coverage_pct": ("coverage_pct", 100),
    "on_time_reports": ("on_time_reports", 100),
}


def judged(metric: str, target: float, told: Result) -> str:
    value, n, lower, upper = told
    if n < METRICS[metric].fewest or (value, lower, upper) == (None, None, None):
        return "no_data"
    if metric in ("coverage_pct", "on_time_reports", "fill_rate"):
        lower, upper = (value if one is None else one for one in (lower, upper))
    worst = float("-inf") if lower is None else lower
    best = float("inf") if upper is None else upper
    if metric == "median_resolution_days":
        return "reached" if best <= target else "not_reached" if worst > target else "not_decided"
    return "reached" if worst >= target else "not_reached" if best < target else "not_decided"


def plain_targets(tables: Tables, period: Period) -> Result:
    from tests.metrics.twins import PLAIN  # it gathers all twins, these among them

    year = Period(period.last.replace(month=1, day=1), period.last)
    verdicts = []
    for row in tables["targets"]:
        if row["year"] != period.last.year:
            continue
        post = row["post_code"]
        own = {n: [r for r in t if r.get("post_code", post) == post] for n, t in tables.items()}
        metric, scale = INDICATORS[row["metric"]]
        value, n, lower, upper = PLAIN[metric](own, year)
        told = [None if one is None else one * scale for one in (value, lower, upper)]
        verdicts.append(judged(metric, float(row["value"]), (told[0], n, *told[1:])))
    known = [verdict for verdict in verdicts if verdict != "no_data"]
    return ratio(known.count("reached"), len(known)), len(known), None, None


TWINS: dict[str, Twin] = {
    "coverage_pct": plain_coverage,
    "monitored_pct": plain_monitored,
    "new_registrations": monthly_total("registered_new"),
    "employer_visits": monthly_total("employer_visits"),
    "shelter_occupancy_pct": plain_occupancy,
    "shelter_residents": plain_residents,
    "shelter_in": monthly_total("shelter_in"),
    "shelter_out": monthly_total("shelter_out"),
    "shelter_stay_days": plain_stay,
    "repatriated": monthly_total("repatriated"),
    "documents_received": sum_of(batches, "received"),
    "documents_approved": sum_of(batches, "approved"),
    "documents_refused_share": plain_refused,
    "legalisation_days": plain_half_within,
    "legalisation_slow_share": plain_slow,
    "guidance_participants": sum_of(guided, "participants"),
    "guidance_reach_pct": plain_reach,
    "activities_held": number_of(activities()),
    "coordination_meetings": number_of(activities("coordination")),
    "vacancy_leads": sum_of(activities(), "leads"),
    "recovered_idr": plain_money(closed_for_good, "amount_recovered", "date_closed"),
    "claimed_idr": plain_money(opened, "amount_claimed", "date_reported"),
    "outstanding_idr": plain_money(still_open, "amount_claimed", "date_reported"),
    "recovered_share": plain_recovered_share,
    "cases_per_officer": plain_cases_per_officer,
    "opened_per_officer_month": plain_opened_per_officer_month,
    "targets_reached": plain_targets,
    "reporting_rate": plain_reporting(bool),
    "on_time_reports": plain_reporting(
        lambda report: report["files"][0]["received_on"] <= report["due"]
    ),
    "content_completeness": plain_completeness,
    "correction_rate": plain_corrections,
}
