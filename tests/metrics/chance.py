"""Random tables with all that can be odd in them, the same for the same seed."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from data_access.reference import case_types, codes
from metrics.policy.handling import LIMIT_DAYS
from tests.builders import (
    activity,
    agency,
    capacity,
    case,
    documents,
    job_order,
    order_state,
    placement,
    rate,
    review,
    submission,
    summary,
    target,
    visit,
)

POSTS = ("RUH", "JED", "HKG", "DAM")
SILENT = {"RUH": 0, "JED": 0.01, "HKG": 0.05, "DAM": 0.4}  # how often a month is not reported
KNOWN_FROM = {"JED": date(2024, 3, 1), "DAM": date(2024, 9, 1)}
KNOWN_UNTIL = {"HKG": date(2026, 1, 31), "DAM": date(2025, 6, 30)}
FIRST, LAST = date(2024, 1, 1), date(2026, 6, 30)
_LIMITS = {code: LIMIT_DAYS[limit] for code, _, _, _, _, limit in case_types().iter_rows()}
_AGENCIES = [(f"{post}-M{i:04}", post) for post in POSTS for i in range(1, 6)] + [
    ("P3-0001", "RUH"),
    ("P3-0001", "HKG"),
]


def tables(seed: int, cases: int = 400) -> dict[str, list[dict]]:
    """Return rows for every table that metrics read, by its name."""
    rng = random.Random(seed)
    told = [_case(rng) for _ in range(cases)]
    told += [dict(row) for row in rng.sample(told, min(10, cases))]  # exact copies
    told += [
        _case(rng, row["post_code"]) | {"case_id": row["case_id"]}
        for row in rng.sample(told, min(10, cases))
    ]
    rng.shuffle(told)
    told += _alike(random.Random(seed), told)
    orders = [_order(rng) for _ in range(300)]
    states = [state for order in orders for state in _states(rng, order)]
    orders += [row | {"vacancies": 99} for row in rng.sample(orders, 10)]  # amended
    return {
        "cases": told,
        "placements": [_placement(rng) for _ in range(500)],
        "monthly_summary": [
            _summary(rng, post, month)
            for post in POSTS[:-1]
            for month in _months()
            if rng.random() < 0.8
        ],
        "agencies": [_agency(rng, *listed) for listed in _AGENCIES],
        "agency_assessments": [
            visit(code, None, post_code=post, date=_day(rng))
            | {f"q{i}": rng.choice([0, 1, 2, 2, None]) for i in range(1, 11)}
            for code, post in rng.choices(_AGENCIES, k=25)
        ],
        "worker_reviews": [
            review(
                code,
                rng.choice([0, 1, 3, 12]),
                rng.choice([None, 1, 2.5, 3.8, 5]),
                post_code=post,
                quarter=rng.choice(_months()[::3]),
            )
            for code, post in rng.choices(_AGENCIES, k=60)
        ],
        "legalised_documents": [
            documents(
                code,
                rng.choice([0, 5, 60]),
                post_code=post,
                period=rng.choice(_months()),
                returned=rng.choice([None, 0, 2]),
                rejected=rng.choice([0, 1]),
                doc_type=rng.choice(codes("doc_type")),
                days_median=rng.choice([None, Decimal("1.5"), Decimal(2), Decimal(7)]),
            )
            for code, post in [*rng.choices(_AGENCIES, k=90), (None, "RUH")]
        ],
        "job_orders": orders,
        "submissions": [
            _submission(rng, post, month)
            for post in POSTS
            for month in _months()
            if rng.random() >= SILENT[post]
            for _ in range(rng.choice([1, 1, 2]))  # twice: a corrected workbook
        ],
        "order_states": states,
        "activities": [
            activity(
                post,
                rng.choice(codes("activity_kind")),
                rng.choice([0, 12, 300]),
                leads=rng.choice([0, 0, 25]),
                date=month + timedelta(days=rng.randrange(28)),
                period=month,
            )
            for post, month in ((rng.choice(POSTS), rng.choice(_months())) for _ in range(80))
        ],
        "capacities": [
            capacity(post, shelter, staff, period=date(year, 1, 1))
            for post, shelter, staff in (("RUH", 40, 3), ("JED", 0, 2), ("HKG", None, None))
            for year in (2024, 2026)
        ],
        "targets": [
            target(post, name, rng.choice([0, 40, 85.5]), year=year)
            for post in POSTS
            for name in ("on_time_pct", "median_days", "fill_rate", "coverage_pct")
            for year in (2025, 2026)
        ],
        "fx_rates": [
            rate(currency, rng.uniform(3000, 5000) // 1, period=month)
            for currency in ("SAR", "HKD")
            for month in _months()
            if rng.random() < 0.9
        ],
    }


def _alike(rng: random.Random, told: list[dict]) -> list[dict]:
    """Some of the cases once more under a new number, reported some days later."""
    known = [row for row in told if row["date_reported"] and row["agency_code"]]
    return [
        row
        | {
            "case_id": f"{row['case_id']}-{number}",
            "date_reported": row["date_reported"] + timedelta(days=rng.choice([0, 3, 7, 8])),
        }
        for number, row in enumerate(rng.sample(known, min(20, len(known))))
    ]


def _summary(rng: random.Random, post: str, month: date) -> dict:
    registered = rng.choice([None, 150, 900, 20_000])
    return summary(
        post,
        registered,
        period=month,
        estimated_workers=rng.choice([None, 1000, 25_000]),
        registered_new=rng.choice([None, 0, 30]),
        monitored_workers=rng.choice([None, 0, 25, 120]),
        employer_visits=rng.choice([0, 4]),
        shelter_in=rng.choice([0, 5]),
        shelter_out=rng.choice([0, 5]),
        shelter_end=rng.choice([None, 0, 20, 55]),
        repatriated=rng.choice([0, 7]),
    )


def _submission(rng: random.Random, post: str, month: date) -> dict:
    after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    received = datetime(after.year, after.month, 1, 9, tzinfo=UTC)
    return submission(
        post,
        month,
        received_at=received + timedelta(days=rng.choice([1, 8, 9, 10, 15, 40])),
        rows_ok=rng.choice([0, 40]),
        rows_bad=rng.choice([0, 3]),
        rows_changed=rng.choice([0, 5]),
    )


def _states(rng: random.Random, order: dict) -> list[dict]:
    """What up to three later files said of an order, the last one what the order says now."""
    if order["filled"] is None:
        return []
    begin = order["date_received"].replace(day=1)
    later = [month for month in _months() if month >= begin]
    told = sorted(rng.sample(later, min(len(later), rng.choice([1, 2, 3]))))
    parts = sorted(rng.randrange(order["filled"] + 1) for _ in told[1:])
    return [
        order_state(order, month, filled)
        for month, filled in zip(told, [*parts, order["filled"]], strict=True)
    ]


def _months() -> list[date]:
    return [date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]


def _day(rng: random.Random) -> date:
    return FIRST + timedelta(days=rng.randrange((LAST - FIRST).days + 40))


def _case(rng: random.Random, post: str | None = None) -> dict:
    reported = rng.choice([_day(rng)] * 30 + [None])
    days = rng.choice([None, None, -2, 0, *(int(rng.expovariate(1 / 50)) for _ in range(8))])
    kind = rng.choice(codes("case_type"))
    post = post or rng.choice(POSTS)
    row = case(
        post,
        days,
        date_reported=reported,
        case_type=kind,
        limit_days=_LIMITS[kind],
        urgency=rng.choice(codes("urgency")),
        employer_type=rng.choice(codes("employer_type")),
        sector_code=rng.choice([*codes("sector"), None]),
        people=rng.choice([1, 1, 1, 5]),
        agency_code=rng.choice([None, *(code for code, of in _AGENCIES if of == post)]),
        agency_fault=rng.choice(["proven", "proven", "not_proven", None]),
        known_from=KNOWN_FROM.get(post),
        known_until=KNOWN_UNTIL.get(post),
        amount_claimed=rng.choice([None, Decimal(0), Decimal(500), Decimal("9000.50")]),
        currency=rng.choice([None, "SAR", "HKD", "JOD"]),
    )
    row["amount_recovered"] = rng.choice([None, row["amount_claimed"], Decimal(200)])
    row["outcome"] = None if row["date_closed"] is None else rng.choice(codes("outcome"))
    row["holder"] = rng.choice(codes("holder"))
    row["first_closed"] = row["date_closed"]
    if reported is not None:
        row["first_told"] = reported + timedelta(days=rng.choice([3, 20, 70]))
        row["held_since"] = (reported + timedelta(days=rng.choice([0, 40]))).replace(day=1)
        if rng.random() < 0.05:  # closed once, and told open again some months later
            row["first_closed"] = reported + timedelta(days=rng.randrange(60))
            row["reopened"] = row["first_closed"] + timedelta(days=rng.choice([20, 60, 150]))
    response = None if reported is None else reported + timedelta(days=rng.randrange(-1, 5))
    row["date_first_response"] = rng.choice([None, response])
    if row["date_closed"]:
        row["status"] = rng.choice(["resolved", "resolved", "closed"])
    elif rng.random() < 0.1:  # told as ended, without a date
        row["status"] = rng.choice(["resolved", "closed"])
    return row


def _placement(rng: random.Random) -> dict:
    code, post = rng.choice([*_AGENCIES, (None, "DAM")])
    return placement(
        post,
        rng.choice([1, 3, 10, 40]),
        agency_code=code,
        period=rng.choice(_months()[: rng.choice([14, 30])]),
        employer_type=rng.choice(["BH", "PS", "PS"]),
        sector_code=rng.choice(codes("sector")),
    )


def _agency(rng: random.Random, code: str, post: str) -> dict:
    day = [None, date(2025, 1, 1), date(2026, 5, 31), date(2027, 1, 1)]
    return agency(
        code,
        post,
        host_license_until=rng.choice([*day, *[date(2030, 1, 1)] * 8]),
        registration_until=rng.choice([*day, *[date(2030, 1, 1)] * 8]),
        list_status=rng.choice(["clear", "clear", "problem"]),
        sanction=rng.choice(["none"] * 5 + ["warning", "suspended", "revoked"]),
        sanction_from=rng.choice(day),
        sanction_until=rng.choice(day),
    )


def _order(rng: random.Random) -> dict:
    vacancies = rng.choice([1, 10, 50])
    order = job_order(
        rng.choice(POSTS),
        vacancies,
        rng.choice([None, 0, vacancies // 2, vacancies, vacancies + 3]),
        date_received=_day(rng),
        date_verified=rng.choice([None, _day(rng), _day(rng)]),
    )
    days = sorted(_day(rng) for _ in range(3))
    return order | {
        "valid_until": rng.choice([None, days[1], days[2], days[2]]),  # mostly once verified
        "employer_type": rng.choice(["BH", "PS"]),
        "sector_code": rng.choice(codes("sector")),
        "status": rng.choice(codes("jo_status")),
    }
