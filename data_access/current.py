"""What holds now: of each row the last version whose submission still stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    Numeric,
    Select,
    func,
    select,
)
from sqlalchemy.types import TypeEngine

from data_access.central import CENTRAL
from data_access.database import explained
from data_access.fields import Sheet
from data_access.tables import CENTRAL_TABLES, SHEET_TABLES, installation, submissions


def standing_versions(sheet: Sheet, *, post: str | None = None, until: int | None = None) -> Select:
    """Return the query for all versions that no undo has taken back.

    `until` leaves out later submissions: the state as known then.
    """
    table = SHEET_TABLES[sheet.table]
    query = select(table).where(standing(table.c.submission, until)).order_by(table.c.version)
    return query if post is None else query.where(table.c.post_code == post)


def standing(number: Column, until: int | None = None) -> ColumnElement[bool]:
    """Return the condition that a submission has come by `until` and was not undone by then."""
    undo = submissions.alias()  # of its own, or SQLAlchemy would tie it to the query around it
    undone = select(undo.c.undoes).where(undo.c.undoes.is_not(None))
    if until is None:
        return number.not_in(undone)
    return (number <= until) & number.not_in(undone.where(undo.c.id <= until))


def latest(versions: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Return of each row the last version, without what was taken out and without the
    bookkeeping columns (version, submission, removed)."""
    return (
        versions.lazy()
        .sort("submission", "version")
        .unique(["post_code", *key], keep="last", maintain_order=True)
        .filter(~pl.col("removed"))
        .drop("version", "submission", "removed")
        .collect()
    )


def current(connection: Connection, sheet: Sheet, post_code: str) -> pl.DataFrame:
    """Return the current rows of one post, seen inside a running transaction.

    Columns: post_code, [period], and the sheet's fields in the types of their columns. For
    Jakarta's own sheets give CENTRAL as the post: the columns are the sheet's fields alone.
    """
    return current_told(connection, sheet, post_code).drop("told_in", strict=False)


def current_told(connection: Connection, sheet: Sheet, post_code: str) -> pl.DataFrame:
    """Return the rows of `current` with `told_in`: of which month the file was that told a row so.

    Jakarta's own sheets have no such column.
    """
    if post_code == CENTRAL:
        kept, key = CENTRAL_TABLES[sheet.table]
        query = select(kept).where(standing(kept.c.submission)).order_by(kept.c.version)
        return latest_central(rows_in(connection, query), key)
    months = rows_in(
        connection,
        select(submissions.c.id, submissions.c.period).where(submissions.c.post_code == post_code),
    ).rename({"id": "submission", "period": "told_in"})
    versions = rows_in(connection, standing_versions(sheet, post=post_code))
    told = versions.join(months, on="submission", how="left", maintain_order="left")
    return latest(told, sheet.key)


def last_heard(connection: Connection, post_code: str) -> int:
    """Return the number of the last submission of a post (or CENTRAL), undos too; 0: none yet."""
    whose = submissions.c.post_code.is_not_distinct_from(
        None if post_code == CENTRAL else post_code
    )
    with explained():
        return connection.scalar(select(func.coalesce(func.max(submissions.c.id), 0)).where(whose))


def latest_central(versions: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Return the last version of each row that Jakarta keeps, without the bookkeeping columns."""
    ordered = versions.sort("submission", "version")
    kept = ordered.unique(key, keep="last", maintain_order=True)
    return kept.drop("version", "submission")


def rows_in(connection: Connection, query: Select) -> pl.DataFrame:
    """Return the rows of a query, seen inside a running transaction, in their columns' types."""
    types = {column.name: polars_type(column.type) for column in query.selected_columns}
    with explained():
        rows = connection.execute(query).all()
    return pl.DataFrame(rows, schema=types, orient="row")


def polars_type(column_type: TypeEngine) -> type[pl.DataType] | pl.DataType:
    """Return the Polars type of a column of the database."""
    match column_type:
        case Boolean():
            return pl.Boolean
        case DateTime():
            return pl.Datetime("us")
        case Date():
            return pl.Date
        case BigInteger():
            return pl.Int64
        case Integer():
            return pl.Int32
        case Float():
            return pl.Float64
        case Numeric():
            return pl.Decimal(column_type.precision or 18, column_type.scale or 0)
    return pl.String


@dataclass(frozen=True)
class DataVersion:
    """What a database holds: up to which submission, how many of them, and which database it is.

    The count too, because two imports that run at once may commit in the other order.
    """

    last: int
    count: int
    database: str

    @property
    def code(self) -> str:
        """Return the short name of this version, as printed under every figure."""
        return f"{self.last}-{self.count}"


def data_version(engine: Engine) -> DataVersion:
    """Return the present version. Raises DataUnavailable when the database cannot be reached."""
    query = select(func.coalesce(func.max(submissions.c.id), 0), func.count())
    with explained(), engine.connect() as connection:
        last, count = connection.execute(query.select_from(submissions)).one()
        return DataVersion(last, count, connection.scalar(select(installation.c.id)) or "")
