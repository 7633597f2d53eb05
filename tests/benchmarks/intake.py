"""How long 100,000 rows take to be checked and stored, against a bare bulk insert of them.

    python -m tests.benchmarks.intake

For each size and database: a csv file of cases is taken in as a post would hand it in (in a
process of its own, so that its memory can be told), then the very rows that it stored are put
into the same table of an empty database by the driver's fastest way (SQLite: executemany;
PostgreSQL: COPY), and the two times are compared.
"""

import argparse
import multiprocessing
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, insert, select

from data_access.database import engine_for
from data_access.intake.importing import import_bytes
from data_access.migrate import migrate
from data_access.tables import SHEET_TABLES, submissions
from tests.data_access.intake.bad_inputs.bench import case_csv
from tests.data_access.intake.builders import MONTH, POST, TODAY
from tests.data_access.intake.faults.losing import own_server
from tests.data_access.intake.faults.stock import on_server
from tests.data_access.intake.imports import NOW

SIZES = (1_000, 10_000, 100_000)
CASES = SHEET_TABLES["cases"]
NAMES = ", ".join(column.name for column in CASES.c)
NARROW = {"agency_code": None, "agency_fault": None, "sector_code": None, "request": None}
TYPES = ("A1", "A2", "B1", "C1")
MEGABYTE = 1_000_000


def cases(count: int) -> bytes:
    """Return a csv file of so many cases, within the size that a file may have."""
    given = (
        NARROW
        | {
            "case_id": f"{POST}-2026-{n:06}",
            "date_reported": date(2026, 10, n % 28 + 1),
            "date_first_response": date(2026, 10, n % 28 + 2),
            "case_type": TYPES[n % len(TYPES)],
            "amount_claimed": Decimal(n) / 4,
            "gender": "LP"[n % 2],
        }
        for n in range(1, count + 1)
    )
    return case_csv(*given).encode()


def take_in(url: str, content: bytes, told: Any) -> None:
    """Take the file in, and tell the seconds of each step and the memory of both processes."""
    moments: list[tuple[str, float]] = []
    children: dict[str, float] = {}
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(children, done))
    watch.start()
    report = import_bytes(
        "kasus.csv",
        content,
        engine=engine_for(url),
        progress=lambda step, _: moments.append((step.english, time.perf_counter())),
        **{"post": POST, "month": MONTH, "today": TODAY, "now": NOW},
    )
    done.set()
    watch.join()
    assert report.accepted, report.findings[:3]
    steps = {
        step: after - before
        for (step, before), (_, after) in zip(moments, moments[1:], strict=False)
    }
    told.send((steps, _peak("self"), max(children.values())))


def _watch(children: dict[str, float], done: threading.Event) -> None:
    """Note the most memory that each child has had, looking every few milliseconds."""
    while not done.wait(0.005):
        for listed in Path("/proc/self/task").glob("*/children"):
            with suppress(OSError):  # it has just ended
                for child in listed.read_text().split():
                    # What came before its own program started is this process's memory.
                    children[child] = _peak(child) or children.get(child, 0.0)


def _peak(process: str) -> float:
    """Return the most memory that a process has had, in megabytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) * 1024 / MEGABYTE if found else 0.0


def stored(engine: Engine) -> Any:
    """Return the rows of the table as the driver's fastest way wants them."""
    with engine.connect() as connection, closing(connection.connection.cursor()) as cursor:
        if engine.dialect.name == "postgresql":
            with cursor.copy(f"COPY {CASES.name} ({NAMES}) TO STDOUT") as copy:
                return b"".join(copy)
        return cursor.execute(f"SELECT {NAMES} FROM {CASES.name}").fetchall()


def bare(engine: Engine, rows: Any) -> float:
    """Put such rows into the table and return the seconds until they stand."""
    with engine.begin() as connection, closing(connection.connection.cursor()) as cursor:
        start = time.perf_counter()
        if engine.dialect.name == "postgresql":
            with cursor.copy(f"COPY {CASES.name} ({NAMES}) FROM STDIN") as copy:
                copy.write(rows)
        else:
            places = ", ".join("?" * len(CASES.c))
            cursor.executemany(f"INSERT INTO {CASES.name} ({NAMES}) VALUES ({places})", rows)
        connection.commit()
        return time.perf_counter() - start


@contextmanager
def empty(server: Any, folder: Path, name: str) -> Iterator[Engine]:
    """Return an empty, migrated database: of the server, or a SQLite file without one."""
    if server is None:
        engine = engine_for(f"sqlite:///{folder / name}.db")
        migrate(engine)
        yield engine
        engine.dispose()
    else:
        with on_server(server, name) as url:
            engine = engine_for(url)
            migrate(engine)
            yield engine
            engine.dispose()


def measure(server: Any, folder: Path, size: int) -> None:
    """Print one line of the table."""
    content = cases(size)
    with empty(server, folder, f"taken_{size}") as engine:
        url = engine.url.render_as_string(hide_password=False)
        here, there = multiprocessing.get_context("spawn").Pipe(duplex=False)
        process = multiprocessing.get_context("spawn").Process(
            target=take_in, args=(url, content, there)
        )
        process.start()
        there.close()
        steps, parent, child = here.recv()
        process.join()
        kind = engine.dialect.name
        rows = stored(engine)
        with engine.connect() as connection:
            brought = connection.execute(select(submissions)).mappings().one()
            held = connection.scalar(select(func.count()).select_from(CASES))
    with empty(server, folder, f"bare_{size}") as engine:
        with engine.begin() as connection:
            connection.execute(insert(submissions), dict(brought))
        seconds = bare(engine, rows)
    assert held == size
    whole = sum(steps.values())
    parts = "   ".join(f"{step.lower()} {taken:5.2f} s" for step, taken in steps.items())
    print(
        f"{kind:10} {size:8,} rows {len(content) / MEGABYTE:5.1f} MB   {whole:6.2f} s   "
        f"bare insert {seconds:5.2f} s   ratio {whole / seconds:5.1f}   "
        f"memory {parent:4.0f} + {child:4.0f} MB   ({parts})",
        flush=True,
    )


def main() -> None:
    """Measure every size on both databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, own_server() as server:
        for place in (None, server):
            for size in asked.rows:
                measure(place, Path(name), size)


if __name__ == "__main__":
    main()
