"""As known then, as known now: what later files changed about a period."""

from datetime import timedelta

import polars as pl
import streamlit as st

from metrics.catalogue import METRICS
from metrics.changes.words import SEVERE_LABEL
from metrics.selection import Selection
from metrics.text import Text
from metrics.units import day, month, number
from pages.components import panels, reference
from pages.components.intake import gate, past
from pages.components.language import language, say

TITLE = Text("Dahulu diketahui, sekarang diketahui", "As known then, as known now")
HOW = Text(
    "Pilih versi data lama. Angka periode pada saringan di atas dihitung sekali lagi dari data "
    "yang diketahui saat itu, lalu dibandingkan dengan yang diketahui sekarang.",
    "Choose an earlier version of the data. The figures of the period in the filter above are "
    "computed once more from what was known then and set beside what is known now.",
)
VERSION = Text("Versi data", "Data version")
OPTION = Text("{date}: kiriman {n}, {what}", "{date}: submission {n}, {what}")
UNDONE = Text("pembatalan kiriman {n}", "takes back submission {n}")
NONE_BEFORE = Text("Belum ada versi sebelumnya.", "There is no earlier version yet.")
SAME = Text(
    "Angka periode ini tidak berubah sejak versi itu.",
    "The figures of this period have not changed since that version.",
)
ALL_POSTS = Text("Semua pos", "All posts")
ONLY_CHANGED = Text("Hanya yang berubah", "Only what changed")
COLUMNS = {
    "metric": Text("Ukuran", "Measure"),
    "post_code": Text("Pos", "Post"),
    "before": Text("Diketahui saat itu", "Known then"),
    "after": Text("Diketahui sekarang", "Known now"),
    "difference": Text("Selisih", "Difference"),
    "added": Text("dari baris baru", "by new rows"),
    "changed": Text("dari baris yang diperbaiki", "by corrected rows"),
    "removed": Text("dari baris yang hilang", "by rows taken out"),
}
WORKING = Text("Menyusun data seperti saat itu", "Arranging the data as known then")


def show(selection: Selection) -> None:
    """Show the choice of a version and how each count differs from it, by post."""
    st.subheader(say(TITLE), anchor=False)
    st.caption(say(HOW))
    offered = past.numbers()
    if offered.height < 2:
        st.info(say(NONE_BEFORE))
        return
    known = {row["number"]: row for row in offered.iter_rows(named=True)}
    earlier = sorted(known, reverse=True)[1:]
    until = st.selectbox(
        say(VERSION),
        earlier,
        index=_a_month_ago(known, earlier),
        format_func=lambda n: _version(known[n]),
        key="versi",
        width=480,
    )
    with st.spinner(say(WORKING)):
        told = past.revised(selection, until)
    if st.toggle(say(ONLY_CHANGED), value=True, key="hanya_berubah"):
        told = told.filter(
            pl.any_horizontal(pl.col("difference", "added", "changed", "removed") != 0)
        )
    if told.is_empty():
        st.info(say(SAME), icon=":material/task_alt:")
        return
    panels.show_rows(_worded(told), height="auto")


def _a_month_ago(known: dict[int, dict], earlier: list[int]) -> int:
    """Return the place of the last version that is 30 days older than the newest."""
    limit = max(row["received_at"] for row in known.values()) - timedelta(days=30)
    old = (place for place, n in enumerate(earlier) if known[n]["received_at"] <= limit)
    return next(old, len(earlier) - 1)


def _version(row: dict) -> str:
    tongue = language()
    whose = gate.JAKARTA if row["post_code"] is None else gate.name_of(row["post_code"])
    what = f"{say(whose)} {month(row['period'], tongue)}"
    if row["kind"] == "undo":
        what = say(UNDONE.format(n=number(row["undoes"], tongue)))
    date = day(row["received_at"].date(), tongue)
    return say(OPTION.format(date=date, n=number(row["number"], tongue), what=what))


def _worded(told: pl.DataFrame) -> pl.DataFrame:
    names, tongue = reference.all_words()["post"], language()
    rows = [
        {
            "metric": say(
                METRICS[row["metric"]].label if row["metric"] in METRICS else SEVERE_LABEL
            ),
            "post_code": say(ALL_POSTS if row["post_code"] is None else names[row["post_code"]]),
            **{kind: number(row[kind], tongue) for kind in ("before", "after")},
            **{kind: _signed(row[kind]) for kind in ("difference", "added", "changed", "removed")},
        }
        for row in told.iter_rows(named=True)
    ]
    return pl.DataFrame(rows).rename({column: say(text) for column, text in COLUMNS.items()})


def _signed(value: int) -> str:
    return ("+" if value > 0 else "") + number(value, language())
