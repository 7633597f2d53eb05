"""Looks whether an installation is sound, and changes nothing."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, select

from data_access import reference, snapshot
from data_access.current import data_version
from data_access.database import explained
from data_access.errors import ReaderError
from data_access.migrate import is_current
from data_access.tables import CENTRAL_TABLES, SHEET_TABLES, posts, submissions
from metrics.text import Text

OLD_TABLES = Text(
    "Tabel belum yang terbaru. Jalankan: python -m data_access migrate",
    "The tables are not up to date. Run: python -m data_access migrate",
)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is as it should be, and what was seen."""

    good: bool
    text: Text


def findings(engine: Engine, snapshots: Path) -> list[Finding]:
    """Return what was looked at, one finding each; the first bad one may end the list.

    Raises DataUnavailable when the database cannot be reached.
    """
    if not is_current(engine):
        return [Finding(False, OLD_TABLES)]
    return [_tables(), _posts(engine), _stored_rows(engine), _copy(engine, snapshots)]


def _tables() -> Finding:
    return Finding(True, Text("Tabel sudah yang terbaru.", "The tables are up to date."))


def _posts(engine: Engine) -> Finding:
    wanted = set(reference.codes("post"))
    with explained(), engine.connect() as connection:
        found = set(connection.scalars(select(posts.c.post_code)))
    return Finding(
        found == wanted,
        Text(
            f"Pos di basis data: {len(found)} dari {len(wanted)}.",
            f"Posts in the database: {len(found)} of {len(wanted)}.",
        ),
    )


def _stored_rows(engine: Engine) -> Finding:
    """Compare what the submissions say they brought with the rows that are there."""
    said = submissions.c.rows_added + submissions.c.rows_changed + submissions.c.rows_removed
    with explained(), engine.connect() as connection:
        promised = connection.scalar(select(func.coalesce(func.sum(said), 0)))
        stored = sum(
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (*SHEET_TABLES.values(), *(kept for kept, _ in CENTRAL_TABLES.values()))
        )
    return Finding(
        promised == stored,
        Text(
            f"Baris tersimpan: {stored}; menurut catatan kiriman: {promised}.",
            f"Rows stored: {stored}; by the record of submissions: {promised}.",
        ),
    )


def _copy(engine: Engine, snapshots: Path) -> Finding:
    newest = snapshot.newest(snapshots)
    if newest is None or not snapshot.is_of(newest, data_version(engine)):
        return Finding(
            False,
            Text(
                "Salinan untuk layar belum yang terbaru. Jalankan: python -m data_access refresh",
                "The screens' copy is not up to date. Run: python -m data_access refresh",
            ),
        )
    try:
        opened = snapshot.load(newest)
    except ReaderError as error:
        return Finding(False, error.text)
    code, cases = opened.version.code, opened.rows.cases.height
    return Finding(
        True,
        Text(
            f"Salinan untuk layar utuh: versi {code}, {cases} kasus.",
            f"The screens' copy is whole: version {code}, {cases} cases.",
        ),
    )
