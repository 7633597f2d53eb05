"""Arrays into rows as the database keeps them: versions, each with the submission behind it."""

import numpy as np
import polars as pl
from sqlalchemy import Table, UniqueConstraint

from data_access.current import polars_type
from data_access.demo.draws import codes
from data_access.demo.facts import CODES
from data_access.demo.reporting import Reporting
from data_access.demo.window import dates
from data_access.tables import SHEET_TABLES, metadata

Columns = pl.DataFrame | dict[str, pl.Series | np.ndarray]


def typed(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the table's columns in its order and types, but the version's number.

    Raises ColumnNotFoundError when a column of the table is missing.
    """
    return rows.select(
        pl.col(column.name).cast(polars_type(column.type))
        for column in table.columns
        if column.name != "version"
    )


def whole_month(
    table: str, reporting: Reporting, post: np.ndarray, month: np.ndarray, columns: Columns
) -> pl.DataFrame:
    """Return the rows of a table that each file brings whole; unsent months are left out.

    post, month  the place in CODES and the month of each row
    columns      the fields of the sheet: series or arrays of the same length
    """
    rows = pl.DataFrame(columns).with_columns(dates(reporting.window.periods[month], "period"))
    return _versions(table, reporting, post, month, rows).filter(
        pl.Series(reporting.sent[post, month])
    )


def living(
    table: str, reporting: Reporting, post: np.ndarray, month: np.ndarray, columns: Columns
) -> pl.DataFrame:
    """Return the versions of rows that live on: the first file sent from that month on has them.

    A later version of the same row in the same file replaces the earlier one. What happened after
    the last file of a post is not there.
    """
    shown = reporting.shown[post, month]
    sheet_key = [
        column.name
        for constraint in SHEET_TABLES[table].constraints
        if isinstance(constraint, UniqueConstraint)
        for column in constraint.columns
    ]
    return (
        _versions(table, reporting, post, np.maximum(shown, 0), pl.DataFrame(columns))
        .filter(pl.Series(shown >= 0))
        .unique(sheet_key, keep="last", maintain_order=True)
    )


def _versions(
    table: str, reporting: Reporting, post: np.ndarray, month: np.ndarray, rows: pl.DataFrame
) -> pl.DataFrame:
    return typed(
        metadata.tables[table],
        rows.with_columns(
            pl.Series("submission", reporting.ids[post, month]),
            codes(CODES, post).alias("post_code"),
            removed=pl.lit(False),
        ),
    )
