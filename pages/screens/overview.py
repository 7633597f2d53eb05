"""The state in one sentence and eight numbers, what to look at, and where."""

import streamlit as st

from metrics.text import Text
from pages.components import attention, changed, charts, filters, mapping, panels
from pages.components.language import say

CARDS = (
    ("open_cases", "new_cases", "closed_cases", "median_resolution_days"),
    ("on_time_share", "overdue_severe_cases", "fill_rate", "formal_vacancy_share"),
)
LOOK_AT = Text("Perlu perhatian", "Needs attention")

selection = filters.selection()
if charts.nothing("new_cases", selection):
    st.stop()
charts.show_answer(selection)
for line in CARDS:
    for place, name in zip(st.columns(len(line)), line, strict=True):
        with place:
            panels.show_card(name)
main, beside = st.columns([2, 1], gap="large")
with main:
    sentences = st.container()  # worked out last, so that nothing waits for them
    charts.show_flow(selection)
    charts.show_bars("open_cases", "post_code", selection)
with beside:
    st.subheader(say(LOOK_AT), anchor=False)
    attention.show(selection)
    mapping.show_small(selection)
with sentences:
    changed.show(selection)
