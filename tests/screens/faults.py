"""A workbook with twelve faults in twelve cells, and where they stand."""

from datetime import date

import openpyxl

from data_access.sheets import (
    ACTIVITIES,
    AGENCIES,
    CASES,
    DOCUMENTS,
    JOB_ORDERS,
    PLACEMENTS,
    SUMMARY,
)
from tests.data_access.intake.builders import cell, with_cell

# Sheet, field, what is wrong there, what is right
FAULTS = (
    (CASES, "date_reported", "31-02-2026", date(2026, 10, 14)),
    (CASES, "channel", "merpati pos", "Langsung"),
    (CASES, "people", "dua", 2),
    (CASES, "urgency", "gawat sekali", "Sedang"),
    (SUMMARY, "registered_workers", "banyak", 1000),
    (SUMMARY, "employer_visits", -3, 2),
    (PLACEMENTS, "count", "1,5,7", 318),
    (AGENCIES, "host_license_until", "besok", date(2027, 6, 30)),
    (JOB_ORDERS, "vacancies", 0, 50),
    (JOB_ORDERS, "wage", "seratus", 120),
    (DOCUMENTS, "received", -1, 820),
    (ACTIVITIES, "participants", "ratusan", 180),
)


def faulty(book: openpyxl.Workbook) -> None:
    for sheet, field, wrong, _ in FAULTS:
        with_cell(sheet, field, wrong)(book)


def places(book: openpyxl.Workbook) -> dict[tuple[str, str], tuple]:
    """Where the faults stand: sheet and cell -> the sheet, the field, the right value."""
    return {
        (sheet.name, cell(book[sheet.name], sheet, field)): (sheet, field, right)
        for sheet, field, _, right in FAULTS
    }


def marked_cells(book: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    """The cells with a comment, and its words."""
    return {
        (page.title, one.coordinate): one.comment.text
        for page in book
        for line in page.iter_rows()
        for one in line
        if one.comment
    }
