"""Rows below the headings that are no data: told, and left out."""

import polars as pl

from data_access.intake.reading.headings import Headings, normal

# How such a row begins.
NOT_DATA = ("jumlah", "total", "subtotal", "grand total", "mengetahui", "catatan", "#")


def no_data(texts: pl.DataFrame, found: Headings) -> pl.DataFrame:
    """Return the rows that are repeated headings, totals and signatures."""
    # A name may begin with any word, so free text does not end a table.
    free = {at for at, one in found.fields.items() if one.kind == "text" and not one.pattern}
    first = pl.coalesce(pl.exclude("row", *free))
    ends = pl.any_horizontal(first.str.to_lowercase().str.starts_with(words) for words in NOT_DATA)
    repeats = [
        pl.col(letter).str.strip_chars(" *").str.to_lowercase() == normal(words)
        for letter, words in found.words.items()
    ]
    repeated = pl.sum_horizontal(repeats) > len(repeats) / 2
    return texts.filter(ends | repeated)
