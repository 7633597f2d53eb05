"""No cell vanishes: each is taken or told, whatever a post writes into it."""

from dataclasses import dataclass

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_col_to_name

from data_access.central import CENTRAL, CENTRAL_SHEETS, SHEET_OF
from data_access.fields import Sheet
from data_access.intake.checks.checking import check
from data_access.intake.findings import note
from data_access.intake.opening.raw import RawSheet
from data_access.intake.reading.converting import schema
from data_access.intake.reading.files import RawFile
from data_access.intake.reading.headings import headings
from data_access.intake.report import line
from data_access.intake.words.cells import value
from data_access.intake.words.cleaning import cleaned
from data_access.intake.words.naming import Origin
from data_access.intake.words.privacy import personal_cell
from data_access.reference import code_lists
from data_access.sheets import SHEETS
from metrics.text import Text
from tests.data_access.intake.builders import DEFAULTS, MONTH, POST, TODAY

KNOWN = {
    table: pl.DataFrame(schema={"period": pl.Date, **schema(sheet)})
    for table, sheet in SHEET_OF.items()
}
WORDS = st.one_of(
    st.sampled_from(
        [
            "",
            "-",
            "nihil",
            "Ya",
            "A1",
            "A9",
            "2026-10-14",
            "31/12/2026",
            "03/04/2026",
            "46027",
            "1.234",
            "1.234,5",
            "-1",
            "2.5",
            "1e400",
            "RUH-M0001",
            "SIN-M0001",
            "P3-0001",
            "A1234567",
            "3201010101010001",
            "2026-Q3",
            "Tidak ada",
            "Jumlah",
            "true",
            "PS",
            "\u200b",
            "RUH-2026-00001",
            "Lainnya",
            "0",
            "\u202ex",
            "=1+1",
        ]
    ),
    st.text(max_size=12),
    st.sampled_from([w.indonesian for words in code_lists().values() for w in words.values()]),
)


# What is left out, refused without being shown again, or stands in a column of nobody's.
ODD = st.sampled_from(
    [
        "Jumlah",
        "Total",
        "# catatan",
        "Mengetahui,",
        "Bpk. Contoh Orang",
        "0812-3456-7890",
        "orang@contoh.example",
        "SIN-2026-00001",
        "3.2E+15",
        "Lembaga\x01",
        "Lembaga \ufffd",
        "\u0420UH-2026-00001",
        "10/21/2026",
        "1,234.5",
        "1,234",
        "USD 500",
        "Rp 1.500.000",
        "50%",
        "<b>",
        "x" * 4001,
    ]
)
EXTRA = ("Kolom lain", "", "Nama PMI")  # headings of columns that are no field's
UNREAD = Text("tidak terbaca", "could not be read")


def as_words(cell: object) -> str | None:
    return None if cell is None else str(cell)


@dataclass(frozen=True)
class Written:
    """A sheet as a post might write it: below its headings, rows of words by letter."""

    sheet: Sheet
    names: list[str]
    table: list[list[str | None]]
    unread: set[tuple[int, str]]

    @property
    def letters(self) -> list[str]:
        return [xl_col_to_name(column) for column in range(len(self.names))]

    def raw(self) -> RawSheet:
        letters = dict.fromkeys(self.letters, pl.String)
        texts = (
            pl.DataFrame([self.names, *self.table], schema=letters, orient="row")
            .with_row_index("row", offset=1)
            .cast({"row": pl.Int32})
        )
        numbers = texts.with_columns(pl.lit(None, dtype=pl.Boolean).alias(one) for one in letters)
        bad = [
            note(self.sheet.name, "E-CELLERR", UNREAD, UNREAD, rows=(row,), column=letter)
            for row, letter in self.unread
        ]
        return RawSheet(self.sheet.name, texts, numbers, tuple(bad))

    def filled(self) -> dict[tuple[int, str], str]:
        """Return the cells with words in them: row, letter -> words."""
        return {
            (number, letter): cell
            for number, cells in enumerate(self.table, start=2)
            for letter, cell in zip(self.letters, cells, strict=True)
            if cell and cleaned(cell)
        }


@st.composite
def written(draw: st.DrawFn) -> Written:
    sheet = draw(st.sampled_from([*SHEETS, *CENTRAL_SHEETS]))
    names = [*(field.name for field in sheet.fields), *EXTRA]
    good = [as_words(DEFAULTS.get(sheet.table, {}).get(name)) for name in names]
    table = [good[:] for _ in range(draw(st.integers(1, 5)))]
    places = st.tuples(st.integers(0, len(table) - 1), st.integers(0, len(names) - 1))
    for _ in range(draw(st.integers(0, 14))):
        row, column = draw(places)
        table[row][column] = draw(st.one_of(WORDS, ODD))
    if draw(st.booleans()):
        table[-1] = names[:]  # the headings once more
    unread = {
        (row + 2, xl_col_to_name(column)) for row, column in draw(st.sets(places, max_size=2))
    }
    return Written(sheet, names, table, unread)


@given(written())
@settings(max_examples=150, deadline=None)
def test_cells_in_are_cells_accepted_and_cells_reported(given):
    sheet, raw = given.sheet, given.raw()
    found = headings(sheet, raw.texts)
    post = POST if sheet in SHEETS else CENTRAL
    file = RawFile(
        post=post, month=MONTH, sheets=((sheet, raw, found),), findings=raw.findings, whole=False
    )

    checked = check(file, today=TODAY, known=KNOWN)

    cells = given.filled()
    rows = {row: found for found in checked.rows[sheet.table].to_dicts() if (row := found["row"])}
    told = {(row, f.column) for f in checked.findings for row in f.rows}
    errors = {(row, f.column) for f in checked.findings if f.severity == "error" for row in f.rows}
    accepted, reported = set(), set()
    for (row, letter), words in cells.items():
        whole_column = (found.row, letter) in told and letter not in found.fields
        if (row, letter) in told or (row, "") in told or whole_column:
            reported.add((row, letter))
        field = found.fields.get(letter)
        if field is None or row not in rows or (row, letter) in errors:
            continue
        taken = rows[row][field.name]
        meant, fault = value(field, words, Origin(post, month=MONTH))
        if taken is not None:
            accepted.add((row, letter))
            assert taken == meant or (row, letter) in told
            assert fault is None or (row, letter) in told
        elif meant is None and fault is None and not field.required:
            accepted.add((row, letter))  # a word for nothing
    assert set(cells) == accepted | reported
    assert len(cells) == len(accepted) + len(reported - accepted)
    hidden = [one for one in checked.findings if one.hidden]
    assert all(one.value == "" for one in hidden)
    assert checked.accepted == (not any(f.severity == "error" for f in checked.findings))
    if checked.accepted:
        kept = checked.frames[sheet.table]
        assert kept.height == len(rows)
        assert not any(kept[one.name].null_count() for one in sheet.fields if one.required)


@given(written())
@settings(max_examples=100, deadline=None)
def test_nothing_told_shows_what_points_at_a_person(given):
    sheet, raw = given.sheet, given.raw()
    found = headings(sheet, raw.texts)
    file = RawFile(post=POST, month=MONTH, sheets=((sheet, raw, found),), whole=False)

    checked = check(file, today=TODAY, known=KNOWN)

    assert not any(personal_cell(finding.value) for finding in checked.findings)
    for personal in ("Contoh Orang", "0812-3456-7890", "orang@contoh.example", "A1234567"):
        said = [line(finding) for finding in checked.findings]
        assert not any(personal in words.indonesian + words.english for words in said)
