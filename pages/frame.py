"""The frame around every screen: language, navigation, filters, and the catch of its errors."""

import logging
from pathlib import Path

import streamlit as st

from data_access.errors import ReaderError
from metrics.text import Text
from pages.components import address, filters, header, startup
from pages.components.intake import unsaved
from pages.components.language import say

HERE = Path(__file__).parent
SCREENS = {
    "overview": (Text("Ringkasan", "Overview"), ":material/summarize:"),
    "cases": (Text("Kasus", "Cases"), ":material/folder_open:"),
    "resolution": (Text("Waktu penyelesaian", "Resolution time"), ":material/timer:"),
    "agencies": (Text("Mitra", "Agencies"), ":material/handshake:"),
    "demand": (Text("Permintaan sektor", "Sector demand"), ":material/work:"),
    "map": (Text("Peta", "Map"), ":material/public:"),
    "posts": (Text("Pos", "Posts"), ":material/apartment:"),
    "data": (Text("Data", "Data"), ":material/database:"),
    "definitions": (Text("Definisi", "Definitions"), ":material/menu_book:"),
}
BROKEN = Text(
    "Layar ini belum dapat ditampilkan. Kesalahan sudah dicatat; layar lain tetap dapat dibuka.",
    "This screen cannot be shown just now. The fault has been logged; the others still open.",
)

st.set_page_config(
    page_title="Dasbor Atnaker", page_icon=str(HERE.parent / "assets/icon.png"), layout="wide"
)
screens = {
    name: st.Page(HERE / f"screens/{name}.py", title=say(title), icon=icon)
    for name, (title, icon) in SCREENS.items()
}
page = st.navigation(list(screens.values()), position="top")
title = next(say(SCREENS[name][0]) for name, screen in screens.items() if screen == page)

startup.wait()
try:
    address.tidy(page)
    if page != screens["data"]:
        unsaved.forget()
    header.show_top(title)
    header.show_state(filters.choose())
    page.run()
    header.show_foot()
except ReaderError as error:
    logging.getLogger("atnaker").warning("told the reader: %s", error.text.english)
    st.error(say(error.text))
except Exception:  # whatever a screen did: the reader gets a sentence, the log the cause
    logging.getLogger("atnaker").exception("screen %s failed", page.title)
    st.error(say(BROKEN))
