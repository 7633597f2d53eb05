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


@pytest.fixture
def migrated(any_engine):
    with any_engine.begin() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("drop table if exists alembic_version")
    migrate.migrate(any_engine)
    return any_engine


def test_migrations_make_what_the_code_declares(migrated):
    with migrated.connect() as connection:
        assert not compare_metadata(MigrationContext.configure(connection), metadata)


def test_a_second_migration_changes_nothing(migrated):
    migrate.migrate(migrated)

    assert migrate.is_current(migrated)
    with migrated.connect() as connection:
        assert len(connection.execute(select(posts)).all()) == 13


def test_a_stored_row_cannot_be_changed_or_deleted(migrated):
    counts = dict.fromkeys(("ok", "bad", "added", "changed", "removed"), 0)
    row = {
        "kind": "monthly",
        "post_code": "RUH",
        "received_at": datetime(2026, 11, 1),
        "file_name": "x.xlsx",
        "sha256": "0" * 64,
        "simulated": False,
        **{f"rows_{name}": count for name, count in counts.items()},
    }
    with migrated.begin() as connection:
        connection.execute(submissions.insert(), row)

    for change in (submissions.update().values(file_name="y"), submissions.delete()):
        with pytest.raises(DBAPIError, match="only added"), migrated.begin() as connection:
            connection.execute(change)


def test_migrations_can_be_taken_back(migrated):
    with migrated.begin() as connection:
        command.downgrade(migrate._config(connection), "base")

    assert set(inspect(migrated).get_table_names()) <= {"alembic_version"}
