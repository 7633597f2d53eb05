"""A lost database is told with a sentence, leaves the old state whole, and is used again after."""

import logging
import socket
import traceback

import pytest
from sqlalchemy import insert

from data_access.database import UNAVAILABLE, begin_import, engine_for
from data_access.errors import DataUnavailable
from data_access.sheets import CASES
from data_access.tables import SHEET_TABLES
from tests.data_access.intake.builders import month, rows, workbook
from tests.data_access.intake.faults.losing import (
    MOMENTS,
    kill,
    lose,
    own_server,
    terminate,
    wait_for,
)
from tests.data_access.intake.faults.stock import Stock, fill, is_sound, on_server, state
from tests.data_access.intake.imports import take_in

MARKED = "RUH-2026-07391"  # a value that must not turn up in any log


@pytest.fixture
def marked(tmp_path):
    """Return a workbook with a value that is looked for in the logs."""
    cases = rows(CASES, {"case_id": MARKED}, *({"case_id": f"RUH-2026-0000{n}"} for n in (1, 2, 3)))
    return workbook(tmp_path, month(cases=cases), name="marked.xlsx")


def nothing_told_of_rows(error, log):
    """Return whether neither the log nor what an uncaught error would print names a row."""
    words = log.text + "".join(traceback.format_exception(error))
    return MARKED not in words


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_connection_that_the_server_ends(postgres_stock, marked, tmp_path, caplog, moment):
    caplog.set_level(logging.DEBUG)
    with postgres_stock.copy() as engine:
        old = state(engine)

        error = lose(engine, marked, moment, terminate)

        assert error.text == UNAVAILABLE
        assert nothing_told_of_rows(error, caplog)
        assert state(engine) == old
        used_again(engine, marked, tmp_path)


def used_again(engine, path, folder):
    """Import the file once more, over the same engine."""
    report = take_in(path, engine)
    assert report.outcome.total("added") == 1
    assert is_sound(engine, folder)


@pytest.fixture(scope="module")
def own_stock(files, tmp_path_factory):
    """Return a filled database of a server that no other test needs."""
    with own_server() as server, on_server(server, "stock") as url:
        stock = Stock(url, tmp_path_factory.mktemp("own"))
        fill(stock, files)
        yield stock


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_backend_that_is_killed(own_stock, marked, tmp_path, caplog, moment):
    caplog.set_level(logging.DEBUG)
    with own_stock.copy() as engine:
        old = state(engine)

        error = lose(engine, marked, moment, kill)

        assert error.text == UNAVAILABLE
        assert nothing_told_of_rows(error, caplog)
        wait_for(engine)
        assert state(engine) == old
        used_again(engine, marked, tmp_path)


def test_a_server_that_is_not_there(marked, caplog):
    caplog.set_level(logging.DEBUG)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # nobody listens there
        port = held.getsockname()[1]
        engine = engine_for(f"postgresql+psycopg://atnaker:rahasia@127.0.0.1:{port}/atnaker")
        with pytest.raises(DataUnavailable) as told:
            take_in(marked, engine)
    assert told.value.text == UNAVAILABLE
    assert nothing_told_of_rows(told.value, caplog)
    assert "rahasia" not in caplog.text


def test_a_row_that_the_server_refuses_is_not_quoted(postgres_engine, caplog):
    caplog.set_level(logging.DEBUG)
    query = insert(SHEET_TABLES["cases"]).values(case_id=MARKED, post_code="RUH", removed=False)
    with (
        pytest.raises(DataUnavailable) as told,
        begin_import(postgres_engine, "RUH") as connection,
    ):
        connection.execute(query)  # without the submission, which PostgreSQL wants
    assert nothing_told_of_rows(told.value, caplog)
