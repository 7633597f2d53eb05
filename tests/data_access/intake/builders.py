"""Rows of a month as a post would send them: say what matters, the rest is filled in."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
from openpyxl.worksheet.worksheet import Worksheet

from data_access.fields import Sheet
from data_access.intake.reading.converting import schema
from data_access.intake.workbooks.workbook import write_template
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
    SUMMARY,
)

POST, MONTH, TODAY = "RUH", date(2026, 10, 1), date(2026, 11, 8)
DAY = date(2026, 10, 14)

DEFAULTS: dict[str, dict] = {
    SUMMARY.table: {
        "registered_workers": 1000,
        "registered_new": 12,
        "estimated_workers": 1500,
        "estimate_source": "immigration",
        "monitored_workers": 40,
        "employer_visits": 2,
        "shelter_in": 4,
        "shelter_out": 3,
        "shelter_end": 15,
        "repatriated": 3,
    },
    CASES.table: {
        "case_id": "RUH-2026-00001",
        "date_reported": DAY,
        "channel": "in_person",
        "case_type": "A1",
        "request": "pay_rights",
        "stage": "during",
        "urgency": "moderate",
        "procedural": "documented",
        "employer_type": "PS",
        "sector_code": "DOM",
        "gender": "P",
        "people": 1,
        "agency_code": "RUH-M0001",
        "agency_fault": "not_examined",
        "status": "in_progress",
        "holder": "post",
        "date_first_response": date(2026, 10, 15),
        "amount_claimed": Decimal("9000.50"),
        "currency": "SAR",
        "in_shelter": True,
    },
    PLACEMENTS.table: {
        "agency_code": None,
        "employer_type": "PS",
        "sector_code": "DOM",
        "scheme": "PtoP",
        "gender": "P",
        "count": 318,
    },
    AGENCIES.table: {
        "agency_code": "RUH-M0001",
        "agency_name": "Contoh Mitra Satu (simulasi)",
        "role": "foreign",
        "host_license_until": date(2027, 6, 30),
        "registration_until": date(2027, 3, 31),
        "list_status": "clear",
        "sanction": "none",
    },
    ASSESSMENTS.table: {
        "agency_code": "RUH-M0001",
        "date": date(2026, 10, 20),
        "kind": "periodic",
        **{f"q{item}": 2 for item in range(1, 11)},
        "recommendation": "guidance",
    },
    REVIEWS.table: {
        "agency_code": "RUH-M0001",
        "quarter": "2026-Q3",
        "n_reviews": 23,
        "fee": Decimal("4.10"),
        "contract": Decimal("3.80"),
        "docs": Decimal("4.60"),
        "help": Decimal("3.20"),
    },
    DOCUMENTS.table: {
        "doc_type": "new_contract",
        "agency_code": None,
        "employer_type": "PS",
        "received": 820,
        "approved": 790,
        "returned": 22,
        "rejected": 3,
        "days_median": Decimal("2.00"),
    },
    JOB_ORDERS.table: {
        "jo_id": "RUH-JO-2026-0031",
        "date_received": date(2026, 10, 4),
        "p3mi_code": "P3-0120",
        "employer_type": "BH",
        "sector_code": "KES",
        "occupation": "Perawat",
        "kbji": "0110",
        "vacancies": 50,
        "wage": Decimal("120.00"),
        "currency": "KWD",
        "contract_months": 24,
        "scheme": "PtoP",
        "status": "verified",
        "date_verified": date(2026, 10, 11),
        "valid_until": date(2027, 4, 11),
        "filled": 12,
    },
    ACTIVITIES.table: {
        "date": date(2026, 10, 12),
        "kind": "guidance",
        "participants": 180,
        "partner": "Lembaga pelatihan",
        "leads": 40,
    },
}


def rows(sheet: Sheet, *given: dict) -> pl.DataFrame:
    """Return typed rows of a sheet, one for each dict; what is not given is filled in."""
    return pl.DataFrame(
        [{**DEFAULTS[sheet.table], **one} for one in given], schema=schema(sheet), strict=False
    )


def month(**tables: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return a month with one row in each sheet, with other rows where given."""
    return {name: rows(BY_TABLE[name], {}) for name in DEFAULTS} | tables


def workbook(
    folder: Path,
    tables: dict[str, pl.DataFrame] | None = None,
    *,
    post: str = POST,
    period: date = MONTH,
    name: str = "laporan.xlsx",
    change: Callable[[openpyxl.Workbook], None] | None = None,
) -> Path:
    """Write a workbook with a month's rows, and change it with openpyxl where asked."""
    path = folder / name
    write_template(post, period, path, month() if tables is None else tables)
    if change is not None:
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
    return path


def heading_cells(page: Worksheet) -> dict[str, str]:
    """Return the letter of each heading, without the mark of required columns."""
    return {cell.value.removesuffix(" *"): cell.column_letter for cell in page[1] if cell.value}


def cell(page: Worksheet, sheet: Sheet, field: str, row: int = 2) -> str:
    """Return the address of a field's cell."""
    return f"{heading_cells(page)[sheet.field(field).label.indonesian]}{row}"


def with_cell(sheet: Sheet, field: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    """Return a change that puts a value in the first row of a sheet."""

    def change(book: openpyxl.Workbook) -> None:
        page = book[sheet.name]
        page[cell(page, sheet, field)] = value

    return change
