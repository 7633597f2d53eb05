"""Files as they come: what is read, and what is refused before anything is opened."""

import io
import struct
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from data_access.errors import RefusedFile
from data_access.intake import parsing, reading, refusals
from data_access.intake.reading import read_file
from data_access.sheets import CASES, SHEETS
from tests.data_access.intake.builders import MONTH, POST, cell, workbook

XLSX = "laporan.xlsx"


def refusal(name: str, content: bytes, **whose: object) -> str:
    with pytest.raises(RefusedFile) as caught:
        read_file(name, content, **{"post": None, "month": None} | whose)
    assert caught.value.text.english
    return caught.value.text.indonesian


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a zip in which one part is added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
        new.writestr(name, part)
    return out.getvalue()


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> bytes:
    return workbook(tmp_path_factory.mktemp("good")).read_bytes()


def test_a_workbook_tells_its_post_its_month_and_its_nine_sheets(good):
    file = read_file(XLSX, good, post=None, month=None)
    assert (file.post, file.month) == (POST, MONTH)
    assert [sheet for sheet, _, _ in file.sheets] == list(SHEETS)
    assert file.findings == ()


def test_rows_and_columns_keep_their_places_when_the_table_starts_at_c4(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"].move_range("A1:X2", rows=3, cols=2)
        book["Kasus"].insert_rows(5, amount=2)  # empty rows below the headings

    file = read_file(XLSX, workbook(tmp_path, change=change).read_bytes(), post=None, month=None)
    raw, headings = next((raw, found) for sheet, raw, found in file.sheets if sheet is CASES)
    assert headings.row == 4
    assert headings.letters()["case_id"] == "C"
    assert raw.texts.filter(raw.texts["C"].str.starts_with("RUH-"))["row"].to_list() == [7]


def test_a_title_above_the_headings_is_not_taken_for_them(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"].insert_rows(1, amount=2)
        book["Kasus"]["A1"] = "LAPORAN BULANAN"

    file = read_file(XLSX, workbook(tmp_path, change=change).read_bytes(), post=None, month=None)
    assert next(found for sheet, _, found in file.sheets if sheet is CASES).row == 3


def test_a_hidden_sheet_is_not_read_but_named(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"].sheet_state = "veryHidden"
        book.create_sheet("Rahasia", 0).sheet_state = "hidden"

    file = read_file(XLSX, workbook(tmp_path, change=change).read_bytes(), post=None, month=None)
    assert CASES not in [sheet for sheet, _, _ in file.sheets]
    assert [f.sheet for f in file.findings if f.code == "W-HIDDEN"] == ["Rahasia", "Kasus"]


def test_a_further_sheet_is_not_read_but_named(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("Coretan")["A1"] = 1
        book.create_sheet("Kosong")

    file = read_file(XLSX, workbook(tmp_path, change=change).read_bytes(), post=None, month=None)
    assert [(f.sheet, f.code) for f in file.findings] == [("Coretan", "W-SHEET")]


def test_a_formula_that_ends_in_an_error_is_found(tmp_path):
    path = tmp_path / XLSX
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Petunjuk")
    for row, pair in enumerate({"Kode pos": POST, "Bulan laporan": "2026-10"}.items()):
        page.write_row(row, 0, pair)
    page.write_row(2, 0, ["Versi templat", reading.TEMPLATE_VERSION])
    cases = book.add_worksheet("Kasus")
    cases.write_row(0, 0, ["Nomor kasus", "Jumlah PMI dalam kasus"])
    cases.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    book.close()
    (finding,) = read_file(XLSX, path.read_bytes(), post=None, month=None).findings
    assert (finding.code, finding.rows, finding.column) == ("E-CELLERR", (2,), "B")


def test_a_formula_whose_result_was_never_worked_out_is_found(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"][cell(book["Kasus"], CASES, "people")] = "=1+1"

    file = read_file(XLSX, workbook(tmp_path, change=change).read_bytes(), post=None, month=None)
    (finding,) = file.findings
    assert (finding.sheet, finding.code, finding.rows) == ("Kasus", "E-FORMULA", (2,))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", refusals.EMPTY),
        (b"x" * 20_000_001, refusals.TOO_LARGE),
        (b"Nomor kasus;Tanggal lapor\n", refusals.NOT_XLSX),
        (b"<html><table></table></html>", refusals.NOT_XLSX),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"Workbook", refusals.OLD_XLS),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            refusals.PASSWORD,
        ),
        (b"PK\x03\x04" + b"0" * 100, refusals.DAMAGED),
    ],
    ids=["empty", "too large", "csv", "html", "old xls", "password", "broken zip"],
)
def test_what_is_no_workbook_is_refused_with_its_reason(content, text):
    assert refusal(XLSX, content) == text.text.indonesian


def test_a_truncated_workbook_is_refused(good):
    assert refusal(XLSX, good[: len(good) * 2 // 3]) == refusals.DAMAGED.text.indonesian


def test_a_workbook_with_a_flipped_byte_is_refused(good):
    with zipfile.ZipFile(io.BytesIO(good)) as book:
        member = book.getinfo("xl/worksheets/sheet2.xml")
    at = member.header_offset + 200
    broken = good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]
    assert refusal(XLSX, broken) == refusals.DAMAGED.text.indonesian


def test_an_open_document_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refusal(XLSX, out.getvalue()) == refusals.NOT_XLSX.text.indonesian


@pytest.mark.parametrize(
    ("part", "inside", "word"),
    [
        ("xl/vbaProject.bin", b"macro", "makro"),
        ("../../evil.txt", b"x", "nama bagian"),
        ("xl/extra.xml", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x/>", "definisi"),
        ("xl/extra.xml", b"<x>" + b"0" * 3_000_000 + b"</x>", "terpadatkan"),
    ],
    ids=["macro", "zip slip", "entities", "bomb"],
)
def test_a_dangerous_part_is_refused(good, part, inside, word):
    assert word in refusal(XLSX, with_part(good, part, inside))


def test_a_cell_of_60_megabytes_is_refused(good):
    sheet = b"<sst><si><t>" + b"A" * 60_000_000 + b"</t></si></sst>"
    assert "terpadatkan" in refusal(XLSX, with_part(good, "xl/sharedStrings.xml", sheet))


def test_thousands_of_parts_are_refused(good):
    out = io.BytesIO(good)
    with zipfile.ZipFile(out, "a") as book:
        for number in range(600):
            book.writestr(f"xl/media/{number}.png", b"")
    assert "terlalu banyak bagian" in refusal(XLSX, out.getvalue())


def test_double_parts_are_refused(good):
    out = io.BytesIO(good)
    with zipfile.ZipFile(out, "a") as book, pytest.warns(UserWarning, match="Duplicate name"):
        book.writestr("xl/workbook.xml", b"<workbook/>")
    assert "bagian ganda" in refusal(XLSX, out.getvalue())


def test_a_part_that_lies_about_its_size_is_refused(good):
    with zipfile.ZipFile(io.BytesIO(good)) as book:
        size = book.getinfo("xl/sharedStrings.xml").file_size
    assert refusal(XLSX, good.replace(struct.pack("<L", size), struct.pack("<L", 10)))


def test_one_cell_in_the_far_corner_does_not_kill_the_process(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["XFD1048576"] = "x"

    content = workbook(tmp_path, change=change).read_bytes()
    assert refusal(XLSX, content) == refusals.TOO_MUCH.text.indonesian


def test_the_child_dies_alone_when_the_look_through_the_zip_is_fooled(tmp_path, monkeypatch):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["XFD1048576"] = "x"

    monkeypatch.setattr(reading.guarding, "MAX_CELLS", 10**12)
    content = workbook(tmp_path, change=change).read_bytes()
    assert refusal(XLSX, content) == refusals.TOO_MUCH.text.indonesian


def test_a_child_that_takes_too_long_is_stopped(good, tmp_path, monkeypatch):
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(parsing, "__file__", str(slow))
    monkeypatch.setattr(reading, "WALL_CLOCK_SECONDS", 0.2)
    assert refusal(XLSX, good) == refusals.TOO_MUCH.text.indonesian


def test_a_workbook_with_a_broken_sheet_is_refused(good):
    broken = with_part(good, "xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row>")
    assert refusal(XLSX, broken) == refusals.DAMAGED.text.indonesian


def test_a_million_rows_are_refused(good):
    rows = b"".join(b'<row r="%d"/>' % row for row in range(1, 400_000))
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    changed = with_part(good, "xl/worksheets/sheet2.xml", sheet)
    assert refusal(XLSX, changed) == refusals.TOO_MUCH.text.indonesian


def test_a_workbook_of_an_old_template_names_both_versions(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        book["Petunjuk"]["B5"] = "2024.1"

    words = refusal(XLSX, workbook(tmp_path, change=change).read_bytes())
    assert "2024.1" in words
    assert reading.TEMPLATE_VERSION in words


@pytest.mark.parametrize("gone", ["Petunjuk!B3", "Petunjuk!B4", "Petunjuk!B5", "Petunjuk"])
def test_a_workbook_that_does_not_say_whose_it_is_is_refused(tmp_path, gone):
    def change(book: openpyxl.Workbook) -> None:
        sheet, _, place = gone.partition("!")
        if place:
            book[sheet][place] = None
        else:
            book.remove(book[sheet])

    content = workbook(tmp_path, change=change).read_bytes()
    assert refusal(XLSX, content) == refusals.NO_GUIDE.text.indonesian


def test_a_workbook_of_an_unknown_post_is_refused(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        book["Petunjuk"]["B3"] = "XXX"

    assert "XXX" in refusal(XLSX, workbook(tmp_path, change=change).read_bytes())


def test_a_workbook_of_another_post_or_month_than_asked_for_is_refused(good):
    assert "SIN" in refusal(XLSX, good, post="SIN")
    assert "2026-09" in refusal(XLSX, good, month=date(2026, 9, 1))
    assert read_file(XLSX, good, post=POST, month=MONTH).post == POST


@pytest.mark.parametrize("name", ["a.xls", "a.xlsm", "a.xlsx.exe", "a", "a.ods"])
def test_other_kinds_of_file_are_refused_by_name(good, name):
    assert refusal(name, good) == refusals.EXTENSION.text.indonesian
