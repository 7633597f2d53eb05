"""The look through a workbook before its cells are read: in time, in little memory, exactly."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from data_access.errors import RefusedFile
from data_access.intake.opening import budget, contents, guarding, looking, opendocument, parsing
from data_access.intake.opening.budget import Budget
from data_access.intake.opening.guarding import Archive, kind
from data_access.intake.opening.marks import Marks, column_letter, column_number
from data_access.intake.opening.styles import Styles, styles
from tests.data_access.intake.zips import BOOK, TARGETS, zipped

ROOT = Path(__file__).parents[3]
MEGABYTE = 1_000_000
SECONDS = 60  # for what takes one or two; where it backtracks, it takes hours
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def packed(given: dict[str, bytes]) -> bytes:
    """Return a zip that keeps its parts as they are, so that nothing is packed beyond measure."""
    return zipped({BOOK: b"<workbook/>"} | given, zipfile.ZIP_STORED)


def looked(
    rows: str, looks: Styles | None = None, *, around: str = "{rows}", used: Budget | None = None
) -> Marks:
    """Return what a look through a sheet with these rows finds."""
    data = around.format(rows=f"<sheetData>{rows}</sheetData>")
    archive = Archive(packed({SHEET: f"<worksheet {MAIN}>{data}</worksheet>".encode()}))
    return looking.look(archive, SHEET, "Kasus", looks or Styles(), used or Budget())


def code(content: bytes, ending: str = ".xlsx") -> str:
    """Return the code with which a file is refused before its cells are read."""
    with pytest.raises(RefusedFile) as caught:
        unpack(content, ending)
    return caught.value.code


def unpack(content: bytes, ending: str) -> None:
    """Read every part to its end."""
    _, archive = kind(ending, content)
    for name in archive.names if archive else ():
        for _ in archive.pieces(name):
            pass


@pytest.mark.parametrize(
    ("part", "before", "piece", "size"),
    [
        (SHEET, b"", b"<c ", 10 * MEGABYTE),
        (SHEET, b"<a>", b'<c r="A1">', 10 * MEGABYTE),
        (SHEET, b"", b'<c r="A1"', MEGABYTE),
        (SHEET, b"<c a='", b"x", 15 * MEGABYTE),
        (SHEET, b"<!--", b"x", 15 * MEGABYTE),
        (SHEET, b"<a><![CDATA[", b"]]", 15 * MEGABYTE),
        (BOOK, b"<sheet ", b"x", MEGABYTE),
        (TARGETS, b"<Relationship ", b"x='y' ", MEGABYTE),
    ],
)
def test_a_large_part_made_to_be_slow_is_refused_in_time(part, before, piece, size, tmp_path):
    book = b'<workbook xmlns:r="r"><sheet name="A" r:id="a"/></workbook>'
    target = f'<R><Relationship Id="a" Type="x/worksheet" Target="/{SHEET}"/></R>'.encode()
    slow = before + piece * (size // len(piece)) + b">"
    path = tmp_path / "slow.xlsx"
    path.write_bytes(packed({BOOK: book, TARGETS: target, SHEET: b"<a/>", part: slow}))
    done = subprocess.run(
        [sys.executable, "-I", parsing.__file__, str(path), ".xlsx", str(tmp_path)],
        cwd=ROOT,
        timeout=SECONDS,
        check=True,
    )
    assert done.returncode == 0
    assert b'"refused"' in (tmp_path / parsing.TOLD).read_bytes()


@pytest.mark.parametrize(
    ("rows", "filled"),
    [
        ('<row><c r="A1"><v>1</v></c><c r="B1" s="2" t="s"><v>1</v></c></row>', 2),
        ('<row><c r="A1"/><c r="B1" s="2"/><c r="C1" ></c></row>', 0),
        ("<row><c  s='1'\n r = 'A1' ><v>1</v></c></row>", 1),
        ('<row><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>', 1),
        ('<row r="7"><c><v>1</v></c><c><f>1</f><v>1</v></c></row>', 2),
        (f'<row><c r="A1"{" " * 5000}><v>1</v></c></row>', 1),
    ],
)
def test_filled_cells_are_counted_however_they_are_written(rows, filled):
    used = Budget()
    looked(rows, used=used)
    assert used.cells == filled


def test_prefixed_names_are_the_same_names():
    used = Budget()
    rows = '<x:row xmlns:x="y" r="3" hidden="1"><x:c r="B3"><x:f>1</x:f></x:c></x:row>'
    found = looked(rows, used=used)
    assert (used.cells, found.hidden_rows, found.uncounted) == (1, [3], {"B": [3]})


def test_a_formula_is_found_and_whether_it_has_a_result():
    found = looked(
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1" s="1"> <f>1</f> <v></v></c>'
        '<c r="C1"><f t="shared" si="0"/><v/></c><c r="D1"><f>1</f><v>1</v></c></row>'
        '<row r="2"><c r="D2" t="str"><f>1</f><v></v></c><c r="E2"><v>1</v></c>'
        '<c r="F2"><f>1</f></c></row>'
    )
    assert found.uncounted == {"A": [1], "B": [1], "C": [1], "F": [2]}
    assert found.formulas == {"A": [1], "B": [1], "C": [1], "D": [1, 2], "F": [2]}


def test_hidden_and_merged_cells_are_found():
    found = looked(
        '<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2"><v>1</v></c></row>'
        '<row r="3" hidden="true"/><row r="4" hidden="0"><c r="A4"><v>1</v></c></row>',
        around='<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols>{rows}'
        '<autoFilter ref="A1:B4"/><mergeCells><mergeCell ref="B4:$A$2"/></mergeCells>',
    )
    assert (found.hidden_rows, found.hidden_columns, found.filtered) == ([2], ["B", "C"], True)
    assert found.merged == [(2, 1, 4, 2)]


def test_a_filter_that_hides_nothing_is_not_told():
    assert not looked("", around='{rows}<autoFilter ref="A1:B4"/>').filtered


def test_looks_with_a_meaning_are_found():
    xml = (
        b'<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0\\ %"/>'
        b'<numFmt numFmtId="165" formatCode="0&quot; %&quot;"/></numFmts>'
        b"<fonts><font/><font><strike/></font><font><strike val='0'/></font></fonts>"
        b'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0" fontId="0"/>'
        b'<xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/><xf fontId="1"/>'
        b'<xf fontId="2"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>'
    )
    looks = styles(Archive(packed({"xl/styles.xml": xml})))
    assert (looks.percents, looks.struck) == ({"1", "2"}, {"4"})
    found = looked(
        '<row r="1"><c r="A1" s="1"><v>.5</v></c><c r="B1" s="1" t="s"><v>1</v></c>'
        '<c r="C1" t="b"><v>1</v></c></row>'
        '<row r="2"><c r="A2" s="4"><v>1</v></c><c r="B2" s="4"><v>1</v></c></row>',
        looks,
    )
    assert (found.percents, found.booleans, found.struck) == ({"A": [1]}, {"C": [1]}, [2])


def test_open_document_tells_the_same():
    xml = (
        '<o xmlns:office="o" xmlns:table="t" xmlns:calcext="c"><table:table table:name="Kasus">'
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-row table:number-rows-repeated="3"/>'
        '<table:table-row table:visibility="filter"><table:table-cell table:formula="of:=1"/>'
        '<table:table-cell office:value-type="percentage" table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="string" calcext:value-type="error"'
        ' table:formula="of:=1/0"/>'
        '<table:table-cell office:value-type="boolean" table:number-rows-spanned="2"/>'
        "</table:table-row></table:table></o>"
    )
    (found,) = opendocument.look(
        Archive(packed({"content.xml": xml.encode()})), used := Budget()
    ).values()
    assert found == Marks(
        formulas={"A": [4], "D": [4]},
        uncounted={"A": [4]},
        errors={"D": [4]},
        percents={"B": [4], "C": [4]},
        booleans={"E": [4]},
        hidden_rows=[4],
        hidden_columns=["C"],
        filtered=True,
        merged=[(4, 5, 5, 5)],
        filled=3,
    )
    assert (used.cells, used.area) == (5, 5)


@pytest.mark.parametrize(
    ("row", "cell", "expected"),
    [
        (1_048_576, 16_384, "E-SPAN"),
        (1_100_000, 1, "E-SPAN"),
        (2, 2_000_000, "E-SPAN"),
    ],
)
def test_repeated_cells_of_an_open_document_are_counted_and_never_made(row, cell, expected):
    xml = (
        '<o xmlns:office="o" xmlns:table="t"><table:table table:name="Kasus"><table:table-row>'
        '<table:table-cell office:value-type="string"/></table:table-row>'
        f'<table:table-row table:number-rows-repeated="{row - 1}"/><table:table-row>'
        f'<table:table-cell table:number-columns-repeated="{cell}"/>'
        '<table:table-cell office:value-type="string"/></table:table-row></table:table></o>'
    )
    with pytest.raises(RefusedFile) as caught:
        opendocument.look(Archive(packed({"content.xml": xml.encode()})), Budget())
    assert caught.value.code == expected


def test_filled_cells_repeated_a_million_times_are_too_many():
    xml = (
        '<o xmlns:office="o" xmlns:table="t"><table:table table:name="Kasus">'
        '<table:table-row table:number-rows-repeated="1000">'
        '<table:table-cell office:value-type="float" table:number-columns-repeated="1001"/>'
        "</table:table-row></table:table></o>"
    )
    with pytest.raises(RefusedFile) as caught:
        opendocument.look(Archive(packed({"content.xml": xml.encode()})), Budget())
    assert caught.value.code == "E-CELLS"


@pytest.mark.parametrize(
    ("rows", "around", "expected"),
    [
        ('<row r="1048577"/>', "{rows}", "E-SPAN"),
        ('<row><c r="XFE1"/></row>', "{rows}", "E-SPAN"),
        ('<row><c r="A1"><v>1</v></c><c r="XFD62"><v>1</v></c></row>', "{rows}", "E-SPAN"),
        ('<row><c r="A1"><v>1</v></c><c r="XFD62" t="str"><v/></c></row>', "{rows}", "E-SPAN"),
        ('<row><c r="A1" t="e"><v>#SPILL!</v></c></row>', "{rows}", "E-CELLERR"),
        ("", '{rows}<mergeCell ref="A1:XFD1048576"/>', "E-SPAN"),
        ('<row r="x"/>', "{rows}", "E-XML"),
        ('<row><c r="1A"/></row>', "{rows}", "E-XML"),
    ],
)
def test_places_that_no_table_has_are_refused(rows, around, expected):
    with pytest.raises(RefusedFile) as caught:
        looked(rows, around=around)
    assert caught.value.code == expected


def test_the_limits_hold_for_all_sheets_together(monkeypatch):
    monkeypatch.setattr(budget, "MAX_CELLS", 5)
    used = Budget()
    looked('<row><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row>', used=used)
    with pytest.raises(RefusedFile) as caught:
        looked('<row><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row>', used=used)
    assert caught.value.code == "E-SPAN"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (b"<!DOCTYPE a><a/>", "E-DTD"),
        ("<a/>".encode("utf-16"), "E-XML"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><a/>', "E-XML"),
        (b"<a>", "E-XML"),
        (b"", "E-XML"),
    ],
)
def test_xml_that_no_workbook_has_is_refused_with_its_part(xml, expected):
    archive = Archive(packed({SHEET: xml}))
    with pytest.raises(RefusedFile) as caught:
        looking.look(archive, SHEET, "Kasus", Styles(), Budget())
    assert caught.value.code == expected
    assert expected != "E-XML" or SHEET in caught.value.text.indonesian


def test_a_workbook_that_lists_one_name_twice_is_refused():
    book = b'<w xmlns:r="r"><sheet name="A" r:id="a"/><sheet name="A" r:id="a"/></w>'
    target = f'<R><Relationship Id="a" Type="x/worksheet" Target="/{SHEET}"/></R>'.encode()
    archive = Archive(packed({BOOK: book, TARGETS: target, SHEET: b"<a/>"}))
    with pytest.raises(RefusedFile) as caught:
        contents.pages(archive)
    assert caught.value.code == "E-XML"


@pytest.mark.parametrize(
    ("content", "ending", "expected"),
    [
        (b"x", ".xlsx", "E-NOTXLSX"),
        (b"PK\x03\x04" + b"0" * 100, ".xlsx", "E-TRUNCATED"),
        (packed({}), ".ods", "E-EXT"),
        (packed({}), ".xls", "E-EXT"),
        (zipped({"content.xml": b"", "mimetype": b""}), ".xlsx", "E-EXT"),
        (zipped({"content.xml": b""}), ".ods", "E-NOTXLSX"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 600, ".xlsx", "E-EXT"),
    ],
)
def test_a_file_is_what_its_name_says(content, ending, expected):
    assert code(content, ending) == expected


def test_what_a_part_unpacks_to_is_counted_while_it_is_read():
    content = zipped({BOOK: b"<workbook/>", "a.bin": b"0" * MEGABYTE})
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        told = book.getinfo("a.bin").file_size.to_bytes(4, "little")
    assert content.count(told) == 2
    assert code(content.replace(told, (10).to_bytes(4, "little"))) == "E-BOMB"


def test_all_parts_together_are_counted(monkeypatch):
    content = packed({"a.bin": b"0" * 1000, "b.bin": b"1" * 1000})
    monkeypatch.setattr(guarding, "MAX_UNPACKED", 1500)
    assert code(content) == "E-BOMB"


@pytest.mark.parametrize(("number", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (16_384, "XFD")])
def test_columns_have_letters_and_numbers(number, letter):
    assert (column_letter(number), column_number(letter)) == (letter, number)
