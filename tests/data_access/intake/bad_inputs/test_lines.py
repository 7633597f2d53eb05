"""Every line of lines.csv is made, sent, and answered as it must be."""

from importlib import import_module
from pathlib import Path

import polars as pl
import pytest

from tests.data_access.intake.bad_inputs.bench import LINES, Bench

HERE = Path(__file__).parent
MODULES = (
    "encoding",
    "csv_shape",
    "header",
    "containers",
    "dates",
    "numbers",
    "text",
    "injection",
    "meaning",
    "contents",
    "process",
    "faults",
)
for module in MODULES:
    import_module(f"tests.data_access.intake.bad_inputs.{module}")
LISTED = pl.read_csv(HERE / "lines.csv")


def test_every_line_is_made():
    assert sorted(LINES) == LISTED["id"].to_list()


@pytest.mark.parametrize("number", sorted(LINES))
def test_the_line_is_answered_as_it_must_be(number, sqlite_engine, tmp_path):
    line = LINES[number]
    answer = line.make(Bench(sqlite_engine, tmp_path))
    assert answer.verdict == line.verdict, answer.codes
    assert line.codes <= set(answer.codes)


@pytest.mark.parametrize("number", sorted(LINES))
def test_another_answer_than_the_design_has_its_reason(number):
    listed = LISTED.filter(pl.col("id") == number)["verdict"].item()
    line = LINES[number]
    assert (line.verdict != listed) == bool(line.otherwise)
