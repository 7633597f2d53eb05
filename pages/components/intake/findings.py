"""Every finding with its place, its reason and what to do; and the marked copy of the file."""

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from data_access.central import EVERY_SHEET
from data_access.intake.findings import Finding
from data_access.intake.report import Report, line
from data_access.intake.workbooks.marked import marked
from metrics.text import Text
from metrics.units import number
from pages.components import panels
from pages.components.intake.plain import plain
from pages.components.intake.templates import EXCEL
from pages.components.language import language, say

FINDINGS = Text("Temuan ({count})", "Findings ({count})")
FIRST = Text(
    "Kekeliruan ({errors}) lebih dahulu, lalu peringatan ({warnings}). Peringatan tidak menahan "
    "berkas.",
    "Faults ({errors}) first, then warnings ({warnings}). Warnings do not keep the file out.",
)
COPY = Text("Unduh salinan bertanda", "Download the marked copy")
ABOUT_COPY = Text(
    "Salinan bertanda memuat isi berkas dengan sel yang keliru diwarnai dan diberi komentar. "
    "Perbaiki di sana, lalu unggah.",
    "The marked copy holds the file's content with the faulty cells coloured and commented. "
    "Correct them there, then upload it.",
)
WHOLE_FILE = Text("Seluruh berkas", "Whole file")
NOT_SHOWN = Text("(tidak ditampilkan)", "(not shown)")
AND_MORE = Text("{rows} dan {n} lainnya", "{rows} and {n} more")
SEVERITY = {"error": Text("Kekeliruan", "Fault"), "warning": Text("Peringatan", "Warning")}
COLOURS = {"error": "red", "warning": "orange"}
COLUMNS = {
    "sheet": Text("Lembar", "Sheet"),
    "rows": Text("Baris", "Row"),
    "column": Text("Kolom", "Column"),
    "value": Text("Isi sel", "Cell"),
    "reason": Text("Apa yang keliru", "What is wrong"),
    "advice": Text("Yang perlu dilakukan", "What to do"),
    "code": Text("Kode", "Code"),
}
PAGE = 25  # findings shown at once
MOST_ROWS, LONGEST = 8, 120  # row numbers and letters of a value in one cell


def show(report: Report) -> None:
    """Show the findings, errors first, and the button for the marked copy."""
    found = report.findings
    errors = sum(finding.severity == "error" for finding in found)
    counts = {"errors": errors, "warnings": len(found) - errors, "count": len(found)}
    told = {name: number(n, language()) for name, n in counts.items()}
    st.subheader(say(FINDINGS.format(**told)), anchor=False)
    st.caption(say(FIRST.format(**told)))
    pages = -(-len(found) // PAGE)
    page = st.pagination(pages, key="temuan_halaman") if pages > 1 else 1
    shown = found[(page - 1) * PAGE : page * PAGE]
    if panels.on_a_phone():  # seven columns do not fit: sentences do
        st.markdown("\n".join(f"- {plain(say(line(one)))}" for one in shown))
    else:
        st.table(_worded(shown), hide_index=True)
    st.caption(say(ABOUT_COPY))
    st.download_button(
        say(COPY),
        partial(marked, report, language()),
        file_name=f"{report.post}-{report.month:%Y-%m}-perbaikan.xlsx",
        mime=EXCEL,
        icon=":material/format_paint:",
        on_click="ignore",
        key="salinan",
    )


def _worded(found: Sequence[Finding]) -> pl.DataFrame:
    rows = [
        {
            "sheet": _sheet(finding.sheet),
            "rows": _rows(finding.rows),
            "column": _column(finding),
            "value": say(NOT_SHOWN) if finding.hidden else plain(_short(finding.value)),
            "reason": plain(say(finding.reason)),
            "advice": plain(say(finding.advice)),
            "code": f":{COLOURS[finding.severity]}[{say(SEVERITY[finding.severity])}] "
            + finding.code,
        }
        for finding in found
    ]
    return pl.DataFrame(rows).rename({column: say(text) for column, text in COLUMNS.items()})


def _sheet(name: str) -> str:
    """Return the sheet's name as it stands in the file; in English with what it means."""
    if not name:
        return say(WHOLE_FILE)
    known = next((sheet.label for sheet in EVERY_SHEET if sheet.name == name), None)
    if language() == "id" or known is None or known.english == name:
        return plain(name)
    return f"{name} ({known.english})"


def _rows(rows: tuple[int, ...]) -> str:
    shown = ", ".join(str(row) for row in rows[:MOST_ROWS])
    left = len(rows) - MOST_ROWS
    return say(AND_MORE.format(rows=shown, n=left)) if left > 0 else shown


def _column(finding: Finding) -> str:
    heading = plain(say(finding.heading))
    return (
        f"{finding.column} ({heading})"
        if finding.column and heading
        else (finding.column or heading)
    )


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else value[:LONGEST] + "…"
