"""The commands history, undo and as-of, as a person types them."""

import pytest

from data_access import snapshot
from data_access.sheets import SUMMARY
from tests.installation import Installation

NAMES = [field.name for field in SUMMARY.fields]
ASKED = ("--post", "RUH", "--month", "2026-10")


def told(done, status: int) -> str:
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    return done.stdout + done.stderr


@pytest.fixture
def place(tmp_path):
    """An installation with two reports of one month, the second a correction, and a bad file."""
    made = Installation(tmp_path / "data")
    for name, workers in (("pertama", 1), ("kedua", 2)):
        file = tmp_path / f"{name}.csv"
        cells = [str(workers) if one.required else "" for one in SUMMARY.fields]
        file.write_text(f"{','.join(NAMES)}\n{','.join(cells)}\n", encoding="utf-8")
        told(made.run("import", file, *ASKED), 0)
    return made


def registered(folder) -> list[int]:
    return snapshot.load(folder).rows.monthly_summary["registered_workers"].to_list()


def test_a_mistake_is_found_in_the_history_taken_back_and_still_known(place, tmp_path):
    wrong = tmp_path / "rusak.csv"
    wrong.write_text("tidak;dikenal\n1;2\n", encoding="utf-8")
    assert "(E-HEADER)" in told(place.run("import", wrong, *ASKED), 2)

    listed = told(place.run("history"), 0).splitlines()
    assert [line.split(":")[0] for line in listed] == ["-", "2", "1"]
    assert "ditolak (E-HEADER)" in listed[0]
    assert "rusak.csv" in listed[0]
    assert "1 berubah" in listed[1]

    assert "(E-CONFLICT)" in told(place.run("undo", "1"), 2)
    assert "dibatalkan dengan nomor 3" in told(place.run("undo", "2"), 0)
    assert registered(snapshot.newest(place.folder / "snapshots")) == [1]
    assert "sudah dibatalkan dengan nomor 3" in told(place.run("undo", "2"), 0)
    assert "undo of number 2" in told(place.run("--language", "en", "history", "--post", "RUH"), 0)

    then = tmp_path / "then"
    assert "versi 2-2" in told(place.run("as-of", "2", "--output", then), 0)
    assert registered(then) == [2]
    assert "(E-NUMBER)" in told(place.run("as-of", "9", "--output", tmp_path / "new"), 2)


@pytest.mark.parametrize(
    "command", [("history",), ("undo", "1"), ("as-of", "1", "--output", "x"), ("names", *ASKED[:2])]
)
def test_without_tables_it_says_how_to_make_them(tmp_path, command):
    said = told(Installation(tmp_path / "data").run(*command), 2)
    assert "python -m data_access migrate" in said


def test_a_history_of_no_lines_is_not_asked_for(place):
    assert "paling sedikit 1" in told(place.run("history", "--last", "-3"), 2)
