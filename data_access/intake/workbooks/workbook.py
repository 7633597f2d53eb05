"""Writes the monthly workbook of one post: instructions, nine sheets, drop-down lists.

Only what data_access/sheets.py declares: the checks on what comes back read the same lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data_access import reference
from data_access.central import CENTRAL, sheets_of
from data_access.fields import Field, Sheet
from data_access.intake.instructions import (
    CENTRAL_STEPS,
    CENTRAL_TITLE,
    GUIDE,
    METADATA,
    ONE_SHEET,
    ONE_SHEET_LABEL,
    STEPS,
    TITLE,
)
from data_access.intake.workbooks.choices import Lists, offered_codes, validation
from data_access.intake.workbooks.looks import WIDE, WIDTHS, Looks
from data_access.sheets import TEMPLATE_VERSION
from metrics.text import Text

SPARE_ROWS = 5000  # rows below the filled ones that still have lists and checks
GUIDE_WIDTH, LINE_HEIGHT = 90, 16
HEADING_HEIGHT = 3 * LINE_HEIGHT

# What says which row a row is: a known row is found again by it, so it must not be retyped.
_FIXED = ("date_reported", "date_received")
_ALLOWED = ("format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")


def write_template(
    post: str,
    month: date,
    path: Path | BinaryIO,
    prefill: Mapping[str, pl.DataFrame] | None = None,
    told: Iterable[Text] = (),
) -> None:
    """Write the workbook of a post and month, with rows already known.

    `prefill` maps a table's name to its rows: the columns that the sheet has are written, codes
    as the Indonesian words of their list; other columns are left out. `told`: what the guide says
    about them.
    """
    template = Template(post, month, path, told=told)
    for sheet in sheets_of(post):
        rows = (prefill or {}).get(sheet.table, pl.DataFrame())
        page = template.page(sheet, rows.height + 1)
        for column, field in enumerate(sheet.fields):
            if field.name in rows.columns:
                fixed = field.name in (*sheet.key, *_FIXED) and not sheet.whole_month
                look = template.looks.cell(field.kind, "known" if fixed else "")
                for row, value in enumerate(in_words(field, rows[field.name]), start=1):
                    write_value(page, row, column, value, look)
    template.close()


def filled(post: str, month: date, tables: Mapping[str, pl.DataFrame], path: Path) -> None:
    """Write a workbook with the given rows, as a post would send it."""
    write_template(post, month, path, tables)


class Template:
    """A post's workbook while it is written: the guide is there, sheets follow as asked for."""

    def __init__(
        self,
        post: str,
        month: date,
        path: Path | BinaryIO,
        *,
        only: Sheet | None = None,
        told: Iterable[Text] = (),
    ) -> None:
        """Begin a workbook; `only`: the one sheet it will have, which the guide then says."""
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(path, options)
        self.looks = Looks(self.book)
        self._lists = Lists()
        self._post = post
        about = {METADATA["post"]: post, METADATA["month"]: f"{month:%Y-%m}"}
        about[METADATA["version"]] = TEMPLATE_VERSION
        if only is not None:
            about[ONE_SHEET_LABEL] = ONE_SHEET.format(sheet=only.name)
        self._guide(about, told)

    def page(self, sheet: Sheet, last_row: int) -> Worksheet:
        """Add a sheet with its headings, lists and checks; `last_row`: the last that has data."""
        page = self.book.add_worksheet(sheet.name)
        page.freeze_panes(1, 1)
        page.set_row(0, HEADING_HEIGHT)
        on_paper(page, repeated=0)
        page.protect(options=dict.fromkeys(_ALLOWED, True))
        for column, field in enumerate(sheet.fields):
            width = WIDTHS.get(field.kind, WIDE)
            page.set_column(column, column, width, self.looks.cell(field.kind))
            look = self.looks.heading(required=field.required)
            page.write_string(0, column, heading(field), look)
            check = validation(field, self._lists, self._post)
            page.data_validation(1, column, last_row + SPARE_ROWS, column, check)
        return page

    def close(self) -> None:
        """Write the lists, and everything to its place."""
        self._lists.write(self.book)
        self.book.close()

    def _guide(self, about: dict[str, str], told: Iterable[Text]) -> None:
        page = self.book.add_worksheet(GUIDE)
        page.set_column(0, 0, 28)
        page.set_column(1, 1, GUIDE_WIDTH)
        central = self._post == CENTRAL
        page.write_string(0, 0, CENTRAL_TITLE if central else TITLE, self.looks.of("title"))
        if not central:
            of_post = reference.posts().filter(pl.col("post_code") == self._post)
            about = {**about, "Perwakilan": of_post["post_name_id"].item()}
        for row, (label, words) in enumerate(about.items(), start=2):
            page.write_string(row, 0, label, self.looks.of("label"))
            page.write_string(row, 1, words, self.looks.of("locked_text"))
        known = [words for text in told for words in (text.indonesian, text.english)]
        steps = CENTRAL_STEPS if central else STEPS
        for row, words in enumerate((*known, *steps), start=3 + len(about)):
            page.set_row(row, height([words], [GUIDE_WIDTH]))
            page.write_string(row, 1, words, self.looks.of("wrapped"))
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.protect()


def height(cells: Sequence[str], widths: Sequence[int]) -> float:
    """Return the height of a row whose wrapped words are all to be seen; Excel allows 409."""
    lines = [-(-len(words) // width) for words, width in zip(cells, widths, strict=True)]
    return min(max(1, *lines) * LINE_HEIGHT, 409)


def on_paper(page: Worksheet, *, repeated: int) -> None:
    """Print a sheet as wide as the paper, with the row of headings on each page."""
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(repeated)


def heading(field: Field) -> str:
    """Return the words above a column."""
    return field.label.indonesian + (" *" if field.required else "")


def write_value(page: Worksheet, row: int, column: int, value: object, look: Format) -> None:
    """Write a value as what it is: words never become a formula or a link."""
    if isinstance(value, str):
        page.write_string(row, column, value, look)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, look)
    elif value is not None:
        page.write_number(row, column, value, look)


def in_words(field: Field, values: pl.Series) -> pl.Series:
    """Return a field's values as a post reads them: codes as their Indonesian words."""
    if field.kind == "yes_no":
        said = {"true": "yes", "false": "no"}
        values = values.cast(pl.String).replace(said)
    if field.kind in ("code", "yes_no"):
        return values.cast(pl.String).replace(offered_codes(field))
    return values
