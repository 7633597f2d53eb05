"""Has a file opened by a child process with limits, so that this process never opens one."""

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from data_access.database import DISK_FULL
from data_access.errors import DataUnavailable, Refusal, RefusedFile
from data_access.intake import refusals
from data_access.intake.findings import Finding
from data_access.intake.opening import parsing, unopened
from data_access.intake.opening.marks import Marks
from data_access.intake.opening.raw import RawSheet, no_numbers
from metrics.text import Text

WALL_CLOCK_SECONDS = 30
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
LEAST_ROOM = 1_000_000  # bytes; with less the disk is full, whatever the child said
MOST_HANDED_OVER = 128_000_000  # bytes, of all sheets together
_CHILDREN = threading.BoundedSemaphore(2)
# One thread each, and no memory put by: both count against the child's.
_ENVIRONMENT = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "RAYON_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
    "LC_ALL": "C.UTF-8",
}


def opened(ending: str, content: bytes) -> tuple[list[RawSheet], list[str]]:
    """Return a file's sheets, hidden ones without cells, and the codes of what goes with them.

    Raises RefusedFile when the child refuses the file, cannot read it, or dies of it,
    DataUnavailable when there is no room to put it down.
    """
    try:
        return _opened(ending, content)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise DataUnavailable(DISK_FULL) from error


def _opened(ending: str, content: bytes) -> tuple[list[RawSheet], list[str]]:
    with TemporaryDirectory(prefix="intake-") as name:
        folder = Path(name)
        path = folder / f"file{ending}"
        path.write_bytes(content)
        _run(path, ending, folder)
        if sum(one.stat().st_size for one in folder.iterdir() if one != path) > MOST_HANDED_OVER:
            raise RefusedFile(refusals.TOO_MUCH)
        told = json.loads((folder / parsing.TOLD).read_bytes())
        if "refused" in told:
            refused = told["refused"]
            raise RefusedFile(Refusal(refused["code"], Text(**refused["text"])))
        return [_sheet(folder, at, one) for at, one in enumerate(told["pages"])], told["notes"]


def _run(path: Path, ending: str, folder: Path) -> None:
    command = [sys.executable, "-I", parsing.__file__, str(path), ending, str(folder)]
    try:
        with _CHILDREN:
            done = subprocess.run(
                command,
                env=_ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=WALL_CLOCK_SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise RefusedFile(refusals.TOO_MUCH) from error
    if done.returncode != 0 and shutil.disk_usage(folder).free < LEAST_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # not the file's fault
    if done.returncode < 0 or done.returncode == parsing.OVER_LIMIT:  # below 0: killed
        raise RefusedFile(refusals.TOO_MUCH)
    if done.returncode != 0:
        raise RefusedFile(unopened.DAMAGED)


def _sheet(folder: Path, index: int, about: dict[str, Any]) -> RawSheet:
    texts = numbers = pl.DataFrame(schema={"row": pl.Int32})
    if about["letters"]:
        texts = _frame(folder / f"{index}-texts.arrow", about["letters"])
        path = folder / f"{index}-numbers.arrow"  # a csv file has none
        numbers = _frame(path, about["letters"]) if path.exists() else no_numbers(texts)
    return RawSheet(
        name=about["name"],
        texts=texts,
        numbers=numbers,
        findings=tuple(_finding(one) for one in about["findings"]),
        visible=about["visible"],
        marks=Marks(**about["marks"]),
    )


def _frame(path: Path, letters: list[str]) -> pl.DataFrame:
    rows = pl.read_ipc(path.read_bytes())
    if "row" in rows.columns:
        return rows
    rows.columns = letters
    return rows.with_row_index("row", offset=1).cast({"row": pl.Int32})


def _finding(told: dict[str, Any]) -> Finding:
    texts = {name: Text(**told[name]) for name in ("reason", "advice", "heading")}
    tuples = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return Finding(**told | texts | tuples)
