"""Words in place of a code in whole files: read, told, resolved once and remembered."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from sqlalchemy import select

from data_access import reference
from data_access.access import LEADERSHIP, Reader
from data_access.errors import NoAccess, ReaderError
from data_access.fields import AGENCY
from data_access.intake.storing.names import (
    choices,
    forget,
    listed,
    remember,
    remembered,
)
from data_access.intake.words.naming import suggested
from data_access.sheets import (
    AGENCIES,
    CASES,
    DOCUMENTS,
    JOB_ORDERS,
    PLACEMENTS,
    REVIEWS,
)
from data_access.tables import spellings
from metrics.text import Text
from tests.data_access.intake.builders import month, rows, with_cell, workbook
from tests.data_access.intake.imports import NOW, counts, september, stored, take_in
from tests.installation import Installation

HOUSE = {"post": "RUH", "code_list": "sector", "words": "Rumah tangga"}
SAID = {"who": LEADERSHIP, "now": NOW}
SECOND = {"agency_code": "RUH-M0002", "agency_name": "PT Maju Jaya"}


def agencies(*more: dict) -> pl.DataFrame:
    """Return rows of the sheet Mitra: the usual agency and others."""
    return rows(AGENCIES, {}, *more)


def case(words: object) -> dict[str, pl.DataFrame]:
    """Return a month whose one case names its agency with these words."""
    return month(cases=rows(CASES, {"agency_code": words}))


def found(report, code: str) -> list:
    return [finding for finding in report.findings if finding.code == code]


# Whole files


def test_an_agency_of_the_same_file_is_known_by_its_name(tmp_path, any_engine):
    tables = month(
        agencies=agencies(SECOND),
        cases=rows(CASES, {"agency_code": None}, {"case_id": "RUH-2026-00002"}),
    )
    path = workbook(tmp_path, tables, change=with_cell(CASES, "agency_code", "Maju Jaya PT"))
    report = take_in(path, any_engine)

    assert report.accepted
    [told] = found(report, "W-NAME")
    assert (told.sheet, told.rows, told.value) == ("Kasus", (2,), "Maju Jaya PT")
    assert told.reason.indonesian == "dibaca sebagai RUH-M0002"
    assert list(stored(any_engine, "cases")["agency_code"]) == ["RUH-M0002", "RUH-M0001"]


def test_an_agency_on_record_is_known_by_its_name_at_its_own_post_alone(tmp_path, any_engine):
    before = september(agencies=agencies(SECOND))
    assert take_in(
        workbook(tmp_path, before, period=datetime(2026, 9, 1).date()), any_engine
    ).accepted

    report = take_in(workbook(tmp_path, case("PT. Maju Jaya")), any_engine)
    assert report.accepted
    assert list(stored(any_engine, "cases")["agency_code"])[-1] == "RUH-M0002"

    other = month(
        cases=rows(CASES, {"case_id": "SIN-2026-00001", "agency_code": "PT. Maju Jaya"}),
        agencies=rows(AGENCIES, {"agency_code": "SIN-M0001"}),
        agency_assessments=month()["agency_assessments"].clear(),
        worker_reviews=month()["worker_reviews"].clear(),
        job_orders=month()["job_orders"].clear(),
    )
    refused = take_in(workbook(tmp_path, other, post="SIN"), any_engine)
    [finding] = found(refused, "E-NAME")
    assert finding.value == "PT. Maju Jaya"


def test_a_new_name_and_the_name_on_record_both_hold(tmp_path, sqlite_engine):
    before = september(agencies=agencies(SECOND))
    assert take_in(
        workbook(tmp_path, before, period=datetime(2026, 9, 1).date()), sqlite_engine
    ).accepted
    renamed = agencies({**SECOND, "agency_name": "PT Cahaya"})

    for words in ("PT Cahaya", "PT Maju Jaya"):
        report = take_in(
            workbook(tmp_path, case(words) | {"agencies": renamed}), sqlite_engine, dry_run=True
        )
        assert report.accepted, words


def test_every_column_of_agencies_reads_names(tmp_path, sqlite_engine):
    def change(book):
        for sheet in (PLACEMENTS, REVIEWS, DOCUMENTS, JOB_ORDERS, CASES):
            with_cell(sheet, "agency_code", "contoh mitra satu SIMULASI")(book)

    report = take_in(workbook(tmp_path, change=change), sqlite_engine)

    assert report.accepted
    assert {finding.sheet for finding in found(report, "W-NAME")} == {
        sheet.name for sheet in (PLACEMENTS, REVIEWS, DOCUMENTS, JOB_ORDERS, CASES)
    }
    assert stored(sqlite_engine, "placements")["agency_code"].to_list() == ["RUH-M0001"]


def test_a_long_unknown_name_is_told_whole_so_that_it_can_be_remembered(tmp_path, sqlite_engine):
    words = "Agensi " + "panjang " * 12
    change = with_cell(CASES, "agency_code", words)
    [finding] = found(take_in(workbook(tmp_path, change=change), sqlite_engine), "E-NAME")

    assert (finding.value, finding.code_list) == (words.strip(), AGENCY)


# Remembered


@pytest.fixture
def filled(tmp_path, any_engine):
    """Return a database in which an October of RUH is on record."""
    assert take_in(workbook(tmp_path), any_engine).accepted
    return any_engine


def test_words_resolved_once_are_accepted_from_then_on(tmp_path, filled):
    path = workbook(tmp_path, change=with_cell(CASES, "sector_code", "Rumah tangga"))
    [finding] = found(take_in(path, filled), "E-CODE")
    assert (finding.code_list, finding.value) == ("sector", "Rumah tangga")
    before = counts(filled)

    remember(filled, post="RUH", code_list="sector", words=finding.value, code="LAI", **SAID)
    assert counts(filled) == before | {"spellings": 1}

    report = take_in(path, filled)
    assert report.accepted
    assert not found(report, "W-NAME")
    assert stored(filled, "cases")["sector_code"].to_list() == ["LAI"]

    rows_then = stored(filled, "cases")
    forget(filled, **HOUSE, **SAID)
    assert stored(filled, "cases").equals(rows_then)
    [finding] = found(take_in(path, filled, dry_run=True), "E-CODE")
    assert finding.value == "Rumah tangga"


def test_a_name_resolved_once_is_accepted_from_then_on(tmp_path, filled):
    path = workbook(tmp_path, change=with_cell(CASES, "agency_code", "M. Satu"))
    [finding] = found(take_in(path, filled), "E-NAME")

    remember(filled, post="RUH", code_list=AGENCY, words=finding.value, code="RUH-M0001", **SAID)

    report = take_in(path, filled, dry_run=True)
    assert report.accepted
    assert not found(report, "W-NAME")


def test_another_post_is_not_affected(any_engine):
    remember(any_engine, **HOUSE, code="DOM", **SAID)

    with any_engine.connect() as connection:
        assert remembered(connection, "RUH").code("sector", "rumah-TANGGA") == "DOM"
        assert remembered(connection, "SIN").code("sector", "rumah tangga") is None
    assert listed(any_engine, "SIN").is_empty()


def test_the_last_word_holds_and_earlier_ones_stay_on_record(any_engine):
    for hour, code in enumerate(["DOM", "DOM", "JAS"]):
        then = NOW + timedelta(hours=hour)
        remember(any_engine, **HOUSE, code=code, who=LEADERSHIP, now=then)
    other = {"post": "RUH", "code_list": "gender", "words": "Perempuan"}
    remember(any_engine, **other, code="P", **SAID)

    held = listed(any_engine, "RUH")
    assert held.columns == ["code_list", "words", "code", "remembered_at", "remembered_by"]
    assert held.rows() == [
        ("gender", "perempuan", "P", NOW, "pimpinan"),
        ("sector", "rumah tangga", "JAS", NOW + timedelta(hours=2), "pimpinan"),
    ]
    forget(any_engine, **HOUSE | {"words": "RUMAHTANGGA"}, **SAID)
    assert listed(any_engine, "RUH")["code_list"].to_list() == ["gender"]
    with any_engine.connect() as connection:
        codes = connection.scalars(select(spellings.c.code).order_by(spellings.c.id)).all()
    assert codes == ["DOM", "JAS", "P", ""]


def test_a_time_with_a_zone_is_kept_in_utc(sqlite_engine):
    jakarta = NOW.astimezone(datetime(2026, 1, 1, tzinfo=UTC).astimezone().tzinfo)
    remember(sqlite_engine, **HOUSE, code="DOM", who=LEADERSHIP, now=jakarta)

    assert listed(sqlite_engine, "RUH")["remembered_at"].to_list() == [NOW]


def test_official_words_need_not_be_remembered(sqlite_engine):
    remember(sqlite_engine, post="RUH", code_list="sector", words="konstruksi", code="KON", **SAID)

    assert listed(sqlite_engine, "RUH").is_empty()


REFUSED = [
    ({"post": "XXX"}, "There is no post XXX."),
    ({"post": "PUSAT"}, "There is no post PUSAT."),
    ({"code_list": "post"}, "There is no list post. Choose one of: estimate_source, "),
    ({"code": "A1"}, "The list sector has no code A1. Choose one of: KES (Health & care); "),
    ({"code": ""}, "The list sector has no code "),
    ({"words": "konstruksi"}, "These words mean Construction already"),
    ({"words": " .-! "}, "Words to remember must hold letters or digits, 120 of them at most."),
    ({"words": "x" * 121}, "Words to remember must hold letters or digits"),
    ({"words": "A1234567"}, "These words may not be remembered: the cell looks like"),
    ({"words": "0812-3456-7890"}, "These words may not be remembered: the cell looks like"),
    ({"words": "a@contoh.example"}, "These words may not be remembered: the cell looks like"),
    ({"code_list": AGENCY, "code": "RUH-M0009"}, "Post RUH has no agency RUH-M0009 yet."),
    ({"code_list": AGENCY, "code": "DOM"}, "Post RUH has no agency DOM yet."),
]


def test_what_may_not_be_remembered_is_refused_in_plain_words(sqlite_engine):
    before = counts(sqlite_engine)

    for how, told in REFUSED:
        with pytest.raises(ReaderError) as refused:
            remember(sqlite_engine, **HOUSE | {"code": "DOM"} | how, **SAID)
        assert refused.value.text.english.startswith(told), how
        assert refused.value.text.indonesian != refused.value.text.english
    assert counts(sqlite_engine) == before


def test_an_agencys_name_or_code_cannot_be_given_to_another(tmp_path, sqlite_engine):
    tables = month(agencies=agencies(SECOND))
    assert take_in(workbook(tmp_path, tables), sqlite_engine).accepted
    given = {"post": "RUH", "code_list": AGENCY, "code": "RUH-M0001"}

    for words, meant in {
        "pt maju jaya": "RUH-M0002",
        "sin-m0001": "SIN-M0001",
        " p3-0001": "P3-0001",
    }.items():
        with pytest.raises(ReaderError, match=f"These words mean {meant} already"):
            remember(sqlite_engine, **given, words=words, **SAID)


@pytest.mark.parametrize(
    "who",
    [
        Reader("pembaca", posts=None, sees_cases=True),
        Reader("pos lain", posts=("SIN",), sees_cases=True, may_send=True),
    ],
)
def test_who_may_not_send_may_neither_remember_nor_forget(sqlite_engine, who):
    remember(sqlite_engine, **HOUSE, code="DOM", **SAID)
    before = counts(sqlite_engine)

    with pytest.raises(NoAccess):
        remember(sqlite_engine, **HOUSE, code="KON", who=who, now=NOW)
    with pytest.raises(NoAccess):
        forget(sqlite_engine, **HOUSE, who=who, now=NOW)
    assert counts(sqlite_engine) == before


def test_what_is_not_remembered_cannot_be_forgotten(sqlite_engine):
    with pytest.raises(ReaderError, match="are not remembered for the list sector at post RUH"):
        forget(sqlite_engine, **HOUSE, **SAID)


# For the screen


def test_the_choices_of_a_list_are_its_codes_with_their_words(sqlite_engine):
    assert choices(sqlite_engine, "RUH", "sector") == reference.code_lists()["sector"]
    assert choices(sqlite_engine, "RUH", AGENCY) == {}
    with pytest.raises(ReaderError):
        choices(sqlite_engine, "RUH", "indicator")


def test_the_choices_of_agencies_are_those_of_the_post(tmp_path, sqlite_engine):
    assert take_in(workbook(tmp_path), sqlite_engine).accepted
    name = "Contoh Mitra Satu (simulasi)"

    assert choices(sqlite_engine, "RUH", AGENCY) == {"RUH-M0001": Text(name, name)}
    assert choices(sqlite_engine, "SIN", AGENCY) == {}


def test_the_best_suggestion_comes_first_and_nothing_far_is_suggested():
    offered = reference.code_lists()["outcome"]

    assert suggested("Hak terpenuhi sebagan", offered)[0] == "rights_part"
    assert suggested("rights met in full", offered, most=1) == ["rights_full"]
    assert suggested("zzzzzz", offered) == []
    assert suggested("", offered) == []
    assert suggested("hak", {}) == []


# The command line


def test_names_are_listed_remembered_and_forgotten_on_the_command_line(tmp_path):
    place = Installation(tmp_path / "data")
    of_post = ("--post", "RUH")
    words = (*of_post, "--list", "sector", "--words", "Rumah tangga")

    done = place.run("remember", *words, "--code", "DOM")
    assert (done.returncode, done.stderr) == (0, "")
    assert "“Rumah tangga” = DOM (Pekerja domestik)" in done.stdout

    done = place.run("--language", "en", "names", *of_post)
    assert done.stdout.startswith("sector: “rumah tangga” = DOM (Domestic work), 20")

    done = place.run("remember", *words, "--code", "XYZ")
    assert done.returncode == 2
    assert "Kode XYZ tidak ada dalam daftar sector" in done.stderr
    assert "Traceback" not in done.stderr

    done = place.run("forget", *words)
    assert done.returncode == 0
    assert done.stdout.startswith("Dilupakan untuk pos RUH, daftar sector: “Rumah tangga”.")
    assert listed(place.engine, "RUH").is_empty()
