"""What every command shares: where it prints, how it asks for a month, how far it is."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from metrics.text import Language, Text

DONE, REFUSED = 0, 2
out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, soft_wrap=True)

MONTH = Text("Bulan harus ditulis TAHUN-BULAN, misalnya 2026-10.", "Write the month as 2026-10.")

Run = Callable[[argparse.Namespace], int]
Add = Callable[[str, Run, Text], argparse.ArgumentParser]  # name, what runs, what it is for


def both(indonesian: str, english: str) -> str:
    """Return both languages: the help is printed before a language can be chosen."""
    return f"{indonesian} / {english}"


NUMBER = both("nomor kiriman, lihat history", "number of the submission, see history")


def say(text: Text, asked: argparse.Namespace) -> None:
    """Print a text in the language asked for."""
    out.print(text.to(asked.language), markup=False)


def month(words: str) -> date:
    """Return the first day of a month written as 2026-10."""
    try:
        return datetime.strptime(words, "%Y-%m").date()
    except ValueError:
        raise argparse.ArgumentTypeError(both(MONTH.indonesian, MONTH.english)) from None


def at_least_one(words: str) -> int:
    """Return a whole number from 1 on."""
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError(both("paling sedikit 1", "at least 1"))
    return int(words)


@contextmanager
def progress(language: Language) -> Iterator[Callable[[Text, float], None]]:
    """Show a bar on a terminal; nothing is printed where the output goes to a file."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=1.0)

        def report(step: Text, fraction: float) -> None:
            bar.update(task, description=step.to(language), completed=fraction)

        yield report
