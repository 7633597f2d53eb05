"""How much a workbook may hold; all its sheets together."""

from dataclasses import dataclass

from data_access.errors import RefusedFile
from data_access.intake import refusals
from data_access.intake.opening import unopened

MAX_CELLS = 1_000_000  # filled cells, and also the rectangles around them
MAX_EMPTY_ROWS = 300_000  # formatted, with nothing in them
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@dataclass
class Budget:
    """What has been counted so far."""

    cells: int = 0
    area: int = 0
    merged: int = 0

    def fill(self, count: int = 1) -> None:
        """Count filled cells. Raises RefusedFile when there are too many."""
        self.cells += count
        if self.cells > MAX_CELLS:
            raise RefusedFile(refusals.CELLS.format(most=MAX_CELLS))

    def merge(self, cells: int, sheet: str) -> None:
        """Count merged cells. Raises RefusedFile when there are too many."""
        self.merged += cells
        if self.merged > MAX_CELLS:
            raise far(sheet)

    def span(self, rows: int, columns: int, sheet: str) -> None:
        """Count the rectangle of a sheet, which the reader of the cells builds whole."""
        self.area += rows * columns
        if self.area > MAX_CELLS:
            raise far(sheet)


def far(sheet: str) -> RefusedFile:
    """Return the refusal of a sheet that reaches too far."""
    return RefusedFile(unopened.SPAN.format(sheet=sheet[:60]))
