"""Says which columns of a sheet are missing, double, misspelt, or not asked for."""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

import polars as pl

from data_access.fields import Field, Sheet
from data_access.intake.findings import NOTHING_TO_DO, Finding, Severity, note
from data_access.intake.reading.column import SHOWN
from data_access.intake.reading.headings import Headings, known, spelled
from data_access.intake.words.privacy import (
    ADVICE,
    PERSONAL_COLUMN,
    personal_heading,
    public,
)
from metrics.text import Text

USE_TEMPLATE = Text(
    "Pakai judul kolom dari templat resmi, jangan diubah.",
    "Use the headings of the official template unchanged.",
)
MISSING = Text("kolom tidak ada", "the column is missing")
NOT_KNOWN = Text("judul kolom tidak dikenal", "the heading is not known")
NEAREST = Text(
    "Apakah maksudnya '{heading}'? Kolom itu belum ada. Tulis judulnya seperti pada templat.",
    "Is '{heading}' meant? That column is missing. Write its heading as in the template.",
)
MIXED = Text(
    "judul kolom mencampur huruf Latin dengan huruf {script} yang mirip",
    "the heading mixes Latin letters with {script} ones that look alike",
)
RETYPE = Text("Ketik ulang judul kolom itu.", "Type that heading again.")
FORMULA = Text("judul kolom berupa rumus", "the heading is a formula")
DOUBLE = Text("judul kolom ditulis dua kali", "the heading stands twice")
REMOVE_COLUMN = Text("Hapus salah satu kolom.", "Remove one of the columns.")
UNKNOWN = Text("kolom di luar templat, isinya tidak disimpan", "an extra column, not stored")
ABOVE = Text("baris di atas judul kolom tidak dibaca", "rows above the headings were not read")
MOVE_BELOW = Text(
    "Pindahkan ke bawah judul kolom bila berisi data.", "Move them below if they hold data."
)
CLOSE = 0.75  # how alike two headings are, from 0 to 1, before one is asked about
_SCRIPTS = {"CYRILLIC": Text("Kiril", "Cyrillic"), "GREEK": Text("Yunani", "Greek")}


def about_columns(sheet: Sheet, texts: pl.DataFrame, found: Headings) -> Iterator[Finding]:
    """Return what is to be said about columns that are missing, double or not in the template."""
    present = {field.name for field in found.fields.values()}
    missing = [field for field in sheet.fields if field.name not in present]
    used = [
        letter
        for letter in texts.columns[1:]
        if letter not in found.fields
        and (found.words.get(letter) or texts[letter].is_not_null().any())
    ]
    meant = _meant({at: found.words.get(at, "") for at in used}, missing, known(sheet))
    if found.above:
        yield note(sheet.name, "W-ABOVE", ABOVE, MOVE_BELOW, "warning", rows=found.above)
    for letter in used:
        heading = found.words.get(letter, "")
        code, reason, advice = _about(heading, known(sheet), meant.get(letter))
        severity: Severity = "warning" if code.startswith("W") else "error"
        finding = note(sheet.name, code, reason, advice, severity, rows=(found.row,), column=letter)
        shown = public(heading)[:SHOWN]
        yield replace(finding, heading=Text(shown, shown))
    asked = {field.name for field in meant.values()}
    for field in missing:
        if field.name not in asked:
            finding = note(sheet.name, "E-MISSINGCOL", MISSING, USE_TEMPLATE, rows=(found.row,))
            yield replace(finding, heading=field.label)


def _about(
    heading: str, spellings: Mapping[str, Field], meant: Field | None
) -> tuple[str, Text, Text]:
    """Return the code, reason and advice about a heading that is no field's first column."""
    if spelled(heading) in spellings:
        return "E-DUPHEADER", DOUBLE, REMOVE_COLUMN
    if _personal(heading):
        return "E-PRIVACY", PERSONAL_COLUMN, ADVICE
    nearest = NEAREST.format(heading=meant.label) if meant else None
    if script := _look_alike(heading):
        return "E-HEADER", MIXED.format(script=script), nearest or RETYPE
    if heading.startswith(("=", "+", "@")):
        return "E-HEADER", FORMULA, USE_TEMPLATE
    if nearest:
        return "E-HEADER", NOT_KNOWN, nearest
    return "W-COLUMN", UNKNOWN, NOTHING_TO_DO


def _personal(heading: str) -> bool:
    return personal_heading(heading.casefold()) or public(heading) != heading


def _look_alike(heading: str) -> Text | None:
    """Return the script whose letters stand among Latin ones in one word, or None."""
    for word in heading.split():
        scripts = {unicodedata.name(c, "").split(" ")[0] for c in word if c.isalpha()}
        if "LATIN" in scripts and (others := scripts & set(_SCRIPTS)):
            return _SCRIPTS[min(others)]
    return None


def _meant(
    headings: Mapping[str, str], missing: list[Field], spellings: Mapping[str, Field]
) -> dict[str, Field]:
    """Return the missing field that each unknown heading seems to mean, by letter."""
    alike = [
        (max(_likeness(heading, words) for words in _spellings(field)), letter, field)
        for letter, heading in headings.items()
        for field in missing
        if heading and spelled(heading) not in spellings and not _personal(heading)
    ]
    found: dict[str, Field] = {}
    for likeness, letter, field in sorted(alike, key=lambda one: -one[0]):
        if likeness >= CLOSE and letter not in found and field not in found.values():
            found[letter] = field
    return found


def _spellings(field: Field) -> tuple[str, str, str]:
    return spelled(field.label.indonesian), spelled(field.label.english), spelled(field.name)


def _likeness(heading: str, words: str) -> float:
    return difflib.SequenceMatcher(None, spelled(heading)[:80], words).ratio()
