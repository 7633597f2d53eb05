"""Each fault by hand: what is found, where, and what is not."""

from datetime import date
from decimal import Decimal

import pytest

from metrics.quality import findings
from metrics.selection import Period
from tests.builders import agency, case, documents, job_order, placement, rows, summary

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
DAY = date(2025, 3, 10)


def found(subject: str, period: Period = YEAR, **tables: list[dict]) -> list[tuple]:
    told = findings(rows(**tables), period, (subject,))
    return told.select("kind", "key", "column", "value", "measure").rows()


def one(**said: object) -> dict:
    return case(days=20, date_reported=DAY, case_id="RUH-2025-00001") | said


CASES = [
    (one(case_id=None), "no_number", "case_id", None, None),
    (one(date_reported=None), "no_report_date", "date_reported", None, None),
    (one(date_closed=date(2025, 3, 8)), "closed_before_reported", "date_closed", "2025-03-08", -2),
    (
        one(date_reported=date(2026, 2, 1), date_closed=None, first_told=DAY),
        "reported_later",
        "date_reported",
        "2026-02-01",
        None,
    ),
    (one(date_reported=date(1999, 12, 31)), "too_early", "date_reported", "1999-12-31", None),
    (one(first_told=date(2025, 3, 7)), "reported_after_told", "date_reported", "2025-03-10", 3),
    (
        one(date_first_response=date(2025, 3, 9)),
        "response_before_report",
        "date_first_response",
        "2025-03-09",
        -1,
    ),
    (
        one(date_first_response=date(2025, 4, 1)),
        "response_after_closing",
        "date_first_response",
        "2025-04-01",
        2,
    ),
    (
        one(amount_claimed=Decimal(100), amount_recovered=Decimal("100.50")),
        "recovered_over_claimed",
        "amount_recovered",
        "100.50",
        0.5,
    ),
    (one(date_closed=None), "ended_without_date", "date_closed", None, None),
    (one(outcome=None), "ended_without_outcome", "outcome", None, None),
    (one(status="referred"), "date_without_ending", "date_closed", "2025-03-30", None),
    (
        one(status="referred", date_closed=None),
        "outcome_without_ending",
        "outcome",
        "rights_full",
        None,
    ),
]


@pytest.mark.parametrize("row", CASES, ids=lambda row: row[1])
def test_a_case_that_cannot_be_is_found_with_its_column(row: tuple):
    told, kind, column, value, measure = row
    assert (kind, told["case_id"], column, value, measure) in found("implausible", cases=[told])


FINE = [
    one(),
    one(date_closed=DAY, date_first_response=DAY),
    one(amount_claimed=Decimal(100), amount_recovered=Decimal(100)),
    one(amount_recovered=Decimal(100)),
    # closed after the period: what it tells of its end is not yet asked
    one(date_closed=date(2026, 5, 1), outcome=None),
    one(date_closed=date(2026, 5, 1), status="referred", outcome=None),
    # reported after the period, and told only then: no fault, it simply came later
    one(date_reported=date(2026, 1, 3), first_told=date(2026, 2, 8)),
    # told open again: the end of the first closing is gone
    one(
        status="referred",
        date_closed=None,
        outcome=None,
        first_closed=date(2025, 12, 1),
        reopened=date(2026, 1, 31),
    ),
]


@pytest.mark.parametrize("told", FINE, ids=range(len(FINE)))
def test_what_can_be_is_not_found(told: dict):
    assert found("implausible", cases=[told]) == []


def test_a_row_of_another_year_belongs_to_that_year():
    told = [one(outcome=None)]
    assert found("implausible", Period(date(2026, 1, 1), date(2026, 1, 31)), cases=told) == []
    assert len(found("implausible", cases=told)) == 1


@pytest.mark.parametrize(
    ("said", "kind", "column", "measure"),
    [
        ({"filled": 11}, "overfilled", "filled", 1),
        ({"filled": -1}, "negative_filled", "filled", -1),
        ({"date_verified": date(2025, 3, 9)}, "verified_before_received", "date_verified", -1),
        ({"valid_until": date(2025, 3, 11)}, "expired_before_verified", "valid_until", -2),
        ({"date_received": date(1999, 3, 1)}, "order_too_early", "date_received", None),
    ],
)
def test_a_job_order_that_cannot_be_is_found(said: dict, kind: str, column: str, measure: float):
    dates = {"date_received": DAY, "date_verified": date(2025, 3, 13)}
    told = job_order(**dates, valid_until=date(2025, 9, 1)) | said
    fine = job_order(**dates, valid_until=date(2025, 9, 1), filled=10)
    [fault] = found("implausible", job_orders=[fine, told])
    assert fault == (kind, told["jo_id"], column, str(told[column]), measure)


