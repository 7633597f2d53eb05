"""Opens a workbook in the child process: looks through it first, then reads its cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import fastexcel

from data_access.errors import RefusedFile
from data_access.intake.opening import contents, looking, opendocument, unopened
from data_access.intake.opening.budget import Budget
from data_access.intake.opening.guarding import Archive, kind
from data_access.intake.opening.marks import Marks, column_letter, put
from data_access.intake.opening.markup import walk
from data_access.intake.opening.styles import styles


@dataclass
class Opened:
    """A sheet as the reader of the cells gives it; texts and numbers are Arrow batches."""

    name: str
    visible: bool
    letters: list[str] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    texts: Any = None
    numbers: Any = None


def workbook(path: str, ending: str, content: bytes) -> tuple[Iterator[Opened], list[str]]:
    """Return a workbook's sheets and the codes of what is to be told of it as a whole.

    Raises RefusedFile when it is not safe to open, or locked.
    """
    found, archive = kind(ending, content)
    budget = Budget()
    if archive is None:
        return _read(path, None, budget), ["W-OLDFORMAT"]
    told = contents.beside(archive)
    if found == "ods":
        marks = opendocument.look(archive, budget)
        _walk_others(archive, {opendocument.CONTENT, opendocument.MANIFEST})
        return _read(path, {name: (None, one) for name, one in marks.items()}, budget), told
    if "W-MACRO" in told and ending != ".xlsm":
        raise RefusedFile(unopened.MACRO)
    looks = styles(archive)
    known: dict[str, tuple[bool | None, Marks]] = {}
    parts = set()
    for page in contents.pages(archive):
        if page.kind == contents.SHEET:
            parts.add(page.part)
            marks_of = looking.look(archive, page.part, page.name, looks, budget)
            known[page.name] = page.visible, marks_of
    _walk_others(archive, parts)
    return _read(path, known, budget), told


def _walk_others(archive: Archive, seen: set[str]) -> None:
    """See to it that every part comes out whole, and that its XML holds no definitions."""
    plain = {name.casefold() for name in seen}
    for name in archive.names:
        if name.casefold() in plain:
            continue
        if name.casefold().endswith((".xml", ".rels")):
            walk(archive, name)
        else:
            for _ in archive.pieces(name):
                pass


def _read(
    path: str, known: dict[str, tuple[bool | None, Marks]] | None, budget: Budget
) -> Iterator[Opened]:
    """Read the visible sheets; of those that were looked through, only the ones that are known."""
    reader = fastexcel.read_excel(path)
    for name in reader.sheet_names:
        if known is not None and name not in known:
            continue
        visible, marks = (None, Marks()) if known is None else known[name]
        if visible is False:
            yield Opened(name, visible=False)
        else:
            yield _sheet(reader, name, marks, budget if known is None else None)


def _sheet(reader: Any, name: str, marks: Marks, budget: Budget | None) -> Opened:
    # skip_rows=0 keeps the empty rows above and between, so row numbers stay Excel's.
    whole: dict[str, Any] = {"header_row": None, "skip_rows": 0}
    sheet = reader.load_sheet(name, dtypes="string", **whole)
    if sheet.visible != "visible" or not (sheet.height or marks.filled):
        return Opened(name, visible=sheet.visible == "visible")
    if budget is not None:
        budget.span(sheet.height, sheet.width, name)
    # Empty columns at the left are left out by the reader; their true places are kept.
    letters = [column_letter(column.absolute_index + 1) for column in sheet.available_columns()]
    texts, errors = sheet.to_arrow_with_errors()
    unread = errors.errors if errors else []
    read = sum(len(column) - column.null_count for column in texts.columns)
    if read + len(unread) < marks.filled:
        raise RefusedFile(unopened.LOST.format(sheet=name[:60]))
    for error in unread:
        put(marks.errors, letters[error.position[1]], error.position[0] + 1)
    # Only cells that hold a number (or TRUE) come back when booleans are asked for.
    numbers, _ = reader.load_sheet(name, dtypes="boolean", **whole).to_arrow_with_errors()
    return Opened(name, True, letters, marks, texts, numbers)
