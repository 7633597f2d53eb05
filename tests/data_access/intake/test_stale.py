"""Between the dry run that a sender saw and the storing: other imports, and lost rights."""

from dataclasses import replace

import pytest

from data_access import access
from data_access.access import Reader
from data_access.errors import NoAccess, RefusedFile
from data_access.intake.storing.undoing import undo
from data_access.received import history
from data_access.sheets import CASES
from tests.data_access.intake.builders import MONTH, POST, month, rows
from tests.data_access.intake.imports import SEPTEMBER, counts, keep, september, stored, take_in

RIYADH = Reader("riyadh", posts=("RUH",), sees_cases=True, may_send=True)
CSV = {"post": POST, "month": MONTH}


@pytest.fixture
def sheet(tmp_path):
    """One csv sheet, the quickest file to read."""
    path = tmp_path / "penempatan.csv"
    path.write_text(
        "Kode mitra;Jenis pemberi kerja;Sektor;Skema penempatan;Jenis kelamin;"
        "Jumlah PMI tiba/ditempatkan\n;PS;DOM;PtoP;P;21\n"
    )
    return path


def others(engine) -> None:
    keep(engine, {"cases": rows(CASES, {"people": 7})})


def test_data_that_changed_since_the_dry_run_keep_the_file_out(any_engine, sheet):
    seen = take_in(sheet, any_engine, dry_run=True, **CSV).seen
    others(any_engine)
    before = counts(any_engine)

    with pytest.raises(RefusedFile) as told:
        take_in(sheet, any_engine, seen=seen, **CSV)

    assert told.value.code == "E-STALE"
    assert counts(any_engine) == before


def test_an_import_that_commits_while_the_file_is_read_is_noticed(any_engine, sheet):
    """The other one lands at the last moment before the transaction: the lock is still free."""
    seen = take_in(sheet, any_engine, dry_run=True, **CSV).seen
    asked = []

    def who() -> Reader:
        asked.append(None)
        if len(asked) == 2:  # once for the record, once before the transaction
            others(any_engine)
        return RIYADH

    with pytest.raises(RefusedFile) as told:
        take_in(sheet, any_engine, seen=seen, who=who, **CSV)

    assert told.value.code == "E-STALE"
    assert stored(any_engine, "placements").is_empty()


def test_an_undo_since_the_dry_run_is_noticed_too(any_engine, sheet):
    number = keep(any_engine, month()).submission
    seen = take_in(sheet, any_engine, dry_run=True, **CSV).seen
    undo(any_engine, number)
    with pytest.raises(RefusedFile) as told:
        take_in(sheet, any_engine, seen=seen, **CSV)
    assert told.value.code == "E-STALE"


def test_a_second_dry_run_is_stored(any_engine, sheet):
    take_in(sheet, any_engine, dry_run=True, **CSV)
    others(any_engine)
    seen = take_in(sheet, any_engine, dry_run=True, **CSV).seen
    assert take_in(sheet, any_engine, seen=seen, **CSV).outcome.submission


def test_another_post_does_not_disturb(any_engine, sheet):
    seen = take_in(sheet, any_engine, dry_run=True, **CSV).seen
    keep(any_engine, {"cases": rows(CASES, {"case_id": "JED-2026-00001"})}, post="JED")
    assert take_in(sheet, any_engine, seen=seen, **CSV).outcome.submission


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_right_that_is_lost_before_the_transaction_keeps_the_file_out(any_engine, sheet, dry_run):
    keep(any_engine, september(), period=SEPTEMBER)
    before = counts(any_engine)
    answers = iter([RIYADH, RIYADH, replace(RIYADH, posts=("JED",))])

    with pytest.raises(NoAccess):
        take_in(sheet, any_engine, who=lambda: next(answers), dry_run=dry_run, **CSV)

    assert counts(any_engine) == before
    newest = history(any_engine, None).row(0, named=True)
    assert (newest["code"], newest["sent_by"], newest["post_code"]) == (
        "E-ACCESS",
        "riyadh",
        "RUH",
    )


def test_without_a_dry_run_nothing_is_stale(any_engine, sheet):
    others(any_engine)
    assert take_in(sheet, any_engine, who=access.reader, **CSV).outcome.submission
