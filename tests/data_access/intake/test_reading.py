"""Files as they come: what is read, and what is refused before anything is opened."""

import io
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from polars.testing import assert_frame_equal

from data_access.errors import RefusedFile
from data_access.intake import accepted, refusals
from data_access.intake.opening import limited, parsing, unopened
from data_access.intake.opening.limited import opened
from data_access.intake.opening.raw import RawSheet
from data_access.intake.reading.files import read_file
from data_access.sheets import CASES, SHEETS, TEMPLATE_VERSION
from tests.data_access.intake import other_formats
from tests.data_access.intake.bad_inputs.containers import long_words
from tests.data_access.intake.builders import (
    MONTH,
    POST,
    cell,
    month,
    rows,
    with_cell,
    workbook,
)
from tests.data_access.intake.zips import (
    filled_cells,
    part_of,
    sheet_xml,
    with_cell_xml,
    with_part,
)

XLSX = "laporan.xlsx"


def refusal(name: str, content: bytes, **whose: object) -> str:
    with pytest.raises(RefusedFile) as caught:
        read_file(name, content, **{"post": None, "month": None} | whose)
    assert caught.value.text.english
    return caught.value.text.indonesian


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
    page.write_row(2, 0, ["Versi templat", TEMPLATE_VERSION])
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


@pytest.mark.parametrize("words", ["=1+1", "#N/A"])
def test_a_column_of_nobodys_with_nothing_but_unread_formulas_is_told(tmp_path, words):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["AD2"] = words

    file = read_file(XLSX, workbook(tmp_path, change=change).read_bytes(), post=None, month=None)
    (finding,) = file.findings
    assert (finding.code, finding.rows, finding.column) == ("W-COLUMN", (2,), "AD")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", refusals.EMPTY),
        (b"x" * 20_000_001, accepted.TOO_LARGE),
        (b"Nomor kasus;Tanggal lapor\n", refusals.NOT_XLSX),
        (b"<html><table></table></html>", refusals.NOT_XLSX),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            refusals.PASSWORD,
        ),
        (b"PK\x03\x04" + b"0" * 100, unopened.DAMAGED),
    ],
    ids=["empty", "too large", "csv", "html", "password", "broken zip"],
)
def test_what_is_no_workbook_is_refused_with_its_reason(content, text):
    assert refusal(XLSX, content) == text.text.indonesian


def test_a_truncated_workbook_is_refused(good):
    assert refusal(XLSX, good[: len(good) * 2 // 3]) == unopened.DAMAGED.text.indonesian


def test_a_workbook_with_a_flipped_byte_is_refused(good):
    with zipfile.ZipFile(io.BytesIO(good)) as book:
        member = book.getinfo("xl/worksheets/sheet2.xml")
    at = member.header_offset + 200
    broken = good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]
    assert refusal(XLSX, broken) == unopened.DAMAGED.text.indonesian


def test_an_open_document_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refusal(XLSX, out.getvalue()) == refusals.NOT_XLSX.text.indonesian


@pytest.mark.parametrize(
    ("ending", "make"),
    [(".xls", other_formats.xls), (".ods", other_formats.ods)],
    ids=["xls", "ods"],
)
def test_other_programs_files_hold_the_same(good, tmp_path, ending, make):
    same = read_file(f"laporan{ending}", make(tmp_path), post=None, month=None)
    file = read_file(XLSX, good, post=None, month=None)
    assert (same.post, same.month, same.whole) == (file.post, file.month, True)
    for (sheet, raw, found), (_, due, _) in zip(same.sheets, file.sheets, strict=True):
        days = [at for at, one in found.fields.items() if one.kind == "date"]
        texts = due.texts.with_columns(pl.col(*days).str.head(10)) if days else due.texts
        seen = raw.texts.with_columns(pl.col(*days).str.head(10)) if days else raw.texts
        assert_frame_equal(seen, texts)
        assert_frame_equal(raw.numbers, due.numbers)
        assert raw.name == sheet.name


def test_old_excel_says_what_it_cannot_tell(tmp_path):
    file = read_file("laporan.xls", other_formats.xls(tmp_path), post=None, month=None)
    assert [(finding.sheet, finding.code) for finding in file.findings] == [("", "W-OLDFORMAT")]


def test_open_document_tells_formulas_and_errors(tmp_path):
    cells = (
        other_formats.ods_cell(5, formula="of:=2+3"),
        other_formats.ods_cell("", numbercolumnsrepeated=3),
    )
    content = other_formats.ods(tmp_path, *cells)
    pages, _ = opened(".ods", content)
    page = next(page for page in pages if page.name == "Kasus")
    assert page.marks.formulas == {"X": [2]}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (XLSX, lambda folder: other_formats.locked(workbook(folder).read_bytes())),
        ("laporan.xls", lambda folder: other_formats.locked(workbook(folder).read_bytes())),
        ("laporan.xls", lambda folder: other_formats.xls(folder, locked=True)),
        ("laporan.ods", lambda folder: locked_ods(folder)),
    ],
    ids=["xlsx", "xlsx named xls", "xls", "ods"],
)
def test_a_locked_file_is_told_as_such(tmp_path, name, content):
    assert refusal(name, content(tmp_path)) == refusals.PASSWORD.text.indonesian


