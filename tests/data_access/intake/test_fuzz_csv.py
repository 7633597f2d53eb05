"""Any bytes under the name of a csv file: they are read or refused, and no letter is lost."""

import codecs
import csv
import io
import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.errors import RefusedFile
from data_access.intake.opening.delimited import SEPARATORS, read
from data_access.intake.opening.raw import RawSheet
from data_access.intake.reading.files import placed
from data_access.intake.reading.left_out import NOT_DATA
from data_access.sheets import CASES, SHEETS
from tests.data_access.intake.bad_inputs.bench import case_csv

VALID = case_csv({"agency_code": None}, {"case_id": "RUH-2026-00002"}, {"people": 3})
SMALL = 'Nomor kasus;Tanggal lapor\na;"b"\n"c";d\n"e";"f"\ng;h\n'
MARKS = re.compile(r'[";,\t|\s]')
CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufffd"), max_size=9
)
PIECE = st.one_of(
    st.sampled_from(['"', '""', ";", ",", "\t", "|", "\n", "\r", "\r\n", "#", "=", " ", "sep=,\n"]),
    st.sampled_from(["\u202e", "\u200b", "é", "Ã©", "漢", "\ufeff", "JUMLAH", "Nomor kasus"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
)
LARGE = settings(max_examples=300, deadline=None, derandomize=True, database=None)


def outcome(content: bytes) -> RawSheet | None:
    """Return what was read, or None for a file that was refused with words in both languages."""
    raw, refused = None, None
    try:
        raw = read(content)
    except RefusedFile as error:
        refused = error
    if raw is None:
        assert refused.code.startswith("E-")
        assert refused.text.indonesian
        assert refused.text.english
        return None
    assert raw.texts.columns[0] == "row"
    assert raw.texts["row"].is_sorted()
    assert raw.texts["row"].is_unique().all()
    assert raw.numbers.shape == raw.texts.shape
    last = content.count(b"\n") + content.count(b"\r") + 1
    for finding in raw.findings:
        assert finding.rows
        assert max(finding.rows) <= last
        assert finding.column in ("", *raw.texts.columns)
    with suppress(RefusedFile):
        sheet, named, found = placed(raw)
        assert named.name == sheet.name
        assert found.fields
        assert {finding.sheet for finding in named.findings} <= {sheet.name}
    return raw


def letters(words: str) -> str:
    """Return words without what only keeps cells apart."""
    return MARKS.sub("", words)


def letters_of(raw: RawSheet) -> str:
    return letters(
        "".join(cell for row in raw.texts.drop("row").iter_rows() for cell in row if cell)
    )


@LARGE
@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"]))
def test_any_bytes_are_read_or_refused(content, start):
    outcome(start + content)


@LARGE
@given(st.data())
def test_bytes_changed_within_a_valid_file_are_read_or_refused(data):
    content = bytearray(VALID.encode(data.draw(st.sampled_from(["utf-8", "utf-16", "cp1252"]))))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 3))
        content[at : at + length] = data.draw(st.binary(max_size=4))
    outcome(bytes(content))


@LARGE
@given(st.data())
def test_no_letter_is_lost_whatever_marks_are_put_in(data):
    words = data.draw(st.sampled_from([VALID, SMALL]))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(words)))
        words = words[:at] + data.draw(PIECE) + words[at + data.draw(st.integers(0, 2)) :]
    raw = outcome(codecs.BOM_UTF8 + words.encode())
    if raw is None or re.match('"?sep=', words, re.IGNORECASE):
        return
    assert letters_of(raw) == letters(words)


@LARGE
@given(st.data())
def test_every_cell_that_was_written_stands_where_it_was_written(data):
    separator = data.draw(st.sampled_from(SEPARATORS))
    sheet = data.draw(st.sampled_from(SHEETS))
    headings = [field.label.indonesian for field in sheet.fields]
    width = st.integers(1, len(headings) + 3)
    rows = [
        data.draw(st.lists(CELL, min_size=w, max_size=w))
        for w in data.draw(st.lists(width, min_size=1, max_size=4))
    ]
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator="\n").writerows(
        [headings, *rows]
    )
    raw = outcome(codecs.BOM_UTF8 + out.getvalue().encode())
    given_rows = [row for row in [headings, *rows] if any(row)]
    read_rows = [[cell or "" for cell in row] for row in raw.texts.drop("row").iter_rows()]
    padded = [row + [""] * (len(read_rows[0]) - len(row)) for row in given_rows]
    assert read_rows == padded
    told = {row for finding in raw.findings if finding.code == "E-FIELDS" for row in finding.rows}
    lines = dict(zip(raw.texts["row"], given_rows, strict=True))
    other = {row for row, cells in lines.items() if len(cells) != len(headings)}
    assert told <= other
    for row in other - told:
        assert any(cell.lower().startswith(NOT_DATA) for cell in lines[row]) or not any(
            lines[row][len(headings) :]
        )


@pytest.mark.parametrize("separator", SEPARATORS)
def test_every_line_with_an_odd_quotation_mark_is_read_in_reasonable_time(separator):
    """Going back after a wrong quotation mark must not read the whole file again each time."""
    line = separator.join(["a", '"x', *("b" for _ in CASES.fields[2:])])
    content = "\n".join([case_csv(separator=separator), *([line] * 20_001)])
    raw = outcome(content.encode())
    assert raw is None or raw.texts.height > 10_000
