"""The workbook that already has what a post need not retype, and its way back."""

import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert

from data_access.central import CENTRAL
from data_access.database import engine_for
from data_access.demo.load import build
from data_access.intake.checks.checking import check
from data_access.intake.reading.files import read_file
from data_access.intake.workbooks.prefill import write_prefilled
from data_access.intake.workbooks.workbook import write_template
from data_access.migrate import migrate
from data_access.sheets import AGENCIES, BY_TABLE, CASES, JOB_ORDERS, SHEETS, SUMMARY
from data_access.tables import SHEET_TABLES
from tests.data_access.intake.builders import DEFAULTS, cell, month, rows, workbook
from tests.data_access.intake.imports import take_in
from tests.installation import Installation

NEXT, NEXT_TODAY = date(2026, 11, 1), date(2026, 12, 8)
STATE = [sheet.table for sheet in SHEETS if not sheet.whole_month]


def fill_summary(path: Path) -> None:
    """Type in the month's one row: the least that a post has to add."""
    book = openpyxl.load_workbook(path)
    page = book[SUMMARY.name]
    for name, value in DEFAULTS[SUMMARY.table].items():
        page[cell(page, SUMMARY, name)] = value
    book.save(path)


def changes(report, tables=STATE) -> set[tuple[int, int, int]]:
    """Return how many rows were added, changed and removed, over some sheets."""
    each = (report.outcome.changes[table] for table in tables)
    return {(one.added, one.changed, one.removed) for one in each}


@pytest.fixture(scope="module")
def simulated(tmp_path_factory) -> Engine:
    """Return a database with small DATA SIMULASI up to October 2026; nothing is written to it."""
    engine = engine_for(f"sqlite:///{tmp_path_factory.mktemp('simulated') / 'atnaker.db'}")
    migrate(engine)
    last = NEXT - timedelta(days=1)
    build(engine, seed=7, scale=0.3, last_month=last, progress=lambda *_: None)
    return engine


@pytest.mark.parametrize("post", ["RUH", "HKG", "DOH"])
def test_a_prefilled_workbook_sent_back_changes_nothing(simulated, tmp_path, post):
    path = tmp_path / "terisi.xlsx"
    known = write_prefilled(simulated, post, NEXT, path)
    assert all(known[table].height for table in ("cases", "job_orders", "agencies"))
    fill_summary(path)

    report = take_in(path, simulated, today=NEXT_TODAY, dry_run=True)

    assert report.accepted
    assert changes(report) == {(0, 0, 0)}
    assert not {"W-MISSING", "W-REOPENED"} & {f.code for f in report.findings}
    for table, frame in known.items():
        assert report.outcome.changes[table].unchanged == frame.height


def test_a_changed_status_changes_that_row_and_no_other(simulated, tmp_path):
    path = tmp_path / "terisi.xlsx"
    known = write_prefilled(simulated, "RUH", NEXT, path)["cases"]
    fill_summary(path)
    book = openpyxl.load_workbook(path)
    page = book["Kasus"]
    changed = known["status"].to_list().index("in_progress")
    page[cell(page, CASES, "status", changed + 2)] = "Dirujuk"
    book.save(path)

    report = take_in(path, simulated, today=NEXT_TODAY, dry_run=True)

    assert changes(report, ["cases"]) == {(0, 1, 0)}
    assert changes(report, [t for t in STATE if t != "cases"]) == {(0, 0, 0)}


@pytest.fixture
def reported(any_engine, tmp_path) -> Engine:
    """Return a database in which Riyadh has sent its October."""
    closed = {"status": "closed", "outcome": "withdrawn", "date_closed": date(2026, 10, 20)}
    orders = {
        "0001": {},
        "0002": {"status": "received", "date_verified": None, "valid_until": None},
        "0003": {"filled": 50},
        "0004": {"valid_until": date(2026, 10, 31)},
        "0005": {"status": "rejected", "date_verified": None},
        "0006": {"status": "permit_issued", "valid_until": None},
        "0007": {"status": "expired"},
        "0008": {"valid_until": date(2026, 11, 1)},
        "0009": {"status": "returned", "date_verified": None},
    }
    sent = month(
        cases=rows(CASES, {}, {"case_id": "RUH-2026-00002", **closed}),
        job_orders=rows(
            JOB_ORDERS, *({"jo_id": f"RUH-JO-2026-{n}", **one} for n, one in orders.items())
        ),
        agencies=rows(AGENCIES, {}, {"agency_code": "RUH-M0002", "list_status": "problem"}),
    )
    assert take_in(workbook(tmp_path, sent), any_engine).accepted
    return any_engine


def test_open_cases_running_orders_and_all_agencies_are_known(reported):
    known = write_prefilled(reported, "RUH", NEXT, BytesIO())

    assert set(known) == {"cases", "job_orders", "agencies"}
    assert known["cases"]["case_id"].to_list() == ["RUH-2026-00001"]
    assert known["agencies"]["agency_code"].to_list() == ["RUH-M0001", "RUH-M0002"]
    running = [number.removeprefix("RUH-JO-2026-") for number in known["job_orders"]["jo_id"]]
    assert running == ["0001", "0002", "0006", "0008", "0009"]


