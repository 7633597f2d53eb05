"""The rows behind the numbers, for those who may see them."""

import polars as pl
import streamlit as st

from data_access.errors import NoAccess
from data_access.sheets import CASES
from metrics.selection import Selection
from metrics.text import Text
from metrics.units import day, number
from pages.components import loaders, panels, reference
from pages.components.language import language, say

TITLE = Text("Baris kasus ({count})", "Case rows ({count})")
MORE = Text(
    "Tampil {shown} dari {count} baris, yang terlama terbuka lebih dahulu. Saring untuk "
    "melihat yang lain.",
    "{shown} of {count} rows shown, the longest open first. Filter to see the others.",
)
DAYS = Text("Umur atau lama (hari)", "Age or duration (days)")
FIELDS = (
    "case_id",
    "date_reported",
    "case_type",
    "urgency",
    "status",
    "holder",
    "sector_code",
    "agency_code",
    "date_closed",
    "outcome",
)
MOST = 200  # rows sent to the browser at once


def show_cases(selection: Selection) -> None:
    """Show the cases of the selection, longest open first; their number equals the metric's."""
    try:
        cases = loaders.case_rows(selection)
    except NoAccess as refused:
        st.caption(say(refused.text))
        return
    count = number(cases.height, language())
    st.subheader(say(TITLE.format(count=count)), anchor=False)
    if cases.height > MOST:
        st.caption(say(MORE.format(shown=number(MOST, language()), count=count)))
    panels.show_rows(_worded(cases.head(MOST)), height=420)


def _worded(cases: pl.DataFrame) -> pl.DataFrame:
    shown = {}
    for name in FIELDS:
        field, values = CASES.field(name), cases[name].to_list()
        if field.kind == "date":
            values = [day(value, language()) for value in values]
        elif field.kind == "code":
            names = reference.all_words()[field.code_list]
            values = ["–" if value is None else say(names[value]) for value in values]
        else:
            values = ["–" if value is None else value for value in values]
        shown[say(field.label)] = values
    shown[say(DAYS)] = cases["days"].to_list()
    return pl.DataFrame(shown)
