"""The command that writes the data as they were known earlier: as-of."""

import argparse
from pathlib import Path

from data_access import versions
from data_access.commands.console import DONE, NUMBER, Add, both, say
from data_access.commands.installation import ready
from metrics.text import Text

OUTPUT = both("folder kosong atau baru", "an empty or new folder")
WRITTEN = Text(
    "Data menurut versi {code} ditulis ke {folder}.",
    "The data of version {code} were written to {folder}.",
)


def add_to(add: Add) -> None:
    """Add this command."""
    then = add(
        "as-of",
        _as_of,
        Text(
            "Menulis semua tabel sebagaimana diketahui setelah suatu kiriman (Parquet).",
            "Write all tables as they were known after a submission (Parquet).",
        ),
    )
    then.add_argument("number", type=int, metavar="NUMBER", help=NUMBER)
    then.add_argument("--output", required=True, type=Path, metavar="FOLDER", help=OUTPUT)


def _as_of(asked: argparse.Namespace) -> int:
    code = versions.write(ready(), asked.number, asked.output)
    say(WRITTEN.format(code=code, folder=asked.output), asked)
    return DONE
