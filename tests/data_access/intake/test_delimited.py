"""One sheet as csv, in whatever shape a spreadsheet program writes it."""

import csv
import io
from datetime import date

import polars as pl
import pytest

from data_access.errors import RefusedFile
from data_access.intake import refusals
from data_access.intake.checks.checking import Checked, check
from data_access.intake.opening.delimited import read
from data_access.intake.reading.converting import schema
from data_access.intake.reading.files import placed, read_file
from data_access.sheets import BY_TABLE, CASES, SHEETS
from tests.data_access.intake.builders import DEFAULTS, MONTH, POST, TODAY

KNOWN = {
    table: pl.DataFrame(schema={"period": pl.Date, **schema(sheet)})
    for table, sheet in BY_TABLE.items()
}

ROW = {**DEFAULTS["cases"], "agency_code": "", "amount_claimed": "9000,50", "in_shelter": "Ya"}
HEADINGS = [field.label.indonesian for field in CASES.fields]


def table(*rows: dict, separator: str = ";", headings: list[str] | None = None) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(headings or HEADINGS)
    for row in rows or ({},):
        filled = {**ROW, **row}
        writer.writerow([filled.get(field.name, "") for field in CASES.fields])
    return out.getvalue()


def checked(content: str | bytes) -> Checked:
    raw = content.encode() if isinstance(content, str) else content
    return check(read_file("kasus.csv", raw, post=POST, month=MONTH), today=TODAY, known=KNOWN)


def refusal(content: str | bytes) -> str:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(RefusedFile) as caught:
        placed(read(raw))
    return caught.value.text.indonesian


def errors(got: Checked) -> list[tuple]:
    return [(f.code, f.rows, f.column) for f in got.findings if f.severity == "error"]


def is_the_case(got: Checked) -> bool:
    assert [f for f in got.findings if f.severity == "error"] == []
    return got.frames["cases"]["case_id"].to_list() == ["RUH-2026-00001"]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_each_usual_separator_is_recognised(separator):
    assert is_the_case(checked(table(separator=separator)))


def test_the_separator_line_of_excel_is_honoured():
    assert is_the_case(checked("sep=;\n" + table()))


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_each_usual_line_end_is_read(ending):
    assert is_the_case(checked(table().replace("\n", ending)))


def test_a_line_break_within_a_cell_does_not_move_the_numbers():
    content = table({"case_id": "RUH-2026-00001\n"}, {"case_id": "x"})
    (finding,) = [f for f in checked(content).findings if f.severity == "error"]
    assert (finding.rows, finding.value) == ((4,), "x")


def test_headings_are_known_in_either_language_by_name_and_in_any_order():
    for headings in (
        [field.label.english for field in CASES.fields],
        [field.name.upper() for field in CASES.fields],
        [f" {field.label.indonesian}\u00a0* " for field in CASES.fields],
        ["No. Kasus", *HEADINGS[1:]],
    ):
        assert is_the_case(checked(table(headings=headings)))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_each_sheet_is_recognised_from_its_headings(sheet):
    content = ";".join(field.label.indonesian for field in sheet.fields) + "\n" + "x;" * 9
    file = read_file("a.csv", content.encode(), post=POST, month=MONTH)
    assert file.sheets[0][0] is sheet
    assert not file.whole


def test_a_line_of_another_width_is_an_error():
    lines = table({}, {"case_id": "RUH-2026-00002"}).splitlines()
    for broken in (lines[2] + ";9", lines[2].removesuffix(";Ya")):
        assert errors(checked("\n".join([*lines[:2], broken]))) == [("E-FIELDS", (3,), "")]


def test_lines_of_one_wrong_width_are_told_together():
    lines = table({}, {"case_id": "RUH-2026-00002"}, {"case_id": "RUH-2026-00003"}).splitlines()
    wide = [lines[0], lines[1], *(f"{line};" for line in lines[2:])]
    assert errors(checked("\n".join(wide))) == [("E-FIELDS", (3, 4), "")]


@pytest.mark.parametrize("places", [(0, 1, 2), (1, 2), (0,)], ids=["all", "rows", "headings"])
def test_an_empty_field_at_the_end_of_every_line_is_no_fault(places):
    lines = table({}, {"case_id": "RUH-2026-00002"}).splitlines()
    lines = [f"{line};;" if at in places else line for at, line in enumerate(lines)]
    assert checked("\n".join(lines)).findings == ()


