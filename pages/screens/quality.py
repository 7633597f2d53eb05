"""How good the data are: reports that came, fields that are empty, rows that are in doubt."""

import streamlit as st

from pages.components import charts, doubts, filters, panels, patterns

CARDS = (
    ("reporting_rate", "on_time_reports", "content_completeness", "correction_rate"),
    ("missing_share", "implausible_rows", "probable_duplicates", "late_share"),
)

selection = filters.selection()
if charts.nothing("new_cases", selection):
    st.stop()
for line in CARDS:
    for place, name in zip(st.columns(len(line)), line, strict=True):
        with place:
            panels.show_card(name)
left, right = st.columns(2, gap="large")
with left:
    charts.show_intervals("on_time_reports", "post_code", selection)
with right:
    charts.show_intervals("content_completeness", "post_code", selection)
doubts.show(selection)
patterns.show(selection)
