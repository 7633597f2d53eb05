"""The template to download: made when it is asked for, blank or with what is already known."""

from datetime import date, timedelta
from functools import partial

import streamlit as st

from data_access.central import CENTRAL
from metrics.selection import Selection
from metrics.text import Text
from pages.components import panels
from pages.components.intake import gate, months
from pages.components.language import in_words, say

TITLE = Text("1. Unduh templat", "1. Download the template")
HOW = Text(
    "Templat terisi memuat kasus yang masih terbuka, job order yang masih berjalan, dan daftar "
    "mitra: perbarui statusnya, tidak perlu mengetik ulang.",
    "The prefilled template holds the cases still open, the job orders still running and the "
    "agencies: update their state, there is no need to retype them.",
)
KIND = Text("Isi templat", "Content of the template")
KINDS = {
    True: Text("Terisi", "Prefilled"),
    False: Text("Kosong", "Blank"),
}
GET = Text("Unduh templat", "Download the template")
NOT_TO_SEND = Text(
    "Akun ini tidak boleh mengirim berkas pos mana pun.",
    "This account may not hand in files of any post.",
)
_FILTERED = "templat_saringan"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(selection: Selection) -> None:
    """Show the choice of post, month and kind, and the button."""
    st.subheader(say(TITLE), anchor=False)
    posts = gate.senders()
    if not posts:
        st.info(say(NOT_TO_SEND))
        return
    st.caption(say(HOW))
    last_month = (date.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    filtered = panels.chosen("post_code", selection)
    wanted = filtered if filtered in posts else posts[0]
    if st.session_state.get(_FILTERED) != wanted:  # the filter was changed: the template follows
        st.session_state[_FILTERED] = st.session_state["templat_pos"] = wanted
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="templat"):
        post, month = months.choose(posts, key="templat", post=wanted, latest=last_month)
        prefilled = False
        if post != CENTRAL:  # of Jakarta's own rows none need be sent again
            prefilled = st.selectbox(
                say(KIND),
                list(KINDS),
                format_func=lambda kind: say(KINDS[kind]),
                key=in_words("templat_isi"),
                width=160,
            )
        st.download_button(
            say(GET),
            partial(gate.template, post, month, prefilled=prefilled),
            file_name=f"{post}-{month:%Y-%m}.xlsx",
            mime=EXCEL,
            icon=":material/download:",
            on_click="ignore",
            key="templat_unduh",
        )
