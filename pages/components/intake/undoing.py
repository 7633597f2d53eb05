"""Taking a submission back, after one more question."""

import streamlit as st

from data_access.errors import ReaderError
from metrics.text import Text
from metrics.units import month, number
from pages.components.intake import gate
from pages.components.language import language, say

UNDO = Text("Batalkan kiriman {n}", "Take back submission {n}")
SURE = Text("Batalkan kiriman ini?", "Take this submission back?")
ABOUT = Text(
    "Kiriman **{n}** ({post}, {month}): {added} baris baru, {changed} berubah, {removed} dihapus. "
    "Sesudah dibatalkan, data pos kembali seperti sebelum kiriman ini. Riwayatnya tetap tercatat, "
    "dan berkasnya dapat dikirim lagi.",
    "Submission **{n}** ({post}, {month}): {added} rows new, {changed} changed, {removed} removed. "
    "Taken back, the post's data are again as before it. The history keeps both, and the file can "
    "be sent again.",
)
YES = Text("Ya, batalkan", "Yes, take it back")
NO = Text("Tidak", "No")
DONE = Text(
    "Kiriman {n} sudah dibatalkan. Semua layar memakai data sebelumnya.",
    "Submission {n} has been taken back. All screens use the data from before it.",
)
ALREADY = Text(
    "Kiriman {n} sudah dibatalkan sebelumnya. Tidak ada perubahan.",
    "Submission {n} was taken back before. Nothing changed.",
)
_MESSAGE = "batal_pesan"


def offer(row: dict) -> None:
    """Show the button that takes a submission of the history back."""
    n = number(row["number"], language())
    if st.button(say(UNDO.format(n=n)), icon=":material/undo:", key="batalkan"):
        st.dialog(say(SURE))(_ask)(row)


def _ask(row: dict) -> None:
    tongue = language()
    counts = {kind: row[f"rows_{kind}"] for kind in ("added", "changed", "removed")}
    told = {kind: number(n, tongue) for kind, n in counts.items()}
    post = gate.JAKARTA if row["post_code"] is None else gate.name_of(row["post_code"])
    told |= {"n": number(row["number"], tongue), "month": month(row["period"], tongue)}
    st.markdown(say(ABOUT.format(post=post, **told)))
    with st.container(horizontal=True):
        sure = st.button(say(YES), type="primary", key="batal_ya")
        if st.button(say(NO), key="batal_tidak"):
            st.rerun()
    if sure:
        try:
            done = gate.undo(row["number"])
        except ReaderError as refused:
            st.error(say(refused.text), icon=":material/block:")
            return
        n = Text(number(row["number"], "id"), number(row["number"], "en"))
        st.session_state[_MESSAGE] = (ALREADY if done.already else DONE).format(n=n)
        st.rerun()


def message() -> Text | None:
    """Return what came of the last undo, once."""
    return st.session_state.pop(_MESSAGE, None)
