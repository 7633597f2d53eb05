"""From the lines of a csv file to its records, quotation marks and all."""

import csv
import re

from data_access.errors import RefusedFile
from data_access.intake import refusals
from data_access.intake.opening.marks import column_letter

MAX_COLUMNS = 200
MAX_ROWS = 300_000
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')

Records = list[tuple[int, list[str]]]  # line of the file on which it begins, cells


class _Lines:
    """Lines that can be gone back in."""

    def __init__(self, lines: list[str], at: int) -> None:
        self.lines = lines
        self.at = at

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.at == len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def records_of(
    lines: list[str], separator: str, first: int
) -> tuple[Records, dict[str, list[int]]]:
    """Return the records that hold anything, and the lines with a wrong quotation mark by letter.

    Such a line is read as well as it can be, and the reading goes on with the next one.
    """
    source = _Lines(lines, first)
    reader = csv.reader(source, delimiter=separator, strict=True)
    records: Records = []
    broken: dict[str, list[int]] = {}
    while (start := source.at) < len(lines):
        try:
            cells = next(reader)
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise RefusedFile(refusals.QUOTES.format(row=start + 1)) from error
            line = lines[start].removesuffix("\n")
            (cells,) = csv.reader([line], delimiter=separator)
            letter = column_letter(_column_of_bad_quote(line, separator))
            broken.setdefault(letter, []).append(start + 1)
            source.at = start + 1
        if len(cells) > MAX_COLUMNS:
            raise RefusedFile(refusals.TOO_WIDE.format(row=start + 1, most=MAX_COLUMNS))
        if any(cells):
            records.append((start + 1, cells))
        if len(records) > MAX_ROWS:
            raise RefusedFile(refusals.TOO_MANY_ROWS.format(most=MAX_ROWS))
    return records, broken


def _column_of_bad_quote(line: str, separator: str) -> int:
    """Return the number of the column, counted from 1."""
    column, at = 1, 0
    while at < len(line):
        if line[at] == '"':
            closed = _QUOTED.match(line, at)
            if closed is None or line[closed.end() : closed.end() + 1] not in ("", separator):
                break
            at = closed.end() + 1
        else:
            at = (line + separator).index(separator, at) + 1
        column += 1
    return column
