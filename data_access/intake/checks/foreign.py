"""Rows of another post: told by their number, and not shown again."""

from collections.abc import Iterable
from dataclasses import replace

from data_access.central import EVERY_SHEET
from data_access.intake.findings import Finding, note
from metrics.text import Text

OTHERS_ROWS = Text(
    "{n} baris memuat nomor milik pos lain; berkas ditolak seluruhnya",
    "{n} rows hold numbers of another post; the file is refused as a whole",
)
SEND_OWN = Text(
    "Kirim hanya baris pos ini. Isi baris itu tidak ditampilkan dan tidak disimpan.",
    "Send only this post's rows. What those rows say is neither shown nor stored.",
)
FOREIGN = "E-FOREIGN"
_FIRST = {sheet.name: sheet.fields[0].label for sheet in EVERY_SHEET}

Places = set[tuple[str, int]]  # sheet and row


def about_foreign(findings: list[Finding]) -> list[Finding]:
    """Return the fault of a file with rows of other posts: how many, and not what they say."""
    rows = {(one.sheet, row) for one in findings if one.code == FOREIGN for row in one.rows}
    if not rows:
        return []
    return [note("", FOREIGN, OTHERS_ROWS.format(n=len(rows)), SEND_OWN)]


def others_rows(findings: Iterable[Finding]) -> Places:
    """Return the rows that are another post's own: their first column says so."""
    return {
        (one.sheet, row)
        for one in findings
        if one.code == FOREIGN and one.sheet and one.heading == _FIRST[one.sheet]
        for row in one.rows
    }


def unshown(findings: list[Finding]) -> list[Finding]:
    """Return the findings, with the values that only another post's rows have left out."""
    others = others_rows(findings)
    return [
        replace(one, value="", hidden=True, code_list="")
        if one.value and one.rows and {(one.sheet, row) for row in one.rows} <= others
        else one
        for one in findings
    ]
