"""What changed since a year before, in sentences, with the figures they were taken from."""

import polars as pl
import streamlit as st

from metrics.catalogue import METRICS
from metrics.changes.words import (
    CERTAINTY,
    NOT_TOLD,
    SEVERE_LABEL,
    WHERE,
    sentences,
    told,
)
from metrics.selection import Selection
from metrics.text import Text
from metrics.units import CASES, number
from pages.components import insights, panels, reference
from pages.components.language import language, say

TITLE = Text("Apa yang berubah", "What changed")
NOT_COMPARED = Text(
    "Belum ada periode setara yang dilaporkan lengkap oleh pos yang sama.",
    "No comparable period has been reported in full by the same posts yet.",
)
COMPARED = Text(
    "Pada {posts} pos yang melaporkan setiap bulan dari kedua periode.",
    "At the {posts} posts that reported every month of both periods.",
)
TABLE = Text(
    "Perubahan yang diperiksa ({shown} dari {all})", "Changes looked at ({shown} of {all})"
)
LISTS = {"post": "post", "place": "place", "case_type": "case_type", "sector": "sector"}
WHOLE = Text("Semua", "All")
COLUMNS = {
    "metric": Text("Ukuran", "Measure"),
    "member": Text("Bagian", "Part"),
    "current": Text("Kini", "Now"),
    "previous": Text("Setahun lalu", "A year ago"),
    "contribution": Text("Sumbangan", "Contribution"),
    "certainty": Text("Kepastian", "Certainty"),
}
ORDINARY = Text("variasi biasa atau tidak diuji", "ordinary variation, or not tested")
MOST = 60


def show(selection: Selection) -> None:
    """Show the sentences, and below them, closed, what they were chosen from."""
    st.subheader(say(TITLE), anchor=False)
    changes = insights.changed(selection)
    if changes.is_empty():
        st.caption(say(NOT_COMPARED))
        return
    period = selection.period
    posts = changes.filter(pl.col("dimension") == "post")["member"].n_unique()
    st.caption(say(COMPARED.format(posts=posts)))
    for sentence in sentences(changes, period, period.a_year_earlier(), _name):
        st.markdown(f"- {say(sentence)}")
    _show_all(changes)


@st.fragment
def _show_all(changes: pl.DataFrame) -> None:
    ordered = pl.concat([told(changes), changes]).unique(maintain_order=True).head(MOST)
    words = TABLE.format(
        shown=number(ordered.height, language()), all=number(changes.height, language())
    )
    with st.expander(say(words), key="berubah", on_change="rerun") as details:
        if details.open:
            panels.show_rows(_worded(ordered), height=360)


def _name(dimension: str, code: str) -> Text:
    return reference.all_words()[LISTS[dimension]][code]


def _part(dimension: str, member: str | None) -> Text:
    if dimension == "total":
        return WHOLE
    return NOT_TOLD if member is None else WHERE[dimension].format(name=_name(dimension, member))


def _worded(changes: pl.DataFrame) -> pl.DataFrame:
    rows = []
    for row in changes.iter_rows(named=True):
        metric = METRICS.get(row["metric"])
        unit = metric.unit if metric else CASES
        rows.append(
            {
                "metric": say(metric.label if metric else SEVERE_LABEL),
                "member": say(_part(row["dimension"], row["member"])),
                **{
                    column: unit.format(row[column], language())
                    for column in ("current", "previous", "contribution")
                },
                "certainty": say(
                    CERTAINTY[row["certainty"]] if row["certainty"] or row["always"] else ORDINARY
                ),
            }
        )
    return pl.DataFrame(rows).rename({column: say(text) for column, text in COLUMNS.items()})
