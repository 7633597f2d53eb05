"""The data themselves: what came, how good it is, sending, history, earlier versions."""

import streamlit as st

from pages.components import charts, doubts, filters, panels, patterns
from pages.components.intake import (
    completeness,
    received,
    revised,
    sections,
    sending,
    templates,
    unsaved,
)

COMPLETE = ("reporting_rate", "on_time_reports", "content_completeness", "correction_rate")
GOOD = ("missing_share", "implausible_rows", "probable_duplicates", "late_share")


def show_cards(metrics: tuple[str, ...]) -> None:
    """Show a line of cards."""
    for place, name in zip(st.columns(len(metrics)), metrics, strict=True):
        with place:
            panels.show_card(name)


selection = filters.selection()
section = sections.choose()
if section != "kirim":
    unsaved.forget()
match section:
    case "kelengkapan":
        if not completeness.nothing(selection):
            show_cards(COMPLETE)
            completeness.show(selection)
    case "mutu":
        if not charts.nothing("new_cases", selection):
            show_cards(GOOD)
            doubts.show(selection)
            patterns.show(selection)
    case "kirim":
        templates.show(selection)
        sending.show()
    case "riwayat":
        received.show(selection)
    case "revisi":
        revised.show(selection)
