"""How long cases take, with the open ones counted in."""

import streamlit as st

from pages.components import charts, comparison, filters, panels

CARDS = (
    "median_resolution_days",
    "resolved_share_90",
    "on_time_share",
    "median_first_response_days",
)

selection = filters.selection()
if charts.nothing("new_cases", selection):
    st.stop()
for place, name in zip(st.columns(len(CARDS)), CARDS, strict=True):
    with place:
        panels.show_card(name)
first, second = st.columns(2, gap="large")
with first:
    charts.show_curves(selection)
with second:
    comparison.show_ways_of_ending(selection)
earlier, timely = st.columns(2, gap="large")
with earlier:
    comparison.show_cohorts("median_resolution_days", selection)
with timely:
    comparison.show_cohorts("resolved_share_90", selection)
comparison.show_posts_compared(selection)
left, right = st.columns(2, gap="large")
with left:
    charts.show_intervals("median_resolution_days", "post_code", selection)
    charts.show_ages(selection)
with right:
    charts.show_intervals("resolved_within_90", "post_code", selection)
    charts.show_intervals("on_time_share", "post_code", selection)
charts.show_intervals("median_resolution_days", "case_type", selection)
