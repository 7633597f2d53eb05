"""The rows follow what has been published, and tell the stories a demonstration needs."""

from datetime import date, timedelta

import polars as pl
import pytest

from data_access.demo import volumes
from data_access.published import published, showable
from data_access.reference import posts

LAST_DAY = date(2026, 10, 31)


@pytest.fixture(scope="module")
def placements(demo) -> pl.DataFrame:
    places = posts().select("post_code", "place")
    return (
        demo.tables["placements"]
        .join(places, on="post_code")
        .with_columns(year=pl.col("period").dt.year().cast(pl.Int16))
    )


def test_yearly_placements_equal_the_published_totals(placements):
    drawn = placements.group_by("place", "year").agg(drawn=pl.col("count").sum())
    told = showable(published()).filter(
        pl.col("topic") == "placements",
        pl.col("measure") == "placements_total",
        pl.col("year").is_between(2017, 2025),  # whole years of the window
        pl.col("place").is_in(posts()["place"].unique().to_list()),
    )

    both = told.join(drawn, on=["place", "year"], how="left")

    assert both.height >= 30
    assert both.filter((pl.col("drawn") / pl.col("value") - 1).abs() > 0.01).height == 0
    assert both["drawn"].null_count() == 0


def test_nobody_is_placed_in_syria(placements):
    assert placements.filter(pl.col("post_code") == "DAM").is_empty()


def test_about_half_of_the_workers_have_a_formal_employer(placements):
    formal = pl.col("count").filter(pl.col("employer_type") == "BH").sum() / pl.col("count").sum()

    assert 0.42 < placements.select(formal).item() < 0.58


@pytest.mark.parametrize(
    ("post", "share", "within"),
    # placements.csv: Hong Kong 2022, Taiwan 2020, Malaysia 2016, Saudi Arabia 2020
    [("HKG", 0.997, 0.01), ("TPE", 0.722, 0.02), ("KUL", 0.449, 0.04), ("RUH", 0.136, 0.04)],
)
def test_share_of_women_is_near_the_published_one(placements, post, share, within):
    here = placements.filter(pl.col("post_code") == post)
    women = here.filter(pl.col("gender") == "P")["count"].sum() / here["count"].sum()

    assert women == pytest.approx(share, abs=within)


def test_cases_of_a_year_follow_the_published_complaints(full):
    counted = dict(full.group_by(pl.col("date_reported").dt.year()).len().iter_rows())

    assert 25_000 < full.height < 40_000
    for year, complaints in {2019: 5824, 2020: 1812, 2021: 1702, 2024: 1500}.items():
        assert counted[year] == pytest.approx(complaints * volumes.CASES_PER_COMPLAINT, rel=0.01)


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    # complaints.csv: the lowest and the highest share that is published, or that a post tells of
    [
        ("F1", 0.15, 0.30),
        ("A1", 0.11, 0.32),
        ("C3", 0.045, 0.101),
        ("G1", 0.05, 0.101),
        ("C1", 0.04, 0.075),
        ("B3", 0.02, 0.045),
        ("F3", 0.02, 0.08),
        ("F2", 0.01, 0.125),
    ],
)
def test_share_of_a_kind_of_case_lies_within_the_published_ones(full, kind, least, most):
    assert least <= (full["case_type"] == kind).mean() <= most


def test_most_people_in_cases_are_women(full):
    single = full.filter(pl.col("gender") != "group")

    # complaints.csv: 1,140 women and 743 men in 2023, 750 and 712 in 2024
    assert 0.5 < (single["gender"] == "P").mean() < 0.75


def test_courts_take_far_longer_than_deportations(full):
    days = (pl.col("date_closed") - pl.col("date_reported")).dt.total_days()
    medians = dict(full.group_by("case_type").agg(days.median()).iter_rows())

    assert medians["E1"] > 10 * medians["F3"]


def test_some_old_cases_were_never_closed(full):
    old = full.filter(pl.col("date_reported") < LAST_DAY - timedelta(days=3 * 365))

    assert 0.01 < old["date_closed"].is_null().mean() < 0.06


def test_fewer_cases_are_closed_around_idul_fitri(full):
    closed = full.drop_nulls("date_closed")["date_closed"]
    during = closed.is_between(date(2019, 5, 31), date(2019, 6, 13)).sum()
    before = closed.is_between(date(2019, 5, 13), date(2019, 5, 26)).sum()

    assert during < 0.6 * before


def test_unpaid_wages_surge_at_one_post_in_the_last_months(full):
    unpaid = full.filter(pl.col("post_code") == "RUH", pl.col("case_type") == "A1")
    quarter = timedelta(days=92)
    now = unpaid.filter(pl.col("date_reported") > LAST_DAY - quarter).height
    before = unpaid.filter(
        pl.col("date_reported").is_between(LAST_DAY - 2 * quarter, LAST_DAY - quarter)
    ).height

    assert now > 2 * before


def test_one_post_grew_quicker_and_another_slower(full):
    days = (pl.col("date_closed").fill_null(LAST_DAY) - pl.col("date_reported")).dt.total_days()
    ago = (LAST_DAY - pl.col("date_reported")).dt.total_days()
    medians = full.group_by("post_code").agg(
        lately=days.filter(ago.is_between(60, 240)).median(),
        earlier=days.filter(ago.is_between(400, 1100)).median(),
    )
    change = {post: now / then for post, now, then in medians.iter_rows()}

    assert change["HKG"] < 0.8
    assert change["KUL"] > 1.25


def test_fill_rates_are_plausible(demo):
    last = demo.tables["job_orders"].unique("jo_id", keep="last")
    old = last.filter(pl.col("date_received") < date(2026, 1, 1))
    rates = old.group_by("post_code").agg(pl.col("filled").sum() / pl.col("vacancies").sum())

    assert rates["filled"].min() > 0.15
    assert rates["filled"].max() < 0.65


def test_a_handful_of_agencies_is_bad_and_some_are_tiny(demo, full):
    placed = demo.tables["placements"].drop_nulls("agency_code")
    workers = placed.group_by("agency_code").agg(placed=pl.col("count").sum())
    proven = full.filter(pl.col("agency_fault") == "proven").group_by("agency_code").len("proven")
    rates = workers.join(proven, on="agency_code", how="left").fill_null(0)

    assert rates.filter(pl.col("placed") < 20).height >= 5
    large = rates.filter(pl.col("placed") >= 200).select(pl.col("proven") / pl.col("placed"))
    assert large["proven"].median() < 0.004
    assert 3 <= (large["proven"] > 0.02).sum() <= 20
