"""What changed since a year before, in sentences, with the figures they were taken from."""

import polars as pl
import streamlit as st

from metrics.catalogue import METRICS
from metrics.changes.words import CERTAINTY, SEVERE_LABEL, WHERE, sentences
from metrics.selection import Selection
from metrics.text import Text
from metrics.units import CASES
from pages.components import insights, panels, reference
from pages.components.language import language, say

TITLE = Text("Apa yang berubah", "What changed")
NOT_COMPARED = Text(
    "Belum ada periode setara yang dilaporkan lengkap oleh pos yang sama.",
    "No comparable period has been reported in full by the same posts yet.",
)
TABLE = Text("Semua perubahan yang diperiksa", "All changes looked at")
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
    for sentence in sentences(changes, period, period.a_year_earlier(), _name):
        st.markdown(f"- {say(sentence)}")
    _show_all(changes)


@st.fragment
def _show_all(changes: pl.DataFrame) -> None:
    with st.expander(say(TABLE), key="berubah", on_change="rerun") as details:
        if details.open:
            panels.show_rows(_worded(changes.head(MOST)), height=360)


def _name(dimension: str, code: str) -> Text:
    return reference.all_words()[LISTS[dimension]][code]


def _worded(changes: pl.DataFrame) -> pl.DataFrame:
    rows = []
    for row in changes.iter_rows(named=True):
        metric = METRICS.get(row["metric"])
        unit = metric.unit if metric else CASES
        member = row["member"]
        rows.append(
            {
                "metric": say(metric.label if metric else SEVERE_LABEL),
                "member": say(WHOLE)
                if member is None
                else say(WHERE[row["dimension"]].format(name=_name(row["dimension"], member))),
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
