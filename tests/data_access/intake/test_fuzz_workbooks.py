"""Workbooks with random faults: each is read or refused, whatever stands in it."""

import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.errors import RefusedFile
from data_access.intake.reading.files import RawFile, read_file
from data_access.sheets import CASES
from tests.data_access.intake import other_formats
from tests.data_access.intake.builders import workbook
from tests.data_access.intake.zips import BOOK, STRINGS, TARGETS, part_of, parts, zipped

MOST_GROWN = 300_000  # kB
PARTS = (BOOK, TARGETS, STRINGS, "xl/styles.xml", part_of(CASES), "[Content_Types].xml")
TAGS = ("c", "v", "f", "is", "t", "row", "sheetData", "mergeCell", "col", "x:c", "sheet", "si")
VALUES = (
    "A1",
    "XFD1048576",
    "B2:D9",
    "1",
    "-1",
    "99999999999",
    "s",
    "b",
    "e",
    "true",
    "\u00e9",
    "",
)
NAMES = ("r", "t", "s", "ref", "min", "max", "hidden", "count", "xml:space")

fuzzed = settings(
    max_examples=30,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@lru_cache
def made(ending: str) -> bytes:
    """Return the month's workbook in one of the formats."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        if ending == ".xls":
            return other_formats.xls(folder)
        return other_formats.ods(folder) if ending == ".ods" else workbook(folder).read_bytes()


def memory() -> int:
    """Return how much memory this process has had at most, in kB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1])


@pytest.fixture(autouse=True, scope="module")
def this_process_does_not_grow():
    for ending in (".xlsx", ".xls", ".ods"):
        sent(ending, made(ending))
    before = memory()
    yield
    assert memory() - before < MOST_GROWN


def sent(ending: str, content: bytes) -> None:
    """Read a file; anything but an answer is a failure."""
    with suppress(RefusedFile):
        assert isinstance(read_file(f"laporan{ending}", content, post=None, month=None), RawFile)


@st.composite
def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """Return bytes of which a few are other ones, gone, or doubled."""
    changed = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(changed) - 1, 0)))
        length = draw(st.integers(1, 40))
        match draw(st.sampled_from(["flip", "cut", "double", "write", "end"])):
            case "flip":
                changed[at : at + 1] = bytes([changed[at] ^ draw(st.integers(1, 255))])
            case "cut":
                del changed[at : at + length]
            case "double":
                changed[at:at] = changed[at : at + length]
            case "write":
                changed[at : at + length] = draw(st.binary(max_size=length))
            case "end":
                del changed[at + len(changed) // 2 :]
        if not changed:
            break
    return bytes(changed)


@st.composite
def markup(draw: st.DrawFn) -> bytes:
    """Return XML that is nearly a sheet: its elements, in any order and depth."""
    words, opened = [], []
    for _ in range(draw(st.integers(1, 40))):
        tag = draw(st.sampled_from(TAGS))
        given = draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=3))
        told = "".join(f' {name}="{value}"' for name, value in given.items())
        match draw(st.sampled_from(["open", "open", "close", "empty", "text"])):
            case "open":
                words.append(f"<{tag}{told}>")
                opened.append(tag)
            case "close" if opened:
                words.append(f"</{opened.pop()}>")
            case "text":
                words.append(draw(st.sampled_from(["1", "#N/A", "&amp;", "&e;", "]]>", "1e999"])))
            case _:
                words.append(f"<{tag}{told}/>")
    closing = [f"</{tag}>" for tag in reversed(opened)]
    inner = "".join(words + closing)
    spaces = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:x="x"'
    return f"<worksheet {spaces}><sheetData>{inner}</sheetData></worksheet>".encode()


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_mutated_bytes_are_read_or_refused(ending):
    @fuzzed
    @given(mutated(made(ending)))
    def run(content: bytes) -> None:
        sent(ending, content)

    run()


@fuzzed
@given(st.data())
def test_mutated_parts_are_read_or_refused(data):
    given_parts = parts(made(".xlsx"))
    name = data.draw(st.sampled_from(PARTS))
    given_parts[name] = data.draw(mutated(given_parts[name]))
    sent(".xlsx", zipped(given_parts))


@fuzzed
@given(st.data())
def test_mutated_content_of_an_open_document_is_read_or_refused(data):
    given_parts = parts(made(".ods"))
    given_parts["content.xml"] = data.draw(mutated(given_parts["content.xml"]))
    sent(".ods", zipped(given_parts))


@fuzzed
@given(st.permutations(PARTS), st.integers(1, 3))
def test_parts_in_each_others_places_are_read_or_refused(order, count):
    given_parts = parts(made(".xlsx"))
    swapped = dict(zip(order[:count], order[1 : count + 1], strict=True))
    sent(".xlsx", zipped(given_parts | {to: given_parts[name] for to, name in swapped.items()}))


@fuzzed
@given(markup())
def test_any_markup_in_a_sheet_is_read_or_refused(xml):
    sent(".xlsx", zipped(parts(made(".xlsx")) | {part_of(CASES): xml}))
