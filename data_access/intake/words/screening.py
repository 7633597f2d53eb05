"""What keeps a cell from being looked at, whatever its column: too long, or letters not seen."""

import re
import unicodedata

from data_access.intake.findings import Fault
from metrics.text import Text

LONGEST = 4000  # letters of any cell; beyond, nothing is looked at
_BIDI = "\u202a-\u202e\u2066-\u2069"
_CONTROL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI}]")
# Half a letter, as such or as Excel writes it; and the sign that stands where letters were lost.
_LOST = re.compile(r"[\ud800-\udfff\ufffd]|_x[dD][89a-fA-F][0-9a-fA-F]{2}_")

HIDDEN_CHARACTERS = Fault(
    code="E-CTRL",
    reason=Text(
        "memuat karakter kendali yang tidak terlihat",
        "holds control characters that cannot be seen",
    ),
    advice=Text("Ketik ulang isinya.", "Type it again."),
)
LOST_LETTERS = Fault(
    code="E-ENCODING",
    reason=Text("memuat huruf yang rusak", "holds letters that were lost on the way"),
    advice=Text("Ketik ulang isinya.", "Type it again."),
)
SMALL_DIGITS = Fault(
    code="E-FOOTNOTE",
    reason=Text(
        "memuat angka kecil atau angka dalam lingkaran, seperti tanda catatan kaki",
        "holds small or circled digits, like a footnote's mark",
    ),
    advice=Text("Hapus tanda itu, atau ketik ulang isinya.", "Remove it, or type the cell again."),
)
TOO_LONG = Text("lebih dari {most} huruf", "is longer than {most} letters")
SHORTEN = Text("Persingkat isinya.", "Make it shorter.")


def plain(words: str) -> str:
    """Return words with wide letters and other scripts' digits turned into plain ones."""
    if words.isascii():
        return words
    folded = unicodedata.normalize("NFKC", words)
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in folded)


def footnoted(words: str) -> Fault | None:
    """Return the fault of digits that stand beside a value and would be read as part of it."""
    if words.isascii():
        return None
    others = (c for c in words if unicodedata.category(c) == "No")
    small = any(unicodedata.normalize("NFKC", c).isdecimal() for c in others)
    return SMALL_DIGITS if small else None


def unfit(raw: str) -> Fault | None:
    """Return why a cell is not looked at, or None."""
    if len(raw) > LONGEST:
        return too_long(LONGEST)
    if raw.isascii() and raw.isprintable() and "_" not in raw:
        return None
    if _CONTROL.search(raw):
        return HIDDEN_CHARACTERS
    return LOST_LETTERS if _LOST.search(raw) else None


def too_long(most: int) -> Fault:
    """Return the fault of a cell with more letters than fit."""
    reason = TOO_LONG.format(most=most)
    return Fault(code="E-LENGTH", reason=reason, advice=SHORTEN, hidden=True)
