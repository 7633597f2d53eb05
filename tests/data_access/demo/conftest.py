"""One small demonstration, drawn once for all tests that only look at it."""

from datetime import date

import polars as pl
import pytest

from data_access.demo.generate import Demo, generate

LAST_MONTH = date(2026, 10, 1)


@pytest.fixture(scope="session")
def demo() -> Demo:
    """Return a demonstration with a tenth of the cases."""
    return generate(2026, 0.1, LAST_MONTH)


@pytest.fixture(scope="session")
def cases(demo: Demo) -> pl.DataFrame:
    """Return all versions of its cases."""
    return pl.concat(demo.cases())


@pytest.fixture(scope="session")
def full() -> pl.DataFrame:
    """Return the cases of a demonstration at scale 1, each as the last file has it."""
    versions = pl.concat(generate(2026, 1, LAST_MONTH).cases())
    return versions.unique("case_id", keep="last", maintain_order=True)


@pytest.fixture(scope="session")
def tables(demo: Demo, cases: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return the rows of all sheets' tables."""
    own = ("targets", "fx_rates")
    return {"cases": cases} | {n: rows for n, rows in demo.tables.items() if n not in own}
