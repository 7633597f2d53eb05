"""Where the demand is, formal or informal, filled or not."""

import streamlit as st

from pages.components import charts, filters, panels, published

CARDS = ("verified_vacancies", "filled_vacancies", "fill_rate", "formal_vacancy_share")

selection = filters.selection()
if charts.nothing("verified_vacancies", selection):
    st.stop()
for place, name in zip(st.columns(len(CARDS)), CARDS, strict=True):
    with place:
        panels.show_card(name)
charts.show_demand(selection)
charts.show_heat("unfilled_vacancies", ("sector_code", "place"), selection)
left, right = st.columns(2, gap="large")
with left:
    charts.show_intervals("fill_rate", "post_code", selection)
with right:
    charts.show_intervals("formal_vacancy_share", "post_code", selection)
published.show("placements", "placements_total", selection)
