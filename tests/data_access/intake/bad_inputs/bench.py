"""A bench for bad input: makes a file, sends it through the whole intake, and names the answer.

`lines.csv` lists what people send and what must come of it. Each line is made by one function of
the modules beside this one, registered by `@line`; `test_lines.py` runs them all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import polars as pl
from sqlalchemy import Engine

from data_access.errors import RefusedFile
from data_access.fields import Sheet
from data_access.intake.findings import Finding
from data_access.intake.importing import import_bytes
from data_access.intake.report import Report
from data_access.sheets import CASES
from tests.data_access.intake.builders import MONTH, POST, TODAY, month, rows, with_cell, workbook
from tests.data_access.intake.imports import NOW, counts

# The answers of lines.csv
NORMALISED, WARNED = "accept+normalise", "accept+warn"
CELL, ROW, FILE, NOTHING = "reject-cell", "reject-row", "reject-file", "no-op"


@dataclass(frozen=True)
class Answer:
    """What came of a file: one of the answers above, and the codes of what was said."""

    verdict: str
    codes: tuple[str, ...]
    report: Report | None = None


@dataclass(frozen=True)
class Line:
    """One line of lines.csv: how it is made and what must come of it."""

    number: str
    verdict: str
    codes: frozenset[str]  # every one of them must be said
    make: Callable[["Bench"], Answer]
    otherwise: str  # why the answer is another one than the design's; "": it is the same


LINES: dict[str, Line] = {}


def line(number: str, verdict: str, *codes: str, otherwise: str = "") -> Callable:
    """Register a function that makes one line's input and sends it."""

    def register(make: Callable[["Bench"], Answer]) -> Callable[["Bench"], Answer]:
        assert number not in LINES, number
        LINES[number] = Line(number, verdict, frozenset(codes), make, otherwise)
        return make

    return register


@dataclass(frozen=True)
class Bench:
    """An empty database and a folder, and ways to send something to it."""

    engine: Engine
    folder: Path

    def send(self, name: str, content: bytes, **way: object) -> Answer:
        """Send bytes under a name, and see to it that a refusal stores nothing."""
        before = counts(self.engine)
        try:
            report = import_bytes(
                name, content, engine=self.engine, **{"today": TODAY, "now": NOW} | way
            )
        except RefusedFile as error:
            assert counts(self.engine) == before
            return Answer(FILE, (error.code,))
        if not report.accepted:
            assert counts(self.engine) == before
        return Answer(verdict(report), tuple(f.code for f in report.findings), report)

    def send_csv(self, content: bytes | str, **way: object) -> Answer:
        """Send the bytes or words of a csv file of the post and month of the tests."""
        raw = content.encode() if isinstance(content, str) else content
        return self.send("kasus.csv", raw, **{"post": POST, "month": MONTH} | way)

    def send_book(
        self,
        change: Callable[[openpyxl.Workbook], None] | None = None,
        *,
        way: dict | None = None,
        **tables: pl.DataFrame,
    ) -> Answer:
        """Send the month's workbook with other rows and a change made with openpyxl."""
        path = workbook(self.folder, month(**tables), change=change)
        return self.send(path.name, path.read_bytes(), **way or {})

    def send_cell(self, sheet: Sheet, field: str, value: object) -> Answer:
        """Send the month's workbook with a value typed into the first row of a sheet."""
        return self.send_book(with_cell(sheet, field, value))


def verdict(report: Report) -> str:
    """Return the answer that a report is.

    A fault of the headings keeps the file out as a whole; a row that is left out is refused.
    """
    errors = [finding for finding in report.findings if finding.severity == "error"]
    headings = {(sheet.name, found.row) for sheet, _, found in report.read.sheets if found}
    if errors:
        if any(_speaks_of_the_whole(finding, headings) for finding in errors):
            return FILE
        return CELL if all(one.column and not one.also for one in errors) else ROW
    if any(finding.code == "W-LEFTOUT" for finding in report.findings):
        return ROW
    if report.outcome and (report.outcome.duplicate_of or report.outcome.nothing_new):
        return NOTHING
    return WARNED if report.findings else NORMALISED


def _speaks_of_the_whole(finding: Finding, headings: set[tuple[str, int]]) -> bool:
    placed = finding.rows or finding.column
    return not placed or any((finding.sheet, row) in headings for row in finding.rows)


def case_csv(*given: dict, separator: str = ";", **changed: str) -> str:
    """Return cases as a csv file, headings first; `changed` puts words into the first row."""
    return sheet_csv(CASES, *given, separator=separator, **changed)


def sheet_csv(sheet: Sheet, *given: dict, separator: str = ";", **changed: str) -> str:
    """Return rows of a sheet as a csv file, as `case_csv` does."""
    told = rows(sheet, *(given or ({},)))
    table = [[field.label.indonesian for field in sheet.fields]]
    table += [list(_words(values)) for values in told.iter_rows()]
    for name, words in changed.items():
        table[1][told.columns.index(name)] = words
    return "".join(separator.join(cells) + "\n" for cells in table)


def _words(values: tuple) -> Iterator[str]:
    for value in values:
        if value is None:
            yield ""
        elif isinstance(value, bool):
            yield "Ya" if value else "Tidak"
        else:
            yield str(value)
