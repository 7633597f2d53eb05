"""Head and foot of every screen: title, language, what is shown, and whose it is."""

import streamlit as st

from data_access.settings import settings
from metrics.selection import Selection
from metrics.text import Text
from metrics.units import day
from pages.components import filters, language, loaders, panels
from pages.components.language import say

STATE = Text(
    "{words}. Data per {date}: {posts} dari {all} pos sudah melapor. Versi data {version}.",
    "{words}. Data as of {date}: {posts} of {all} posts have reported. Data version {version}.",
)
CASES_ONLY = Text(
    "Saringan jenis kasus hanya berlaku untuk kasus, bukan untuk PMI, mitra, dan lowongan.",
    "The filter on case type acts on cases only, not on workers, agencies and vacancies.",
)
STALE = Text(
    "Basis data tidak menjawab. Yang tampil adalah salinan {date}; data yang lebih baru mungkin "
    "sudah ada.",
    "The database does not answer. Shown is the copy of {date}; newer data may exist.",
)


def show_top(title: str) -> None:
    """Show the title with the choice of language beside it."""
    with st.container(horizontal=True, vertical_alignment="center", key="kepala"):
        st.title(title, anchor=False)
        language.choose()


def show_state(selection: Selection) -> None:
    """Say in words what is shown, as of when, from how many posts, and whether it is made up."""
    data = loaders.dataset()
    last = selection.period.last
    sentence = STATE.format(
        words=filters.in_words(selection),
        date=day(last, language.language()),
        posts=loaders.posts_reporting(selection),
        all=loaders.how_many_posts(selection),
        version=data.version.code,
    )
    with st.container(horizontal=True, vertical_alignment="center", key="keadaan"):
        if data.simulated:
            st.badge(say(panels.SIMULATED), icon=":material/science:", color="orange")
        st.caption(say(sentence))
    if "case_type" in dict(selection.wanted):
        st.caption(say(CASES_ONLY))
    if data.stale:
        made = day(data.made_at.date(), language.language())
        st.warning(say(STALE.format(date=made)), icon=":material/cloud_off:")


def show_foot() -> None:
    """Name the dashboard's owner below the screen."""
    st.caption(say(Text(settings().owner_id, settings().owner_en)))
