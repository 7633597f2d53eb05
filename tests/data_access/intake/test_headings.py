"""Where the headings stand, what each column is, and what is said about the others."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_col_to_name

from data_access.intake.findings import Finding
from data_access.intake.reading.columns import about_columns
from data_access.intake.reading.headings import headings, known, recognised, spelled
from data_access.intake.reading.other_headings import OTHER_WORDS
from data_access.sheets import CASES, JOB_ORDERS, SHEETS

HEADINGS = [field.label.indonesian for field in CASES.fields]
ROW = ["RUH-2026-00001", "2026-10-14", "Langsung", *("x" for _ in HEADINGS[3:])]


def texts(*rows: list[str]) -> pl.DataFrame:
    """Return cells as a reader gives them."""
    width = max(len(row) for row in rows)
    padded = [[cell or None for cell in row] + [None] * (width - len(row)) for row in rows]
    letters = dict.fromkeys(map(xl_col_to_name, range(width)), pl.String)
    frame = pl.DataFrame(padded, schema=letters, orient="row")
    return frame.with_row_index("row", offset=1).cast({"row": pl.Int32})


def said(*rows: list[str]) -> list[Finding]:
    """Return what is said about the columns of cases."""
    cells = texts(*rows)
    found = headings(CASES, cells)
    return list(about_columns(CASES, cells.filter(pl.col("row") > found.row), found))


def codes(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.column) for finding in findings]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_two_fields_of_a_sheet_have_a_spelling_in_common(sheet):
    own = [
        {spelled(w) for w in (f.label.indonesian, f.label.english, f.name)} for f in sheet.fields
    ]
    assert sum(map(len, own)) == len(set().union(*own))
    for field, words in zip(sheet.fields, own, strict=True):
        assert all(known(sheet)[one] is field for one in words)


def test_every_other_word_stands_for_a_field_and_for_no_official_heading():
    names = {field.name for sheet in SHEETS for field in sheet.fields}
    assert set(OTHER_WORDS.values()) <= names
    for sheet in SHEETS:
        for words, name in OTHER_WORDS.items():
            found = known(sheet).get(spelled(words))
            assert found is None or found.name == name


@given(st.data())
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_headings_in_one_row_are_never_joined_with_what_stands_around_them(data):
    sheet = data.draw(st.sampled_from(SHEETS))
    own = [field.label.indonesian for field in sheet.fields]
    words = st.sampled_from(["", "x", "2026-10-14", "Tanggal", "lapor", *own])
    row = st.lists(words, min_size=len(own), max_size=len(own))
    title = data.draw(st.lists(st.sampled_from(["", "Tanggal", "LAPORAN"]), max_size=len(own)))
    below = data.draw(st.lists(row, max_size=3))
    found = headings(sheet, texts(title, own, *below))
    assert found.row == 2
    assert [field.name for field in found.fields.values()] == [f.name for f in sheet.fields]


def test_a_group_over_its_columns_is_joined_with_them():
    upper = ["Nomor job order", "Tanggal", "", "", "Kode", "", "Skema"]
    lower = ["", "diterima", "verifikasi", "Berlaku sampai", "mitra", "P3MI", ""]
    found = headings(JOB_ORDERS, texts(["Laporan"], upper, lower, ["x"] * 7))
    assert found.row == 3
    names = [found.fields[letter].name for letter in "ABCDEFG"]
    assert names == [
        "jo_id",
        "date_received",
        "date_verified",
        "valid_until",
        "agency_code",
        "p3mi_code",
        "scheme",
    ]


def test_a_sheet_is_recognised_by_two_rows_of_headings():
    upper = ["Nomor kasus", "Tanggal", "", "Hak keuangan", ""]
    lower = ["", "lapor", "selesai/ditutup", "dituntut", "diperoleh"]
    sheet, found = recognised(texts(upper, lower, ROW))
    assert (sheet, found.row, len(found.fields)) == (CASES, 2, 5)


def test_a_band_of_groups_over_whole_headings_is_only_a_band():
    found = headings(CASES, texts(["A. Identitas", "", "B. Waktu"], HEADINGS, ROW))
    assert (found.row, found.words["A"]) == (2, "Nomor kasus")


def test_rows_of_data_above_the_headings_are_told_and_a_title_is_not():
    assert codes(said(["LAPORAN BULANAN"], ["Pos", "Riyadh"], HEADINGS, ROW)) == []
    (finding,) = said(ROW, HEADINGS, ROW)
    assert (finding.code, finding.rows, finding.severity) == ("W-ABOVE", (1,), "warning")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("tangal_lapor", "Tanggal lapor"),
        ("Jenis ksus", "Jenis kasus"),
        ("Date reportd", "Tanggal lapor"),
        ("T\u0430nggal lapor", "Tanggal lapor"),
    ],
)
def test_a_misspelt_heading_is_asked_about_once_and_never_guessed(words, field):
    given_words = [words if heading == field else heading for heading in HEADINGS]
    (finding,) = said(given_words, ROW)
    assert (finding.code, finding.heading.indonesian) == ("E-HEADER", words)
    assert f"'{field}'" in finding.advice.indonesian


def test_two_misspelt_headings_are_each_given_their_own_field():
    given_words = [
        *HEADINGS[:19],
        "Hak keuangan ditunttut",
        "Hak keuangan diperolleh",
        *HEADINGS[21:],
    ]
    found = said(given_words, ROW)
    assert codes(found) == [("E-HEADER", "T"), ("E-HEADER", "U")]
    assert "dituntut'" in found[0].advice.indonesian
    assert "diperoleh'" in found[1].advice.indonesian


def test_an_extra_column_is_not_asked_about_when_nothing_is_missing():
    assert codes(said([*HEADINGS, "Tangal lapor"], [*ROW, "x"])) == [("W-COLUMN", "X")]


@pytest.mark.parametrize("words", ["\u0441\u0442\u0430\u0442us", "Agama \u0391x"])
def test_letters_of_two_scripts_in_a_heading_are_refused(words):
    assert codes(said([*HEADINGS, words], ROW)) == [("E-HEADER", "X")]


@pytest.mark.parametrize(
    "words", ["\u0627\u0633\u0645", "\u59d3", "Agama \u0440\u043e\u0441\u0442"]
)
def test_an_extra_heading_with_words_of_another_script_is_only_told(words):
    assert codes(said([*HEADINGS, words], ROW)) == [("W-COLUMN", "X")]


@pytest.mark.parametrize("words", ["=A1", "+A1", "@SUM(A1)"])
def test_a_formula_is_no_heading(words):
    assert codes(said([words, *HEADINGS[1:]], ROW)) == [("E-HEADER", "A"), ("E-MISSINGCOL", "")]


def test_a_heading_that_is_personal_data_itself_is_not_shown():
    (finding,) = said([*HEADINGS, "paspor A1234567"], ROW)
    assert (finding.code, finding.heading.indonesian) == ("E-PRIVACY", "")


def test_a_personal_column_is_refused_for_that_and_its_look_alike_still_missing():
    given_words = ["Nama kasus", *HEADINGS[1:]]
    assert codes(said(given_words, ROW)) == [("E-PRIVACY", "A"), ("E-MISSINGCOL", "")]