def locked_ods(folder: Path) -> bytes:
    manifest = (
        b'<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    return with_part(other_formats.ods(folder), "META-INF/manifest.xml", manifest)


def test_macros_are_told_and_ignored(good):
    content = with_part(good, "xl/vbaProject.bin", b"macro")
    assert "makro" in refusal(XLSX, content)
    file = read_file("laporan.xlsm", content, post=None, month=None)
    assert [finding.code for finding in file.findings] == ["W-MACRO"]
    assert len(file.sheets) == len(SHEETS)


def test_a_file_of_another_kind_than_its_name_says_is_refused(good):
    for name in ("a.xls", "a.ods"):
        assert ".xlsx" in refusal(name, good)
    assert refusal("a.xlsb", good) == refusals.NOT_XLSX.text.indonesian
    assert refusal("a.csv", good, post=POST, month=MONTH) == refusals.NOT_CSV.text.indonesian


@pytest.mark.parametrize("name", ["a.xlsx.exe", "a", "a.pdf", ".xlsx"])
def test_other_kinds_of_file_are_refused_by_name(good, name):
    assert refusal(name, good) == accepted.EXTENSION.text.indonesian


STAND_IN = """
import sys
sys.path.insert(0, {root!r})
from data_access.intake.opening import parsing
parsing.limit()
import fastexcel
fastexcel.read_excel(sys.argv[1]).load_sheet("Kasus", header_row=None)
"""


def test_the_child_dies_alone_when_nothing_is_looked_through(tmp_path, monkeypatch):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["XFD1048576"] = "x"

    blind = tmp_path / "blind.py"
    blind.write_text(STAND_IN.format(root=str(parsing.ROOT)))
    content = workbook(tmp_path, change=change).read_bytes()
    monkeypatch.setattr(parsing, "__file__", str(blind))
    assert refusal(XLSX, content) == refusals.TOO_MUCH.text.indonesian


@pytest.mark.parametrize("length", [100_000, 900_000])
def test_a_long_word_in_a_thousand_cells_stays_within_the_childs_limits(good, length):
    content = long_words(good, length=length)
    assert refusal(XLSX, content) == refusals.TOO_MUCH.text.indonesian


def test_a_child_that_takes_too_long_is_stopped(good, tmp_path, monkeypatch):
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(parsing, "__file__", str(slow))
    monkeypatch.setattr(limited, "WALL_CLOCK_SECONDS", 0.2)
    assert refusal(XLSX, good) == refusals.TOO_MUCH.text.indonesian


def test_no_more_children_than_two_run_at_once(good, tmp_path, monkeypatch):
    """Each child notes that it began, and waits until it has seen the others that run."""
    counting = tmp_path / "counting.py"
    counting.write_text(COUNTING.format(folder=str(tmp_path)))
    monkeypatch.setattr(parsing, "__file__", str(counting))
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(refusal, XLSX, good) for _ in range(6)]
        assert {one.result() for one in asked} == {refusals.TOO_MUCH.text.indonesian}
    together = [int(path.read_text()) for path in tmp_path.glob("seen-*")]
    assert len(together) == 6
    assert max(together) <= 2


COUNTING = """
import os, sys
from pathlib import Path
folder = Path({folder!r})
here = folder / f"running-{{os.getpid()}}"
here.touch()
for _ in range(200_000):
    pass
(folder / f"seen-{{os.getpid()}}").write_text(str(len(list(folder.glob("running-*")))))
here.unlink()
sys.exit(4)
"""


def test_every_cell_of_every_visible_sheet_is_read(tmp_path):
    def shifted(book: openpyxl.Workbook) -> None:
        book["Kasus"].move_range("A1:X4", rows=3, cols=2)
        book["Kasus"].insert_rows(6, amount=3)
        book["Mitra"].insert_cols(1, amount=2)

    cases = rows(CASES, *({"case_id": f"RUH-2026-0000{n}"} for n in (1, 2, 3)))
    for change in (None, shifted):
        path = workbook(tmp_path, month(cases=cases), change=change)
        file = read_file(path.name, path.read_bytes(), post=None, month=None)
        book = openpyxl.load_workbook(path)
        for sheet, raw, _ in file.sheets:
            assert {(row, letter) for row, letter, _ in cells_of(raw)} == set(
                filled_cells(book[sheet.name])
            )


def cells_of(raw: RawSheet) -> list[tuple[int, str, str]]:
    long = raw.texts.unpivot(index="row", variable_name="letter", value_name="words")
    return [tuple(one) for one in long.drop_nulls("words").iter_rows()]


@pytest.mark.parametrize(
    "row",
    [
        '<row><c r="A1" t="inlineStr"><v>Nomor kasus</v></c></row>',
        '<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
    ],
    ids=["a value where words are told", "one address twice", "one row twice"],
)
def test_cells_that_would_be_lost_keep_the_file_out(good, row):
    content = with_part(good, part_of(CASES), b"".join(sheet_xml([row])))
    assert "Sebagian sel lembar Kasus" in refusal(XLSX, content)


