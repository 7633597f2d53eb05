"""Brings a database to the tables of today, and keeps the 13 posts in it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, insert, select

from data_access import reference
from data_access.database import explained
from data_access.tables import posts


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> None:
    """Create or alter the tables up to the newest migration, and enter new posts.

    Does nothing on a database that is up to date. Raises DataUnavailable when the database
    cannot be reached.
    """
    with explained(), engine.begin() as connection:
        command.upgrade(_config(connection), "head")
        known = set(connection.scalars(select(posts.c.post_code)))
        new = [row for row in post_rows() if row["post_code"] not in known]
        if new:
            connection.execute(insert(posts), new)


def is_current(engine: Engine) -> bool:
    """Return whether the tables are those of the newest migration."""
    with explained(), engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def post_rows() -> list[dict]:
    """Return the 13 posts of assets/reference/posts.csv as rows of the table `posts`."""
    return (
        reference.posts()
        .select(
            "post_code",
            "mission_type",
            "officer_type",
            "place_id",
            "place_en",
            post_name="post_name_id",
            iso3="place",
            lat="latitude",
            lon="longitude",
        )
        .to_dicts()
    )
