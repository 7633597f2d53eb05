"""What one submission changed: row by row and field by field, in words."""

from datetime import date
from decimal import Decimal

import polars as pl
import streamlit as st

from data_access.central import SHEET_OF
from data_access.fields import Field
from metrics.text import Text
from metrics.units import NOTHING, day, number
from pages.components import panels, reference
from pages.components.intake import past
from pages.components.intake.row_names import row_name
from pages.components.language import language, say

WHAT = Text("Yang diubah kiriman {n} ({count})", "What submission {n} changed ({count})")
NO_ROWS = Text("Kiriman ini tidak mengubah baris.", "This submission changed no rows.")
ROWS_SHOWN = Text("Tampil {shown} dari {count}.", "{shown} of {count} shown.")
DIFFERENCE = {
    "sheet": Text("Lembar", "Sheet"),
    "key": Text("Nomor atau bulan", "Number or month"),
    "kind": Text("Perubahan", "Change"),
    "column": Text("Kolom", "Column"),
    "before": Text("Sebelumnya", "Before"),
    "after": Text("Sesudahnya", "After"),
}
KINDS = {
    "added": Text("baris baru", "new row"),
    "changed": Text("diubah", "changed"),
    "removed": Text("dihapus", "removed"),
}
MOST = 300  # rows sent to the browser at once


def show(submission: int) -> None:
    """Show what a submission changed. Raises NoAccess for those who may not see single rows."""
    changed = past.difference(submission)
    if changed.is_empty():
        st.info(say(NO_ROWS))
        return
    count = number(changed.height, language())
    told = {"n": number(submission, language()), "count": count}
    st.subheader(say(WHAT.format(**told)), anchor=False)
    if changed.height > MOST:
        st.caption(say(ROWS_SHOWN.format(shown=number(MOST, language()), count=count)))
    panels.show_rows(_fields(changed.head(MOST)))


def _fields(changed: pl.DataFrame) -> pl.DataFrame:
    rows = []
    for row in changed.iter_rows(named=True):
        sheet = SHEET_OF[row["table"]]
        field = next((one for one in sheet.fields if one.name == row["field"]), None)
        rows.append(
            {
                "sheet": say(sheet.label),
                "key": row_name(sheet, row["key"]),
                "kind": say(KINDS[row["kind"]]),
                "column": say(field.label) if field else NOTHING,
                "before": _value(field, row["before"]),
                "after": _value(field, row["after"]),
            }
        )
    told = pl.DataFrame(rows, infer_schema_length=None)
    shown = [name for name in DIFFERENCE if (told[name] != NOTHING).any()]
    return told.select(pl.col(name).alias(say(DIFFERENCE[name])) for name in shown)


def _value(field: Field | None, value: str | None) -> str:
    """Return a stored value as a person reads it."""
    if field is None or value is None:
        return NOTHING
    match field.kind:
        case "code" | "yes_no":
            codes = reference.all_words().get(field.code_list or field.kind, {})
            words = {"true": codes.get("yes"), "false": codes.get("no")} | codes
            return say(words[value]) if words.get(value) else value
        case "date":
            return day(date.fromisoformat(value), language())
        case "integer":
            return number(int(value), language())
        case "decimal":
            return number(Decimal(value), language(), field.places)
    return value
