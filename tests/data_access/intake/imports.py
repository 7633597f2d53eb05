"""Files taken in, and what the database holds afterwards."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
from sqlalchemy import Engine, func, insert, select

from data_access.current import current
from data_access.intake.importing import import_file
from data_access.intake.report import Report
from data_access.sheets import BY_TABLE, CASES
from data_access.tables import metadata, refused_files, submissions
from tests.data_access.intake.builders import TODAY, month, rows

NOW = datetime(2026, 11, 8, 9, 12, tzinfo=UTC)
SEPTEMBER = date(2026, 9, 1)


def take_in(path: Path, engine: Engine, **how: object) -> Report:
    """Import a file on the day that the tests take as today."""
    return import_file(path, engine=engine, **{"today": TODAY, "now": NOW} | how)


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
