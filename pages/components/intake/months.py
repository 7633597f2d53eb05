"""The choice of a post and a month for a template or a csv file."""

from datetime import date

import streamlit as st

from metrics.reporting import months
from metrics.selection import months_before
from metrics.text import Text
from metrics.units import month as month_words
from pages.components.intake import gate
from pages.components.language import in_words, language, say

POST = Text("Pos", "Post")
MONTH = Text("Bulan laporan", "Month of the report")
CHOOSE = Text("Pilih", "Choose")
BACK = 36  # months that are offered


def choose(
    posts: list[str], *, key: str, post: str | None = None, latest: date | None = None
) -> tuple[str | None, date | None]:
    """Show both choices and return them; None where nothing was chosen yet.

    `post` and `latest` are what is chosen at first; without them nothing is.
    """
    for name, first in ((f"{key}_pos", post), (f"{key}_bulan", latest)):
        if first is not None:
            st.session_state.setdefault(name, first)
    today = date.today().replace(day=1)
    offered = months(months_before(today, BACK).first, today)[::-1]
    chosen = st.selectbox(
        say(POST),
        posts,
        index=0 if post else None,  # without the cross that clears it
        placeholder=say(CHOOSE),
        format_func=lambda code: say(gate.name_of(code)),
        key=in_words(f"{key}_pos"),
        width=220,
    )
    of = st.selectbox(
        say(MONTH),
        offered,
        index=0 if latest else None,
        placeholder=say(CHOOSE),
        format_func=lambda month: month_words(month, language()),
        key=in_words(f"{key}_bulan"),
        width=220,
    )
    return chosen, of
