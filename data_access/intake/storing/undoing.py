"""Takes a submission back: by one more submission, never by deleting anything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, Row, select

from data_access import access
from data_access.access import Reader
from data_access.central import CENTRAL, sheets_of
from data_access.current import rows_in, standing
from data_access.database import begin_import, explained
from data_access.errors import Refusal, RefusedNumber
from data_access.intake.storing.saving import enter
from data_access.received import NO_NUMBER, key_words
from data_access.tables import metadata, submissions
from metrics.text import Text

MOST_SHOWN = 20

IS_UNDO = Refusal(
    "E-UNDO",
    Text(
        "Nomor {n} adalah pembatalan dan tidak dapat dibatalkan. Kirim ulang berkasnya.",
        "Number {n} is an undo and cannot be undone. Hand in the file again.",
    ),
)
CONFLICT = Refusal(
    "E-CONFLICT",
    Text(
        "Kiriman {n} tidak dapat dibatalkan karena sesudahnya pos {post} mengirim nomor {later}. "
        "{rows} Batalkan dahulu kiriman itu, mulai dari yang terbaru, atau kirim perbaikan.",
        "Submission {n} cannot be undone because post {post} handed in number {later} after it. "
        "{rows} Undo those first, the newest first, or hand in a correction.",
    ),
)
NO_ROWS = Text("Barisnya tidak diubah lagi sejak itu.", "None of its rows has changed since.")
ROWS = Text(
    "{n} barisnya sudah diubah lagi: {rows}.", "{n} of its rows have changed since: {rows}."
)
AND_MORE = Text("{shown}, dan {n} lainnya", "{shown}, and {n} more")


@dataclass(frozen=True, kw_only=True)
class Undone:
    """A submission that no longer counts. `post` may be CENTRAL."""

    number: int  # of the submission taken back
    by: int  # of the undo
    already: bool  # it had been taken back before, nothing was done now
    post: str
    month: date
    file: str
    added: int  # rows that the submission had added, changed, removed
    changed: int
    removed: int


class Conflict(RefusedNumber):
    """Later submissions of the post stand. `later`: their numbers, newest first; `rows`: the rows
    of this one that they changed, sheet and key."""

    def __init__(self, refusal: Refusal, later: tuple[int, ...], rows: tuple[Text, ...]) -> None:
        super().__init__(refusal)
        self.later = later
        self.rows = rows


def undo(
    engine: Engine,
    number: int,
    *,
    who: Callable[[], Reader] = access.reader,
    now: datetime | None = None,
) -> Undone:
    """Take a submission back, so that what was known before it holds again.

    Only the last one of a post that stands can be: a later file may have confirmed its rows,
    which is not stored. Raises RefusedNumber for a number that cannot be undone, Conflict when
    later ones stand, NoAccess when the reader may not, DataUnavailable; all change nothing.
    """
    taken = _find(engine, number)
    post = taken.post_code or CENTRAL
    with begin_import(engine, post) as connection:
        reader = who()
        access.may_send(reader, post)
        if taken.kind == "undo":
            raise RefusedNumber(IS_UNDO.format(n=number))
        mine = select(submissions.c.id).where(submissions.c.undoes == number)
        before = connection.scalar(mine)
        if before is None:
            _refuse_conflict(connection, taken)
        own = {
            "kind": "undo",
            "received_at": now or datetime.now(UTC),
            "sent_by": reader.name,
            "whole": False,
            "undoes": number,
            **{f"rows_{kind}": 0 for kind in ("ok", "bad", "added", "changed", "removed")},
        }
        same = ("post_code", "period", "file_name", "sha256", "simulated")
        values = {name: taken._mapping[name] for name in same} | own
        return Undone(
            number=number,
            by=enter(values, connection) if before is None else before,
            already=before is not None,
            post=post,
            month=taken.period,
            file=taken.file_name,
            added=taken.rows_added,
            changed=taken.rows_changed,
            removed=taken.rows_removed,
        )


def _find(engine: Engine, number: int) -> Row:
    with explained(), engine.connect() as connection:
        found = connection.execute(select(submissions).where(submissions.c.id == number)).first()
    if found is None:
        raise RefusedNumber(NO_NUMBER.format(n=number))
    return found


def _refuse_conflict(connection: Connection, taken: Row) -> None:
    query = select(submissions.c.id).where(
        submissions.c.post_code.is_not_distinct_from(taken.post_code),
        submissions.c.id > taken.id,
        submissions.c.kind != "undo",
        standing(submissions.c.id),
    )
    later = tuple(connection.scalars(query.order_by(submissions.c.id.desc())))
    if not later:
        return
    post = taken.post_code or CENTRAL
    rows = _changed_since(connection, post, taken.id, later)
    shown = _listed([Text(str(one), str(one)) for one in later])
    said = ROWS.format(n=len(rows), rows=_listed(rows)) if rows else NO_ROWS
    raise Conflict(
        CONFLICT.format(n=taken.id, post=post, later=shown, rows=said), later, tuple(rows)
    )


def _changed_since(
    connection: Connection, post: str, number: int, later: tuple[int, ...]
) -> list[Text]:
    """Return the rows of a submission that later ones told anew: the sheet and the row's key."""
    found = []
    for sheet in sheets_of(post):
        table, key = metadata.tables[sheet.table], list(sheet.key)
        columns = select(*(table.c[name] for name in key))
        own = rows_in(connection, columns.where(table.c.submission == number))
        since = rows_in(connection, columns.where(table.c.submission.in_(later)))
        again = own.join(since, on=key, how="semi", nulls_equal=True, maintain_order="left")
        for words in again.select(key_words(sheet)).to_series():
            found.append(Text(f"{sheet.name} {words}", f"{sheet.label.english} {words}"))
    return found


def _listed(words: list[Text]) -> Text:
    shown = Text(
        ", ".join(one.indonesian for one in words[:MOST_SHOWN]),
        ", ".join(one.english for one in words[:MOST_SHOWN]),
    )
    left = len(words) - MOST_SHOWN
    return AND_MORE.format(shown=shown, n=left) if left > 0 else shown
