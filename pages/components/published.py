"""Published figures beside the posts' own, with source and date, never mixed into them."""

import polars as pl
import streamlit as st

from metrics.selection import Selection
from metrics.text import Text
from metrics.units import number
from pages.components import panels, reference
from pages.components.language import language, say

TITLE = Text("Angka terbit: {what}", "Published figures: {what}")
WHAT = {
    "placements_total": Text("penempatan PMI per tahun", "workers placed a year"),
    "received": Text("pengaduan diterima per tahun", "complaints received a year"),
}
NOTE = Text(
    "Angka resmi atau pers dari sumber yang disebut, ditampilkan apa adanya. Definisinya berbeda "
    "dari angka pos dan dapat berubah antartahun, jadi jangan dijumlahkan atau disambung.",
    "Official or press figures from the source named, shown as published. Their definition "
    "differs from the posts' own and can change between years: do not add or chain them.",
)
COLUMNS = {
    "year": Text("Tahun", "Year"),
    "place": Text("Negara/wilayah", "Country/territory"),
    "value": Text("Angka", "Figure"),
    "quality": Text("Mutu", "Quality"),
    "contradicted": Text("Sumber lain berbeda", "Other sources differ"),
    "source": Text("Sumber", "Source"),
    "source_url": Text("Alamat", "Address"),
    "published_on": Text("Terbit", "Published"),
}
QUALITY = {"official": Text("resmi", "official"), "press": Text("pers", "press")}
YES, NO = Text("ya", "yes"), Text("tidak", "no")
EVERYWHERE = Text("Seluruh negara/wilayah", "All countries")


def show(topic: str, measure: str, selection: Selection) -> None:
    """Show one published measure for the selection's place, or for all of the 12 and the total."""
    figures = reference.published_figures().filter(
        pl.col("topic") == topic,
        pl.col("measure") == measure,
        pl.col("category").fill_null("all") == "all",
        pl.col("post").is_null(),
    )
    names = reference.all_words()["place"]
    place = panels.chosen("place", selection)
    wanted = [place] if place else ["ALL", *names]
    figures = figures.filter(pl.col("place").is_in(wanted)).sort(
        "year", "value", descending=[True, True]
    )
    if figures.is_empty():
        return
    st.subheader(say(TITLE.format(what=WHAT[measure])), anchor=False)
    st.caption(say(NOTE))
    shown = {
        "year": figures["year"].cast(pl.String).to_list(),
        "place": [say(names.get(code, EVERYWHERE)) for code in figures["place"]],
        "value": [number(value, language()) for value in figures["value"]],
        "quality": [say(QUALITY[quality]) for quality in figures["quality"]],
        "contradicted": [say(YES if differs else NO) for differs in figures["contradicted"]],
        "source": figures["source_title"].to_list(),
        "published_on": figures["published_on"].to_list(),
        "source_url": figures["source_url"].to_list(),
    }
    table = pl.DataFrame({say(COLUMNS[name]): values for name, values in shown.items()})
    st.dataframe(table, hide_index=True, width="stretch", height=min(320, 38 + 35 * table.height))
