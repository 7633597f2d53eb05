"""Looks through a sheet of an Excel workbook for what the reader of its cells would not tell."""

import re
from typing import Any

from data_access.errors import RefusedFile
from data_access.intake.opening import unopened
from data_access.intake.opening.budget import LAST_COLUMN, LAST_ROW, MAX_EMPTY_ROWS, Budget, far
from data_access.intake.opening.guarding import Archive
from data_access.intake.opening.marks import Marks, column_letter, column_number, put
from data_access.intake.opening.markup import Attributes, walk
from data_access.intake.opening.styles import Styles

_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
_NUMBERS = (None, "n")
_YES = ("1", "true")
# Of other errors the reader of the cells makes a broken file.
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


def look(archive: Archive, part: str, sheet: str, looks: Styles, budget: Budget) -> Marks:
    """Return what a sheet shows besides its words. Raises RefusedFile as `walk` and Budget do."""
    reader = _Reader(sheet, looks, budget)
    walk(archive, part, reader.start, prepare=reader.prepare)
    reader.finish()
    return reader.marks


class _Reader:
    """Follows the elements of one sheet; most of them are cells, so these come first."""

    def __init__(self, sheet: str, looks: Styles, budget: Budget) -> None:
        self.marks = Marks()
        self._sheet, self._looks, self._budget = sheet, looks, budget
        self._numbers: dict[str, int] = {}  # of the columns, by letter
        self._row, self._column, self._empty_rows = 0, 0, 0
        self._letter, self._style = "", ""
        self._kind: str | None = None
        self._in_cell = self._is_filled = self._listening = False
        self._row_filled = self._row_hidden = self._row_struck = False
        self._box: tuple[int, int, int, int] | None = None
        self._formula: tuple[str, int] | None = None  # whose result has not been met yet
        self._parser: Any = None

    def prepare(self, parser: Any) -> None:
        """Remember the parser: words are listened to only inside cells."""
        self._parser = parser

    def start(self, tag: str, given: Attributes) -> None:
        """Take notice of a tag that begins."""
        if tag == "c":
            self._cell(given)
        elif tag in ("v", "t", "is") and self._in_cell:
            self._fill()
            self._parser.CharacterDataHandler = self._words
            self._listening = True
        elif tag == "row":
            self._start_row(given)
        elif tag == "f" and self._in_cell:
            self._fill()
            put(self.marks.formulas, self._letter, self._row)
            self._formula = None if self._kind == "str" else (self._letter, self._row)
        elif tag == "mergeCell":
            self._merge(given.get("ref", ""))
        elif tag == "col" and given.get("hidden") in _YES:
            self._hide(int(given["min"]), int(given["max"]))
        elif tag == "autoFilter":
            self.marks.filtered = True
        elif tag in ("sheetProtection", "mergeCells", "extLst", "conditionalFormatting"):
            self._leave_cell()

    def finish(self) -> None:
        """Close the last cell, and see how large the sheet is."""
        self._leave_cell()
        if self._box:
            first_row, first, last_row, last = self._box
            self._budget.span(last_row - first_row + 1, last - first + 1, self._sheet)
        self.marks.filtered = self.marks.filtered and bool(self.marks.hidden_rows)

    def _start_row(self, given: Attributes) -> None:
        self._leave_cell()
        self._empty_rows += 1  # until a cell is filled
        self._row = int(given.get("r", self._row + 1))
        if self._empty_rows > MAX_EMPTY_ROWS or not 0 < self._row <= LAST_ROW:
            raise far(self._sheet)
        self._column = 0
        self._row_hidden = given.get("hidden") in _YES
        self._row_struck = self._row_filled = False

    def _cell(self, given: Attributes) -> None:
        self._leave_cell()
        if place := given.get("r"):
            self._letter, self._row, self._column = self._placed(place)
        else:
            self._column += 1
            self._letter = column_letter(self._column)
        self._style, self._kind = given.get("s", "0"), given.get("t")
        self._in_cell, self._is_filled = True, False

    def _leave_cell(self) -> None:
        if self._formula:
            put(self.marks.uncounted, *self._formula)
            self._formula = None
        if self._listening:
            self._stop_listening()
        self._in_cell = False

    def _words(self, words: str) -> None:
        """Take notice of the first words of a cell."""
        if not words.strip():
            return
        if self._kind == "e" and not any(known.startswith(words) for known in _ERRORS):
            place = {"place": f"{self._letter}{self._row}", "word": words[:20]}
            raise RefusedFile(unopened.ERROR_CELL.format(sheet=self._sheet[:60], **place))
        self.marks.filled += 1
        self._formula = None
        self._stop_listening()
        self._in_cell = False

    def _stop_listening(self) -> None:
        self._parser.CharacterDataHandler = None
        self._listening = False

    def _fill(self) -> None:
        if self._is_filled:
            return
        self._is_filled = True
        self._budget.fill()
        if not self._row_filled:
            self._row_filled = True
            self._empty_rows -= 1
        row, column = self._row, self._column
        if box := self._box:
            if row > box[2] or row < box[0] or column > box[3] or column < box[1]:
                self._box = (
                    min(box[0], row),
                    min(box[1], column),
                    max(box[2], row),
                    max(box[3], column),
                )
        else:
            self._box = (row, column, row, column)
        if self._style in self._looks.percents and self._kind in _NUMBERS:
            put(self.marks.percents, self._letter, row)
        elif self._kind == "b":
            put(self.marks.booleans, self._letter, row)
        if self._style in self._looks.struck and not self._row_struck:
            self._row_struck = True
            self.marks.struck.append(row)
        if self._row_hidden:
            self._row_hidden = False
            self.marks.hidden_rows.append(row)

    def _merge(self, block: str) -> None:
        first, _, last = block.replace("$", "").partition(":")
        _, top, left = self._placed(first)
        _, bottom, right = self._placed(last or first)
        top, bottom = sorted((top, bottom))
        left, right = sorted((left, right))
        self._budget.merge((bottom - top + 1) * (right - left + 1), self._sheet)
        self.marks.merged.append((top, left, bottom, right))

    def _hide(self, first: int, last: int) -> None:
        for column in range(max(first, 1), min(last, LAST_COLUMN) + 1):
            self.marks.hidden_columns.append(column_letter(column))

    def _placed(self, place: str) -> tuple[str, int, int]:
        """Return letter, row and number of the column. Raises ValueError for no such place."""
        if not (match := _PLACE.fullmatch(place)):
            raise ValueError(place)
        letter, row = match[1].upper(), int(match[2])
        if letter not in self._numbers:
            self._numbers[letter] = column_number(letter)
        if row > LAST_ROW or self._numbers[letter] > LAST_COLUMN:
            raise far(self._sheet)
        return letter, row, self._numbers[letter]
