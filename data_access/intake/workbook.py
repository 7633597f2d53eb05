"""Writes the monthly workbook of one post: instructions, nine sheets, drop-down lists.

Only what data_access/sheets.py declares: the checks on what comes back read the same lines.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from data_access import reference
from data_access.central import CENTRAL, sheets_of
from data_access.fields import Field, Sheet
from data_access.intake.instructions import (
    CENTRAL_STEPS,
    CENTRAL_TITLE,
    GUIDE,
    METADATA,
    STEPS,
    TITLE,
)
from data_access.sheets import TEMPLATE_VERSION

LISTS = "Daftar"  # hidden: what the drop-down lists offer
SPARE_ROWS = 5000  # rows below the filled ones that still have lists and checks
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
WIDTHS = {"date": 16, "integer": 14, "decimal": 16, "quarter": 14, "yes_no": 12}

# Plain numbers without a thousands separator: a sheet saved as csv then reads back unchanged.
NUMBER_FORMATS = {"date": "yyyy-mm-dd", "integer": "0", "decimal": "0.00"}
HEADING = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "locked": True}


def write_template(
    post: str,
    month: date,
    path: Path | BinaryIO,
    prefill: Mapping[str, pl.DataFrame] | None = None,
) -> None:
    """Write the workbook of a post and month, with rows already known.

    `prefill` maps a table's name to its rows: the columns that the sheet has are written, codes
    as the Indonesian words of their list; other columns are left out.
    """
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    formats = _formats(book)
    _guide(book.add_worksheet(GUIDE), formats, post, month)
    pages = [(sheet, book.add_worksheet(sheet.name)) for sheet in sheets_of(post)]
    lists = book.add_worksheet(LISTS)
    lists.hide()
    lists.protect()
    offered = _Lists(lists)
    for sheet, page in pages:
        rows = (prefill or {}).get(sheet.table, pl.DataFrame())
        _page(page, sheet, formats, rows, offered=offered, post=post)
    book.close()


def filled(post: str, month: date, tables: Mapping[str, pl.DataFrame], path: Path) -> None:
    """Write a workbook with the given rows, as a post would send it."""
    write_template(post, month, path, tables)


class _Lists:
    """The hidden sheet: each list of words once, in a column of its own."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        self.ranges: dict[tuple[str, ...], str] = {}

    def range_of(self, words: tuple[str, ...]) -> str:
        """Return the place of a list, written on first use."""
        if words not in self.ranges:
            column = len(self.ranges)
            self.page.write_column(0, column, words)
            letter = xl_col_to_name(column)
            self.ranges[words] = f"={LISTS}!${letter}$1:${letter}${len(words)}"
        return self.ranges[words]


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    kinds = ("text", "code", "date", "quarter", "integer", "decimal", "yes_no")
    cells = {
        kind: book.add_format({"locked": False, "num_format": NUMBER_FORMATS.get(kind, "@")})
        for kind in kinds
    }
    return cells | {
        "required": book.add_format({**HEADING, "bg_color": "#0B3C5D", "font_color": "#FFFFFF"}),
        "optional": book.add_format({**HEADING, "bg_color": "#DCE6EE", "font_color": "#0B3C5D"}),
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": "#0B3C5D"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        "label": book.add_format({"bold": True, "bg_color": "#DCE6EE"}),
        "locked_text": book.add_format({"num_format": "@"}),
    }


def _guide(page: Worksheet, formats: dict[str, Format], post: str, month: date) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
    central = post == CENTRAL
    page.write_string(0, 0, CENTRAL_TITLE if central else TITLE, formats["title"])
    values = {"post": post, "month": f"{month:%Y-%m}", "version": TEMPLATE_VERSION}
    for row, (name, label) in enumerate(METADATA.items(), start=2):
        page.write_string(row, 0, label, formats["label"])
        page.write_string(row, 1, values[name], formats["locked_text"])
    if not central:
        mission = reference.posts().filter(pl.col("post_code") == post)["post_name_id"].item()
        page.write_string(2 + len(METADATA), 0, "Perwakilan", formats["label"])
        page.write_string(2 + len(METADATA), 1, mission, formats["locked_text"])
    for row, step in enumerate(CENTRAL_STEPS if central else STEPS, start=4 + len(METADATA)):
        page.write_string(row, 1, step, formats["wrapped"])
    page.protect()


def _page(
    page: Worksheet,
    sheet: Sheet,
    formats: dict[str, Format],
    rows: pl.DataFrame,
    *,
    offered: _Lists,
    post: str,
) -> None:
    last_row = rows.height + SPARE_ROWS
    page.freeze_panes(1, 1)
    page.set_row(0, 32)
    page.protect(
        options={
            "format_columns": True,
            "format_rows": True,
            "insert_rows": True,
            "delete_rows": True,
            "sort": True,
            "autofilter": True,
        }
    )
    for column, field in enumerate(sheet.fields):
        look = formats[field.kind]
        page.set_column(column, column, WIDTHS.get(field.kind, 26), look)
        heading = field.label.indonesian + (" *" if field.required else "")
        page.write_string(0, column, heading, formats["required" if field.required else "optional"])
        page.data_validation(1, column, last_row, column, _validation(field, offered, post))
        if field.name in rows.columns:
            _fill(page, column, _words(field, rows[field.name]), look)


def _fill(page: Worksheet, column: int, values: pl.Series, look: Format) -> None:
    for row, value in enumerate(values, start=1):
        if isinstance(value, str):
            page.write_string(row, column, value, look)
        elif isinstance(value, date):
            page.write_datetime(row, column, value, look)
        elif value is not None:
            page.write_number(row, column, value, look)


def offered_codes(field: Field) -> dict[str, str]:
    """Return the codes that fit a field, with their Indonesian words, in their fixed order."""
    every = reference.code_lists()["yes_no" if field.kind == "yes_no" else field.code_list]
    return {c: t.indonesian for c, t in every.items() if not field.allowed or c in field.allowed}


def _words(field: Field, values: pl.Series) -> pl.Series:
    if field.kind == "yes_no":
        said = {"true": "yes", "false": "no"}
        values = values.cast(pl.String).replace(said)
    if field.kind in ("code", "yes_no"):
        return values.cast(pl.String).replace(offered_codes(field))
    return values


def _validation(field: Field, offered: _Lists, post: str) -> dict[str, Any]:
    """Return the check that the workbook itself makes, with the English words as its hint."""
    hint = f"{field.label.english}. Contoh: {field.example.format(post=post)}"
    shown = {
        "input_title": field.label.indonesian[:32],
        "input_message": hint[:255],
        "error_title": "Isian belum sesuai",
        "error_message": f"Periksa kolom {field.label.indonesian}. {hint}"[:255],
    }
    match field.kind:
        case "code" | "yes_no":
            words = tuple(offered_codes(field).values())
            return {"validate": "list", "source": offered.range_of(words), **shown}
        case "date":
            days = {"criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
            return {"validate": "date", **days, **shown}
        case "integer" | "decimal":
            limits = {"criteria": "between", "minimum": field.minimum, "maximum": field.maximum}
            return {"validate": field.kind, **limits, **shown}
        case "quarter":
            return {"validate": "length", "criteria": "<=", "value": 30, **shown}
        case "text":
            length = {"criteria": "<=", "value": field.length}
            return {"validate": "length", **length, **shown}
