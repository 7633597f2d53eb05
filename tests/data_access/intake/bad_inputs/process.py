"""What happens around a file: sent again, at once, too late, by someone who may not, taken back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import polars as pl
import pytest

from data_access.access import Reader
from data_access.errors import NoAccess
from data_access.intake.importing import import_bytes
from data_access.intake.storing.undoing import Conflict, undo
from data_access.sheets import ACTIVITIES, CASES, PLACEMENTS
from tests.data_access.intake.bad_inputs.bench import (
    FILE,
    NORMALISED,
    NOTHING,
    ROW,
    Answer,
    Bench,
    case_csv,
    line,
    verdict,
)
from tests.data_access.intake.builders import MONTH, POST, TODAY, month, rows, workbook
from tests.data_access.intake.imports import NOW, counts, keep, stored

RIYADH = Reader("riyadh", posts=(POST,), sees_cases=True, may_send=True)
OWN_ROW = case_csv(agency_code="")


class BrowserGone(BaseException):
    """What ends a screen's run when its browser has gone; no ordinary exception."""


def unchanged(bench: Bench, before: dict[str, int], answer: Answer) -> Answer:
    """Return the answer, after making sure that nothing was stored."""
    assert counts(bench.engine) == before
    return answer


def beside_others(bench: Bench, words: str) -> Answer:
    """Send a csv file beside others: what else is stored meanwhile is not looked at."""
    way = {"post": POST, "month": MONTH, "today": TODAY, "now": NOW}
    report = import_bytes("lembar.csv", words.encode(), engine=bench.engine, **way)
    return Answer(verdict(report), tuple(f.code for f in report.findings), report)


@line("B172", NOTHING)
def the_same_bytes_again(bench: Bench) -> Answer:
    first = bench.send_csv(OWN_ROW)
    before = counts(bench.engine)
    again = bench.send_csv(OWN_ROW)
    assert again.report.outcome.duplicate_of == first.report.outcome.submission
    return unchanged(bench, before, again)


@line("B173", NOTHING)
def the_same_rows_saved_again(bench: Bench) -> Answer:
    bench.send_book()
    before = counts(bench.engine)
    again = bench.send_book(lambda book: book.active.sheet_view.__setattr__("zoomScale", 80))
    assert again.report.outcome.duplicate_of is None
    assert again.report.outcome.total("unchanged") == 9
    return unchanged(bench, before, again)


@line("B184", NOTHING)
def the_same_file_by_two_at_once(bench: Bench) -> Answer:
    with ThreadPoolExecutor(2) as together:
        answers = list(together.map(lambda _: beside_others(bench, OWN_ROW), range(2)))
    assert counts(bench.engine)["submissions"] == 1
    (again,) = [one for one in answers if one.report.outcome.duplicate_of]
    return again


@line("B185", NORMALISED)
def two_files_of_one_post_at_once(bench: Bench) -> Answer:
    cases = OWN_ROW
    placements = (
        "Kode mitra;Jenis pemberi kerja;Sektor;Skema penempatan;Jenis kelamin;"
        "Jumlah PMI tiba/ditempatkan\n;PS;DOM;PtoP;P;21\n"
    )
    with ThreadPoolExecutor(2) as together:
        answers = list(together.map(lambda words: beside_others(bench, words), (cases, placements)))
    assert counts(bench.engine)["submissions"] == 2
    assert stored(bench.engine, "cases").height == stored(bench.engine, "placements").height == 1
    assert {one.verdict for one in answers} == {NORMALISED}
    return answers[1]


@line("B191", NOTHING)
def a_browser_closed_at_any_step(bench: Bench) -> Answer:
    """A closed browser ends the run at the next step that would be shown."""
    before = counts(bench.engine)
    for last in (0.0, 0.4, 0.7):

        def shown(_step: object, share: float, last: float = last) -> None:
            if share >= last:
                raise BrowserGone

        with pytest.raises(BrowserGone):
            bench.send_csv(OWN_ROW, progress=shown)
    assert counts(bench.engine) == before
    assert bench.send_csv(OWN_ROW).verdict == NORMALISED
    return Answer(NOTHING, ())


@line("B192", FILE, "E-SIZE")
def a_file_of_21_megabytes(bench: Bench) -> Answer:
    return bench.send("laporan.xlsx", b"PK" + b"0" * 21_000_000)


@line("B193", FILE, "E-LIMIT")
def a_small_file_that_is_large_when_read(bench: Bench) -> Answer:
    """One long text, kept once in the file, stands in thousands of cells."""

    activity = rows(ACTIVITIES, {"partner": "A" * 32_000})
    answer = bench.send_book(activities=pl.concat([activity] * 2500))
    assert bench.send_csv(OWN_ROW).verdict == NORMALISED  # this process lives
    return answer


@line(
    "B194",
    FILE,
    "E-STALE",
    otherwise="A file is stored whole or not at all, so the whole file waits for a new dry run.",
)
def data_that_changed_after_the_dry_run(bench: Bench) -> Answer:
    seen = bench.send_csv(OWN_ROW, dry_run=True).report.seen
    keep(bench.engine, {"cases": rows(CASES, {"people": 7})})
    return bench.send_csv(OWN_ROW, seen=seen)


@line("B195", ROW, "E-CONFLICT")
def an_undo_after_a_later_import_touched_its_rows(bench: Bench) -> Answer:
    number = keep(bench.engine, month()).submission
    keep(bench.engine, {"cases": rows(CASES, {"people": 7})}, whole=False)
    before = counts(bench.engine)
    with pytest.raises(Conflict) as told:
        undo(bench.engine, number)
    assert [row.indonesian for row in told.value.rows] == ["Kasus RUH-2026-00001"]
    return unchanged(bench, before, Answer(ROW, (told.value.code,)))


@line("B196", NOTHING)
def an_undo_clicked_twice(bench: Bench) -> Answer:
    number = keep(bench.engine, {"placements": rows(PLACEMENTS, {})}).submission
    undo(bench.engine, number)
    before = counts(bench.engine)
    assert undo(bench.engine, number).already
    return unchanged(bench, before, Answer(NOTHING, ()))


@line("B197", FILE, "E-ACCESS")
def a_right_taken_away_between_dry_run_and_storing(bench: Bench) -> Answer:
    path = workbook(bench.folder)
    seen = bench.send(path.name, path.read_bytes(), dry_run=True).report.seen
    # Asked for the record, before the transaction, and within it: only the last one is refused.
    answers = iter([RIYADH, RIYADH, replace(RIYADH, posts=("JED",))])
    before = counts(bench.engine)
    with pytest.raises(NoAccess) as told:
        bench.send(path.name, path.read_bytes(), seen=seen, who=lambda: next(answers))
    return unchanged(bench, before, Answer(FILE, (told.value.code,)))
