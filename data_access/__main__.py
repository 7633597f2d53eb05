"""The command line: python -m data_access COMMAND. `--help` explains each in plain words."""

import argparse
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from data_access import check, prepare, reference, snapshot
from data_access.central import CENTRAL
from data_access.database import engine
from data_access.errors import ReaderError, RefusedFile
from data_access.intake.importing import import_file
from data_access.intake.report import lines
from data_access.intake.workbook import write_template
from data_access.migrate import migrate
from metrics.text import Language, Text

DONE, REFUSED = 0, 2
MOST_SCALE = 1000
out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, soft_wrap=True)

DISK = Text(
    "Berkas atau folder {file} tidak dapat dibuka atau ditulis: {reason}.",
    "The file or folder {file} cannot be opened or written: {reason}.",
)
SETTING = Text(
    "Pengaturan keliru. Periksa variabel lingkungan dan berkas .env: {reason}",
    "A setting is wrong. Look at the environment and the file .env: {reason}",
)
READY = Text("Selesai. Versi data: {name}.", "Done. Data version: {name}.")
WRITTEN = Text("Templat ditulis: {file}", "Template written: {file}")
MONTH = Text("Bulan harus ditulis TAHUN-BULAN, misalnya 2026-10.", "Write the month as 2026-10.")


def _both(indonesian: str, english: str) -> str:
    """Return both languages: the help is printed before a language can be chosen."""
    return f"{indonesian} / {english}"


SCALE = _both(
    "banyaknya kasus: 1 biasa, 300 sepuluh juta", "how many cases: 1 is usual, 300 is 10 million"
)
SEED = _both("angka lain menghasilkan data lain", "another number gives other records")
UNTIL = _both(
    "bulan terakhir, misalnya 2026-10; biasanya bulan lalu",
    "the last month, for example 2026-10; usually last month",
)
DRY_RUN = _both("hanya memeriksa, tidak menyimpan", "check only, store nothing")
FOR_CSV = _both("wajib untuk csv", "needed for csv")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status: 0 done, 2 refused or impossible."""
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING)
    try:
        return asked.run(asked)
    except ReaderError as error:
        err.print(error.text.to(asked.language), markup=False)
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
        description=_both("Mengelola data Dasbor Atnaker.", "Keeps the data of Dasbor Atnaker."),
    )
    parser.add_argument(
        "--language",
        choices=("id", "en"),
        default="id",
        help=_both("bahasa pesan", "of the messages"),
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, words: Text) -> argparse.ArgumentParser:
        told = _both(words.indonesian, words.english)
        added = commands.add_parser(name, help=told, description=told)
        added.set_defaults(run=run)
        return added

    command(
        "migrate",
        _migrate,
        Text(
            "Membuat tabel atau memperbaruinya. Aman diulang.",
            "Create the tables, or bring them up to date. Safe to repeat.",
        ),
    )

    demo = command(
        "demo",
        _demo,
        Text(
            "Mengisi basis data kosong dengan DATA SIMULASI sepuluh tahun untuk semua pos.",
            "Fill an empty database with ten years of made-up records for all posts.",
        ),
    )
    demo.add_argument("--scale", type=_scale, help=SCALE)
    demo.add_argument("--seed", type=int, help=SEED)
    demo.add_argument("--until", type=_month, metavar="MONTH", help=UNTIL)

    template = command(
        "template",
        _template,
        Text(
            "Menulis buku kerja bulanan yang kosong untuk satu pos, atau buku kerja pusat (PUSAT): "
            "sasaran, kurs, shelter dan petugas.",
            "Write the empty monthly workbook of one post, or that of Jakarta (PUSAT): targets, "
            "exchange rates, shelters and staff.",
        ),
    )
    template.add_argument("--post", required=True, choices=(*reference.codes("post"), CENTRAL))
    template.add_argument(
        "--month", required=True, type=_month, help=_both("misalnya 2026-10", "for example 2026-10")
    )
    template.add_argument("--output", required=True, type=Path, metavar="FILE")

    take_in = command(
        "import",
        _import,
        Text(
            "Memeriksa buku kerja bulanan (xlsx) atau satu lembar (csv) lalu menyimpannya, utuh "
            "atau tidak sama sekali. Berkas yang sama dua kali tidak mengubah apa pun.",
            "Check monthly workbooks (xlsx) or single sheets (csv) and store them, each whole or "
            "not at all. The same file twice changes nothing.",
        ),
    )
    take_in.add_argument("files", nargs="+", type=Path, metavar="FILE")
    take_in.add_argument("--dry-run", action="store_true", help=DRY_RUN)
    take_in.add_argument("--post", choices=reference.codes("post"), help=FOR_CSV)
    take_in.add_argument("--month", type=_month, help=FOR_CSV)

    command(
        "refresh",
        _refresh,
        Text(
            "Menulis ulang salinan yang dibaca layar.",
            "Rewrite the copy from which the screens read.",
        ),
    )
    command(
        "check",
        _check,
        Text(
            "Memeriksa tabel, baris tersimpan, dan salinan; tidak mengubah apa pun.",
            "Check the tables, the stored rows and the copy; change nothing.",
        ),
    )
    return parser


def _scale(words: str) -> float:
    scale = float(words)
    if not 0 < scale <= MOST_SCALE:
        raise argparse.ArgumentTypeError(f"0 < SCALE <= {MOST_SCALE}")
    return scale


def _month(words: str) -> date:
    try:
        return datetime.strptime(words, "%Y-%m").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{MONTH.indonesian} / {MONTH.english}") from None


@contextmanager
def _progress(language: Language) -> Iterator[prepare.Progress]:
    """Show a bar on a terminal; nothing is printed where the output goes to a file."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=1.0)

        def report(step: Text, fraction: float) -> None:
            bar.update(task, description=step.to(language), completed=fraction)

        yield report


