"""From a sheet's words to typed rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import polars as pl

from data_access.fields import Field, Sheet
from data_access.intake.findings import NOTHING_TO_DO, Finding, note
from data_access.intake.opening.raw import RawSheet, filled
from data_access.intake.reading.column import finding, other_currencies, read_column, type_of
from data_access.intake.reading.columns import USE_TEMPLATE, about_columns
from data_access.intake.reading.headings import Headings
from data_access.intake.reading.left_out import no_data
from data_access.intake.reading.persons import persons
from data_access.intake.words.naming import Origin
from metrics.text import Text

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


def converted(sheet: Sheet, raw: RawSheet, found: Headings | None, origin: Origin) -> Converted:
    """Return a sheet's typed rows. A cell with an error is null, and its row stays."""
    held = filled(raw.texts)
    result = Converted(pl.DataFrame(schema={"row": pl.Int32(), **schema(sheet)}))
    if found is None:
        if held.height:
            result.findings.append(note(sheet.name, "E-HEADER", NO_HEADINGS, USE_TEMPLATE))
        return result
    result.findings += persons(sheet.name, held.filter(pl.col("row") < found.row), found.words)
    below = held.filter(pl.col("row") > found.row)
    left_out = no_data(below, found)
    texts = below.join(left_out, on="row", how="anti", maintain_order="left")
    result.findings += _about_left_out(sheet, left_out, found)
    result.findings += about_columns(sheet, texts, found)
    unknown = [letter for letter in texts.columns[1:] if letter not in found.fields]
    result.findings += persons(sheet.name, texts.select("row", *unknown), found.words)
    result.letters = found.letters()
    _read_columns(sheet, raw, texts, found, origin, result)
    return result


def _read_columns(
    sheet: Sheet,
    raw: RawSheet,
    texts: pl.DataFrame,
    found: Headings,
    origin: Origin,
    result: Converted,
) -> None:
    """Put the typed rows, the faulty rows and what was found into the result."""
    unread = {(f.column, row) for f in raw.findings if f.severity == "error" for row in f.rows}
    numbers = texts.select("row").join(raw.numbers, on="row", how="left", maintain_order="left")
    typed: dict[str, pl.Series] = {"row": texts["row"]}
    cells: dict[str, pl.DataFrame] = {}
    for one in sheet.fields:
        letter = result.letters.get(one.name)
        if letter is None:
            typed[one.name] = pl.Series(one.name, [None] * texts.height, dtype=type_of(one))
            continue
        faulty = result.faulty[one.name] = {row for column, row in unread if column == letter}
        cells[one.name] = pl.DataFrame(
            {
                "row": texts["row"],
                "text": texts[letter],
                "stored": numbers[letter].fill_null(False),
            }
        ).with_columns(pl.when(~pl.col("row").is_in(list(faulty))).then("text").alias("text"))
        typed[one.name], places, whole = read_column(one, cells[one.name], origin)
        result.findings += [finding(sheet.name, letter, one.label, place) for place in places]
        if whole is not None:
            place = ("", (found.row,), whole)
            result.findings.append(finding(sheet.name, letter, one.label, place))
        faulty.update(row for _, rows, f in places if f.severity == "error" for row in rows)
    for one in sheet.fields:
        if one.currency and one.name in cells and one.currency in cells:
            wrong = _other_currencies(sheet, one, cells[one.name], typed[one.currency], result)
            typed[one.name] = typed[one.name].set(texts["row"].is_in(list(wrong)), None)
    result.rows = pl.DataFrame(list(typed.values()))
    for one in sheet.fields:
        if one.required and one.name in cells:
            result.findings += _empty(sheet, one, result)


def _other_currencies(
    sheet: Sheet, one: Field, cells: pl.DataFrame, currencies: pl.Series, result: Converted
) -> set[int]:
    """Return the rows whose amount names another currency than they are in; they are faulty."""
    places = list(other_currencies(one, cells, currencies))
    letter = result.letters[one.name]
    result.findings += [finding(sheet.name, letter, one.label, place) for place in places]
    wrong = {row for _, rows, _ in places for row in rows}
    result.faulty[one.name] |= wrong
    return wrong


def _empty(sheet: Sheet, one: Field, result: Converted) -> Iterator[Finding]:
    """Yield the rows that lack what must be there, and count them as faulty."""
    faulty = result.faulty[one.name]
    empty = result.rows.filter(pl.col(one.name).is_null())["row"]
    if rows := tuple(row for row in empty if row not in faulty):
        faulty.update(rows)
        code = "E-POST" if one.code_list == "post" else "E-REQUIRED"
        letter = result.letters[one.name]
        missing = note(sheet.name, code, REQUIRED, FILL_IN, rows=rows, column=letter)
        yield replace(missing, heading=one.label)


def _about_left_out(sheet: Sheet, rows: pl.DataFrame, found: Headings) -> Iterator[Finding]:
    if rows.height:
        numbers = tuple(rows["row"])
        yield note(sheet.name, "W-LEFTOUT", LEFT_OUT, NOTHING_TO_DO, "warning", rows=numbers)
        yield from persons(sheet.name, rows, found.words)
