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
from pages.components.language import in_words, language, say

TITLE = Text("Angka dahulu dan angka sekarang", "Figures then and figures now")
FOUND = Text(
    "{metric}: {before} menurut data saat itu, {after} menurut data sekarang ({difference})",
    "{metric}: {before} as known then, {after} as known now ({difference})",
)
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
    "added": Text("Dari baris baru", "By new rows"),
    "changed": Text("Dari baris yang diperbaiki", "By corrected rows"),
    "removed": Text("Dari baris yang dihapus", "By rows taken out"),
}
CAUSES = ("added", "changed", "removed")
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
    st.session_state.setdefault("versi", earlier[_a_month_ago(known, earlier)])
    until = st.selectbox(
        say(VERSION),
        earlier,
        format_func=lambda n: _version(known[n]),
        key=in_words("versi"),
        width=480,
    )
    with st.spinner(say(WORKING)):
        told = past.revised(selection, until)
    if st.toggle(say(ONLY_CHANGED), value=True, key="hanya_berubah"):
        told = told.filter(pl.any_horizontal(pl.col("difference", *CAUSES) != 0))
    if told.is_empty():
        st.info(say(SAME), icon=":material/task_alt:")
        return
    _show_first(told)
    panels.show_rows(_worded(told), height="auto")


def _a_month_ago(known: dict[int, dict], earlier: list[int]) -> int:
    """Return the place of the last version that is 30 days older than the newest."""
    limit = max(row["received_at"] for row in known.values()) - timedelta(days=30)
    old = (place for place, n in enumerate(earlier) if known[n]["received_at"] <= limit)
    return next(old, len(earlier) - 1)


def _show_first(told: pl.DataFrame) -> None:
    """Say the first row in a sentence: the leading measure, of all posts."""
    row = told.row(0, named=True)
    words = {kind: number(row[kind], language()) for kind in ("before", "after")}
    words |= {"metric": _metric(row["metric"]), "difference": _signed(row["difference"])}
    st.markdown(f"**{say(FOUND.format(**words))}**")


def _metric(name: str) -> Text:
    return METRICS[name].label if name in METRICS else SEVERE_LABEL


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
            "metric": say(_metric(row["metric"])),
            "post_code": say(ALL_POSTS if row["post_code"] is None else names[row["post_code"]]),
            **{kind: number(row[kind], tongue) for kind in ("before", "after")},
            **{kind: _signed(row[kind]) for kind in ("difference", *CAUSES)},
        }
        for row in told.iter_rows(named=True)
    ]
    idle = {kind for kind in CAUSES if not (told[kind] != 0).any()}
    return pl.DataFrame(rows).select(
        pl.col(column).alias(say(text)) for column, text in COLUMNS.items() if column not in idle
    )


def _signed(value: int) -> str:
    return ("+" if value > 0 else "") + number(value, language())
