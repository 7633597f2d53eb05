"""The corrected copy: a file's rows in the template's layout, the faulty cells coloured.

A post mends the coloured cells and sends the copy. What must not travel again (personal data, rows
of another post) is left empty.
"""

from contextlib import suppress
from io import BytesIO

from xlsxwriter.worksheet import Worksheet

from data_access.central import sheets_of
from data_access.intake.findings import Finding
from data_access.intake.instructions import FINDINGS
from data_access.intake.report import NOT_SHOWN, Report
from data_access.intake.workbooks.listing import UNCOMMENTED, write_findings
from data_access.intake.workbooks.looks import Mark
from data_access.intake.workbooks.marking import HEADING_ROW, Copied, Place, copied
from data_access.intake.workbooks.workbook import Template, heading, in_words, write_value
from metrics.text import Language, Text

MOST_COMMENTS = 5000  # beyond, cells are coloured and stand in the list: comments are heavy
SHOWN_WORDS = 200

FAULT = Text("KEKELIRUAN", "FAULT")
WARNING = Text("PERINGATAN", "WARNING")
COPY = Text(
    "SALINAN UNTUK DIPERBAIKI dari berkas {file}: perbaiki sel merah, periksa sel kuning, lalu "
    "kirim buku kerja ini. Daftar lengkapnya ada di lembar Temuan.",
    "COPY TO BE MENDED of the file {file}: mend the red cells, check the yellow ones, then send "
    "this workbook. The sheet Temuan lists everything.",
)
WRITTEN = Text("Tertulis: {words}", "As written: {words}")

# A comment has no scroll bar: it is made as large as its words.
NARROW, BROAD, LONG = 320, 520, 500  # pixels, pixels, and the letters from which it is broad
LETTERS_A_PIXEL, LINE_PIXELS, LEAST_LINES = 0.145, 16, 4


def marked(report: Report, language: Language = "id") -> bytes:
    """Return the corrected copy of a report's file, as the bytes of a workbook.

    Each row stands where it stood in the file, under the headings of the template. `language`:
    the one that comes first in the comments.
    """
    memory = BytesIO()
    only = None if report.read.whole else report.read.sheets[0][0]
    told = (COPY.format(file=report.file),)
    template = Template(report.post, report.month, memory, only=only, told=told)
    listing = template.book.add_worksheet(FINDINGS)
    left = MOST_COMMENTS
    for sheet in sheets_of(report.post) if only is None else (only,):
        copy = copied(sheet, report)
        last = max([HEADING_ROW, *copy.rows["row"], *(row for row, _ in copy.found)])
        page = template.page(sheet, last)
        _write(template, page, copy)
        for (row, column), findings in sorted(copy.found.items())[: max(0, left)]:
            words = copy.words.get((row, column), "")
            _comment(page, (row, column), findings, words, language)
        left -= len(copy.found)
    over = (UNCOMMENTED.format(most=MOST_COMMENTS, n=-left),) if left < 0 else ()
    write_findings(listing, template.looks, report, over)
    template.close()
    return memory.getvalue()


def _write(template: Template, page: Worksheet, copy: Copied) -> None:
    """Write the values, then the cells with findings over them."""
    looks, fields = template.looks, copy.sheet.fields
    values: dict[Place, object] = {}
    for column, field in enumerate(fields):
        if field.name not in copy.rows.columns:
            continue
        said = in_words(field, copy.rows[field.name])
        for row, value in zip(copy.rows["row"], said, strict=True):
            if (row, column) in copy.found:
                values[row, column] = value
            else:
                write_value(page, row - 1, column, value, looks.cell(field.kind))
    for (row, column), findings in copy.found.items():
        field, mark = fields[column], _mark(findings)
        if row == HEADING_ROW:
            look = looks.heading(required=field.required, mark=mark)
            page.write_string(0, column, heading(field), look)
            continue
        look = looks.cell(field.kind, mark)
        value = values.get((row, column))
        if value is None:
            value = _as_written(copy, (row, column))
        if value is None or any(one.hidden for one in findings):
            page.write_blank(row - 1, column, None, look)
        else:
            write_value(page, row - 1, column, value, look)


def _as_written(copy: Copied, place: Place) -> str | float | None:
    words = copy.words.get(place)
    if words is not None and place in copy.stored:
        with suppress(ValueError):  # TRUE is no number
            return float(words)
    return words


def _mark(findings: list[Finding]) -> Mark:
    return "error" if any(one.severity == "error" for one in findings) else "warning"


def _comment(
    page: Worksheet, place: Place, findings: list[Finding], words: str, language: Language
) -> None:
    order: tuple[Language, ...] = ("id", "en") if language == "id" else ("en", "id")
    parts = []
    for finding in findings:
        for one in order:
            kind = (FAULT if finding.severity == "error" else WARNING).to(one)
            shown = ""
            if finding.hidden:
                shown = NOT_SHOWN.to(one)
            said = f"{finding.reason.to(one)}. {finding.advice.to(one)}"
            parts.append(f"{kind} {finding.code}: {shown}{said}")
    if shown := _visible(words)[:SHOWN_WORDS]:
        parts.insert(0, WRITTEN.format(words=shown).to(language))
    text = "\n".join(parts)
    width = BROAD if len(text) > LONG else NARROW
    lines = sum(int(len(part) / (width * LETTERS_A_PIXEL)) + 1 for part in parts)
    height = (max(lines, LEAST_LINES) + 1) * LINE_PIXELS
    size = {"width": width, "height": height, "font_size": 9, "author": "Atnaker"}
    row, column = place
    page.write_comment(row - 1, column, text[:8000], size)


def _visible(words: str) -> str:
    """Return words without characters that a comment cannot hold."""
    return "".join(c for c in words if c.isprintable())
