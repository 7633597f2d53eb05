"""Everything that was ever sent: who, when, what it changed; and taking it back."""

from datetime import datetime
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from metrics.selection import Selection
from metrics.text import Text
from metrics.units import NOTHING, day, month, number
from pages.components import loaders, panels
from pages.components.intake import difference, gate, past, undoing
from pages.components.intake.plain import plain
from pages.components.language import language, say

TITLE = Text(
    "{count} kiriman; yang terakhir: {of}, {state}",
    "{count} files sent; the last: {of}, {state}",
)
HOW = Text(
    "Pilih satu baris untuk melihat apa yang diubahnya. Waktu menurut Jakarta (WIB).",
    "Choose a row to see what it changed. Times are those of Jakarta.",
)
NOTHING_YET = Text("Belum ada kiriman untuk pilihan ini.", "Nothing has been sent for this choice.")
MORE = Text("Tampil {shown} kiriman terbaru dari {count}.", "The latest {shown} of {count} shown.")
STATES = {
    "stored": Text("tersimpan", "stored"),
    "undone": Text("dibatalkan oleh {by}", "taken back by {by}"),
    "undo": Text("pembatalan kiriman {of}", "takes back submission {of}"),
    "refused": Text("ditolak: {faults} kekeliruan", "refused (faults: {faults})"),
    "refused_whole": Text("ditolak ({code})", "refused ({code})"),
}
COLUMNS = {
    "number": Text("Nomor", "Number"),
    "post": Text("Pos", "Post"),
    "period": Text("Bulan", "Month"),
    "state": Text("Keadaan", "State"),
    "received_at": Text("Waktu", "Time"),
    "sent_by": Text("Pengirim", "Sender"),
    "file_name": Text("Berkas", "File"),
    "rows_added": Text("Baru", "New"),
    "rows_changed": Text("Berubah", "Changed"),
    "rows_removed": Text("Dihapus", "Removed"),
    "rows_bad": Text("Peringatan", "Warnings"),
    "simulated": Text("Asal", "Origin"),
}
WIDTHS = {"sent_by": 85, "post": 150, "file_name": 160, "state": 175}  # pixels
REAL = Text("pos", "post")
COUNTED = ("added", "changed", "removed", "bad")
JAKARTA = ZoneInfo("Asia/Jakarta")
MOST = 300  # submissions sent to the browser at once
NOT_THE_LAST = Text(
    "Yang dapat dibatalkan hanya kiriman terakhir pos ini yang masih berlaku.",
    "Only the last submission of this post that still stands can be taken back.",
)
WAS_REFUSED = Text(
    "Berkas ini ditolak dan tidak mengubah apa pun.", "This file was refused and changed nothing."
)


def show(selection: Selection) -> None:
    """Show the history; of the row chosen what it changed, and the way to take it back."""
    wanted = {column for column, _ in selection.wanted} & set(loaders.PLACES)
    told = past.history(tuple(loaders.posts_of(selection)) if wanted else None)
    if (done := undoing.message()) is not None:
        st.success(say(done))
    if told.is_empty():
        st.info(say(NOTHING_YET))
        return
    count = number(told.height, language())
    st.subheader(_title(told.row(0, named=True), count), anchor=False)
    st.caption(say(HOW))
    if told.height > MOST:
        st.caption(say(MORE.format(shown=number(MOST, language()), count=count)))
        told = told.head(MOST)
    chosen = st.dataframe(
        _worded(told),
        hide_index=True,
        height=420,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            say(COLUMNS[name]): st.column_config.Column(width=width)
            for name, width in WIDTHS.items()
        },
        key=f"riwayat_tabel_{_mark(told)}",
    )
    if rows := chosen["selection"]["rows"]:
        _show_one(told.row(rows[0], named=True))


def _mark(told: pl.DataFrame) -> int:
    """Return a mark of the rows: a row is chosen by its place, so others are another table."""
    return told.select("number", "received_at", "file_name").hash_rows().sum()


def _title(last: dict, count: str) -> str:
    of = f"{_post(last['post_code'])} {month(last['period'], language())}"
    if last["period"] is None:  # refused before it could be told whose it is
        of = plain(last["file_name"] or NOTHING)
    return say(TITLE.format(count=count, of=of, state=_state(last)))


def _worded(told: pl.DataFrame) -> pl.DataFrame:
    tongue = language()
    rows = [
        {
            "number": number(row["number"], tongue),
            "received_at": _moment(row["received_at"]),
            "sent_by": row["sent_by"] or NOTHING,
            "post": _post(row["post_code"]),
            "period": month(row["period"], tongue),
            "file_name": row["file_name"] or NOTHING,
            "state": _state(row),
            **{f"rows_{kind}": _count(row, kind) for kind in COUNTED},
            "simulated": say(panels.SIMULATED if row["simulated"] else REAL),
        }
        for row in told.iter_rows(named=True)
    ]
    empty = {
        "simulated": not told["simulated"].any(),
        "sent_by": (told["sent_by"].fill_null("") == "").all(),
    }
    shown = {name for name in COLUMNS if not empty.get(name)}
    return pl.DataFrame(rows, infer_schema_length=None).select(
        pl.col(column).alias(say(text)) for column, text in COLUMNS.items() if column in shown
    )


def _count(row: dict, kind: str) -> str:
    """Return how many rows; an undo has none of its own, it turns those of another around."""
    return NOTHING if row["state"] == "undo" else number(row[f"rows_{kind}"], language())


def _moment(at: datetime) -> str:
    local = at.astimezone(JAKARTA)
    clock = f"{local:%H.%M}" if language() == "id" else f"{local:%H:%M}"
    return f"{day(local.date(), language())} {clock}"


def _post(code: str | None) -> str:
    return say(gate.JAKARTA if code is None else gate.name_of(code)) if code != "" else NOTHING


def _state(row: dict) -> str:
    state = row["state"]
    if state == "refused" and not row["faults"]:
        state = "refused_whole"
    tongue = language()
    return say(
        STATES[state].format(
            by=number(row["undone_by"], tongue),
            of=number(row["undoes"], tongue),
            code=row["code"],
            faults=number(row["faults"], tongue),
        )
    )


def _show_one(row: dict) -> None:
    if row["state"] == "refused":
        st.info(say(WAS_REFUSED))
        return
    if row["may_undo"] and gate.may_send_for(row["post_code"]):
        undoing.offer(row)
    elif row["state"] == "stored":
        st.caption(say(NOT_THE_LAST))
    difference.show(row["number"])
