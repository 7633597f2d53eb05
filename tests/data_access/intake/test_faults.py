"""Each fault one by one, through the whole import, and what the post reads about it."""

from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from data_access.errors import RefusedFile
from data_access.fields import Sheet
from data_access.intake.importing import import_file
from data_access.intake.report import Report, line, lines
from data_access.sheets import (
    ACTIVITIES,
    AGENCIES,
    ASSESSMENTS,
    CASES,
    DOCUMENTS,
    JOB_ORDERS,
    PLACEMENTS,
    REVIEWS,
    SUMMARY,
)
from tests.data_access.intake.builders import TODAY, cell, month, rows, with_cell, workbook
from tests.data_access.intake.imports import counts

Change = Callable[[openpyxl.Workbook], None]


@pytest.fixture
def outcome(sqlite_engine, tmp_path):
    """Return a function that imports a month and checks that a refusal stores nothing."""

    def take_in(tables: dict | None = None, change: Change | None = None) -> Report:
        before = counts(sqlite_engine)
        path = workbook(tmp_path, month(**(tables or {})), change=change)
        report = import_file(path, engine=sqlite_engine, today=TODAY)
        if not report.accepted:
            assert counts(sqlite_engine) == before
        return report

    return take_in


ROW_FAULTS = [
    (
        CASES,
        {"date_reported": date(2026, 11, 1), "date_first_response": None},
        "E-FUTURE",
        "date_reported",
    ),
    (CASES, {"date_first_response": date(2026, 11, 9)}, "E-FUTURE", "date_first_response"),
    (CASES, {"date_first_response": date(2026, 10, 13)}, "E-ORDER", "date_first_response"),
    (
        CASES,
        {"status": "resolved", "outcome": "withdrawn", "date_closed": date(2026, 10, 13)},
        "E-ORDER",
        "date_closed",
    ),
    (CASES, {"status": "resolved", "outcome": "withdrawn"}, "E-CLOSED", "date_closed"),
    (CASES, {"status": "closed", "date_closed": date(2026, 10, 20)}, "E-OUTCOME", "outcome"),
    (CASES, {"date_closed": date(2026, 10, 20)}, "E-OPEN", "date_closed"),
    (CASES, {"currency": None}, "E-CURRENCY", "currency"),
    (CASES, {"case_type": "A9"}, "E-CODE", "case_type"),
    (CASES, {"case_id": "2026-1"}, "E-PATTERN", "case_id"),
    (CASES, {"channel": None}, "E-REQUIRED", "channel"),
    (CASES, {"agency_code": "RUH-M0099"}, "E-REF", "agency_code"),
    (CASES, {"people": 0}, "E-RANGE", "people"),
    (PLACEMENTS, {"agency_code": "RUH-M0099"}, "E-REF", "agency_code"),
    (PLACEMENTS, {"employer_type": "unknown"}, "E-CODE", "employer_type"),
    (
        AGENCIES,
        {"sanction_from": date(2026, 9, 2), "sanction_until": date(2026, 9, 1)},
        "E-ORDER",
        "sanction_until",
    ),
    (AGENCIES, {"agency_name": "Mitra, telp 0812-3456-7890"}, "E-PRIVACY", "agency_name"),
    (ASSESSMENTS, {"date": date(2026, 11, 2)}, "E-FUTURE", "date"),
    (ASSESSMENTS, {"q3": 3}, "E-RANGE", "q3"),
    (REVIEWS, {"n_reviews": 0}, "E-SCORES", "n_reviews"),
    (REVIEWS, {"quarter": "2027-Q1"}, "E-FUTURE", "quarter"),
    (JOB_ORDERS, {"filled": 51}, "E-FILLED", "filled"),
    (JOB_ORDERS, {"currency": None}, "E-CURRENCY", "currency"),
    (JOB_ORDERS, {"valid_until": date(2026, 10, 10)}, "E-ORDER", "valid_until"),
    (JOB_ORDERS, {"date_received": date(2026, 11, 1)}, "E-FUTURE", "date_received"),
    (ACTIVITIES, {"date": date(2026, 11, 1)}, "E-FUTURE", "date"),
    (ACTIVITIES, {"partner": "paspor A1234567"}, "E-PRIVACY", "partner"),
    (ACTIVITIES, {"partner": "Bpk. Contoh Orang"}, "E-PRIVACY", "partner"),
    (AGENCIES, {"agency_name": "-"}, "E-REQUIRED", "agency_name"),
    (CASES, {"case_id": "\u0420UH-2026-00001"}, "E-SCRIPT", "case_id"),
]


