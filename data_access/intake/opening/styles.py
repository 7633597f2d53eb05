"""Which looks of cells mean something: numbers shown as a percentage, words struck through."""

import re
from dataclasses import dataclass, field

from data_access.intake.opening.guarding import Archive
from data_access.intake.opening.markup import Attributes, walk

PART = "xl/styles.xml"
_BUILT_IN_PERCENTS = {"9", "10"}
_QUOTED = re.compile(r'"[^"]*"|\\.')  # letters that a number format shows as they are


@dataclass
class Styles:
    """The numbers of the looks, as the cells name them."""

    percents: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)


def styles(archive: Archive) -> Styles:
    """Return which looks of a workbook mean something."""
    reader = _Reader()
    if archive.has(PART):
        walk(archive, PART, reader.start, reader.end)
    return reader.found


class _Reader:
    def __init__(self) -> None:
        self.found = Styles()
        self._percents = set(_BUILT_IN_PERCENTS)
        self._fonts = -1
        self._struck: set[str] = set()
        self._looks = -1
        self._inside = ""

    def start(self, tag: str, given: Attributes) -> None:
        """Take notice of a tag that begins."""
        if tag in ("fonts", "cellXfs"):
            self._inside = tag
        elif tag == "numFmt" and "%" in _QUOTED.sub("", given.get("formatCode", "")):
            self._percents.add(given.get("numFmtId", ""))
        elif self._inside == "fonts" and tag == "font":
            self._fonts += 1
        elif self._inside == "fonts" and tag == "strike":
            if given.get("val", "1") not in ("0", "false"):
                self._struck.add(str(self._fonts))
        elif self._inside == "cellXfs" and tag == "xf":
            self._looks += 1
            if given.get("numFmtId") in self._percents:
                self.found.percents.add(str(self._looks))
            if given.get("fontId") in self._struck:
                self.found.struck.add(str(self._looks))

    def end(self, tag: str) -> None:
        """Take notice of a tag that ends."""
        if tag == self._inside:
            self._inside = ""
