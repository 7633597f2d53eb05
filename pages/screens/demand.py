"""Where the demand is, formal or informal, filled or not."""

import streamlit as st

from pages.components import charts, filters, panels, prospects, published

CARDS = (
    ("verified_vacancies", "unfilled_stock", "fill_rate", "formal_vacancy_share"),
    ("demand_growth", "placements", "filled_within_90", "sector_concentration"),
)

selection = filters.selection()
if charts.nothing("verified_vacancies", selection):
    st.stop()
for line in CARDS:
    for place, name in zip(st.columns(len(line)), line, strict=True):
        with place:
            panels.show_card(name)
behind, ahead = st.columns(2, gap="large")
with behind:
    charts.show_demand(selection)
with ahead:
    prospects.show_outlook(selection)
charts.show_heat("unfilled_stock", ("sector_code", "place"), selection)
left, right = st.columns(2, gap="large")
with left:
    charts.show_intervals("fill_rate", "post_code", selection)
with right:
    charts.show_intervals("formal_vacancy_share", "post_code", selection)
prospects.show_markets(selection)
published.show("placements", "placements_total", selection)