@pytest.mark.parametrize(("sheet", "given", "code", "field"), ROW_FAULTS)
def test_a_wrong_row_keeps_the_file_out_and_is_named_with_its_place(
    outcome, sheet: Sheet, given, code, field
):
    report = outcome({sheet.table: rows(sheet, given)})
    errors = [f for f in report.findings if f.severity == "error"]
    assert [(f.sheet, f.code, f.rows) for f in errors] == [(sheet.name, code, (2,))]
    (finding,) = errors
    assert finding.heading == sheet.field(field).label
    assert finding.column == letter(sheet, field)
    assert not report.accepted
    for words in (line(finding).indonesian, line(finding).english):
        assert not any(mark in words for mark in "{}")


def test_rows_of_another_post_keep_the_file_out_counted_and_not_shown(outcome):
    foreign = [{"case_id": f"SIN-2026-0000{n}"} for n in (1, 2)]
    report = outcome({"cases": rows(CASES, {}, *foreign)})
    assert [(f.sheet, f.code, f.rows) for f in report.findings] == [
        ("", "E-FOREIGN", ()),
        ("Kasus", "E-FOREIGN", (3, 4)),
    ]
    said = " ".join(lines(report, "id"))
    assert "2 baris" in said
    assert "2026-0000" not in said


def test_a_fault_between_two_cells_names_both(outcome):
    report = outcome({"cases": rows(CASES, {"date_first_response": date(2026, 10, 13)})})
    (finding,) = report.findings
    assert finding.also == (letter(CASES, "date_reported"),)
    assert "Tanggal lapor" in line(finding).indonesian


def letter(sheet: Sheet, field: str) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[[one.name for one in sheet.fields].index(field)]


ROW_WARNINGS = [
    (CASES, {"amount_recovered": 10_000}, "W-RECOVERED"),
    (
        CASES,
        {"status": "resolved", "outcome": "withdrawn", "date_closed": date(2026, 11, 2)},
        "W-AFTERMONTH",
    ),
    (DOCUMENTS, {"received": 800}, "W-BALANCE"),
    (JOB_ORDERS, {"date_verified": None}, "W-NOTDATED"),
    (ACTIVITIES, {"date": date(2026, 9, 30)}, "W-OUTSIDE"),
    (ACTIVITIES, {"partner": "=1+1|x"}, "W-LIKEFORMULA"),
    (JOB_ORDERS, {"occupation": "@Perawat"}, "W-LIKEFORMULA"),
]


@pytest.mark.parametrize(("sheet", "given", "code"), ROW_WARNINGS)
def test_a_doubtful_row_is_told_and_taken(outcome, sheet, given, code):
    report = outcome({sheet.table: rows(sheet, given)})
    assert [(f.sheet, f.code, f.rows) for f in report.findings] == [(sheet.name, code, (2,))]
    assert report.accepted
    assert "Peringatan" in " ".join(lines(report, "id"))


def test_the_line_about_a_fault_says_where_what_and_what_to_do(outcome):
    report = outcome(
        {
            "cases": rows(
                CASES,
                *({"case_id": f"RUH-2026-{n:05}"} for n in range(13)),
                {"case_type": "A9", "case_id": "RUH-2026-00013"},
            )
        }
    )
    said = lines(report, "id")
    assert said[0] == (
        "laporan.xlsx: ditolak seluruhnya (RUH, 2026-10), 1 kekeliruan. Tidak ada yang disimpan."
    )
    assert said[1].startswith(
        "Lembar Kasus, baris 15, kolom D (Jenis kasus): 'A9' tidak dikenal. "
        "Pilih salah satu dari daftar: Gaji tidak dibayar; "
    )
    assert lines(report, "en")[1].startswith(
        "Sheet Kasus (Cases), row 15, column D (Case type): 'A9' is not known. "
    )


def test_a_personal_value_is_never_shown_again(outcome):
    report = outcome({"activities": rows(ACTIVITIES, {"partner": "paspor A1234567"})})
    for language in ("id", "en"):
        assert "1234567" not in " ".join(lines(report, language))


def test_a_passport_number_in_the_wrong_column_is_not_shown_again(outcome):
    report = outcome({"cases": rows(CASES, {"case_id": "A1234567"})})
    assert "1234567" not in " ".join(lines(report, "id"))
    assert report.findings[0].code == "E-PRIVACY"


def test_the_same_wrong_word_in_many_rows_is_told_once_with_its_rows(outcome):
    many = [{"case_id": f"RUH-2026-{n:05}", "channel": "pos"} for n in range(25)]
    (finding,) = outcome({"cases": rows(CASES, *many)}).findings
    assert finding.rows == tuple(range(2, 27))
    assert "baris 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 dan 15 lainnya" in line(finding).indonesian


