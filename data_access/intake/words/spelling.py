"""One spelling for words that differ only in how they were typed. Pure functions."""

import re
import unicodedata
from typing import NamedTuple

# How a form of company is written, in the spelling below -> what it is.
_FORMS = {
    "pt": "PT",
    "p t": "PT",
    "perseroan terbatas": "PT",
    "cv": "CV",
    "c v": "CV",
    "ud": "UD",
    "u d": "UD",
    "sdn bhd": "BHD",
    "sendirian berhad": "BHD",
    "berhad": "BHD",
    "bhd": "BHD",
    "co ltd": "LTD",
    "co limited": "LTD",
    "company limited": "LTD",
    "company ltd": "LTD",
    "pte ltd": "LTD",
    "pvt ltd": "LTD",
    "limited": "LTD",
    "ltd": "LTD",
    "l l c": "LLC",
    "llc": "LLC",
    "w l l": "WLL",
    "wll": "WLL",
    "inc": "INC",
    "incorporated": "INC",
}
_OTHER_SIGNS = re.compile("[^0-9a-z]+")
_ANY_FORM = "|".join(sorted(_FORMS, key=len, reverse=True))
_BEFORE = re.compile(f"({_ANY_FORM}) (.+)")
_AFTER = re.compile(f"(.+?) ({_ANY_FORM})")
_LISTED = re.compile("(.+) (?:tbk|persero)")  # stands after a name, and tells no company apart


class Company(NamedTuple):
    """A company's name without its form, and the form; "": none was written."""

    name: str
    form: str


def normal(words: str) -> str:
    """Return words in small letters, with one plain space for every other sign between them."""
    if words.isascii():
        return _OTHER_SIGNS.sub(" ", words.lower()).strip()
    seen = "".join(c for c in words if unicodedata.category(c) != "Cf")
    small = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
    return " ".join("".join(map(_sign, small)).split())


def key(words: str) -> str:
    """Return what words of the same spelling have in common: their letters and digits alone."""
    return normal(words).replace(" ", "")


def company(words: str) -> Company:
    """Return a company's name as in `key`, apart from its form (PT, CV, Sdn Bhd, Ltd ...)."""
    rest, form = normal(words), ""
    if listed := _LISTED.fullmatch(rest):
        rest = listed[1]
    if before := _BEFORE.fullmatch(rest):
        form, rest = _FORMS[before[1]], before[2]
    elif after := _AFTER.fullmatch(rest):
        rest, form = after[1], _FORMS[after[2]]
    return Company(rest.replace(" ", ""), form)


def _sign(c: str) -> str:
    if c.isdecimal():
        return str(unicodedata.digit(c))
    return c if unicodedata.category(c)[0] in "LMN" else " "
