"""From the bytes of a file to its sheets: every cell as words, with its place as Excel shows it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from xlsxwriter.utility import xl_col_to_name

from data_access import reference
from data_access.central import CENTRAL, sheets_of
from data_access.errors import RefusedFile
from data_access.fields import Sheet
from data_access.intake import dates, delimited, guarding, parsing, refusals
from data_access.intake.cells import cleaned
from data_access.intake.findings import Finding
from data_access.intake.headings import Headings, headings
from data_access.intake.instructions import GUIDE, METADATA
from data_access.intake.raw import RawSheet, note
from data_access.sheets import TEMPLATE_VERSION
from metrics.text import Text

WALL_CLOCK_SECONDS = 30
# One thread each: threads count against the child's memory.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}

NOT_READ = Text("lembar tersembunyi, tidak dibaca", "the sheet is hidden, so it was not read")
UNHIDE = Text("Tampilkan lembar itu bila isinya perlu dibaca.", "Unhide it if it should be read.")
EXTRA = Text("lembar di luar templat, tidak dibaca", "not a sheet of the template, not read")
MOVE = Text("Pindahkan isinya ke lembar templat.", "Move its content to a sheet of the template.")
NO_RESULT = Text("rumus tanpa hasil", "a formula without a result")
ERROR_CELL = Text("rumus menghasilkan galat", "a formula that ends in an error")
TYPE_VALUE = Text("Ganti rumus dengan nilainya.", "Put the value in place of the formula.")
_HIDDEN_BY_US = ("Daftar",)


@dataclass(frozen=True, kw_only=True)
class RawFile:
    """A file as read: whose it is, of which month, and its sheets with their headings."""

    post: str  # or CENTRAL
    month: date
    sheets: tuple[tuple[Sheet, RawSheet, Headings | None], ...]
    findings: tuple[Finding, ...] = ()
    whole: bool = True  # a workbook holds all its sheets; a csv file holds one


def read_file(name: str, content: bytes, *, post: str | None, month: date | None) -> RawFile:
    """Return what a file holds. For csv, post and month must be given.

    Raises RefusedFile when it cannot be taken in at all.
    """
    ending = Path(name).suffix.casefold()
    if ending == ".xlsx":
        return _workbook(content, post, month)
    if ending != ".csv":
        raise RefusedFile(refusals.EXTENSION)
    if post is None or month is None:
        raise RefusedFile(refusals.NEEDS_POST)
    if len(content) > guarding.MAX_FILE:
        raise RefusedFile(refusals.TOO_LARGE)
    sheet, raw, found = delimited.table(content)
    return RawFile(
        post=_known(post),
        month=month,
        sheets=((sheet, raw, found),),
        whole=False,
        findings=raw.findings,
    )


def _known(post: str) -> str:
    if post not in (*reference.codes("post"), CENTRAL):
        raise RefusedFile(refusals.UNKNOWN_POST.format(found=post[:20]))
    return post


def _workbook(content: bytes, post: str | None, month: date | None) -> RawFile:
    scan = guarding.scan(content)
    pages: dict[str, RawSheet] = {}
    findings: list[Finding] = []
    for page, visible in _parsed(content):
        if visible:
            pages[cleaned(page.name).casefold()] = page
        elif page.name not in _HIDDEN_BY_US:
            findings.append(note(page.name, "W-HIDDEN", NOT_READ, UNHIDE, "warning"))
    own_post, own_month = _metadata(
        pages.pop(GUIDE.casefold()) if GUIDE.casefold() in pages else None
    )
    if post is not None and post != own_post:
        raise RefusedFile(refusals.OTHER_POST.format(found=own_post, due=post))
    if month is not None and month != own_month:
        found, due = f"{own_month:%Y-%m}", f"{month:%Y-%m}"
        raise RefusedFile(refusals.OTHER_MONTH.format(found=found, due=due))
    sheets = []
    for sheet in sheets_of(own_post):
        if sheet.name.casefold() in pages:
            page = pages.pop(sheet.name.casefold())
            page = _with_formulas(page, scan.uncounted.get(page.name, []))
            sheets.append((sheet, page, headings(sheet, page.texts)))
            findings += page.findings
    extra = [page for page in pages.values() if page.texts.height]
    findings += [note(page.name, "W-SHEET", EXTRA, MOVE, "warning") for page in extra]
    return RawFile(post=own_post, month=own_month, sheets=tuple(sheets), findings=tuple(findings))


def _parsed(content: bytes) -> list[tuple[RawSheet, bool]]:
    """Return each sheet and whether it is visible, read in a child process with limits."""
    with TemporaryDirectory(prefix="intake-") as name:
        folder = Path(name)
        workbook = folder / "workbook.xlsx"
        workbook.write_bytes(content)
        try:
            done = subprocess.run(
                [sys.executable, "-I", parsing.__file__, str(workbook), str(folder)],
                env=_ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=WALL_CLOCK_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RefusedFile(refusals.TOO_MUCH) from error
        if done.returncode == parsing.UNREADABLE:
            raise RefusedFile(refusals.DAMAGED)
        if done.returncode != 0:
            raise RefusedFile(refusals.TOO_MUCH)
        told = json.loads((folder / "sheets.json").read_text(encoding="utf-8"))
        return [(_page(folder, index, about), about["visible"]) for index, about in enumerate(told)]


def _page(folder: Path, index: int, about: dict[str, Any]) -> RawSheet:
    empty = pl.DataFrame(schema={"row": pl.Int32})
    if not about["columns"]:
        return RawSheet(about["name"], empty, empty)
    letters = [xl_col_to_name(column) for column in about["columns"]]
    frames = []
    for kind in ("texts", "numbers"):
        rows = pl.read_ipc((folder / f"{index}-{kind}.arrow").read_bytes())
        rows.columns = letters
        frames.append(rows.with_row_index("row", offset=1).cast({"row": pl.Int32}))
    texts, numbers = frames
    bad = [
        note(
            about["name"],
            "E-CELLERR",
            ERROR_CELL,
            TYPE_VALUE,
            rows=(row,),
            column=xl_col_to_name(column),
        )
        for row, column, _ in about["errors"]
    ]
    return RawSheet(about["name"], texts, numbers, tuple(bad))


def _with_formulas(page: RawSheet, places: list[tuple[int, str]]) -> RawSheet:
    bad = [
        note(page.name, "E-FORMULA", NO_RESULT, TYPE_VALUE, rows=(row,), column=letter)
        for row, letter in places
    ]
    return RawSheet(page.name, page.texts, page.numbers, (*page.findings, *bad))


def _metadata(guide: RawSheet | None) -> tuple[str, date]:
    """Return post and month as the sheet Petunjuk tells them, once its version is right."""
    told: dict[str, str] = {}
    if guide is not None:
        for cells in guide.texts.drop("row").iter_rows():
            words = [cleaned(cell) for cell in cells if cell]
            if len(words) >= 2:
                told.setdefault(words[0].casefold(), words[1])
    values = {name: told.get(label.casefold(), "") for name, label in METADATA.items()}
    month = dates.month(values["month"])
    if not all(values.values()) or month is None:
        raise RefusedFile(refusals.NO_GUIDE)
    if values["version"] != TEMPLATE_VERSION:
        due, found = TEMPLATE_VERSION, values["version"][:20]
        raise RefusedFile(refusals.VERSION.format(found=found, due=due))
    return _known(values["post"].upper()), month
