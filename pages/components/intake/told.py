"""What came of the check of a file: the verdict, the counts by sheet, every finding."""

import polars as pl
import streamlit as st

from data_access.central import SHEET_OF
from data_access.intake.report import Report
from metrics.text import Text
from metrics.units import month, number
from pages.components.intake import findings, gate
from pages.components.intake.plain import plain
from pages.components.language import language, say

FITS = Text(
    "**Berkas ini dapat disimpan.** {file}: {post}, {month}. Belum ada yang disimpan.",
    "**This file can be stored.** {file}: {post}, {month}. Nothing has been stored yet.",
)
REFUSED = Text(
    "**Berkas ini ditolak seluruhnya: {n} kekeliruan.** {file}: {post}, {month}. Tidak ada yang "
    "disimpan. Perbaiki yang disebut di bawah, lalu unggah lagi.",
    "**This file is refused as a whole (faults: {n}).** {file}: {post}, {month}. Nothing was "
    "stored. Correct what is named below, then upload it again.",
)
SAME_FILE = Text(
    "**Berkas ini sudah diterima sebagai kiriman nomor {n}.** {file}: {post}, {month}. Tidak ada "
    "yang perlu disimpan.",
    "**This file was already accepted as submission {n}.** {file}: {post}, {month}. There is "
    "nothing to store.",
)
NO_CHANGE = Text(
    "**Isinya sama dengan yang sudah tercatat.** {file}: {post}, {month}. Tidak ada yang perlu "
    "disimpan.",
    "**Its content is what is already on record.** {file}: {post}, {month}. There is nothing to "
    "store.",
)
CHANGES = Text("Yang berubah per lembar", "What changes, by sheet")
COUNTS = {
    "added": Text("Baris baru", "New rows"),
    "changed": Text("Berubah", "Changed"),
    "removed": Text("Dihapus", "Removed"),
    "unchanged": Text("Tetap", "Unchanged"),
    "kept": Text("Dibiarkan (laporan sesudahnya)", "Left alone (later report)"),
}
SHEET = Text("Lembar", "Sheet")
VERDICT = "putusan"  # key of the box


def show(report: Report) -> None:
    """Show the verdict, the counts by sheet, the findings, and the marked copy."""
    _show_verdict(report)
    if report.outcome is not None and not report.outcome.nothing_new:
        st.markdown(f"**{say(CHANGES)}**")
        st.table(_counts(report), hide_index=True)
    if report.findings:
        findings.show(report)


def _show_verdict(report: Report) -> None:
    errors = sum(finding.severity == "error" for finding in report.findings)
    outcome = report.outcome
    if outcome is None:
        box, text, icon = st.error, REFUSED, ":material/block:"
    elif outcome.duplicate_of is not None:
        box, text, icon = st.info, SAME_FILE, ":material/task_alt:"
    elif outcome.nothing_new:
        box, text, icon = st.info, NO_CHANGE, ":material/task_alt:"
    else:
        box, text, icon = st.success, FITS, ":material/task_alt:"
    told = text.format(
        file=plain(report.file),
        post=gate.name_of(report.post),
        month=month(report.month, language()),
        n=number(outcome.duplicate_of if outcome else errors, language()),
    )
    with st.container(key=VERDICT):
        box(say(told), icon=icon)


def _counts(report: Report) -> pl.DataFrame:
    kinds = [kind for kind in COUNTS if kind != "kept" or report.outcome.total("kept")]
    rows = [
        {say(SHEET): say(SHEET_OF[table].label)}
        | {say(COUNTS[kind]): number(getattr(counts, kind), language()) for kind in kinds}
        for table, counts in report.outcome.changes.items()
        if any(vars(counts).values())
    ]
    return pl.DataFrame(rows)
