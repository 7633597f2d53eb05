"""The one engine, its transactions, and the one way to read typed rows.

Statements are SQLAlchemy; rows travel as Arrow (ADBC), several times faster than row by row.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import polars as pl
from adbc_driver_postgresql import dbapi as adbc_postgresql
from adbc_driver_sqlite import dbapi as adbc_sqlite
from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    Numeric,
    Select,
    String,
    cast,
    create_engine,
    event,
    func,
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
_IMMEDIATE = "begin_immediate"


@lru_cache
def engine_for(url: str) -> Engine:
    """Return the engine of a database address, one for each process."""
    if make_url(url).get_backend_name() != "sqlite":
        limits = {"connect_timeout": 3, "options": "-c lock_timeout=10s"}
        return create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=limits)
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
    """Turn a failing database into DataUnavailable; the cause goes to the log alone."""
    try:
        yield
    except (
        SQLAlchemyError,
        adbc_sqlite.Error,
        adbc_postgresql.Error,
    ) as error:
        raise DataUnavailable(UNAVAILABLE) from error


def read(engine: Engine, query: Select) -> pl.DataFrame:
    """Return the rows of a query with the types of its columns.

    Columns: as selected. String, Int32/Int64, Float64, Decimal(18, scale), Boolean, Date,
    Datetime(UTC). Raises DataUnavailable when the database cannot be reached.
    """
    sqlite = engine.dialect.name == "sqlite"
    columns = list(query.selected_columns)
    carried = query.with_only_columns(*(_carried(c, sqlite).label(c.key) for c in columns))
    statement = str(
        carried.compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True})
    ).replace("%%", "%")
    with explained(), _arrow(engine) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        rows = pl.DataFrame(cursor.fetch_arrow_table())
    texts = [c.key for c in columns if sqlite and isinstance(c.type, String | Date | DateTime)]
    rows = rows.with_columns(pl.col(texts).cast(pl.String))  # a number where there are no rows
    return rows.select(_typed(c, rows.schema[c.key]) for c in columns)


def _arrow(engine: Engine) -> Any:
    url = engine.url
    if engine.dialect.name == "sqlite":
        return adbc_sqlite.connect(f"file:{url.database}?mode=ro")
    return adbc_postgresql.connect(
        url.set(drivername="postgresql").render_as_string(hide_password=False)
    )


def _carried(column: ColumnElement, sqlite: bool) -> ColumnElement:
    """Return the column as it can travel: ADBC guesses SQLite's types from the first rows."""
    kind = column.type
    if isinstance(kind, Numeric) and not isinstance(kind, Float):
        return cast(column, Float)  # exact to the cent below 10^13
    if isinstance(kind, String) or (sqlite and isinstance(kind, Date | DateTime)):
        return func.coalesce(cast(column, String), "")
    return column


def _typed(column: ColumnElement, carried: pl.DataType) -> pl.Expr:
    """Return the travelled column in its own type again."""
    kind, value = column.type, pl.col(column.key)
    if carried == pl.String:
        value = pl.when(value != "").then(value)
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
