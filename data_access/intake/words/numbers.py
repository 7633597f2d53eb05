"""Whole numbers and amounts, as Excel stores them and as posts type them."""

import re
from decimal import Decimal
from typing import Literal

from data_access.fields import Field
from data_access.intake.findings import Fault
from metrics import units
from metrics.text import Text

KINDS = ("integer", "decimal")
Style = Literal["", "indonesian", "english"]

_PLAIN = re.compile(r"[+-]?\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d{1,3}(?:\.\d{3}){2,}")
_SPACED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:,\d+)?")
_COMMA = re.compile(r"[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|(?:0|\d{4,}),\d+)")
_POINT = re.compile(r"[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|(?:0|\d{4,})\.\d+)")
_ONE_POINT = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_ONE_COMMA = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}")
_STORED = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_SIGNS = {
    "RP": "IDR",
    "RM": "MYR",
    "S$": "SGD",
    "B$": "BND",
    "HK$": "HKD",
    "NT$": "TWD",
    "US$": "USD",
}
_NAMED = "|".join(re.escape(sign) for sign in _SIGNS)
_BEFORE = re.compile(rf"((?i:{_NAMED})|[A-Z]{{3}})\.? ?([+-]?\d.*)")
_AFTER = re.compile(rf"([+-]?\d.*?) ?((?i:{_NAMED})|[A-Z]{{3}})")
_NO_CENTS = re.compile(r"(.*\d),--?")
_NOISE = Decimal("1e-6")  # what a computer's arithmetic leaves behind the last decimal
_DIGITS = 18  # of an amount in the database

HOW = Text(
    "Tulis angka saja tanpa pemisah ribuan, misalnya 1234 atau 1234,5.",
    "Write the number alone without a thousands separator, for example 1234 or 1234.5.",
)
NOT_A_NUMBER = Fault(
    code="E-NUM", reason=Text("bukan angka yang sah", "is not a valid number"), advice=HOW
)
PER_CENT = Fault(
    code="E-TYPE", reason=Text("adalah persen, bukan angka", "is a per cent, no number"), advice=HOW
)
NOT_WHOLE = Fault(
    code="E-INT", reason=Text("harus bilangan bulat", "must be a whole number"), advice=HOW
)
CHECK = Text("Periksa angkanya.", "Check the number.")
THOUSANDS = Fault(
    code="W-THOUSANDS",
    reason=Text(
        "titik dibaca sebagai pemisah ribuan (1.234 berarti 1234)",
        "the point was read as a thousands separator (1.234 means 1234)",
    ),
    advice=CHECK,
    severity="warning",
)
DECIMALS = Fault(
    code="W-DECIMALS",
    reason=Text(
        "koma dibaca sebagai koma desimal (1,234 berarti 1 lebih sedikit)",
        "the comma was read as a decimal comma (1,234 means a little more than 1)",
    ),
    advice=CHECK,
    severity="warning",
)
ROUNDED = Text(
    "dibulatkan menjadi {places} angka di belakang koma", "was rounded to {places} decimals"
)
RANGE = Text("di luar batas {least} sampai {most}", "lies outside {least} to {most}")


def number(field: Field, words: str, *, stored: bool) -> tuple[int | Decimal | None, Fault | None]:
    """Return the number of cleaned words, and what is to be said about it.

    `stored`: the cell holds a number and not text, so a point can only be a decimal point.
    """
    warning = None
    if stored and _STORED.fullmatch(words):
        value = Decimal(words)
    else:
        words, _ = amount_and_currency(field, words)
        if words.endswith("%"):
            return None, PER_CENT
        value, warning = _typed(words)
    if value is None:
        return None, NOT_A_NUMBER
    if fault := _outside(field, value):
        return None, fault
    if field.kind == "integer":
        whole = value == value.to_integral_value() and warning is not DECIMALS
        return (int(value), warning) if whole else (None, NOT_WHOLE)
    kept = value.quantize(Decimal(1).scaleb(-field.places))
    if warning is None and abs(kept - value) > _NOISE:
        reason = ROUNDED.format(places=field.places)
        warning = Fault(code="W-ROUNDED", reason=reason, advice=CHECK, severity="warning")
    return kept, warning


def amount_and_currency(field: Field, words: str) -> tuple[str, str]:
    """Return the words of an amount without its currency, and the currency; "": none is named."""
    if not field.currency or (words[:1].isdigit() and words[-1:].isdigit()):
        return words, ""
    if match := _BEFORE.fullmatch(words):
        sign, amount = match.groups()
    elif match := _AFTER.fullmatch(words):
        amount, sign = match.groups()
    else:
        sign, amount = "", words
    if match := _NO_CENTS.fullmatch(amount):
        amount = match[1]
    return amount, _SIGNS.get(sign.upper(), sign)


def style(field: Field, words: str) -> tuple[Style, bool]:
    """Return whose way of writing numbers typed words follow, and whether that is beyond doubt.

    "" where both are the same. In doubt, or with separated thousands, the whole column must agree.
    """
    words, _ = amount_and_currency(field, words)
    if "," in words and _ENGLISH.fullmatch(words):
        return "english", False
    if _POINT.fullmatch(words):
        return "english", True
    if any(one.fullmatch(words) for one in (_GROUPED, _ONE_POINT, _ONE_COMMA)):
        return "indonesian", False
    return ("indonesian", True) if _COMMA.fullmatch(words) else ("", True)


def _outside(field: Field, value: Decimal) -> Fault | None:
    """Return the fault of a number beyond its field's limits, or beyond what can be stored."""
    least, most = field.minimum, field.maximum
    if most is None:
        most = 10.0 ** (_DIGITS - field.places) - 1
    if value <= Decimal(str(most)) and (least is None or value >= Decimal(str(least))):
        return None
    limits = {"least": _said(-most if least is None else least), "most": _said(most)}
    return Fault(code="E-RANGE", reason=RANGE.format(**limits), advice=CHECK)


def _said(limit: float) -> Text:
    """Return a limit as each language writes it."""
    decimals = 0 if limit == int(limit) else 1
    return Text(units.number(limit, "id", decimals), units.number(limit, "en", decimals))


def _typed(words: str) -> tuple[Decimal | None, Fault | None]:
    """Return what typed words mean, read as Indonesians write, and the doubt that is left."""
    if _PLAIN.fullmatch(words) or _POINT.fullmatch(words):
        return Decimal(words), None
    if _ONE_POINT.fullmatch(words):
        return Decimal(words.replace(".", "")), THOUSANDS
    known = (_GROUPED, _SPACED, _COMMA, _ONE_COMMA)
    if any(pattern.fullmatch(words) for pattern in known):
        value = Decimal(words.replace(".", "").replace(" ", "").replace(",", "."))
        return value, DECIMALS if _ONE_COMMA.fullmatch(words) else None
    return None, None
