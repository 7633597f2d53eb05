"""Finds the row of headings and says which field each column is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from data_access.fields import Field, Sheet
from data_access.intake.reading.other_headings import OTHER_WORDS, SHORT_WORDS
from data_access.intake.words import spelling
from data_access.intake.words.cleaning import cleaned
from data_access.sheets import SHEETS

SEARCHED_ROWS = 20


@dataclass(frozen=True)
class Headings:
    """The row that holds the headings and the words of each column, by letter."""

    row: int  # the lower one when two rows make up the headings
    words: dict[str, str]
    fields: dict[str, Field]  # by letter; the first column of a field
    above: tuple[int, ...] = ()  # rows over the headings with as many cells as a row of data

    def letters(self) -> dict[str, str]:
        """Return the letter of each field's column."""
        return {field.name: letter for letter, field in self.fields.items()}


@dataclass(frozen=True)
class _Offer:
    """A row, or two, that may be the headings: for each letter its words, the likeliest first."""

    first: int
    row: int
    words: dict[str, tuple[str, ...]]


def normal(heading: str) -> str:
    """Return a heading in small letters, without the mark of required columns."""
    return cleaned(heading).strip(" *").casefold()


@lru_cache(maxsize=4096)
def spelled(heading: str) -> str:
    """Return a heading as it is compared: small letters and digits, short words written out."""
    words = spelling.normal(heading).split()
    return " ".join(SHORT_WORDS.get(word, word) for word in words)


@lru_cache
def known(sheet: Sheet) -> dict[str, Field]:
    """Return every accepted spelling of a sheet's headings with its field."""
    found: dict[str, Field] = {}
    for field in sheet.fields:
        for words in (field.label.indonesian, field.label.english, field.name):
            found.setdefault(spelled(words), field)
    for words, name in OTHER_WORDS.items():
        if any(field.name == name for field in sheet.fields):
            found.setdefault(spelled(words), sheet.field(name))
    return found


def headings(sheet: Sheet, texts: pl.DataFrame) -> Headings | None:
    """Return the row of the first 20 that knows most headings, or None when none knows two.

    Two rows one above the other count as one where that knows more: the words of a group over its
    columns' own. `texts` has the column `row` and one column of words for each letter.
    """
    return _best(sheet, list(_offers(texts)))


def recognised(texts: pl.DataFrame) -> tuple[Sheet, Headings] | None:
    """Return the sheet whose headings fit best: the largest share of its own columns, or None."""
    offers = list(_offers(texts))
    found = [(sheet, fits) for sheet in SHEETS if (fits := _best(sheet, offers)) is not None]
    return max(
        found,
        key=lambda pair: (len(pair[1].fields), len(pair[1].fields) / len(pair[0].fields)),
        default=None,
    )


def _offers(texts: pl.DataFrame) -> Iterator[_Offer]:
    """Return each row by itself, then each with the one below it."""
    rows = []
    for cells in texts.filter(pl.col("row") <= SEARCHED_ROWS).iter_rows(named=True):
        row = cells.pop("row")
        words = {letter: cleaned(cell) for letter, cell in cells.items() if cell}
        rows.append((row, {letter: heading for letter, heading in words.items() if heading}))
    for row, words in rows:
        yield _Offer(row, row, {letter: (heading,) for letter, heading in words.items()})
    for (first, upper), (row, lower) in zip(rows, rows[1:], strict=False):
        yield _Offer(first, row, _joined(texts.columns[1:], upper, lower))


def _joined(
    letters: list[str], upper: dict[str, str], lower: dict[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return the headings that two rows make: a group's words stand over its first column only."""
    words: dict[str, tuple[str, ...]] = {}
    group = ""
    for letter in letters:
        group = upper.get(letter, group)
        if letter not in lower:
            if letter in upper:
                words[letter] = (upper[letter],)
            continue
        own = lower[letter]
        words[letter] = (f"{group} {own}", own) if group else (own,)
    return words


def _best(sheet: Sheet, offers: list[_Offer]) -> Headings | None:
    best, best_score = None, 1
    for offer in offers:
        found = _fitting(sheet, offer)
        if len(found.fields) > best_score:
            best, best_score, first = found, len(found.fields), offer.first
    if best is None:
        return None
    single = [offer for offer in offers if offer.first == offer.row]
    above = (o.row for o in single if o.row < first and 2 * len(o.words) >= max(best_score, 6))
    return Headings(best.row, best.words, best.fields, tuple(above))


def _fitting(sheet: Sheet, offer: _Offer) -> Headings:
    """Return an offer read as a sheet's headings: each field's first column."""
    spellings = known(sheet)
    words: dict[str, str] = {}
    fields: dict[str, Field] = {}
    taken: set[str] = set()
    for letter, offered in offer.words.items():
        heading = next((one for one in offered if spelled(one) in spellings), offered[0])
        words[letter] = heading
        field = spellings.get(spelled(heading))
        if field is not None and field.name not in taken:
            fields[letter] = field
            taken.add(field.name)
    return Headings(offer.row, words, fields)
