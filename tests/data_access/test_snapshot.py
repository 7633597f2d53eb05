"""The typed copy is what the database says, is whole or refused, and never stale in silence."""

import os
from datetime import date

import polars as pl
import pytest
from sqlalchemy import func, select

from data_access import snapshot
from data_access.current import data_version
from data_access.database import engine_for
from data_access.demo.load import build
from data_access.errors import DataUnavailable
from data_access.migrate import migrate
from data_access.reference import posts
from data_access.tables import SHEET_TABLES, submissions
from metrics.frames import FRAMES
from metrics.policy.handling import LIMIT_DAYS
from metrics.selection import month_end

MONTH = date(2026, 10, 1)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A small simulated database, shared by the tests that only read."""
    folder = tmp_path_factory.mktemp("filled")
    engine = engine_for(f"sqlite:///{folder / 'atnaker.db'}")
    migrate(engine)
    build(engine, seed=7, scale=0.05, last_month=MONTH, progress=lambda *_: None)
    return engine


def undo(engine, number):
    """Take a submission back, as an undo does: by one more submission."""
    counts = dict.fromkeys(("ok", "bad", "added", "changed", "removed"), 0)
    with engine.begin() as connection:
        taken = connection.execute(select(submissions).where(submissions.c.id == number)).one()
        values = taken._asdict() | {"kind": "undo", "undoes": number}
        values |= {f"rows_{name}": count for name, count in counts.items()}
        del values["id"]
        connection.execute(submissions.insert(), values)


def test_it_holds_every_table_as_agreed(filled, tmp_path):
    opened = snapshot.load(snapshot.write(filled, tmp_path))
    rows = opened.rows

    assert opened.version == data_version(filled)
    for name, frame in FRAMES.items():
        frame.check(getattr(rows, name))
        assert getattr(rows, name).height > 0


def test_of_each_case_it_holds_the_last_version(filled, tmp_path):
    table = SHEET_TABLES["cases"]
    with filled.connect() as connection:
        versions = connection.execute(select(table).order_by(table.c.version)).mappings().all()
    last = {row["case_id"]: row for row in versions}
    limits = dict(
        pl.read_csv("assets/reference/case_types.csv").select("code", "limit_class").rows()
    )
    places = dict(posts().select("post_code", "place").rows())

    rows = snapshot.load(snapshot.write(filled, tmp_path)).rows

    assert len(versions) > len(last) == rows.cases.height
    for case in rows.cases.iter_rows(named=True):
        stored = last[case["case_id"]]
        for column in set(case) & set(stored):
            assert case[column] == stored[column], (case["case_id"], column)
        assert case["limit_days"] == LIMIT_DAYS[limits[case["case_type"]]]
        assert case["place"] == places[case["post_code"]]


def test_a_second_writing_of_the_same_version_does_nothing(filled, tmp_path):
    first = snapshot.write(filled, tmp_path)
    made = first.stat().st_mtime_ns

    assert snapshot.write(filled, tmp_path) == first
    assert first.stat().st_mtime_ns == made


@pytest.mark.parametrize("harm", ["flip", "shorten", "remove"])
def test_a_damaged_copy_is_refused_with_a_sentence(filled, tmp_path, harm):
    folder = snapshot.write(filled, tmp_path)
    path = folder / "cases.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    if harm == "remove":
        path.unlink()
    else:
        path.write_bytes(content if harm == "flip" else content[:-40])

    with pytest.raises(DataUnavailable) as refused:
        snapshot.load(folder)
    assert "refresh" in refused.value.text.indonesian

    assert snapshot.write(filled, tmp_path) == folder  # what `refresh` does
    assert snapshot.load(folder).rows.cases.height > 0


def test_only_the_newest_two_are_kept(sqlite_engine, tmp_path):
    build(sqlite_engine, seed=7, scale=0.02, last_month=MONTH, progress=lambda *_: None)
    folder = tmp_path / "snapshots"
    names = [snapshot.write(sqlite_engine, folder).name]
    for number in (5, 6):
        undo(sqlite_engine, number)
        names.append(snapshot.write(sqlite_engine, folder).name)

    assert len(set(names)) == 3
    assert {path.name for path in folder.iterdir()} == set(names[1:])
    assert snapshot.newest(folder).name == names[-1]


def test_an_undone_submission_brings_back_what_was_known_before(any_engine, tmp_path):
    build(any_engine, seed=7, scale=0.02, last_month=MONTH, progress=lambda *_: None)
    before = snapshot.load(snapshot.write(any_engine, tmp_path)).rows
    last = before.submissions.sort("id").tail(1).to_dicts()[0]

    undo(any_engine, last["id"])
    folder = snapshot.write(any_engine, tmp_path)
    after = snapshot.load(folder).rows

    assert snapshot.is_of(folder, data_version(any_engine))
    assert after.submissions.height == before.submissions.height - 1
    gone = after.monthly_summary.filter(
        pl.col("post_code") == last["post_code"], pl.col("period") == last["period"]
    )
    assert gone.is_empty()


def test_a_copy_of_another_database_is_never_taken_for_ones_own(tmp_path):
    folder = tmp_path / "snapshots"
    heights = []
    for seed, scale in ((1, 0.02), (2, 0.05)):
        engine = engine_for(f"sqlite:///{tmp_path / f'{seed}.db'}")
        migrate(engine)
        build(engine, seed=seed, scale=scale, last_month=MONTH, progress=lambda *_: None)
        heights.append(snapshot.load(snapshot.write(engine, folder)).rows.cases.height)
        with engine.connect() as connection:
            cases = SHEET_TABLES["cases"].c.case_id
            assert heights[-1] == connection.scalar(select(func.count(cases.distinct())))
    assert heights[0] < heights[1]


def test_what_lands_while_the_tables_are_read_makes_the_writing_start_again(
    sqlite_engine, tmp_path
):
    build(sqlite_engine, seed=7, scale=0.02, last_month=MONTH, progress=lambda *_: None)
    landed = []

    def progress(step, fraction):
        if fraction > 0.5 and not landed:
            landed.append(step)
            undo(sqlite_engine, 1667)

    folder = snapshot.write(sqlite_engine, tmp_path / "snapshots", progress)

    assert landed
    assert snapshot.is_of(folder, data_version(sqlite_engine))


def test_the_drafts_of_killed_processes_are_removed_and_never_read(filled, tmp_path):
    draft = tmp_path / ".draft-old"
    draft.mkdir()
    (draft / "manifest.json").write_text("{}")
    os.utime(draft, (0, 0))

    assert snapshot.newest(tmp_path) is None
    snapshot.write(filled, tmp_path)

    assert not draft.exists()


def test_a_post_is_followed_until_its_last_whole_report(filled, tmp_path):
    rows = snapshot.load(snapshot.write(filled, tmp_path)).rows
    last = dict(rows.submissions.group_by("post_code").agg(pl.col("period").max()).rows())

    for case in rows.cases.unique("post_code").iter_rows(named=True):
        assert case["known_until"] == month_end(last[case["post_code"]])
    assert len(set(last.values())) > 1  # Doha and Amman have not sent the last month
