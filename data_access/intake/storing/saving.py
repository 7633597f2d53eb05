"""Stores accepted rows: all or none, and never a change of what is stored.

A row that is new or differs from the current one is added as a version (see changes.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection, Select, insert, select, text

from data_access.bulk import add_rows
from data_access.central import CENTRAL, SHEET_OF, sheets_of
from data_access.current import current_told, standing
from data_access.intake.storing.changes import Outcome, compared
from data_access.intake.words.privacy import public
from data_access.tables import submissions

UNNAMED = "(nama berkas tidak ditampilkan)"
Frames = Mapping[str, pl.DataFrame]  # by table


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Who sent what, when. `period` is the first day of the month."""

    post_code: str | None  # None: Jakarta's own file
    period: date
    received_at: datetime
    file_name: str
    sha256: str
    whole: bool  # a whole workbook; a csv file is one sheet of it
    sent_by: str = ""
    simulated: bool = False
    rows_ok: int = 0
    rows_bad: int = 0  # rows read with a warning

    @property
    def kind(self) -> str:
        """Return the kind of the submission, as its table knows it."""
        return "central" if self.post_code is None else "monthly"


def known_rows(connection: Connection, post: str) -> dict[str, pl.DataFrame]:
    """Return all current rows of a post (or CENTRAL) by table, as `current_told` gives them."""
    return {sheet.table: current_told(connection, sheet, post) for sheet in sheets_of(post)}


def save(frames: Frames, submission: Submission, connection: Connection, known: Frames) -> Outcome:
    """Store a file's rows in the running transaction and return what changed.

    `frames`: by table, the sheet's fields in their types. `known`: of `known_rows`. The post's
    last file of the month sent again, or a file that changes nothing, stores nothing.
    """
    outcome, versions = _compared(frames, submission, connection, known)
    if outcome.duplicate_of is not None or outcome.nothing_new:
        return outcome
    counts = {f"rows_{kind}": outcome.total(kind) for kind in ("added", "changed", "removed")}
    values = vars(submission) | counts | {"kind": submission.kind}
    number = enter(values, connection)
    for table, rows in versions.items():
        if rows.height:
            add_rows(connection, table, _stored(rows, number, submission.post_code))
    return replace(outcome, submission=number)


def preview(
    frames: Frames, submission: Submission, connection: Connection, known: Frames
) -> Outcome:
    """Return what `save` would change, and store nothing."""
    return _compared(frames, submission, connection, known)[0]


def has_later(connection: Connection, post: str, month: date) -> bool:
    """Return whether a whole workbook of a later month of a post is on record."""
    if post == CENTRAL:
        return False
    query = _files("monthly", post).where(submissions.c.whole, submissions.c.period > month)
    return connection.execute(query.limit(1)).first() is not None


def enter(values: Mapping[str, Any], connection: Connection) -> int:
    """Write a submission's own row and return its number.

    Numbers are given in the order in which the submissions become visible, so that what was
    known after one of them never changes: on PostgreSQL who has got a number is waited for.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(hashtext('submission number'))"))
    received = values["received_at"].astimezone(UTC).replace(tzinfo=None)
    own = {"received_at": received, "file_name": label(values["file_name"])}
    query = insert(submissions).values({**values, **own}).returning(submissions.c.id)
    return int(connection.execute(query).scalar_one())


def label(file_name: str) -> str:
    """Return a file's name as a label: without its folders and control characters, 120 letters.

    A name that points at a person is not kept.
    """
    last = "".join(c for c in re.split(r"[/\\]", file_name)[-1] if c.isprintable())
    return public(last, UNNAMED)[:120]


def _files(kind: str, post: str | None) -> Select[tuple[int, str]]:
    """Return the query for the number and sha256 of the files of a post that still stand."""
    return select(submissions.c.id, submissions.c.sha256).where(
        submissions.c.kind == kind,
        submissions.c.post_code.is_not_distinct_from(post),
        standing(submissions.c.id),
    )


def _duplicate(submission: Submission, connection: Connection) -> int | None:
    """Return the number of the month's last file, when it is this very file."""
    query = _files(submission.kind, submission.post_code).where(
        submissions.c.period == submission.period
    )
    last = connection.execute(query.order_by(submissions.c.id.desc()).limit(1)).first()
    return last.id if last is not None and last.sha256 == submission.sha256 else None


def _compared(
    frames: Frames, submission: Submission, connection: Connection, known: Frames
) -> tuple[Outcome, dict[str, pl.DataFrame]]:
    post, month = submission.post_code, submission.period
    if (duplicate := _duplicate(submission, connection)) is not None:
        return Outcome(duplicate_of=duplicate), {}
    later = has_later(connection, post or CENTRAL, month)
    changes, versions = {}, {}
    for table, rows in frames.items():
        changes[table], versions[table] = compared(
            SHEET_OF[table], rows, known[table], month=month, later=later
        )
    return Outcome(changes), versions


def _stored(rows: pl.DataFrame, number: int, post: str | None) -> pl.DataFrame:
    """Return the versions with the columns that their table keeps beside the sheet's fields."""
    numbered = rows.with_columns(submission=pl.lit(number))
    if post is None:  # Jakarta's rows are never taken out, and say their post themselves
        return numbered.drop("removed")
    return numbered.with_columns(post_code=pl.lit(post))
