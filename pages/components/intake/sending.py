"""Sending a file: checked first, told in full, stored only when the sender says so."""

from datetime import date

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data_access.errors import RefusedFile
from data_access.intake.accepted import CSV, ENDINGS, MEGABYTES
from data_access.intake.refusals import NO_GUIDE
from data_access.intake.report import Report
from metrics.text import Text
from pages.components import loaders
from pages.components.intake import gate, months, storing, told, unmatched, unsaved
from pages.components.intake.plain import plain
from pages.components.intake.progress import bar
from pages.components.language import say

TITLE = Text("2. Kirim berkas", "2. Send the file")
FILE = Text(
    "Buku kerja bulanan ({books}) atau satu lembar (csv), paling besar {most} MB",
    "Monthly workbook ({books}) or one sheet (csv), {most} MB at most",
)
KINDS = [ending.removeprefix(".") for ending in ENDINGS]
SIMULATED = Text(
    "Di sini berisi DATA SIMULASI, untuk latihan. Berkas yang disimpan bercampur dengannya. Untuk "
    "data sungguhan, minta pengelola membuka basis data kosong (perintah migrate).",
    "Here are DATA SIMULASI (made-up data), for practice. What is stored joins them. For real "
    "data ask the administrator for an empty database (the command migrate).",
)
NOTHING_STORED = Text(
    "Pemeriksaan dahulu: tidak ada yang disimpan sebelum tombol Simpan ditekan.",
    "It is checked first: nothing is stored before the button Save is pressed.",
)
WHOSE = Text(
    "Berkas ini tidak menyebut pos dan bulannya. Pilih keduanya.",
    "This file does not say its post and month. Choose both.",
)
REFUSED = Text(
    "**Berkas ini ditolak, dan tidak ada yang disimpan.** {reason} ({code})",
    "**This file is refused, and nothing was stored.** {reason} ({code})",
)
_TELL = {"info": st.info, "success": st.success, "warning": st.warning, "error": st.error}


def show() -> None:
    """Show the place for a file and, when there is one, what came of its check."""
    posts = gate.senders()
    if not posts:
        return
    st.subheader(say(TITLE), anchor=False)
    if loaders.dataset().simulated:
        st.warning(say(SIMULATED), icon=":material/science:")
    st.caption(say(NOTHING_STORED))
    if (left := unsaved.message()) is not None:
        kind, text = left
        _TELL[kind](say(text))
        if kind == "success":
            storing.link_to_history()
    file = st.file_uploader(
        say(FILE.format(books=", ".join(KINDS[:-1]), most=MEGABYTES)),
        type=KINDS,
        key=f"berkas_{unsaved.turn()}",
        max_upload_size=MEGABYTES,
    )
    if file is None:
        unsaved.check_again()
        return
    unsaved.hold(file.file_id)
    post, month = None, None
    if of_sheet := file.name.lower().endswith(CSV) or unsaved.does_not_tell(file.file_id):
        st.caption(say(WHOSE))
        with st.container(horizontal=True, gap="small", key="csv_milik"):
            post, month = months.choose(posts, key="csv")
        if post is None or month is None:
            return
    report = _checked(file, post, month)
    if report is not None:
        told.show(report)
        unmatched.show(report)
        storing.show(report, file.name, file.getvalue(), of_sheet=of_sheet)


def _checked(file: UploadedFile, post: str | None, month: date | None) -> Report | None:
    """Return the report of a file, or tell why there is none."""
    key = (file.file_id, post, month)
    checked = unsaved.kept(key)
    if checked is None:
        checked = _check(file, post, month)
        unsaved.keep(key, checked)
    if isinstance(checked, RefusedFile):
        if checked.code == NO_GUIDE.code and post is None:
            unsaved.ask_whose(file.file_id)
            st.rerun()
        words = REFUSED.format(reason=plain(say(checked.text)), code=checked.code)
        with st.container(key=told.VERDICT):
            st.error(say(words), icon=":material/block:")
        return None
    return checked


def _check(file: UploadedFile, post: str | None, month: date | None) -> Report | RefusedFile:
    """Check the file while its progress is shown. A failure of ours is told by the frame."""
    with bar() as progress:
        try:
            return gate.check(file.name, file.getvalue(), post=post, month=month, progress=progress)
        except RefusedFile as refused:
            return refused
