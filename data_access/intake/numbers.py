"""Whole numbers and amounts, as Excel stores them and as posts type them."""

import re
from decimal import Decimal

from data_access.fields import Field
from data_access.intake.findings import Fault
from metrics.text import Text

_PLAIN = re.compile(r"[+-]?\d+")
_INDONESIAN = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d{1,3}(?:\.\d{3}){2,}")
_SPACED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:,\d+)?")
_COMMA = re.compile(r"[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+)")
_POINT = re.compile(r"[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|0\.\d+)")
_AMBIGUOUS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
_STORED = re.compile(r"-?\d+(?:\.\d+)?")

HOW = Text(
    "Tulis angka saja tanpa pemisah ribuan, misalnya 1234 atau 1234,5.",
    "Write the number alone without a thousands separator, for example 1234 or 1234.5.",
)
NOT_A_NUMBER = Fault(
    code="E-NUM", reason=Text("bukan angka yang sah", "is not a valid number"), advice=HOW
)
AMBIGUOUS = Fault(
    code="E-AMBIGUOUS",
    reason=Text(
        "dapat berarti ribuan atau pecahan", "can mean thousands or a fraction, so it is not read"
    ),
    advice=HOW,
)
NOT_WHOLE = Fault(
    code="E-INT", reason=Text("harus bilangan bulat", "must be a whole number"), advice=HOW
)
RANGE = Text("di luar batas {least} sampai {most}", "lies outside {least} to {most}")
CHECK = Text("Periksa angkanya.", "Check the number.")


def number(field: Field, words: str, *, stored: bool) -> tuple[int | Decimal | None, Fault | None]:
    """Return the number of cleaned words, or the fault.

    `stored`: the cell holds a number and not text, so a point can only be a decimal point.
    """
    value = Decimal(words) if stored and _STORED.fullmatch(words) else _typed(words)
    if value is None:
        return None, AMBIGUOUS if _AMBIGUOUS.fullmatch(words) else NOT_A_NUMBER
    least, most = field.minimum, field.maximum
    if (least is not None and value < Decimal(str(least))) or (
        most is not None and value > Decimal(str(most))
    ):
        limits = {"least": f"{least:.15g}", "most": f"{most:.15g}"}
        return None, Fault(code="E-RANGE", reason=RANGE.format(**limits), advice=CHECK)
    if field.kind == "integer":
        return (int(value), None) if value == value.to_integral_value() else (None, NOT_WHOLE)
    return value.quantize(Decimal(1).scaleb(-field.places)), None


def _typed(words: str) -> Decimal | None:
    """Return what typed words mean where they can mean one thing only."""
    if _PLAIN.fullmatch(words) or _POINT.fullmatch(words):
        return Decimal(words)
    if any(pattern.fullmatch(words) for pattern in (_INDONESIAN, _SPACED, _COMMA)):
        return Decimal(words.replace(".", "").replace(" ", "").replace(",", "."))
    return None
