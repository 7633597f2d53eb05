"""What breaks under an import: the process, the disk, the connection, the server."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from data_access.database import engine_for
from data_access.migrate import migrate
from tests.data_access.intake.bad_inputs.bench import (
    FILE,
    NORMALISED,
    NOTHING,
    Answer,
    Bench,
    line,
)
from tests.data_access.intake.builders import workbook
from tests.data_access.intake.faults import losing
from tests.data_access.intake.faults.disk import small_disk
from tests.data_access.intake.faults.stock import KILLED, Children, on_server, sending
from tests.data_access.intake.faults.watched import AFTER_COMMIT, BEFORE_COMMIT
from tests.data_access.intake.imports import counts, take_in


@contextmanager
def children(bench: Bench) -> Iterator[Children]:
    programs = Children(bench.folder, programs=1)
    yield programs
    programs.close()


@line("B186", NORMALISED)
def killed_at_its_statements(bench: Bench) -> Answer:
    before, path = counts(bench.engine), workbook(bench.folder)
    job = sending(path)
    with children(bench) as programs:
        for place in (0, 1, 8, 15, 22, BEFORE_COMMIT):  # test_kills.py does it at every one
            (told,) = programs.run(bench.engine, job | {"kill_at": place})
            assert told == KILLED
            assert counts(bench.engine) == before
    return bench.send(path.name, path.read_bytes())


@line("B187", NOTHING)
def killed_after_the_commit(bench: Bench) -> Answer:
    path = workbook(bench.folder)
    with children(bench) as programs:
        (told,) = programs.run(bench.engine, sending(path) | {"kill_at": AFTER_COMMIT})
    assert told == KILLED
    return bench.send(path.name, path.read_bytes())


@line("B188", FILE)
def a_full_disk(bench: Bench) -> Answer:
    path = workbook(bench.folder)
    bench.engine.dispose()
    with small_disk(bench.folder / "disk") as disk, children(bench) as programs:
        shutil.copy(bench.engine.url.database, disk.folder / "atnaker.db")
        engine = engine_for(f"sqlite:///{disk.folder / 'atnaker.db'}")
        before = counts(engine)
        engine.dispose()
        (told,) = programs.run(engine, sending(path) | disk.fill(leave=45_000))
        assert told["unavailable"] == disk.says.english
        disk.free()
        assert counts(engine) == before
        assert take_in(path, engine).outcome.submission
        engine.dispose()
    return Answer(FILE, ())


@line("B189", FILE)
def a_connection_that_is_cut(bench: Bench) -> Answer:
    return _lost(bench, losing.terminate)


@line("B190", FILE)
def a_backend_that_is_killed(bench: Bench) -> Answer:
    return _lost(bench, losing.kill)


def _lost(bench: Bench, harm: Callable[[Engine], None]) -> Answer:
    path: Path = workbook(bench.folder)
    with losing.own_server() as server, on_server(server, "lost") as url:
        engine = engine_for(url)
        migrate(engine)
        before = counts(engine)
        losing.lose(engine, path, "storing", harm)
        losing.wait_for(engine)
        assert counts(engine) == before
        assert take_in(path, engine).outcome.submission
        engine.dispose()
    return Answer(FILE, ())
