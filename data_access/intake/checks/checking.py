"""Checks a file as read: typed rows, and everything that is wrong with it, all at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from data_access.central import EVERY_SHEET, sheets_of
from data_access.fields import Sheet
from data_access.intake.checks.comparing import TypedFile, against_known, taken_out
from data_access.intake.checks.foreign import about_foreign, unshown
from data_access.intake.checks.periods import of_month
from data_access.intake.checks.row_checks import broken, once
from data_access.intake.checks.rules import rules
from data_access.intake.findings import Finding, note
from data_access.intake.reading.converting import converted, schema
from data_access.intake.reading.files import RawFile
from data_access.intake.reading.headings import Headings
from data_access.intake.words.naming import NO_NAMES, Names, Origin
from data_access.sheets import AGENCIES
from metrics.text import Text

ONE_ROW = Text("harus tepat satu baris, ditemukan {n}", "must have exactly one row, found {n}")
ONE_ROW_ADVICE = Text("Isi satu baris untuk bulan ini.", "Fill in one row for this month.")
NO_SHEET = Text("lembar tidak ada atau disembunyikan", "the sheet is missing or hidden")
ALL_SHEETS = Text(
    "Pakai templat resmi dengan semua lembarnya; kosongkan lembar yang nihil.",
    "Use the official template with all its sheets; leave a sheet empty when there is nothing.",
)
NAMED = ("agency_code", "agency_name")


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a file says.

    frames    by table: the sheet's fields in their types; fit to be stored when nothing is wrong
    findings  everything found, errors first
    rows      by table: `row`, as Excel counts, before the frame's columns; faulty cells are null
    """

    frames: dict[str, pl.DataFrame]
    findings: tuple[Finding, ...]
    rows: dict[str, pl.DataFrame]

    @property
    def accepted(self) -> bool:
        """Return whether nothing keeps the file out."""
        return not any(finding.severity == "error" for finding in self.findings)

    @property
    def height(self) -> int:
        """Return how many rows of data the file has."""
        return sum(frame.height for frame in self.frames.values())

    @property
    def rows_warned(self) -> int:
        """Return how many rows have a warning."""
        return len({(f.sheet, row) for f in self.findings for row in f.rows if f.column or f.value})


def check(
    file: RawFile,
    *,
    today: date,
    known: Mapping[str, pl.DataFrame],
    latest: bool = True,
    names: Names = NO_NAMES,
) -> Checked:
    """Return a file's typed rows and everything wrong with them.

    `known`: the post's current rows by table. `latest`: no later month of the post is on record.
    `today` is the day at the post. `names`: what the post's own words stand for.
    """
    findings = list(file.findings)
    names = names.knowing(known.get(AGENCIES.table), _own_agencies(file))
    origin = Origin(file.post, names, file.month)
    rows, frames, letters = {}, {}, {}
    for sheet, raw, headings in file.sheets:
        result = converted(sheet, raw, headings, origin)
        findings = [_with_heading(f, sheet, headings) for f in findings]
        findings += result.findings
        for rule in rules(sheet, month=file.month, today=today):
            findings += broken(sheet, rule, result)
        kept, doubles = once(sheet, result)
        findings += doubles
        if sheet.one_row and kept.height != 1:
            reason = ONE_ROW.format(n=kept.height)
            findings.append(note(sheet.name, "E-ONEROW", reason, ONE_ROW_ADVICE))
        rows[sheet.table], frames[sheet.table] = kept, kept.select(list(schema(sheet)))
        letters[sheet.table] = result.letters
    if file.whole:
        findings += [
            note(sheet.name, "E-SHEET", NO_SHEET, ALL_SHEETS)
            for sheet in sheets_of(file.post)
            if sheet.table not in frames
        ]
    read = TypedFile(file.month, rows, letters, latest)
    findings += against_known(read, known)
    findings += about_foreign(findings)
    wrong = {finding.sheet for finding in findings if finding.severity == "error"}
    doubts = [*of_month(read, known), *taken_out(read, known)]
    findings += [told for told in doubts if not told.sheet or told.sheet not in wrong]
    return Checked(frames=frames, rows=rows, findings=tuple(sorted(unshown(findings), key=_order)))


def _own_agencies(file: RawFile) -> pl.DataFrame | None:
    """Return the agencies that the file itself names, before the rows that may mention them."""
    named = replace(AGENCIES, fields=tuple(AGENCIES.field(name) for name in NAMED))
    for sheet, raw, headings in file.sheets:
        if sheet is AGENCIES:
            return converted(named, raw, headings, Origin(file.post)).rows
    return None


def _order(finding: Finding) -> tuple[bool, int, int, int, str]:
    names = [sheet.name for sheet in EVERY_SHEET]
    place = names.index(finding.sheet) if finding.sheet in names else len(names)
    place = place if finding.sheet else -1  # about the whole file
    return finding.severity != "error", place, finding.row or 0, len(finding.column), finding.column


def _with_heading(finding: Finding, sheet: Sheet, headings: Headings | None) -> Finding:
    """Return the finding with its column's heading, which the reader of cells did not know."""
    fields = headings.fields if headings else {}
    if finding.sheet != sheet.name or finding.column not in fields or finding.heading.english:
        return finding
    return replace(finding, heading=fields[finding.column].label)
