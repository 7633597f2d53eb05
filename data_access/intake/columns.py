"""Says which columns of a sheet are missing, double, or not asked for."""

import difflib
from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from data_access.fields import Sheet
from data_access.intake.findings import Finding
from data_access.intake.headings import Headings, known, normal
from data_access.intake.privacy import ADVICE, PERSONAL_COLUMN, personal_heading
from data_access.intake.raw import note
from metrics.text import Text

USE_TEMPLATE = Text(
    "Pakai judul kolom dari templat resmi, jangan diubah.",
    "Use the headings of the official template unchanged.",
)
NO_ADVICE = Text("Tidak perlu tindakan.", "Nothing needs to be done.")
MISSING = Text("kolom tidak ada", "the column is missing")
NEAREST = Text("Apakah maksudnya '{found}'?", "Is '{found}' meant to be it?")
DOUBLE = Text("judul kolom ditulis dua kali", "the heading stands twice")
REMOVE_COLUMN = Text("Hapus salah satu kolom.", "Remove one of the columns.")
UNKNOWN = Text("kolom di luar templat, isinya tidak disimpan", "an extra column, not stored")


def about_columns(sheet: Sheet, texts: pl.DataFrame, found: Headings) -> Iterator[Finding]:
    """Return what is to be said about columns that are missing, double or not in the template."""
    unknown = []
    for letter in texts.columns[1:]:
        heading = found.words.get(letter, "")
        if letter in found.fields or not (heading or texts[letter].is_not_null().any()):
            continue
        words = Text(heading[:60], heading[:60])
        row = (found.row,)
        if normal(heading) in known(sheet):
            finding = note(
                sheet.name, "E-DUPHEADER", DOUBLE, REMOVE_COLUMN, rows=row, column=letter
            )
        elif personal_heading(heading.casefold()):
            finding = note(
                sheet.name, "E-PRIVACY", PERSONAL_COLUMN, ADVICE, rows=row, column=letter
            )
        else:
            unknown.append(heading)
            finding = note(
                sheet.name, "W-COLUMN", UNKNOWN, NO_ADVICE, "warning", rows=row, column=letter
            )
        yield replace(finding, heading=words)
    present = {one.name for one in found.fields.values()}
    for one in sheet.fields:
        if one.name not in present:
            near = difflib.get_close_matches(one.label.indonesian, unknown, n=1, cutoff=0.6)
            advice = NEAREST.format(found=near[0]) if near else USE_TEMPLATE
            finding = note(sheet.name, "E-MISSINGCOL", MISSING, advice, rows=(found.row,))
            yield replace(finding, heading=one.label)