def test_what_came_after_the_month_is_not_in_its_workbook(reported):
    known = write_prefilled(reported, "RUH", date(2026, 9, 1), BytesIO())

    assert known["cases"].is_empty()
    assert known["job_orders"].is_empty()


def test_another_post_and_jakarta_get_none_of_it(reported, tmp_path):
    others = write_prefilled(reported, "SIN", NEXT, BytesIO())
    assert all(frame.is_empty() for frame in others.values())
    assert write_prefilled(reported, CENTRAL, NEXT, tmp_path / "pusat.xlsx") == {}
    assert "Sasaran" in openpyxl.load_workbook(tmp_path / "pusat.xlsx").sheetnames


def test_the_guide_says_what_is_filled_in_and_as_of_when(reported, tmp_path):
    write_prefilled(reported, "RUH", NEXT, tmp_path / "terisi.xlsx")

    page = openpyxl.load_workbook(tmp_path / "terisi.xlsx")["Petunjuk"]
    said = [cell.value for cell in page["B"] if cell.value]
    (indonesian,) = (words for words in said if words.startswith("SUDAH TERISI"))
    (english,) = (words for words in said if words.startswith("ALREADY FILLED IN"))
    assert "1 kasus yang belum selesai, 5 job order yang masih berjalan, dan 2 mitra" in indonesian
    assert "kiriman nomor 1 (diterima 2026-11-08)" in indonesian
    assert "cases not yet ended (1), running job orders (5) and agencies (2)" in english
    assert "submission 1 (received 2026-11-08)" in english


def test_cells_that_tell_which_row_it_is_are_grey_and_locked_and_the_others_free(
    reported, tmp_path
):
    write_prefilled(reported, "RUH", NEXT, tmp_path / "terisi.xlsx")
    book = openpyxl.load_workbook(tmp_path / "terisi.xlsx")
    for sheet in (CASES, JOB_ORDERS, AGENCIES):
        page = book[sheet.name]
        known = [
            field.name for field in sheet.fields if locked(page[cell(page, sheet, field.name)])
        ]
        assert known == [
            field.name
            for field in sheet.fields
            if field.name in (*sheet.key, "date_reported", "date_received")
        ]


def locked(cell) -> bool:
    """Return whether a cell is grey and locked; it must not be one without the other."""
    grey = cell.fill.fgColor.rgb == "FFE7E6E6"
    if cell.value is not None:
        assert cell.protection.locked == grey
    return grey


# Words as the intake keeps them: composed, single spaces, nothing invisible.
LETTERS = st.characters(categories=["Lu", "Ll", "Lo", "Sc", "Po", "Pd"], exclude_characters="<>@")
STARTS = st.sampled_from(["", "=", "'", '"', "=1+", "'=", "ﬁ", "é", "中", "Ünï", "#", "_x0041_"])
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
MONEY = st.decimals(0, 10**12, places=2)


@st.composite
def words(draw, longest: int) -> str:
    drawn = "A" + draw(STARTS) + draw(st.text(LETTERS, max_size=longest - 12)) + "z"
    if draw(st.booleans()):
        drawn = drawn[1:]
    return " ".join(unicodedata.normalize("NFC", drawn).split())


@st.composite
def agencies(draw) -> dict:
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return {
        "agency_name": draw(words(110)),
        "host_license_until": draw(DAYS),
        "registration_until": draw(DAYS),
        "sanction_from": draw(st.sampled_from([first, None])),
        "sanction_until": draw(st.sampled_from([last, None])),
    }


@st.composite
def cases(draw) -> dict:
    day = draw(st.dates(date(1990, 1, 1), date(2026, 11, 30)))
    return {
        "date_reported": day,
        "date_first_response": draw(st.sampled_from([day, None])),
        "amount_claimed": draw(MONEY | st.none()),
        "amount_recovered": draw(MONEY | st.none()),
        "in_shelter": draw(st.sampled_from([True, False, None])),
        "agency_code": draw(st.sampled_from(["RUH-M0001", None])),
        "people": draw(st.integers(1, 10_000_000)),
        "request": draw(st.sampled_from(["pay_rights", None])),
    }


@st.composite
def orders(draw) -> dict:
    return {
        "occupation": draw(words(50)),
        "kbji": draw(st.sampled_from(["0110", "9999", None])),
        "wage": draw(MONEY | st.none()),
        "date_received": draw(st.dates(date(1990, 1, 1), date(2026, 11, 30))),
        "date_verified": None,
        "valid_until": draw(DAYS | st.none()),
    }


