"""A submission taken back: what was known before holds again, once, and only where it is safe."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from sqlalchemy import select

from data_access.access import Reader
from data_access.central import CENTRAL, RATES
from data_access.check import findings
from data_access.current import current
from data_access.demo.load import build
from data_access.errors import NoAccess, RefusedNumber
from data_access.intake.reading.converting import schema
from data_access.intake.report import undone_line
from data_access.intake.storing.undoing import Conflict, undo
from data_access.sheets import CASES, PLACEMENTS, SHEETS
from data_access.tables import submissions
from tests.data_access.intake.builders import MONTH, month, rows, workbook
from tests.data_access.intake.imports import (
    NOW,
    SEPTEMBER,
    counts,
    keep,
    september,
    stored,
    take_in,
)

RIYADH = Reader("riyadh", posts=("RUH",), sees_cases=True, may_send=True)


def everything(engine, post: str = "RUH") -> dict[str, pl.DataFrame]:
    return {sheet.table: stored(engine, sheet.table, post) for sheet in SHEETS}


def same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> bool:
    return all(one[table].equals(other[table]) for table in one)


def two_months(engine) -> int:
    """Store September, and an October that adds, changes and removes rows; return its number."""
    keep(engine, september(), period=SEPTEMBER)
    keep(engine, month(placements=rows(PLACEMENTS, {}, {"gender": "L"})))
    changed = month(cases=rows(CASES, {"people": 7}, {"case_id": "RUH-2026-00002"}))
    return keep(engine, changed).submission


def test_what_was_known_before_holds_again(any_engine):
    keep(any_engine, september(), period=SEPTEMBER)
    before = everything(any_engine)
    number = keep(any_engine, month(cases=rows(CASES, {"people": 7}))).submission
    assert not same(everything(any_engine), before)

    done = undo(any_engine, number, who=lambda: RIYADH, now=NOW)

    assert same(everything(any_engine), before)
    assert (done.number, done.already, done.post, done.month) == (number, False, "RUH", MONTH)
    assert done.by > number
    assert f"nomor {done.by}" in undone_line(done).indonesian


def test_nothing_is_deleted_and_the_undo_is_on_record(any_engine, tmp_path):
    number = two_months(any_engine)
    before = counts(any_engine)

    done = undo(any_engine, number, who=lambda: RIYADH, now=NOW)

    assert counts(any_engine) == before | {"submissions": before["submissions"] + 1}
    query = select(submissions).where(submissions.c.id == done.by)
    with any_engine.connect() as connection:
        (row,) = connection.execute(query).mappings()
    assert (row["kind"], row["undoes"], row["sent_by"]) == ("undo", number, "riyadh")
    assert (row["post_code"], row["period"]) == ("RUH", MONTH)
    assert row["received_at"] == NOW.replace(tzinfo=None)
    assert all(one.good for one in findings(any_engine, tmp_path)[:-1])  # the last: the copy


def test_added_changed_and_removed_rows_are_all_taken_back(any_engine):
    number = two_months(any_engine)
    done = undo(any_engine, number)
    assert (done.added, done.changed, done.removed) == (1, 1, 1)
    assert stored(any_engine, "cases")["people"].to_list() == [1]
    assert stored(any_engine, "placements").filter(pl.col("period") == MONTH).height == 2


def test_a_second_undo_does_nothing_and_says_so(any_engine):
    number = two_months(any_engine)
    first = undo(any_engine, number)
    before = counts(any_engine)

    again = undo(any_engine, number)

    assert again.already
    assert again.by == first.by
    assert counts(any_engine) == before
    assert "sudah dibatalkan" in undone_line(again).indonesian


def test_of_two_undos_at_once_one_is_done(any_engine):
    number = two_months(any_engine)
    with ThreadPoolExecutor(4) as together:
        done = list(together.map(lambda _: undo(any_engine, number), range(4)))
    assert sorted(one.already for one in done) == [False, True, True, True]
    assert len({one.by for one in done}) == 1


def test_later_submissions_of_the_post_stand_in_the_way_and_are_named(any_engine):
    first = keep(any_engine, month()).submission
    changed = rows(CASES, {"people": 7})
    second = keep(any_engine, {"cases": changed}, whole=False).submission
    other = {"placements": rows(PLACEMENTS, {"count": 4})}
    third = keep(any_engine, other, whole=False).submission
    before = counts(any_engine)

    with pytest.raises(Conflict) as told:
        undo(any_engine, first)

    assert counts(any_engine) == before
    assert told.value.code == "E-CONFLICT"
    assert told.value.later == (third, second)
    words = told.value.text.indonesian
    assert f"nomor {third}, {second}." in words
    named = [row.indonesian for row in told.value.rows]
    assert named == ["Kasus RUH-2026-00001", "Penempatan PS / DOM / PtoP / P"]
    assert ", ".join(named) in words


def test_a_conflict_names_twenty_rows_and_counts_them_all(sqlite_engine):
    names = [f"RUH-2026-{n:05}" for n in range(30)]
    first = keep(sqlite_engine, {"cases": rows(CASES, *({"case_id": n} for n in names))})
    keep(sqlite_engine, {"cases": rows(CASES, *({"case_id": n, "people": 2} for n in names))})

    with pytest.raises(Conflict) as told:
        undo(sqlite_engine, first.submission)

    assert len(told.value.rows) == 30
    words = told.value.text.english
    assert "30 of its rows have changed since" in words
    assert words.count("RUH-2026-") == 20
    assert "and 10 more" in words


def test_later_submissions_are_undone_first_then_the_earlier_one(any_engine):
    first = keep(any_engine, month()).submission
    after_first = everything(any_engine)
    second = keep(any_engine, month(cases=rows(CASES, {"people": 7}))).submission

    undo(any_engine, second)
    assert same(everything(any_engine), after_first)
    undo(any_engine, first)
    assert all(held.is_empty() for held in everything(any_engine).values())


def test_another_posts_later_submission_is_not_in_the_way(any_engine):
    number = keep(any_engine, {"cases": rows(CASES, {})}).submission
    keep(any_engine, {"cases": rows(CASES, {"case_id": "JED-2026-00001"})}, post="JED")
    assert not undo(any_engine, number).already
    assert stored(any_engine, "cases", "JED").height == 1


def test_an_undone_file_comes_again_with_the_same_rows(any_engine, tmp_path):
    path = workbook(tmp_path)
    take_in(path, any_engine)
    second = workbook(tmp_path, month(cases=rows(CASES, {"people": 7})), name="perbaikan.xlsx")
    number = take_in(second, any_engine).outcome.submission
    wanted = everything(any_engine)
    undo(any_engine, number)

    again = take_in(second, any_engine)

    assert again.outcome.submission not in (None, number)
    assert again.outcome.duplicate_of is None
    assert same(everything(any_engine), wanted)


def test_jakartas_own_file_is_taken_back_too(any_engine):
    rate = {"period": MONTH, "currency": "SAR", "idr_per_unit": Decimal(4350)}
    for value in (4350, 4400):
        told = pl.DataFrame([rate | {"idr_per_unit": Decimal(value)}], schema=schema(RATES))
        last = keep(any_engine, {"fx_rates": told}, post=CENTRAL).submission

    done = undo(any_engine, last)

    assert done.post == CENTRAL
    with any_engine.connect() as connection:
        assert current(connection, RATES, CENTRAL)["idr_per_unit"].to_list() == [Decimal(4350)]


@pytest.mark.parametrize(
    "reader",
    [
        Reader("jeddah", posts=("JED",), sees_cases=True, may_send=True),
        Reader("pembaca", posts=None, sees_cases=True),
    ],
)
def test_who_may_not_send_may_not_take_back(any_engine, reader):
    number = two_months(any_engine)
    before = counts(any_engine)
    with pytest.raises(NoAccess):
        undo(any_engine, number, who=lambda: reader)
    assert counts(any_engine) == before


def test_an_unknown_number_and_an_undo_are_refused(any_engine):
    done = undo(any_engine, two_months(any_engine))
    before = counts(any_engine)
    with pytest.raises(RefusedNumber) as unknown:
        undo(any_engine, 999)
    with pytest.raises(RefusedNumber) as of_an_undo:
        undo(any_engine, done.by)
    assert (unknown.value.code, of_an_undo.value.code) == ("E-NUMBER", "E-UNDO")
    assert counts(any_engine) == before


def test_simulated_data_are_taken_back_and_stay_marked_as_such(sqlite_engine):
    last = date(2026, 10, 1)
    build(sqlite_engine, seed=7, scale=0.01, last_month=last, progress=lambda *_: None)
    query = select(submissions).where(submissions.c.post_code == "RUH")
    with sqlite_engine.connect() as connection:
        newest = connection.execute(query.order_by(submissions.c.id.desc())).first()

    done = undo(sqlite_engine, newest.id)

    with sqlite_engine.connect() as connection:
        marked = connection.scalars(select(submissions.c.simulated).distinct()).all()
    assert marked == [True]
    assert done.post == "RUH"
    summary = stored(sqlite_engine, "monthly_summary")
    assert newest.period not in summary["period"].to_list()
