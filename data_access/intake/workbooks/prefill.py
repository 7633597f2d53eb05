"""What a post need not retype: its open cases, its running job orders and its agencies."""

from datetime import date
from pathlib import Path
from typing import BinaryIO

import polars as pl
from sqlalchemy import Connection, Engine, select

from data_access.central import CENTRAL
from data_access.current import current, standing
from data_access.database import explained
from data_access.intake.checks.rules import CLOSED, VALID
from data_access.intake.workbooks.workbook import write_template
from data_access.migrate import is_current
from data_access.sheets import AGENCIES, CASES, JOB_ORDERS
from data_access.tables import submissions
from metrics.selection import month_end
from metrics.text import Text

IN_WORK = ("received", "returned")  # job orders that the post has not decided on for good

PREFILLED = Text(
    "SUDAH TERISI: {cases} kasus yang belum selesai, {orders} job order yang masih berjalan, dan "
    "{agencies} mitra, menurut data yang tercatat {as_of}. Perbarui keadaannya dan tambahkan baris "
    "baru di bawahnya. Sel abu-abu mengenali baris, jangan diubah. Kasus yang sudah selesai: ubah "
    "statusnya, isi tanggal dan hasilnya; barisnya jangan dihapus.",
    "ALREADY FILLED IN: cases not yet ended ({cases}), running job orders ({orders}) and agencies "
    "({agencies}), as on record {as_of}. Bring their state up to date and add new rows below. Grey "
    "cells tell which row it is: do not change them. When a case has ended, change its status "
    "and fill in date and outcome; do not delete its row.",
)
AS_OF = Text(
    "sampai kiriman nomor {number} (diterima {day:%Y-%m-%d})",
    "up to submission {number} (received {day:%Y-%m-%d})",
)
NOTHING_YET = Text("(belum ada kiriman)", "(no submission yet)")


def write_prefilled(
    engine: Engine, post: str, month: date, path: Path | BinaryIO
) -> dict[str, pl.DataFrame]:
    """Write the workbook of a post and month with what is known, and return those rows by table.

    Cases not ended and reported by the month's end; job orders received by then that are in work
    or still valid with vacancies left; all agencies. Columns as in `current`. Sheets that hold a
    whole month have none, and Jakarta's own workbook comes blank. Raises DataUnavailable when the
    database cannot be reached; nothing is written then.
    """
    if post == CENTRAL:
        write_template(post, month, path)
        return {}
    with explained(), engine.connect() as connection:
        rows = _known(connection, post, month)
        as_of = _as_of(connection, post)
    counted = {
        "cases": rows[CASES.table].height,
        "orders": rows[JOB_ORDERS.table].height,
        "agencies": rows[AGENCIES.table].height,
    }
    write_template(post, month, path, rows, told=(PREFILLED.format(as_of=as_of, **counted),))
    return rows


def can_prefill(engine: Engine) -> bool:
    """Return whether there is a database with its tables. Raises DataUnavailable.

    Looks for the file of an embedded database first: connecting would make an empty one.
    """
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    return (file is None or Path(file).exists()) and is_current(engine)


def _known(connection: Connection, post: str, month: date) -> dict[str, pl.DataFrame]:
    last = month_end(month)
    status, end = pl.col("status"), pl.col("valid_until")
    valid = end.is_null() | (end >= month)
    usable = status.is_in(VALID) & valid & (pl.col("filled") < pl.col("vacancies"))
    wanted = {
        CASES: ~status.is_in(CLOSED) & (pl.col("date_reported") <= last),
        JOB_ORDERS: (status.is_in(IN_WORK) | usable) & (pl.col("date_received") <= last),
        AGENCIES: pl.lit(True),
    }
    return {
        sheet.table: current(connection, sheet, post).filter(rows).sort(sheet.key)
        for sheet, rows in wanted.items()
    }


def _as_of(connection: Connection, post: str) -> Text:
    """Return up to which submission of the post the rows are told."""
    query = (
        select(submissions.c.id, submissions.c.received_at)
        .where(submissions.c.post_code == post, standing(submissions.c.id))
        .order_by(submissions.c.id.desc())
    )
    last = connection.execute(query.limit(1)).first()
    return NOTHING_YET if last is None else AS_OF.format(number=last.id, day=last.received_at)
