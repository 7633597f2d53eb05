"""The last step: what must be confirmed, and the button that stores."""

import streamlit as st

from data_access.errors import RefusedFile
from data_access.intake.refusals import STALE
from data_access.intake.report import Report
from metrics.text import Text
from metrics.units import month, number
from pages.components.intake import gate, sections, unsaved
from pages.components.intake.plain import plain
from pages.components.intake.progress import bar
from pages.components.language import say

TITLE = Text("3. Simpan", "3. Save")
SAVE = Text("Simpan", "Save")
# What a person must have looked at: rows taken out or missing, cases opened again, a number that
# jumps, days that may be months.
TO_CONFIRM = {"W-REMOVED", "W-REOPENED", "W-CHANGE", "W-DROP", "W-PERIOD", "W-SWAPPED"}
CONFIRM = Text(
    "Saya sudah memeriksa hal berikut, dan isinya benar:",
    "I have looked at the following, and it is right:",
)
STORED = Text(
    "**Tersimpan sebagai kiriman nomor {n}.** {post}, {month}: {added} baris baru, {changed} "
    "berubah, {removed} dihapus. Semua layar memakai data ini mulai sekarang.",
    "**Stored as submission {n}.** {post}, {month}: {added} rows new, {changed} changed, "
    "{removed} removed. All screens use these data from now on.",
)
CAME_BEFORE = Text(
    "Isi berkas ini sudah tercatat. Tidak ada yang berubah.",
    "The content of this file is already on record. Nothing changed.",
)
HISTORY = Text("Lihat riwayat", "See the history")


def show(report: Report, name: str, content: bytes, *, of_sheet: bool) -> None:
    """Show the button for a file that can be stored and changes something."""
    if not report.accepted or report.outcome is None or report.outcome.nothing_new:
        return
    st.subheader(say(TITLE), anchor=False)
    open_ = [finding for finding in report.findings if finding.code in TO_CONFIRM]
    sure = True
    if open_:
        sure = st.checkbox(say(CONFIRM), key="yakin")
        for finding in open_:
            st.markdown(f"- {plain(finding.sheet)}: {plain(say(finding.reason))} ({finding.code})")
    if st.button(
        say(SAVE), type="primary", icon=":material/save:", disabled=not sure, key="simpan"
    ):
        _store(report, name, content, of_sheet=of_sheet)


def _store(report: Report, name: str, content: bytes, *, of_sheet: bool) -> None:
    with bar() as progress:
        try:
            done = gate.store(name, content, report, of_sheet=of_sheet, progress=progress)
        except RefusedFile as refused:
            unsaved.check_again()
            told = Text(plain(refused.text.indonesian), plain(refused.text.english))
            unsaved.leave_message("warning" if refused.code == STALE.code else "error", told)
            st.rerun()
    if not done.accepted:  # the post's rows changed in between: the new check tells how
        unsaved.check_again()
        unsaved.leave_message("warning", STALE.text)
        st.rerun()
    unsaved.next_file()
    unsaved.leave_message("success", _stored(done))
    st.rerun()


def _stored(done: Report) -> Text:
    outcome = done.outcome
    if outcome is None or outcome.submission is None:
        return CAME_BEFORE
    counts = {kind: outcome.total(kind) for kind in ("added", "changed", "removed")}
    return STORED.format(
        n=outcome.submission,
        post=gate.name_of(done.post),
        month=Text(month(done.month, "id"), month(done.month, "en")),
        **{kind: Text(number(n, "id"), number(n, "en")) for kind, n in counts.items()},
    )


def link_to_history() -> None:
    """Show the way to the history."""
    st.button(
        say(HISTORY),
        icon=":material/history:",
        on_click=sections.go_to,
        args=("riwayat",),
        key="ke_riwayat",
    )
