"""How long cases take, with the open ones counted in."""

import streamlit as st

from pages.components import charts, filters, panels

CARDS = (
    "median_resolution_days",
    "resolved_within_30",
    "resolved_within_60",
    "resolved_within_90",
)

selection = filters.selection()
if charts.nothing("new_cases", selection):
    st.stop()
for place, name in zip(st.columns(len(CARDS)), CARDS, strict=True):
    with place:
        panels.show_card(name)
charts.show_curves(selection)
left, right = st.columns(2, gap="large")
with left:
    charts.show_intervals("median_resolution_days", "post_code", selection)
    charts.show_ages(selection)
with right:
    charts.show_intervals("resolved_within_90", "post_code", selection)
    charts.show_intervals("on_time_share", "post_code", selection)
charts.show_intervals("median_resolution_days", "case_type", selection)
