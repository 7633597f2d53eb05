"""Where the cases are, of which kinds, and whether they rise or fall."""

import streamlit as st

from pages.components import charts, filters, published, register, signals

selection = filters.selection()
if charts.nothing("new_cases", selection):
    st.stop()
charts.show_flow(selection)
signals.show_control(selection)
left, right = st.columns(2, gap="large")
with left:
    charts.show_bars("new_cases", "post_code", selection)
    charts.show_bars("new_cases", "sector_code", selection)
    charts.show_bars("open_cases", "holder", selection)
with right:
    charts.show_bars("new_cases", "case_type", selection)
    charts.show_intervals("cases_per_1000", "post_code", selection)
    charts.show_bars("new_cases", "channel", selection)
register.show_cases(selection)
published.show("complaints", "received", selection)
