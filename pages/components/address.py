"""The address: a link made in one language opens in the other, and codes are understood too."""

from collections.abc import Mapping

import streamlit as st

from metrics.text import Text
from pages.components import filters, language, mapping
from pages.components.intake import sections
from pages.components.language import say

NOT_KNOWN = Text(
    "Tautan memuat pilihan yang tidak dikenal: {asked}. Yang tampil tanpa pilihan itu.",
    "The link holds a choice that is not known: {asked}. Shown is what there is without it.",
)
_UNKNOWN = "address_unknown"


def tidy(page: st.Page) -> None:
    """Open the page once more by its canonical address, if it was asked for by another one.

    A bound choice reads the words it writes and no others, so this comes before the first of
    them is drawn. What is not understood is told.
    """
    if st.session_state.get(language.CHOICES):  # drawn before: the address is their own
        _tell_unknown()
        return
    asked = st.query_params.to_dict()
    offered = filters.options() | mapping.options() | sections.options()
    wanted, unknown = canonical(asked, offered)
    st.session_state.setdefault(_UNKNOWN, []).extend(unknown)
    if wanted != asked:
        st.switch_page(page, query_params=wanted)
    _tell_unknown()


def canonical(
    asked: Mapping[str, str], options: Mapping[str, Mapping[str, Text]]
) -> tuple[dict[str, str], list[str]]:
    """Return the address in the words of the chosen language, and what is not known in it."""
    wanted, unknown = {}, []
    for key, value in asked.items():
        if key == language.KEY:
            wanted[key] = value.upper()
        elif key not in options:
            wanted[key] = value
        elif text := _found(value, options[key]):
            wanted[key] = say(text)
        else:
            unknown.append(f"{key}={value}")
    return wanted, unknown


def _found(value: str, options: Mapping[str, Text]) -> Text | None:
    for code, text in options.items():
        if value in (code, text.indonesian, text.english):
            return text
    return None


def _tell_unknown() -> None:
    if unknown := st.session_state.pop(_UNKNOWN, []):
        told = NOT_KNOWN.format(asked=", ".join(unknown))
        st.toast(say(told), icon=":material/link_off:", duration="long")
