"""Random tables with all that can be odd in them, the same for the same seed."""

import random
from datetime import date, timedelta

from data_access.reference import case_types, codes
from metrics.policy.handling import LIMIT_DAYS
from tests.builders import (
    agency,
    case,
    documents,
    job_order,
    placement,
    review,
    submission,
    summary,
    visit,
)

POSTS = ("RUH", "JED", "HKG", "DAM")
SILENT = {"RUH": 0, "JED": 0.01, "HKG": 0.05, "DAM": 0.4}  # how often a month is not reported
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
    orders = [_order(rng) for _ in range(120)]
    orders += [row | {"vacancies": 99} for row in rng.sample(orders, 10)]  # amended
    return {
        "cases": told,
        "placements": [_placement(rng) for _ in range(500)],
        "monthly_summary": [
            summary(post, rng.choice([None, 150, 900, 20_000]), period=month)
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
            )
            for code, post in [*rng.choices(_AGENCIES, k=90), (None, "RUH")]
        ],
        "job_orders": orders,
        "submissions": [
            submission(post, month)
            for post in POSTS
            for month in _months()
            if rng.random() >= SILENT[post]
            for _ in range(rng.choice([1, 1, 2]))  # twice: a corrected workbook
        ],
    }


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
        known_until=KNOWN_UNTIL.get(post),
    )
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
    return job_order(
        rng.choice(POSTS),
        vacancies,
        rng.choice([None, 0, vacancies // 2, vacancies, vacancies + 3]),
        date_verified=rng.choice([None, _day(rng), _day(rng)]),
        valid_until=rng.choice([None, _day(rng), _day(rng), _day(rng)]),
        employer_type=rng.choice(["BH", "PS"]),
        sector_code=rng.choice(codes("sector")),
        status=rng.choice(codes("jo_status")),
    )
