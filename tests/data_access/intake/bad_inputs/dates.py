"""Dates: what posts and spreadsheets write for a day."""

from collections.abc import Callable
from datetime import date

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data_access.fields import Sheet
from data_access.sheets import AGENCIES, CASES
from tests.data_access.intake.bad_inputs.bench import (
    CELL,
    NORMALISED,
    ROW,
    WARNED,
    Answer,
    Bench,
    line,
)
from tests.data_access.intake.builders import cell, rows, workbook
from tests.data_access.intake.imports import SEPTEMBER, september

NOT_ANSWERED = {"cases": rows(CASES, {"date_first_response": None})}


def reported(bench: Bench, written: object, number_format: str = "General") -> Answer:
    """Send a case whose date of report is written so, without a date of response."""
    return bench.send_book(
        in_format(CASES, "date_reported", written, number_format), **NOT_ANSWERED
    )


def in_format(
    sheet: Sheet, field: str, written: object, number_format: str
) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        page = book[sheet.name]
        page[cell(page, sheet, field)] = written
        page[cell(page, sheet, field)].number_format = number_format

    return change


@line("B099", WARNED, "W-SERIAL")
def excel_serial_as_number(bench: Bench) -> Answer:
    answer = reported(bench, 46027)
    assert answer.report.checked.frames["cases"]["date_reported"].item() == date(2026, 1, 5)
    return answer


@line("B100", NORMALISED)
def workbook_of_the_1904_calendar(bench: Bench) -> Answer:
    def change(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    answer = bench.send_book(change)
    assert answer.report.checked.frames["cases"]["date_reported"].item() == date(2026, 10, 14)
    return answer


@line("B101", CELL, "E-DATERANGE")
def serial_of_the_1904_calendar_pasted_as_number(bench: Bench) -> Answer:
    return reported(bench, 44565)


@line("B102", NORMALISED)
def day_first(bench: Bench) -> Answer:
    answer = bench.send_cell(AGENCIES, "host_license_until", "31/12/2026")
    until = answer.report.checked.frames["agencies"]["host_license_until"].item()
    assert until == date(2026, 12, 31)
    return answer


@line("B103", CELL, "E-DATE")
def month_first(bench: Bench) -> Answer:
    return bench.send_cell(AGENCIES, "host_license_until", "12/31/2026")


@line("B104", WARNED, "W-DAYFIRST")
def either_day_or_month_first(bench: Bench) -> Answer:
    answer = reported(bench, "03/04/2026")
    assert answer.report.checked.frames["cases"]["date_reported"].item() == date(2026, 4, 3)
    return answer


@line("B105", NORMALISED)
def indonesian_month(bench: Bench) -> Answer:
    return reported(bench, "17 Agustus 2026")


@line("B106", NORMALISED)
def english_month(bench: Bench) -> Answer:
    return reported(bench, "17 August 2026")


@line("B107", CELL, "E-DATE")
def year_of_two_digits(bench: Bench) -> Answer:
    return reported(bench, "17/08/26")


@line("B108", NORMALISED)
def iso(bench: Bench) -> Answer:
    return reported(bench, "2026-08-17")


@line("B109", NORMALISED)
def iso_with_time_zone(bench: Bench) -> Answer:
    answer = reported(bench, "2026-08-17T23:30:00+08:00")
    assert answer.report.checked.frames["cases"]["date_reported"].item() == date(2026, 8, 17)
    return answer


@line("B110", CELL, "E-DATE")
def thirtieth_of_february(bench: Bench) -> Answer:
    return reported(bench, "2026-02-30")


@line("B111", CELL, "E-DATERANGE")
def serial_60(bench: Bench) -> Answer:
    return reported(bench, 60)


@line("B112", CELL, "E-DATERANGE")
def year_1900(bench: Bench) -> Answer:
    return reported(bench, "1900-01-01")


@line("B113", CELL, "E-DATERANGE")
def year_9999(bench: Bench) -> Answer:
    return reported(bench, date(9999, 12, 31), "yyyy-mm-dd")


@line("B114", CELL, "E-DATERANGE")
def serial_beyond_9999(bench: Bench) -> Answer:
    return reported(bench, 2958466)


@line("B115", CELL, "E-DATERANGE")
def negative_serial(bench: Bench) -> Answer:
    return reported(bench, -1)


@line("B116", CELL, "E-FUTURE")
def tomorrow(bench: Bench) -> Answer:
    return bench.send_cell(CASES, "date_first_response", date(2026, 11, 9))


@line("B117", ROW, "E-ORDER")
def closed_before_reported(bench: Bench) -> Answer:
    closed = {"status": "closed", "outcome": "withdrawn", "date_closed": date(2026, 10, 13)}
    answer = bench.send_book(cases=rows(CASES, closed))
    (finding,) = answer.report.findings
    assert (finding.column, finding.also) == ("R", ("B",))
    return answer


@line("B118", WARNED, "W-LATE")
def case_of_an_earlier_month(bench: Bench) -> Answer:
    first = workbook(bench.folder, september(), period=SEPTEMBER)
    assert bench.send(first.name, first.read_bytes()).verdict == NORMALISED
    day = date(2026, 5, 4)
    late = {"case_id": "RUH-2026-00002", "date_reported": day, "date_first_response": day}
    known = september()["cases"]
    return bench.send_book(cases=known.vstack(rows(CASES, late)))


@line("B119", CELL, "E-DATE")
def islamic_calendar(bench: Bench) -> Answer:
    return reported(bench, "1448-02-03")


@line("B120", CELL, "E-DATE")
def calendar_of_taiwan(bench: Bench) -> Answer:
    answer = reported(bench, "115/8/17")
    assert "Minguo" in answer.report.findings[0].reason.indonesian
    return answer


@line("B121", NORMALISED)
def date_with_points(bench: Bench) -> Answer:
    return reported(bench, "17.08.2026")


@line("B122", CELL, "E-DATE")
def words_for_a_day(bench: Bench) -> Answer:
    return reported(bench, "kemarin")


@line("B123", NORMALISED)
def the_last_moment_of_a_day(bench: Bench) -> Answer:
    answer = reported(bench, 46027.999999, "yyyy-mm-dd hh:mm:ss")
    assert answer.report.checked.frames["cases"]["date_reported"].item() == date(2026, 1, 5)
    return answer
