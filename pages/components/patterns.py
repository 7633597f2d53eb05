"""Where dates and durations gather, as slips and gaming would make them."""

import polars as pl
import streamlit as st

from metrics.selection import Selection
from metrics.text import Text
from metrics.units import PER_CENT, number
from pages.components import insights, panels
from pages.components.language import language, say

NONE_GATHERS = Text(
    "Tanggal dan lama penanganan tidak menumpuk",
    "Dates and durations do not gather",
)
SOME_GATHER = Text(
    "Tanggal atau lama penanganan menumpuk: {n} dari {all} pola",
    "Dates or durations gather: {n} of {all} patterns",
)
NOTE = Text(
    "Dibandingkan dengan yang wajar. Penumpukan meminta pemeriksaan; sebabnya tidak terlihat dari "
    "data.",
    "Compared with what chance would put there. Gathering asks for a look; the data do not tell "
    "the cause.",
)
WHAT = {
    "date_reported": Text(
        "Tanggal lapor pada tanggal 1, 15 atau akhir bulan",
        "Reported on day 1, 15 or the last of a month",
    ),
    "date_closed": Text(
        "Tanggal selesai pada tanggal 1, 15 atau akhir bulan",
        "Closed on day 1, 15 or the last of a month",
    ),
    "time_limit": Text(
        "Lama penanganan tepat pada batas waktu atau sehari sebelumnya",
        "Durations exactly at the time limit or one day less",
    ),
}
COLUMNS = {
    "what": Text("Pola", "Pattern"),
    "n": Text("n (kasus)", "n (cases)"),
    "share": Text("Porsi", "Share"),
    "expected_share": Text("Porsi yang wajar", "Share by chance"),
    "verdict": Text("Kesimpulan", "Verdict"),
}
GATHERED = Text("menumpuk", "gathers")
ORDINARY = Text("wajar", "ordinary")
TOO_FEW = Text("data belum cukup", "too few data")


def show(selection: Selection) -> None:
    """Show the three patterns, each with what would be usual."""
    tongue, found = language(), insights.gathered(selection)
    n = found["gathered"].sum()
    told = SOME_GATHER.format(n=number(n, tongue), all=number(found.height, tongue))
    st.subheader(say(told if n else NONE_GATHERS), anchor=False)
    st.caption(say(NOTE))
    rows = [
        {
            "what": say(WHAT[row["what"]]),
            "n": number(row["n"], tongue),
            "share": PER_CENT.format(row["share"], tongue),
            "expected_share": PER_CENT.format(row["expected_share"], tongue),
            "verdict": say(
                TOO_FEW if row["gathered"] is None else GATHERED if row["gathered"] else ORDINARY
            ),
        }
        for row in found.iter_rows(named=True)
    ]
    words = {column: say(text) for column, text in COLUMNS.items()}
    panels.show_rows(pl.DataFrame(rows).rename(words), height="content")
