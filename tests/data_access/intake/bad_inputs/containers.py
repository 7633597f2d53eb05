"""Containers: what a workbook file is wrapped in, and what else is wrapped in with it."""

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Iterator

import openpyxl

from data_access.sheets import CASES
from tests.data_access.intake import other_formats
from tests.data_access.intake.bad_inputs.bench import (
    FILE,
    NORMALISED,
    WARNED,
    Answer,
    Bench,
    case_csv,
    line,
)
from tests.data_access.intake.zips import (
    STRINGS,
    good,
    part_of,
    parts,
    sheet_xml,
    with_part,
    with_words,
    zipped,
)

XLSX = "laporan.xlsx"
READ_TOO = "the issue asks to read .xls, .ods and .xlsm"
CASES_PART = part_of(CASES)
CONTENT_TYPES = "[Content_Types].xml"
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@line("B050", FILE, "E-TRUNCATED")
def truncated(bench: Bench) -> Answer:
    content = good(bench.folder)
    return bench.send(XLSX, content[: len(content) * 2 // 3])


@line("B051", FILE, "E-NOTXLSX")
def text_under_the_name_of_a_workbook(bench: Bench) -> Answer:
    return bench.send(XLSX, case_csv().encode())


@line("B052", FILE, "E-PASSWORD")
def locked_with_a_password(bench: Bench) -> Answer:
    return bench.send(XLSX, other_formats.locked(good(bench.folder)))


@line("B053", NORMALISED)
def protected_sheets(bench: Bench) -> Answer:
    def protect(book: openpyxl.Workbook) -> None:
        for page in book:
            page.protection.set_password("rahasia")
            page.protection.enable()

    return bench.send_book(protect)


@line("B054", WARNED, "W-OLDFORMAT", otherwise=READ_TOO)
def old_excel(bench: Bench) -> Answer:
    return bench.send("laporan.xls", other_formats.xls(bench.folder))


@line("B055", NORMALISED, otherwise=READ_TOO)
def open_document(bench: Bench) -> Answer:
    return bench.send("laporan.ods", other_formats.ods(bench.folder))


@line("B056", FILE, "E-NOTXLSX")
def binary_workbook(bench: Bench) -> Answer:
    content = zipped({CONTENT_TYPES: b"<Types/>", "xl/workbook.bin": b"\x83\x01\x00"})
    renamed = bench.send(XLSX, content)
    answer = bench.send("laporan.xlsb", content)
    assert answer == renamed
    return answer


@line("B057", FILE, "E-NOTXLSX")
def web_page_saved_as_xls(bench: Bench) -> Answer:
    return bench.send("laporan.xls", b"<html><table><tr><td>Nomor kasus</td></tr></table></html>")


def with_macro(content: bytes) -> bytes:
    """Return a workbook with a macro, as Excel tells its type."""
    plain = "openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    content = with_words(content, CONTENT_TYPES, plain, "ms-excel.sheet.macroEnabled.main+xml")
    return with_part(content, "xl/vbaProject.bin", b"Attribute VB_Name")


@line("B058", WARNED, "W-MACRO", otherwise=READ_TOO)
def macro_workbook(bench: Bench) -> Answer:
    return bench.send("laporan.xlsm", with_macro(good(bench.folder)))


@line("B059", FILE, "E-MACRO")
def macro_hidden_in_a_plain_workbook(bench: Bench) -> Answer:
    return bench.send(XLSX, with_macro(good(bench.folder)))


@line("B060", FILE, "E-BOMB")
def one_cell_of_300_megabytes(bench: Bench) -> Answer:
    def pieces() -> Iterator[bytes]:
        yield from sheet_xml(['<row r="1"><c r="A1" t="inlineStr"><is><t>'])
        for _ in range(300):
            yield b"A" * 1_000_000

    return bench.send(XLSX, with_part(good(bench.folder), CASES_PART, pieces()))


@line("B061", FILE, "E-BOMB")
def one_long_word_a_thousand_times(bench: Bench) -> Answer:
    return bench.send(XLSX, long_words(good(bench.folder), length=1_000_001))


def long_words(content: bytes, length: int) -> bytes:
    """Return a workbook with one long word that stands in a thousand cells."""
    at = parts(content)[STRINGS].count(b"<si>")
    content = with_words(content, STRINGS, "</sst>", f"<si><t>{'A' * length}</t></si></sst>")
    rows = (f'<row r="{r}"><c r="A{r}" t="s"><v>{at}</v></c></row>' for r in range(1, 1001))
    return with_part(content, CASES_PART, sheet_xml(rows))


@line("B062", FILE, "E-CELLS")
def a_million_rows(bench: Bench) -> Answer:
    row = '<row r="%d"><c r="A%d"><v>1</v></c><c r="B%d"><v>2</v></c><c r="C%d"><v>3</v></c></row>'
    rows = (row % (number, number, number, number) for number in range(1, 1_000_001))
    return bench.send(XLSX, with_part(good(bench.folder), CASES_PART, sheet_xml(rows)))


@line("B063", FILE, "E-SPAN")
def a_million_empty_rows(bench: Bench) -> Answer:
    rows = (f'<row r="{r}" s="1" customFormat="1"/>' for r in range(1, 1_000_001))
    return bench.send(XLSX, with_part(good(bench.folder), CASES_PART, sheet_xml(rows)))


@line("B064", FILE, "E-SPAN")
def one_cell_in_the_far_corner(bench: Bench) -> Answer:
    def far(book: openpyxl.Workbook) -> None:
        book["Kasus"]["XFD1048576"] = "x"

    return bench.send_book(far)


@line("B065", FILE, "E-BOMB")
def sizes_that_lie(bench: Bench) -> Answer:
    content = good(bench.folder)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        member = book.getinfo(STRINGS)
    size, at = struct.pack("<L", member.file_size), member.header_offset + 22
    assert content[at : at + 4] == size
    own = bench.send(XLSX, content[:at] + struct.pack("<L", 10) + content[at + 4 :])
    everywhere = bench.send(XLSX, content.replace(size, struct.pack("<L", 10)))
    assert own == everywhere
    return own


@line("B066", WARNED, "W-EMBEDDED")
def a_zip_within_the_zip(bench: Bench) -> Answer:
    inner = zipped({"a.txt": b"x"})
    return bench.send(XLSX, with_part(good(bench.folder), "xl/other.zip", inner))


@line("B067", FILE, "E-DTD")
def external_entity(bench: Bench) -> Answer:
    content = good(bench.folder)
    xml = parts(content)[CASES_PART].decode()
    changed = xml.replace("<worksheet", ENTITY + "<worksheet", 1)
    changed = re.sub(r"<v>[^<]*</v>", "<v>&e;</v>", changed, count=1)
    return bench.send(XLSX, with_part(content, CASES_PART, changed.encode()))


@line("B068", FILE, "E-DTD")
def billion_laughs(bench: Bench) -> Answer:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    start = f'<!DOCTYPE sst [<!ENTITY l0 "ha">{laughs}]><sst><si><t>&l9;</t></si></sst>'
    return bench.send(XLSX, with_part(good(bench.folder), STRINGS, start.encode()))


@line("B069", FILE, "E-SLIP")
def a_part_that_leads_outside(bench: Bench) -> Answer:
    content = good(bench.folder)
    for name in ("../../evil.txt", "/etc/evil.txt", "xl\\..\\..\\evil.txt", "C:/evil.txt"):
        answer = bench.send(XLSX, with_part(content, name, b"x"))
        assert answer.codes == ("E-SLIP",)
    return answer


@line("B070", FILE, "E-DUPENTRY")
def double_parts(bench: Bench) -> Answer:
    out = io.BytesIO(good(bench.folder))
    with zipfile.ZipFile(out, "a") as book, warnings.catch_warnings(action="ignore"):
        book.writestr(CASES_PART, b"<worksheet/>")
    same = bench.send(XLSX, out.getvalue())
    other = with_part(good(bench.folder), CASES_PART.upper(), b"<worksheet/>")
    assert bench.send(XLSX, other) == same
    return same


@line("B071", WARNED, "W-LINKS")
def links_to_other_workbooks(bench: Bench) -> Answer:
    part = b'<externalLink xmlns="x"><externalBook/></externalLink>'
    return bench.send(
        XLSX, with_part(good(bench.folder), "xl/externalLinks/externalLink1.xml", part)
    )


@line("B072", WARNED, "W-EMBEDDED")
def pictures_and_objects(bench: Bench) -> Answer:
    content = with_part(good(bench.folder), "xl/media/image1.png", b"\x89PNG")
    return bench.send(XLSX, with_part(content, "xl/embeddings/oleObject1.bin", b"\xd0\xcf"))


@line("B073", FILE, "E-ENTRIES")
def thousands_of_parts(bench: Bench) -> Answer:
    out = io.BytesIO(good(bench.folder))
    with zipfile.ZipFile(out, "a") as book:
        for number in range(5000):
            book.writestr(f"xl/media/{number}.png", b"")
    return bench.send(XLSX, out.getvalue())


@line("B074", FILE, "E-XML")
def a_broken_sheet(bench: Bench) -> Answer:
    content = with_words(good(bench.folder), CASES_PART, "</row>", "")
    return bench.send(XLSX, content)


@line("B075", FILE, "E-TRUNCATED")
def a_flipped_byte(bench: Bench) -> Answer:
    content = good(bench.folder)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        member = book.getinfo(CASES_PART)
    at = member.header_offset + 30 + len(CASES_PART) + member.compress_size // 2
    return bench.send(XLSX, content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])


HOSTILE = tuple(f"B{number:03}" for number in range(60, 71))
