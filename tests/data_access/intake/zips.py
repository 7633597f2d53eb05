"""Workbooks taken apart and put together again, part by part."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from data_access.fields import Sheet
from data_access.sheets import SHEETS
from tests.data_access.intake.builders import cell, workbook

BOOK, TARGETS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"


def part_of(sheet: Sheet) -> str:
    """Return the part of the template's workbook that is a sheet; the first is Petunjuk."""
    return f"xl/worksheets/sheet{SHEETS.index(sheet) + 2}.xml"


def parts(content: bytes) -> dict[str, bytes]:
    """Return every part of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {member.filename: book.read(member) for member in book.infolist()}


def zipped(given: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as book:
        for name, part in given.items():
            book.writestr(name, part)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes | Iterable[bytes]) -> bytes:
    """Return a zip in which one part is added or replaced, given whole or in pieces."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
        with new.open(name, "w") as written:
            for piece in [part] if isinstance(part, bytes) else part:
                written.write(piece)
    return out.getvalue()


def with_words(content: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook in which words of a part, which must be there, are others."""
    xml = parts(content)[part].decode()
    assert old in xml
    return with_part(content, part, xml.replace(old, new, 1).encode())


def with_cell_xml(content: bytes, sheet: Sheet, field: str, xml: str, row: int = 2) -> bytes:
    """Return a workbook in which a cell is written by hand; {place} is its address."""
    with_places = openpyxl.load_workbook(io.BytesIO(content))
    place = cell(with_places[sheet.name], sheet, field, row)
    part = part_of(sheet)
    found = re.search(rf'<c r="{place}"[^>]*?(/>|>.*?</c>)', parts(content)[part].decode())
    assert found
    return with_words(content, part, found[0], xml.format(place=place))


def sheet_xml(rows: Iterable[str]) -> Iterator[bytes]:
    """Return a sheet's XML piece by piece."""
    yield b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    yield b"<sheetData>"
    for row in rows:
        yield row.encode()
    yield b"</sheetData></worksheet>"


def filled_cells(page: Worksheet) -> dict[tuple[int, str], object]:
    """Return every cell that holds something, by row and letter."""
    return {
        (one.row, one.column_letter): one.value
        for row in page.iter_rows()
        for one in row
        if one.value is not None
    }


def good(folder: Path) -> bytes:
    """Return the month's workbook."""
    return workbook(folder).read_bytes()
