"""The sheet Temuan of a corrected copy: every finding in both languages, with a way to its cell."""

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from data_access.central import EVERY_SHEET
from data_access.intake.findings import Finding
from data_access.intake.report import NOT_SHOWN, WHOLE_FILE, Report, row_numbers
from data_access.intake.workbooks.looks import Looks
from data_access.intake.workbooks.marking import places
from data_access.intake.workbooks.workbook import HEADING_HEIGHT, height, on_paper
from metrics.text import Text

MOST_LISTED = 10_000
TITLE = Text("Temuan dalam berkas {file}", "Findings in the file {file}")
NOTES = (
    Text(
        "Perbaiki sel berwarna merah, periksa sel berwarna kuning, lalu kirim buku kerja ini. "
        "Setiap baris berada pada nomor baris yang sama seperti dalam berkas asal.",
        "Mend the red cells, check the yellow ones, then send this workbook. Each row has the "
        "row number that it had in the file.",
    ),
    Text(
        "Yang tidak disalin: kolom di luar templat, baris jumlah dan tanda tangan, lembar lain, "
        "dan lembar yang judul kolomnya tidak dikenali. Sel yang memuat data pribadi atau data "
        "pos lain dikosongkan.",
        "Not copied: columns outside the template, rows of totals and signatures, other sheets, "
        "and sheets whose headings were not recognised. Cells with personal data or another "
        "post's data are left empty.",
    ),
)
MORE = Text("... dan {n} temuan lain.", "... and {n} more findings.")
UNCOMMENTED = Text(
    "Hanya {most} sel pertama yang diberi komentar; {n} sel lain diwarnai saja.",
    "Only the first {most} cells have a comment; {n} more are coloured alone.",
)

# Heading and width of each column; the column is that of the file, the link leads into the copy.
COLUMNS = {
    "No.": 6,
    "Menuju sel / Go to": 16,
    "Jenis / Kind": 24,
    "Lembar / Sheet": 14,
    "Baris / Row": 16,
    "Kolom di berkas / Column": 12,
    "Judul kolom / Heading": 24,
    "Isi / Value": 26,
    "Kekeliruan": 40,
    "Yang harus dilakukan": 46,
    "What is wrong": 40,
    "What to do": 46,
    "Kode / Code": 14,
}


def write_findings(
    page: Worksheet, looks: Looks, report: Report, more_notes: tuple[Text, ...] = ()
) -> None:
    """List a report's findings on a sheet, those that keep the file out first."""
    page.write_string(0, 0, _both(TITLE.format(file=report.file)), looks.of("title"))
    notes = [words for note in (*NOTES, *more_notes) for words in (note.indonesian, note.english)]
    for row, words in enumerate(notes, start=1):
        page.write_string(row, 0, words)
    top = len(notes) + 2
    page.set_row(top, HEADING_HEIGHT)
    for column, (words, width) in enumerate(COLUMNS.items()):
        page.set_column(column, column, width)
        page.write_string(top, column, words, looks.of("column"))
    page.freeze_panes(top + 1, 0)
    on_paper(page, repeated=top)
    headings = {sheet.name: (sheet, found) for sheet, _, found in report.read.sheets}
    own = {sheet.name: (sheet, None) for sheet in EVERY_SHEET} | headings
    for number, finding in enumerate(report.findings[:MOST_LISTED], start=1):
        link = _link(finding, own if report.read.whole else headings)
        _line(page, looks, top + number, number, finding, link)
    if (left := len(report.findings) - MOST_LISTED) > 0:
        page.write_string(top + MOST_LISTED + 1, 0, _both(MORE.format(n=left)))


def _link(finding: Finding, sheets: dict) -> str:
    """Return the first cell that a finding speaks of; "" when it is not in the copy."""
    if finding.sheet not in sheets:
        return ""
    found = places(*sheets[finding.sheet], finding)
    row, column = found[0] if found else (1, 0)
    return f"{finding.sheet}!{xl_rowcol_to_cell(row - 1, column)}"


def _line(
    page: Worksheet, looks: Looks, row: int, number: int, finding: Finding, link: str
) -> None:
    plain = looks.of("wrapped")
    kind = Text("Kekeliruan", "Fault")
    if finding.severity == "warning":
        kind = Text("Peringatan", "Warning")
    page.write_number(row, 0, number, plain)
    if link:
        page.write_url(row, 1, f"internal:{link}", looks.of("link"), string=link)
    cells = (
        _both(kind),
        finding.sheet or _both(WHOLE_FILE),
        row_numbers(finding.rows).indonesian,
        finding.column,
        finding.heading.indonesian,
        NOT_SHOWN.indonesian.strip() if finding.hidden else finding.value[:200],
        finding.reason.indonesian,
        finding.advice.indonesian,
        finding.reason.english,
        finding.advice.english,
        finding.code,
    )
    page.set_row(row, height(cells, list(COLUMNS.values())[2:]))
    for column, words in enumerate(cells, start=2):
        look = looks.of(finding.severity) if column == 2 else plain
        page.write_string(row, column, words, look)


def _both(text: Text) -> str:
    return f"{text.indonesian} / {text.english}"
