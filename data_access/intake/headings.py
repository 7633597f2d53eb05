"""Finds the row of headings and says which field each column is."""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from data_access.fields import Field, Sheet
from data_access.intake.cells import cleaned
from data_access.sheets import SHEETS

SEARCHED_ROWS = 20

# Other words that posts have used, in small letters -> field name.
OTHER_WORDS = {
    "no. kasus": "case_id",
    "no kasus": "case_id",
    "tgl lapor": "date_reported",
    "no. job order": "jo_id",
    "no job order": "jo_id",
}


@dataclass(frozen=True)
class Headings:
    """The row that holds the headings and the words of each column, by letter."""

    row: int
    words: dict[str, str]
    fields: dict[str, Field]  # by letter; the first column of a field

    def letters(self) -> dict[str, str]:
        """Return the letter of each field's column."""
        return {field.name: letter for letter, field in self.fields.items()}


def normal(heading: str) -> str:
    """Return a heading in small letters, without the mark of required columns."""
    return cleaned(heading).strip(" *").casefold()


@lru_cache
def known(sheet: Sheet) -> dict[str, Field]:
    """Return every accepted spelling of a sheet's headings with its field."""
    found: dict[str, Field] = {}
    for field in sheet.fields:
        for words in (field.label.indonesian, field.label.english, field.name):
            found.setdefault(normal(words), field)
    for words, name in OTHER_WORDS.items():
        if any(field.name == name for field in sheet.fields):
            found.setdefault(words, sheet.field(name))
    return found


def headings(sheet: Sheet, texts: pl.DataFrame) -> Headings | None:
    """Return the row of the first 20 that knows most headings, or None when none knows two.

    `texts` has the column `row` and one column of words for each letter.
    """
    spellings = known(sheet)
    best, best_score = None, 1
    for cells in texts.filter(pl.col("row") <= SEARCHED_ROWS).iter_rows(named=True):
        row = cells.pop("row")
        words = {letter: cleaned(cell) for letter, cell in cells.items() if cell}
        fields: dict[str, Field] = {}
        for letter, heading in words.items():
            field = spellings.get(normal(heading))
            if field is not None and field not in fields.values():
                fields[letter] = field
        if len(fields) > best_score:
            best, best_score = Headings(row, words, fields), len(fields)
    return best


def recognised(texts: pl.DataFrame) -> tuple[Sheet, Headings] | None:
    """Return the sheet whose headings fit best: the largest share of its own columns, or None."""
    found = [(sheet, fits) for sheet in SHEETS if (fits := headings(sheet, texts)) is not None]
    return max(
        found,
        key=lambda pair: (len(pair[1].fields), len(pair[1].fields) / len(pair[0].fields)),
        default=None,
    )
