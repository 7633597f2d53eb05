"""The filter bar: one line above every screen, kept in the address, told in words."""

from datetime import date

import streamlit as st

from metrics.reporting import last_usual_month
from metrics.selection import Period, Selection, month_end, months_before
from metrics.text import Text
from metrics.units import month
from pages.components import loaders, reference
from pages.components.choice import choose as choose_code
from pages.components.columns import LABELS, code_list
from pages.components.language import language, say

PERIOD = "periode"
_CHOSEN = "selection"
# Address key -> column of the frames
FILTERS = {
    "negara": "place",
    "pos": "post_code",
    "jenis": "case_type",
    "sektor": "sector_code",
    "pemberi": "employer_type",
}
WIDTH = 168  # pixels: seven controls in one line at 1440
PERIOD_LABEL = Text("Periode", "Period")
PRESETS = {
    "12": Text("12 bulan terakhir", "Last 12 months"),
    "ytd": Text("Tahun berjalan", "This year so far"),
    "36": Text("3 tahun terakhir", "Last 3 years"),
    "120": Text("Seluruh data", "All data"),
}
RESET = Text("Hapus saringan", "Clear filters")
ALL = Text("semua pos, semua kasus", "all posts, all cases")
STRETCH = Text("{first} sampai {last}", "{first} to {last}")


def choose() -> Selection:
    """Show the filter bar and return what the reader asked to see."""
    start, end = _stretch()
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="saringan"):
        chosen = choose_code(PERIOD_LABEL, _periods(), key=PERIOD, width=WIDTH)
        wanted = {column: _one(key) for key, column in FILTERS.items()}
        st.button(say(RESET), icon=":material/filter_alt_off:", on_click=clear, key="hapus")
    period = _period(chosen, start, end)
    selection = Selection.of(period, {c: (code,) for c, code in wanted.items() if code})
    st.session_state[_CHOSEN] = selection
    return selection


def options() -> dict[str, dict[str, Text]]:
    """Return what every filter offers: address key -> code -> its words."""
    words = reference.all_words()
    return {PERIOD: _periods()} | {key: words[code_list(column)] for key, column in FILTERS.items()}


def _stretch() -> tuple[date, date]:
    """Return the first month on record and the last one that most posts have reported."""
    periods = loaders.dataset().rows.submissions
    end = last_usual_month(periods) or date.today().replace(day=1)
    return periods["period"].min() or end, end


def _periods() -> dict[str, Text]:
    start, end = _stretch()
    years = [str(year) for year in range(end.year, start.year - 1, -1)]
    return PRESETS | {year: Text(year, year) for year in years}


def selection() -> Selection:
    """Return what the reader asked to see in this run; the frame has shown the bar before."""
    return st.session_state[_CHOSEN]


def _one(key: str) -> str | None:
    """Show one filter and return the code chosen, or None for all."""
    column = FILTERS[key]
    names = reference.all_words()[code_list(column)]
    if column == "post_code" and (place := st.session_state.get("negara")):
        names = {code: names[code] for code in reference.posts_of(place)}
        if st.session_state.get(key) not in (None, *names):
            st.session_state[key] = None
    return choose_code(LABELS[column], names, key=key, width=WIDTH, optional=True)


def clear() -> None:
    """Take every filter back; the period too."""
    for key in FILTERS:
        st.session_state[key] = None
    st.session_state[PERIOD] = "12"


def choose_place(code: str) -> None:
    """Set the filter to a place, as a click on the map does; the same place again clears it."""
    same = st.session_state.get("negara") == code
    st.session_state["negara"] = None if same else code
    st.session_state["pos"] = None


def choose_post(code: str) -> None:
    """Set the filter to a post, as a click on its mark does."""
    st.session_state["pos"] = None if st.session_state.get("pos") == code else code
    st.session_state["negara"] = None


def _period(chosen: str, start: date, end: date) -> Period:
    last = month_end(end)
    if chosen == "ytd":
        return Period(end.replace(month=1), last)
    if chosen in PRESETS:
        return Period(max(start, months_before(last, int(chosen)).first), last)
    year = int(chosen)
    return Period(max(start, date(year, 1, 1)), min(date(year, 12, 31), last))


def in_words(selection: Selection) -> str:
    """Return the selection as a reader would say it: period, then every filter."""
    first, last = (
        month(day, language()) for day in (selection.period.first, selection.period.last)
    )
    parts = [say(STRETCH.format(first=first, last=last))]
    for column, codes in selection.wanted:
        names = reference.all_words()[code_list(column)]
        parts.append(", ".join(say(names[code]) for code in codes))
    if not selection.wanted:
        parts.append(say(ALL))
    return " · ".join(parts)
