"""Recognises what points at a person; none of it may come in.

A worker's identity stays at the post, which keeps the key from case number to person.
"""

import re

from data_access.intake.findings import Fault
from data_access.intake.words.cleaning import cleaned
from data_access.intake.words.screening import plain
from metrics.text import Text

_PATTERNS = {
    Text("nomor paspor", "a passport number"): re.compile(
        r"(?<![A-Z0-9])[A-Z]{1,2} ?\d{6,8}(?!\d)"
    ),
    Text("NIK", "an identity number (NIK)"): re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)"),
    Text("nomor telepon", "a phone number"): re.compile(
        r"(?<![\d-])(?:\+|0)[ ()-]?\d(?:[ .()-]{0,2}\d){7,13}(?!\d)"
        r"|(?<![\d.,-])62[ -]?8(?:[ .-]?\d){8,11}(?!\d)"  # Excel drops the + of a number
    ),
    Text("alamat surel", "an e-mail address"): re.compile(
        r"[^\s@]{1,64}@[^\s@]{1,100}\.[^\s@]{2,}"
    ),
}
NAME = Text("nama orang", "a person's name")
# In capitals BPK is the audit board, NY a town, TN a park: there only a full stop makes a title.
_TITLE = re.compile(
    r"(?<![\w.])(?:(?:Sdri?|Sdra|Bpk|Tn|Ny|Nn)\b\.?|(?:SDRI?|SDRA|BPK|TN|NY|NN)\."
    r"|(?:Saudar[ai]|SAUDAR[AI]|Bapak|BAPAK|Ibu|IBU)\b) ?([^\W\d_a-z][\w'-]+)"
)
_DESCENT = re.compile(r"[^\W\d_a-z][\w'-]+ (?:[Bb]in|[Bb]inti|BIN|BINTI) [^\W\d_a-z][\w'-]+")
# Words after a title that name an office or a group, not a person.
_OFFICES = re.compile(
    r"(atase|bapak|dan|dharma|direktur|dirjen|dubes|duta|gubernur|hamil|ibu|indonesia|kantor|"
    r"kepala|ketua|konsul|kota|menteri|menyusui|muda|nasional|pekerja|pertiwi|pimpinan|pkk|"
    r"presiden|rumah|saudara|saudari|sekalian|tunggal|wali|wakil)",
    re.IGNORECASE,
)
# Words that make the whole cell the name of an institution, which may bear a person's name.
_INSTITUTIONS = re.compile(
    r"\b(pt|cv|ud|agency|agencies|agensi|bank|bhd|sdn|co|company|corp|inc|llc|ltd|est|establishment|"
    r"group|holding|office|bureau|maktab|recruitment|recruiting|manpower|services?|trading|"
    r"university|universitas|college|institut|institute|sekolah|school|akademi|rs|rsia|rsud|"
    r"hospital|klinik|clinic|yayasan|foundation|masjid|mosque|majelis|persatuan|asosiasi|hari|"
    r"association|lembaga|balai|dinas|kantor|pusat|center|centre|pondok|pesantren|ministry|"
    r"kementerian|municipality|kota|king|prince|jalan|jl|street)\b\.?",
    re.IGNORECASE,
)
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


def personal_cell(raw: str) -> Fault | None:
    """Return the fault of words that hold something like an identity, or None."""
    words = plain(cleaned(raw))
    capitals = words.upper()
    for what, pattern in _PATTERNS.items():
        if pattern.search(capitals):
            return _personal(what)
    return _personal(NAME) if _names_a_person(words) else None


def _names_a_person(words: str) -> bool:
    """Return whether words hold a title before a name, or a name of descent.

    Names without either look like those of institutions and cannot be told from them.
    """
    if _INSTITUTIONS.search(words):
        return False
    titled = any(not _OFFICES.fullmatch(found[1]) for found in _TITLE.finditer(words))
    return titled or _DESCENT.search(words) is not None


def _personal(what: Text) -> Fault:
    reason = PERSONAL_CELL.format(what=what)
    return Fault(code="E-PRIVACY", reason=reason, advice=ADVICE, hidden=True)


def personal_heading(heading: str) -> bool:
    """Return whether a heading, in small letters, announces personal data."""
    return _HEADINGS.search(heading.replace("_", " ").replace(".", " ")) is not None


def public(label: str, instead: str = "") -> str:
    """Return a heading or the name of a sheet or file; `instead` when it points at a person."""
    every = (label, label.upper(), label.replace("_", " "), label.replace("_", " ").upper())
    return instead if any(personal_cell(one) for one in every) else label
