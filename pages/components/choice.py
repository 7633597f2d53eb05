"""A choice from a list of codes, kept in the address under the words the reader sees.

A link made in one language must open in the other, so an address is read in both, or as the code.
"""

from collections.abc import Mapping

import streamlit as st

from metrics.text import Text
from pages.components.language import CHOICES, say

EVERYTHING = Text("Semua", "All")


def choose(
    label: Text, options: Mapping[str, Text], *, key: str, width: int, optional: bool = False
) -> str | None:
    """Show the choice and return its code; None for "all" where it is optional."""
    _restore(key, options)
    st.session_state.setdefault(CHOICES, set()).add(key)
    return st.selectbox(
        say(label),
        list(options),
        index=None if optional else 0,
        placeholder=say(EVERYTHING) if optional else None,
        format_func=lambda code: say(options[code]),
        key=key,
        bind="query-params",
        width=width,
    )


def _restore(key: str, options: Mapping[str, Text]) -> None:
    """Take the code from the address before the choice is first drawn."""
    if key in st.session_state or key not in st.query_params:
        return
    asked = st.query_params[key]
    for code, text in options.items():
        if asked in (code, text.indonesian, text.english):
            st.session_state[key] = code
            return
