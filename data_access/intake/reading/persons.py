"""Finds what points at a person in cells that are not stored; it may not come in either."""

from collections.abc import Iterator, Mapping

import polars as pl

from data_access.intake.findings import Finding
from data_access.intake.reading.column import SHOWN, finding
from data_access.intake.words.privacy import personal_cell, public
from metrics.text import Text


def persons(sheet: str, texts: pl.DataFrame, headings: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the cells that point at a person, those of one column and kind together.

    `texts`: `row` and one column of words for each letter; `headings`: of the columns, by letter.
    """
    for letter in texts.columns[1:]:
        heading = public(headings.get(letter, ""))[:SHOWN]
        cells = texts.select("row", text=letter).drop_nulls()
        faults = {text: personal_cell(text) for text in cells["text"].unique()}
        for fault in dict.fromkeys(fault for fault in faults.values() if fault):
            rows = tuple(row for row, text in cells.iter_rows() if faults[text] == fault)
            yield finding(sheet, letter, Text(heading, heading), ("", rows, fault))
