"""From the words of one cell to a value, or to the reason why not. Pure functions."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from data_access import reference
from data_access.fields import Field
from data_access.intake import dates, numbers
from data_access.intake.findings import Fault
from data_access.intake.names import NO_NAMES, Names
from data_access.intake.privacy import personal_cell
from metrics.text import Text

Value = str | int | bool | date | Decimal | None

# What posts write for "nothing" in a cell that may be empty.
NOTHING = {"-", "--", "n/a", "null", "nihil", "kosong", "tidak ada", "belum selesai", "belum ada"}
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORMULA = ("=", "+", "-", "@")
_MARKUP = frozenset("<>")

HIDDEN_CHARACTERS = Fault(
    code="E-CTRL",
    reason=Text(
        "memuat karakter kendali yang tidak terlihat",
        "holds control characters that cannot be seen",
    ),
    advice=Text("Ketik ulang isinya.", "Type it again."),
)
LONGEST = 4000  # letters of any cell; beyond, nothing is looked at
TOO_LONG = Text("lebih dari {most} huruf", "is longer than {most} letters")
SHORTEN = Text("Persingkat isinya.", "Make it shorter.")
LIKE_FORMULA = Fault(
    code="E-LIKEFORMULA",
    reason=Text(
        "diawali = + - @ atau tab, sehingga dapat dijalankan sebagai rumus",
        "begins with = + - @ or a tab, so a spreadsheet would run it as a formula",
    ),
    advice=Text("Awali dengan huruf atau angka.", "Begin with a letter or a digit."),
)
LIKE_MARKUP = Fault(
    code="E-MARKUP",
    reason=Text(
        "memuat < atau >, sehingga dapat terbaca sebagai kode halaman",
        "holds < or >, so it could be read as markup",
    ),
    advice=Text("Ganti tanda itu dengan kata.", "Put words in place of the sign."),
)
BAD_PATTERN = Text("bentuknya tidak sesuai", "does not have the agreed form")
EXAMPLE = Text("Contoh yang benar: {example}.", "A correct example: {example}.")
FOREIGN = Text("milik pos lain ({post})", "belongs to another post ({post})")
OWN_ONLY = Text(
    "Kirim hanya baris pos {post}; baris pos lain dikirim pos itu sendiri.",
    "Send only rows of post {post}; each post sends its own.",
)
UNKNOWN_CODE = Text("tidak dikenal", "is not known")
CHOOSE = Text("Pilih salah satu dari daftar: {words}.", "Choose one of the list: {words}.")


@dataclass(frozen=True, eq=False)
class Origin:
    """Whose cells are read: the post, and what its own words stand for."""

    post: str
    names: Names = NO_NAMES


def cleaned(words: str) -> str:
    """Return words without invisible marks, with single plain spaces, in composed form (NFC)."""
    visible = "".join(c for c in words if unicodedata.category(c) != "Cf")
    return " ".join(unicodedata.normalize("NFC", visible).split())


def value(
    field: Field, raw: str, origin: Origin, *, stored: bool = False
) -> tuple[Value, Fault | None]:
    """Return the value of a cell and what is to be said about it.

    With an error the value is None; with a warning it is there. `stored`: the cell holds a number
    and not text. An empty cell gives (None, None): whether it may be empty is not decided here.
    """
    if len(raw) > LONGEST:
        return None, _too_long(LONGEST)
    if any(c in _BIDI or (unicodedata.category(c) == "Cc" and c not in "\t\n\r") for c in raw):
        return None, HIDDEN_CHARACTERS
    words = cleaned(raw)
    free = field.kind == "text" and not field.pattern
    if not free:
        words = _plain(words)
    if not words:
        return None, None
    known = field.kind == "code" and words.casefold() in _spellings(field)
    if not field.required and words.casefold() in NOTHING and not known:
        return None, None
    match field.kind:
        case "date":
            return dates.day(words)
        case "quarter":
            return dates.quarter(words)
        case "integer" | "decimal":
            return numbers.number(field, words, stored=stored)
        case "code" | "yes_no":
            return _coded(field, words, origin)
        case "text":
            if not free:
                return _patterned(field, words.upper(), origin.post)
            return (None, LIKE_FORMULA) if raw.startswith("\t") else _free_text(field, words)


def _plain(words: str) -> str:
    """Return words with wide letters and other scripts' digits turned into plain ones."""
    folded = unicodedata.normalize("NFKC", words)
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in folded)


@lru_cache
def _spellings(field: Field) -> dict[str, str]:
    """Return every accepted spelling, in small letters, with its code."""
    name = "yes_no" if field.kind == "yes_no" else field.code_list
    found: dict[str, str] = {}
    for code, words in reference.code_lists()[name].items():
        if field.allowed and code not in field.allowed:
            continue
        for spelling in (code, words.indonesian, words.english):
            found.setdefault(" ".join(spelling.casefold().split()), code)
    return found


@lru_cache
def _choices(field: Field) -> Text:
    every = reference.code_lists()["yes_no" if field.kind == "yes_no" else field.code_list]
    offered = [words for code, words in every.items() if not field.allowed or code in field.allowed]
    return CHOOSE.format(
        words=Text(*("; ".join(w.to(language) for w in offered) for language in ("id", "en")))
    )


def _coded(field: Field, words: str, origin: Origin) -> tuple[Value, Fault | None]:
    code = _spellings(field).get(words.casefold())
    if field.kind == "yes_no":
        code = code or {"true": "yes", "false": "no"}.get(words.casefold())
    code = code or origin.names.code(field.code_list, words)
    if code is None:
        fault = Fault(code="E-CODE", reason=UNKNOWN_CODE, advice=_choices(field))
        return None, replace(fault, code_list=field.code_list)
    return (code == "yes" if field.kind == "yes_no" else code), None


def _patterned(field: Field, words: str, post: str) -> tuple[Value, Fault | None]:
    if re.fullmatch(field.pattern.replace("{post}", post), words, re.ASCII):
        return words, None
    whose = words.split("-")[0]
    if "{post}" in field.pattern and whose != post and whose in reference.codes("post"):
        reason, advice = FOREIGN.format(post=whose), OWN_ONLY.format(post=post)
        return None, Fault(code="E-FOREIGN", reason=reason, advice=advice, hidden=True)
    advice = EXAMPLE.format(example=field.example.format(post=post))
    return None, Fault(code="E-PATTERN", reason=BAD_PATTERN, advice=advice)


def _free_text(field: Field, words: str) -> tuple[Value, Fault | None]:
    if len(words) > field.length:
        return None, _too_long(field.length)
    plain = _plain(words)
    if personal := personal_cell(plain.upper()):
        return None, personal
    if plain.startswith(_FORMULA):
        return None, LIKE_FORMULA
    return (None, LIKE_MARKUP) if _MARKUP & set(plain) else (words, None)


def _too_long(most: int) -> Fault:
    reason = TOO_LONG.format(most=most)
    return Fault(code="E-LENGTH", reason=reason, advice=SHORTEN, hidden=True)
