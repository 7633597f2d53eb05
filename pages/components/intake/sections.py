"""Which part of the screen Data is shown; kept in the address."""

import streamlit as st

from metrics.text import Text
from pages.components.language import in_words, say

KEY = "bagian"
CHOOSE = Text("Bagian", "Section")
SECTIONS = {
    "kelengkapan": Text("Kelengkapan", "Completeness"),
    "mutu": Text("Mutu", "Quality"),
    "kirim": Text("Kirim", "Send"),
    "riwayat": Text("Riwayat", "History"),
    "revisi": Text("Revisi", "Revisions"),
}


def choose() -> str:
    """Show the choice and return the section's code."""
    if KEY not in st.query_params:  # a default of the control's own could not be changed by go_to
        st.session_state.setdefault(KEY, next(iter(SECTIONS)))
    return st.segmented_control(
        say(CHOOSE),
        list(SECTIONS),
        required=True,
        format_func=lambda code: say(SECTIONS[code]),
        key=in_words(KEY),
        bind="query-params",
        label_visibility="collapsed",
    )


def options() -> dict[str, dict[str, Text]]:
    """Return what the choice offers: address key -> code -> its words."""
    return {KEY: SECTIONS}


def go_to(section: str) -> None:
    """Show a section from the next run on; for a button's callback."""
    st.session_state[KEY] = section
