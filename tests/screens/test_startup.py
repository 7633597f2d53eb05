"""A first start builds its data and says so; trouble with the data is told in a sentence."""

import shutil
from datetime import date

import polars as pl
import pytest
from playwright.sync_api import expect
from sqlalchemy import create_engine, text

from data_access.intake.workbooks.workbook import filled
from data_access.sheets import SUMMARY
from tests.installation import Installation
from tests.screens.conftest import served
from tests.screens.reader import Reader

AWAY = "postgresql+psycopg://nobody@127.0.0.1:1/none"


@pytest.fixture
def copy(simulated, tmp_path):
    """A copy of the simulated installation that a test may harm."""
    shutil.copytree(simulated.folder, tmp_path / "copy")
    return Installation(tmp_path / "copy")


def test_a_first_start_builds_the_simulated_data_and_shows_how_far_it_is(page, tmp_path):
    with served(Installation(tmp_path / "new")) as address:
        page.goto(address)
        expect(page.get_by_text("DATA SIMULASI disusun lebih dahulu")).to_be_visible()
        expect(page.get_by_text("Kasus masuk", exact=True)).to_be_visible(timeout=60_000)


def test_a_database_that_is_away_at_the_start_is_told_and_can_be_tried_again(page, tmp_path):
    with served(Installation(tmp_path, AWAY)) as address:
        page.goto(address)
        expect(page.get_by_text("Data belum dapat dibuka")).to_be_visible(timeout=30_000)
        expect(page.get_by_role("button", name="Coba lagi")).to_be_visible()
        assert "Traceback" not in page.content()


def test_a_database_that_goes_away_leaves_the_last_copy_marked_as_such(
    page, tmp_path, postgres_engine
):
    url = postgres_engine.url
    installation = Installation(tmp_path, url.render_as_string(hide_password=False))
    assert installation.run("demo", "--scale", "0.05", "--until", "2026-10").returncode == 0
    with served(installation) as address:
        reader = Reader(page, address)
        reader.open()
        server = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f"drop database {url.database} with (force)"))
            connection.execute(text(f"create database {url.database}"))
        server.dispose()
        postgres_engine.dispose()
        page.wait_for_timeout(2500)

        reader.choose("Negara/wilayah", "Taiwan")

        expect(page.get_by_text("Basis data tidak menjawab")).to_be_visible()
        assert reader.number("Kasus masuk") > 0


def test_an_import_moves_the_numbers_of_a_running_dashboard(page, copy, tmp_path):
    file = tmp_path / "DOH-2026-10.xlsx"
    counts = {field.name: 5 for field in SUMMARY.fields if field.kind == "integer"}
    summary = pl.DataFrame([counts | {"estimate_source": "mission"}])
    filled("DOH", date(2026, 10, 1), {"monthly_summary": summary}, file)
    with served(copy) as address:
        reader = Reader(page, address)
        reader.open()
        assert "11 dari 13 pos" in reader.words()

        done = copy.run("import", file)
        assert done.returncode == 0, done.stdout + done.stderr
        page.wait_for_timeout(2500)
        reader.go_to("Kasus")

        assert "12 dari 13 pos" in reader.words()
