"""A full disk is told with a sentence, leaves all as it was, and does no harm once it is freed."""

import shutil

import pytest
from sqlalchemy import make_url, text

from data_access import snapshot
from data_access.current import data_version
from data_access.database import DISK_FULL, engine_for, explained
from data_access.errors import DataUnavailable
from tests.data_access.intake.faults.disk import small_disk
from tests.data_access.intake.faults.stock import is_sound, sending, state
from tests.data_access.intake.imports import undo

STEP = 8 * 1024  # bytes of room, more and more of it until a file goes in


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk") as made:
        yield made


def on_disk(stock, disk):
    """Return an engine on the filled database, copied anew to the small disk."""
    path = disk.folder / "atnaker.db"
    for rest in disk.folder.glob("atnaker.db*"):
        rest.unlink()
    shutil.copyfile(make_url(stock.url).database, path)
    engine = engine_for(f"sqlite:///{path}")
    engine.dispose()
    return engine


def test_no_room_for_a_file_however_much_of_it_was_written(
    sqlite_stock, disk, children, files, tmp_path
):
    job = sending(files["corrected"])
    refused = 0
    for room in range(0, 100 * STEP, STEP):
        engine = on_disk(sqlite_stock, disk)
        old = state(engine)
        engine.dispose()

        (told,) = children.run(engine, job | disk.fill(leave=room))

        disk.free()
        if told.get("stored"):
            break
        refused += 1
        assert told["unavailable"] == disk.says.english
        assert state(engine) == old
        (again,) = children.run(engine, job)
        assert again["stored"] == 3
        assert is_sound(engine, tmp_path)
    assert told["stored"] == 3
    assert refused > 3


def test_no_room_for_the_screens_copy(sqlite_stock, disk, children, tmp_path):
    folder = disk.folder / "snapshots"
    with sqlite_stock.copy() as engine:
        whole = snapshot.write(engine, folder)
        before = {path.name for path in folder.iterdir()}
        undo(engine, 2)
        job = {"do": "refresh", "snapshots": str(folder)}
        for room in (0, STEP, 4 * STEP):
            (told,) = children.run(engine, job | disk.fill(leave=room))

            assert told["disk"], told
            assert {path.name for path in folder.iterdir()} - {"ballast"} == before
            assert snapshot.load(snapshot.newest(folder)).rows.cases.height > 0
            disk.free()
        (told,) = children.run(engine, job)
        assert snapshot.is_of(snapshot.newest(folder), data_version(engine))
        assert snapshot.newest(folder) != whole


def test_no_room_to_put_the_file_down(sqlite_stock, disk, children, files):
    path = files["corrected"]
    job = {"do": "import", "file": str(path), "folder": str(disk.folder)}
    with sqlite_stock.copy() as engine:
        old = state(engine)
        for room in (0, path.stat().st_size + STEP) if disk.small else (0,):
            (told,) = children.run(engine, job | disk.fill(leave=room))
            assert told["unavailable"] == DISK_FULL.english
            disk.free()
            assert list(disk.folder.iterdir()) == []
        assert state(engine) == old
        (told,) = children.run(engine, job)
        assert told["stored"] == 3


def test_no_room_in_postgresql_is_told_as_such(postgres_engine):
    raised = "do $$ begin raise exception using errcode = '53100'; end $$"
    with pytest.raises(DataUnavailable) as told, explained(), postgres_engine.connect() as held:
        held.execute(text(raised))
    assert told.value.text == DISK_FULL
