"""What a file means: whose it is, of which month, and how it fits what is known."""

from datetime import date

import openpyxl

from data_access.central import CENTRAL, TARGETS
from data_access.intake.workbooks.workbook import write_template
from data_access.sheets import ACTIVITIES, AGENCIES, ASSESSMENTS, CASES, JOB_ORDERS, SUMMARY
from tests.data_access.intake.bad_inputs.bench import (
    CELL,
    FILE,
    NORMALISED,
    ROW,
    WARNED,
    Answer,
    Bench,
    case_csv,
    line,
)
from tests.data_access.intake.builders import MONTH, month, rows, workbook
from tests.data_access.intake.imports import SEPTEMBER, september, stored


def first_send(bench: Bench, **tables) -> None:
    """Send a month that is taken in, before the file in question."""
    assert bench.send_book(**tables).verdict == NORMALISED


def send_september(bench: Bench, **tables) -> None:
    path = workbook(bench.folder, september(**tables), period=SEPTEMBER)
    assert bench.send(path.name, path.read_bytes()).verdict == NORMALISED


def send_target(bench: Bench, post: str | None) -> Answer:
    """Send Jakarta's workbook with one target for a post written so."""
    path = bench.folder / "pusat.xlsx"
    write_template(CENTRAL, MONTH, path)
    book = openpyxl.load_workbook(path)
    for column, value in enumerate((2026, post, "Berakhir tepat waktu (%)", 85), start=1):
        book[TARGETS.name].cell(2, column, value)
    book.save(path)
    return bench.send(path.name, path.read_bytes())


@line("B164", FILE, "E-POST")
def unknown_post(bench: Bench) -> Answer:
    return bench.send_csv(case_csv(), post="XXX")


@line("B165", FILE, "E-FOREIGN")
def rows_of_another_post(bench: Bench) -> Answer:
    answer = bench.send_book(cases=rows(CASES, {}, {"case_id": "SIN-2026-00002"}))
    assert not any("00002" in finding.value for finding in answer.report.findings)
    return answer


@line("B166", CELL, "E-POST")
def empty_post(bench: Bench) -> Answer:
    return send_target(bench, None)


@line("B167", NORMALISED)
def post_by_its_name(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book["Petunjuk"]["B3"] = "Riyadh"

    assert bench.send_book(change).report.post == "RUH"
    answer = send_target(bench, "Kuala Lumpur")
    assert answer.report.checked.frames["targets"]["post_code"].item() == "KUL"
    return answer


@line("B168", CELL, "E-CODE")
def unknown_category(bench: Bench) -> Answer:
    answer = bench.send_cell(CASES, "case_type", "lain2")
    assert "Gaji tidak dibayar" in answer.report.findings[0].advice.indonesian
    return answer


@line("B169", WARNED, "W-DUP")
def the_same_case_twice(bench: Bench) -> Answer:
    answer = bench.send_book(cases=rows(CASES, {}, {}))
    assert answer.report.outcome.changes["cases"].added == 1
    return answer


@line("B170", ROW, "E-DUP")
def one_number_for_two_cases(bench: Bench) -> Answer:
    answer = bench.send_book(cases=rows(CASES, {}, {"people": 2}))
    assert answer.report.findings[0].rows == (2, 3)
    return answer


@line("B171", NORMALISED)
def the_same_number_at_another_post(bench: Bench) -> Answer:
    agency = {"agency_code": "P3-0120", "agency_name": "Contoh di Riyadh"}
    first_send(bench, agencies=rows(AGENCIES, {}, agency))
    before = stored(bench.engine, "agencies")
    here = {"agency_code": "P3-0120", "agency_name": "Contoh di Singapura"}
    tables = {"monthly_summary": rows(SUMMARY, {}), "agencies": rows(AGENCIES, here)}
    path = workbook(bench.folder, tables, post="SIN")
    answer = bench.send(path.name, path.read_bytes())
    assert answer.report.outcome.changes["agencies"].added == 1
    assert stored(bench.engine, "agencies").equals(before)
    return answer


@line("B174", NORMALISED)
def correction(bench: Bench) -> Answer:
    first_send(bench)
    answer = bench.send_book(cases=rows(CASES, {"amount_claimed": 9500}))
    assert answer.report.outcome.changes["cases"].changed == 1
    return answer


@line("B175", WARNED, "W-MISSING")
def row_of_last_month_missing(bench: Bench) -> Answer:
    send_september(bench)
    answer = bench.send_book(cases=rows(CASES, {"case_id": "RUH-2026-00002"}))
    assert stored(bench.engine, "cases").height == 2
    return answer


@line("B176", WARNED, "W-REOPENED")
def closed_case_open_again(bench: Bench) -> Answer:
    closed = {"status": "closed", "outcome": "withdrawn", "date_closed": date(2026, 10, 20)}
    first_send(bench, cases=rows(CASES, closed))
    return bench.send_book()


@line("B177", NORMALISED)
def number_in_small_letters(bench: Bench) -> Answer:
    first_send(bench)
    answer = bench.send_book(cases=rows(CASES, {"case_id": "ruh-2026-00001", "people": 2}))
    assert answer.report.outcome.changes["cases"].changed == 1
    assert stored(bench.engine, "cases")["case_id"].to_list() == ["RUH-2026-00001"]
    return answer


@line("B178", CELL, "E-REF")
def unknown_agency(bench: Bench) -> Answer:
    return bench.send_book(cases=rows(CASES, {"agency_code": "RUH-M0099"}))


@line("B179", FILE, "E-PERIOD")
def file_of_another_month(bench: Bench) -> Answer:
    day = date(2026, 9, 10)
    case = {"date_reported": day, "date_first_response": day}
    cases = [{**case, "case_id": f"RUH-2026-{n:05}"} for n in range(6)]
    order = {"date_received": day, "date_verified": day}
    return bench.send_book(
        cases=rows(CASES, *cases),
        job_orders=rows(JOB_ORDERS, order),
        agency_assessments=rows(ASSESSMENTS, {"date": day}),
        activities=rows(ACTIVITIES, {"date": day}),
    )


@line("B180", NORMALISED)
def month_in_which_nothing_happened(bench: Bench) -> Answer:
    empty = {name: frame.clear() for name, frame in month().items() if name != "monthly_summary"}
    return bench.send_book(**empty)


@line("B181", WARNED, "W-DROP")
def far_fewer_rows_than_last_month(bench: Bench) -> Answer:
    day = date(2026, 9, 10)
    case = {"date_reported": day, "date_first_response": day}
    ids = [{"case_id": f"RUH-2026-{n:05}"} for n in range(24)]
    send_september(bench, cases=rows(CASES, *({**case, **one} for one in ids)))
    return bench.send_book(cases=rows(CASES, *ids[:4]))


@line("B182", CELL, "E-PRIVACY")
def identity_number_that_is_not_valid(bench: Bench) -> Answer:
    return bench.send_cell(CASES, "case_id", "3299991399990001")


@line("B183", CELL, "E-PRIVACY", otherwise="names, passports and phones may not come in at all")
def personal_data_in_free_text(bench: Bench) -> Answer:
    answer = bench.send_cell(ACTIVITIES, "partner", "hubungi 0812-3456-7890")
    assert answer.report.findings[0].value == ""
    return answer
