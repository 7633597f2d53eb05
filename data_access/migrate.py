"""Brings a database to the tables of today, and keeps the 13 posts in it."""

from pathlib import Path
from uuid import uuid4

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, insert, select

from data_access import reference
from data_access.database import begin_import, explained
from data_access.tables import installation, posts


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine, *, for_simulation: bool = False) -> None:
    """Create or alter the tables up to the newest migration, and enter new posts.

    Does nothing on a database that is up to date. `for_simulation` is remembered when the
    database is new: a first start of the dashboard fills it with DATA SIMULASI, now or, if it is
    cut short, at the next start. Raises DataUnavailable when the database cannot be reached.
    """
    with begin_import(engine, "migrate") as connection:
        command.upgrade(_config(connection), "head")
        if connection.scalar(select(installation.c.id)) is None:
            own = {"id": uuid4().hex, "for_simulation": for_simulation}
            connection.execute(insert(installation), own)
        known = set(connection.scalars(select(posts.c.post_code)))
        new = [row for row in post_rows() if row["post_code"] not in known]
        if new:
            connection.execute(insert(posts), new)


def is_current(engine: Engine) -> bool:
    """Return whether the tables are those of the newest migration."""
    with explained(), engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def is_for_simulation(engine: Engine) -> bool:
    """Return whether a first start of the dashboard made the database."""
    with explained(), engine.connect() as connection:
        return bool(connection.scalar(select(installation.c.for_simulation)))


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
