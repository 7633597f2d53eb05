"""From the words of one cell to a value, or to the reason why not. Pure functions."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from data_access import reference
from data_access.fields import AGENCY, Field
from data_access.intake.findings import Fault
from data_access.intake.words import coded, dates, numbers
from data_access.intake.words.cleaning import cleaned
from data_access.intake.words.free_text import free_text, is_nothing
from data_access.intake.words.naming import Origin
from data_access.intake.words.privacy import personal_cell
from data_access.intake.words.screening import footnoted, plain, unfit
from metrics.text import Text

Value = str | int | bool | date | Decimal | None

# What posts write for "nothing" in a cell that may be empty.
NOTHING = {"-", "--", "n/a", "null", "nihil", "kosong", "tidak ada", "belum selesai", "belum ada"}
EXACT_DIGITS = 15  # of a number; spreadsheets lose what is beyond
_LONG_NUMBER = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+|\d{17,}")
_LOOK_ALIKE = {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}

LOST_DIGITS = Fault(
    code="E-PRECISION",
    reason=Text(
        "disimpan sebagai angka sehingga digitnya dapat hilang",
        "is kept as a number, so that digits may be lost",
    ),
    advice=Text(
        "Ubah format kolom menjadi Teks, lalu ketik ulang nomornya.",
        "Set the column's format to Text, then type the number again.",
    ),
    hidden=True,
)
OTHER_SCRIPT = Text(
    "memuat huruf bukan Latin yang tampak serupa: {letters}",
    "holds letters that only look Latin: {letters}",
)
RETYPE = Text(
    "Ketik ulang dengan huruf A-Z dan angka.", "Type it again with the letters A-Z and digits."
)
BAD_PATTERN = Text("bentuknya tidak sesuai", "does not have the agreed form")
EXAMPLE = Text("Contoh yang benar: {example}.", "A correct example: {example}.")
FOREIGN = Text("milik pos lain ({post})", "belongs to another post ({post})")
OWN_ONLY = Text(
    "Kirim hanya baris pos {post}; baris pos lain dikirim pos itu sendiri.",
    "Send only rows of post {post}; each post sends its own.",
)


def value(
    field: Field, raw: str, origin: Origin, *, stored: bool = False
) -> tuple[Value, Fault | None]:
    """Return the value of a cell and what is to be said about it.

    With an error the value is None; with a warning it is there. `stored`: the cell holds a number
    and not text. An empty cell gives (None, None): whether it may be empty is not decided here.
    """
    if fault := unfit(raw):
        return None, fault
    words = cleaned(raw)
    free = field.free_text
    if not free:
        if fault := footnoted(words):
            return None, fault
        words = plain(words)
    if not words or (free and is_nothing(words)):
        return None, None
    known = field.kind == "code" and coded.known(field, words)
    if not field.required and words.casefold() in NOTHING and not known:
        return None, None
    if free:
        return free_text(field, words)
    meant, fault = _meant(field, words, origin, stored)
    # What cannot be read is looked at too, and a phone number can be typed as a number.
    shown = fault is not None and fault.severity == "error" and not fault.hidden
    if shown or (field.kind in numbers.KINDS and not stored and words.startswith(("+", "0"))):
        amount, _ = numbers.amount_and_currency(field, words)
        if personal := personal_cell(amount):
            return None, personal
    return meant, fault


def _meant(field: Field, words: str, origin: Origin, stored: bool) -> tuple[Value, Fault | None]:
    match field.kind:
        case "date":
            return dates.day(words, month=origin.month)
        case "quarter":
            return dates.quarter(words)
        case "integer" | "decimal":
            return numbers.number(field, words, stored=stored)
        case "code" | "yes_no":
            return coded.coded(field, words, origin)
    return _patterned(field, words, origin, stored)


def _patterned(
    field: Field, words: str, origin: Origin, stored: bool
) -> tuple[Value, Fault | None]:
    code, post = words.upper(), origin.post
    if coded.fits(field, code, post):
        return code, None
    whose = code.split("-")[0]
    if "{post}" in field.pattern and whose != post and whose in reference.codes("post"):
        named = field.code_list == AGENCY and not coded.fits(field, code, whose)
        if not named:
            reason, advice = FOREIGN.format(post=whose), OWN_ONLY.format(post=post)
            return None, Fault(code="E-FOREIGN", reason=reason, advice=advice, hidden=True)
    if _LONG_NUMBER.fullmatch(words) or (stored and len(words) > EXACT_DIGITS):
        return None, LOST_DIGITS
    if strange := _strange(field, words):
        return None, strange
    if field.code_list == AGENCY:
        return coded.agency(field, words, origin)
    advice = EXAMPLE.format(example=field.example.format(post=post))
    return None, Fault(code="E-PATTERN", reason=BAD_PATTERN, advice=advice)


def _strange(field: Field, words: str) -> Fault | None:
    """Return the fault of a number whose form is right but for look-alike letters, or None."""
    other = "".join(dict.fromkeys(c for c in words if not c.isascii()))
    if not other:
        return None
    scripts = {unicodedata.name(c, "?").split()[0] for c in other if c.isalpha()}
    if not scripts & _LOOK_ALIKE or (field.code_list == AGENCY and " " in words):
        return None
    return Fault(code="E-SCRIPT", reason=OTHER_SCRIPT.format(letters=other[:10]), advice=RETYPE)
