"""Where the findings of a file stand in its corrected copy, which has the template's own layout."""

import re
from dataclasses import dataclass, field

import polars as pl

from data_access.fields import Sheet
from data_access.intake.checks.foreign import others_rows
from data_access.intake.findings import Finding
from data_access.intake.opening.raw import RawSheet
from data_access.intake.reading.headings import Headings
from data_access.intake.report import Report
from data_access.intake.words.privacy import personal_cell

HEADING_ROW = 1
Place = tuple[int, int]  # row as Excel counts, column from 0

_NUMERIC = ("integer", "decimal")
_WHOLE = re.compile(r"-?\d{1,15}")


@dataclass(frozen=True, eq=False)
class Copied:
    """One sheet as it is copied.

    rows   `row` and the fields in their types; a row stands where it stood in the file
    words  what stands in the cells with findings, where it may be shown again
    stored  of those, the cells that are numbers and not text
    found  the findings of each cell
    """

    sheet: Sheet
    rows: pl.DataFrame
    words: dict[Place, str] = field(default_factory=dict)
    stored: set[Place] = field(default_factory=set)
    found: dict[Place, list[Finding]] = field(default_factory=dict)


def copied(sheet: Sheet, report: Report) -> Copied:
    """Return a sheet of a report's file with its findings at their places."""
    read = {one.table: (raw, headings) for one, raw, headings in report.read.sheets}
    raw, headings = read.get(sheet.table, (None, None))
    about = [one for one in report.findings if one.sheet == sheet.name]
    rows = report.checked.rows.get(sheet.table, pl.DataFrame(schema={"row": pl.Int32}))
    others = {row for _, row in others_rows(about)}  # another post's rows do not travel again
    rows = rows.filter(~pl.col("row").is_in(list(others)))
    copy = Copied(sheet, _with_doubles(rows, about))
    for finding in about:
        for place in places(sheet, headings, finding):
            copy.found.setdefault(place, []).append(finding)
    if raw is not None and headings is not None:
        _take_words(copy, raw, headings, others)
    return copy


def places(sheet: Sheet, headings: Headings | None, finding: Finding) -> list[Place]:
    """Return the cells of the copy that a finding speaks of; none for a column left out.

    What is said of a sheet or of its headings stands at the heading.
    """
    below = headings.row if headings else 0
    column = _column(sheet, headings, finding)
    if column is None:
        return []
    rows = {row if row > below else HEADING_ROW for row in finding.rows}
    return [(row, column) for row in sorted(rows or {HEADING_ROW})]


def _column(sheet: Sheet, headings: Headings | None, finding: Finding) -> int | None:
    names = [one.name for one in sheet.fields]
    if finding.column:
        there = headings.fields.get(finding.column) if headings else None
        return names.index(there.name) if there else None
    labels = [one.label for one in sheet.fields]
    return labels.index(finding.heading) if finding.heading in labels else 0


def _with_doubles(rows: pl.DataFrame, about: list[Finding]) -> pl.DataFrame:
    """Return the rows with those that were taken once although they stand twice."""
    there = set(rows["row"])
    again = [
        rows.filter(pl.col("row") == finding.row).with_columns(row=pl.lit(row, pl.Int32))
        for finding in about
        if finding.code == "W-DUP"
        for row in finding.rows[1:]
        if row not in there
    ]
    return pl.concat([rows, *again]).sort("row")


def _take_words(copy: Copied, raw: RawSheet, headings: Headings, others: set[int]) -> None:
    """Note what stands in each cell that a finding names; hidden values and the rows of others
    are left out."""
    letters = headings.letters()
    at = {row: number for number, row in enumerate(raw.texts["row"])}
    columns = [letters.get(one.name) for one in copy.sheet.fields]
    for (row, column), findings in copy.found.items():
        letter = columns[column]
        named = any(one.column for one in findings)  # else it speaks of the row
        below = row > headings.row and row not in others
        if not named or not below or row not in at or letter is None:
            continue
        text = raw.texts[letter][at[row]]
        if text and not any(one.hidden for one in findings) and personal_cell(text) is None:
            copy.words[row, column] = text
            whole = copy.sheet.fields[column].kind in _NUMERIC and _WHOLE.fullmatch(text)
            if raw.numbers[letter][at[row]] or whole:
                copy.stored.add((row, column))
