"""Keeps a record of the files that were not taken in: who tried what, when, and why not."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Engine, insert

from data_access.database import explained
from data_access.errors import DataUnavailable
from data_access.tables import refused_files


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file that came and was not stored. `post_code` is "" when the file does not tell."""

    received_at: datetime
    sent_by: str
    post_code: str
    period: date | None
    file_name: str
    sha256: str
    code: str = ""  # of the refusal, or of the first fault
    faults: int = 0  # faults found; 0: it was refused as a whole


def record(refused: Refused, engine: Engine) -> None:
    """Write the record, in a transaction of its own.

    When the database cannot take it, it is left out: the sender's answer does not depend on it.
    """
    received = refused.received_at.astimezone(UTC).replace(tzinfo=None)
    with suppress(DataUnavailable), explained(), engine.begin() as connection:
        connection.execute(
            insert(refused_files).values(asdict(refused) | {"received_at": received})
        )
