"""From a sheet's words to typed rows: each column's different words are read once."""

from dataclasses import dataclass, field, replace

import polars as pl

from data_access.fields import Field, Sheet
from data_access.intake.cells import Origin, Value, cleaned, value
from data_access.intake.columns import NO_ADVICE, USE_TEMPLATE, about_columns
from data_access.intake.findings import Fault, Finding
from data_access.intake.headings import Headings, normal
from data_access.intake.names import NO_NAMES, Names
from data_access.intake.privacy import personal_cell
from data_access.intake.raw import RawSheet, note
from metrics.text import Text

TYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "code": pl.String(),
    "quarter": pl.String(),
    "date": pl.Date(),
    "integer": pl.Int32(),
    "yes_no": pl.Boolean(),
}
# How a row below the table begins; it is told and left out.
NOT_DATA = ("jumlah", "total", "subtotal", "grand total", "mengetahui", "catatan", "#")

REQUIRED = Text("wajib diisi", "must be filled in")
FILL_IN = Text("Isi sel itu.", "Fill in the cell.")
NO_HEADINGS = Text("judul kolom tidak ditemukan", "the headings were not found")
LEFT_OUT = Text("bukan baris data, tidak disimpan", "not a row of data, left out")


@dataclass
class Converted:
    """Typed rows with `row` (as Excel counts) before the sheet's fields, and what was found."""

    rows: pl.DataFrame
    findings: list[Finding] = field(default_factory=list)
    faulty: dict[str, set[int]] = field(default_factory=dict)  # rows with an error, by field
    letters: dict[str, str] = field(default_factory=dict)  # of the columns, by field


def schema(sheet: Sheet) -> dict[str, pl.DataType]:
    """Return the sheet's fields with their types."""
    return {one.name: type_of(one) for one in sheet.fields}


def type_of(one: Field) -> pl.DataType:
    """Return the type of a field's values."""
    return pl.Decimal(18, one.places) if one.kind == "decimal" else TYPES[one.kind]


def converted(
    sheet: Sheet, raw: RawSheet, found: Headings | None, post: str, names: Names = NO_NAMES
) -> Converted:
    """Return a sheet's typed rows. A cell with an error is null, and its row stays."""
    filled = raw.texts.with_columns(pl.exclude("row").str.strip_chars().replace("", None)).filter(
        pl.any_horizontal(pl.exclude("row").is_not_null())
    )
    result = Converted(pl.DataFrame(schema={"row": pl.Int32(), **schema(sheet)}))
    if found is None:
        if filled.height:
            result.findings.append(note(sheet.name, "E-HEADER", NO_HEADINGS, USE_TEMPLATE))
        return result
    texts = _only_data(sheet, filled.filter(pl.col("row") > found.row), found, result)
    result.findings += about_columns(sheet, texts, found)
    letters = result.letters = found.letters()
    bad_cells = {(f.column, row) for f in raw.findings for row in f.rows}
    typed = [texts["row"]]
    for one in sheet.fields:
        letter = letters.get(one.name)
        if letter is None:
            typed.append(pl.Series(one.name, [None] * texts.height, dtype=type_of(one)))
            continue
        result.faulty[one.name] = {row for column, row in bad_cells if column == letter}
        cells = _cells(raw, letter, texts["row"])
        typed.append(_column(sheet, one, letter, cells, Origin(post, names), result))
    result.rows = pl.DataFrame(typed)
    return result


def _only_data(
    sheet: Sheet, texts: pl.DataFrame, found: Headings, result: Converted
) -> pl.DataFrame:
    """Return the rows without repeated headings, totals and signatures, which are told."""
    # A name may begin with any word, so free text does not end a table.
    free = {at for at, one in found.fields.items() if one.kind == "text" and not one.pattern}
    first = pl.coalesce(pl.exclude("row", *free))
    ends = pl.any_horizontal(first.str.to_lowercase().str.starts_with(words) for words in NOT_DATA)
    repeats = [
        pl.col(letter).str.strip_chars(" *").str.to_lowercase() == normal(words)
        for letter, words in found.words.items()
    ]
    repeated = pl.sum_horizontal(repeats) > len(repeats) / 2
    left_out = texts.filter(ends | repeated)
    if left_out.height:
        rows = tuple(left_out["row"])
        result.findings.append(
            note(sheet.name, "W-LEFTOUT", LEFT_OUT, NO_ADVICE, "warning", rows=rows)
        )
    return texts.filter(~(ends | repeated).fill_null(False))


def _cells(raw: RawSheet, letter: str, rows: pl.Series) -> pl.DataFrame:
    """Return a column as it was written: row, text, and whether the cell holds a number."""
    number = pl.col(letter).is_not_null() & pl.col(letter)
    cells = rows.to_frame()
    for part in (
        raw.texts.select("row", text=letter),
        raw.numbers.select("row", stored=number),
    ):
        cells = cells.join(part, on="row", how="left", maintain_order="left")
    return cells.with_columns(pl.col("stored").fill_null(False))


def _column(
    sheet: Sheet, one: Field, letter: str, cells: pl.DataFrame, origin: Origin, result: Converted
) -> pl.Series:
    distinct = cells.filter(pl.col("text").is_not_null()).unique(
        ["text", "stored"], maintain_order=True
    )
    values: list[Value] = []
    faults: dict[tuple[str, bool], Fault] = {}
    for text, stored in distinct.select("text", "stored").iter_rows():
        meant, fault = value(one, text, origin, stored=stored)
        values.append(meant)
        if fault is not None:
            faults[text, stored] = fault
    read = distinct.select("text", "stored").with_columns(
        pl.Series("value", values, dtype=type_of(one))
    )
    joined = cells.join(read, on=["text", "stored"], how="left", maintain_order="left")
    faulty = result.faulty[one.name]
    for (text, fault), rows in _places(cells, faults).items():
        if fault.severity == "error":
            faulty.update(rows)
        hidden = fault.hidden or personal_cell(cleaned(text).upper()) is not None
        result.findings.append(
            Finding(
                code=fault.code,
                reason=fault.reason,
                advice=fault.advice,
                severity=fault.severity,
                rows=rows,
                sheet=sheet.name,
                column=letter,
                heading=one.label,
                value="" if hidden else cleaned(text)[:60],
                hidden=hidden,
                code_list=fault.code_list,
            )
        )
    if one.required:
        empty = joined.filter(pl.col("value").is_null())["row"]
        if rows := tuple(row for row in empty if row not in faulty):
            faulty.update(rows)
            missing = note(sheet.name, "E-REQUIRED", REQUIRED, FILL_IN, rows=rows, column=letter)
            result.findings.append(replace(missing, heading=one.label))
    return joined["value"].alias(one.name)


def _places(
    cells: pl.DataFrame, faults: dict[tuple[str, bool], Fault]
) -> dict[tuple[str, Fault], tuple[int, ...]]:
    """Return the rows of each faulty word; warnings and hidden values of one kind together."""
    if not faults:
        return {}
    bad = pl.DataFrame(list(faults), schema={"text": pl.String, "stored": pl.Boolean}, orient="row")
    found: dict[tuple[str, Fault], list[int]] = {}
    first: dict[Fault, str] = {}
    hits = cells.join(bad, on=["text", "stored"], how="semi", maintain_order="left")
    for row, text, stored in hits.select("row", "text", "stored").iter_rows():
        fault = faults[text, stored]
        together = fault.hidden or fault.severity == "warning"
        shown = first.setdefault(fault, text) if together else text
        found.setdefault((shown, fault), []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}
