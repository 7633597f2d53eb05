"""Makes an installation ready: tables, on a first start the DATA SIMULASI, and the snapshot."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from data_access import snapshot
from data_access.current import data_version
from data_access.database import engine
from data_access.demo.load import AlreadyFilled, build
from data_access.demo.window import last_complete_month
from data_access.migrate import is_current, is_for_simulation, migrate
from data_access.settings import settings
from metrics.text import Text

Progress = Callable[[Text, float], None]
TABLES = Text("Menyiapkan tabel", "Preparing the tables")


def snapshots() -> Path:
    """Return the folder of the snapshots."""
    return settings().data_folder / "snapshots"


def ready(progress: Progress = lambda *_: None) -> Path:
    """Bring an installation up to date and return the newest snapshot's folder.

    A database that a first start has just made gets the DATA SIMULASI; one made by the command
    `migrate` waits for real data. Raises DataUnavailable when the database is away.
    """
    database = engine()
    if not is_current(database):
        progress(TABLES, 0.0)
        migrate(database, for_simulation=True)
    if is_for_simulation(database) and data_version(database).count == 0:
        with suppress(AlreadyFilled):  # another server process started at once and was first
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

    The same seed, scale and last month give the same rows. Raises AlreadyFilled when the database
    already holds data.
    """
    build(
        database,
        seed=settings().demo_seed if seed is None else seed,
        scale=settings().demo_scale if scale is None else scale,
        last_month=last_month or last_complete_month(date.today()),
        progress=progress,
    )