def test_a_case_number_that_stands_twice_names_both_rows(outcome):
    report = outcome({"cases": rows(CASES, {}, {"people": 2})})
    (finding,) = report.findings
    assert (finding.code, finding.rows, finding.value) == ("E-DUP", (2, 3), "RUH-2026-00001")


def test_two_equal_rows_are_taken_once_and_told(outcome):
    report = outcome({"cases": rows(CASES, {}, {})})
    assert [(f.code, f.rows) for f in report.findings] == [("W-DUP", (2, 3))]
    assert report.outcome.changes["cases"].added == 1


def test_a_key_with_an_empty_part_can_stand_twice_too(outcome):
    report = outcome({"placements": rows(PLACEMENTS, {}, {"count": 2})})
    assert [(f.code, f.rows) for f in report.findings] == [("E-DUP", (2, 3))]


@pytest.mark.parametrize("given", [(), ({}, {"shelter_in": 9})])
def test_the_summary_has_exactly_one_row(outcome, given):
    report = outcome({"monthly_summary": rows(SUMMARY, *given)})
    assert [(f.sheet, f.code) for f in report.findings] == [("Rekap", "E-ONEROW")]


def test_empty_sheets_are_a_report_that_nothing_happened(outcome):
    empty = {name: frame.clear() for name, frame in month().items() if name != "monthly_summary"}
    report = outcome(empty)
    assert report.findings == ()
    assert report.outcome.total("added") == 1


@pytest.mark.parametrize(
    "heading", ["Nama PMI", "No. Paspor", "NIK", "Telepon", "Alamat", "E-mail"]
)
def test_a_column_of_personal_data_keeps_the_file_out(outcome, heading):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["X1"], book["Kasus"]["X2"] = heading, "x"

    (finding,) = outcome(change=change).findings
    assert (finding.code, finding.column, finding.value) == ("E-PRIVACY", "X", "")
    assert finding.heading.indonesian == heading


@pytest.mark.parametrize(
    ("heading", "words"), [("Keterangan", "Sdri. Contoh Orang"), ("Nomor lama", "A1234567")]
)
def test_a_person_in_a_column_that_is_not_stored_keeps_the_file_out_too(outcome, heading, words):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["X1"], book["Kasus"]["X2"] = heading, words

    report = outcome(change=change)
    found = [(f.code, f.rows, f.column, f.value) for f in report.findings]
    assert found == [("E-PRIVACY", (2,), "X", ""), ("W-COLUMN", (1,), "X", "")]


def test_a_person_below_the_table_keeps_the_file_out_too(outcome):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["A5"], book["Kasus"]["B6"] = "Mengetahui,", "Catatan: hubungi 0812-3456-7890"

    errors = [f for f in outcome(change=change).findings if f.severity == "error"]
    assert [(f.code, f.rows, f.column) for f in errors] == [("E-PRIVACY", (6,), "B")]


@pytest.mark.parametrize("field", ["channel", "people", "date_closed", "amount_claimed"])
@pytest.mark.parametrize(
    "words", ["A1234567", "3201010101010001", "0812-3456-7890", "orang@contoh.example"]
)
def test_a_person_in_any_column_is_refused_and_not_shown_again(outcome, field, words):
    report = outcome(change=with_cell(CASES, field, words))
    assert [(f.code, f.rows) for f in report.findings] == [("E-PRIVACY", (2,))]
    for language in ("id", "en"):
        assert words not in " ".join(lines(report, language))


