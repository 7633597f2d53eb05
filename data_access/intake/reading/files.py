"""From the bytes of a file to its sheets: every cell as words, with its place as Excel shows it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from data_access.central import sheets_of
from data_access.errors import RefusedFile
from data_access.fields import Sheet
from data_access.intake import accepted, refusals
from data_access.intake.findings import Finding, note
from data_access.intake.instructions import GUIDE, OUR_OWN
from data_access.intake.opening.letters import doubtful
from data_access.intake.opening.limited import opened
from data_access.intake.opening.raw import RawSheet, filled
from data_access.intake.reading.beside import about_file
from data_access.intake.reading.guide import known_post, read_guide
from data_access.intake.reading.headings import Headings, headings, recognised
from data_access.intake.reading.left_out import no_data
from data_access.intake.reading.persons import persons
from data_access.intake.reading.telling import told
from data_access.intake.words.cleaning import cleaned
from data_access.intake.words.privacy import public
from data_access.sheets import SHEETS
from metrics.text import Text

NOT_READ = Text("lembar tersembunyi, tidak dibaca", "the sheet is hidden, so it was not read")
UNHIDE = Text("Tampilkan lembar itu bila isinya perlu dibaca.", "Unhide it if it should be read.")
EXTRA = Text("lembar di luar templat, tidak dibaca", "not a sheet of the template, not read")
MOVE = Text("Pindahkan isinya ke lembar templat.", "Move its content to a sheet of the template.")
EXTRA_DATA = Text(
    "lembar di luar templat dengan judul kolom lembar {sheet}",
    "not a sheet of the template, but with the headings of the sheet {sheet}",
)
MOVE_ROWS = Text(
    "Pindahkan barisnya ke lembar {sheet}, atau hapus lembar ini.",
    "Move its rows to the sheet {sheet}, or delete this sheet.",
)


@dataclass(frozen=True, kw_only=True)
class RawFile:
    """A file as read: whose it is, of which month, and its sheets with their headings."""

    post: str  # or CENTRAL
    month: date
    sheets: tuple[tuple[Sheet, RawSheet, Headings | None], ...]
    findings: tuple[Finding, ...] = ()
    whole: bool = True  # a workbook holds all its sheets; a csv file holds one


def read_file(name: str, content: bytes, *, post: str | None, month: date | None) -> RawFile:
    """Return what a file holds, opened in a child process. A single sheet needs post and month.

    Raises RefusedFile when it cannot be taken in at all.
    """
    ending = Path(name).suffix.casefold()
    if ending not in accepted.ENDINGS:
        raise RefusedFile(refusals.NOT_XLSX if ending == ".xlsb" else accepted.EXTENSION)
    if not content:
        raise RefusedFile(refusals.EMPTY)
    if len(content) > accepted.MAX_FILE:
        raise RefusedFile(accepted.TOO_LARGE)
    if ending == accepted.CSV and (post is None or month is None):
        raise RefusedFile(refusals.NEEDS_POST)
    pages, notes = opened(ending, content)
    pages = [replace(page, name=public(page.name, f"#{n}")) for n, page in enumerate(pages, 1)]
    findings = about_file(notes)
    findings += [
        note(page.name, "W-HIDDEN", NOT_READ, UNHIDE, "warning")
        for page in pages
        if not page.visible and page.name not in OUR_OWN
    ]
    read = [page for page in pages if page.visible and page.name not in OUR_OWN]
    guide = next((page for page in read if _named(page) == GUIDE.casefold()), None)
    if guide is not None:
        others = [page for page in read if page is not guide]
        return _template(guide, others, findings, post=post, month=month)
    if post is None or month is None:
        raise RefusedFile(refusals.NO_GUIDE)
    return _single(read, findings, post=known_post(post), month=month)


def _named(page: RawSheet) -> str:
    return cleaned(page.name).casefold()


def _template(
    guide: RawSheet,
    pages: list[RawSheet],
    findings: list[Finding],
    *,
    post: str | None,
    month: date | None,
) -> RawFile:
    """Return the sheets of the template, as far as they are there, and tell of others."""
    own = read_guide(guide)
    if post is not None and post != own.post:
        raise RefusedFile(refusals.OTHER_POST.format(found=own.post, due=post))
    if month is not None and month != own.month:
        found, due = f"{own.month:%Y-%m}", f"{month:%Y-%m}"
        raise RefusedFile(refusals.OTHER_MONTH.format(found=found, due=due))
    sheets, extra = [], list(pages)
    for sheet in own.only or sheets_of(own.post):
        page = next((one for one in extra if _named(one) == sheet.name.casefold()), None)
        if page is not None:
            extra.remove(page)
            sheets.append(_with_headings(sheet, page, headings(sheet, page.texts)))
    if own.only and not sheets:
        raise RefusedFile(refusals.NO_SHEET.format(sheet=own.only[0].name))
    findings += [finding for _, page, _ in sheets for finding in page.findings]
    return RawFile(
        post=own.post,
        month=own.month,
        sheets=tuple(sheets),
        findings=(*findings, *_beside([guide, *extra]), *map(_extra, _filled(extra))),
        whole=not own.only,
    )


def _single(pages: list[RawSheet], findings: list[Finding], *, post: str, month: date) -> RawFile:
    """Return the one sheet that a csv file is, or a workbook without the sheet Petunjuk."""
    pages = _filled(pages)
    known = [page for page in pages if recognised(page.texts)] or pages[:1]
    if not known:
        raise RefusedFile(refusals.NO_GUIDE)
    if len(known) > 1:
        names = ", ".join(page.name[:31] for page in known[:9])
        raise RefusedFile(refusals.SHEETS.format(found=names))
    sheet, page, found = placed(known[0])
    sheet, page, found = _with_headings(sheet, page, found)
    others = [other for other in pages if other is not known[0]]
    return RawFile(
        post=post,
        month=month,
        sheets=((sheet, page, found),),
        findings=(*findings, *page.findings, *_beside(others), *map(_extra, others)),
        whole=False,
    )


def placed(raw: RawSheet) -> tuple[Sheet, RawSheet, Headings]:
    """Return the sheet that a page is, its cells under that sheet's name, and its headings.

    Raises RefusedFile when no sheet has such headings or there is nothing below them.
    """
    known = recognised(raw.texts)
    if known is None:
        names = "; ".join(dict.fromkeys(one.fields[0].label.indonesian for one in SHEETS))
        raise RefusedFile(refusals.NO_HEADINGS.format(words=names))
    sheet, found = known
    below = filled(raw.texts).filter(pl.col("row") > found.row)
    if below.height == no_data(below, found).height:
        raise RefusedFile(refusals.NO_ROWS)
    findings = tuple(replace(finding, sheet=sheet.name) for finding in raw.findings)
    return sheet, replace(raw, name=sheet.name, findings=findings), found


def _with_headings(
    sheet: Sheet, page: RawSheet, found: Headings | None
) -> tuple[Sheet, RawSheet, Headings | None]:
    page = replace(page, name=sheet.name)
    also = (*told(page, found), *doubtful(sheet.name, page.texts))
    return sheet, replace(page, findings=(*page.findings, *also)), found


def _filled(pages: list[RawSheet]) -> list[RawSheet]:
    return [page for page in pages if page.texts.height]


def _beside(pages: list[RawSheet]) -> Iterator[Finding]:
    """Yield the cells beside the report that point at a person."""
    for page in pages:
        yield from persons(page.name, page.texts, {})


def _extra(page: RawSheet) -> Finding:
    """Return what is to be said of a sheet that the template does not have."""
    match recognised(page.texts):
        case (sheet, found) if 2 * len(found.fields) >= len(sheet.fields):
            reason, advice = (one.format(sheet=sheet.name) for one in (EXTRA_DATA, MOVE_ROWS))
            return note(page.name, "E-SHEETS", reason, advice)
    return note(page.name, "W-SHEET", EXTRA, MOVE, "warning")
