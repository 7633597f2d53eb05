"""How the bytes of a csv file become letters, and which letters are told."""

import pytest

from data_access.intake.findings import Finding
from data_access.intake.opening.delimited import read
from data_access.intake.opening.letters import doubtful
from data_access.intake.reading.files import placed
from tests.data_access.intake.bad_inputs.bench import case_csv

CHANNEL = "C"  # the column of the words given below
WESTERN = "S\u00e3o Jos\u00e9 \u2013 \u20ac \u201cx\u201d"


def places(findings: list[Finding] | tuple[Finding, ...]) -> list[tuple]:
    return [(f.code, f.severity, f.rows, f.column) for f in findings]


def doubts(words: str) -> list[tuple]:
    """Return what is said about words in a file of UTF-8."""
    raw = read(case_csv(channel=words).encode())
    assert raw.findings == ()
    return places(doubtful("Kasus", raw.texts))


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["without mark", "with mark"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_each_usual_encoding_is_read(encoding, start):
    if start or encoding == "utf-8":
        content = (start + case_csv(channel="\u9999\u6e2f \u00e9")).encode(encoding)
        sheet, raw, found = placed(read(content))
        assert (sheet.name, found.row, len(found.fields)) == ("Kasus", 1, 23)
        assert raw.texts[CHANNEL][1] == "\u9999\u6e2f \u00e9"
        assert raw.findings == ()


def test_western_letters_of_windows_are_told_and_kept():
    raw = read(case_csv(channel=WESTERN).encode("cp1252"))
    assert places(raw.findings) == [("W-ENCODING", "warning", (2,), CHANNEL)]
    assert raw.texts[CHANNEL][1] == WESTERN


def test_an_unbreakable_space_of_windows_is_told():
    raw = read(case_csv().encode().replace(b"DOM", b"DOM\xa0"))
    assert places(raw.findings) == [("W-ENCODING", "warning", (2,), "J")]


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("\u0634\u0631\u0643\u0629", "cp1256"),
        ("\u9999\u6e2f", "gb18030"),
        ("\ud55c\uad6d", "euc-kr"),
    ],
)
def test_letters_of_an_unknown_old_encoding_are_not_taken_for_western_ones(words, encoding):
    raw = read(case_csv(channel=words).encode(encoding))
    assert places(raw.findings) == [("E-ENCODING", "error", (2,), CHANNEL)]


def test_a_broken_byte_among_letters_of_utf_8_is_told_with_its_cell():
    content = case_csv({}, {}, channel="caf\u00e9").encode()
    broken = b"A\xff1".join(content.rsplit(b"A1", 1))
    raw = read(broken)
    assert raw.findings == ()
    assert places(doubtful("Kasus", raw.texts)) == [("E-ENCODING", "error", (3,), "D")]


@pytest.mark.parametrize("words", ["\u00e9", "\u2013", "\u0627\u0644", "\u9999"])
def test_letters_that_were_encoded_twice_are_told(words):
    twice = words.encode().decode("cp1252")
    assert doubts(f"x{twice}y") == [("W-MOJIBAKE", "warning", (2,), CHANNEL)]


@pytest.mark.parametrize(
    "words",
    [WESTERN, "NA\u00cfVE", "50 \u20ac", "\u00abx\u00bb", "\u9999\u6e2f", "Se\u00f1or\u00ae"],
)
def test_plain_accents_are_not_taken_for_letters_encoded_twice(words):
    assert doubts(words) == []
