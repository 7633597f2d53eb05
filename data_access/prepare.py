"""Makes an installation ready: tables, on a first start the DATA SIMULASI, and the snapshot."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from data_access import snapshot
from data_access.current import data_version
from data_access.database import engine
from data_access.demo.load import build
from data_access.demo.window import last_complete_month
from data_access.migrate import is_current, migrate
from data_access.settings import settings
from metrics.text import Text

Progress = Callable[[Text, float], None]
TABLES = Text("Menyiapkan tabel", "Preparing the tables")


def snapshots() -> Path:
    """Return the folder of the snapshots."""
    return settings().data_folder / "snapshots"


def ready(progress: Progress = lambda *_: None) -> Path:
    """Bring an installation up to date and return the newest snapshot's folder.

    An empty database gets the DATA SIMULASI. Raises DataUnavailable when the database is away.
    """
    database = engine()
    if not is_current(database):
        progress(TABLES, 0.0)
        migrate(database)
    if data_version(database) == (0, 0):
        demo(database, progress)
    return snapshot.write(database, snapshots(), progress)


def demo(
    database: Engine,
    progress: Progress = lambda *_: None,
    *,
    scale: float | None = None,
    seed: int | None = None,
    last_month: date | None = None,
) -> None:
    """Build the DATA SIMULASI, usually up to the last whole month.

    The same seed, scale and last month give the same rows. Raises ReaderError when the database
    already holds data.
    """
    build(
        database,
        seed=settings().demo_seed if seed is None else seed,
        scale=scale or settings().demo_scale,
        last_month=last_month or last_complete_month(date.today()),
        progress=progress,
    )
