"""Every finding with its place, its reason and what to do; and the marked copy of the file."""

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from data_access.central import EVERY_SHEET
from data_access.intake.findings import Finding
from data_access.intake.report import Report, line, row_numbers
from data_access.intake.workbooks.marked import marked
from metrics.text import Text
from metrics.units import number
from pages.components import panels
from pages.components.intake.plain import plain
from pages.components.intake.templates import EXCEL
from pages.components.language import language, say

FAULTS = Text("Kekeliruan ({errors})", "Faults ({errors})")
WARNINGS = Text("Peringatan ({warnings})", "Warnings ({warnings})")
BOTH = Text(
    "Kekeliruan ({errors}), lalu peringatan ({warnings})",
    "Faults ({errors}), then warnings ({warnings})",
)
TO_MEND = Text(
    "Berkas dapat disimpan sesudah setiap kekeliruan diperbaiki.",
    "The file can be stored once every fault is corrected.",
)
HARMLESS = Text(
    "Peringatan tidak menahan berkas; periksa apakah isinya memang demikian.",
    "Warnings do not keep the file out; check whether it really is so.",
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
LONGEST = 120  # letters of a value in one cell


def show(report: Report) -> None:
    """Show the findings, errors first, and the button for the marked copy."""
    found = report.findings
    errors = sum(finding.severity == "error" for finding in found)
    warnings = len(found) - errors
    title = BOTH if errors and warnings else FAULTS if errors else WARNINGS
    told = {"errors": number(errors, language()), "warnings": number(warnings, language())}
    st.subheader(say(title.format(**told)), anchor=False)
    notes = [say(note) for note, n in ((TO_MEND, errors), (HARMLESS, warnings)) if n]
    st.caption(" ".join(notes))
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
            "rows": say(row_numbers(finding.rows)),
            "column": _column(finding),
            "value": say(NOT_SHOWN) if finding.hidden else plain(_short(finding.value)),
            "reason": plain(say(finding.reason)),
            "advice": plain(say(finding.advice)),
            "code": f":{COLOURS[finding.severity]}[{say(SEVERITY[finding.severity])}] "
            + finding.code,
        }
        for finding in found
    ]
    told = pl.DataFrame(rows)
    shown = [name for name in COLUMNS if (told[name] != "").any()]
    return told.select(pl.col(name).alias(say(COLUMNS[name])) for name in shown)


def _sheet(name: str) -> str:
    """Return the sheet's name as it stands in the file; in English with what it means."""
    if not name:
        return say(WHOLE_FILE)
    known = next((sheet.label for sheet in EVERY_SHEET if sheet.name == name), None)
    if language() == "id" or known is None or known.english == name:
        return plain(name)
    return f"{name} ({known.english})"


def _column(finding: Finding) -> str:
    heading = plain(say(finding.heading))
    return (
        f"{finding.column} ({heading})"
        if finding.column and heading
        else (finding.column or heading)
    )


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else value[:LONGEST] + "…"
