"""Files that are not taken in are recorded: who, when and why, and never what a cell says."""

import pytest
from sqlalchemy import select

from data_access.access import Reader
from data_access.database import engine_for
from data_access.errors import NoAccess, RefusedFile
from data_access.intake.importing import import_bytes
from data_access.intake.report import lines, refusal_line
from data_access.tables import refused_files
from tests.data_access.intake.builders import MONTH, POST, TODAY
from tests.data_access.intake.imports import NOW, counts, take_in

CSV = {"post": POST, "month": MONTH}
HEADINGS = (
    "Kode mitra;Jenis pemberi kerja;Sektor;Skema penempatan;Jenis kelamin;"
    "Jumlah PMI tiba/ditempatkan\n"
)
SECRET = "A1234567"  # like a passport


def recorded(engine) -> list[dict]:
    with engine.connect() as connection:
        query = select(refused_files).order_by(refused_files.c.id)
        return [dict(row) for row in connection.execute(query).mappings()]


def send(engine, words: str, name: str = "penempatan.csv", **way: object):
    way = {"today": TODAY, "now": NOW} | CSV | way
    return import_bytes(name, words.encode(), engine=engine, **way)


def test_a_faulty_file_is_recorded_with_its_first_fault(any_engine):
    before = counts(any_engine)
    report = send(any_engine, HEADINGS + f";PS;{SECRET};PtoP;P;x\n;PS;DOM;PtoP;P;-1\n")
    assert not report.accepted
    assert counts(any_engine) == before
    (row,) = recorded(any_engine)
    errors = [one for one in report.findings if one.severity == "error"]
    assert (row["code"], row["faults"]) == (errors[0].code, len(errors))
    assert (row["post_code"], row["period"]) == (POST, MONTH)
    assert (row["sent_by"], row["file_name"]) == ("pimpinan", "penempatan.csv")
    assert row["received_at"] == NOW.replace(tzinfo=None)
    said = lines(report, "id")[1:]
    assert [one.rsplit(" (", 1)[1] for one in said] == [f"{f.code})" for f in report.findings]


def test_no_value_of_a_cell_is_recorded(any_engine):
    send(any_engine, HEADINGS + f"{SECRET};{SECRET};{SECRET};{SECRET};{SECRET};{SECRET}\n")
    (row,) = recorded(any_engine)
    assert SECRET not in repr(row)


@pytest.mark.parametrize(
    ("name", "content", "way", "code", "post"),
    [
        ("a.csv", "", {}, "E-EMPTY", POST),
        ("a.csv", "nothing;known\n1;2\n", {}, "E-HEADER", POST),
        ("a.csv", HEADINGS + ";PS;DOM;PtoP;P;1\n", {"post": None, "month": None}, "E-POST", ""),
        ("a.pdf", "x", {}, "E-EXT", POST),
    ],
)
def test_a_file_refused_as_a_whole_is_recorded_with_its_code(
    any_engine, name, content, way, code, post
):
    with pytest.raises(RefusedFile) as told:
        send(any_engine, content, name, **way)
    assert told.value.code == code
    (row,) = recorded(any_engine)
    assert (row["code"], row["faults"], row["post_code"]) == (code, 0, post)
    assert refusal_line(name, told.value).indonesian.endswith(f" ({code})")


def test_a_month_that_has_not_ended_is_recorded_for_its_post(any_engine):
    with pytest.raises(RefusedFile):
        send(any_engine, HEADINGS + ";PS;DOM;PtoP;P;1\n", today=MONTH)
    (row,) = recorded(any_engine)
    assert (row["code"], row["post_code"], row["period"]) == ("E-PERIOD", POST, MONTH)


def test_a_file_too_large_to_read_is_recorded(sqlite_engine, tmp_path):
    large = tmp_path / "besar.xlsx"
    large.write_bytes(b"0" * 20_000_001)
    with pytest.raises(RefusedFile):
        take_in(large, sqlite_engine)
    (row,) = recorded(sqlite_engine)
    assert (row["code"], row["file_name"]) == ("E-SIZE", "besar.xlsx")


def test_who_may_not_send_is_recorded_with_the_post_of_the_file(any_engine):
    reader = Reader("jeddah", posts=("JED",), sees_cases=True, may_send=True)
    with pytest.raises(NoAccess):
        send(any_engine, HEADINGS + ";PS;DOM;PtoP;P;1\n", who=lambda: reader)
    (row,) = recorded(any_engine)
    assert (row["code"], row["sent_by"], row["post_code"]) == ("E-ACCESS", "jeddah", POST)


def test_an_accepted_file_is_not_among_them(any_engine):
    assert send(any_engine, HEADINGS + ";PS;DOM;PtoP;P;1\n").accepted
    assert recorded(any_engine) == []


@pytest.mark.parametrize(
    "url", ["sqlite:////none/gone.db", "postgresql+psycopg://nobody@127.0.0.1:1/none"]
)
def test_the_answer_is_the_same_when_the_database_is_away(url):
    with pytest.raises(RefusedFile) as told:
        send(engine_for(url), "nothing;known\n1;2\n")
    assert told.value.code == "E-HEADER"


def test_the_answer_is_the_same_when_there_are_no_tables_yet(tmp_path):
    engine = engine_for(f"sqlite:///{tmp_path / 'new.db'}")
    with pytest.raises(RefusedFile) as told:
        send(engine, "nothing;known\n1;2\n")
    engine.dispose()
    assert told.value.code == "E-HEADER"
