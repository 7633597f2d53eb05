"""The posts' duties: registration, shelter, documents, guidance, load; what twins do not tell."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.sheets import SHEETS
from metrics.capacities import holding
from metrics.cases import open_stock
from metrics.catalogue import METRICS
from metrics.frames import FRAMES
from metrics.legalisation import half_within
from metrics.mandatory import MANDATORY, filled
from metrics.metric import measure
from metrics.policy.posts import LEGALISATION_LIMIT
from metrics.selection import Period
from metrics.workload import workload
from tests.builders import (
    activity,
    capacity,
    case,
    documents,
    frame,
    job_order,
    placement,
    review,
    rows,
    summary,
)
from tests.metrics.chance import tables
from tests.metrics.statistics.real_data import durations

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
NOTHING = rows()
JAN, FEB, MAR = (date(2026, month, 1) for month in (1, 2, 3))


def _value(name: str, period: Period = YEAR, **told: list[dict]) -> tuple:
    return measure(METRICS[name], rows(**told), period).row(0)[:2]


# Registration


def test_coverage_is_of_the_last_month_with_both_figures():
    told = [
        summary(registered=500, estimated_workers=1000),
        summary(registered=900, estimated_workers=1000, period=FEB),
        summary(registered=950, estimated_workers=None, period=MAR),
        summary("HKG", registered=3000, estimated_workers=2000),  # more than estimated: shown
        summary("SEL", registered=77, estimated_workers=0),  # no estimate
    ]
    assert _value("coverage_pct", monthly_summary=told) == (3900 / 3000, 3000)
    assert _value("coverage_pct", monthly_summary=told[-1:]) == (None, 0)


def test_monitored_counts_contacts_over_the_mean_of_the_same_months():
    told = [
        summary(registered=100, monitored_workers=60),
        summary(registered=300, monitored_workers=80, period=FEB),
        summary(registered=None, monitored_workers=999, period=MAR),
        summary("HKG", registered=200, monitored_workers=300),
    ]
    assert _value("monitored_pct", monthly_summary=told) == (440 / 400, 440)


def test_a_month_not_told_is_no_zero():
    silent = [summary(registered_new=None), summary("HKG", registered_new=4)]
    by_post = measure(
        METRICS["new_registrations"], rows(monthly_summary=silent), YEAR, by=["place"]
    )
    assert by_post.select("place", "value").rows() == [("HKG", 4)]
    assert _value("new_registrations", monthly_summary=silent[:1]) == (None, 0)


# Shelter


def test_a_capacity_holds_from_its_month_until_the_next():
    kept = frame(
        "capacities",
        [
            capacity(shelter=50, period=FEB),
            capacity(shelter=None, period=date(2026, 4, 1)),
            capacity("HKG", 9, period=JAN),
        ],
    )
    asked = [summary(post, period=JAN) for post in ("HKG", "SEL")]
    asked += [summary(period=date(2026, month, 1)) for month in range(1, 6)]
    told = holding(frame("monthly_summary", asked).lazy(), kept, "shelter_capacity").collect()
    found = {
        row[:2]: row[2] for row in told.select("post_code", "period", "shelter_capacity").rows()
    }
    assert [found["RUH", date(2026, m, 1)] for m in range(1, 6)] == [None, 50, 50, None, None]
    assert (found["HKG", JAN], found["SEL", JAN]) == (9, None)


def test_occupancy_leaves_out_posts_without_a_known_capacity():
    told = {
        "monthly_summary": [summary(post, shelter_end=30) for post in ("RUH", "JED", "HKG", "SEL")],
        "capacities": [capacity(shelter=20), capacity("JED", 0), capacity("HKG", None)],
    }
    assert _value("shelter_occupancy_pct", **told) == (1.5, 20)


def test_stay_by_littles_law_finds_the_true_mean_in_a_steady_shelter():
    """Three a day on average for eight years, staying 40 days on average (gamma)."""
    rng = np.random.default_rng(3)
    first = date(2017, 1, 1)
    came = np.sort(rng.uniform(0, 8 * 365, rng.poisson(3 * 8 * 365)))
    left = came + rng.gamma(0.8, 50, len(came))
    starts = pl.date_range(first, date(2024, 12, 1), "1mo", eager=True).to_list()
    bounds = [(month - first).days for month in [*starts, date(2025, 1, 1)]]
    told = [
        summary(
            period=month,
            shelter_in=int(np.sum((came >= begin) & (came < end))),
            shelter_out=int(np.sum((left >= begin) & (left < end))),
            shelter_end=int(np.sum((came < end) & (left >= end))),
        )
        for month, begin, end in zip(starts, bounds, bounds[1:], strict=False)
    ]
    steady = Period(date(2018, 1, 1), date(2024, 12, 31))
    stay = _value("shelter_stay_days", steady, monthly_summary=told)[0]
    assert stay == pytest.approx(40, rel=0.05)


def test_without_entries_there_is_no_stay():
    assert _value("shelter_stay_days", monthly_summary=[summary(shelter_end=9)]) == (None, 0)


# Documents


@pytest.mark.parametrize("name", ["veterans", "gbsg2", "larynx", "waltons"])
def test_half_of_the_documents_is_the_weighted_quantile_of_numpy(name: str, agree):
    """Real durations as the batches' medians, and as many documents as the group's rank."""
    batches = durations(name).select(
        "group",
        days_median=pl.col("days").cast(pl.Float64),
        processed=pl.int_range(pl.len()) % 7 + 1,
    )
    ours = half_within(batches.lazy(), ["group"])
    theirs = [
        np.quantile(
            own["days_median"], 0.5, weights=own["processed"].to_numpy(), method="inverted_cdf"
        )
        for _, own in sorted(batches.group_by("group"))
    ]
    agree("half of the documents", "numpy quantile(inverted_cdf)", ours["value"], theirs, within=0)


def test_slow_is_above_the_limit_and_not_at_it():
    limit = Decimal(LEGALISATION_LIMIT.value)
    told = [
        documents(received=30, days_median=limit),
        documents(received=10, days_median=limit + Decimal("0.5")),
        documents(received=500),
    ]
    year = Period(date(2025, 1, 1), date(2025, 12, 31))
    assert _value("legalisation_slow_share", year, legalised_documents=told) == (0.25, 40)
    assert _value("legalisation_days", year, legalised_documents=told) == (float(limit), 40)
    assert _value("documents_received", year, legalised_documents=told) == (540, 540)


counts = st.one_of(st.none(), st.integers(0, 4))
batch = st.builds(
    lambda approved, returned, days: documents(
        approved=approved, returned=returned, days_median=days
    ),
    counts,
    counts,
    st.one_of(st.none(), st.decimals(0, 9, places=1)),
)


@given(st.lists(batch, max_size=6))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_no_documents_all_tied_or_nothing_known_do_no_harm(told: list[dict]):
    year = Period(date(2025, 1, 1), date(2025, 12, 31))
    brought = replace(NOTHING, legalised_documents=frame("legalised_documents", told))
    days, n = measure(METRICS["legalisation_days"], brought, year).row(0)[:2]
    slow, same = measure(METRICS["legalisation_slow_share"], brought, year).row(0)[:2]
    assert n == same
    assert (days is None) == (slow is None) == (n == 0)
    if n:
        # more than half are slow exactly where half of the documents are not within the limit
        assert (slow > 0.5) == (days > LEGALISATION_LIMIT.value)


# Guidance


def test_reach_is_of_posts_that_know_their_workers():
    told = {
        "activities": [
            activity(participants=30),
            activity("RUH", "training", 20),
            activity("RUH", "coordination", 500),
            activity("HKG", participants=70),
        ],
        "monthly_summary": [summary(registered=200), summary("SEL", registered=300)],
    }
    assert _value("guidance_reach_pct", **told) == (50 / 500, 50)
    assert _value("guidance_participants", **told) == (120, 120)
    assert _value("coordination_meetings", **told) == (1, 1)


# Workload


@pytest.mark.parametrize("seed", [1, 2])
def test_mean_stock_is_that_of_the_daily_stock(seed: int):
    """With every post known throughout: the mean of `open_stock` on every single day."""
    told = tables(seed)
    known = [row | {"known_from": None, "known_until": None} for row in told["cases"]]
    posts = ("RUH", "JED", "HKG", "DAM")
    everything = rows(cases=known, capacities=[capacity(post, staff=2) for post in posts])
    period = Period(date(2025, 2, 10), date(2026, 3, 5))
    days = [period.first + timedelta(days=i) for i in range(period.days)]
    daily = open_stock(everything.cases, days, ["post_code"])
    means = daily.group_by("post_code").agg(pl.mean("open")).sort("post_code")
    ours = workload(everything, period).sort("post_code").collect()
    assert ours["post_code"].to_list() == means["post_code"].to_list()
    assert ours["open_stock"].to_list() == pytest.approx(means["open"].to_list(), rel=1e-12)
    by_post = measure(METRICS["cases_per_officer"], everything, period, by=["post_code"])
    assert by_post["value"].to_list() == pytest.approx((means["open"] / 2).to_list(), rel=1e-12)


def test_days_after_the_last_report_count_neither_as_open_nor_as_time():
    told = {"cases": [case(days=None, known_until=date(2026, 3, 31))], "capacities": [capacity()]}
    assert _value("cases_per_officer", **told) == (1 / 4, 1)
    assert _value("opened_per_officer_month", **told) == (1 / (4 * 3), 1)
    later = Period(date(2026, 6, 1), date(2026, 6, 30))
    assert _value("cases_per_officer", later, **told) == (None, 0)


def test_days_before_the_first_report_count_neither():
    """The case was open in January too, but of that month the post's stock is not known."""
    told = {
        "cases": [case(days=45, known_from=FEB), case(days=3, known_from=FEB)],
        "capacities": [capacity(staff=1)],
    }
    two_months = Period(JAN, date(2026, 2, 28))
    assert _value("cases_per_officer", two_months, **told) == (pytest.approx(14 / 28), 1)
    assert _value("opened_per_officer_month", two_months, **told) == (0, 0)


