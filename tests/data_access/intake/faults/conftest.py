"""A filled database of both kinds, the files that change it, and processes that do so."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from data_access.sheets import CASES, PLACEMENTS
from tests.data_access.intake.builders import month, rows, workbook
from tests.data_access.intake.faults.stock import Children, Stock, fill, on_server
from tests.data_access.intake.imports import SEPTEMBER, september


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return workbooks: September, October as first sent, and as corrected."""
    folder = tmp_path_factory.mktemp("files")
    first = month(
        cases=rows(CASES, {}, {"case_id": "RUH-2026-00002"}, {"case_id": "RUH-2026-00003"}),
        placements=rows(PLACEMENTS, {}, {"gender": "L"}, {"scheme": "GtoG"}),
    )
    corrected = month(
        cases=rows(
            CASES,
            {"amount_claimed": Decimal("12000.00")},  # changed
            {"case_id": "RUH-2026-00002"},
            {"case_id": "RUH-2026-00003"},
            {"case_id": "RUH-2026-00004"},  # added
        ),
        placements=rows(PLACEMENTS, {"count": 320}, {"gender": "L"}),  # GtoG removed
    )
    return {
        "september": workbook(folder, september(), period=SEPTEMBER, name="september.xlsx"),
        "first": workbook(folder, first, name="first.xlsx"),
        "corrected": workbook(folder, corrected, name="corrected.xlsx"),
    }


@pytest.fixture(scope="session")
def sqlite_stock(tmp_path_factory: pytest.TempPathFactory, files: dict[str, Path]) -> Stock:
    """Return a SQLite database with September and October as first sent."""
    folder = tmp_path_factory.mktemp("stock")
    stock = Stock(f"sqlite:///{folder / 'stock.db'}", folder)
    fill(stock, files)
    return stock


@pytest.fixture(scope="session")
def postgres_stock(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory, files: dict[str, Path]
) -> Iterator[Stock]:
    """Return a PostgreSQL database with September and October as first sent."""
    server = make_url(postgres_url).set(drivername="postgresql+psycopg")
    with on_server(server, f"stock_{uuid4().hex}") as url:
        stock = Stock(url, tmp_path_factory.mktemp("stock"))
        fill(stock, files)
        yield stock


@pytest.fixture(params=["sqlite", "postgres"])
def stock(request: pytest.FixtureRequest) -> Stock:
    """Return the filled database, of both kinds in turn."""
    return request.getfixturevalue(f"{request.param}_stock")


@pytest.fixture(scope="session")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Children]:
    """Return what starts processes, for two jobs at the same time."""
    programs = Children(tmp_path_factory.mktemp("children"), programs=2)
    yield programs
    programs.close()
