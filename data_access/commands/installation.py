"""The commands that keep an installation: migrate, demo, refresh, check."""

import argparse

from sqlalchemy import Engine

from data_access import check, prepare, snapshot
from data_access.commands.console import DONE, REFUSED, Add, both, month, out, progress, say
from data_access.database import engine
from data_access.errors import ReaderError
from data_access.migrate import is_current, migrate
from metrics.text import Text

MOST_SCALE = 1000
READY = Text("Selesai. Versi data: {name}.", "Done. Data version: {name}.")
SCALE = both(
    "banyaknya kasus: 1 biasa, 300 sepuluh juta", "how many cases: 1 is usual, 300 is 10 million"
)
SEED = both("angka lain menghasilkan data lain", "another number gives other records")
UNTIL = both(
    "bulan terakhir, misalnya 2026-10; biasanya bulan lalu",
    "the last month, for example 2026-10; usually last month",
)


def add_first(add: Add) -> None:
    """Add the commands that make an installation."""
    add(
        "migrate",
        _migrate,
        Text(
            "Membuat tabel atau memperbaruinya. Aman diulang.",
            "Create the tables, or bring them up to date. Safe to repeat.",
        ),
    )
    demo = add(
        "demo",
        _demo,
        Text(
            "Mengisi basis data kosong dengan DATA SIMULASI sepuluh tahun untuk semua pos.",
            "Fill an empty database with ten years of made-up records for all posts.",
        ),
    )
    demo.add_argument("--scale", type=_scale, help=SCALE)
    demo.add_argument("--seed", type=int, help=SEED)
    demo.add_argument("--until", type=month, metavar="MONTH", help=UNTIL)


def add_last(add: Add) -> None:
    """Add the commands that look after an installation."""
    add(
        "refresh",
        refresh,
        Text(
            "Menulis ulang salinan yang dibaca layar.",
            "Rewrite the copy from which the screens read.",
        ),
    )
    add(
        "check",
        _check,
        Text(
            "Memeriksa tabel, baris tersimpan, dan salinan; tidak mengubah apa pun.",
            "Check the tables, the stored rows and the copy; change nothing.",
        ),
    )


def _scale(words: str) -> float:
    scale = float(words)
    if not 0 < scale <= MOST_SCALE:
        raise argparse.ArgumentTypeError(f"0 < SCALE <= {MOST_SCALE}")
    return scale


def _migrate(asked: argparse.Namespace) -> int:
    migrate(engine())
    return _say_ready(asked)


def _demo(asked: argparse.Namespace) -> int:
    migrate(engine(), for_simulation=True)
    with progress(asked.language) as report:
        prepare.demo(engine(), report, scale=asked.scale, seed=asked.seed, last_month=asked.until)
    return refresh(asked)


def refresh(asked: argparse.Namespace) -> int:
    """Write the copy from which the screens read, and say its version."""
    with progress(asked.language) as report:
        snapshot.write(engine(), prepare.snapshots(), report)
    return _say_ready(asked)


def ready() -> Engine:
    """Return the engine of a database whose tables are there. Raises ReaderError when not."""
    if not is_current(engine()):
        raise ReaderError(check.OLD_TABLES)
    return engine()


def _say_ready(asked: argparse.Namespace) -> int:
    newest = snapshot.newest(prepare.snapshots())
    say(READY.format(name=newest.name if newest else "-"), asked)
    return DONE


def _check(asked: argparse.Namespace) -> int:
    findings = check.findings(engine(), prepare.snapshots())
    for finding in findings:
        out.print(("✓ " if finding.good else "✗ ") + finding.text.to(asked.language), markup=False)
    return DONE if all(finding.good for finding in findings) else REFUSED
