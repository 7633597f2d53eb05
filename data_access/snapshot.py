"""The typed snapshot: one Parquet file a table, written after each import, read by every process.

A snapshot is named after the data version it holds and the agreement about columns, so that
neither an import nor a new release ever reads an old one as its own.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import polars as pl
from sqlalchemy import Engine

from data_access import reference
from data_access.current import data_version
from data_access.errors import DataUnavailable
from data_access.typed import table
from metrics.frames import FRAMES, Rows
from metrics.text import Text

Progress = Callable[[Text, float], None]
KEPT = 2  # the newest and, should it be damaged, the one before
TYPING = Text("Menyusun data {table}", "Arranging the data {table}")
DAMAGED = Text(
    "Salinan data {name} rusak. Jalankan: python -m data_access refresh",
    "The data copy {name} is damaged. Run: python -m data_access refresh",
)


@dataclass(frozen=True)
class Version:
    """Which data a snapshot holds: up to which submission, and how many of them."""

    last: int
    count: int
    made_at: datetime  # UTC

    @property
    def code(self) -> str:
        """Return the short name of this version, as printed under every figure."""
        return f"{self.last}-{self.count}"


def write(engine: Engine, folder: Path, progress: Progress = lambda *_: None) -> Path:
    """Write the snapshot of the database's present version and return its folder.

    Returns at once when it is there already. Raises DataUnavailable when the database is away.
    """
    last, count = data_version(engine)
    target = folder / _name(last, count)
    if (target / "manifest.json").exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=".draft-", dir=folder))
    digests = {}
    for step, name in enumerate(FRAMES):
        progress(TYPING.format(table=name), step / len(FRAMES))
        path = draft / f"{name}.parquet"
        table(engine, name, until=last).write_parquet(path)
        digests[name] = _digest(path)
    made_at = datetime.now(UTC).isoformat()
    manifest = {"last": last, "count": count, "made_at": made_at, "digests": digests}
    (draft / "manifest.json").write_text(json.dumps(manifest, indent=1))
    try:
        draft.rename(target)
    except OSError:  # another process was first with the same version
        shutil.rmtree(draft)
    _tidy(folder)
    return target


def newest(folder: Path) -> Path | None:
    """Return the newest whole snapshot of today's agreement, or None."""
    found = sorted(folder.glob(f"*-{_agreement()}/manifest.json"), key=lambda p: p.stat().st_mtime)
    return found[-1].parent if found else None


def load(snapshot: Path) -> tuple[Version, Rows]:
    """Return a snapshot's version and its rows. Raises DataUnavailable when a file is damaged."""
    try:
        manifest = json.loads((snapshot / "manifest.json").read_text())
        files = {name: snapshot / f"{name}.parquet" for name in FRAMES}
        sound = all(_digest(files[name]) == manifest["digests"][name] for name in files)
    except (OSError, ValueError, KeyError) as error:
        raise DataUnavailable(DAMAGED.format(name=snapshot.name)) from error
    if not sound:
        raise DataUnavailable(DAMAGED.format(name=snapshot.name))
    rows = {name: FRAMES[name].check(pl.read_parquet(path)) for name, path in files.items()}
    made_at = datetime.fromisoformat(manifest["made_at"])
    return Version(manifest["last"], manifest["count"], made_at), Rows(**rows)


def is_of(snapshot: Path, version: tuple[int, int]) -> bool:
    """Return whether a snapshot holds that data version."""
    return snapshot.name == _name(*version)


def _name(last: int, count: int) -> str:
    return f"{last}-{count}-{_agreement()}"


def _agreement() -> str:
    """Return a short mark of everything a snapshot's columns depend on beside the data."""
    columns = {
        name: {c: str(t) for c, t in frame.columns.items()} for name, frame in FRAMES.items()
    }
    words = (columns, reference.code_lists(), reference.case_types().rows())
    return hashlib.sha256(repr(words).encode()).hexdigest()[:8]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tidy(folder: Path) -> None:
    whole = sorted(folder.glob("*/manifest.json"), key=lambda path: path.stat().st_mtime)
    for manifest in whole[:-KEPT]:
        shutil.rmtree(manifest.parent, ignore_errors=True)