def test_staff_that_changes_counts_by_its_days():
    told = {
        "cases": [case(days=None)],
        "capacities": [capacity(staff=1), capacity(staff=3, period=date(2026, 2, 1))],
    }
    stretch = Period(date(2026, 1, 1), date(2026, 2, 28))
    officers = (31 * 1 + 28 * 3) / 59
    assert _value("cases_per_officer", stretch, **told) == (pytest.approx(1 / officers), 1)
    assert _value("opened_per_officer_month", stretch, **told)[0] == pytest.approx(
        1 / (officers * 2)
    )


@pytest.mark.parametrize("staff", [None, 0])
def test_without_officers_there_is_no_load(staff: int | None):
    told = {"cases": [case()], "capacities": [capacity(staff=staff)]}
    for name in ("cases_per_officer", "opened_per_officer_month"):
        assert _value(name, **told) == (None, 0)
        assert _value(name, cases=[case()]) == (None, 0)


def test_a_case_told_open_again_is_no_load_while_it_was_closed():
    again = case(days=None, first_closed=date(2026, 1, 11), reopened=date(2026, 1, 21))
    told = {"cases": [again], "capacities": [capacity(staff=1)]}
    january = Period(date(2026, 1, 1), date(2026, 1, 31))
    assert _value("cases_per_officer", january, **told) == (pytest.approx(21 / 31), 1)


