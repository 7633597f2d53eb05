"""No month of the simulated data would be taken for another month, or for personal data."""

import polars as pl
import pytest

from data_access.current import latest
from data_access.harmless import free_text
from data_access.intake.checks.comparing import TypedFile
from data_access.intake.checks.periods import of_month
from data_access.intake.words.cells import value
from data_access.intake.words.naming import Origin
from data_access.sheets import BY_TABLE, SHEETS

POSTS = ["HKG", "RUH", "DAM", "TPE"]  # large, middle, hardly any cases, many rows


@pytest.fixture(scope="module")
def told(demo, tables) -> pl.DataFrame:
    """Return what is told of the months of some posts: post_code, month, sheet, code."""
    found = []
    files = demo.submissions.filter(pl.col("post_code").is_in(POSTS))
    for (post,), sent in files.sort("period").group_by("post_code", maintain_order=True):
        own = {sheet.table: _versions(tables[sheet.table], str(post)) for sheet in SHEETS}
        for number, month in sent.select("id", "period").iter_rows():
            earlier, here = pl.col("submission") < number, pl.col("submission") == number
            known = {
                sheet.table: latest(own[sheet.table].filter(earlier), sheet.key) for sheet in SHEETS
            }
            rows = {table: versions.filter(here) for table, versions in own.items()}
            file = TypedFile(month, rows, {"cases": {}}, latest=True)
            found += [(post, month, one.sheet, one.code) for one in of_month(file, known)]
    columns = {"post_code": pl.String, "month": pl.Date, "sheet": pl.String, "code": pl.String}
    return pl.DataFrame(found, schema=columns, orient="row")


def _versions(rows: pl.DataFrame, post: str) -> pl.DataFrame:
    here = rows.filter(pl.col("post_code") == post).with_row_index("row")
    added = {"version": pl.col("row"), "removed": pl.lit(False)}
    return here.with_columns(**{k: v for k, v in added.items() if k not in rows.columns})


def test_no_month_is_taken_for_another(told):
    assert told.filter(pl.col("code").str.ends_with("PERIOD")).is_empty()


def test_months_are_rarely_said_to_have_far_fewer_rows_than_the_one_before(demo, told):
    sent = demo.submissions.filter(pl.col("post_code").is_in(POSTS)).height
    warned = told.filter(pl.col("code") == "W-DROP").select("post_code", "month").n_unique()

    assert sent > 400
    assert warned / sent < 0.03


@pytest.mark.parametrize("table", ["agencies", "job_orders", "activities"])
def test_no_name_of_an_agency_or_institution_is_taken_for_a_person(tables, table):
    for name in free_text(BY_TABLE[table]):
        words = tables[table][name].drop_nulls().unique()
        field = BY_TABLE[table].field(name)
        assert words.len() > 5
        assert [one for one in words if value(field, one, Origin("RUH"))[1]] == []
