"""The one engine, its transactions, and the one way to read typed rows.

Statements are SQLAlchemy; from PostgreSQL rows travel as Arrow (ADBC), several times faster than
row by row. Not so from SQLite: a second copy of its library in one process breaks the file's locks
(sqlite.org, "How to corrupt"), so every connection goes through Python's own.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import polars as pl
import psycopg
from adbc_driver_postgresql import dbapi as adbc_postgresql
from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    Numeric,
    Select,
    cast,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.elements import ColumnElement

from data_access.errors import DataUnavailable
from data_access.settings import settings
from metrics.text import Text

UNAVAILABLE = Text(
    "Data belum dapat dibuka. Silakan coba lagi beberapa menit lagi.",
    "The data cannot be opened just now. Please try again in a few minutes.",
)
DISK_FULL = Text(
    "Ruang penyimpanan penuh, sehingga tidak ada yang disimpan. Mintalah pengelola dasbor "
    "mengosongkan ruang, lalu coba lagi.",
    "The disk is full, so nothing was stored. Ask the dashboard's keeper to free space, then try "
    "again.",
)
# What SQLite and PostgreSQL call it; the index of the log is the first that finds no room.
_FULL = {"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "53100"}
_IMMEDIATE = "begin_immediate"
# Seconds to connect; how long a statement waits for another one.
POSTGRESQL_LIMITS = {"connect_timeout": "3", "options": "-clock_timeout=10s"}
ROWS_AT_ONCE = 200_000  # bounds the memory of Python's rows beside the frame
_SQLITE_KEEPS = {
    BigInteger: pl.Int64,
    Integer: pl.Int64,
    Boolean: pl.Int64,
    Float: pl.Float64,
    Numeric: pl.Float64,
}


@lru_cache
def engine_for(url: str) -> Engine:
    """Return the engine of a database address, one for each process."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(
            url, pool_pre_ping=True, hide_parameters=True, connect_args=POSTGRESQL_LIMITS
        )
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _prepare(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # we say BEGIN ourselves, so that reads do not take a lock
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(_IMMEDIATE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def engine() -> Engine:
    """Return the engine of this installation's database."""
    chosen = settings()
    if not chosen.database_url:
        chosen.data_folder.mkdir(parents=True, exist_ok=True)
    return engine_for(chosen.url())


@contextmanager
def begin_import(engine: Engine, post: str) -> Iterator[Connection]:
    """Open the one transaction of an import; two imports of one post wait for each other.

    Raises DataUnavailable when the database cannot be reached or does not answer.
    """
    immediate = engine.execution_options(**{_IMMEDIATE: True})
    with explained(), immediate.begin() as connection:
        if connection.dialect.name == "postgresql":
            lock = text("select pg_advisory_xact_lock(hashtext('import ' || :post))")
            connection.execute(lock, {"post": post})
        yield connection


@contextmanager
def explained() -> Iterator[None]:
    """Turn a failing database into DataUnavailable; of the cause the kind alone goes to the log.

    A message of the database can quote a row, so it is not carried along either: whoever prints
    the error would print it too.
    """
    try:
        yield
    except (SQLAlchemyError, adbc_postgresql.Error, sqlite3.Error, psycopg.Error) as error:
        cause = getattr(error, "orig", None) or error
        state = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", "")
        logging.getLogger(__name__).warning("database: %s %s", type(cause).__name__, state)
        raise DataUnavailable(DISK_FULL if state in _FULL else UNAVAILABLE) from None


def read(engine: Engine, query: Select) -> pl.DataFrame:
    """Return the rows of a query with the types of its columns.

    Columns: as selected. String, Int32/Int64, Float64, Decimal(18, scale), Boolean, Date,
    Datetime(UTC). Raises DataUnavailable when the database cannot be reached.
    """
    columns = list(query.selected_columns)
    literal = {"dialect": engine.dialect, "compile_kwargs": {"literal_binds": True}}
    if engine.dialect.name == "sqlite":
        rows = _by_row(engine, str(query.compile(**literal)), columns)
    else:
        carried = query.with_only_columns(*(_carried(c).label(c.key) for c in columns))
        rows = _by_arrow(engine, str(carried.compile(**literal)).replace("%%", "%"))
    return rows.select(_typed(c, rows.schema[c.key]) for c in columns)


def _by_row(engine: Engine, statement: str, columns: list[ColumnElement]) -> pl.DataFrame:
    """Return the rows as SQLite keeps them: dates as text, decimals and truths as numbers."""
    kept = {c.key: _SQLITE_KEEPS.get(c.type.__class__, pl.String) for c in columns}
    parts = [pl.DataFrame(schema=kept)]
    with explained(), engine.connect() as connection:
        result = connection.exec_driver_sql(statement)
        while rows := result.fetchmany(ROWS_AT_ONCE):
            parts.append(pl.DataFrame(rows, schema=kept, orient="row"))
    return pl.concat(parts)


def _by_arrow(engine: Engine, statement: str) -> pl.DataFrame:
    url = engine.url.set(drivername="postgresql").update_query_dict(POSTGRESQL_LIMITS)
    address = url.render_as_string(hide_password=False)
    with (
        explained(),
        adbc_postgresql.connect(address) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
        return pl.DataFrame(cursor.fetch_arrow_table())


def _carried(column: ColumnElement) -> ColumnElement:
    """Return the column as Arrow can carry it; exact to the cent below 10^13."""
    exact = isinstance(column.type, Numeric) and not isinstance(column.type, Float)
    return cast(column, Float) if exact else column


def _typed(column: ColumnElement, carried: pl.DataType) -> pl.Expr:
    """Return the travelled column in its own type again."""
    kind, value = column.type, pl.col(column.key)
    match kind:
        case Date():
            typed = value.str.to_date("%Y-%m-%d") if carried == pl.String else value
        case DateTime():
            text_to_time = value.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us")
            typed = text_to_time if carried == pl.String else value.cast(pl.Datetime("us"))
            typed = typed.dt.replace_time_zone("UTC")
        case Boolean():
            typed = value.cast(pl.Boolean)
        case Float():
            typed = value.cast(pl.Float64)
        case Numeric():
            scale = kind.scale or 0
            typed = value.cast(pl.Float64).round(scale).cast(pl.Decimal(18, scale))
        case Integer():
            typed = value.cast(pl.Int64 if column.name == "version" else pl.Int32)
        case _:
            typed = value.cast(pl.String)
    return typed.alias(column.key)
