"""Rows below the headings that are no data: told, and left out."""

import polars as pl

from data_access.intake.reading.headings import Headings, normal

# A formula's error and the signs of a column that is too narrow are cells that could not be read.
_UNREAD = r"^#(?:#|n/a|n/v|ref!|value!|div/0!|name\?|num!|null!)"
# How such a row begins.
NOT_DATA = ("jumlah", "total", "subtotal", "grand total", "mengetahui", "catatan", "#")


def no_data(texts: pl.DataFrame, found: Headings) -> pl.DataFrame:
    """Return the rows that are repeated headings, totals and signatures."""
    # A name may begin with any word, so free text does not end a table.
    free = {at for at, one in found.fields.items() if one.free_text}
    first = pl.coalesce(pl.exclude("row", *free))
    first = first.str.to_lowercase()
    ends = pl.any_horizontal(first.str.starts_with(words) for words in NOT_DATA)
    ends &= ~first.str.contains(_UNREAD)
    repeats = [
        pl.col(letter).str.strip_chars(" *").str.to_lowercase() == normal(words)
        for letter, words in found.words.items()
    ]
    repeated = pl.sum_horizontal(repeats) > len(repeats) / 2
    return texts.filter(ends | repeated)
