"""Looks through an OpenDocument workbook for what the reader of its cells would not tell."""

from data_access.errors import RefusedFile
from data_access.intake import refusals
from data_access.intake.opening.budget import LAST_COLUMN, LAST_ROW, Budget, far
from data_access.intake.opening.guarding import Archive
from data_access.intake.opening.marks import Marks, column_letter, put
from data_access.intake.opening.markup import Attributes, walk

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
_CELLS = ("table-cell", "covered-table-cell")


def look(archive: Archive, budget: Budget) -> dict[str, Marks]:
    """Return what each sheet shows besides its words, by name.

    Raises RefusedFile for a locked file, and as `walk` and Budget do.
    """
    if archive.has(MANIFEST):
        walk(archive, MANIFEST, _no_password)
    reader = _Reader(budget)
    walk(archive, CONTENT, reader.start, reader.end)
    return reader.sheets


def _no_password(tag: str, _: Attributes) -> None:
    if tag == "encryption-data":
        raise RefusedFile(refusals.PASSWORD)


class _Reader:
    """Follows the sheets, rows and cells; equal neighbours are written once, with a count."""

    def __init__(self, budget: Budget) -> None:
        self.sheets: dict[str, Marks] = {}
        self._budget = budget
        self._sheet, self._marks = "", Marks()
        self._row, self._column, self._repeat = 0, 0, 1
        self._filled: list[tuple[int, int]] = []  # this row's first and last columns
        self._box: tuple[int, int, int, int] | None = None
        self._visibility = "visible"

    def start(self, tag: str, given: Attributes) -> None:
        """Take notice of a tag that begins."""
        if tag in _CELLS:
            self._cell(given)
        elif tag == "table-row":
            self._filled = []
            self._column = 0
            self._repeat = _count(given, "table:number-rows-repeated")
            self._visibility = given.get("table:visibility", "visible")
        elif tag == "table-column":
            self._start_column(given)
        elif tag == "table":
            self._sheet, self._marks = given.get("table:name", ""), Marks()
            if self._sheet in self.sheets:
                raise ValueError(self._sheet)
            self.sheets[self._sheet] = self._marks
            self._row, self._column, self._box = 0, 0, None

    def end(self, tag: str) -> None:
        """Take notice of a tag that ends."""
        if tag == "table-row":
            self._end_row()
        elif tag == "table" and self._box:
            first_row, first, last_row, last = self._box
            self._budget.span(last_row - first_row + 1, last - first + 1, self._sheet)
            self._box = None

    def _start_column(self, given: Attributes) -> None:
        count = _count(given, "table:number-columns-repeated")
        if given.get("table:visibility", "visible") != "visible":
            last = min(self._column + count, LAST_COLUMN)
            letters = [column_letter(column + 1) for column in range(self._column, last)]
            self._marks.hidden_columns += letters
        self._column += count

    def _cell(self, given: Attributes) -> None:
        first = self._column + 1
        count = _count(given, "table:number-columns-repeated")
        self._column += count
        kind, formula = given.get("office:value-type"), "table:formula" in given
        if kind is not None or formula:
            if self._column > LAST_COLUMN or self._row + self._repeat > LAST_ROW:
                raise far(self._sheet)
            self._budget.fill(count * self._repeat)
            self._filled.append((first, self._column))
            self._place(given, first, kind, formula=formula)
        across = _count(given, "table:number-columns-spanned")
        down = _count(given, "table:number-rows-spanned")
        if across * down > 1:
            self._budget.merge(across * down, self._sheet)
            row = self._row + 1
            self._marks.merged.append((row, first, row + down - 1, first + across - 1))

    def _place(self, given: Attributes, first: int, kind: str | None, *, formula: bool) -> None:
        if kind not in (None, "string"):
            self._marks.filled += self._repeat * (self._column - first + 1)
        places = []
        if formula:
            places.append(self._marks.formulas)
        if kind is None:
            places.append(self._marks.uncounted)
        if given.get("calcext:value-type") == "error":
            places.append(self._marks.errors)
        if kind == "percentage":
            places.append(self._marks.percents)
        if kind == "boolean":
            places.append(self._marks.booleans)
        for one in places:
            for column in range(first, self._column + 1):
                for row in range(self._row + 1, self._row + self._repeat + 1):
                    put(one, column_letter(column), row)

    def _end_row(self) -> None:
        first_row, last_row = self._row + 1, self._row + self._repeat
        self._row = last_row
        if not self._filled:
            return
        first, last = self._filled[0][0], self._filled[-1][1]
        top, left, _, right = self._box or (first_row, first, last_row, last)
        self._box = (top, min(left, first), last_row, max(right, last))
        if self._visibility != "visible":
            self._marks.hidden_rows += range(first_row, last_row + 1)
            self._marks.filtered |= self._visibility == "filter"


def _count(given: Attributes, name: str) -> int:
    """Return how often something is repeated. Raises ValueError for what is no count."""
    count = int(given.get(name, "1"))
    if count < 1:
        raise ValueError(name)
    return count
