"""The language chosen, and say(Text)."""

from typing import cast

import streamlit as st

from metrics.text import Language, Text

KEY = "bahasa"
CHOICES = "choices"  # the keys of all choices that are shown in words
NAMES: dict[Language, str] = {"id": "Indonesia", "en": "English"}
CHOICE = Text("Bahasa", "Language")


def language() -> Language:
    """Return the language of this session; Indonesian unless English was chosen.

    Before the choice is first drawn, only the address knows it.
    """
    chosen = st.session_state.get(KEY) or st.query_params.get(KEY, "").lower()
    return cast(Language, chosen) if chosen in NAMES else "id"


def say(text: Text) -> str:
    """Return the words in the chosen language."""
    return text.to(language())


def choose() -> None:
    """Show the choice of language; it is kept in the address."""
    st.segmented_control(
        say(CHOICE),
        list(NAMES),
        default="id",
        required=True,
        format_func=str.upper,
        key=KEY,
        bind="query-params",
        label_visibility="collapsed",
        on_change=_rewrite,
    )


def in_words(key: str) -> str:
    """Note that a choice is shown in words, which change with the language; return its key."""
    st.session_state.setdefault(CHOICES, set()).add(key)
    return key


def _rewrite() -> None:
    """Set every choice once more, so that it and the address tell it in the new language."""
    for key in st.session_state.get(CHOICES, ()):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]
