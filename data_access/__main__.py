"""The command line: python -m data_access COMMAND. `--help` explains each in plain words."""

import argparse
import logging
import sys

from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from data_access.commands import history, installation, intake, names, undo, versions
from data_access.commands.console import REFUSED, Run, both, err
from data_access.errors import ReaderError
from data_access.intake.report import coded, joined
from metrics.text import Text

DISK = Text(
    "Berkas atau folder {file} tidak dapat dibuka atau ditulis: {reason}.",
    "The file or folder {file} cannot be opened or written: {reason}.",
)
SETTING = Text(
    "Pengaturan keliru. Periksa variabel lingkungan dan berkas .env: {reason}",
    "A setting is wrong. Look at the environment and the file .env: {reason}",
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status: 0 done, 2 refused or impossible."""
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING)
    try:
        return asked.run(asked)
    except ReaderError as error:
        told = joined("", error.text, coded(error.code))
        err.print(told.to(asked.language), markup=False)
        return REFUSED
    except OSError as error:
        told = DISK.format(file=error.filename or "", reason=error.strerror or error)
        err.print(told.to(asked.language), markup=False)
        return REFUSED
    except (ValidationError, ArgumentError, NoSuchModuleError) as error:
        told = SETTING.format(reason=" ".join(str(error).split()))
        err.print(told.to(asked.language), markup=False)
        return REFUSED
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m data_access",
        description=both("Mengelola data Dasbor Atnaker.", "Keeps the data of Dasbor Atnaker."),
    )
    parser.add_argument(
        "--language",
        choices=("id", "en"),
        default="id",
        help=both("bahasa pesan", "of the messages"),
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Run, words: Text) -> argparse.ArgumentParser:
        told = both(words.indonesian, words.english)
        added = commands.add_parser(name, help=told, description=told)
        added.set_defaults(run=run)
        return added

    installation.add_first(add)
    intake.add_to(add)
    names.add_to(add)
    for about in (history, undo, versions):
        about.add_to(add)
    installation.add_last(add)
    return parser


if __name__ == "__main__":
    sys.exit(main())