def test_an_error_that_the_reader_does_not_know_is_told_with_its_place(good):
    xml = '<c r="{place}" t="e"><f>x</f><v>#SPILL!</v></c>'
    words = refusal(XLSX, with_cell_xml(good, CASES, "people", xml))
    assert "L2" in words
    assert "#SPILL!" in words


def test_cells_without_addresses_are_counted_from_the_left(good):
    row = '<row><c t="inlineStr"><is><t>Nomor kasus</t></is></c><c/><c><v>7</v></c></row>'
    content = with_part(good, part_of(CASES), b"".join(sheet_xml([row])))
    file = read_file(XLSX, content, post=None, month=None)
    raw = next(raw for sheet, raw, _ in file.sheets if sheet is CASES)
    assert cells_of(raw) == [(1, "A", "Nomor kasus"), (1, "C", "7")]


def without_guide(*kept: str) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        for name in set(book.sheetnames) - set(kept):
            book.remove(book[name])

    return change


def test_one_sheet_without_petunjuk_is_taken_like_a_csv_file(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        without_guide("Kasus")(book)
        book["Kasus"].title = "Sheet1"
        book.create_sheet("Coretan")["A1"] = "x"

    content = workbook(tmp_path, change=change).read_bytes()
    file = read_file(XLSX, content, post=POST, month=MONTH)
    assert (file.post, file.month, file.whole) == (POST, MONTH, False)
    assert [(sheet, raw.name) for sheet, raw, _ in file.sheets] == [(CASES, "Kasus")]
    assert [(finding.sheet, finding.code) for finding in file.findings] == [("Coretan", "W-SHEET")]
    assert refusal(XLSX, content) == refusals.NO_GUIDE.text.indonesian


def test_several_sheets_without_petunjuk_are_refused_by_name(tmp_path):
    content = workbook(tmp_path, change=without_guide("Kasus", "Mitra")).read_bytes()
    words = refusal(XLSX, content, post=POST, month=MONTH)
    assert "Kasus, Mitra" in words


def test_a_sheet_without_known_headings_and_petunjuk_is_refused(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        without_guide("Kasus")(book)
        book["Kasus"].delete_rows(1)

    content = workbook(tmp_path, change=change).read_bytes()
    with pytest.raises(RefusedFile) as caught:
        read_file(XLSX, content, post=POST, month=MONTH)
    assert caught.value.code == "E-HEADER"


def test_a_second_sheet_of_data_keeps_the_file_out(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        book.copy_worksheet(book["Kasus"]).title = "Kasus "

    file = read_file(XLSX, workbook(tmp_path, change=change).read_bytes(), post=None, month=None)
    (finding,) = file.findings
    assert (finding.code, finding.severity) == ("E-SHEETS", "error")


def test_what_stands_in_unknown_columns_and_in_rows_of_totals_is_no_fault(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        page["Z1"], page["Z2"] = "Catatan saya", "=1+1"
        page["A4"] = "Jumlah"
        page["L4"] = "=SUM(L2:L2)"
        page.merge_cells("A4:K4")
        page.merge_cells("A20:K24")

    file = read_file(XLSX, workbook(tmp_path, change=change).read_bytes(), post=None, month=None)
    assert file.findings == ()


def test_a_heading_that_is_a_formula_is_found(good):
    xml = '<c r="{place}" t="str"><f>X1</f><v>Nomor kasus</v></c>'
    content = with_cell_xml(good, CASES, "case_id", xml, row=1)
    (finding,) = read_file(XLSX, content, post=None, month=None).findings
    assert (finding.code, finding.rows, finding.column) == ("E-HEADER", (1,), "A")


def test_a_percentage_in_a_column_of_numbers_is_found(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        place = book["Kasus"][cell(book["Kasus"], CASES, "amount_claimed")]
        place.value, place.number_format = 0.5, "0.0%"

    (finding,) = read_file(
        XLSX, workbook(tmp_path, change=change).read_bytes(), post=None, month=None
    ).findings
    assert (finding.code, finding.rows, finding.column) == ("E-TYPE", (2,), "T")


def test_yes_and_no_may_be_true_and_false(tmp_path):
    content = workbook(tmp_path, change=with_cell(CASES, "in_shelter", True)).read_bytes()
    assert read_file(XLSX, content, post=None, month=None).findings == ()


def test_a_workbook_of_an_old_template_names_both_versions(tmp_path):
    def change(book: openpyxl.Workbook) -> None:
        book["Petunjuk"]["B5"] = "2024.1"

    words = refusal(XLSX, workbook(tmp_path, change=change).read_bytes())
    assert "2024.1" in words
    assert TEMPLATE_VERSION in words


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


def test_what_an_office_program_adds_to_every_ods_file_is_not_told(tmp_path):
    memory = io.BytesIO(other_formats.ods(tmp_path))
    with zipfile.ZipFile(memory, "a") as archive:
        archive.writestr("manifest.rdf", "<rdf/>")
        archive.writestr("layout-cache", b"\0")
    file = read_file("laporan.ods", memory.getvalue(), post=None, month=None)
    assert file.findings == ()