def _migrate(asked: argparse.Namespace) -> int:
    migrate(engine())
    return _say_ready(asked)


def _demo(asked: argparse.Namespace) -> int:
    migrate(engine(), for_simulation=True)
    with _progress(asked.language) as progress:
        prepare.demo(engine(), progress, scale=asked.scale, seed=asked.seed, last_month=asked.until)
    return _refresh(asked)


def _template(asked: argparse.Namespace) -> int:
    workbook = BytesIO()
    write_template(asked.post, asked.month, workbook)
    asked.output.write_bytes(workbook.getvalue())
    out.print(WRITTEN.format(file=asked.output).to(asked.language), markup=False)
    return DONE


def _import(asked: argparse.Namespace) -> int:
    migrate(engine())
    refused, stored = False, False
    try:
        for path in asked.files:
            accepted = _import_one(path, asked)
            refused |= not accepted
            stored |= accepted and not asked.dry_run
    finally:
        if stored:
            _refresh(asked)
    return REFUSED if refused else DONE


def _import_one(path: Path, asked: argparse.Namespace) -> bool:
    """Take in one file, tell what came of it, and return whether it was accepted."""
    try:
        with _progress(asked.language) as progress:
            report = import_file(
                path,
                engine=engine(),
                dry_run=asked.dry_run,
                post=asked.post,
                month=asked.month,
                progress=progress,
            )
    except RefusedFile as error:
        err.print(f"{path.name}: {error.text.to(asked.language)}", markup=False)
        return False
    for line in lines(report, asked.language):
        out.print(line, markup=False)
    return report.accepted


def _refresh(asked: argparse.Namespace) -> int:
    with _progress(asked.language) as progress:
        snapshot.write(engine(), prepare.snapshots(), progress)
    return _say_ready(asked)


def _say_ready(asked: argparse.Namespace) -> int:
    newest = snapshot.newest(prepare.snapshots())
    name = newest.name if newest else "-"
    out.print(READY.format(name=name).to(asked.language), markup=False)
    return DONE


def _check(asked: argparse.Namespace) -> int:
    findings = check.findings(engine(), prepare.snapshots())
    for finding in findings:
        out.print(("✓ " if finding.good else "✗ ") + finding.text.to(asked.language), markup=False)
    return DONE if all(finding.good for finding in findings) else REFUSED


if __name__ == "__main__":
    sys.exit(main())
