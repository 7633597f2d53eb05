"""The history of what came in, and what each submission changed."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest

from data_access.central import CENTRAL, RATES
from data_access.errors import RefusedNumber
from data_access.intake.reading.converting import schema
from data_access.intake.storing.refused import Refused, record
from data_access.intake.storing.undoing import undo
from data_access.received import DIFFERENCE, HISTORY, difference, history
from data_access.sheets import CASES, PLACEMENTS
from tests.data_access.intake.builders import MONTH, month, rows
from tests.data_access.intake.imports import NOW, SEPTEMBER, keep, september


def rate(value: int) -> dict[str, pl.DataFrame]:
    row = {"period": MONTH, "currency": "SAR", "idr_per_unit": Decimal(value)}
    return {"fx_rates": pl.DataFrame([row], schema=schema(RATES))}


def refuse(engine, post: str, minutes: int = 0) -> None:
    record(
        Refused(
            received_at=NOW + timedelta(minutes=minutes),
            sent_by="penguji",
            post_code=post,
            period=None,
            file_name="rusak.xlsx",
            sha256="",
            code="E-DATE",
            faults=3,
        ),
        engine,
    )


def told(engine, posts=None, *names: str) -> list:
    found = history(engine, posts).select(names)
    return found.to_series().to_list() if len(names) == 1 else found.rows()


def test_an_empty_database_has_the_columns(any_engine):
    assert history(any_engine, None).schema == pl.Schema(HISTORY)
    assert history(any_engine, None).is_empty()


def test_a_submission_its_undo_and_a_refused_file_stand_in_it_newest_first(any_engine):
    first = keep(any_engine, september(), period=SEPTEMBER).submission
    second = keep(any_engine, month(), received_at=NOW + timedelta(minutes=1)).submission
    refuse(any_engine, "RUH", minutes=2)
    done = undo(any_engine, second, now=NOW + timedelta(minutes=3))

    assert told(any_engine, None, "number", "state", "undoes", "undone_by", "may_undo") == [
        (done.by, "undo", second, None, False),
        (None, "refused", None, None, False),
        (second, "undone", None, done.by, False),
        (first, "stored", None, None, True),
    ]
    refused = history(any_engine, None).row(1, named=True)
    assert (refused["code"], refused["faults"], refused["file_name"]) == ("E-DATE", 3, "rusak.xlsx")
    assert refused["whole"] is refused["rows_added"] is None
    taken = history(any_engine, None).row(2, named=True)
    assert (taken["post_code"], taken["period"], taken["sent_by"]) == ("RUH", MONTH, "penguji")
    assert taken["received_at"] == NOW + timedelta(minutes=1)
    assert (taken["whole"], taken["simulated"], taken["code"]) == (True, False, None)
    assert (taken["rows_added"], taken["rows_changed"]) == (6, 1)


def test_the_last_one_that_stands_may_be_undone_of_each_post(any_engine):
    keep(any_engine, september(), period=SEPTEMBER)
    riyadh = keep(any_engine, month()).submission
    jeddah = keep(any_engine, {"cases": rows(CASES, {})}, post="JED").submission
    jakarta = keep(any_engine, rate(4350), post=CENTRAL).submission
    found = history(any_engine, None).filter("may_undo")["number"]
    assert sorted(found) == [riyadh, jeddah, jakarta]


def test_what_may_be_undone_is_what_undo_takes(any_engine):
    for people in (1, 2, 3):
        keep(any_engine, {"cases": rows(CASES, {"people": people})})
    while (found := history(any_engine, None).filter("may_undo")["number"]).len():
        assert not undo(any_engine, found.item()).already
    assert set(told(any_engine, None, "state")) == {"undo", "undone"}


def test_a_reader_of_one_post_sees_that_post_alone(any_engine):
    keep(any_engine, {"cases": rows(CASES, {})})
    keep(any_engine, {"cases": rows(CASES, {})}, post="JED")
    keep(any_engine, rate(4350), post=CENTRAL)
    for post in ("RUH", "JED", CENTRAL, ""):
        refuse(any_engine, post)
    assert told(any_engine, ("JED",), "post_code", "state") == [
        ("JED", "refused"),
        ("JED", "stored"),
    ]
    assert told(any_engine, (CENTRAL,), "post_code", "state") == [
        (None, "refused"),
        (None, "stored"),
    ]
    assert told(any_engine, (), "state") == []
    assert len(told(any_engine, None, "state")) == 7


def test_a_clock_that_was_put_back_does_not_turn_the_order(any_engine):
    first = keep(any_engine, {"cases": rows(CASES, {})}).submission
    early = {"received_at": datetime(2020, 1, 1, tzinfo=UTC)}
    second = keep(any_engine, {"cases": rows(CASES, {"people": 2})}, **early).submission
    assert told(any_engine, None, "number") == [second, first]


def test_each_kind_of_change_is_told_with_its_fields(any_engine):
    keep(any_engine, month(placements=rows(PLACEMENTS, {}, {"gender": "L"})))
    changed = {"people": 7, "amount_claimed": None, "date_first_response": date(2026, 10, 16)}
    number = keep(
        any_engine, month(cases=rows(CASES, changed, {"case_id": "RUH-2026-00002"}))
    ).submission

    found = difference(any_engine, number)

    assert found.schema == pl.Schema(DIFFERENCE)
    first, second = "RUH-2026-00001", "RUH-2026-00002"
    assert sorted(found.rows(), key=str) == sorted(
        [
            ("cases", second, "added", None, None, None),
            ("cases", first, "changed", "people", "1", "7"),
            ("cases", first, "changed", "amount_claimed", "9000.50", None),
            ("cases", first, "changed", "date_first_response", "2026-10-15", "2026-10-16"),
            ("placements", "PS / DOM / PtoP / L", "removed", None, None, None),
        ],
        key=str,
    )


def test_an_old_submissions_difference_stays_what_it_was(any_engine):
    numbers = [
        keep(any_engine, {"cases": rows(CASES, {"people": people})}).submission
        for people in (1, 2, 3)
    ]
    undo(any_engine, numbers[2])
    again = keep(any_engine, {"cases": rows(CASES, {"people": 9})}).submission
    seen = [difference(any_engine, one).select("before", "after").rows() for one in numbers]
    assert seen == [[(None, None)], [("1", "2")], [("2", "3")]]
    assert difference(any_engine, again).select("before", "after").rows() == [("2", "9")]


def test_an_undo_changes_back_what_it_undoes(any_engine):
    keep(any_engine, month())
    number = keep(
        any_engine, month(cases=rows(CASES, {"people": 7}, {"case_id": "RUH-2026-00002"}))
    ).submission
    done = undo(any_engine, number)
    assert sorted(difference(any_engine, done.by).rows()) == [
        ("cases", "RUH-2026-00001", "changed", "people", "7", "1"),
        ("cases", "RUH-2026-00002", "removed", None, None, None),
    ]


def test_jakartas_own_changes_are_told_with_their_month(any_engine):
    keep(any_engine, rate(4350), post=CENTRAL)
    number = keep(any_engine, rate(4400), post=CENTRAL).submission
    assert difference(any_engine, number).rows() == [
        ("fx_rates", "2026-10 / SAR", "changed", "idr_per_unit", "4350.000000", "4400.000000")
    ]


def test_the_months_summary_has_its_month_as_key(sqlite_engine):
    number = keep(sqlite_engine, month()).submission
    found = difference(sqlite_engine, number).filter(pl.col("table") == "monthly_summary")
    assert found["key"].to_list() == ["2026-10"]


def test_the_differences_of_all_submissions_are_as_many_as_they_say(sqlite_engine):
    keep(sqlite_engine, september(), period=SEPTEMBER)
    keep(sqlite_engine, month())
    keep(sqlite_engine, month(cases=rows(CASES, {"people": 3}, {"case_id": "RUH-2026-00007"})))
    for row in history(sqlite_engine, None).iter_rows(named=True):
        found = difference(sqlite_engine, row["number"]).unique(["table", "key"])
        counted = dict(found["kind"].value_counts().rows())
        for kind in ("added", "changed", "removed"):
            assert counted.get(kind, 0) == row[f"rows_{kind}"], (row["number"], kind)


def test_an_unknown_number_is_told(any_engine):
    with pytest.raises(RefusedNumber) as refused:
        difference(any_engine, 41)
    assert refused.value.code == "E-NUMBER"
    assert "41" in refused.value.text.indonesian
