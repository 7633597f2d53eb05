"""What demand may come, and in which markets it is worth looking."""

import polars as pl
import streamlit as st

from metrics.catalogue import METRICS
from metrics.selection import Selection
from metrics.text import Text
from metrics.units import number
from pages.components import insights, loaders, panels, reference
from pages.components.language import language, say
from pages.figures.outlook import outlook_chart

MEASURE = Text("Lowongan disahkan per bulan", "Verified vacancies a month")
AHEAD = Text("Lowongan enam bulan ke depan", "Vacancies of the next six months")
NO_SIGNAL = Text(
    "Belum ada perkiraan yang terbukti; ditampilkan pola bulan yang sama tahun lalu",
    "No outlook has proved itself; shown is the pattern of the same month last year",
)
MARKETS = Text("Peluang pasar", "Market opportunities")
NOTE = Text(
    "Urut abjad, bukan peringkat. Skor 1 sampai 100 dengan selang 95%; kemungkinan lima "
    "besar menghitung ketidakpastian skor. Kosong berarti data belum cukup atau ada moratorium.",
    "In alphabetical order, no ranking. Score from 1 to 100 with its 95% interval; the chance of "
    "the first five counts in how unsure the score is. Empty means too little data, or a "
    "moratorium.",
)
COLUMNS = {
    "sector": Text("Sektor", "Sector"),
    "place": Text("Negara/wilayah", "Country/territory"),
    "vacancies": Text("Lowongan 12 bulan", "Vacancies in 12 months"),
    "score": Text("Skor peluang", "Opportunity score"),
    "interval": Text("Selang 95%", "95% interval"),
    "first": Text("Kemungkinan lima besar", "Chance of the first five"),
}


def show_outlook(selection: Selection) -> None:
    """Show the vacancies of the months ahead, and how far that can be relied on."""
    found = insights.expected(selection, "verified_vacancies")
    if found.ahead.is_empty():
        st.caption(say(found.words))
        return
    [proved] = loaders.measured("vacancies_outlook_6", selection)["value"]
    title = say(NO_SIGNAL if proved is None else AHEAD)
    behind = found.behind.select("month", "value")
    figure = outlook_chart(
        behind, found.ahead, title=title, measure=MEASURE, context=panels.context()
    )
    table = found.ahead.select("month", "value", "lower", "upper")
    panels.show_figure(figure, key="outlook", table=table, metric=METRICS["vacancies_outlook_6"])
    st.caption(say(found.words))


def show_markets(selection: Selection) -> None:
    """Show the opportunity score of each sector and place, in alphabetical order."""
    markets = insights.markets(selection)
    if markets.is_empty():
        return
    st.subheader(say(MARKETS), anchor=False)
    st.caption(say(NOTE))
    panels.show_rows(_worded(markets), height=360)


def _worded(markets: pl.DataFrame) -> pl.DataFrame:
    sectors, places = (reference.all_words()[name] for name in ("sector", "place"))
    tongue = language()
    rows = [
        {
            "sector": say(sectors[row["sector_code"]]),
            "place": say(places[row["place"]]),
            "vacancies": number(row["vacancies"], tongue),
            "score": number(row["score"], tongue),
            "interval": "–"
            if row["lower"] is None
            else f"{number(row['lower'], tongue)} – {number(row['upper'], tongue)}",
            "first": "–" if row["first"] is None else f"{number(100 * row['first'], tongue)}%",
        }
        for row in markets.drop_nulls(["sector_code", "place"]).iter_rows(named=True)
    ]
    ordered = sorted(rows, key=lambda row: (row["sector"], row["place"]))
    return pl.DataFrame(ordered).rename({column: say(text) for column, text in COLUMNS.items()})
