"""What is to be told of a sheet besides its words: formulas, merged cells, hidden rows."""

from collections.abc import Iterator

import polars as pl

from data_access.intake.findings import NOTHING_TO_DO, Finding, Severity, note
from data_access.intake.opening.marks import Places, column_number
from data_access.intake.opening.raw import RawSheet, filled
from data_access.intake.reading.columns import FORMULA, UNKNOWN, USE_TEMPLATE
from data_access.intake.reading.headings import Headings
from data_access.intake.reading.left_out import no_data
from metrics.text import Text

TYPE_VALUE = Text("Ganti rumus dengan nilainya.", "Put the value in place of the formula.")

# By mark: code, reason, what to do, severity.
_CELLS: dict[str, tuple[str, Text, Text, Severity]] = {
    "errors": (
        "E-CELLERR",
        Text("rumus menghasilkan galat", "a formula that ends in an error"),
        TYPE_VALUE,
        "error",
    ),
    "uncounted": (
        "E-FORMULA",
        Text("rumus tanpa hasil", "a formula without a result"),
        TYPE_VALUE,
        "error",
    ),
    "percents": (
        "E-TYPE",
        Text("angka ditulis sebagai persen", "a number written as a percentage"),
        Text(
            "Ubah format sel menjadi angka biasa, lalu tulis nilainya tanpa tanda persen.",
            "Give the cell a plain number format, then write the value without a percent sign.",
        ),
        "error",
    ),
    "booleans": (
        "E-TYPE",
        Text("berisi nilai BENAR/SALAH", "holds TRUE or FALSE"),
        Text("Tulis nilai yang dimaksud.", "Write the value that is meant."),
        "error",
    ),
    "merged": (
        "E-MERGED",
        Text(
            "sel gabungan: hanya sel pertamanya yang berisi nilai",
            "merged cells: only the first of them has a value",
        ),
        Text(
            "Pisahkan sel gabungan, lalu isi setiap sel.",
            "Split the merged cells and fill in each cell.",
        ),
        "error",
    ),
    "formulas": (
        "W-FORMULA",
        Text("berisi rumus; hasilnya yang diambil", "holds a formula; its result was taken"),
        NOTHING_TO_DO,
        "warning",
    ),
}
HIDDEN_ROW = Text("{n} baris tersembunyi ikut dibaca", "{n} hidden rows were read too")
FILTERED_ROW = Text(
    "{n} baris yang tidak tampak karena filter ikut dibaca",
    "{n} rows that the filter hides were read too",
)
STRUCK_ROW = Text("{n} baris yang dicoret ikut dibaca", "{n} rows struck through were read too")
DELETE = Text(
    "Hapus baris itu bila tidak termasuk laporan.", "Delete the rows that should not be reported."
)
HIDDEN_COLUMN = Text("kolom tersembunyi ikut dibaca", "a hidden column was read too")


def told(raw: RawSheet, found: Headings | None) -> tuple[Finding, ...]:
    """Return what is to be told of a sheet's table: its known columns and its rows of data."""
    if found is None:
        return ()
    every = (_about_headings, _about_cells, _about_other_columns, _about_rows)
    return tuple(finding for about in every for finding in about(raw, found))


def _about_headings(raw: RawSheet, found: Headings) -> Iterator[Finding]:
    for letter, rows in raw.marks.formulas.items():
        if found.row in rows and letter in found.words:
            where = {"rows": (found.row,), "column": letter}
            yield note(raw.name, "E-HEADER", FORMULA, USE_TEMPLATE, **where)
    below = _below(raw, found)
    for letter in raw.marks.hidden_columns:
        if letter in found.fields and below[letter].count():
            yield note(
                raw.name, "W-HIDDENCOL", HIDDEN_COLUMN, NOTHING_TO_DO, "warning", column=letter
            )


def _about_cells(raw: RawSheet, found: Headings) -> Iterator[Finding]:
    below = _below(raw, found)
    left_out = set(no_data(below, found)["row"])
    places = {**vars(raw.marks), "merged": _merged(raw, found, set(below["row"]))}
    unread = (raw.marks.errors, raw.marks.uncounted)
    wrong = {(letter, row) for one in unread for letter, rows in one.items() for row in rows}
    for mark, (code, reason, advice, severity) in _CELLS.items():
        for letter, marked in places[mark].items():
            rows = [row for row in marked if row > found.row and row not in left_out]
            if mark == "formulas":
                rows = [row for row in rows if (letter, row) not in wrong]
            field = found.fields.get(letter)
            if mark == "booleans" and field and field.kind == "yes_no":
                continue
            if rows and field:
                where = {"rows": tuple(sorted(set(rows))), "column": letter}
                yield note(raw.name, code, reason, advice, severity, **where)


def _about_other_columns(raw: RawSheet, found: Headings) -> Iterator[Finding]:
    """Yield the columns beside the table that hold nothing but formulas that could not be read."""
    below = _below(raw, found)
    told = {*found.fields, *found.words, *(one for one in below.columns if below[one].count())}
    for marked in (raw.marks.errors, raw.marks.uncounted):
        for letter, places in marked.items():
            rows = tuple(sorted({row for row in places if row > found.row}))
            if rows and letter not in told:
                where = {"rows": rows, "column": letter}
                yield note(raw.name, "W-COLUMN", UNKNOWN, NOTHING_TO_DO, "warning", **where)


def _about_rows(raw: RawSheet, found: Headings) -> Iterator[Finding]:
    marks = raw.marks
    hidden = ("W-FILTER", FILTERED_ROW) if marks.filtered else ("W-HIDDENROW", HIDDEN_ROW)
    for (code, reason), marked in (
        (hidden, marks.hidden_rows),
        (("W-STRUCK", STRUCK_ROW), marks.struck),
    ):
        if rows := tuple(row for row in marked if row > found.row):
            words = reason.format(n=len(rows))
            yield note(raw.name, code, words, DELETE, "warning", rows=rows)


def _merged(raw: RawSheet, found: Headings, hold_data: set[int]) -> Places:
    """Return every cell but the first of each block of merged cells, in rows that hold data."""
    places: Places = {}
    columns = {letter: column_number(letter) for letter in found.fields}
    for top, left, bottom, right in raw.marks.merged:
        rows = [row for row in range(max(top, found.row + 1), bottom + 1) if row in hold_data]
        for letter, number in columns.items():
            if left <= number <= right:
                others = rows if number > left else [row for row in rows if row != top]
                places.setdefault(letter, []).extend(others)
    return places


def _below(raw: RawSheet, found: Headings) -> pl.DataFrame:
    """Return the rows below the headings that have words in them."""
    return filled(raw.texts).filter(pl.col("row") > found.row)
