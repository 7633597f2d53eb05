"""The commands by which files come in: template, import."""

import argparse
from io import BytesIO
from pathlib import Path

import polars as pl

from data_access import reference
from data_access.central import CENTRAL
from data_access.commands.console import DONE, REFUSED, Add, both, err, month, out, progress, say
from data_access.commands.installation import refresh
from data_access.commands.sender import sender
from data_access.database import engine
from data_access.errors import DataUnavailable, RefusedFile
from data_access.intake.importing import import_file
from data_access.intake.report import Report, lines, refusal_line
from data_access.intake.workbooks.marked import marked
from data_access.intake.workbooks.prefill import can_prefill, write_prefilled
from data_access.intake.workbooks.workbook import write_template
from data_access.migrate import migrate
from data_access.sheets import BY_TABLE
from metrics.text import Text

WRITTEN = Text("Templat ditulis: {file}", "Template written: {file}")
FILLED_IN = Text("Baris yang sudah terisi: {rows}.", "Rows already filled in: {rows}.")
NO_DATABASE = Text(
    "Data belum dapat dibuka, jadi templat ini kosong.",
    "The data cannot be opened just now, so this template is blank.",
)
COPIED = Text(
    "Salinan dengan sel yang ditandai: {file}", "Copy with the faulty cells marked: {file}"
)
ONE_COPY = Text(
    "--copy hanya untuk satu berkas. Periksa berkasnya satu per satu.",
    "--copy is for one file only. Check the files one by one.",
)
BLANK = both("tanpa baris yang sudah diketahui", "without the rows that are already known")
COPY = both(
    "bila ada temuan, tulis salinan dengan sel yang ditandai (xlsx)",
    "when anything is found, write a copy with the cells marked (xlsx)",
)
DRY_RUN = both("hanya memeriksa, tidak menyimpan", "check only, store nothing")
FOR_ONE_SHEET = both("wajib untuk satu lembar (csv)", "needed for a single sheet (csv)")
FOR_EXAMPLE = both("misalnya 2026-10", "for example 2026-10")


def add_to(add: Add) -> None:
    """Add these commands."""
    template = add(
        "template",
        _template,
        Text(
            "Menulis buku kerja bulanan satu pos, dengan kasus terbuka, job order, dan mitra yang "
            "sudah diketahui; atau buku kerja pusat (PUSAT): sasaran, kurs, shelter dan petugas.",
            "Write the monthly workbook of one post, with the open cases, job orders and agencies "
            "already known; or that of Jakarta (PUSAT): targets, rates, shelters and staff.",
        ),
    )
    template.add_argument("--post", required=True, choices=(*reference.codes("post"), CENTRAL))
    template.add_argument("--month", required=True, type=month, help=FOR_EXAMPLE)
    template.add_argument("--output", required=True, type=Path, metavar="FILE")
    template.add_argument("--blank", action="store_true", help=BLANK)

    take_in = add(
        "import",
        _import,
        Text(
            "Memeriksa buku kerja bulanan (xlsx, xlsm, xls, ods) atau satu lembar (juga csv) lalu "
            "menyimpannya, utuh atau tidak sama sekali. Berkas yang sama dua kali tidak mengubah "
            "apa pun.",
            "Check monthly workbooks (xlsx, xlsm, xls, ods) or single sheets (csv too) and store "
            "them, each whole or not at all. The same file twice changes nothing.",
        ),
    )
    take_in.add_argument("files", nargs="+", type=Path, metavar="FILE")
    take_in.add_argument("--dry-run", action="store_true", help=DRY_RUN)
    take_in.add_argument("--post", choices=reference.codes("post"), help=FOR_ONE_SHEET)
    take_in.add_argument("--month", type=month, help=FOR_ONE_SHEET)
    take_in.add_argument("--copy", type=Path, metavar="FILE", help=COPY)


def _template(asked: argparse.Namespace) -> int:
    workbook = BytesIO()
    known = {} if asked.blank else _prefilled(asked, workbook)
    if not known:
        write_template(asked.post, asked.month, workbook)
    asked.output.write_bytes(workbook.getvalue())
    say(WRITTEN.format(file=asked.output), asked)
    if known:
        rows = [f"{BY_TABLE[table].name} {rows.height}" for table, rows in known.items()]
        say(FILLED_IN.format(rows=", ".join(rows)), asked)
    return DONE


def _prefilled(asked: argparse.Namespace, workbook: BytesIO) -> dict[str, pl.DataFrame]:
    """Write the template with what is known and return those rows; {}: nothing was written."""
    if asked.post == CENTRAL:
        return {}
    try:
        if can_prefill(engine()):
            return write_prefilled(engine(), asked.post, asked.month, workbook)
    except DataUnavailable:
        err.print(NO_DATABASE.to(asked.language), markup=False)
    return {}


def _import(asked: argparse.Namespace) -> int:
    if asked.copy and len(asked.files) > 1:
        err.print(ONE_COPY.to(asked.language), markup=False)
        return REFUSED
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
        err.print(refusal_line(path.name, error).to(asked.language), markup=False)
        return False
    for line in lines(report, asked.language):
        out.print(line, markup=False)
    _copy(report, asked)
    return report.accepted


def _copy(report: Report, asked: argparse.Namespace) -> None:
    """Write the corrected copy where one was asked for and there is anything to mark."""
    if asked.copy and report.findings:
        asked.copy.write_bytes(marked(report, asked.language))
        say(COPIED.format(file=asked.copy), asked)
