"""Adds many rows to a table at once, each driver's fastest way."""

from contextlib import closing

import polars as pl
from sqlalchemy import Connection

from data_access.database import explained


def add_rows(connection: Connection, table: str, rows: pl.DataFrame) -> None:
    """Add rows to a table; what is not among their columns is left to the database.

    Raises DataUnavailable when the database refuses or goes away.
    """
    names = ", ".join(rows.columns)
    with explained(), closing(connection.connection.cursor()) as cursor:
        if connection.dialect.name == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv)") as copy:
                copy.write(rows.write_csv(include_header=False))
        else:
            places = ", ".join("?" * rows.width)
            statement = f"INSERT INTO {table} ({names}) VALUES ({places})"
            cursor.executemany(statement, _as_sqlite_keeps(rows).iter_rows())


def _as_sqlite_keeps(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows in the few types SQLite knows, as SQLAlchemy writes and reads them there."""
    return rows.with_columns(
        pl.selectors.by_dtype(pl.Date).dt.strftime("%Y-%m-%d"),
        pl.selectors.by_dtype(pl.Datetime).dt.strftime("%Y-%m-%d %H:%M:%S.%6f"),
        pl.selectors.decimal().cast(pl.Float64),
    )
