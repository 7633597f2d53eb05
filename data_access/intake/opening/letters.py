"""From the bytes of a text file to its letters, and which of them are in doubt."""

import codecs
import re
from collections.abc import Iterator

import polars as pl

from data_access.errors import RefusedFile
from data_access.intake import refusals
from data_access.intake.findings import Finding, note
from metrics.text import Text

_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_OTHER_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, b"+/v8", b"+/v9", b"+/v+", b"+/v/")
_OTHER_KINDS = (b"PK\x03\x04", bytes.fromhex("d0cf11e0"))
_LOST = "\ufffd"
# Three letters in a row beyond plain ones, or these two, are no words of Windows-1252 but those of
# another old encoding (Arabic, Chinese, Korean), which cannot be told from the bytes.
_NOT_WESTERN = "[ÿþ]|[¡-ÿ]{3,}"
# UTF-8 that was read as Windows-1252 and written as UTF-8 again: "Ã©" for "é".
_AFTER = r"[\x{80}-\x{bf}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MOJIBAKE = f"[Â-ß]{_AFTER}|[à-ï]{_AFTER}{{2}}|[ð-ô]{_AFTER}{{3}}"
_BEYOND_PLAIN = r"[^\x00-\x7f]"

OLD_ENCODING = Text(
    "dibaca sebagai Windows-1252, bukan UTF-8", "was read as Windows-1252 and not UTF-8"
)
CHECK_LETTERS = Text("Periksa huruf beraksen.", "Check accented letters.")
BROKEN = Text("memuat huruf yang tidak terbaca", "holds letters that cannot be read")
TYPE_AGAIN = Text(
    "Ketik ulang isinya; berkas csv disimpan sebagai CSV UTF-8.",
    "Type it again; save a csv file as CSV UTF-8.",
)
TWICE_ENCODED = Text(
    "memuat huruf yang rusak karena penyimpanan ulang, seperti Ã©",
    "holds letters garbled by saving them again, like Ã©",
)


def decoded(content: bytes) -> tuple[str, bool]:
    """Return the words of a text file and whether they were read as Windows-1252.

    Line ends become "\\n"; a letter that cannot be read becomes U+FFFD. Raises RefusedFile when it
    is no text or its encoding cannot be told.
    """
    if not content.strip():
        raise RefusedFile(refusals.EMPTY)
    if content.startswith(_OTHER_KINDS):
        raise RefusedFile(refusals.NOT_CSV)
    encoding = next((name for bom, name in _BOMS.items() if content.startswith(bom)), "")
    if content.startswith(_OTHER_BOMS) or (not encoding and content.count(0) > len(content) / 5):
        raise RefusedFile(refusals.ENCODING)
    try:
        words, old = _words(content, encoding)
    except UnicodeDecodeError as error:
        raise RefusedFile(refusals.ENCODING) from error
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    if not words.strip():
        raise RefusedFile(refusals.EMPTY)
    if "\0" in words:
        row = words.count("\n", 0, words.index("\0")) + 1
        raise RefusedFile(refusals.NUL.format(row=row))
    return words, old


def _words(content: bytes, encoding: str) -> tuple[str, bool]:
    if encoding == "utf-16":
        return content.decode(encoding), False
    words = content.decode(encoding or "utf-8", "replace")
    lost = words.count(_LOST)
    # A file that has more letters of UTF-8 than broken ones is UTF-8 with some bytes broken.
    if encoding or not lost or len(re.findall(_BEYOND_PLAIN, words)) - lost >= lost:
        return words, False
    return content.decode("cp1252", "replace"), True


def western(texts: pl.DataFrame) -> list[Finding]:
    """Return the cells that were read as Windows-1252, and those that cannot have been, by column.

    `texts`: `row` and one column of words for each letter.
    """
    found = []
    for letter, cells in _beyond_plain(texts):
        other = pl.col("words").str.contains(_NOT_WESTERN)
        if rows := tuple(cells.filter(other)["row"]):
            found.append(note("", "E-ENCODING", BROKEN, TYPE_AGAIN, rows=rows, column=letter))
        if rows := tuple(cells.filter(~other)["row"]):
            where = {"rows": rows, "column": letter}
            found.append(note("", "W-ENCODING", OLD_ENCODING, CHECK_LETTERS, "warning", **where))
    return found


def doubtful(sheet: str, texts: pl.DataFrame) -> list[Finding]:
    """Return the cells of a sheet whose letters are lost or garbled, by column."""
    found = []
    for letter, cells in _beyond_plain(texts):
        lost = pl.col("words").str.contains(_LOST)
        garbled = ~lost & pl.col("words").str.contains(_MOJIBAKE)
        if rows := tuple(cells.filter(lost)["row"]):
            found.append(note(sheet, "E-ENCODING", BROKEN, TYPE_AGAIN, rows=rows, column=letter))
        if rows := tuple(cells.filter(garbled)["row"]):
            where = {"rows": rows, "column": letter}
            found.append(
                note(sheet, "W-MOJIBAKE", TWICE_ENCODED, CHECK_LETTERS, "warning", **where)
            )
    return found


def _beyond_plain(texts: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    for letter in texts.columns[1:]:
        cells = texts.select("row", words=letter)
        cells = cells.filter(pl.col("words").str.contains(_BEYOND_PLAIN))
        if cells.height:
            yield letter, cells
