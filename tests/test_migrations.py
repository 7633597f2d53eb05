"""The tables that migrations make are the tables the code declares, and history is safe."""

from datetime import datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select
from sqlalchemy.exc import DBAPIError

from data_access import migrate
from data_access.tables import metadata, posts, submissions


def test_migrations_make_what_the_code_declares(any_engine):
    with any_engine.connect() as connection:
        assert not compare_metadata(MigrationContext.configure(connection), metadata)


def test_a_second_migration_changes_nothing(any_engine):
    migrate.migrate(any_engine)

    assert migrate.is_current(any_engine)
    with any_engine.connect() as connection:
        assert len(connection.execute(select(posts)).all()) == 13


def test_a_stored_row_cannot_be_changed_or_deleted(any_engine):
    counts = dict.fromkeys(("ok", "bad", "added", "changed", "removed"), 0)
    row = {
        "kind": "monthly",
        "post_code": "RUH",
        "received_at": datetime(2026, 11, 1),
        "file_name": "x.xlsx",
        "sha256": "0" * 64,
        "simulated": False,
        "whole": True,
        **{f"rows_{name}": count for name, count in counts.items()},
    }
    with any_engine.begin() as connection:
        connection.execute(submissions.insert(), row)

    for change in (submissions.update().values(file_name="y"), submissions.delete()):
        with pytest.raises(DBAPIError, match="only added"), any_engine.begin() as connection:
            connection.execute(change)


def test_migrations_can_be_taken_back(any_engine):
    with any_engine.begin() as connection:
        command.downgrade(migrate._config(connection), "base")

    assert set(inspect(any_engine).get_table_names()) <= {"alembic_version"}
