"""Cells in which a post writes what it likes: kept as written, unless they point at a person."""

from data_access.fields import Field
from data_access.intake.findings import Fault
from data_access.intake.words.privacy import personal_cell
from data_access.intake.words.screening import plain, too_long
from metrics.text import Text

LIKE_FORMULA = ("=", "+", "-", "@")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015_./ "

KEPT_AS_TEXT = Fault(
    code="W-LIKEFORMULA",
    reason=Text(
        "diawali = + - atau @; disimpan sebagai teks dan tidak pernah dijalankan",
        "begins with = + - or @; kept as text and never run",
    ),
    advice=Text("Periksa apakah memang demikian.", "Check whether this is meant."),
    severity="warning",
)


def is_nothing(words: str) -> bool:
    """Return whether words are only dashes and points."""
    return not words.strip(_DASHES)


def free_text(field: Field, words: str) -> tuple[str | None, Fault | None]:
    """Return cleaned words as they are, and what is to be said about them."""
    if len(words) > field.length:
        return None, too_long(field.length)
    if personal := personal_cell(words):
        return None, personal
    return words, KEPT_AS_TEXT if plain(words).startswith(LIKE_FORMULA) else None
