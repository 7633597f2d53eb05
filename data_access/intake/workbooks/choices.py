"""What a cell of the workbook offers and accepts while it is filled in."""

from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from data_access.fields import Field
from data_access.intake.instructions import LISTS
from data_access.intake.words.coded import official
from data_access.intake.words.dates import FIRST_DAY, LAST_DAY


class Lists:
    """The lists of words of one workbook; each stands once on a hidden sheet at its end."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], str] = {}

    def place(self, words: tuple[str, ...]) -> str:
        """Return where a list will stand."""
        letter = xl_col_to_name(len(self._places))
        return self._places.setdefault(words, f"={LISTS}!${letter}$1:${letter}${len(words)}")

    def write(self, book: xlsxwriter.Workbook) -> None:
        """Add the hidden sheet with every list that was asked for."""
        page = book.add_worksheet(LISTS)
        page.hide()
        page.protect()
        for column, words in enumerate(self._places):
            page.write_column(0, column, words)


def offered_codes(field: Field) -> dict[str, str]:
    """Return the codes that fit a field, with their Indonesian words, in their fixed order."""
    return {code: words.indonesian for code, words in official(field).fitting.items()}


def validation(field: Field, lists: Lists, post: str) -> dict[str, Any]:
    """Return the check that the workbook itself makes, with the English words as its hint."""
    hint = f"{field.label.english}. Contoh: {field.example.format(post=post)}"
    shown = {
        "input_title": field.label.indonesian[:32],
        "input_message": hint[:255],
        "error_title": "Isian belum sesuai",
        "error_message": f"Periksa kolom {field.label.indonesian}. {hint}"[:255],
    }
    match field.kind:
        case "code" | "yes_no":
            words = tuple(offered_codes(field).values())
            return {"validate": "list", "source": lists.place(words), **shown}
        case "date":
            days = {"criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
            return {"validate": "date", **days, **shown}
        case "integer" | "decimal":
            limits = {"criteria": "between", "minimum": field.minimum, "maximum": field.maximum}
            return {"validate": field.kind, **limits, **shown}
        case "quarter":
            return {"validate": "length", "criteria": "<=", "value": 30, **shown}
        case "text":
            length = {"criteria": "<=", "value": field.length}
            return {"validate": "length", **length, **shown}
