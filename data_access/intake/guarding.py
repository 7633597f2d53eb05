"""Looks through an uploaded workbook's bytes before any reader opens it.

A 5 KB workbook can make a reader ask for 500 GB and take the whole process with it, so sizes,
counts and positions are taken from the zip itself, in bounded memory.
"""

import html
import io
import re
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from data_access.errors import RefusedFile
from data_access.intake import refusals
from metrics.text import Text

MAX_FILE = 20_000_000
MAX_MEMBERS = 500
MAX_UNPACKED = 150_000_000
MAX_RATIO, RATIO_FROM = 200, 1_000_000
MAX_CELLS = 1_000_000  # filled cells, and also the rectangle around them
MAX_ROWS = 300_000
MAX_CELL_BYTES = 400_000  # Excel's longest cell, with every letter escaped
CHUNK = 1_000_000
SECONDS = 30

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# A tag ends before the next "<", and what was matched is never given back (*+): so a hostile part
# takes as long as its letters are many, and no longer.
_CELL = re.compile(rb"<(?:\w{1,40}:)?c\s([^<>]*+)>")
_UNCOUNTED = re.compile(  # a formula whose result was never worked out
    rb"<c\s([^<>]*+)>\s*+<f(?=[\s/>])[^<>]*+>(?:[^<]*+</f>)?+\s*+"
    rb"(?:<v\s*+/>|<v>\s*+</v>)?+\s*+</c>"
)
_PLACE = re.compile(rb"(?:^|\s)r\s*+=\s*+[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_ROW = re.compile(rb"<(?:\w{1,40}:)?row[\s>]")
_ATTRIBUTE = re.compile(r"(?<![\w:])([\w:]++)=[\"']([^\"']*+)[\"']")


@dataclass
class Scan:
    """What the look through the zip found that a reader would not tell."""

    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)
    cells: int = 0
    uncounted: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # by sheet name


def scan(content: bytes) -> Scan:
    """Look through a workbook. Raises RefusedFile when it is not one or not safe to open."""
    if not content:
        raise RefusedFile(refusals.EMPTY)
    if len(content) > MAX_FILE:
        raise RefusedFile(refusals.TOO_LARGE)
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise RefusedFile(refusals.PASSWORD if locked else refusals.OLD_XLS)
    if not content.startswith(b"PK"):
        raise RefusedFile(refusals.NOT_XLSX)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return _scanned(book)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise RefusedFile(refusals.DAMAGED) from error


def _suspect(indonesian: str, english: str) -> RefusedFile:
    return RefusedFile(refusals.SUSPECT.format(what=Text(indonesian, english)))


def _scanned(book: zipfile.ZipFile) -> Scan:
    members = book.infolist()
    names = [member.filename for member in members]
    if "xl/workbook.xml" not in names:
        raise RefusedFile(refusals.NOT_XLSX)
    if len(members) > MAX_MEMBERS:
        raise _suspect("terlalu banyak bagian", "too many parts")
    if len(set(names)) < len(names):
        raise _suspect("bagian ganda", "double parts")
    if any(name.startswith(("/", "\\")) or ".." in name for name in names):
        raise _suspect("nama bagian tidak sah", "part names that lead outside")
    if any(member.flag_bits & 1 for member in members):
        raise RefusedFile(refusals.PASSWORD)
    if any("vbaproject" in name.casefold() for name in names):
        raise RefusedFile(refusals.MACRO)
    if sum(member.file_size for member in members) > MAX_UNPACKED or any(
        m.file_size > RATIO_FROM and m.file_size > MAX_RATIO * max(m.compress_size, 1)
        for m in members
    ):
        raise _suspect("isi terpadatkan berlebihan", "content packed beyond measure")
    found, parts = Scan(), {}
    for member in members:
        if places := _scan_part(book, member, found):
            parts[member.filename] = places
    found.uncounted = _by_sheet(book, parts) if parts else {}
    return found


def _scan_part(
    book: zipfile.ZipFile, member: zipfile.ZipInfo, found: Scan
) -> list[tuple[int, str]]:
    """Count one part's cells. Returns the places of formulas without a result."""
    places: list[tuple[int, str]] = []
    rows: list[int] = []  # first and last
    columns: list[int] = []
    written = 0
    for piece in _pieces(book, member):
        if time.monotonic() > found.until:
            raise RefusedFile(refusals.TOO_MUCH)
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise _suspect("definisi dokumen", "document definitions")
        written += len(_ROW.findall(piece))
        tags = [tag for tag in _CELL.findall(piece) if not tag.endswith(b"/")]
        cells = [place.groups() for tag in tags if (place := _PLACE.search(tag))]
        found.cells += len(cells)
        if cells:
            numbers = [int(row) for _, row in cells]
            letters = [_column_number(letter) for letter in {letter for letter, _ in cells}]
            rows = [min([*rows[:1], *numbers]), max([*rows[1:], *numbers])]
            columns = [min([*columns[:1], *letters]), max([*columns[1:], *letters])]
        # The readers build the whole rectangle from the first to the last filled cell.
        area = (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1) if rows else 0
        if max(found.cells, area) > MAX_CELLS or written > MAX_ROWS or (rows and rows[1] > 2**20):
            raise RefusedFile(refusals.TOO_MUCH)
        for attributes in _UNCOUNTED.findall(piece):
            if b't="str"' not in attributes and (place := _PLACE.search(attributes)):
                places.append((int(place[2]), place[1].decode()))
    return places


def _pieces(book: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Return a part in pieces that never cut a cell in two."""
    rest = b""
    with book.open(member) as part:
        while chunk := part.read(CHUNK):
            chunk = rest + chunk
            cut = chunk.rfind(b"<c ")
            if cut <= 0 or len(chunk) - cut > MAX_CELL_BYTES:
                cut = chunk.rfind(b">") + 1
            rest = chunk[cut:]
            if len(rest) > MAX_CELL_BYTES:
                if member.filename.endswith((".xml", ".rels")):
                    raise _suspect("sel terlalu panjang", "a cell that is too long")
                rest = b""
            yield chunk[:cut]
    yield rest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _by_sheet(
    book: zipfile.ZipFile, parts: dict[str, list[tuple[int, str]]]
) -> dict[str, list[tuple[int, str]]]:
    """Return the places under the sheets' names in place of their parts' names."""
    targets = {}
    for tag in re.findall(r"<Relationship\s[^<>]*+>", _text(book, "xl/_rels/workbook.xml.rels")):
        attributes = dict(_ATTRIBUTE.findall(tag))
        targets[attributes.get("Id")] = attributes.get("Target", "").lstrip("/").removeprefix("xl/")
    found = {}
    for tag in re.findall(r"<sheet\s[^<>]*+>", _text(book, "xl/workbook.xml")):
        attributes = dict(_ATTRIBUTE.findall(tag))
        part = "xl/" + targets.get(attributes.get("r:id"), "")
        if part in parts:
            found[html.unescape(attributes.get("name", ""))] = parts[part]
    return found


def _text(book: zipfile.ZipFile, part: str) -> str:
    try:
        return book.read(part).decode("utf-8", "replace")
    except KeyError:
        return ""
