"""Text: spaces, letters that are not what they look like, words for nothing."""

from data_access.fields import Sheet
from data_access.sheets import ACTIVITIES, AGENCIES, CASES
from tests.data_access.intake.bad_inputs.bench import (
    CELL,
    NORMALISED,
    Answer,
    Bench,
    line,
    sheet_csv,
)
from tests.data_access.intake.builders import cell, rows


def kept(answer: Answer, sheet: Sheet, field: str) -> str:
    return answer.report.checked.frames[sheet.table][field].item()


@line("B142", NORMALISED)
def spaces_around(bench: Bench) -> Answer:
    answer = bench.send_cell(CASES, "case_id", " RUH-2026-00001 ")
    assert kept(answer, CASES, "case_id") == "RUH-2026-00001"
    return answer


@line("B143", NORMALISED)
def space_that_does_not_break(bench: Bench) -> Answer:
    answer = bench.send_cell(ACTIVITIES, "partner", "Lembaga\u00a0Pelatihan")
    assert kept(answer, ACTIVITIES, "partner") == "Lembaga Pelatihan"
    return answer


@line("B144", NORMALISED)
def characters_without_width(bench: Bench) -> Answer:
    answer = bench.send_cell(CASES, "case_id", "RUH\u200b-2026-\ufeff00001")
    assert kept(answer, CASES, "case_id") == "RUH-2026-00001"
    return answer


@line("B145", CELL, "E-SCRIPT")
def letter_of_another_script_in_a_number(bench: Bench) -> Answer:
    return bench.send_cell(CASES, "case_id", "\u0420UH-2026-00001")


@line("B146", NORMALISED)
def words_for_nothing(bench: Bench) -> Answer:
    words = {"request": "-", "agency_code": "N/A", "sector_code": "kosong", "outcome": "nihil"}
    words |= {"date_closed": "belum selesai", "agency_fault": "tidak ada", "in_shelter": "NULL"}

    def change(book) -> None:
        page = book[CASES.name]
        for field, word in words.items():
            page[cell(page, CASES, field)] = word

    answer = bench.send_book(change)
    assert [kept(answer, CASES, field) for field in words] == [None] * len(words)
    return answer


@line("B147", NORMALISED)
def a_name_that_is_a_word_for_nothing(bench: Bench) -> Answer:
    answer = bench.send_cell(AGENCIES, "agency_name", "Null")
    assert kept(answer, AGENCIES, "agency_name") == "Null"
    return answer


@line("B148", CELL, "E-LENGTH")
def very_long_text(bench: Bench) -> Answer:
    return bench.send_cell(ACTIVITIES, "partner", "a" * 32_000)


@line("B149", CELL, "E-CTRL")
def control_characters(bench: Bench) -> Answer:
    in_xml = bench.send_cell(ACTIVITIES, "partner", "Lembaga_x0001_")
    assert (in_xml.verdict, in_xml.codes) == (CELL, ("E-CTRL",))
    return bench.send_csv(sheet_csv(AGENCIES, agency_name="Mitra\x01"))


@line("B150", NORMALISED)
def emoji(bench: Bench) -> Answer:
    return bench.send_cell(ACTIVITIES, "partner", "Lembaga 🙂")


@line("B151", NORMALISED)
def script_of_a_page(bench: Bench) -> Answer:
    answer = bench.send_cell(ACTIVITIES, "partner", "<script>alert(1)</script>")
    assert kept(answer, ACTIVITIES, "partner") == "<script>alert(1)</script>"
    return answer


@line("B152", NORMALISED)
def markdown(bench: Bench) -> Answer:
    return bench.send_cell(AGENCIES, "agency_name", "[Mitra](javascript:alert) $a$")


@line("B153", NORMALISED)
def fragment_of_sql(bench: Bench) -> Answer:
    words = "x'); DROP TABLE cases; --"
    answer = bench.send_cell(AGENCIES, "agency_name", words)
    assert kept(answer, AGENCIES, "agency_name") == words
    assert bench.send_book(cases=rows(CASES, {"people": 2})).verdict == NORMALISED
    return answer


@line("B154", CELL, "E-ENCODING")
def half_a_letter(bench: Bench) -> Answer:
    return bench.send_cell(ACTIVITIES, "partner", "Lembaga _xD800_")
