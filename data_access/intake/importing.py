"""One file from a post: read, checked, and stored whole or not at all."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from data_access import access, reference
from data_access.access import Reader
from data_access.central import CENTRAL
from data_access.current import last_heard
from data_access.database import begin_import, explained
from data_access.errors import NoAccess, RefusedFile
from data_access.intake import accepted, refusals
from data_access.intake.checks.checking import Checked, check
from data_access.intake.reading.files import RawFile, read_file
from data_access.intake.report import Report
from data_access.intake.storing.changes import about_older
from data_access.intake.storing.names import remembered
from data_access.intake.storing.refused import Refused, record
from data_access.intake.storing.saving import (
    Submission,
    has_later,
    known_rows,
    label,
    preview,
    save,
)
from metrics.selection import month_end
from metrics.text import Text

Progress = Callable[[Text, float], None]

READING = Text("Membaca berkas", "Reading the file")
CHECKING = Text("Memeriksa isi", "Checking the content")
STORING = Text("Menyimpan", "Storing")
DONE = Text("Selesai", "Done")


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a file is taken in.

    who      asked when the file is read and once more inside the transaction
    now      the moment of receipt; None: the clock's
    today    the day at the post; None: that of `now`
    dry_run  check only, store nothing
    post     needed for a single sheet; a workbook's own must agree with it
    month    likewise
    seen     `Report.seen` of the dry run that the sender agreed to; None: there was none
    """

    who: Callable[[], Reader] = access.reader
    now: datetime | None = None
    today: date | None = None
    dry_run: bool = False
    post: str | None = None
    month: date | None = None
    seen: int | None = None


def import_file(
    path: Path, *, engine: Engine, progress: Progress | None = None, **way: Any
) -> Report:
    """Do as `import_bytes` does, with a file of this machine; `way` as in `Way`."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= accepted.MAX_FILE else b""
    except OSError as error:
        raise RefusedFile(refusals.UNREADABLE.format(file=label(path.name))) from error
    if size > accepted.MAX_FILE:
        record(replace(_tried(path.name, Way(**way)), code=accepted.TOO_LARGE.code), engine)
        raise RefusedFile(accepted.TOO_LARGE)
    return import_bytes(path.name, content, engine=engine, progress=progress, **way)


def import_bytes(
    name: str, content: bytes, *, engine: Engine, progress: Progress | None = None, **way: Any
) -> Report:
    """Check a post's file and, when nothing is wrong with it, store it.

    `way`: the fields of `Way`. Nothing is stored by a dry run. A file that is refused is entered
    among the refused ones. Raises RefusedFile when the file cannot be taken in at all, NoAccess
    when the sender may not, DataUnavailable when the database cannot be reached; all leave the
    rows of the database as they were.
    """
    asked, tell = Way(**way), progress or (lambda *_: None)
    tried = replace(_tried(name, asked), sha256=hashlib.sha256(content).hexdigest())
    try:
        tell(READING, 0.0)
        file = read_file(name, content, post=asked.post, month=asked.month)
        tried = replace(tried, post_code=file.post, period=file.month)
        report = _taken_in(file, engine, asked, tried, tell)
    except (RefusedFile, NoAccess) as error:
        record(replace(tried, code=error.code), engine)
        raise
    if not report.accepted:
        errors = [one for one in report.findings if one.severity == "error"]
        record(replace(tried, code=errors[0].code, faults=len(errors)), engine)
    tell(DONE, 1.0)
    return report


def _tried(name: str, asked: Way) -> Refused:
    """Return what is known of a file before it is read."""
    return Refused(
        received_at=asked.now or datetime.now(UTC),
        sent_by=asked.who().name,
        post_code=(asked.post or "")[:5],  # as many letters as the record keeps
        period=asked.month,
        file_name=label(name),
        sha256="",
    )


def _taken_in(file: RawFile, engine: Engine, asked: Way, tried: Refused, tell: Progress) -> Report:
    access.may_send(asked.who(), file.post)
    today = asked.today or _day_at(file.post, tried.received_at)
    if (last := month_end(file.month)) > today and file.post != CENTRAL:
        found = {"found": f"{file.month:%Y-%m}", "last": f"{last:%Y-%m-%d}"}
        raise RefusedFile(refusals.MONTH_NOT_ENDED.format(**found))
    opened = _read_only(engine) if asked.dry_run else begin_import(engine, file.post)
    with opened as connection:
        access.may_send(asked.who(), file.post)  # it may have been taken away since
        seen = last_heard(connection, file.post)
        if asked.seen is not None and asked.seen != seen:
            raise RefusedFile(refusals.STALE)
        tell(CHECKING, 0.4)
        known = known_rows(connection, file.post)
        later = has_later(connection, file.post, file.month)
        checked = check(
            file,
            today=today,
            known=known,
            latest=not later,
            names=remembered(connection, file.post),
        )
        outcome = None
        if checked.accepted:
            tell(STORING, 0.7)
            store = preview if asked.dry_run else save
            own = _submission(file, tried, checked)
            outcome = store(checked.frames, own, connection, known)
    told = about_older(outcome, later=later)
    checked = replace(checked, findings=(*checked.findings, *told))
    return Report(
        file=tried.file_name,
        post=file.post,
        month=file.month,
        findings=checked.findings,
        outcome=outcome,
        accepted=checked.accepted,
        dry_run=asked.dry_run,
        seen=seen,
        read=file,
        checked=checked,
    )


def _submission(file: RawFile, tried: Refused, checked: Checked) -> Submission:
    return Submission(
        post_code=None if file.post == CENTRAL else file.post,
        period=file.month,
        received_at=tried.received_at,
        sent_by=tried.sent_by,
        file_name=tried.file_name,
        sha256=tried.sha256,
        whole=file.whole,
        rows_ok=checked.height,
        rows_bad=checked.rows_warned,
    )


def _day_at(post: str, now: datetime) -> date:
    """Return the day at a post at a moment."""
    zones = dict(reference.posts().select("post_code", "time_zone").iter_rows())
    zones[CENTRAL] = "Asia/Jakarta"
    return now.astimezone(ZoneInfo(zones[post])).date()


@contextmanager
def _read_only(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that only reads."""
    with explained(), engine.connect() as connection:
        yield connection
