"""Files sent again, corrected, out of order, or too empty."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from data_access.intake.report import line, lines
from data_access.sheets import ACTIVITIES, CASES, DOCUMENTS, PLACEMENTS, SUMMARY
from data_access.tables import submissions
from tests.data_access.intake.builders import MONTH, month, rows, workbook
from tests.data_access.intake.imports import (
    SEPTEMBER,
    counts,
    september,
    stored,
    take_in,
    undo,
)

RUH_IN_OCTOBER = {"post": "RUH", "month": MONTH}


def placements_csv(folder: Path, count: int = 21) -> Path:
    path = folder / "penempatan.csv"
    path.write_text(
        "Kode mitra;Jenis pemberi kerja;Sektor;Skema penempatan;Jenis kelamin;"
        f"Jumlah PMI tiba/ditempatkan\n;PS;DOM;PtoP;P;{count}\n"
    )
    return path


def codes(report) -> list[str]:
    return [finding.code for finding in report.findings]


def test_a_workbook_is_on_record_as_whole_and_a_csv_sheet_is_not(any_engine, tmp_path):
    take_in(workbook(tmp_path), any_engine)
    take_in(placements_csv(tmp_path), any_engine, **RUH_IN_OCTOBER)
    with any_engine.connect() as connection:
        found = connection.scalars(select(submissions.c.whole).order_by(submissions.c.id))
        assert list(found) == [True, False]


def test_one_csv_sheet_of_a_later_month_leaves_earlier_months_open_to_correction(
    any_engine, tmp_path
):
    take_in(workbook(tmp_path, september(), period=SEPTEMBER), any_engine)
    take_in(placements_csv(tmp_path), any_engine, **RUH_IN_OCTOBER)
    cases = september()["cases"].with_columns(people=7)
    report = take_in(workbook(tmp_path, september(cases=cases), period=SEPTEMBER), any_engine)
    assert report.findings == ()
    assert report.outcome.changes["cases"].changed == 1
    assert stored(any_engine, "cases")["people"].to_list() == [7]


def test_a_later_workbook_that_was_taken_back_blocks_no_correction(any_engine, tmp_path):
    take_in(workbook(tmp_path, september(), period=SEPTEMBER), any_engine)
    october = take_in(workbook(tmp_path, month(cases=rows(CASES, {"people": 3}))), any_engine)
    cases = september()["cases"].with_columns(people=7)
    correction = workbook(tmp_path, september(cases=cases), period=SEPTEMBER)
    blocked = take_in(correction, any_engine, dry_run=True)
    assert "W-OLDER" in codes(blocked)
    assert blocked.outcome.changes["cases"].kept == 1
    undo(any_engine, october.outcome.submission)
    assert take_in(correction, any_engine).outcome.changes["cases"].changed == 1


def test_the_same_bytes_for_another_month_are_stored_for_that_month(any_engine, tmp_path):
    path = placements_csv(tmp_path)
    take_in(path, any_engine, **RUH_IN_OCTOBER)
    report = take_in(path, any_engine, post="RUH", month=SEPTEMBER)
    assert report.outcome.duplicate_of is None
    assert report.outcome.changes["placements"].added == 1
    assert stored(any_engine, "placements")["period"].to_list() == [SEPTEMBER, MONTH]


def test_a_file_sent_again_after_its_correction_brings_its_content_back(any_engine, tmp_path):
    first = workbook(tmp_path, name="pertama.xlsx")
    second = workbook(tmp_path, month(cases=rows(CASES, {"people": 7})), name="kedua.xlsx")
    for path, people in ((first, 1), (second, 7), (first, 1)):
        report = take_in(path, any_engine)
        assert report.outcome.submission is not None
        assert stored(any_engine, "cases")["people"].to_list() == [people]
    before = counts(any_engine)
    assert take_in(first, any_engine).outcome.duplicate_of == report.outcome.submission
    assert counts(any_engine) == before


def test_a_file_is_known_again_once_its_correction_was_taken_back(any_engine, tmp_path):
    first = workbook(tmp_path, name="pertama.xlsx")
    second = workbook(tmp_path, month(cases=rows(CASES, {"people": 7})), name="kedua.xlsx")
    number = take_in(first, any_engine).outcome.submission
    undo(any_engine, take_in(second, any_engine).outcome.submission)
    assert take_in(first, any_engine).outcome.duplicate_of == number


def test_a_file_sent_again_after_a_csv_sheet_that_changed_nothing_of_it_stores_nothing(
    any_engine, tmp_path
):
    path = workbook(tmp_path)
    take_in(path, any_engine)
    take_in(placements_csv(tmp_path, count=318), any_engine, **RUH_IN_OCTOBER)
    before = counts(any_engine)
    assert take_in(path, any_engine).outcome.nothing_new
    assert counts(any_engine) == before


FOUR = {
    PLACEMENTS: [{"sector_code": code} for code in ("DOM", "KES", "KON", "MAN")],
    DOCUMENTS: [
        {"employer_type": employer, "doc_type": kind}
        for employer in ("PS", "BH")
        for kind in ("new_contract", "extension")
    ],
    ACTIVITIES: [{"date": date(2026, 10, day)} for day in (1, 2, 3, 4)],
}


@pytest.mark.parametrize("sheet", FOUR, ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("left", [0, 1])
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_correction_that_takes_out_most_of_a_sheet_is_told_how_many_rows(
    sqlite_engine, tmp_path, sheet, left, dry_run
):
    take_in(workbook(tmp_path, month(**{sheet.table: rows(sheet, *FOUR[sheet])})), sqlite_engine)
    fewer = month(**{sheet.table: rows(sheet, *FOUR[sheet][:left])})
    report = take_in(workbook(tmp_path, fewer), sqlite_engine, dry_run=dry_run)
    (finding,) = report.findings
    assert (finding.sheet, finding.code, finding.severity) == (sheet.name, "W-REMOVED", "warning")
    assert f"{4 - left} dari 4 baris" in line(finding).indonesian
    assert f"{4 - left} of the 4 rows" in line(finding).english
    assert line(finding).indonesian in lines(report, "id")
    assert report.accepted
    assert report.outcome.changes[sheet.table].removed == 4 - left


@pytest.mark.parametrize("sheet", FOUR, ids=lambda sheet: sheet.name)
def test_a_correction_that_takes_out_half_of_a_sheet_is_not_remarked_on(
    sqlite_engine, tmp_path, sheet
):
    take_in(workbook(tmp_path, month(**{sheet.table: rows(sheet, *FOUR[sheet])})), sqlite_engine)
    half = month(**{sheet.table: rows(sheet, *FOUR[sheet][:2])})
    report = take_in(workbook(tmp_path, half), sqlite_engine)
    assert report.findings == ()
    assert report.outcome.changes[sheet.table].removed == 2


def test_rows_of_another_month_are_not_counted_as_taken_out(sqlite_engine, tmp_path):
    take_in(workbook(tmp_path, september(), period=SEPTEMBER), sqlite_engine)
    report = take_in(workbook(tmp_path, month(placements=rows(PLACEMENTS))), sqlite_engine)
    assert report.findings == ()


def test_a_sheet_that_keeps_the_file_out_is_not_said_to_take_rows_out(sqlite_engine, tmp_path):
    take_in(workbook(tmp_path), sqlite_engine)
    wrong = month(
        placements=rows(PLACEMENTS, {"sector_code": "?"}),
        monthly_summary=rows(SUMMARY, {"shelter_in": 5}),
    )
    assert codes(take_in(workbook(tmp_path, wrong), sqlite_engine)) == ["E-CODE"]


def test_an_older_file_whose_changes_are_left_aside_is_not_said_to_be_the_same(
    sqlite_engine, tmp_path
):
    take_in(workbook(tmp_path), sqlite_engine)
    older = workbook(tmp_path, september(), period=SEPTEMBER, name="september.xlsx")
    take_in(older, sqlite_engine)
    case = {"people": 9, "date_reported": date(2026, 9, 10), "date_first_response": None}
    again = workbook(tmp_path, september(cases=rows(CASES, case)), period=SEPTEMBER, name="2.xlsx")
    told = "\n".join(lines(take_in(again, sqlite_engine), "en"))
    assert "1 left because of a later report" in told
    assert "Nothing changed" not in told