def test_only_the_last_version_of_a_job_order_is_judged():
    first = job_order(date_received=DAY, date_verified=DAY, filled=99)
    assert found("implausible", job_orders=[first, first | {"filled": 3}]) == []


def test_a_sanction_that_ends_before_it_begins_is_found_in_any_period():
    wrong = agency(sanction_from=date(2023, 5, 1), sanction_until=date(2023, 4, 1))
    open_ended = agency("RUH-M0002", sanction_from=date(2023, 5, 1))
    assert found("implausible", agencies=[wrong, open_ended]) == [
        ("sanction_order", "RUH-M0001", "sanction_until", "2023-04-01", -30)
    ]


def months(*told: dict) -> list[dict]:
    return [summary(period=date(2025, n, 1)) | said for n, said in enumerate(told, 1)]


def test_shelter_residents_must_follow_from_the_month_before():
    told = months(
        {"shelter_end": 10},
        {"shelter_end": 12, "shelter_in": 5, "shelter_out": 3},
        {"shelter_end": 12, "shelter_in": 5, "shelter_out": 3},
        {"shelter_end": None},
        {"shelter_end": 99},  # after a month that is not known
    )
    assert found("implausible", monthly_summary=told) == [
        ("shelter_balance", "2025-03", "shelter_end", "12", -2)
    ]


def test_across_a_month_without_report_nothing_is_compared():
    told = months({"shelter_end": 10}, {}, {"shelter_end": 50, "registered_workers": 9000})
    assert found("implausible", monthly_summary=[told[0], told[2]]) == []


def test_a_jump_of_the_registered_needs_a_share_and_a_number():
    told = months(
        {"registered_workers": 1000},
        {"registered_workers": 1200},  # exactly 20 %
        {"registered_workers": 950},
        {"registered_workers": 100},
        {"registered_workers": 149},  # half as much again, but few
    )
    assert [row[1:] for row in found("implausible", monthly_summary=told)] == [
        ("2025-03", "registered_workers", "950", -250),
        ("2025-04", "registered_workers", "100", -850),
    ]


def test_placements_far_above_new_registrations_are_found():
    told = months({"registered_new": 200}, {"registered_new": 200}, {"registered_new": 3})
    placed = [placement(workers=n, period=date(2025, m, 1)) for m, n in ((1, 210), (2, 100))]
    placed += [placement(workers=111, period=date(2025, 2, 1)), placement(workers=12, period=DAY)]
    placed += [placement(workers=12, period=date(2025, 3, 1))]
    assert found("consistency", monthly_summary=told, placements=placed) == [
        ("placed_over_registered", "2025-02", "registered_new", "200", 11)
    ]


def test_documents_handled_may_be_those_left_over_but_no_more():
    def month(n: int, received: int, approved: int, **said: object) -> dict:
        return documents(None, received, approved=approved, period=date(2025, n, 1)) | said

    told = [
        month(1, 10, 40),  # what lay there before is not known
        month(2, 10, 4),
        month(3, 10, 16),  # all that was left
        month(4, 10, 9, returned=2, rejected=1),
        month(5, 10, 11),  # and nothing was left of April
    ]
    assert found("consistency", legalised_documents=told) == [
        ("handled_over_received", "2025-04", "doc_type", "new_contract", 2),
        ("handled_over_received", "2025-05", "doc_type", "new_contract", 1),
    ]


def test_copies_and_numbers_used_again_are_told_apart():
    first = one()
    later = first | {"people": 3}
    assert found("duplicates", cases=[first, dict(first), later]) == [
        ("exact_copy", first["case_id"], "case_id", first["case_id"], None),
        ("superseded", first["case_id"], "case_id", first["case_id"], None),
    ]


def test_a_summary_told_twice_is_found_by_its_month():
    told = summary(period=date(2025, 2, 1))
    again = told | {"registered_workers": 7}
    assert [row[:2] for row in found("duplicates", monthly_summary=[told, dict(told), again])] == [
        ("exact_copy", "2025-02"),
        ("superseded", "2025-02"),
    ]


