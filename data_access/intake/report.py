"""What came of a file, and its lines in plain words."""

from dataclasses import dataclass
from datetime import date

from data_access.central import EVERY_SHEET, SHEET_OF
from data_access.errors import ReaderError
from data_access.intake.checks.checking import Checked
from data_access.intake.findings import Finding
from data_access.intake.reading.files import RawFile
from data_access.intake.storing.changes import Outcome
from data_access.intake.storing.undoing import Undone
from metrics.text import Language, Text

MOST_LINES = 60
MOST_ROWS = 10

SHEET = Text("Lembar {sheet}", "Sheet {sheet}")
ROW = Text("baris {rows}", "row {rows}")
AND_MORE = Text("{rows} dan {n} lainnya", "{rows} and {n} more")
COLUMN = Text("kolom {letter} ({heading})", "column {letter} ({heading})")
LETTER = Text("kolom {letter}", "column {letter}")
FIELD = Text("kolom {heading}", "column {heading}")
WARNING = Text("Peringatan. ", "Warning. ")
NOT_SHOWN = Text("(isi tidak ditampilkan) ", "(content not shown) ")
WHOLE_FILE = Text("Seluruh berkas", "The whole file")
ACCEPTED = Text("{file}: diterima ({post}, {month}).", "{file}: accepted ({post}, {month}).")
FITS = Text(
    "{file}: dapat diterima ({post}, {month}). Belum disimpan.",
    "{file}: acceptable ({post}, {month}). Not stored yet.",
)
REFUSED = Text(
    "{file}: ditolak seluruhnya ({post}, {month}), {n} kekeliruan. Tidak ada yang disimpan.",
    "{file}: refused as a whole ({post}, {month}), {n} faults. Nothing was stored.",
)
SAME_FILE = Text(
    "Berkas ini sudah diterima sebagai kiriman nomor {n}. Tidak ada perubahan.",
    "This file was already accepted as submission {n}. Nothing changed.",
)
NO_CHANGE = Text(
    "Isinya sama dengan yang sudah tercatat. Tidak ada perubahan.",
    "Its content is what is already on record. Nothing changed.",
)
CHANGES = Text(
    "Lembar {sheet}: {added} baris baru, {changed} berubah, {removed} dihapus, {unchanged} tetap",
    "Sheet {sheet}: {added} rows new, {changed} changed, {removed} removed, {unchanged} unchanged",
)
KEPT = Text(
    ", {kept} tidak diubah karena laporan sesudahnya",
    ", {kept} left because of a later report",
)
UNDONE = Text(
    "Kiriman {number} ({post}, {month}, {file}) dibatalkan dengan nomor {by}: {added} baris baru, "
    "{changed} perubahan, dan {removed} penghapusan tidak berlaku lagi.",
    "Submission {number} ({post}, {month}, {file}) was undone by number {by}: {added} new rows, "
    "{changed} changes and {removed} removals no longer hold.",
)
ALREADY = Text(
    "Kiriman {number} ({post}, {month}, {file}) sudah dibatalkan dengan nomor {by}. Tidak ada "
    "perubahan.",
    "Submission {number} ({post}, {month}, {file}) was already undone by number {by}. Nothing "
    "changed.",
)
MORE = Text(
    "... dan {n} temuan lain. Perbaiki dahulu yang di atas.",
    "... and {n} more findings. Correct those above first.",
)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What came of a file. `outcome` is None when it was refused."""

    file: str
    post: str
    month: date
    findings: tuple[Finding, ...]
    outcome: Outcome | None
    accepted: bool
    read: RawFile
    checked: Checked
    seen: int  # the post's last submission when the file was checked
    dry_run: bool = False


def lines(report: Report, language: Language, *, most: int = MOST_LINES) -> list[str]:
    """Return the report as lines for a person; findings beyond `most` are only counted."""
    about = {"file": report.file, "post": report.post, "month": f"{report.month:%Y-%m}"}
    errors = sum(finding.severity == "error" for finding in report.findings)
    if report.accepted:
        head = [(FITS if report.dry_run else ACCEPTED).format(**about)]
    else:
        head = [REFUSED.format(n=errors, **about)]
    told = [line(finding) for finding in report.findings[:most]]
    if (left := len(report.findings) - most) > 0:
        told.append(MORE.format(n=left))
    return [text.to(language) for text in (*head, *_outcome(report.outcome), *told)]


def _outcome(outcome: Outcome | None) -> list[Text]:
    if outcome is None:
        return []
    if outcome.duplicate_of is not None:
        return [SAME_FILE.format(n=outcome.duplicate_of)]
    if outcome.nothing_new and not outcome.total("kept"):
        return [NO_CHANGE]
    said = []
    for table, changes in outcome.changes.items():
        if not any(vars(changes).values()):
            continue  # a sheet left empty
        text = CHANGES.format(sheet=SHEET_OF[table].name, **vars(changes))
        kept = KEPT.format(kept=changes.kept) if changes.kept else Text("", "")
        said.append(joined("", text, kept, Text(".", ".")))
    return said


def line(finding: Finding) -> Text:
    """Return one finding in words: where, what is there, what is wrong, what to do, its code."""
    place = [_sheet(finding)]
    if finding.rows:
        place.append(ROW.format(rows=row_numbers(finding.rows)))
    if finding.column and not finding.heading.english:
        place.append(LETTER.format(letter=finding.column))
    elif finding.column:
        place.append(COLUMN.format(letter=finding.column, heading=finding.heading))
    elif finding.heading.english:
        place.append(FIELD.format(heading=finding.heading))
    value = finding.value if len(finding.value) <= 200 else finding.value[:200] + "..."
    said = f"'{value}' " if value else ""
    shown = NOT_SHOWN if finding.hidden else Text(said, said)
    start = WARNING if finding.severity == "warning" else Text("", "")
    where = joined(", ", *place)
    told = (start, where, Text(": ", ": "), shown, finding.reason, Text(". ", ". "))
    return joined("", *told, finding.advice, coded(finding.code))


def coded(code: str) -> Text:
    """Return what stands behind a message, so that help can be asked for by its code."""
    words = f" ({code})" if code else ""
    return Text(words, words)


def refusal_line(file: str, error: ReaderError) -> Text:
    """Return why a file was not taken in, in words."""
    start = Text(f"{file}: ", f"{file}: ")
    return joined("", start, error.text, coded(error.code))


def undone_line(undone: Undone) -> Text:
    """Return what came of an undo, in words."""
    told = vars(undone) | {"month": f"{undone.month:%Y-%m}"}
    return (ALREADY if undone.already else UNDONE).format(**told)


def _sheet(finding: Finding) -> Text:
    if not finding.sheet:
        return WHOLE_FILE
    english = next((s.label.english for s in EVERY_SHEET if s.name == finding.sheet), finding.sheet)
    name = finding.sheet if english == finding.sheet else f"{finding.sheet} ({english})"
    return SHEET.format(sheet=Text(finding.sheet, name))


def row_numbers(rows: tuple[int, ...]) -> Text:
    """Return rows as words; of many the first ones and how many more."""
    shown = ", ".join(str(row) for row in rows[:MOST_ROWS])
    left = len(rows) - MOST_ROWS
    return AND_MORE.format(rows=shown, n=left) if left > 0 else Text(shown, shown)


def joined(between: str, *texts: Text) -> Text:
    """Return texts one after the other."""
    return Text(
        between.join(text.indonesian for text in texts), between.join(t.english for t in texts)
    )
