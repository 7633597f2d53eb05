"""No cell vanishes: each is taken or told, whatever a post writes into it."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_col_to_name

from data_access.intake.cells import NOTHING, Origin, cleaned, value
from data_access.intake.checking import check
from data_access.intake.converting import schema
from data_access.intake.headings import headings
from data_access.intake.raw import RawSheet
from data_access.intake.reading import RawFile
from data_access.reference import code_lists
from data_access.sheets import BY_TABLE, SHEETS
from tests.data_access.intake.builders import DEFAULTS, MONTH, POST, TODAY

KNOWN = {
    table: pl.DataFrame(schema={"period": pl.Date, **schema(sheet)})
    for table, sheet in BY_TABLE.items()
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


def as_words(cell: object) -> str | None:
    return None if cell is None else str(cell)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_every_filled_cell_is_taken_or_told(data):
    sheet = data.draw(st.sampled_from(SHEETS))
    names = [*(field.name for field in sheet.fields), "Kolom lain"]
    good = [as_words(DEFAULTS[sheet.table].get(name)) for name in names]
    table = [good[:] for _ in range(data.draw(st.integers(1, 4)))]
    for _ in range(data.draw(st.integers(0, 12))):
        row = data.draw(st.integers(0, len(table) - 1))
        table[row][data.draw(st.integers(0, len(names) - 1))] = data.draw(WORDS)
    letters = [xl_col_to_name(column) for column in range(len(names))]
    texts = (
        pl.DataFrame([names, *table], schema=dict.fromkeys(letters, pl.String), orient="row")
        .with_row_index("row", offset=1)
        .cast({"row": pl.Int32})
    )
    numbers = texts.with_columns(pl.lit(None, dtype=pl.Boolean).alias(one) for one in letters)
    raw = RawSheet(sheet.name, texts, numbers)
    found = headings(sheet, texts)
    file = RawFile(post=POST, month=MONTH, sheets=((sheet, raw, found),), whole=False)

    checked = check(file, today=TODAY, known=KNOWN)

    told = {(row, f.column) for f in checked.findings for row in f.rows}
    told_columns = {f.column for f in checked.findings if f.rows == (found.row,)}
    taken = checked.frames[sheet.table]
    for number, cells in enumerate(table, start=2):
        for letter, name, cell in zip(letters, names, cells, strict=True):
            if not cell or not cleaned(cell) or letter in told_columns:
                continue
            if (number, letter) in told or (number, "") in told:
                continue
            field = sheet.field(name)
            read, fault = value(field, cell, Origin(POST))
            assert fault is None
            nothing = read is None and not field.required and cleaned(cell).casefold() in NOTHING
            assert nothing or read in taken[name].to_list()
    if not checked.accepted:
        assert any(f.severity == "error" and f.reason.indonesian for f in checked.findings)
    else:
        assert taken.height <= len(table)
