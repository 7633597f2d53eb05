"""Looks at a file's wrapping before any reader opens it: what kind it is and what it unpacks to.

A 5 KB workbook can make a reader ask for 500 GB, so names, sizes and counts are taken from the zip
itself, piece by piece, in bounded memory. It runs in the child process of parsing.py only.
"""

import copy
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from data_access.errors import RefusedFile
from data_access.intake import refusals
from data_access.intake.accepted import WORKBOOKS, Kind
from data_access.intake.opening import unopened
from metrics.text import Text

MAX_MEMBERS = 500
MAX_UNPACKED = 150_000_000
MAX_RATIO, RATIO_FROM = 200, 1_000_000
CHUNK = 256 * 1024

_WORDS: dict[Kind, Text] = {
    "xlsx": Text("buku kerja Excel (.xlsx)", "an Excel workbook (.xlsx)"),
    "xls": Text("buku kerja Excel lama (.xls)", "an old Excel workbook (.xls)"),
    "ods": Text("buku kerja OpenDocument (.ods)", "an OpenDocument workbook (.ods)"),
}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# How a locked workbook begins: one of today's within an old container, or an old one's records.
_LOCKED = re.compile(
    re.escape("EncryptedPackage".encode("utf-16-le"))
    + rb"|\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00",
    re.DOTALL,
)
_NOT_TOLD = 0xFFFFFFFF
_ENCRYPTED = 1
_HAS_DESCRIPTOR = 8  # the sizes stand behind the part and not before it
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, struct.error)


class Archive:
    """A zip whose parts are counted while they are read."""

    def __init__(self, content: bytes) -> None:
        """Look at the list of parts. Raises RefusedFile when it is not one that people make."""
        self._content = content
        with damaged():
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._members = self._checked(self._zip.infolist())
        self._unpacked = 0

    @property
    def names(self) -> list[str]:
        """Return the names of all parts, as the file spells them."""
        return [member.filename for member in self._members.values()]

    def has(self, name: str) -> bool:
        """Return whether there is such a part, in capital or small letters."""
        return _plain(name) in self._members

    def pieces(self, name: str) -> Iterator[bytes]:
        """Return a part piece by piece, to its true end and not to the one that it declares.

        Raises RefusedFile when it is damaged or larger than declared.
        """
        declared = self._members[_plain(name)]
        member = copy.copy(declared)
        member.file_size = MAX_UNPACKED + 1
        size = 0
        with damaged(), self._zip.open(member) as part:
            while piece := part.read(CHUNK):
                size += len(piece)
                self._unpacked += len(piece)
                if size > declared.file_size or self._unpacked > MAX_UNPACKED:
                    raise RefusedFile(unopened.BOMB)
                yield piece

    def _checked(self, members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(members) > MAX_MEMBERS:
            raise RefusedFile(unopened.ENTRIES.format(most=MAX_MEMBERS))
        by_name = {_plain(member.filename): member for member in members}
        if len(by_name) < len(members):
            raise RefusedFile(unopened.DOUBLE_ENTRY)
        if any(name.startswith("/") or ".." in name.split("/") or ":" in name for name in by_name):
            raise RefusedFile(unopened.SLIP)
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise RefusedFile(refusals.PASSWORD)
        packed_beyond_measure = any(
            m.file_size > RATIO_FROM and m.file_size > MAX_RATIO * max(m.compress_size, 1)
            for m in members
        )
        unpacked = sum(member.file_size for member in members)
        if packed_beyond_measure or unpacked > MAX_UNPACKED or any(map(self._lies, members)):
            raise RefusedFile(unopened.BOMB)
        return by_name

    def _lies(self, member: zipfile.ZipInfo) -> bool:
        """Return whether the part's own head tells another size than the list of parts."""
        head = self._content[member.header_offset : member.header_offset + 30]
        flags, packed, size = struct.unpack("<6xH10xLL4x", head)
        told = packed, size
        if flags & _HAS_DESCRIPTOR or _NOT_TOLD in told:
            return False
        return told != (member.compress_size, member.file_size)


@contextmanager
def damaged() -> Iterator[None]:
    """Refuse the file when its zip breaks off or does not add up."""
    try:
        yield
    except _BAD_ZIP as error:
        raise RefusedFile(unopened.DAMAGED) from error


def kind(ending: str, content: bytes) -> tuple[Kind, Archive | None]:
    """Return what kind of workbook a file is, and its zip where it is one.

    Raises RefusedFile when it is none that is read, or another one than its name says.
    """
    archive = None
    if content.startswith(_OLE):
        if _LOCKED.search(content):
            raise RefusedFile(refusals.PASSWORD)
        found: Kind = "xls"
    elif content.startswith(b"PK"):
        archive = Archive(content)
        if archive.has("xl/workbook.xml"):
            found = "xlsx"
        elif archive.has("content.xml") and archive.has("mimetype"):
            found = "ods"
        else:
            raise RefusedFile(refusals.NOT_XLSX)
    else:
        raise RefusedFile(refusals.NOT_XLSX)
    if ending not in WORKBOOKS[found]:
        raise RefusedFile(unopened.OTHER_KIND.format(ending=ending, kind=_WORDS[found]))
    return found, archive


def _plain(name: str) -> str:
    return name.replace("\\", "/").casefold()
