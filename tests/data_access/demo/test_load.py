"""What is drawn arrives in the database as drawn, once, and never beside real reports."""

from datetime import UTC, date, datetime

import polars as pl
import pytest
from sqlalchemy import func, insert, select

from data_access.demo.generate import generate
from data_access.demo.load import build
from data_access.errors import ReaderError
from data_access.tables import metadata, submissions
from metrics.text import Text

LAST_MONTH = date(2026, 10, 1)


def quiet(_step: Text, _fraction: float) -> None:
    pass


def build_small(engine) -> None:
    build(engine, seed=7, scale=0.02, last_month=LAST_MONTH, progress=quiet)


def stored(engine, name: str, like: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a table as SQLAlchemy reads them."""
    table = metadata.tables[name]
    order = table.c.id if name == "submissions" else table.c.version
    query = select(*(table.c[column] for column in like.columns)).order_by(order)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    return pl.DataFrame([tuple(row) for row in rows], schema=like.schema, orient="row")


def test_the_database_holds_the_rows_that_were_drawn(any_engine):
    build_small(any_engine)
    demo = generate(7, 0.02, LAST_MONTH)
    frames = {"submissions": demo.submissions, **demo.tables, "cases": pl.concat(demo.cases())}

    for name, drawn in frames.items():
        assert stored(any_engine, name, drawn).equals(drawn), name


def test_the_next_submission_gets_the_next_number(any_engine):
    build_small(any_engine)

    with any_engine.begin() as connection:
        last = connection.scalar(select(func.max(submissions.c.id)))
        added = connection.execute(insert(submissions).values(report(simulated=False)))

    assert added.inserted_primary_key[0] == last + 1


def test_a_second_demonstration_is_refused(sqlite_engine):
    with sqlite_engine.begin() as connection:
        connection.execute(insert(submissions).values(report(simulated=True)))

    with pytest.raises(ReaderError, match="already holds simulated data"):
        build_small(sqlite_engine)


def test_nothing_is_built_beside_real_reports(any_engine):
    with any_engine.begin() as connection:
        connection.execute(insert(submissions).values(report(simulated=False)))

    with pytest.raises(ReaderError, match="real reports"):
        build_small(any_engine)

    with any_engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(submissions)) == 1


def test_a_failure_leaves_the_database_empty(any_engine):
    def fail_on_the_way(_step: Text, fraction: float) -> None:
        if fraction > 0.12:
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        build(any_engine, seed=7, scale=0.02, last_month=LAST_MONTH, progress=fail_on_the_way)

    with any_engine.connect() as connection:
        for name in ("submissions", "agencies"):
            assert connection.scalar(select(func.count()).select_from(metadata.tables[name])) == 0


def test_progress_goes_from_nothing_to_all(sqlite_engine):
    steps: list[tuple[Text, float]] = []

    build(
        sqlite_engine,
        seed=7,
        scale=0.02,
        last_month=LAST_MONTH,
        progress=lambda step, fraction: steps.append((step, fraction)),
    )

    fractions = [fraction for _, fraction in steps]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert any("kasus 2019" in step.indonesian for step, _ in steps)


def report(*, simulated: bool) -> dict:
    return {
        "kind": "monthly",
        "post_code": "RUH",
        "period": date(2026, 9, 1),
        "received_at": datetime(2026, 10, 5, tzinfo=UTC).replace(tzinfo=None),
        "file_name": "RUH 2026-09.xlsx",
        "sha256": "0" * 64,
        "simulated": simulated,
        "whole": True,
        "rows_ok": 0,
        "rows_bad": 0,
        "rows_added": 0,
        "rows_changed": 0,
        "rows_removed": 0,
    }
