"""What points at a person is refused wherever it stands, and never shown or kept."""

from collections.abc import Callable

import openpyxl
import pytest
from sqlalchemy import select

from data_access.intake.report import lines
from data_access.sheets import CASES
from data_access.tables import refused_files, submissions
from tests.data_access.intake.builders import cell, month, rows, with_cell, workbook
from tests.data_access.intake.imports import take_in

PERSON = "Bpk Contoh 0812-3456-7890"

Change = Callable[[openpyxl.Workbook], None]


def above(book: openpyxl.Workbook) -> None:
    book[CASES.name].insert_rows(1, 2)
    book[CASES.name]["A1"] = PERSON


def heading(book: openpyxl.Workbook) -> None:
    book[CASES.name].cell(1, 30).value = "Bpk Contoh"


def beside(book: openpyxl.Workbook) -> None:
    book.create_sheet("Catatan")["B7"] = PERSON


def guide(book: openpyxl.Workbook) -> None:
    book["Petunjuk"]["B40"] = PERSON


@pytest.mark.parametrize("change", [above, heading, beside, guide])
def test_a_person_named_beside_the_table_keeps_the_file_out(sqlite_engine, tmp_path, change):
    report = take_in(workbook(tmp_path, change=change), sqlite_engine)
    assert not report.accepted
    assert "E-PRIVACY" in {one.code for one in report.findings}
    told = [line for language in ("id", "en") for line in lines(report, language)]
    assert not any("Contoh" in line or "0812" in line for line in told[1:])


@pytest.mark.parametrize("state", ["visible", "hidden"])
def test_a_sheets_name_that_points_at_a_person_is_not_told(sqlite_engine, tmp_path, state):
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet(PERSON).sheet_state = state
        book[PERSON]["A1"] = "x"

    report = take_in(workbook(tmp_path, change=change), sqlite_engine)
    assert {one.sheet for one in report.findings} == {"#12"}


@pytest.mark.parametrize("faulty", [False, True])
def test_a_files_name_that_points_at_a_person_is_not_kept(sqlite_engine, tmp_path, faulty):
    change = with_cell(CASES, "people", "dua") if faulty else None
    path = workbook(tmp_path, name="laporan_Bpk_Contoh_C1234567.xlsx", change=change)
    report = take_in(path, sqlite_engine)
    table = refused_files if faulty else submissions
    with sqlite_engine.connect() as connection:
        [name] = connection.scalars(select(table.c.file_name))
    assert name == report.file == "(nama berkas tidak ditampilkan)"


def test_what_another_posts_row_says_is_not_shown_again(sqlite_engine, tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        page = book[CASES.name]
        page[cell(page, CASES, "case_id", 3)] = "SIN-2026-00001"
        page[cell(page, CASES, "case_type", 3)] = "rahasia"
        page[cell(page, CASES, "people", 2)] = "dua"

    tables = month(cases=rows(CASES, {}, {"case_id": "RUH-2026-00002"}))
    report = take_in(workbook(tmp_path, tables, change=change), sqlite_engine)
    values = {(one.row, one.value) for one in report.findings if one.code in ("E-CODE", "E-NUM")}
    assert values == {(3, ""), (2, "dua")}
