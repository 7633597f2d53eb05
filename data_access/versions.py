"""The data as known after any earlier submission: the very rows of then, not of now."""

import errno
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from sqlalchemy import Engine, select

from data_access.current import data_version
from data_access.database import read
from data_access.errors import RefusedNumber
from data_access.received import NO_NUMBER
from data_access.snapshot import write_tables
from data_access.tables import submissions
from data_access.typed import table
from metrics.frames import FRAMES, Rows


def rows_at(engine: Engine, until: int) -> Rows:
    """Return all tables as known after submission `until`, without what was undone by then.

    Submissions become visible in the order of their numbers, so this never changes. Raises
    DataUnavailable.
    """
    return Rows(**{name: table(engine, name, until=until) for name in FRAMES})


def numbers(engine: Engine) -> pl.DataFrame:
    """Return the versions of the data, one for each submission, the oldest first.

    Columns: number (of the submission), code (as printed under figures), received_at, kind
    (monthly, central, undo), post_code (null: Jakarta's), period, file_name, undoes. Raises
    DataUnavailable.
    """
    rows = read(engine, select(submissions)).sort("id").with_row_index("count", offset=1)
    code = pl.format("{}-{}", "id", "count")
    told = ("received_at", "kind", "post_code", "period", "file_name", "undoes")
    return rows.select(pl.col("id").alias("number"), code.alias("code"), *told)


def write(engine: Engine, until: int, folder: Path) -> str:
    """Write the tables of `rows_at` as Parquet files with a manifest; return the version's code.

    The folder is made. Raises RefusedNumber when no submission has that number, OSError when the
    folder is not empty or the disk refuses, DataUnavailable.
    """
    known = numbers(engine).with_row_index("count", offset=1).filter(pl.col("number") == until)
    if known.is_empty():
        raise RefusedNumber(NO_NUMBER.format(n=until))
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), str(folder))
    manifest = {
        "last": until,
        "count": known["count"].item(),
        "database": data_version(engine).database,
        "made_at": datetime.now(UTC).isoformat(),
        "digests": write_tables(engine, folder, until),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return known["code"].item()
