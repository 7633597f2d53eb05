"""Jakarta's own workbook: targets, rates, shelters and staff, through the same gate."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from data_access.central import CENTRAL
from data_access.intake.workbooks.workbook import write_template
from data_access.typed import table
from tests.data_access.intake.builders import MONTH
from tests.data_access.intake.imports import counts, take_in

RATE = (date(2026, 10, 1), "SAR", 4350.25)


def workbook(path: Path, **rows: list[tuple]) -> Path:
    """The blank central workbook with rows typed into its sheets, as a person would."""
    write_template(CENTRAL, MONTH, path)
    book = openpyxl.load_workbook(path)
    for name, told in rows.items():
        for number, cells in enumerate(told, start=2):
            for column, value in enumerate(cells, start=1):
                book[name].cell(number, column, value)
    book.save(path)
    return path


def said(report) -> list[tuple]:
    return [(f.sheet, f.rows, f.code) for f in report.findings]


def test_what_is_typed_in_arrives_in_the_frames(any_engine, tmp_path):
    path = workbook(
        tmp_path / "pusat.xlsx",
        Sasaran=[(2026, "Riyadh", "Berakhir tepat waktu (%)", 85)],
        Kurs=[RATE, (date(2026, 10, 1), "SYP", 0.332451)],
        Kapasitas=[(date(2026, 1, 1), "Riyadh", 200, 3), (date(2026, 1, 1), "Doha", None, 2)],
    )

    report = take_in(path, any_engine)

    assert report.accepted
    assert said(report) == []
    assert table(any_engine, "targets").drop("place").rows() == [
        ("RUH", 2026, "on_time_pct", Decimal("85.0000"))
    ]
    assert table(any_engine, "fx_rates")["idr_per_unit"].to_list() == [
        Decimal("4350.250000"),
        Decimal("0.332451"),
    ]
    assert table(any_engine, "capacities").select(
        "post_code", "shelter_capacity", "staff_count"
    ).rows() == [("RUH", 200, 3), ("DOH", None, 2)]


def test_a_later_file_replaces_the_same_row_and_leaves_the_others(sqlite_engine, tmp_path):
    take_in(workbook(tmp_path / "a.xlsx", Kurs=[RATE, (RATE[0], "HKD", 2000)]), sqlite_engine)
    later = take_in(workbook(tmp_path / "b.xlsx", Kurs=[(*RATE[:2], 4400)]), sqlite_engine)

    assert later.outcome.changes["fx_rates"].changed == 1
    rates = dict(table(sqlite_engine, "fx_rates").select("currency", "idr_per_unit").rows())
    assert rates == {"HKD": 2000, "SAR": 4400}


@pytest.mark.parametrize("again", [RATE, (date(2026, 10, 1), "SAR", 4350.250)])
def test_the_same_content_again_stores_nothing(sqlite_engine, tmp_path, again):
    take_in(workbook(tmp_path / "a.xlsx", Kurs=[RATE]), sqlite_engine)
    before = counts(sqlite_engine)

    report = take_in(workbook(tmp_path / "b.xlsx", Kurs=[again]), sqlite_engine)

    assert report.outcome.duplicate_of or report.outcome.nothing_new
    assert counts(sqlite_engine) == before


def test_every_fault_comes_back_with_its_place_and_nothing_is_stored(sqlite_engine, tmp_path):
    path = workbook(
        tmp_path / "pusat.xlsx",
        Sasaran=[
            (2026, "Atlantis", "Berakhir tepat waktu (%)", 85),
            (2026, "Riyadh", "Kebahagiaan", 85),
            (2026, "Riyadh", "Tingkat keterisian (%)", "banyak"),
        ],
        Kurs=[(date(2026, 10, 5), "SAR", 4350), RATE, (*RATE[:2], 9999)],
        Kapasitas=[(date(2026, 1, 1), "Riyadh", -1, 3)],
    )

    report = take_in(path, sqlite_engine)

    assert not report.accepted
    assert said(report) == [
        ("Sasaran", (2,), "E-CODE"),
        ("Sasaran", (3,), "E-CODE"),
        ("Sasaran", (4,), "E-NUM"),
        ("Kurs", (2,), "E-FIRST"),
        ("Kurs", (3, 4), "E-DUP"),
        ("Kapasitas", (2,), "E-RANGE"),
    ]
    assert table(sqlite_engine, "fx_rates").is_empty()
    assert counts(sqlite_engine)["submissions"] == 0
