from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from data_access.intake.workbooks.workbook import write_template
from data_access.reference import code_lists
from data_access.sheets import CASES, SHEETS, TEMPLATE_VERSION
from tests.data_access.intake.builders import MONTH, cell, rows


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    write_template("RUH", MONTH, tmp_path / "templat.xlsx")
    return openpyxl.load_workbook(tmp_path / "templat.xlsx")


def column_of(page: Worksheet, number: int) -> ColumnDimension:
    """Return the look of a column; equal neighbours are kept as one."""
    every = page.column_dimensions.values()
    return next(column for column in every if column.min <= number <= column.max)


def test_the_template_has_instructions_and_the_nine_sheets_and_hides_its_lists(book):
    assert book.sheetnames == ["Petunjuk", *(sheet.name for sheet in SHEETS), "Daftar"]
    assert book["Daftar"].sheet_state == "hidden"


def test_the_template_says_whose_it_is_and_of_which_month_and_version(book):
    told = {a: b for a, b in book["Petunjuk"].iter_rows(max_col=2, values_only=True) if a and b}
    assert told["Kode pos"] == "RUH"
    assert told["Bulan laporan"] == "2026-10"
    assert told["Versi templat"] == TEMPLATE_VERSION
    assert told["Perwakilan"] == "KBRI Riyadh"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_each_column_has_its_indonesian_heading_and_marks_what_is_required(book, sheet):
    expected = [f.label.indonesian + (" *" if f.required else "") for f in sheet.fields]
    assert [cell.value for cell in book[sheet.name][1]] == expected
    assert all(cell.font.bold for cell in book[sheet.name][1])


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_headings_are_protected_and_data_cells_are_free(book, sheet):
    page = book[sheet.name]
    assert page.protection.sheet
    assert page.protection.password is None
    assert all(cell.protection.locked for cell in page[1])
    assert not any(column_of(page, cell.column).protection.locked for cell in page[1])
    assert page.freeze_panes == "B2"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_each_column_is_checked_and_explained_in_english_with_an_example(book, sheet):
    page = book[sheet.name]
    checks = {str(v.sqref).split(":")[0]: v for v in page.data_validations.dataValidation}
    for field in sheet.fields:
        check = checks[cell(page, sheet, field.name)]
        assert field.label.english in check.prompt
        assert field.example.format(post="RUH") in check.prompt
        assert next(iter(check.sqref.ranges)).max_row > 5000


def test_a_code_is_chosen_from_the_indonesian_words_that_fit_the_field(book):
    page = book["Kasus"]
    checks = {str(v.sqref).split(":")[0]: v for v in page.data_validations.dataValidation}
    sheet, place = checks[cell(page, CASES, "case_type")].formula1.split("!")
    offered = [row[0].value for row in book[sheet][place.replace("$", "")]]
    assert offered == [words.indonesian for words in code_lists()["case_type"].values()]


def test_code_columns_are_text_so_that_leading_zeros_stay(book):
    page = book["JobOrder"]
    assert column_of(page, 8).number_format == "@"


def test_known_rows_are_written_with_the_words_of_their_codes(tmp_path):
    path = tmp_path / "terisi.xlsx"
    known = rows(CASES, {"case_type": "C3", "in_shelter": False}).with_columns(
        post_code=pl.lit("RUH")
    )
    write_template("RUH", MONTH, path, {"cases": known})
    page = openpyxl.load_workbook(path)["Kasus"]
    assert page[cell(page, CASES, "case_type")].value == "Meninggal dunia"
    assert page[cell(page, CASES, "in_shelter")].value == "Tidak"
    assert page[cell(page, CASES, "date_reported")].value.date() == date(2026, 10, 14)
    assert page[cell(page, CASES, "amount_claimed")].value == 9000.5
    assert page[cell(page, CASES, "date_closed")].value is None


def test_the_template_can_be_written_to_memory_for_a_download():
    memory = BytesIO()
    write_template("TPE", MONTH, memory)
    assert openpyxl.load_workbook(memory)["Petunjuk"]["B3"].value == "TPE"
