"""The commands as a person types them: plain help, a sentence for every failure, no traceback."""

import subprocess
import sys
from datetime import date

import polars as pl
import pytest
from sqlalchemy import func, select

from data_access import snapshot
from data_access.tables import SHEET_TABLES, metadata, submissions
from tests.installation import ROOT, Installation

COMMANDS = ("migrate", "demo", "template", "import", "refresh", "check")
COMMANDS += ("names", "remember", "forget")


@pytest.fixture
def place(tmp_path):
    return Installation(tmp_path / "data")


def counted(installation):
    """Return how many rows each table has."""
    with installation.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in metadata.sorted_tables
        }


def told(done, status):
    """Return what a command printed, after making sure how it ended."""
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    return done.stdout + done.stderr


def test_help_names_every_command(place):
    words = told(place.run("--help"), 0)

    assert all(command in words for command in COMMANDS)


def test_an_empty_installation_is_checked_and_told_what_to_do(place):
    assert "python -m data_access migrate" in told(place.run("check"), 2)

    told(place.run("migrate"), 0)
    assert "python -m data_access refresh" in told(place.run("check"), 2)

    told(place.run("refresh"), 0)
    assert "✗" not in told(place.run("check"), 0)


def test_the_demo_fills_an_empty_installation_once(place):
    assert "Selesai" in told(place.run("demo", "--scale", "0.02"), 0)
    assert "✗" not in told(place.run("check"), 0)
    before = counted(place)

    assert "DATA SIMULASI" in told(place.run("demo"), 2)
    assert counted(place) == before
    assert before["cases"] > 300


def test_the_demo_can_be_built_up_to_a_month_of_choice(place):
    told(place.run("demo", "--scale", "0.02", "--until", "2025-03"), 0)

    with place.engine.connect() as connection:
        last = connection.scalar(select(func.max(submissions.c.period)))
    assert last == date(2025, 3, 1)


def test_a_template_goes_out_and_an_empty_one_is_refused_on_its_way_back(place, tmp_path):
    file = tmp_path / "RUH-2026-10.xlsx"
    told(place.run("template", "--post", "RUH", "--month", "2026-10", "--output", file), 0)

    words = told(place.run("import", file), 2)

    assert "Rekap" in words
    assert counted(place)["submissions"] == 0


def test_a_wrong_post_or_month_is_refused_in_words(place, tmp_path):
    assert "invalid choice" in told(
        place.run("template", "--post", "XXX", "--month", "2026-10", "--output", tmp_path / "x"), 2
    )
    assert "2026-10" in told(
        place.run("template", "--post", "RUH", "--month", "Oktober", "--output", tmp_path / "x"), 2
    )


def test_a_file_that_is_not_a_workbook_is_refused_in_both_languages(place, tmp_path):
    wrong = tmp_path / "laporan.xlsx"
    wrong.write_text("bukan buku kerja", encoding="utf-8")

    indonesian = told(place.run("import", wrong), 2)
    english = told(place.run("--language", "en", "import", wrong), 2)

    assert "laporan.xlsx" in indonesian
    assert indonesian != english
    assert counted(place)["submissions"] == 0


def test_an_import_moves_the_numbers_and_a_second_one_changes_nothing(place, tmp_path):
    summary = tmp_path / "rekap.csv"
    names = ("registered_workers", "registered_new", "monitored_workers", "employer_visits")
    names += ("shelter_in", "shelter_out", "shelter_end", "repatriated")
    blank = ("estimated_workers", "estimate_source")
    heading, line = ",".join(names + blank), ",".join(["1"] * len(names) + ["", ""])
    summary.write_text(f"{heading}\n{line}\n", encoding="utf-8")
    asked = ("import", summary, "--post", "RUH", "--month", "2026-10")

    assert "Belum disimpan" in told(place.run(*asked, "--dry-run"), 0)
    assert counted(place)["monthly_summary"] == 0

    told(place.run(*asked), 0)
    after = counted(place)
    assert after["monthly_summary"] == after["submissions"] == 1
    rows = snapshot.load(snapshot.newest(place.folder / "snapshots")).rows
    assert rows.monthly_summary["registered_workers"].to_list() == [1]

    assert "Tidak ada perubahan" in told(place.run(*asked), 0)
    assert counted(place) == after


def test_a_database_that_is_away_is_told_in_one_sentence(tmp_path):
    away = Installation(tmp_path, "postgresql+psycopg://nobody@127.0.0.1:1/none")

    for command in (("check",), ("migrate",), ("refresh",)):
        assert "belum dapat dibuka" in told(away.run(*command), 2)


def test_the_same_commands_work_on_postgresql(postgres_engine, tmp_path):
    url = postgres_engine.url.render_as_string(hide_password=False)
    place = Installation(tmp_path, url)

    told(place.run("demo", "--scale", "0.02"), 0)

    assert "✗" not in told(place.run("check"), 0)
    rows = snapshot.load(snapshot.newest(tmp_path / "snapshots")).rows
    cases = SHEET_TABLES["cases"].c
    with postgres_engine.connect() as connection:
        distinct = connection.scalar(select(func.count(cases.case_id.distinct())))
    assert rows.cases.height == distinct
    assert rows.cases.schema["amount_claimed"] == pl.Decimal(18, 2)


@pytest.mark.parametrize(
    "setting",
    [{"DATABASE_URL": "postgres://x"}, {"DEMO_SCALE": "banyak"}, {"DATA_FOLDER": "/etc/hostname"}],
)
def test_a_wrong_setting_is_told_without_a_traceback(place, setting):
    words = told(place.run("check", **setting), 2)

    assert "Pengaturan keliru" in words or "tidak dapat dibuka" in words


def test_a_template_that_cannot_be_written_is_told(place, tmp_path):
    output = tmp_path / "none" / "x.xlsx"

    words = told(
        place.run("template", "--post", "RUH", "--month", "2026-10", "--output", output), 2
    )

    assert "tidak dapat dibuka atau ditulis" in words


def test_a_database_made_for_real_data_is_not_filled_with_simulated_ones(place):
    told(place.run("migrate"), 0)

    done = subprocess.run(
        [sys.executable, "-c", "from data_access import prepare; prepare.ready()"],
        cwd=ROOT,
        env=place.environment,
        check=False,
    )

    assert done.returncode == 0
    assert counted(place)["submissions"] == 0


def test_two_first_starts_at_once_fill_the_database_once(place):
    command = [sys.executable, "-c", "from data_access import prepare; prepare.ready()"]
    starts = [subprocess.Popen(command, cwd=ROOT, env=place.environment) for _ in range(2)]

    assert [start.wait(timeout=120) for start in starts] == [0, 0]
    assert "✗" not in told(place.run("check"), 0)
    with place.engine.connect() as connection:
        hashes = connection.scalars(select(submissions.c.sha256)).all()
    assert len(hashes) == len(set(hashes)) > 1000