def numbered(name: str, form: str, drawn: list[dict]) -> list[dict]:
    return [{**one, name: form.format(number)} for number, one in enumerate(drawn, start=1)]


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(agencies(), min_size=12, max_size=16),
    st.lists(cases(), min_size=12, max_size=16),
    st.lists(orders(), min_size=12, max_size=16),
)
def test_awkward_rows_come_back_as_they_went_out(tmp_path_factory, drawn, cases, orders):
    sent = {
        "agencies": rows(AGENCIES, *numbered("agency_code", "RUH-M{:04}", drawn)),
        "cases": rows(CASES, *numbered("case_id", "RUH-2026-{:05}", cases)),
        "job_orders": rows(JOB_ORDERS, *numbered("jo_id", "RUH-JO-2026-{:04}", orders)),
    }
    path = tmp_path_factory.mktemp("awkward") / "terisi.xlsx"
    write_template("RUH", NEXT, path, sent | {"monthly_summary": rows(SUMMARY, {})})
    file = read_file(path.name, path.read_bytes(), post=None, month=None)
    period = pl.lit(NEXT).alias("period")
    known = {
        sheet.table: sent.get(sheet.table, rows(sheet)).with_columns(period) for sheet in SHEETS
    }

    back = check(file, today=NEXT_TODAY, known=known)

    assert [f for f in back.findings if f.severity == "error"] == []
    for table, frame in sent.items():
        assert back.frames[table].equals(frame), table


AWKWARD = {
    "agencies": [
        {"agency_code": "RUH-M0001", "agency_name": '=HYPERLINK("x")'},
        {"agency_code": "RUH-M0002", "agency_name": "'kutip' \"ganda\" 中文 é"},
        {"agency_code": "RUH-M0003", "host_license_until": date(2100, 12, 31)},
    ],
    "cases": [
        {"date_reported": date(1990, 1, 1), "date_first_response": None, "in_shelter": False},
        {"case_id": "RUH-2026-1234567", "amount_claimed": Decimal("999999999999.99")},
        {"case_id": "RUH-2026-00003", "amount_claimed": Decimal("0.01"), "in_shelter": None},
    ],
    "job_orders": [{"occupation": "-1", "kbji": "0110", "wage": Decimal("0.10")}],
}


def test_awkward_rows_on_record_are_not_changed_by_their_way_out_and_back(any_engine, tmp_path):
    assert take_in(workbook(tmp_path, {"monthly_summary": rows(SUMMARY, {})}), any_engine).accepted
    with any_engine.begin() as connection:
        for table, given_rows in AWKWARD.items():
            kept = rows(BY_TABLE[table], *given_rows).with_columns(
                post_code=pl.lit("RUH"), submission=pl.lit(1), removed=pl.lit(False)
            )
            connection.execute(insert(SHEET_TABLES[table]), kept.to_dicts())
    path = tmp_path / "terisi.xlsx"
    write_prefilled(any_engine, "RUH", NEXT, path)
    fill_summary(path)

    report = take_in(path, any_engine, today=NEXT_TODAY)

    assert report.accepted
    assert changes(report) == {(0, 0, 0)}
    assert report.outcome.changes["cases"].unchanged == 3


@pytest.fixture
def place(tmp_path):
    return Installation(tmp_path / "data")


def template(place: Installation, output: Path, *more: str, **settings: str):
    asked = ("--post", "RUH", "--month", "2026-11", "--output", output)
    return place.run("template", *asked, *more, **settings)


def filled_rows(path: Path) -> int:
    return (
        sum(any(cells) for cells in openpyxl.load_workbook(path)["Mitra"].values) - 1
    )  # the headings


def test_the_command_writes_what_is_known_and_leaves_it_out_when_asked(place, tmp_path):
    migrate(engine := place_engine(place))
    assert take_in(workbook(tmp_path), engine).accepted

    done = template(place, tmp_path / "a.xlsx")
    assert done.returncode == 0, done.stderr
    assert "Kasus 1, JobOrder 1, Mitra 1" in done.stdout
    assert filled_rows(tmp_path / "a.xlsx") == 1

    assert template(place, tmp_path / "b.xlsx", "--blank").returncode == 0
    assert filled_rows(tmp_path / "b.xlsx") == 0


def place_engine(place: Installation) -> Engine:
    place.folder.mkdir(parents=True, exist_ok=True)
    return place.engine


def test_without_a_database_the_template_is_blank_and_none_is_made(place, tmp_path):
    done = template(place, tmp_path / "a.xlsx")
    assert done.returncode == 0, done.stderr
    assert filled_rows(tmp_path / "a.xlsx") == 0
    assert not list(place.folder.glob("*.db*"))


def test_without_an_answer_of_the_database_the_template_is_blank_and_that_is_said(place, tmp_path):
    away = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    done = template(place, tmp_path / "a.xlsx", DATABASE_URL=away)
    assert done.returncode == 0, done.stderr
    assert "templat ini kosong" in done.stderr
    assert filled_rows(tmp_path / "a.xlsx") == 0
