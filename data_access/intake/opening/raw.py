"""A sheet as it was read, before anyone has asked what its cells mean."""

from dataclasses import dataclass, field

import polars as pl

from data_access.intake.findings import Finding
from data_access.intake.opening.marks import Marks


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet as words.

    texts     `row` (as Excel counts) and one String column for each letter
    numbers   same shape; true where the cell holds a number (or TRUE), null where it holds text
    findings  cells that could not be read
    marks     what else the sheet shows
    """

    name: str
    texts: pl.DataFrame
    numbers: pl.DataFrame
    findings: tuple[Finding, ...] = ()
    visible: bool = True
    marks: Marks = field(default_factory=Marks)


def no_numbers(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the `numbers` of a file whose cells are all text."""
    return texts.with_columns(pl.lit(None, pl.Boolean).alias(at) for at in texts.columns[1:])


def filled(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a sheet that hold words, without the blanks around them."""
    words = texts.with_columns(pl.exclude("row").str.strip_chars().replace("", None))
    return words.filter(pl.any_horizontal(pl.exclude("row").is_not_null()))
