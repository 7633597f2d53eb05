"""Which post reported which month, in time or not, and how complete the reports are."""

from datetime import date

import polars as pl
import streamlit as st

from data_access.access import Reader
from metrics.reporting import calendar, months
from metrics.selection import Period, Selection, month_end, months_before
from metrics.text import Text
from metrics.units import day, month, number
from pages.components import charts, loaders, panels, reference
from pages.components.language import language, say
from pages.figures.grid import reporting_grid, state_words

MOST, MOST_ON_A_PHONE = 24, 12  # months in the grid
NOTE = Text(
    "Menurut berkas yang diterima sampai hari ini, {today}. Kartu di atas menghitung sampai hari "
    "terakhir periode. Bulan sebelum laporan pertama sebuah pos dibiarkan kosong.",
    "By the files received until today, {today}. The cards above count until the last day of the "
    "period. Months before a post's first report stay empty.",
)
COLUMNS = {
    "post": Text("Pos", "Post"),
    "month": Text("Bulan", "Month"),
    "state": Text("Keadaan", "State"),
    "due": Text("Jatuh tempo", "Due"),
    "received": Text("Diterima (tanggal setempat)", "Received (local day)"),
    "rows": Text("Baris", "Rows"),
    "corrected": Text("Baris diperbaiki sesudahnya", "Rows corrected later"),
}


def nothing(selection: Selection) -> bool:
    """Say so and return True when no post has ever reported."""
    if loaders.rows(selection).submissions.height:
        return False
    panels.show_empty()
    return True


def show(selection: Selection) -> None:
    """Show the grid of posts and months, then two shares with their intervals."""
    _show_grid(selection)
    left, right = st.columns(2, gap="large")
    with left:
        charts.show_intervals("on_time_reports", "post_code", selection)
    with right:
        charts.show_intervals("content_completeness", "post_code", selection)


def _show_grid(selection: Selection) -> None:
    today = date.today()
    shown = Selection(_last_months(selection.period), selection.wanted)
    told = reports(shown, today)
    figure = reporting_grid(
        told,
        posts=loaders.posts_of(shown),
        months=months(shown.period.first, shown.period.last),
        context=panels.context(shown),
    )
    panels.show_figure(figure, key="kalender", table=_worded(told))
    st.caption(say(NOTE.format(today=day(today, language()))))


def _last_months(period: Period) -> Period:
    most = MOST_ON_A_PHONE if panels.on_a_phone() else MOST
    latest = months_before(month_end(period.last), most)
    return Period(max(latest.first, period.first), period.last)


def reports(selection: Selection, as_of: date) -> pl.DataFrame:
    """Return how the posts stood with each month; see metrics.reporting.calendar."""
    found = loaders.dataset()
    return _reports(found.name, found.who, selection, as_of)


@st.cache_resource(max_entries=32, show_spinner=False)
def _reports(name: str, who: Reader, selection: Selection, as_of: date) -> pl.DataFrame:
    wanted = loaders.filtered(name, who, selection.wanted)
    return calendar(wanted.submissions, selection.period, as_of)


def _worded(told: pl.DataFrame) -> pl.DataFrame:
    names, tongue = reference.all_words()["post"], language()
    rows = [
        {
            "post": say(names[row["post_code"]]),
            "month": month(row["period"], tongue),
            "state": say(state_words(row)),
            "due": day(row["due"], tongue),
            "received": day(row["received_on"], tongue),
            "rows": number(row["rows_ok"], tongue),
            "corrected": number(row["corrected"], tongue),
        }
        for row in told.sort("period", "post_code", descending=[True, False]).iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String)).rename(
        {column: say(text) for column, text in COLUMNS.items()}
    )
