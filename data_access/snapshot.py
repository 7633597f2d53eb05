"""The typed snapshot: one Parquet file a table, written after each import, read by every process.

A snapshot is named after the data version and the database it was made of, and the agreement
about columns, so that neither an import nor a new release ever reads an old one as its own.
"""

import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import polars as pl
from sqlalchemy import Engine

from data_access import reference
from data_access.current import DataVersion, data_version
from data_access.errors import DataUnavailable
from data_access.typed import table
from metrics.frames import FRAMES, Rows
from metrics.policy.handling import LIMIT_DAYS
from metrics.text import Text

Progress = Callable[[Text, float], None]
KEPT = 2  # another process may still be reading the one before
FORGOTTEN = 3600  # seconds after which a draft has no process that works on it
TYPING = Text("Menyusun data {table}", "Arranging the data {table}")
DAMAGED = Text(
    "Salinan data {name} rusak. Jalankan: python -m data_access refresh",
    "The data copy {name} is damaged. Run: python -m data_access refresh",
)


@dataclass(frozen=True)
class Opened:
    """A snapshot that has been read: its version, when it was made (UTC), and its rows."""

    version: DataVersion
    made_at: datetime
    rows: Rows


def write(engine: Engine, folder: Path, progress: Progress = lambda *_: None) -> Path:
    """Write the snapshot of the database's present version and return its folder.

    Returns at once when it is there and whole; a damaged one is written anew. Raises
    DataUnavailable when the database is away, OSError when the disk refuses.
    """
    version = data_version(engine)
    target = folder / _name(version)
    if target.exists():
        if _is_whole(target):
            return target
        shutil.rmtree(target)
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=".draft-", dir=folder))
    try:
        digests = write_tables(engine, draft, version.last, progress)
        manifest = vars(version) | {"made_at": datetime.now(UTC).isoformat(), "digests": digests}
        (draft / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        draft.chmod(0o755)  # the server may run under another account than the command
        landed = data_version(engine) != version
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)  # a full disk needs its room back
        raise
    if landed:
        # Something came while the tables were read one by one: they may not fit together.
        shutil.rmtree(draft)
        return write(engine, folder, progress)
    try:
        draft.rename(target)
    except OSError:  # another process was first with the same version
        shutil.rmtree(draft)
    _tidy(folder)
    return target


def write_tables(
    engine: Engine, folder: Path, until: int, progress: Progress = lambda *_: None
) -> dict[str, str]:
    """Write every table as known after submission `until` and return the files' digests.

    Raises DataUnavailable when the database is away, OSError when the disk refuses.
    """
    digests = {}
    for step, name in enumerate(FRAMES):
        progress(TYPING.format(table=name), step / len(FRAMES))
        path = folder / f"{name}.parquet"
        rows = table(engine, name, until=until)
        try:
            rows.write_parquet(path)
        except pl.exceptions.ComputeError as error:  # Polars' word for a disk that is full
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        digests[name] = _digest(path)
    return digests


def newest(folder: Path) -> Path | None:
    """Return the newest snapshot of today's agreement, or None."""
    found = sorted(folder.glob(f"[!.]*-{_agreement()}/manifest.json"), key=_age)
    return found[-1].parent if found else None


def load(snapshot: Path) -> Opened:
    """Return what a snapshot holds. Raises DataUnavailable when a file is damaged or gone."""
    if not _is_whole(snapshot):
        raise DataUnavailable(DAMAGED.format(name=snapshot.name))
    try:
        manifest = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
        tables = {name: pl.read_parquet(snapshot / f"{name}.parquet") for name in FRAMES}
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DataUnavailable(DAMAGED.format(name=snapshot.name)) from error
    version = DataVersion(manifest["last"], manifest["count"], manifest["database"])
    rows = Rows(**{name: FRAMES[name].check(table) for name, table in tables.items()})
    return Opened(version, datetime.fromisoformat(manifest["made_at"]), rows)


def is_of(snapshot: Path, version: DataVersion) -> bool:
    """Return whether a snapshot holds that data version."""
    return snapshot.name == _name(version)


def _name(version: DataVersion) -> str:
    return f"{version.code}-{version.database[:8]}-{_agreement()}"


def _agreement() -> str:
    """Return a short mark of everything a snapshot's columns depend on beside the data."""
    columns = {
        name: {c: str(t) for c, t in frame.columns.items()} for name, frame in FRAMES.items()
    }
    words = (columns, reference.code_lists(), reference.case_types().rows(), LIMIT_DAYS)
    return hashlib.sha256(repr(words).encode()).hexdigest()[:8]


def _is_whole(snapshot: Path) -> bool:
    try:
        digests = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))["digests"]
        return all(_digest(snapshot / f"{name}.parquet") == digests[name] for name in FRAMES)
    except (OSError, ValueError, KeyError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _tidy(folder: Path) -> None:
    """Remove all but the newest snapshots, and drafts that a killed process left behind."""
    old = sorted(folder.glob("[!.]*/manifest.json"), key=_age)[:-KEPT]
    drafts = [path for path in folder.glob(".draft-*") if time.time() - _age(path) > FORGOTTEN]
    for path in [*(manifest.parent for manifest in old), *drafts]:
        shutil.rmtree(path, ignore_errors=True)
