"""The commands by which files come in: template, import."""

import argparse
from io import BytesIO
from pathlib import Path

from data_access import reference
from data_access.central import CENTRAL
from data_access.commands.console import DONE, REFUSED, Add, both, err, month, out, progress, say
from data_access.commands.installation import refresh
from data_access.commands.sender import sender
from data_access.database import engine
from data_access.errors import RefusedFile
from data_access.intake.importing import import_file
from data_access.intake.report import lines
from data_access.intake.workbook import write_template
from data_access.migrate import migrate
from metrics.text import Text

WRITTEN = Text("Templat ditulis: {file}", "Template written: {file}")
DRY_RUN = both("hanya memeriksa, tidak menyimpan", "check only, store nothing")
FOR_CSV = both("wajib untuk csv", "needed for csv")
FOR_EXAMPLE = both("misalnya 2026-10", "for example 2026-10")


def add_to(add: Add) -> None:
    """Add these commands."""
    template = add(
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
    template.add_argument("--month", required=True, type=month, help=FOR_EXAMPLE)
    template.add_argument("--output", required=True, type=Path, metavar="FILE")

    take_in = add(
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
    take_in.add_argument("--month", type=month, help=FOR_CSV)


def _template(asked: argparse.Namespace) -> int:
    workbook = BytesIO()
    write_template(asked.post, asked.month, workbook)
    asked.output.write_bytes(workbook.getvalue())
    say(WRITTEN.format(file=asked.output), asked)
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
            refresh(asked)
    return REFUSED if refused else DONE


def _import_one(path: Path, asked: argparse.Namespace) -> bool:
    """Take in one file, tell what came of it, and return whether it was accepted."""
    try:
        with progress(asked.language) as tell:
            report = import_file(
                path,
                engine=engine(),
                who=sender,
                dry_run=asked.dry_run,
                post=asked.post,
                month=asked.month,
                progress=tell,
            )
    except RefusedFile as error:
        err.print(f"{path.name}: {error.text.to(asked.language)} ({error.code})", markup=False)
        return False
    for line in lines(report, asked.language):
        out.print(line, markup=False)
    return report.accepted
