"""How the workbook looks: headings, cells by kind, and the colours that mark a cell."""

from typing import Literal

import xlsxwriter
from xlsxwriter.format import Format

Mark = Literal["", "known", "warning", "error"]

WIDTHS = {"date": 16, "integer": 14, "decimal": 16, "quarter": 14, "yes_no": 12}
WIDE = 26

# Plain numbers without a thousands separator: a sheet saved as csv then reads back unchanged.
_NUMBERS = {"date": "yyyy-mm-dd", "integer": "0", "decimal": "0.00"}
_HEADING = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "locked": True}
_REQUIRED = {"bg_color": "#0B3C5D", "font_color": "#FFFFFF"}
_OPTIONAL = {"bg_color": "#DCE6EE", "font_color": "#0B3C5D"}
_MARKS: dict[str, dict[str, object]] = {
    "": {"locked": False},
    "known": {"locked": True, "bg_color": "#E7E6E6", "font_color": "#404040"},
    "warning": {"locked": False, "bg_color": "#FFEB9C", "font_color": "#5C4400", "border": 1},
    "error": {"locked": False, "bg_color": "#FFC7CE", "font_color": "#8B0008", "border": 1},
}
_OTHERS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#0B3C5D"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "label": {"bold": True, "bg_color": "#DCE6EE"},
    "locked_text": {"num_format": "@"},
    "column": {**_HEADING, **_OPTIONAL},
    "link": {"valign": "top", "font_color": "#0563C1", "underline": 1},
    "error": {**_MARKS["error"], "text_wrap": True, "valign": "top"},
    "warning": {**_MARKS["warning"], "text_wrap": True, "valign": "top"},
}


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, ...], Format] = {}

    def cell(self, kind: str, mark: Mark = "") -> Format:
        """Return the look of a cell of data. A known one is locked, so that it is not retyped."""
        return self._look(("cell", kind, mark), {"num_format": _NUMBERS.get(kind, "@")}, mark)

    def heading(self, *, required: bool, mark: Mark = "") -> Format:
        """Return the look of a column's heading."""
        own = _REQUIRED if required else _OPTIONAL
        return self._look(("heading", str(required), mark), {**own, **_HEADING}, mark, locked=True)

    def of(self, name: str) -> Format:
        """Return another look by its name. Raises KeyError for an unknown one."""
        return self._look((name,), _OTHERS[name])

    def _look(
        self, key: tuple[str, ...], own: dict, mark: Mark | None = None, **last: object
    ) -> Format:
        if key not in self._made:
            marked = {} if mark is None else _MARKS[mark]
            self._made[key] = self._book.add_format({**own, **marked, **last})
        return self._made[key]
