"""One file from a post: read, checked, and stored whole or not at all."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from data_access import reference
from data_access.central import CENTRAL, sheets_of
from data_access.current import current
from data_access.database import begin_import, explained
from data_access.errors import RefusedFile
from data_access.intake import guarding, refusals
from data_access.intake.checking import Checked, check
from data_access.intake.raw import note
from data_access.intake.reading import RawFile, read_file
from data_access.intake.report import Report
from data_access.intake.saving import Submission, has_later, label, preview, save
from metrics.selection import month_end
from metrics.text import Text

Progress = Callable[[Text, float], None]

READING = Text("Membaca berkas", "Reading the file")
CHECKING = Text("Memeriksa isi", "Checking the content")
STORING = Text("Menyimpan", "Storing")
DONE = Text("Selesai", "Done")

OLDER = Text(
    "laporan bulan sesudahnya sudah tercatat; keadaan kasus, mitra, dan job order yang sudah ada "
    "tidak diubah oleh berkas ini",
    "a later month is on record; this file does not change cases, agencies and job orders that "
    "are already known",
)
USE_LATEST = Text(
    "Tulis perbaikannya pada laporan bulan terakhir.", "Put corrections in the latest month's file."
)


def import_file(
    path: Path,
    *,
    engine: Engine,
    today: date | None = None,
    now: datetime | None = None,
    dry_run: bool = False,
    post: str | None = None,
    month: date | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check a post's file and, when nothing is wrong with it, store it.

    `now` is the moment of receipt, and `today` the day at the post; when not given, they come
    from the clock and the post's time zone. For csv, post and month must be given; for a workbook
    they must agree with its own. Nothing is stored by a dry run.
    Raises RefusedFile when the file cannot be taken in at all, DataUnavailable when the database
    cannot be reached; both leave the database as it was.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= guarding.MAX_FILE else b""
    except OSError as error:
        raise RefusedFile(refusals.UNREADABLE.format(file=label(path.name))) from error
    if size > guarding.MAX_FILE:
        raise RefusedFile(refusals.TOO_LARGE)
    return import_bytes(
        path.name,
        content,
        engine=engine,
        today=today,
        now=now,
        dry_run=dry_run,
        post=post,
        month=month,
        progress=progress,
    )


def import_bytes(
    name: str,
    content: bytes,
    *,
    engine: Engine,
    today: date | None = None,
    now: datetime | None = None,
    dry_run: bool = False,
    post: str | None = None,
    month: date | None = None,
    progress: Progress | None = None,
) -> Report:
    """Do as `import_file` does, with a file that was uploaded: its name and its bytes."""
    tell = progress or (lambda _step, _share: None)
    tell(READING, 0.0)
    file = read_file(name, content, post=post, month=month)
    now = now or datetime.now(UTC)
    today = today or _day_at(file.post, now)
    central = file.post == CENTRAL
    if (last := month_end(file.month)) > today and not central:
        found = {"found": f"{file.month:%Y-%m}", "last": f"{last:%Y-%m-%d}"}
        raise RefusedFile(refusals.MONTH_NOT_ENDED.format(**found))
    submission = Submission(
        post_code=None if central else file.post,
        period=file.month,
        received_at=now,
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        whole=file.whole,
    )
    with begin_import(engine, file.post) if not dry_run else _look(engine) as connection:
        tell(CHECKING, 0.4)
        checked = _checked(file, today, connection)
        outcome = None
        if checked.accepted:
            tell(STORING, 0.7)
            counted = replace(submission, rows_ok=checked.rows, rows_bad=checked.rows_warned)
            outcome = (preview if dry_run else save)(checked.frames, counted, connection)
    tell(DONE, 1.0)
    return Report(
        file=label(name),
        post=file.post,
        month=file.month,
        findings=checked.findings,
        outcome=outcome,
        accepted=checked.accepted,
        dry_run=dry_run,
    )


def _day_at(post: str, now: datetime) -> date:
    """Return the day at a post at a moment."""
    zones = dict(reference.posts().select("post_code", "time_zone").iter_rows())
    zones[CENTRAL] = "Asia/Jakarta"
    return now.astimezone(ZoneInfo(zones[post])).date()


def _checked(file: RawFile, today: date, connection: Connection) -> Checked:
    known = {sheet.table: current(connection, sheet, file.post) for sheet in sheets_of(file.post)}
    later = file.post != CENTRAL and has_later(connection, file.post, file.month)
    checked = check(file, today=today, known=known, latest=not later)
    if later:
        told = note("", "W-OLDER", OLDER, USE_LATEST, "warning")
        return replace(checked, findings=(*checked.findings, told))
    return checked


@contextmanager
def _look(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that only reads."""
    with explained(), engine.connect() as connection:
        yield connection
