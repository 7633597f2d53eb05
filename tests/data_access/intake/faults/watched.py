"""Connections that count what is sent to the database, and can kill their own process there.

They watch below SQLAlchemy, at the drivers, so that nothing gets past them: not COMMIT, not a
COPY, not a statement that the code hands to the driver itself.
"""

import os
import signal
import sqlite3
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import Engine, event

BEFORE_COMMIT, AFTER_COMMIT = "before COMMIT", "after COMMIT"


class Watch:
    """Counts the steps of a process, and kills it with SIGKILL before the one asked for.

    `at`: the number of a step, counted from 0, or one of the names above; None: never.
    """

    def __init__(self, at: int | str | None = None) -> None:
        self.steps: list[str] = []
        self.at = at

    def step(self, name: str) -> None:
        """Note that something is about to be sent."""
        if self.at in (len(self.steps), name):
            os.kill(os.getpid(), signal.SIGKILL)
        self.steps.append(name)

    def over(self, engine: Engine) -> None:
        """Watch every connection that the engine will open."""
        kind = _sqlite if engine.dialect.name == "sqlite" else _postgresql
        event.listen(engine, "do_connect", kind(self))


def _sqlite(watch: Watch) -> Callable[..., sqlite3.Connection]:
    class Watched(sqlite3.Connection):
        def commit(self) -> None:
            watch.step(BEFORE_COMMIT)
            super().commit()
            watch.step(AFTER_COMMIT)

    def connect(_dialect: Any, _record: Any, args: tuple, names: dict) -> sqlite3.Connection:
        connection = sqlite3.connect(*args, **names, factory=Watched)
        connection.set_trace_callback(lambda statement: watch.step(statement[:60]))
        return connection

    return connect


def _postgresql(watch: Watch) -> Callable[..., psycopg.Connection]:
    class Watched(psycopg.Connection):
        def wait(self, *args: Any, **names: Any) -> Any:
            watch.step("to the server")  # every word to it and from it goes through here
            return super().wait(*args, **names)

        def commit(self) -> None:
            watch.step(BEFORE_COMMIT)
            super().commit()
            watch.step(AFTER_COMMIT)

    def connect(_dialect: Any, _record: Any, args: tuple, names: dict) -> psycopg.Connection:
        return Watched.connect(*args, **names)

    return connect
