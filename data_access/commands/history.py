"""The command that lists what has come in: history."""

import argparse

from data_access import received, reference
from data_access.central import CENTRAL
from data_access.commands.console import DONE, Add, at_least_one, both, say
from data_access.commands.installation import ready
from metrics.text import Text

POST = both("hanya pos ini; PUSAT: milik pusat", "this post alone; PUSAT: Jakarta's own")
LAST = both("sebanyak ini yang terbaru", "this many of the newest")
NOTHING = Text("Belum ada kiriman.", "Nothing has come in yet.")
CHANGES = Text(
    "{rows_added} baris baru, {rows_changed} berubah, {rows_removed} dihapus",
    "{rows_added} rows new, {rows_changed} changed, {rows_removed} removed",
)
STATES = {
    "stored": Text("{number}: tersimpan, {changes}", "{number}: stored, {changes}"),
    "undone": Text(
        "{number}: dibatalkan oleh nomor {undone_by}", "{number}: undone by number {undone_by}"
    ),
    "undo": Text("{number}: pembatalan nomor {undoes}", "{number}: undo of number {undoes}"),
    "refused": Text("-: ditolak ({code})", "-: refused ({code})"),
}
LINE = Text(
    "{state}. Pos {post}, {month}, {file_name}, diterima {when} UTC dari {sent_by}",
    "{state}. Post {post}, {month}, {file_name}, received {when} UTC from {sent_by}",
)


def add_to(add: Add) -> None:
    """Add this command."""
    listing = add(
        "history",
        _history,
        Text(
            "Menampilkan apa yang diterima, dibatalkan, dan ditolak; yang terbaru di atas.",
            "List what was taken in, undone and refused, the newest first.",
        ),
    )
    listing.add_argument("--post", choices=(*reference.codes("post"), CENTRAL), help=POST)
    listing.add_argument("--last", type=at_least_one, default=20, metavar="N", help=LAST)


def _history(asked: argparse.Namespace) -> int:
    rows = received.history(ready(), (asked.post,) if asked.post else None)
    for row in rows.head(asked.last).iter_rows(named=True):
        say(_line(row), asked)
    if rows.is_empty():
        say(NOTHING, asked)
    return DONE


def _line(row: dict) -> Text:
    told = {
        "post": CENTRAL if row["post_code"] is None else row["post_code"] or "?",
        "month": f"{row['period']:%Y-%m}" if row["period"] else "?",
        "when": f"{row['received_at']:%Y-%m-%d %H:%M}",
    }
    state = STATES[row["state"]].format(changes=CHANGES.format(**row), **row)
    return LINE.format(**row | told | {"state": state})
