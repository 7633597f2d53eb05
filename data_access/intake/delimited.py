"""Reads a csv file: one sheet, whatever its letters' encoding and its separator."""

import codecs
import csv
import io
import re

import polars as pl
from xlsxwriter.utility import xl_col_to_name

from data_access.errors import RefusedFile
from data_access.fields import Sheet
from data_access.intake import refusals
from data_access.intake.findings import Finding
from data_access.intake.headings import SEARCHED_ROWS, Headings, recognised
from data_access.intake.raw import RawSheet, note
from data_access.sheets import SHEETS
from metrics.text import Text

SEPARATORS: tuple[str, ...] = (";", ",", "\t", "|")
MAX_LINE = 64 * 1024
MAX_COLUMNS = 200
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

OLD_ENCODING = Text(
    "dibaca sebagai Windows-1252, bukan UTF-8", "was read as Windows-1252 and not UTF-8"
)
CHECK_LETTERS = Text("Periksa huruf beraksen.", "Check accented letters.")
WRONG_WIDTH = Text("{found} kolom, seharusnya {due}", "{found} fields where {due} are due")
CHECK_SEPARATOR = Text(
    "Periksa pemisah dan tanda kutip pada baris itu.", "Check separators and quotes of that line."
)

Records = list[tuple[int, list[str]]]  # line of the file, cells


def table(content: bytes) -> tuple[Sheet, RawSheet, Headings]:
    """Return the sheet that a csv file is, its cells and its headings.

    Row numbers are lines of the file. Raises RefusedFile when it cannot be read as a whole.
    """
    words, findings = _decoded(content)
    start, separators = 1, SEPARATORS
    if match := re.match(r"sep=(.)\n", words, re.IGNORECASE):
        separators, words, start = (match[1],), words[match.end() :], 2
    separator = max(separators, key=lambda one: _known_headings(words, one))
    records = _records(words, separator, start)
    texts = _frame(records)
    match recognised(texts):
        case None:
            names = "; ".join(sheet.fields[0].label.indonesian for sheet in SHEETS)
            raise RefusedFile(refusals.NO_HEADINGS.format(words=names))
        case sheet, found:
            pass
    below = [(row, cells) for row, cells in records if row > found.row and any(cells)]
    if not below:
        raise RefusedFile(refusals.NO_ROWS)
    due = next(len(cells) for row, cells in records if row == found.row)
    for row, cells in below:
        if len(cells) != due:
            reason = WRONG_WIDTH.format(found=len(cells), due=due)
            findings.append(note(sheet.name, "E-FIELDS", reason, CHECK_SEPARATOR, rows=(row,)))
    numbers = texts.with_columns(pl.exclude("row").is_null() & False)
    placed = tuple(_named(finding, sheet) for finding in findings)
    return sheet, RawSheet(sheet.name, texts, numbers, placed), found


def _named(finding: Finding, sheet: Sheet) -> Finding:
    return (
        finding
        if finding.sheet
        else note(sheet.name, finding.code, finding.reason, finding.advice, finding.severity)
    )


def _decoded(content: bytes) -> tuple[str, list[Finding]]:
    if not content.strip():
        raise RefusedFile(refusals.EMPTY)
    if content.startswith((b"PK\x03\x04", bytes.fromhex("d0cf11e0"))):
        raise RefusedFile(refusals.NOT_CSV)
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise RefusedFile(refusals.ENCODING)
    encoding = next((name for bom, name in _BOMS.items() if content.startswith(bom)), "")
    if not encoding and content.count(0) > len(content) / 5:
        raise RefusedFile(refusals.ENCODING)
    findings = []
    try:
        words = content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise RefusedFile(refusals.ENCODING) from error
        words = content.decode("cp1252", "replace")
        findings.append(note("", "W-ENCODING", OLD_ENCODING, CHECK_LETTERS, "warning"))
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in words:
        row = words.count("\n", 0, words.index("\0")) + 1
        raise RefusedFile(refusals.NUL.format(row=row))
    for row, line in enumerate(words.split("\n"), start=1):
        if len(line) > MAX_LINE:
            raise RefusedFile(refusals.LONG_LINE.format(row=row))
    return words, findings


def _known_headings(words: str, separator: str) -> int:
    """Return how many headings the first lines give with a separator."""
    head = words.split("\n")[: SEARCHED_ROWS + 1]
    cells = [(row, line.split(separator)) for row, line in enumerate(head, start=1)]
    texts = _frame([(row, [cell.strip('" ') for cell in line]) for row, line in cells])
    found = recognised(texts)
    return len(found[1].fields) if found else 0


def _records(words: str, separator: str, start: int) -> Records:
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)
    records, line = [], start
    try:
        for cells in reader:
            records.append((line, cells))
            line = reader.line_num + start
    except csv.Error as error:
        raise RefusedFile(refusals.QUOTES.format(row=line)) from error
    return records


def _frame(records: Records) -> pl.DataFrame:
    width = max((len(cells) for _, cells in records), default=0)
    if width > MAX_COLUMNS:
        raise RefusedFile(refusals.TOO_MUCH)
    rows = [(line, *(cell or None for cell in cells)) for line, cells in records]
    rows = [row + (None,) * (width + 1 - len(row)) for row in rows]
    letters = {xl_col_to_name(column): pl.String for column in range(width)}
    return pl.DataFrame(rows, schema={"row": pl.Int32, **letters}, orient="row")
