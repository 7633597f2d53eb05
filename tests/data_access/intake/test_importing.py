"""A workbook on its whole way into the database, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from data_access.database import engine_for
from data_access.errors import DataUnavailable, RefusedFile
from data_access.intake.importing import import_bytes
from data_access.intake.report import lines
from data_access.sheets import AGENCIES, CASES, PLACEMENTS, SHEETS, SUMMARY
from data_access.tables import submissions
from tests.data_access.intake.builders import MONTH, TODAY, month, rows, workbook
from tests.data_access.intake.imports import (
    SEPTEMBER,
    counts,
    keep,
    september,
    stored,
    take_in,
    undo,
)


def test_what_a_post_fills_in_is_what_the_database_holds(any_engine, tmp_path):
    sent = month(
        cases=rows(
            CASES,
            {},
            {
                "case_id": "RUH-2026-00002",
                "status": "resolved",
                "outcome": "rights_part",
                "date_closed": date(2026, 10, 30),
                "amount_recovered": Decimal("6500.25"),
                "in_shelter": False,
                "gender": "group",
                "people": 12,
                "agency_code": None,
            },
            {
                "case_id": "RUH-2026-0000003",
                "currency": None,
                "amount_claimed": None,
                "in_shelter": None,
                "request": None,
                "sector_code": None,
            },
        ),
        placements=rows(PLACEMENTS, {}, {"gender": "L"}, {"agency_code": "RUH-M0001"}),
    )
    report = take_in(workbook(tmp_path, sent), any_engine)
    assert report.findings == ()
    assert report.accepted
    for sheet in SHEETS:
        held = stored(any_engine, sheet.table)
        if sheet.whole_month:
            assert held["period"].to_list() == [MONTH] * held.height
        fields = [field.name for field in sheet.fields]
        by = [name for name in sheet.key if name != "period"] or fields
        assert held.select(fields).sort(by).equals(sent[sheet.table].sort(by)), sheet.name


def test_a_submission_is_on_record_with_its_counts(any_engine, tmp_path):
    path = workbook(
        tmp_path,
        month(documents=None)
        | {
            "legalised_documents": rows(
                next(s for s in SHEETS if s.table == "legalised_documents"), {"approved": 900}
            )
        },
    )
    report = take_in(path, any_engine)
    with any_engine.connect() as connection:
        (row,) = connection.execute(select(submissions)).mappings()
    assert row["id"] == report.outcome.submission
    assert (row["kind"], row["post_code"], row["period"]) == ("monthly", "RUH", MONTH)
    assert row["received_at"] == datetime(2026, 11, 8, 9, 12)
    assert row["file_name"] == "laporan.xlsx"
    assert not row["simulated"]
    assert row["whole"]
    assert (row["rows_ok"], row["rows_bad"], row["rows_added"]) == (9, 1, 9)


def test_the_same_file_again_changes_nothing(any_engine, tmp_path):
    path = workbook(tmp_path)
    first = take_in(path, any_engine)
    before = counts(any_engine)
    again = take_in(path, any_engine)
    assert again.accepted
    assert again.outcome.duplicate_of == first.outcome.submission
    assert counts(any_engine) == before
    assert "sudah diterima" in " ".join(lines(again, "id"))


def test_the_same_content_in_a_new_file_changes_nothing(any_engine, tmp_path):
    take_in(workbook(tmp_path), any_engine)
    before = counts(any_engine)
    again = take_in(workbook(tmp_path, change=lambda _book: None), any_engine)
    assert again.outcome.duplicate_of is None
    assert again.outcome.nothing_new
    assert again.outcome.total("unchanged") == 9
    assert counts(any_engine) == before


def test_a_correction_is_a_new_version_and_the_old_one_stays(any_engine, tmp_path):
    take_in(workbook(tmp_path), any_engine)
    before = counts(any_engine)
    report = take_in(workbook(tmp_path, month(cases=rows(CASES, {"people": 7}))), any_engine)
    assert report.outcome.changes["cases"].changed == 1
    assert report.outcome.total("unchanged") == 8
    assert stored(any_engine, "cases")["people"].to_list() == [7]
    assert counts(any_engine) == before | {
        "cases": before["cases"] + 1,
        "submissions": before["submissions"] + 1,
    }


def test_a_row_that_a_whole_month_no_longer_has_is_taken_out_and_can_come_back(
    any_engine, tmp_path
):
    two = month(placements=rows(PLACEMENTS, {}, {"gender": "L"}))
    take_in(workbook(tmp_path, two), any_engine)
    report = take_in(workbook(tmp_path), any_engine)
    assert report.outcome.changes["placements"].removed == 1
    assert stored(any_engine, "placements")["gender"].to_list() == ["P"]
    back = month(
        placements=rows(PLACEMENTS, {}, {"gender": "L"}),
        monthly_summary=rows(SUMMARY, {"shelter_in": 5}),
    )
    assert take_in(workbook(tmp_path, back), any_engine).outcome.changes["placements"].added == 1
    assert stored(any_engine, "placements").height == 2


def test_another_months_rows_are_left_alone(any_engine, tmp_path):
    take_in(workbook(tmp_path, september(), period=SEPTEMBER), any_engine)
    report = take_in(workbook(tmp_path, month()), any_engine)
    assert report.outcome.changes["placements"].removed == 0
    assert stored(any_engine, "placements")["period"].to_list() == [SEPTEMBER, MONTH]


def test_an_open_case_that_is_missing_is_told_and_stays(any_engine, tmp_path):
    take_in(workbook(tmp_path, september(), period=SEPTEMBER), any_engine)
    report = take_in(workbook(tmp_path, month(cases=rows(CASES))), any_engine)
    (finding,) = report.findings
    assert (finding.code, finding.severity) == ("W-MISSING", "warning")
    assert finding.value == "RUH-2026-00001"
    assert stored(any_engine, "cases").height == 1


def test_an_older_month_does_not_overwrite_what_a_later_one_says(any_engine, tmp_path):
    take_in(workbook(tmp_path, month(cases=rows(CASES, {"people": 3}))), any_engine)
    older = september(
        cases=rows(
            CASES,
            {"people": 2},
            {"case_id": "RUH-2026-00009"},
        ).with_columns(date_reported=date(2026, 9, 9), date_first_response=None),
        agencies=rows(AGENCIES, {"list_status": "problem"}),
    )
    report = take_in(workbook(tmp_path, older, period=SEPTEMBER), any_engine)
    assert report.accepted
    assert [f.code for f in report.findings] == ["W-OLDER"]
    changes = report.outcome.changes
    assert (changes["cases"].added, changes["cases"].changed, changes["cases"].kept) == (1, 0, 1)
    assert stored(any_engine, "cases")["people"].to_list() == [3, 1]
    assert stored(any_engine, "agencies")["list_status"].to_list() == ["clear"]
    assert stored(any_engine, "monthly_summary")["period"].to_list() == [SEPTEMBER, MONTH]
    assert "1 tidak diubah karena laporan sesudahnya" in " ".join(lines(report, "id"))


@pytest.mark.parametrize("whole", [True, False])
def test_what_a_later_sheet_told_stays_whatever_an_earlier_month_says(any_engine, whole):
    """One csv sheet of October changes a case; a September that comes late must not change it."""
    keep(any_engine, september(), period=SEPTEMBER)
    later = keep(any_engine, {"cases": rows(CASES, {"people": 7})}, whole=False)
    changed = rows(CASES, {"people": 2}, {"case_id": "RUH-2026-00002"})
    agencies = rows(AGENCIES, {"list_status": "problem"})
    late = september(cases=changed, agencies=agencies) if whole else {"cases": changed}

    outcome = keep(any_engine, late, period=SEPTEMBER, whole=whole)

    told = outcome.changes["cases"]
    assert (told.added, told.changed, told.kept) == (1, 0, 1)
    assert stored(any_engine, "cases")["people"].to_list() == [7, 1]
    if whole:  # no later file told the agency
        assert outcome.changes["agencies"].changed == 1
    undo(any_engine, later.submission)  # then nothing of October stands any more
    again = keep(any_engine, late, period=SEPTEMBER, whole=whole)
    assert again.changes["cases"].changed == 1


def test_rows_that_are_kept_are_told(any_engine, tmp_path):
    keep(any_engine, {"cases": rows(CASES, {"people": 7})}, whole=False)
    report = take_in(workbook(tmp_path, september(), period=SEPTEMBER), any_engine)
    assert "W-OLDER" in [finding.code for finding in report.findings]
    assert "sebagian barisnya" in " ".join(lines(report, "id"))
    assert report.outcome.changes["cases"].kept == 1


def test_awkward_values_are_stored_as_they_are(any_engine):
    """The fast ways of the drivers know no types: each value must arrive as it was."""
    names = [
        'kutip "ganda"',
        "koma, titik;",
        "baris\nbaru",
        "\\N",
        "\\.",
        "",
        " ",
        "'",
        "emoji 🙂",
        "=1+1",
        "null",
    ]
    told = [{"agency_code": f"RUH-M{n:04}", "agency_name": name} for n, name in enumerate(names)]
    cases = [
        {"case_id": "RUH-2026-00001", "amount_claimed": Decimal("9999999999.99")},
        {"case_id": "RUH-2026-00002", "amount_claimed": Decimal("0.01"), "in_shelter": False},
        {"case_id": "RUH-2026-00003", "amount_claimed": None, "in_shelter": None},
        {"case_id": "RUH-2026-00004", "date_reported": date(1990, 1, 1)},
    ]
    sent = {"agencies": rows(AGENCIES, *told), "cases": rows(CASES, *cases)}
    keep(any_engine, sent)
    for table, frame in sent.items():
        assert stored(any_engine, table).select(frame.columns).equals(frame), table
    assert keep(any_engine, sent).nothing_new


def test_a_file_that_was_taken_back_can_be_sent_again(any_engine, tmp_path):
    path = workbook(tmp_path)
    undo(any_engine, take_in(path, any_engine).outcome.submission)
    again = take_in(path, any_engine)
    assert again.outcome.total("added") == 9
    assert stored(any_engine, "cases").height == 1


def test_a_dry_run_tells_what_would_change_and_stores_nothing(any_engine, tmp_path):
    before = counts(any_engine)
    report = take_in(workbook(tmp_path), any_engine, dry_run=True)
    assert report.accepted
    assert report.outcome.total("added") == 9
    assert report.outcome.submission is None
    assert counts(any_engine) == before
    assert "Belum disimpan" in lines(report, "id")[0]


def test_a_refused_file_leaves_the_database_as_it_was(any_engine, tmp_path):
    take_in(workbook(tmp_path), any_engine)
    before = counts(any_engine)
    wrong = month(cases=rows(CASES, {"people": 9}, {"case_id": "RUH-2026-2", "people": 9}))
    report = take_in(workbook(tmp_path, wrong), any_engine)
    assert not report.accepted
    assert report.outcome is None
    assert counts(any_engine) == before


def test_the_same_number_of_another_post_is_another_row(any_engine, tmp_path):
    agencies = rows(AGENCIES, {"agency_code": "P3-0001", "role": "p3mi"})
    for post in ("RUH", "JED"):
        tables = {"monthly_summary": rows(SUMMARY, {}), "agencies": agencies}
        take_in(workbook(tmp_path, tables, post=post), any_engine)
    assert stored(any_engine, "agencies", "RUH").height == 1
    assert stored(any_engine, "agencies", "JED").height == 1


def test_a_single_sheet_as_csv_leaves_the_other_sheets_alone(any_engine, tmp_path):
    take_in(workbook(tmp_path), any_engine)
    path = tmp_path / "penempatan.csv"
    path.write_text(
        "Kode mitra;Jenis pemberi kerja;Sektor;Skema penempatan;Jenis kelamin;"
        "Jumlah PMI tiba/ditempatkan\nRUH-M0001;BH;Manufaktur;PtoP;L;21\n"
    )
    report = take_in(path, any_engine, post="RUH", month=MONTH)
    assert [f.code for f in report.findings] == ["W-REMOVED"]  # the one row has another key now
    assert list(report.outcome.changes) == ["placements"]
    assert stored(any_engine, "placements")["count"].to_list() == [21]
    assert stored(any_engine, "activities").height == 1


def test_of_four_at_once_one_stores_the_file_and_the_others_find_it_stored(any_engine, tmp_path):
    path = workbook(tmp_path)
    with ThreadPoolExecutor(4) as together:
        reports = list(together.map(lambda _: take_in(path, any_engine), range(4)))
    stored_as = {report.outcome.submission for report in reports} - {None}
    assert [report.outcome.duplicate_of for report in reports].count(*stored_as) == 3
    assert counts(any_engine)["submissions"] == 1


def test_the_steps_are_told_from_beginning_to_end(sqlite_engine, tmp_path):
    steps = []
    take_in(workbook(tmp_path), sqlite_engine, progress=lambda _text, share: steps.append(share))
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0.0, 1.0)


def test_an_uploaded_file_is_taken_in_from_its_bytes(sqlite_engine, tmp_path):
    content = workbook(tmp_path).read_bytes()
    report = import_bytes("../../a\n.xlsx", content, engine=sqlite_engine, today=TODAY)
    assert report.file == "a.xlsx"
    assert report.outcome.total("added") == 9


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_lost_database_is_told_and_not_a_traceback(tmp_path, dry_run):
    path = workbook(tmp_path)
    engine = engine_for(f"sqlite:///{tmp_path / 'gone' / 'atnaker.db'}")
    with pytest.raises(DataUnavailable):
        take_in(path, engine, dry_run=dry_run)
    engine = engine_for("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(DataUnavailable):
        take_in(path, engine, dry_run=dry_run)


def test_a_file_that_is_not_there_or_too_large_is_refused(sqlite_engine, tmp_path):
    with pytest.raises(RefusedFile, match="cannot be opened"):
        take_in(tmp_path / "tidak-ada.xlsx", sqlite_engine)
    large = tmp_path / "besar.xlsx"
    large.write_bytes(b"0" * 20_000_001)
    with pytest.raises(RefusedFile, match="20 MB"):
        take_in(large, sqlite_engine)