def dates_of_cases(*words: str) -> Change:
    """Return a change that writes the closing dates of as many cases."""

    def change(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        for row, text in enumerate(words, start=2):
            page[cell(page, CASES, "date_closed", row)] = text

    return change


def closed_cases(n: int) -> dict:
    closed = {"status": "closed", "outcome": "withdrawn", "date_reported": date(2026, 1, 2)}
    ids = [{"case_id": f"RUH-2026-{at:05}", "date_first_response": None} for at in range(n)]
    return {"cases": rows(CASES, *({**closed, **one} for one in ids))}


def test_a_date_that_can_only_be_month_first_makes_its_whole_column_doubtful(outcome):
    words = ("10/21/2026", "03/04/2026", "14/10/2026")
    report = outcome(closed_cases(3), dates_of_cases(*words))
    assert [(f.code, f.rows, f.column) for f in report.findings] == [
        ("E-DATE", (2,), "R"),
        ("E-DATEORDER", (3,), "R"),
    ]
    assert "hari/bulan/tahun" in report.findings[0].reason.indonesian


def test_dates_that_a_spreadsheet_may_have_swapped_are_told(outcome):
    words = ("2026-03-04", "2026-10-05", "2026-09-12", "14/10/2026")
    report = outcome(closed_cases(4), dates_of_cases(*words))
    assert [(f.code, f.rows) for f in report.findings] == [("W-SWAPPED", (2, 3, 4))]


def test_real_dates_beyond_the_twelfth_are_not_said_to_be_swapped(outcome):
    words = ("2026-03-04", "2026-10-05", "2026-09-13", "14/10/2026")
    assert outcome(closed_cases(4), dates_of_cases(*words)).findings == ()


def claims(*words: str) -> Change:
    """Return a change that writes the amounts claimed in as many cases."""

    def change(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        for row, text in enumerate(words, start=2):
            page[cell(page, CASES, "amount_claimed", row)] = text

    return change


def cases(n: int, **said: object) -> dict:
    return {"cases": rows(CASES, *({"case_id": f"RUH-2026-{at:05}", **said} for at in range(n)))}


@pytest.mark.parametrize(
    "words", [("1.234,5", "1,234.5"), ("1.234", "12.5"), ("1,234", "12.5"), ("1.234", "1,234,567")]
)
def test_a_column_with_two_ways_of_writing_numbers_keeps_the_file_out(outcome, words):
    report = outcome(cases(2), claims(*words))
    assert ("E-NUMFORMAT", (1,), "T") in [(f.code, f.rows, f.column) for f in report.findings]


def test_of_two_ways_of_writing_numbers_none_is_guessed_for_what_can_be_both(outcome):
    report = outcome(cases(3), claims("1.500", "9,000.50", "12"))
    assert [(f.code, f.rows) for f in report.findings if f.value == "1.500"] == [
        ("E-NUMFORMAT", (2,))
    ]
    assert report.checked.rows["cases"]["amount_claimed"].to_list()[::2] == [None, 12]


@pytest.mark.parametrize("words", [("1.234,5", "12,5"), ("12.5", "12,5"), ("1.234", "900")])
def test_numbers_that_cannot_be_mistaken_may_stand_together(outcome, words):
    assert outcome(cases(2), claims(*words)).accepted


def test_an_amount_with_the_currency_of_its_row_is_read(outcome):
    report = outcome(cases(2, currency="IDR"), claims("Rp 1.500.000", "Rp2.000.000,-"))
    assert report.findings == ()
    assert report.outcome.changes["cases"].added == 2


def test_an_amount_in_another_currency_than_its_row_is_refused(outcome):
    report = outcome(cases(2), claims("USD 500", "SAR 500"))
    (finding,) = report.findings
    assert (finding.code, finding.rows, finding.column) == ("E-CURRENCY", (2,), "T")
    assert "USD" in finding.reason.indonesian
    assert "SAR" in finding.reason.indonesian
    assert report.checked.rows["cases"]["amount_claimed"].to_list() == [None, 500]


def test_an_extra_column_is_told_and_not_stored(outcome):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["X1"], book["Kasus"]["X2"] = "Agama", "x"
        book["Kasus"]["Z2"] = "tanpa judul"

    report = outcome(change=change)
    assert [(f.code, f.column) for f in report.findings] == [("W-COLUMN", "X"), ("W-COLUMN", "Z")]
    assert report.accepted


def test_a_misspelt_heading_is_not_guessed_but_suggested(outcome):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["B1"] = "Tangal lapor"

    report = outcome(change=change)
    (finding,) = report.findings
    assert (finding.code, finding.column) == ("E-HEADER", "B")
    assert "'Tanggal lapor'" in finding.advice.indonesian


def test_a_heading_that_stands_twice_keeps_the_file_out(outcome):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"]["X1"] = "Nomor kasus"

    assert [(f.code, f.column) for f in outcome(change=change).findings] == [("E-DUPHEADER", "X")]


def test_rows_without_headings_keep_the_file_out(outcome):
    def change(book: openpyxl.Workbook) -> None:
        book["Kasus"].delete_rows(1)

    assert [(f.sheet, f.code) for f in outcome(change=change).findings] == [("Kasus", "E-HEADER")]


def test_totals_signatures_and_repeated_headings_are_told_and_left_out(outcome):
    def change(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        for column in range(1, 24):
            page.cell(3, column, page.cell(1, column).value)
        page["A5"], page["L5"] = "JUMLAH", 1
        page["A7"] = "Mengetahui,"

    report = outcome(change=change)
    assert [(f.code, f.rows) for f in report.findings] == [("W-LEFTOUT", (3, 5, 7))]
    assert report.outcome.changes["cases"].added == 1


def test_a_name_that_begins_like_a_total_is_no_total(outcome):
    def change(book: openpyxl.Workbook) -> None:
        book["Mitra"]["A3"], book["Mitra"]["B3"] = None, "Total Contoh (simulasi)"

    errors = [f for f in outcome(change=change).findings if f.severity == "error"]
    assert {(f.code, f.rows) for f in errors} == {("E-REQUIRED", (3,))}


@pytest.mark.parametrize("how", ["hidden", "removed"])
def test_a_sheet_that_is_missing_or_hidden_keeps_the_file_out(outcome, how):
    def change(book: openpyxl.Workbook) -> None:
        if how == "hidden":
            book["Mitra"].sheet_state = "hidden"
        else:
            book.remove(book["Mitra"])

    report = outcome({"cases": rows(CASES)}, change)
    errors = {(f.sheet, f.code) for f in report.findings if f.severity == "error"}
    assert ("Mitra", "E-SHEET") in errors


def test_a_formula_without_a_result_keeps_the_file_out(outcome):
    (finding,) = outcome(change=with_cell(CASES, "people", "=1+1")).findings
    assert (finding.code, finding.rows, finding.column) == ("E-FORMULA", (2,), "L")
    assert finding.heading == CASES.field("people").label


def test_several_faults_are_all_told_at_once_errors_first(outcome):
    report = outcome(
        {
            "cases": rows(CASES, {"case_type": "A9", "amount_recovered": 1e6, "channel": None}),
            "job_orders": rows(JOB_ORDERS, {"filled": 99}),
        }
    )
    codes = [f.code for f in report.findings]
    assert codes == ["E-REQUIRED", "E-CODE", "E-FILLED", "W-RECOVERED"]


def test_a_row_with_an_unreadable_date_is_not_blamed_for_its_order_too(outcome):
    def change(book: openpyxl.Workbook) -> None:
        page = book["Kasus"]
        page[cell(page, CASES, "date_reported")] = "kemarin"

    (finding,) = outcome(change=change).findings
    assert (finding.code, finding.value) == ("E-DATE", "kemarin")


def test_a_long_list_is_cut_for_the_reader_and_whole_in_the_report(outcome):
    many = [{"case_id": f"RUH-2026-{n:05}", "channel": f"kanal {n}"} for n in range(80)]
    report = outcome({"cases": rows(CASES, *many)})
    assert len(report.findings) == 80
    said = lines(report, "id", most=60)
    assert len(said) == 62
    assert said[-1] == "... dan 20 temuan lain. Perbaiki dahulu yang di atas."


def test_an_agency_already_known_need_not_be_sent_again(outcome):
    assert outcome().accepted
    report = outcome({"agencies": rows(AGENCIES), "cases": rows(CASES, {"people": 2})})
    assert report.findings == ()
    assert report.outcome.changes["cases"].changed == 1


def test_a_closed_case_that_is_open_again_is_told(outcome):
    closed = {"status": "closed", "outcome": "withdrawn", "date_closed": date(2026, 10, 20)}
    outcome({"cases": rows(CASES, closed)})
    assert [(f.code, f.rows) for f in outcome().findings] == [("W-REOPENED", (2,))]


def test_a_large_change_of_registered_workers_is_told(sqlite_engine, tmp_path):
    for period, registered in ((date(2026, 9, 1), 1000), (date(2026, 10, 1), 1250)):
        tables = {"monthly_summary": rows(SUMMARY, {"registered_workers": registered})}
        path = workbook(tmp_path, tables, period=period)
        report = import_file(path, engine=sqlite_engine, today=TODAY)
    (finding,) = report.findings
    assert finding.code == "W-CHANGE"
    assert "+25 %" in line(finding).indonesian


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04...", b"bukan buku kerja"])
def test_a_file_that_is_no_workbook_leaves_the_database_as_it_was(sqlite_engine, tmp_path, content):
    before = counts(sqlite_engine)
    path = tmp_path / "laporan.xlsx"
    path.write_bytes(content)
    with pytest.raises(RefusedFile):
        import_file(path, engine=sqlite_engine, today=TODAY)
    assert counts(sqlite_engine) == before


def test_a_file_of_another_post_than_asked_for_leaves_the_database_as_it_was(
    sqlite_engine, tmp_path
):
    before = counts(sqlite_engine)
    with pytest.raises(RefusedFile, match="RUH"):
        import_file(workbook(tmp_path), engine=sqlite_engine, today=TODAY, post="SIN")
    assert counts(sqlite_engine) == before
