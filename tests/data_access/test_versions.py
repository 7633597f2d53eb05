"""Whatever was known after any step is reproduced later, exactly, whatever came after it."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from sqlalchemy import text

from data_access import snapshot, versions
from data_access.central import CENTRAL, RATES
from data_access.current import data_version
from data_access.database import begin_import
from data_access.errors import RefusedNumber
from data_access.intake.reading.converting import schema
from data_access.intake.storing.saving import Submission, known_rows, save
from data_access.intake.storing.undoing import undo
from data_access.received import history
from data_access.sheets import AGENCIES, CASES, JOB_ORDERS, PLACEMENTS, SUMMARY
from metrics.frames import Rows
from tests.data_access.intake.builders import rows
from tests.data_access.intake.imports import NOW, keep

MONTHS = [date(2026, month, 1) for month in range(6, 11)]
STEPS = {"sqlite": 30, "postgresql": 12}


def same(one: Rows, other: Rows) -> list[str]:
    """Return the tables that differ."""
    names = [field.name for field in fields(Rows)]
    return [name for name in names if not getattr(one, name).equals(getattr(other, name))]


def drawn(chance: random.Random, post: str, period: date) -> dict[str, pl.DataFrame]:
    """Return a random report of a month, or of some of its sheets."""
    ended = {"status": "resolved", "outcome": "rights_full", "date_closed": period.replace(day=28)}
    cases = [
        {
            "case_id": f"{post}-2026-{number:05}",
            "date_reported": MONTHS[0],
            "people": chance.randint(1, 3),
            "agency_code": f"{post}-M0001",
            **(ended if chance.random() < 0.3 else {}),
        }
        for number in chance.sample(range(12), 6)
    ]
    orders = [
        {"jo_id": f"{post}-JO-{number}", "filled": chance.randint(0, 40)}
        for number in chance.sample(range(4), 2)
    ]
    placed = [
        {"gender": gender, "count": chance.randint(1, 9)}
        for gender in chance.sample(["L", "P"], chance.randint(0, 2))
    ]
    tables = {
        "cases": rows(CASES, *cases),
        "job_orders": rows(JOB_ORDERS, *orders),
        "placements": rows(PLACEMENTS, *placed),
        "monthly_summary": rows(SUMMARY, {"registered_workers": chance.randint(900, 999)}),
        "agencies": rows(AGENCIES, {"agency_code": f"{post}-M0001"}),
    }
    if chance.random() < 0.3:
        return dict(chance.sample(list(tables.items()), 2))
    return tables


def step(engine, chance: random.Random) -> None:
    """Do one random thing: a month's file, new or corrected or late, one of Jakarta's, an undo."""
    what = chance.random()
    if what < 0.25 and (found := history(engine, None).filter("may_undo")["number"].to_list()):
        undo(engine, chance.choice(sorted(found)))
    elif what < 0.35:
        rate = {"period": chance.choice(MONTHS), "currency": "SAR"}
        rate |= {"idr_per_unit": Decimal(chance.randint(4000, 4400))}
        keep(engine, {"fx_rates": pl.DataFrame([rate], schema=schema(RATES))}, post=CENTRAL)
    else:
        post, period = chance.choice(["RUH", "JED"]), chance.choice(MONTHS)
        tables = drawn(chance, post, period)
        keep(engine, tables, post=post, period=period, whole=len(tables) > 2)


def test_what_was_known_after_every_step_is_reproduced(any_engine):
    chance = random.Random(1)
    seen: dict[str, Rows] = {}
    for _ in range(STEPS[any_engine.dialect.name]):
        step(any_engine, chance)
        version = data_version(any_engine)
        seen[version.code] = versions.rows_at(any_engine, version.last)
    listed = versions.numbers(any_engine)
    assert listed["code"].to_list() == list(seen)
    for number, code in listed.select("number", "code").iter_rows():
        assert same(versions.rows_at(any_engine, number), seen[code]) == [], code
    assert set(listed["kind"]) == {"monthly", "central", "undo"}


def test_numbers_become_visible_in_their_order(postgres_engine):
    """Else what was known after a number could change when a lower one is committed later."""
    lock = "select 1 from pg_locks where locktype = 'advisory' and not granted"
    own = Submission(
        post_code="RUH", period=MONTHS[0], received_at=NOW, file_name="", sha256="", whole=True
    )
    tables = drawn(random.Random(6), "RUH", MONTHS[0])
    with ThreadPoolExecutor(1) as beside:
        with begin_import(postgres_engine, "RUH") as connection:
            first = save(tables, own, connection, known_rows(connection, "RUH")).submission
            other = beside.submit(keep, postgres_engine, {"cases": rows(CASES, {})}, post="JED")
            waits = False
            while not waits and not other.done():
                with postgres_engine.connect() as look:
                    waits = look.execute(text(lock)).first() is not None
            assert data_version(postgres_engine).last == 0
        assert other.result().submission > first


def test_before_the_first_submission_nothing_was_known(sqlite_engine):
    keep(sqlite_engine, drawn(random.Random(3), "RUH", MONTHS[0]))
    assert all(
        getattr(versions.rows_at(sqlite_engine, 0), field.name).is_empty() for field in fields(Rows)
    )


def test_a_version_is_written_to_a_folder_and_read_back(any_engine, tmp_path):
    chance = random.Random(4)
    for period in MONTHS[:3]:
        keep(any_engine, drawn(chance, "RUH", period), period=period)
    numbers = versions.numbers(any_engine)
    middle = numbers["number"][1]

    code = versions.write(any_engine, middle, tmp_path / "then")

    opened = snapshot.load(tmp_path / "then")
    assert opened.version.code == code == numbers["code"][1]
    assert same(opened.rows, versions.rows_at(any_engine, middle)) == []
    assert opened.version.database == data_version(any_engine).database


def test_an_unknown_number_and_a_full_folder_are_refused(sqlite_engine, tmp_path):
    number = keep(sqlite_engine, drawn(random.Random(5), "RUH", MONTHS[0])).submission
    with pytest.raises(RefusedNumber):
        versions.write(sqlite_engine, number + 1, tmp_path / "none")
    assert not (tmp_path / "none").exists()
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(OSError, match="not empty"):
        versions.write(sqlite_engine, number, tmp_path)
    assert [path.name for path in tmp_path.glob("*.parquet")] == []
