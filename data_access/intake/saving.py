"""Stores accepted rows: all or none, and never a change of what is stored.

A row that is new or differs from the current one is added as a version. A row that a whole-month
sheet no longer has is taken out by a version with its key alone. Months may arrive out of order:
once a later workbook of the post is on record, an older file still brings its own month's rows
and rows never seen, but a case, agency or job order already on record stays as the later report
left it (`kept`). Which rows the later report confirmed without change is not stored, so the
older file cannot be told to be newer for any of them. One csv sheet is no such report.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import polars as pl
from sqlalchemy import Connection, Select, insert, select

from data_access.central import CENTRAL, SHEET_OF
from data_access.current import current, standing
from data_access.fields import Sheet
from data_access.tables import CENTRAL_TABLES, SHEET_TABLES, submissions


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


@dataclass(frozen=True)
class Changes:
    """How many rows of one sheet were added, changed, removed, equal, or left as they were."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: int = 0  # differ, but a later month is on record


@dataclass(frozen=True)
class Outcome:
    """What a file changes, by table. `submission`: the number it got; None: nothing was stored."""

    changes: Mapping[str, Changes] = field(default_factory=dict)
    submission: int | None = None
    duplicate_of: int | None = None  # the submission that brought this very file

    def total(self, kind: str) -> int:
        """Return one kind of change (`added`, ...) over all sheets."""
        return sum(getattr(changes, kind) for changes in self.changes.values())

    @property
    def nothing_new(self) -> bool:
        """Return whether the file leaves everything as it is."""
        return not any(self.total(kind) for kind in ("added", "changed", "removed"))


def save(
    frames: Mapping[str, pl.DataFrame], submission: Submission, connection: Connection
) -> Outcome:
    """Store a file's rows in the running transaction and return what changed.

    `frames`: by table, the sheet's fields in their types. The post's last file of the month sent
    again, or a file that changes nothing, stores nothing.
    """
    outcome, versions = _compared(frames, submission, connection)
    if outcome.duplicate_of is not None or outcome.nothing_new:
        return outcome
    number = _enter(submission, outcome, connection)
    for table, rows in versions.items():
        if rows.height:
            stored = rows.with_columns(submission=number)
            if submission.post_code is None:
                kept, _ = CENTRAL_TABLES[table]
                stored = stored.drop("removed")
            else:
                kept = SHEET_TABLES[table]
                stored = stored.with_columns(post_code=pl.lit(submission.post_code))
            connection.execute(insert(kept), stored.to_dicts())
    return replace(outcome, submission=number)


def preview(
    frames: Mapping[str, pl.DataFrame], submission: Submission, connection: Connection
) -> Outcome:
    """Return what `save` would change, and store nothing."""
    return _compared(frames, submission, connection)[0]


def has_later(connection: Connection, post: str, month: date) -> bool:
    """Return whether a whole workbook of a later month of a post is on record."""
    query = _files("monthly", post).where(submissions.c.whole, submissions.c.period > month)
    return connection.execute(query.limit(1)).first() is not None


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
    frames: Mapping[str, pl.DataFrame], submission: Submission, connection: Connection
) -> tuple[Outcome, dict[str, pl.DataFrame]]:
    post, month = submission.post_code, submission.period
    if (duplicate := _duplicate(submission, connection)) is not None:
        return Outcome(duplicate_of=duplicate), {}
    later = post is not None and has_later(connection, post, month)
    changes, versions = {}, {}
    for table, rows in frames.items():
        sheet = SHEET_OF[table]
        before = current(connection, sheet, post or CENTRAL)
        if sheet.whole_month:
            rows = rows.with_columns(period=pl.lit(month))
            before = before.filter(pl.col("period") == month)
        changes[table], versions[table] = _versions(
            sheet, rows, before, keep=later and not sheet.whole_month
        )
    return Outcome(changes), versions


def _versions(
    sheet: Sheet, rows: pl.DataFrame, before: pl.DataFrame, *, keep: bool
) -> tuple[Changes, pl.DataFrame]:
    """Return how the rows differ from those before, and the versions that say so."""
    key = list(sheet.key)
    names = [*(["period"] if sheet.whole_month else []), *(one.name for one in sheet.fields)]
    rows, before = rows.select(names), before.select(names)
    added = _without(rows, before, key)
    known = rows.join(before, on=key, how="semi", nulls_equal=True, maintain_order="left")
    equal = known.join(before, on=names, how="semi", nulls_equal=True)
    changed = _without(known, before, names)
    removed = _without(before, rows, key) if sheet.whole_month else before.clear()
    kept = changed.height if keep else 0
    if keep:
        changed = changed.clear()
    counts = Changes(added.height, changed.height, removed.height, equal.height, kept)
    gone = removed.select(key).with_columns(removed=pl.lit(True))
    stays = pl.concat([added, changed]).with_columns(removed=pl.lit(False))
    return counts, pl.concat([stays, gone], how="diagonal")


def _without(rows: pl.DataFrame, others: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Return the rows that agree with none of the others; two empty cells agree."""
    return rows.join(others, on=by, how="anti", nulls_equal=True, maintain_order="left")


def _enter(submission: Submission, outcome: Outcome, connection: Connection) -> int:
    """Write the submission's own row and return its number."""
    received = submission.received_at.astimezone(UTC).replace(tzinfo=None)
    values = {
        **vars(submission),
        "received_at": received,
        "file_name": label(submission.file_name),
        "kind": submission.kind,
        **{f"rows_{kind}": outcome.total(kind) for kind in ("added", "changed", "removed")},
    }
    query = insert(submissions).values(values).returning(submissions.c.id)
    return int(connection.execute(query).scalar_one())


def label(file_name: str) -> str:
    """Return a file's name as a label: without its folders and control characters, 120 letters."""
    last = re.split(r"[/\\]", file_name)[-1]
    return "".join(c for c in last if c.isprintable())[:120]
