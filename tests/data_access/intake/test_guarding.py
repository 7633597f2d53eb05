"""The look through a workbook's bytes takes as long as the bytes are many, whatever they are."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from data_access.errors import RefusedFile
from data_access.intake import guarding, refusals
from data_access.intake.guarding import scan
from tests.data_access.intake.builders import workbook

ROOT = Path(__file__).parents[3]
MEGABYTE = 1_000_000
UNCUT = guarding.MAX_CELL_BYTES - 1000  # a longer tag is refused for its length alone
SECONDS = 60  # for what takes one or two; where it backtracks, it takes hours
READ = """
import sys
from data_access.errors import RefusedFile
from data_access.intake.reading import read_file
try:
    read_file("laporan.xlsx", sys.stdin.buffer.read(), post=None, month=None)
    print("read")
except RefusedFile:
    print("refused")
"""
SHEET, TARGETS, BOOK = "xl/worksheets/sheet2.xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
UNCOUNTED = b'<c r="A1"><f>1+1</f></c>'


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a zip that keeps its parts as they are, so that nothing is packed beyond measure."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, part in ({BOOK: b"<workbook/>"} | parts).items():
            new.writestr(name, part)
    return out.getvalue()


def cells(sheet: bytes) -> guarding.Scan:
    return scan(packed({SHEET: sheet}))


@pytest.mark.parametrize(
    ("part", "before", "piece", "size"),
    [
        (SHEET, b"", b"<c ", MEGABYTE),
        (SHEET, b"", b'<c r="A1" ', MEGABYTE),
        (SHEET, b"", b'<c r="A1"', MEGABYTE),
        (SHEET, b"<c ", b'r="A1" ', UNCUT),
        (BOOK, b"<sheet ", b"x", UNCUT),
        (TARGETS, b"<Relationship ", b"x", UNCUT),
    ],
)
def test_a_large_part_made_to_be_slow_is_refused_or_read_in_time(part, before, piece, size):
    slow = before + piece * (size // len(piece)) + b">"
    content = packed({SHEET: UNCOUNTED, part: slow})
    done = subprocess.run(
        [sys.executable, "-c", READ],
        input=content,
        capture_output=True,
        cwd=ROOT,
        timeout=SECONDS,
        check=True,
    )
    assert done.stdout.split() in ([b"read"], [b"refused"])


@pytest.mark.parametrize(
    ("sheet", "filled"),
    [
        (b'<c r="A1"><v>1</v></c><c r="B1" s="2" t="s"><v>1</v></c>', 2),
        (b'<c r="A1"/><c r="B1" s="2"/><c r="C1" />', 0),
        (b"<x:c r='A1' s='1'><x:v>1</x:v></x:c>", 1),
        (b'<c  s="1"\n r = "A1" ><v>1</v></c>', 1),
        (b'<c s="1"><v>1</v></c><col r="A1"><cc r="A1">', 0),
        (b'<c r="A1"' + b" " * 5000 + b"><v>1</v></c>", 1),
    ],
)
def test_filled_cells_are_counted_however_they_are_written(sheet, filled):
    assert cells(sheet).cells == filled


def test_a_formula_without_a_result_is_found_and_others_are_not():
    found = scan(
        packed(
            {
                BOOK: b'<workbook><sheet name="A &amp; B" r:id="rId1"/></workbook>',
                TARGETS: b'<Relationship Id="rId1" Target="worksheets/sheet2.xml"/>',
                SHEET: b'<c r="A1"><f>1+1</f></c><c r="B2" s="1"> <f>1</f> <v></v></c>'
                b'<c r="C3"><f t="shared" si="0"/><v/></c><c r="D4"><f>1</f><v>1</v></c>'
                b'<c r="E5" t="str"><f>1</f><v></v></c><c r="F6"><v>1</v></c>',
            }
        )
    )
    assert found.uncounted == {"A & B": [(1, "A"), (2, "B"), (3, "C")]}


def test_a_look_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    content = workbook(tmp_path).read_bytes()
    assert scan(content).cells > 0
    monkeypatch.setattr(guarding, "SECONDS", -1)
    with pytest.raises(RefusedFile) as caught:
        scan(content)
    assert caught.value.text == refusals.TOO_MUCH.text
