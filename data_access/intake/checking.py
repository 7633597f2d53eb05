"""Checks a file as read: typed rows, and everything that is wrong with it, all at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from data_access.central import EVERY_SHEET, sheets_of
from data_access.fields import Sheet
from data_access.intake.comparing import File, against_known, taken_out
from data_access.intake.converting import Converted, converted, schema
from data_access.intake.findings import Finding
from data_access.intake.headings import Headings
from data_access.intake.names import NO_NAMES, Names
from data_access.intake.raw import note
from data_access.intake.reading import RawFile
from data_access.intake.rule import Rule
from data_access.intake.rules import rules
from metrics.text import Text

ONE_ROW = Text("harus tepat satu baris, ditemukan {n}", "must have exactly one row, found {n}")
ONE_ROW_ADVICE = Text("Isi satu baris untuk bulan ini.", "Fill in one row for this month.")
NO_SHEET = Text("lembar tidak ada atau disembunyikan", "the sheet is missing or hidden")
ALL_SHEETS = Text(
    "Pakai templat resmi dengan semua lembarnya; kosongkan lembar yang nihil.",
    "Use the official template with all its sheets; leave a sheet empty when there is nothing.",
)
TWICE = Text("ditulis lebih dari sekali dengan isi berbeda", "stands more than once, differently")
KEEP_ONE = Text("Sisakan satu baris yang benar.", "Keep the one right row.")
SAME_TWICE = Text("ditulis lebih dari sekali, diambil sekali", "stands more than once, taken once")
NOTHING_TO_DO = Text("Tidak perlu tindakan.", "Nothing needs to be done.")


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
    rows, frames, letters = {}, {}, {}
    for sheet, raw, headings in file.sheets:
        result = converted(sheet, raw, headings, file.post, names)
        findings = [_with_heading(f, sheet, headings) for f in findings]
        findings += result.findings
        for rule in rules(sheet, month=file.month, today=today):
            findings += _broken(sheet, rule, result)
        kept, doubles = _once(sheet, result)
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
    read = File(file.month, rows, letters, latest)
    findings += against_known(read, known)
    wrong = {finding.sheet for finding in findings if finding.severity == "error"}
    findings += [told for told in taken_out(read, known) if told.sheet not in wrong]
    return Checked(frames=frames, rows=rows, findings=tuple(sorted(findings, key=_order)))


def _order(finding: Finding) -> tuple[bool, int, int, int, str]:
    names = [sheet.name for sheet in EVERY_SHEET]
    place = names.index(finding.sheet) if finding.sheet in names else len(names)
    return finding.severity != "error", place, finding.row or 0, len(finding.column), finding.column


def _with_heading(finding: Finding, sheet: Sheet, headings: Headings | None) -> Finding:
    """Return the finding with its column's heading, which the reader of cells did not know."""
    fields = headings.fields if headings else {}
    if finding.sheet != sheet.name or finding.column not in fields or finding.heading.english:
        return finding
    return Finding(**{**vars(finding), "heading": fields[finding.column].label})


def _broken(sheet: Sheet, rule: Rule, result: Converted) -> list[Finding]:
    """Return the rows that break a rule; rows whose cells could not be read are left alone."""
    unreadable = set().union(*(result.faulty.get(name, set()) for name in rule.fields()))
    hit = result.rows.filter(rule.broken).select("row", pl.col(rule.at).cast(pl.String))
    hits = [(row, value or "") for row, value in hit.iter_rows() if row not in unreadable]
    if rule.severity == "warning" and len(hits) > 1:
        groups = [(tuple(row for row, _ in hits), "")]
    else:
        groups = [((row,), value) for row, value in hits]
    return [
        Finding(
            sheet=sheet.name,
            code=rule.code,
            reason=rule.reason,
            advice=rule.advice,
            severity=rule.severity,
            rows=rows,
            column=result.letters.get(rule.at, ""),
            heading=sheet.field(rule.at).label,
            value=value,
        )
        for rows, value in groups
    ]


def _once(sheet: Sheet, result: Converted) -> tuple[pl.DataFrame, list[Finding]]:
    """Return the rows with each key once, and what is to be said about keys that stand twice."""
    key = [name for name in sheet.key if name in schema(sheet)]
    if not key:
        return result.rows, []
    unreadable = set().union(*(result.faulty.get(name, set()) for name in key))
    rows = result.rows.with_columns(known=~pl.col("row").is_in(list(unreadable)))
    double = rows.filter(pl.col("known") & pl.struct(key).is_duplicated())
    fields = pl.struct(list(schema(sheet)))
    findings, extra = [], []
    for values, group in double.group_by(key, maintain_order=True):
        if group.height < 2:
            continue
        same = group.select(fields.n_unique()).item() == 1
        extra += list(group["row"])[1:] if same else []
        findings.append(
            Finding(
                sheet=sheet.name,
                code="W-DUP" if same else "E-DUP",
                reason=SAME_TWICE if same else TWICE,
                advice=NOTHING_TO_DO if same else KEEP_ONE,
                severity="warning" if same else "error",
                rows=tuple(group["row"]),
                heading=sheet.field(key[0]).label,
                value=" / ".join(str(value) for value in values if value is not None),
            )
        )
    return result.rows.filter(~pl.col("row").is_in(extra)), findings
