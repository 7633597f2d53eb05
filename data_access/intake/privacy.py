"""Recognises what points at a person; none of it may come in.

A worker's identity stays at the post, which keeps the key from case number to person.
"""

import re

from data_access.intake.findings import Fault
from metrics.text import Text

_PATTERNS = {
    Text("nomor paspor", "a passport number"): re.compile(
        r"(?<![A-Z0-9])[A-Z]{1,2} ?\d{6,8}(?!\d)"
    ),
    Text("NIK", "an identity number (NIK)"): re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)"),
    Text("nomor telepon", "a phone number"): re.compile(
        r"(?<![\d-])(?:\+|0)[ ()-]?\d(?:[ .()-]{0,2}\d){7,13}(?!\d)"
    ),
    Text("alamat surel", "an e-mail address"): re.compile(
        r"[^\s@]{1,64}@[^\s@]{1,100}\.[^\s@]{2,}"
    ),
}
_HEADINGS = re.compile(
    r"\b(nama|name|paspor|passport|nik|ktp|telepon|telp|telpon|hp|handphone|phone|mobile|wa|"
    r"whatsapp|alamat|address|e-?mail|surel|foto|photo|lahir|birth|keluarga|family)\b"
)
PERSONAL_CELL = Text("isi sel menyerupai {what}", "the cell looks like {what}")
PERSONAL_COLUMN = Text(
    "kolom ini tampaknya memuat data pribadi", "this column seems to hold personal data"
)
ADVICE = Text(
    "Hapus dari berkas. Data pribadi hanya disimpan di pos.",
    "Take it out of the file. Personal data stays at the post.",
)


def personal_cell(words: str) -> Fault | None:
    """Return the fault of a free text that holds something like an identity, or None."""
    for what, pattern in _PATTERNS.items():
        if pattern.search(words):
            reason = PERSONAL_CELL.format(what=what)
            return Fault(code="E-PRIVACY", reason=reason, advice=ADVICE, hidden=True)
    return None


def personal_heading(heading: str) -> bool:
    """Return whether a heading, in small letters, announces personal data."""
    return _HEADINGS.search(heading.replace("_", " ").replace(".", " ")) is not None
