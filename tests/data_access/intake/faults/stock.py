"""A database filled once, copies of it that are used up one by one, and what one of them holds."""

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from queue import Queue
from typing import Any

from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, select, text

from data_access import check
from data_access.database import engine_for
from data_access.intake.reading.files import read_file
from data_access.migrate import migrate
from data_access.tables import metadata
from tests.data_access.intake.imports import take_in
from tests.installation import ROOT

State = dict[str, list[tuple]]
KILLED = {"status": -signal.SIGKILL}  # all that a killed job tells
_NUMBER = count()


@dataclass(frozen=True)
class Stock:
    """The address of a filled database that nobody is connected to, and a folder for copies."""

    url: str
    folder: Path

    @contextmanager
    def copy(self) -> Iterator[Engine]:
        """Return an engine on a copy of the database; the copy is gone afterwards."""
        name = f"copy_{next(_NUMBER)}"
        address = make_url(self.url)
        if address.get_backend_name() == "sqlite":
            path = self.folder / f"{name}.db"
            shutil.copyfile(address.database, path)
            engine = engine_for(f"sqlite:///{path}")
            yield engine
            engine.dispose()
            return
        with on_server(address.set(database="postgres"), name, template=address.database) as url:
            engine = engine_for(url)
            yield engine
            engine.dispose()


@contextmanager
def on_server(server: URL, name: str, *, template: str = "template1") -> Iterator[str]:
    """Return the address of a new database of a PostgreSQL server; it is dropped afterwards."""
    keeper = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with keeper.connect() as connection:
        connection.execute(text(f"create database {name} template {template}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with keeper.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))


def fill(stock: Stock, files: dict[str, Path]) -> None:
    """Put September and October, as first sent, into the database."""
    engine = engine_for(stock.url)
    migrate(engine)
    for name in ("september", "first"):
        assert take_in(files[name], engine).accepted
    engine.dispose()


class Children:
    """Programs of child.py, each of which starts a process for each job. Safe among threads."""

    def __init__(self, folder: Path, programs: int) -> None:
        self._folder = folder
        self._idle: Queue[subprocess.Popen] = Queue()
        self._all = [_program() for _ in range(programs)]
        for program in self._all:
            assert program.stdout.readline() == "ready\n"
            self._idle.put(program)

    def run(self, engine: Engine, *jobs: dict[str, Any]) -> list[dict[str, Any]]:
        """Run jobs at once on a database and return what came of each."""
        url = engine.url.render_as_string(hide_password=False)
        whole = [{"url": url, "folder": str(self._folder)} | job for job in jobs]
        program = self._idle.get()
        program.stdin.write(json.dumps(whole) + "\n")
        program.stdin.flush()
        told = json.loads(program.stdout.readline())
        self._idle.put(program)
        return told

    def close(self) -> None:
        """End the programs."""
        for program in self._all:
            program.stdin.close()
            program.wait(60)
            program.stdout.close()


def _program() -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.data_access.intake.faults.child"],
        cwd=ROOT,
        env=os.environ | {"POLARS_MAX_THREADS": "1"},  # the jobs are small and many
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def sending(path: Path) -> dict[str, Any]:
    """Return the job that imports a workbook, which is read beforehand."""
    read = path.with_suffix(".read")
    read.write_bytes(pickle.dumps(read_file(path.name, path.read_bytes(), post=None, month=None)))
    return {"do": "import", "file": str(path), "read": str(read)}


def state(engine: Engine) -> State:
    """Return every row of every table, once no other process works on the database."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            others = text(
                "select count(*) from pg_stat_activity where datname = current_database() "
                "and pid <> pg_backend_pid() and backend_type = 'client backend'"
            )
            while connection.scalar(others):  # a killed process's own takes a moment to end
                connection.execute(text("select pg_stat_clear_snapshot(), pg_sleep(0.002)"))
        return {
            name: [tuple(row) for row in connection.execute(select(table).order_by(*table.c[:1]))]
            for name, table in metadata.tables.items()
        }


def counted_anew(held: State) -> State:
    """Return a state with its numbers counted from 1: an attempt that failed may use some up."""
    numbers = {row[0]: place for place, row in enumerate(held["submissions"], start=1)}
    counted = {}
    for name, rows in held.items():
        columns = metadata.tables[name].c.keys()
        kept = [dict(zip(columns, row, strict=True)) for row in rows]
        for place, row in enumerate(kept, start=1):
            for column in {"submission", "undoes"} & row.keys():
                row[column] = numbers.get(row[column])
            if columns[0] in ("id", "version") and name != "installation":
                row[columns[0]] = place
        counted[name] = [tuple(row.values()) for row in kept]
    return counted


def is_sound(engine: Engine, folder: Path) -> bool:
    """Return whether the command `check` has nothing to say against the stored rows."""
    told = check.findings(engine, folder)[:3]  # the rest is about the screens' copy
    return len(told) == 3 and all(finding.good for finding in told)