@pytest.mark.parametrize("line", ["# catatan", "Jumlah;2", "Mengetahui,"])
def test_a_line_that_is_no_data_may_have_another_width(line):
    (finding,) = checked(f"{table()}{line}\n").findings
    assert (finding.code, finding.rows) == ("W-LEFTOUT", (3,))


@pytest.mark.parametrize("words", ["#N/A", "#REF!", "########"])
def test_a_first_cell_that_could_not_be_read_does_not_leave_its_row_out(words):
    assert errors(checked(table({"case_id": words}))) == [("E-PATTERN", (2,), "A")]


def test_a_sheet_with_nothing_but_a_total_reports_nothing():
    with pytest.raises(RefusedFile) as refused:
        checked(table().splitlines()[0] + "\nJumlah;2\n")
    assert refused.value.code == refusals.NO_ROWS.code


def test_a_wrong_quotation_mark_is_told_with_its_cell_and_the_reading_goes_on():
    lines = table({}, {"case_id": "RUH-2026-00002"}).splitlines()
    broken = lines[1].replace("in_person", '"in_person" x')
    wrong = lines[2].replace("A1", "A9")
    got = checked("\n".join([lines[0], broken, wrong]))
    assert errors(got) == [("E-CSV-QUOTE", (2,), "C"), ("E-CODE", (3,), "D")]


def test_a_quotation_mark_left_open_swallows_no_other_line():
    lines = table({}, {"case_id": "RUH-2026-00002"}).splitlines()
    left_open, quoted = (
        lines[1].replace("in_person", '"in_person'),
        lines[2].replace("A1", '"A1"'),
    )
    raw = read("\n".join([lines[0], left_open, quoted]).encode())
    assert [(f.code, f.rows, f.column) for f in raw.findings] == [("E-CSV-QUOTE", (2,), "C")]
    assert raw.texts["A"].to_list()[1:] == ["RUH-2026-00001", "RUH-2026-00002"]


@pytest.mark.parametrize("separator", [",", ";"])
def test_headings_broken_over_two_lines_are_known(separator):
    headings = [words.replace(" ", "\n") for words in HEADINGS]
    assert is_the_case(checked(table(separator=separator, headings=headings)))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", refusals.EMPTY),
        (b"PK\x03\x04rest", refusals.NOT_CSV),
        (table().encode("utf-32"), refusals.ENCODING),
        (table().encode("utf-16-le"), refusals.ENCODING),
        (b"\xff\xfe\x00", refusals.ENCODING),
        (table().split("\n")[0], refusals.NO_ROWS),
        (table() + "\n" + "z" * 70_000, refusals.LONG_LINE.format(row=4)),
        (table().replace("RUH-2026-00001", "RUH\0"), refusals.NUL.format(row=2)),
        (table() + '\n"RUH', refusals.QUOTES.format(row=4)),
        (";;\n;", refusals.EMPTY),
        (";".join(HEADINGS) + ";" * 300 + "\nx", refusals.TOO_WIDE.format(row=1, most=200)),
        (table() + "x\n" * 300_001, refusals.TOO_MANY_ROWS.format(most=300_000)),
        (table() + "\n" * 1_000_001, refusals.TOO_MANY_ROWS.format(most=1_000_000)),
        (table() + "x\n" * 110_001, refusals.CELLS.format(most=2_500_000)),
    ],
    ids=[
        "empty",
        "zip",
        "utf-32",
        "no byte order",
        "half a letter",
        "headings only",
        "long line",
        "nul",
        "open quote",
        "only separators",
        "columns",
        "rows",
        "lines",
        "cells",
    ],
)
def test_what_cannot_be_read_as_a_whole_is_refused_with_its_reason(content, text):
    assert refusal(content) == text.text.indonesian


def test_a_file_without_known_headings_is_refused_naming_some():
    words = refusal("a;b;c\n1;2;3\n")
    assert "Nomor kasus" in words


@pytest.mark.parametrize("whose", [{"post": POST, "month": None}, {"post": None, "month": MONTH}])
def test_a_csv_file_needs_its_post_and_month_told(whose):
    with pytest.raises(RefusedFile, match="post and the month"):
        read_file("a.csv", table().encode(), **whose)


def test_a_csv_file_of_an_unknown_post_is_refused():
    with pytest.raises(RefusedFile, match="XXX"):
        read_file("a.csv", table().encode(), post="XXX", month=date(2026, 10, 1))
