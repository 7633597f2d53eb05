"""Files taken in, and what the database holds afterwards."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import polars as pl
from sqlalchemy import Engine, func, insert, select

from data_access.central import CENTRAL
from data_access.current import current
from data_access.database import begin_import
from data_access.intake.importing import import_file
from data_access.intake.report import Report
from data_access.intake.storing.changes import Outcome
from data_access.intake.storing.saving import Submission, known_rows, save
from data_access.sheets import BY_TABLE, CASES
from data_access.tables import metadata, refused_files, submissions
from tests.data_access.intake.builders import MONTH, POST, TODAY, month, rows

NOW = datetime(2026, 11, 8, 9, 12, tzinfo=UTC)
SEPTEMBER = date(2026, 9, 1)


def take_in(path: Path, engine: Engine, **how: object) -> Report:
    """Import a file on the day that the tests take as today."""
    return import_file(path, engine=engine, **{"today": TODAY, "now": NOW} | how)


def keep(
    engine: Engine,
    tables: Mapping[str, pl.DataFrame],
    *,
    post: str = POST,
    period: date = MONTH,
    whole: bool = True,
    sha256: str = "",
    **told: object,
) -> Outcome:
    """Store checked rows as an import does, without a file."""
    submission = Submission(
        post_code=None if post == CENTRAL else post,
        period=period,
        whole=whole,
        sha256=sha256 or uuid4().hex,
        **{"received_at": NOW, "file_name": "laporan.xlsx", "sent_by": "penguji"} | told,
    )
    with begin_import(engine, post) as connection:
        return save(tables, submission, connection, known_rows(connection, post))


def stored(engine: Engine, table: str, post: str = "RUH") -> pl.DataFrame:
    """Return the current rows of a post."""
    sheet = BY_TABLE[table]
    with engine.connect() as connection:
        return current(connection, sheet, post).sort(sheet.key)


def counts(engine: Engine) -> dict[str, int]:
    """Return how many rows each table has; files that were refused are recorded, not counted."""
    with engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
            if table is not refused_files
        }


def undo(engine: Engine, number: int) -> None:
    """Take a submission back."""
    with engine.begin() as connection:
        zeros = {f"rows_{kind}": 0 for kind in ("ok", "bad", "added", "changed", "removed")}
        connection.execute(
            insert(submissions).values(
                kind="undo",
                received_at=NOW.replace(tzinfo=None),
                file_name="",
                sha256="",
                simulated=False,
                whole=False,
                undoes=number,
                **zeros,
            )
        )


def september(**tables: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return the rows of a September before the month of the tests."""
    day = date(2026, 9, 10)
    kept = ("monthly_summary", "placements", "agencies", "worker_reviews", "legalised_documents")
    case = {"date_reported": day, "date_first_response": day}
    filled = {name: rows for name, rows in month().items() if name in kept}
    return filled | {"cases": rows(CASES, case)} | tables
