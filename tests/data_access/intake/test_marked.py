"""The corrected copy: what was read in its place, the faults coloured, ready to be mended."""

import csv
import zipfile
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from data_access.errors import RefusedFile
from data_access.fields import Sheet
from data_access.intake.report import Report
from data_access.intake.workbooks.marked import MOST_COMMENTS, marked
from data_access.intake.workbooks.workbook import in_words
from data_access.sheets import (
    ACTIVITIES,
    AGENCIES,
    ASSESSMENTS,
    BY_TABLE,
    CASES,
    DOCUMENTS,
    JOB_ORDERS,
    PLACEMENTS,
    REVIEWS,
    SHEETS,
    SUMMARY,
)
from tests.data_access.intake.builders import MONTH, POST, cell, month, rows, workbook
from tests.data_access.intake.imports import stored, take_in
from tests.installation import Installation

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
NUMBERS = [{"case_id": f"RUH-2026-{number:05}"} for number in range(1, 7)]
INTENDED = month(cases=rows(CASES, *NUMBERS))

# Sheet, field, row, what the post wrote, what the copy has, the code of the finding.
FAULTS = (
    (SUMMARY, "shelter_end", 2, "tiga", "tiga", "E-NUM"),
    (CASES, "date_reported", 2, "kemarin", "kemarin", "E-DATE"),
    (CASES, "case_type", 3, "qwerty", "qwerty", "E-CODE"),
    (CASES, "people", 4, 0, 0, "E-RANGE"),
    (CASES, "agency_code", 5, "RUH-M0099", "RUH-M0099", "E-REF"),
    (CASES, "date_first_response", 6, date(2026, 10, 2), datetime(2026, 10, 2), "E-ORDER"),
    (PLACEMENTS, "count", 2, None, None, "E-REQUIRED"),
    (AGENCIES, "agency_name", 2, "Mitra, telp 0812-3456-7890", None, "E-PRIVACY"),
    (ASSESSMENTS, "q3", 2, 3, 3, "E-RANGE"),
    (REVIEWS, "quarter", 2, "entah", "entah", "E-QUARTER"),
    (JOB_ORDERS, "filled", 2, 99, 99, "E-FILLED"),
    (ACTIVITIES, "date", 2, date(2026, 9, 30), datetime(2026, 9, 30), "W-OUTSIDE"),
)


def seed(book: openpyxl.Workbook) -> None:
    """Put the twelve faults into a workbook."""
    for sheet, field, row, wrong, _, _ in FAULTS:
        page = book[sheet.name]
        page[cell(page, sheet, field, row)] = wrong


def mend(content: bytes, path: Path) -> Path:
    """Put the right value into each faulty cell of the copy."""
    book = openpyxl.load_workbook(BytesIO(content))
    for sheet, field, row, *_ in FAULTS:
        page = book[sheet.name]
        right = in_words(sheet.field(field), INTENDED[sheet.table][field])[row - 2]
        page[cell(page, sheet, field, row)] = right
    book.save(path)
    return path


def titles(book: openpyxl.Workbook) -> None:
    """Set a title over the headings, as posts do."""
    for sheet in SHEETS:
        book[sheet.name].insert_rows(1, 3)
        book[sheet.name]["A1"] = "LAPORAN BULANAN"


def turned(book: openpyxl.Workbook) -> None:
    """Write each sheet's columns in the other order."""
    for sheet in SHEETS:
        for line in book[sheet.name].iter_rows(max_col=len(sheet.fields)):
            before = [(one.value, one.number_format) for one in reversed(line)]
            for one, (value, form) in zip(line, before, strict=True):
                one.value, one.number_format = value, form


def refused(engine, path: Path, **how) -> Report:
    report = take_in(path, engine, **how)
    assert not report.accepted
    return report


