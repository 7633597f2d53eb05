"""What may be remembered for a post: which words, of which list, for which code."""

from data_access import reference
from data_access.errors import ReaderError
from data_access.intake.words.coded import fits, list_of, spellings
from data_access.intake.words.naming import LONGEST_WORDS, Register
from data_access.intake.words.privacy import personal_cell
from data_access.intake.words.spelling import key, normal
from data_access.sheets import AGENCIES, SHEETS
from metrics.text import Text

UNKNOWN_POST = Text("Pos {post} tidak dikenal.", "There is no post {post}.")
UNKNOWN_LIST = Text(
    "Daftar {name} tidak dikenal. Pilih salah satu: {lists}.",
    "There is no list {name}. Choose one of: {lists}.",
)
UNKNOWN_CODE = Text(
    "Kode {code} tidak ada dalam daftar {name}. Pilih salah satu: {codes}.",
    "The list {name} has no code {code}. Choose one of: {codes}.",
)
UNKNOWN_AGENCY = Text(
    "Mitra {code} belum terdaftar di pos {post}. Kirim dahulu mitranya dalam lembar Mitra.",
    "Post {post} has no agency {code} yet. First send the agency in the sheet Mitra.",
)
NO_WORDS = Text(
    "Kata yang diingat harus memuat huruf atau angka, paling banyak {most} huruf.",
    "Words to remember must hold letters or digits, {most} of them at most.",
)
PERSONAL = Text(
    "Kata ini tidak boleh diingat: {what}. Data pribadi hanya disimpan di pos.",
    "These words may not be remembered: {what}. Personal data stays at the post.",
)
OFFICIAL = Text(
    "Kata ini sudah berarti {meaning} dan tidak dapat diberi arti lain.",
    "These words mean {meaning} already and cannot stand for anything else.",
)


def lists() -> list[str]:
    """Return the lists whose codes a post may write in its own words."""
    every = {list_of(field): None for sheet in SHEETS for field in sheet.fields}
    return [name for name in every if name]


def known(post: str, code_list: str) -> None:
    """Raise ReaderError unless the post and the list exist."""
    if post not in reference.codes("post"):
        raise ReaderError(UNKNOWN_POST.format(post=post[:20]))
    if code_list not in lists():
        raise ReaderError(UNKNOWN_LIST.format(name=code_list[:40], lists=", ".join(lists())))


def kept(words: str) -> str:
    """Return words in the spelling in which they are kept. Raises ReaderError if they may not."""
    spelled = normal(words)
    if not spelled or len(spelled) > LONGEST_WORDS:
        raise ReaderError(NO_WORDS.format(most=LONGEST_WORDS))
    if personal := personal_cell(words) or personal_cell(spelled):
        raise ReaderError(PERSONAL.format(what=personal.reason))
    return spelled


def coded(words: str, code: str, code_list: str) -> bool:
    """Return whether the list itself has these words for the code.

    Raises ReaderError when the list has no such code, or has the words for another one.
    """
    every = reference.code_lists()[code_list]
    if code not in every:
        codes = (
            "; ".join(f"{one} ({text.to(language)})" for one, text in every.items())
            for language in ("id", "en")
        )
        raise ReaderError(UNKNOWN_CODE.format(code=code[:60], name=code_list, codes=Text(*codes)))
    meant = spellings(code_list).get(key(words))
    if meant not in (None, code):
        raise ReaderError(OFFICIAL.format(meaning=every[meant]))
    return meant == code


def agency(words: str, code: str, post: str, register: Register) -> None:
    """Raise ReaderError unless words may stand for an agency of the post."""
    if code not in register.names:
        raise ReaderError(UNKNOWN_AGENCY.format(code=code[:60], post=post))
    written, field = words.strip().upper(), AGENCIES.field("agency_code")
    if any(fits(field, written, one) for one in reference.codes("post")):
        raise ReaderError(OFFICIAL.format(meaning=written))
    by_name = register.codes(words)
    if by_name and code not in by_name:
        raise ReaderError(OFFICIAL.format(meaning=", ".join(by_name)))