# Completeness of content

OPTIONAL = {  # O in the data dictionary, though the sheet asks for it; or where the row belongs
    ("activities", "leads"),
    ("worker_reviews", "quarter"),
}


def test_mandatory_fields_are_those_the_workbook_asks_for():
    required = {
        (sheet.table, field.name) for sheet in SHEETS for field in sheet.fields if field.required
    }
    always = {(table, field) for table, told in MANDATORY.items() for field in told.always}
    sometimes = {(table, field) for table, told in MANDATORY.items() for field in told.sometimes}
    assert always == required - OPTIONAL
    assert not always & sometimes
    for table, field in always | sometimes:
        assert field in FRAMES[table].columns


def test_a_field_counts_only_where_it_applies():
    open_case = case(days=None, date_first_response=None, status="received")
    assert _value("content_completeness", cases=[open_case]) == (1, 12)
    answered = case(days=None)
    assert _value("content_completeness", cases=[answered]) == (1, 13)
    ended = case(outcome=None)
    assert _value("content_completeness", cases=[ended]) == (14 / 15, 15)
    unseen = review(n=0, stars=None, quarter=JAN)
    assert _value("content_completeness", worker_reviews=[unseen]) == (1, 2)
    seen = review(n=3, stars=None, quarter=JAN)
    assert _value("content_completeness", worker_reviews=[seen]) == (2 / 6, 6)
    returned = job_order(status="returned", date_verified=None, valid_until=None)
    assert _value("content_completeness", job_orders=[returned]) == (1, 9)
    verified = job_order(date_verified=None)
    assert _value("content_completeness", job_orders=[verified]) == (10 / 11, 11)


def test_optional_fields_do_not_count():
    assert _value("content_completeness", placements=[placement(agency_code=None)]) == (1, 5)
    assert _value("content_completeness", cases=[case(sector_code=None)]) == (1, 15)


def test_a_case_without_its_date_is_missed_where_it_was_first_told():
    lost = case(date_reported=None, days=None, date_first_response=FEB, first_told=FEB)
    assert _value("content_completeness", cases=[lost]) == (12 / 13, 13)
    assert _value("content_completeness", Period(MAR, MAR), cases=[lost]) == (None, 0)


def test_each_table_is_told_apart():
    told = filled(rows(cases=[case()], placements=[placement()]), YEAR).collect()
    wanted = dict(told.select("table", "wanted").rows())
    assert {name: n for name, n in wanted.items() if n} == {"cases": 15, "placements": 5}


# All of them


def test_what_officers_and_targets_are_divided_by_cannot_be_filtered_by_sector():
    for name in ("cases_per_officer", "opened_per_officer_month"):
        assert METRICS[name].not_within == ("sector_code", "employer_type")
    # These are of several tables, of which cases are one.
    for name in ("targets_reached", "content_completeness", "missing_share", "rated_agencies"):
        assert METRICS[name].not_within == ("case_type", "sector_code", "employer_type")