def pages(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def marks(book: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    """Return the colour of each marked cell; none is coloured without a comment, or the reverse."""
    found = {}
    for sheet in SHEETS:
        if sheet.name not in book.sheetnames:
            continue
        for line in book[sheet.name].iter_rows():
            for one in line:
                colour = one.fill.fgColor.rgb
                assert (colour in (RED, YELLOW)) == (one.comment is not None), one
                if one.comment is not None:
                    found[sheet.name, one.coordinate] = colour
    return found


def test_twelve_faults_are_twelve_findings_and_twelve_marked_cells(sqlite_engine, tmp_path):
    report = refused(sqlite_engine, workbook(tmp_path, INTENDED, change=seed))
    assert sorted(f.code for f in report.findings) == sorted(code for *_, code in FAULTS)

    book = pages(marked(report))

    expected = {}
    for sheet, field, row, _, copied, code in FAULTS:
        page = book[sheet.name]
        place = cell(page, sheet, field, row)
        expected[sheet.name, place] = YELLOW if code.startswith("W") else RED
        assert page[place].value == copied
        assert code in page[place].comment.text
    assert marks(book) == expected


def test_what_is_right_is_copied_as_what_it_is(sqlite_engine, tmp_path):
    report = refused(sqlite_engine, workbook(tmp_path, INTENDED, change=seed))
    page = pages(marked(report))["Kasus"]

    def value(field: str, row: int) -> object:
        return page[cell(page, CASES, field, row)].value

    assert value("date_reported", 3) == datetime(2026, 10, 14)
    assert value("case_type", 2) == "Gaji tidak dibayar"
    assert value("people", 2) == 1
    assert value("amount_claimed", 2) == 9000.5
    assert value("in_shelter", 2) == "Ya"
    assert [value("case_id", row) for row in range(2, 8)] == [one["case_id"] for one in NUMBERS]
    assert page.max_row == 7
    assert page.freeze_panes == "B2"


def test_a_comment_says_what_is_wrong_and_what_to_do_in_both_languages(sqlite_engine, tmp_path):
    report = refused(sqlite_engine, workbook(tmp_path, INTENDED, change=seed))
    texts = []
    for language in ("id", "en"):
        page = pages(marked(report, language))["Kasus"]
        texts.append(page[cell(page, CASES, "date_reported")].comment.text)
    indonesian, english = texts
    assert "kemarin" in indonesian
    assert indonesian.index("bukan tanggal yang sah") < indonesian.index("is not a valid date")
    assert english.index("is not a valid date") < english.index("bukan tanggal yang sah")
    assert "Tulis tanggal seperti" in english


@pytest.mark.parametrize("change", [None, titles, turned], ids=["plain", "titles", "turned"])
def test_the_mended_copy_is_taken_in_with_the_rows_that_were_meant(sqlite_engine, tmp_path, change):
    def wrong(book: openpyxl.Workbook) -> None:
        seed(book)
        if change is not None:
            change(book)

    report = refused(sqlite_engine, workbook(tmp_path, INTENDED, change=wrong))
    below = 3 if change is titles else 0
    copy = marked(report)
    book = pages(copy)
    for sheet, field, row, *_ in FAULTS:
        place = cell(book[sheet.name], sheet, field, row + below)
        assert book[sheet.name][place].comment is not None, place
    path = tmp_path / "diperbaiki.xlsx"
    if below:
        for sheet in SHEETS:
            book[sheet.name].delete_rows(2, below)
        again = BytesIO()
        book.save(again)
        copy = again.getvalue()

    back = take_in(mend(copy, path), sqlite_engine)

    assert back.accepted
    assert back.findings == ()
    for table, meant in INTENDED.items():
        assert back.checked.frames[table].equals(meant), table
        kept = stored(sqlite_engine, table).select(meant.columns)
        assert kept.equals(meant.sort(kept.columns) if meant.height == 1 else meant), table


def test_rows_keep_their_numbers_below_a_title(sqlite_engine, tmp_path):
    def wrong(book: openpyxl.Workbook) -> None:
        seed(book)
        titles(book)

    report = refused(sqlite_engine, workbook(tmp_path, INTENDED, change=wrong))
    page = pages(marked(report))["Kasus"]

    assert page["A1"].value == "Nomor kasus *"
    assert [page.cell(row, 1).value for row in (2, 3, 4)] == [None] * 3
    assert page["A5"].value == NUMBERS[0]["case_id"]


def test_a_copy_with_titles_comes_back_as_it_is(sqlite_engine, tmp_path):
    def one(book: openpyxl.Workbook) -> None:
        titles(book)
        book["Kegiatan"]["A5"] = date(2026, 9, 30)

    report = take_in(workbook(tmp_path, INTENDED, change=one), sqlite_engine, dry_run=True)
    assert [f.code for f in report.findings] == ["W-OUTSIDE"]
    path = tmp_path / "salinan.xlsx"
    path.write_bytes(marked(report))

    back = take_in(path, sqlite_engine, dry_run=True)

    assert [(f.code, f.rows) for f in back.findings] == [("W-OUTSIDE", (5,))]
    for table in INTENDED:
        assert back.checked.frames[table].equals(report.checked.frames[table])


def everything(content: bytes) -> str:
    """Return every part of a workbook as text."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_personal_values_and_another_posts_numbers_are_nowhere_in_the_copy(sqlite_engine, tmp_path):
    def wrong(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        page[cell(page, CASES, "case_id", 3)] = "SIN-2026-77777"
        page[cell(page, CASES, "outcome", 4)] = "paspor A7777777"
        page[cell(page, CASES, "channel", 5)] = "Sdri. Siti Aminah"
        book["Kegiatan"]["D2"] = "telp 0812-7777-7777"
        book["Mitra"]["B2"] = "siti.7777@contoh.id"
        book["Kasus"]["X1"], book["Kasus"]["X2"] = "Nama PMI", "Tujuh Tujuh 7777"

    report = refused(sqlite_engine, workbook(tmp_path, INTENDED, change=wrong))
    copy = marked(report)

    assert "7777" not in everything(copy)
    assert "Aminah" not in everything(copy)
    book = pages(copy)
    for sheet, field, row in (
        (CASES, "outcome", 4),
        (CASES, "channel", 5),
        (CASES, "case_id", 3),
        (ACTIVITIES, "partner", 2),
        (AGENCIES, "agency_name", 2),
    ):
        one = book[sheet.name][cell(book[sheet.name], sheet, field, row)]
        assert one.value is None
        assert one.comment is not None


def test_totals_other_columns_and_other_sheets_are_not_copied(sqlite_engine, tmp_path):
    def more(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        page["A9"], page["L9"] = "JUMLAH", 6
        page["X1"], page["X2"] = "Agama", "rahasia"
        book.create_sheet("Catatan")["A1"] = "rahasia"

    report = take_in(workbook(tmp_path, INTENDED, change=more), sqlite_engine, dry_run=True)
    copy = marked(report)

    assert "rahasia" not in everything(copy)
    book = pages(copy)
    assert book["Kasus"]["A9"].value is None
    assert book["Kasus"]["L9"].value is None
    assert {"W-LEFTOUT", "W-COLUMN", "W-SHEET"} == set(column(book, "Kode / Code"))


def column(book: openpyxl.Workbook, heading: str) -> list:
    """Return a column of the list of findings."""
    lines = list(book["Temuan"].values)
    top = next(number for number, line in enumerate(lines) if line[0] == "No.")
    at = lines[top].index(heading)
    return [line[at] for line in lines[top + 1 :]]


def test_the_list_tells_each_finding_in_both_languages_and_leads_to_its_cell(
    sqlite_engine, tmp_path
):
    report = refused(sqlite_engine, workbook(tmp_path, INTENDED, change=seed))
    book = pages(marked(report))

    assert book.sheetnames[:2] == ["Petunjuk", "Temuan"]
    assert column(book, "Kode / Code") == [f.code for f in report.findings]
    assert column(book, "Kekeliruan") == [f.reason.indonesian for f in report.findings]
    assert column(book, "What to do") == [f.advice.english for f in report.findings]
    links = {one.hyperlink.location for line in book["Temuan"] for one in line if one.hyperlink}
    assert links == {
        f"{sheet.name}!{cell(book[sheet.name], sheet, field, row)}"
        for sheet, field, row, *_ in FAULTS
    }


def test_a_column_that_is_missing_is_marked_at_its_heading(sqlite_engine, tmp_path):
    def wrong(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        page[cell(page, CASES, "channel", 1)] = "???"

    report = refused(sqlite_engine, workbook(tmp_path, INTENDED, change=wrong))
    book = pages(marked(report))

    heading = book["Kasus"][cell(book["Kasus"], CASES, "channel", 1)]
    assert heading.value == "Kanal pengaduan *"
    assert "E-MISSINGCOL" in heading.comment.text


def test_rows_that_stand_twice_both_stay(sqlite_engine, tmp_path):
    twice = month(cases=rows(CASES, *NUMBERS[:2], NUMBERS[0]))
    report = take_in(workbook(tmp_path, twice), sqlite_engine, dry_run=True)
    assert [f.code for f in report.findings] == ["W-DUP"]

    book = pages(marked(report))

    line_2, line_4 = ([one.value for one in book["Kasus"][row]] for row in (2, 4))
    assert line_2 == line_4
    assert marks(book) == {("Kasus", "A2"): YELLOW, ("Kasus", "A4"): YELLOW}


@pytest.mark.parametrize("words", ["=1+1", "=cmd|x", "@SUM(A1)", "http://contoh.id"])
def test_no_word_becomes_a_formula_or_a_link(sqlite_engine, tmp_path, words):
    def wrong(book: openpyxl.Workbook) -> None:
        for name in ("Kanal pengaduan", "Hasil"):
            page = book["Kasus"]
            at = next(one for one in page[1] if one.value.startswith(name)).column
            page.cell(2, at, words).data_type = "s"

    report = refused(sqlite_engine, workbook(tmp_path, INTENDED, change=wrong))
    copy = marked(report)

    page = pages(copy)["Kasus"]
    one = page[cell(page, CASES, "channel")]
    assert (one.value, one.data_type, one.hyperlink) == (words, "s", None)
    with zipfile.ZipFile(BytesIO(copy)) as book:
        parts = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in book.read(name) for name in parts)


def test_beyond_the_most_comments_cells_are_coloured_and_that_is_said(sqlite_engine, tmp_path):
    many = [{"case_id": f"RUH-2026-{n:05}", "channel": "qwerty"} for n in range(MOST_COMMENTS + 3)]
    report = refused(sqlite_engine, workbook(tmp_path, month(cases=rows(CASES, *many))))

    book = pages(marked(report))

    line = [one[0] for one in book["Kasus"].iter_rows(min_row=2, min_col=3, max_col=3)]
    assert sum(one.fill.fgColor.rgb == RED for one in line) == len(many)
    assert sum(one.comment is not None for one in line) == MOST_COMMENTS
    assert any("3 sel lain diwarnai saja" in str(one.value) for one in book["Temuan"]["A"])


def as_csv(sheet: Sheet, frame: pl.DataFrame, path: Path, **wrong: object) -> Path:
    """Write one sheet as a post would save it as csv; `wrong` goes into the first row."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([field.label.indonesian for field in sheet.fields])
    said = [in_words(field, frame[field.name]).to_list() for field in sheet.fields]
    for number, values in enumerate(zip(*said, strict=True)):
        named = dict(zip([field.name for field in sheet.fields], values, strict=True))
        line = named | (wrong if number == 0 else {})
        writer.writerow(["" if value is None else value for value in line.values()])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def test_the_copy_of_a_csv_is_a_workbook_of_that_sheet_and_comes_back_mended(
    sqlite_engine, tmp_path
):
    assert take_in(workbook(tmp_path), sqlite_engine).accepted
    meant = INTENDED["cases"]
    path = as_csv(CASES, meant, tmp_path / "kasus.csv", channel="qwerty")
    report = refused(sqlite_engine, path, post=POST, month=MONTH)
    book = pages(marked(report))
    assert book.sheetnames == ["Petunjuk", "Temuan", "Kasus", "Daftar"]
    assert any("kasus.csv" in str(one.value) for one in book["Petunjuk"]["B"])
    page = book["Kasus"]
    place = cell(page, CASES, "channel")
    assert marks(book) == {("Kasus", place): RED}
    assert page[place].value == "qwerty"
    page[place] = "Langsung"
    back = tmp_path / "kasus.xlsx"
    book.save(back)

    for given in ({}, {"post": POST, "month": MONTH}):
        again = take_in(back, sqlite_engine, dry_run=True, **given)
        assert again.accepted
        assert not again.read.whole
        assert again.findings == ()
    assert take_in(back, sqlite_engine).accepted

    assert stored(sqlite_engine, "cases").select(meant.columns).equals(meant)
    assert stored(sqlite_engine, "agencies").height == 1


@pytest.mark.parametrize("how", ["removed", "unknown"])
def test_a_workbook_of_one_sheet_must_have_it(sqlite_engine, tmp_path, how):
    path = as_csv(CASES, INTENDED["cases"], tmp_path / "kasus.csv", channel="qwerty")
    book = pages(marked(refused(sqlite_engine, path, post=POST, month=MONTH)))
    if how == "removed":
        book.remove(book["Kasus"])
    else:
        told: Worksheet = book["Petunjuk"]
        one = next(one for one in told["B"] if one.value == "Kasus saja")
        one.value = "Gaji saja"
    book.save(tmp_path / "kasus.xlsx")

    with pytest.raises(RefusedFile):
        take_in(tmp_path / "kasus.xlsx", sqlite_engine)


def test_a_sheet_that_is_missing_is_marked_in_the_copy(sqlite_engine, tmp_path):
    def wrong(book: openpyxl.Workbook) -> None:
        book.remove(book["Legalisasi"])

    report = refused(sqlite_engine, workbook(tmp_path, INTENDED, change=wrong))
    book = pages(marked(report))

    assert marks(book) == {("Legalisasi", "A1"): RED}
    assert [one.value for one in book["Legalisasi"][1]][0] == "Jenis dokumen *"
    assert BY_TABLE["legalised_documents"] is DOCUMENTS


def test_the_command_writes_the_copy_when_there_is_anything_to_mark(tmp_path):
    place = Installation(tmp_path / "data")
    path, copy = workbook(tmp_path, INTENDED, change=seed), tmp_path / "salinan.xlsx"

    done = place.run("import", "--dry-run", "--copy", copy, path)

    assert done.returncode == 2, done.stderr
    assert "salinan.xlsx" in done.stdout
    assert len(marks(openpyxl.load_workbook(copy))) == len(FAULTS)
    copy.unlink()
    assert place.run("import", "--copy", copy, workbook(tmp_path, INTENDED)).returncode == 0
    assert not copy.exists()


def test_the_command_makes_one_copy_at_a_time(tmp_path):
    place = Installation(tmp_path / "data")

    done = place.run("import", "--copy", tmp_path / "x.xlsx", "a.xlsx", "b.xlsx")

    assert done.returncode == 2
    assert "satu berkas" in done.stderr
