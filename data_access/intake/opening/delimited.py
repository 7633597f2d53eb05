"""Reads a csv file: one sheet, whatever its letters' encoding and its separator."""

import csv
import re
from contextlib import suppress
from itertools import zip_longest

import polars as pl

from data_access.errors import RefusedFile
from data_access.intake import refusals
from data_access.intake.findings import Finding, note
from data_access.intake.opening.letters import decoded, western
from data_access.intake.opening.marks import column_letter
from data_access.intake.opening.raw import RawSheet, filled, no_numbers
from data_access.intake.opening.records import MAX_COLUMNS, Records, records_of
from data_access.intake.reading.headings import SEARCHED_ROWS, Headings, recognised
from data_access.intake.reading.left_out import no_data
from metrics.text import Text

SEPARATORS: tuple[str, ...] = (";", ",", "\t", "|")
MAX_LINE = 64 * 1024  # letters
MAX_LINES = 1_000_000  # blank ones too
MAX_CELLS = 2_500_000  # the rectangle around the filled cells

WRONG_WIDTH = Text("{found} kolom, seharusnya {due}", "{found} fields where {due} are due")
CHECK_SEPARATOR = Text(
    "Periksa pemisah dan tanda kutip pada baris itu.", "Check separators and quotes of that line."
)
BAD_QUOTE = Text(
    "tanda kutip tidak berpasangan atau diikuti teks lain",
    "a quotation mark has no partner or is followed by other text",
)
MEND_QUOTE = Text(
    'Apit seluruh isi sel dengan tanda kutip; tanda kutip di dalamnya ditulis dua kali ("").',
    'Put the quotes around the whole cell; write a quote within it twice ("").',
)


def read(content: bytes) -> RawSheet:
    """Return the cells of a csv file, under no sheet's name yet; rows are lines of the file.

    Raises RefusedFile when it cannot be read as a whole.
    """
    words, old = decoded(content)
    if words.count("\n") > MAX_LINES:
        raise RefusedFile(refusals.TOO_MANY_ROWS.format(most=MAX_LINES))
    lines = [line + "\n" for line in words.split("\n")]
    for row, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE:
            raise RefusedFile(refusals.LONG_LINE.format(row=row))
    separators, first = SEPARATORS, 0
    if match := re.match(r'"?sep=([^\w"])"?\n', words, re.IGNORECASE):
        separators, first = (match[1],), 1
    head = lines[first : first + SEARCHED_ROWS + 1]
    separator = max(separators, key=lambda one: _known_headings(head, one))
    records, broken = records_of(lines, separator, first)
    if not records:
        raise RefusedFile(refusals.EMPTY)
    texts = _frame(records)
    findings = [
        note("", "E-CSV-QUOTE", BAD_QUOTE, MEND_QUOTE, rows=tuple(rows), column=letter)
        for letter, rows in broken.items()
    ]
    findings += _other_widths(records, texts, {row for rows in broken.values() for row in rows})
    if old:
        findings += western(texts)
    return RawSheet("", texts, no_numbers(texts), tuple(findings))


def _known_headings(head: list[str], separator: str) -> int:
    """Return how many headings the first lines give with a separator."""
    records: Records = []
    with suppress(csv.Error):
        for row, cells in enumerate(csv.reader(head, delimiter=separator), start=1):
            records.append((row, cells[:MAX_COLUMNS]))
    found = recognised(_frame(records))
    return len(found[1].fields) if found else 0


def _other_widths(records: Records, texts: pl.DataFrame, told: set[int]) -> list[Finding]:
    """Return the lines that have more or fewer fields than the headings, by how many.

    Empty fields at the end of every line alike are no fault, nor are lines that are no data.
    """
    if (known := recognised(texts)) is None:
        return []
    found = known[1]
    headings = next(cells for row, cells in records if row == found.row)
    due, named = len(headings), len(_stripped(headings))
    below = {row: cells for row, cells in records if row > found.row and row not in told}
    wrong = {row: len(cells) for row, cells in below.items() if len(cells) != due}
    if not wrong:
        return []
    below = {row: below[row] for row in below.keys() - _no_data(texts, found)}
    widths = {len(cells) for cells in below.values()}
    if (
        len(widths) == 1
        and max(widths) >= named
        and not any(any(c[named:]) for c in below.values())
    ):
        return []
    rows_of: dict[int, list[int]] = {}
    for row in sorted(wrong.keys() & below.keys()):
        rows_of.setdefault(wrong[row], []).append(row)
    return [
        note(
            "",
            "E-FIELDS",
            WRONG_WIDTH.format(found=width, due=due),
            CHECK_SEPARATOR,
            rows=tuple(rows),
        )
        for width, rows in rows_of.items()
    ]


def _no_data(texts: pl.DataFrame, found: Headings) -> set[int]:
    return set(no_data(filled(texts).filter(pl.col("row") > found.row), found)["row"])


def _stripped(cells: list[str]) -> list[str]:
    """Return cells without the empty ones at the end."""
    last = max((at for at, cell in enumerate(cells) if cell.strip()), default=-1)
    return cells[: last + 1]


def _frame(records: Records) -> pl.DataFrame:
    width = max((len(cells) for _, cells in records), default=0)
    if width * len(records) > MAX_CELLS:
        raise RefusedFile(refusals.CELLS.format(most=MAX_CELLS))
    columns = zip_longest(*(cells for _, cells in records))
    return pl.DataFrame(
        [
            pl.Series("row", [row for row, _ in records], pl.Int32),
            *(pl.Series(column_letter(n), cells, pl.String) for n, cells in enumerate(columns, 1)),
        ]
    ).with_columns(pl.exclude("row").replace("", None))