def like(number: int, day: int, **said: object) -> dict:
    reported = date(2025, 3, day)
    return case(days=None, date_reported=reported, case_id=f"RUH-2025-{number:05}") | (
        {"agency_code": "RUH-M0001"} | said
    )


def test_cases_alike_within_a_week_are_listed_with_the_other_one():
    told = [like(1, 1), like(2, 8), like(3, 16), like(4, 16)]
    assert found("duplicates", cases=told) == [
        ("probable_duplicate", "RUH-2025-00002", "case_id", "RUH-2025-00001", 7),
        ("probable_duplicate", "RUH-2025-00004", "case_id", "RUH-2025-00003", 0),
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"agency_code": None},
        {"agency_code": "RUH-M0002"},
        {"post_code": "JED"},
        {"case_type": "A2"},
        {"gender": "L"},
        {"people": 2},
        {"employer_type": "BH"},
    ],
    ids=str,
)
def test_cases_that_differ_are_not_alike(said: dict):
    assert found("duplicates", cases=[like(1, 1), like(2, 1, **said)]) == []


def test_cases_without_an_agency_are_like_none():
    told = [like(1, 1, agency_code=None), like(2, 1, agency_code=None)]
    assert found("duplicates", cases=told) == []


def usual(values: list[int]) -> list[dict]:
    return [
        case(days=n, date_reported=date(2024, 3, 1), case_id=f"u{i}") for i, n in enumerate(values)
    ]


def test_a_duration_far_from_the_usual_of_its_type_and_post_is_listed_when_it_ended():
    told = usual([30, 31, 33, 35, 36, 38, 40, 41, 43, 45])
    far = case(days=400, date_reported=date(2024, 3, 1), case_id="far")
    [(kind, key, column, value, z)] = found("outliers", cases=[*told, far])
    assert (kind, key, column, value) == ("outlying_duration", "far", "days", "400")
    assert z > 3.5
    assert found("outliers", cases=[*told, far | {"case_type": "A2"}]) == []
    assert found("outliers", cases=[*told, far | {"post_code": "JED"}]) == []
    assert found("outliers", cases=[*told[1:8], far]) == []
    # it ended in 2025: in 2024 it is still open
    assert found("outliers", Period(date(2024, 1, 1), date(2024, 12, 31)), cases=[*told, far]) == []


def test_amounts_are_compared_within_their_currency():
    amounts = [100, 120, 90, 80, 130, 110, 95, 105, 115, 100_000]
    told = [one(case_id=f"c{n}", amount_claimed=Decimal(n), currency="SAR") for n in amounts] + [
        one(case_id="other", amount_claimed=Decimal(10**6), currency="KWD")
    ]
    assert [row[:4] for row in found("outliers", cases=told)] == [
        ("outlying_amount", "c100000", "amount_claimed", "100000.00")
    ]


def test_wages_are_compared_within_sector_and_currency():
    dates = {"date_received": DAY, "date_verified": DAY, "currency": "SAR"}
    wages = [1500, 1510, 1490, 1600, 1450, 1550, 1520, 1480, 1500, 15_000]
    told = [job_order(wage=Decimal(n), jo_id=f"o{n}-{i}", **dates) for i, n in enumerate(wages)]
    other = [job_order(wage=Decimal(9), sector_code="DOM", **dates)]
    assert [row[:4] for row in found("outliers", job_orders=told + other)] == [
        ("outlying_wage", "o15000-9", "wage", "15000.00")
    ]


def test_months_are_compared_with_those_of_two_years():
    years = [(year, month) for year in (2024, 2025) for month in range(1, 13)]
    told = [
        summary(period=date(*month, 1), registered=1000 + 10 * n, registered_new=10**6)
        for n, month in enumerate(years)
    ]
    told[20]["registered_workers"] = 100
    placed = [
        placement(workers=40 + n % 5, period=date(*month, 1)) for n, month in enumerate(years)
    ]
    placed += [placement(workers=4000, period=date(2025, 5, 1))]
    assert [row[:4] for row in found("outliers", monthly_summary=told, placements=placed)] == [
        ("outlying_placements", "2025-05", "count", "4041"),
        ("outlying_registered", "2025-09", "registered_workers", "100"),
    ]
