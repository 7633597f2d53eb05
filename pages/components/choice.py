"""A choice from a list of codes, kept in the address under the words the reader sees."""

from collections.abc import Mapping

import streamlit as st

from metrics.text import Text
from pages.components.language import in_words, say

EVERYTHING = Text("Semua", "All")


def choose(
    label: Text, options: Mapping[str, Text], *, key: str, width: int, optional: bool = False
) -> str | None:
    """Show the choice and return its code; None for "all" where it is optional."""
    return st.selectbox(
        say(label),
        list(options),
        index=None if optional else 0,
        placeholder=say(EVERYTHING) if optional else None,
        format_func=lambda code: say(options[code]),
        key=in_words(key),
        bind="query-params",
        width=width,
    )
