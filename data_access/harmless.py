"""Makes free text harmless where it leaves the database: for spreadsheets and for pages.

What a post wrote is stored as it was written. Everything shown or exported comes from the typed
frames, so this one place is enough.
"""

import polars as pl

from data_access.fields import Sheet

# Spreadsheets run what begins so, wide forms too; an apostrophe before it makes it text.
_RUN = r"^\s*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]|^[\t\r]"
_MARKS = {"<": "‹", ">": "›"}


def free_text(sheet: Sheet) -> list[str]:
    """Return the fields of a sheet in which a post may write anything."""
    return [one.name for one in sheet.fields if one.free_text]


def harmless(words: pl.Expr) -> pl.Expr:
    """Return text that no spreadsheet runs and no page reads as markup."""
    shown = words.str.replace_many(_MARKS)
    return pl.when(shown.str.contains(_RUN)).then(shown.str.replace("^", "'")).otherwise(shown)
