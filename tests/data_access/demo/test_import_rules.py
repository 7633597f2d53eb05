"""Every row would be taken in by the checks that a real file passes (domain.md section 5)."""

from datetime import date

import polars as pl
import pytest

from data_access.reference import codes
from data_access.sheets import BY_TABLE, SHEETS

LAST_DAY = date(2026, 10, 31)


@pytest.mark.parametrize("table", BY_TABLE)
def test_every_cell_fits_its_field(tables, table):
    rows = tables[table]
    for field in BY_TABLE[table].fields:
        cell = pl.col(field.name)
        wrong = [cell.is_null()] if field.required else []
        if field.kind == "code":
            wrong.append(~cell.is_in(field.allowed or codes(field.code_list)))
        if field.kind == "text":
            wrong.append(cell.str.len_chars() > field.length)
        if field.minimum is not None:
            wrong.append(cell < field.minimum)
        if field.maximum is not None:
            wrong.append(cell > field.maximum)
        for rule in wrong:
            assert rows.filter(rule).is_empty(), field.name
        if field.pattern:
            for (post,), here in rows.group_by("post_code"):
                pattern = "^(" + field.pattern.replace("{post}", post) + ")$"
                assert here.filter(~cell.str.contains(pattern)).is_empty(), field.name


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.table)
def test_a_file_has_each_row_once(tables, sheet):
    key = ["submission", "post_code", *sheet.key]

    assert tables[sheet.table].select(pl.struct(key).is_duplicated().any()).item() is False


def test_whole_months_stand_in_the_file_of_their_month(demo, tables):
    months = demo.submissions.select(submission="id", file_post="post_code", month="period")
    for sheet in SHEETS:
        rows = tables[sheet.table].join(months, on="submission", how="left")
        assert rows.filter(pl.col("file_post").ne_missing(pl.col("post_code"))).is_empty()
        if sheet.whole_month:
            assert rows.filter(pl.col("period") != pl.col("month")).is_empty()


def test_no_file_knows_the_future(demo, tables):
    files = demo.submissions.select(
        submission="id", known=pl.col("period").dt.month_end(), received="received_at"
    )
    for table, column in (
        ("cases", "date_reported"),
        ("cases", "date_first_response"),
        ("cases", "date_closed"),
        ("job_orders", "date_received"),
        ("job_orders", "date_verified"),
        ("agency_assessments", "date"),
        ("activities", "date"),
    ):
        rows = tables[table].join(files, on="submission")
        assert rows.filter(pl.col(column) > pl.col("known")).is_empty(), (table, column)


def test_dates_of_a_case_are_in_order(cases):
    assert cases.filter(pl.col("date_closed") < pl.col("date_reported")).is_empty()
    assert cases.filter(pl.col("date_first_response") < pl.col("date_reported")).is_empty()
    assert cases.filter(pl.col("date_first_response") > pl.col("date_closed")).is_empty()


def test_ended_cases_have_a_date_and_an_outcome_and_others_have_neither(cases):
    ended = pl.col("status").is_in(["resolved", "closed"])
    for column in ("date_closed", "outcome"):
        assert cases.filter(ended != pl.col(column).is_not_null()).is_empty()


def test_outcomes_agree_with_the_status(cases):
    left = ["handed_over", "incomplete_data", "unreachable", "withdrawn"]
    drawn = cases.drop_nulls("outcome")

    assert drawn.filter(pl.col("outcome").is_in(left) != (pl.col("status") == "closed")).is_empty()


def test_nobody_recovers_more_than_was_claimed(cases):
    assert cases.filter(pl.col("amount_recovered") > pl.col("amount_claimed")).is_empty()
    assert cases.filter(
        pl.col("amount_recovered").is_not_null() & pl.col("amount_claimed").is_null()
    ).is_empty()
    assert cases.filter(
        pl.col("amount_claimed").is_not_null() != pl.col("currency").is_not_null()
    ).is_empty()


def test_a_group_has_more_than_one_person(cases):
    assert cases.filter((pl.col("gender") == "group") != (pl.col("people") > 1)).is_empty()


def test_a_case_number_belongs_to_one_case_at_the_post_and_year_it_names(cases):
    fixed = ["post_code", "date_reported", "case_type", "gender", "agency_code", "channel"]
    each = cases.group_by("case_id").agg(pl.struct(fixed).n_unique())

    assert each[fixed[0]].max() == 1
    named = pl.format("{}-{}-", pl.col("post_code"), pl.col("date_reported").dt.year())
    assert cases.filter(~pl.col("case_id").str.starts_with(named)).is_empty()


def test_few_closed_cases_open_again_and_none_changes_its_closing(cases):
    closed = pl.col("date_closed").is_not_null()
    ordered = cases.sort("case_id", "submission").with_columns(
        before=closed.shift().over("case_id")
    )

    after = ordered.filter(pl.col("before"))
    assert 0.003 < after.height / cases["case_id"].n_unique() < 0.03
    assert after["date_closed"].null_count() == after.height  # it stands open, not closed anew


def test_a_case_has_about_two_versions(cases):
    assert 1.5 < cases.height / cases["case_id"].n_unique() <= 2.05


def test_agencies_are_known_when_they_are_named(tables):
    seen = (
        tables["agencies"]
        .group_by("post_code", "agency_code")
        .agg(first_seen=pl.col("submission").min())
    )
    for table in BY_TABLE:
        for column in {"agency_code", "p3mi_code"} & set(tables[table].columns):
            rows = tables[table].drop_nulls(column)
            named = rows.join(
                seen,
                left_on=["post_code", column],
                right_on=["post_code", "agency_code"],
                how="left",
            )
            late = pl.col("first_seen").is_null() | (pl.col("first_seen") > pl.col("submission"))
            assert named.filter(late).is_empty(), (table, column)


def test_job_orders_are_never_overfilled_and_never_lose_workers(tables):
    orders = tables["job_orders"].sort("jo_id", "submission")

    assert orders.filter(pl.col("filled") > pl.col("vacancies")).is_empty()
    assert orders.filter(pl.col("filled").diff().over("jo_id") < 0).is_empty()
    assert orders.filter(pl.col("date_verified") < pl.col("date_received")).is_empty()


def test_documents_are_not_decided_more_often_than_received(tables):
    decided = pl.sum_horizontal("approved", "returned", "rejected")

    assert tables["legalised_documents"].filter(decided > pl.col("received")).is_empty()


def test_shelter_figures_follow_from_month_to_month(tables):
    rows = (
        tables["monthly_summary"]
        .sort("post_code", "period")
        .with_columns(
            previous=pl.col("shelter_end").shift().over("post_code"),
            months=pl.col("period").dt.month_start().diff().over("post_code").dt.total_days(),
        )
    )
    follows = rows.filter(pl.col("months") <= 31)
    expected = pl.col("previous") + pl.col("shelter_in") - pl.col("shelter_out")

    assert follows.height > 1500
    assert follows.filter(expected != pl.col("shelter_end")).is_empty()


def test_registered_workers_move_by_less_than_a_fifth_in_a_month(tables):
    change = pl.col("registered_workers").pct_change().over("post_code").abs()

    rows = tables["monthly_summary"].sort("post_code", "period")
    assert rows.select(change.max()).item() < 0.2


def test_sanctions_have_a_beginning(tables):
    agencies = tables["agencies"]

    assert agencies.filter(
        (pl.col("sanction") != "none") != pl.col("sanction_from").is_not_null()
    ).is_empty()
    assert agencies.filter(pl.col("sanction_until") < pl.col("sanction_from")).is_empty()
