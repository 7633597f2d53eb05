"""Walks through the XML of one part of a workbook, and refuses what no workbook holds."""

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from data_access.errors import RefusedFile
from data_access.intake.opening import unopened
from data_access.intake.opening.guarding import Archive

MAX_TAG = 1_000_000  # bytes; the parser goes over an unfinished tag again and again
_ENCODINGS = {None, "utf-8", "us-ascii"}  # the reader of the cells knows no others

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]


def walk(
    archive: Archive,
    name: str,
    start: Start | None = None,
    end: Callable[[str], None] | None = None,
    prepare: Callable[[Any], None] | None = None,
) -> None:
    """Parse a part, calling `start` and `end` with each element's name without its prefix.

    `prepare` is given the parser first. Raises RefusedFile: E-DTD, E-XML, E-CELLSIZE, or as
    `Archive.pieces`; `start` may raise ValueError for what it cannot make sense of.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_definitions
    parser.XmlDeclHandler = _known_encoding
    if start is not None:
        parser.StartElementHandler = lambda tag, given: start(tag.rpartition(":")[2], given)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if prepare is not None:
        prepare(parser)
    fed, pieces = 0, archive.pieces(name)
    try:
        for piece in pieces:
            if not fed and piece[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise ValueError("UTF-16")
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > MAX_TAG:
                raise RefusedFile(unopened.LONG_TAG.format(part=name))
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        for _ in pieces:  # a part that was damaged on its way is told as such
            pass
        raise RefusedFile(unopened.XML.format(part=name)) from error


def _no_definitions(*_: object) -> None:
    raise RefusedFile(unopened.DEFINITIONS)


def _known_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if (encoding and encoding.casefold()) not in _ENCODINGS:
        raise ValueError(encoding)
