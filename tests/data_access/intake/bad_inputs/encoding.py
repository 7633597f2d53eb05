"""Letters: how a csv file's bytes become words."""

import codecs

from data_access.sheets import AGENCIES
from tests.data_access.intake.bad_inputs.bench import (
    CELL,
    FILE,
    NORMALISED,
    WARNED,
    Answer,
    Bench,
    case_csv,
    line,
    sheet_csv,
)
from tests.data_access.intake.imports import stored


def cases(**changed: str) -> str:
    """Return one case that needs no agency on record."""
    return case_csv(agency_code="", **changed)


def agency(name: str, post: str = "RUH") -> str:
    """Return one agency of that name."""
    return sheet_csv(AGENCIES, {"agency_code": f"{post}-M0001", "agency_name": name})


def name_of(bench: Bench, post: str = "RUH") -> str:
    """Return the name that was stored."""
    return stored(bench.engine, "agencies", post)["agency_name"].item()


@line("B001", NORMALISED)
def utf_8_with_bom(bench: Bench) -> Answer:
    return bench.send_csv(cases().encode("utf-8-sig"))


@line("B002", NORMALISED)
def utf_16_little_endian_with_bom(bench: Bench) -> Answer:
    return bench.send_csv(codecs.BOM_UTF16_LE + cases().encode("utf-16-le"))


@line("B003", NORMALISED)
def utf_16_big_endian_with_bom(bench: Bench) -> Answer:
    return bench.send_csv(codecs.BOM_UTF16_BE + cases().encode("utf-16-be"))


@line("B004", FILE, "E-ENCODING")
def utf_16_without_bom(bench: Bench) -> Answer:
    return bench.send_csv(cases().encode("utf-16-le"))


@line("B005", WARNED, "W-ENCODING")
def windows_1252(bench: Bench) -> Answer:
    answer = bench.send_csv(agency("José – café").encode("cp1252"))
    assert name_of(bench) == "José – café"
    assert [(f.rows, f.column) for f in answer.report.findings] == [((2,), "B")]
    return answer


@line("B006", WARNED, "W-MOJIBAKE")
def encoded_twice(bench: Bench) -> Answer:
    garbled, other = (words.encode().decode("cp1252") for words in ("José", "Café"))
    assert bench.send_cell(AGENCIES, "agency_name", other).codes == ("W-MOJIBAKE",)
    answer = bench.send_csv(agency(garbled))
    assert name_of(bench) == garbled
    assert [(f.rows, f.column) for f in answer.report.findings] == [((2,), "B")]
    return answer


@line("B007", CELL, "E-ENCODING")
def a_broken_byte_in_a_file_of_utf_8(bench: Bench) -> Answer:
    content = sheet_csv(AGENCIES, {"agency_name": "Cemé"}, {"agency_code": "RUH-M0002"})
    broken = content.encode().replace(b"Satu", b"Sat\xff", 1)
    answer = bench.send_csv(broken)
    assert [(f.rows, f.column) for f in answer.report.findings] == [((3,), "B")]
    # A file of plain letters has no letter of UTF-8 that speaks for it; this byte is still broken.
    alone = bench.send_csv(cases().encode().replace(b"RUH-2026", b"RUH-\xff2026"))
    assert (alone.verdict, alone.codes) == (CELL, ("E-ENCODING",))
    return answer


@line("B008", NORMALISED)
def names_in_other_scripts(bench: Bench) -> Answer:
    for post, name in {"RUH": "شركة الرياض", "HKG": "香港僱傭公司", "SEL": "한국 인력"}.items():
        answer = bench.send_csv(agency(name, post), post=post)
        assert name_of(bench, post) == name
        assert answer.verdict == NORMALISED
    return answer


@line("B009", NORMALISED)
def letters_and_accents_apart(bench: Bench) -> Answer:
    answer = bench.send_csv(agency("Cafe\u0301"))
    assert name_of(bench) == "Caf\u00e9"
    assert bench.send_csv(agency("Caf\u00e9")).report.outcome.nothing_new
    return answer


@line("B010", FILE, "E-NUL")
def nul(bench: Bench) -> Answer:
    return bench.send_csv(cases().encode().replace(b"RUH", b"RU\0H"))


@line("B011", FILE, "E-ENCODING")
def utf_32_or_utf_7(bench: Bench) -> Answer:
    assert bench.send_csv(b"+/v8-" + cases().encode("utf-7")).codes == ("E-ENCODING",)
    return bench.send_csv(cases().encode("utf-32"))


@line("B012", CELL, "E-CTRL")
def right_to_left_override(bench: Bench) -> Answer:
    return bench.send_csv(agency("Mitra \u202egnol"))
