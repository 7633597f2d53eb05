"""Text that would run, lead astray or forge something where it is shown or used."""

import io
import logging

from data_access.sheets import ACTIVITIES
from tests.data_access.intake.bad_inputs.bench import (
    CELL,
    FILE,
    NORMALISED,
    WARNED,
    Answer,
    Bench,
    line,
    sheet_csv,
)
from tests.data_access.intake.builders import workbook


def partner(bench: Bench, words: str) -> Answer:
    """Send an activity with a counterpart of this name."""
    return bench.send_cell(ACTIVITIES, "partner", words)


def kept(answer: Answer) -> str:
    return answer.report.checked.frames["activities"]["partner"].item()


@line("B155", WARNED, "W-LIKEFORMULA")
def text_like_a_formula(bench: Bench) -> Answer:
    words = "=cmd|'/c calc'!A0"
    answer = bench.send_csv(sheet_csv(ACTIVITIES, partner=words))
    assert kept(answer) == words
    return answer


@line("B156", CELL, "E-PRIVACY", otherwise="a phone number may not come in, in any cell")
def plus_before_a_phone_number(bench: Bench) -> Answer:
    return partner(bench, "+62 812 3456 7890")


@line("B157", WARNED, "W-LIKEFORMULA")
def at_sign_before_a_function(bench: Bench) -> Answer:
    answer = partner(bench, "@SUM(1)")
    assert kept(answer) == "@SUM(1)"
    return answer


@line("B158", CELL, "E-FORMULA")
def hyperlink_as_a_formula(bench: Bench) -> Answer:
    return partner(bench, '=HYPERLINK("http://contoh.example")')


@line("B159", WARNED, "W-LIKEFORMULA")
def link_to_another_program_in_csv(bench: Bench) -> Answer:
    answer = bench.send_csv(sheet_csv(ACTIVITIES, partner="=1+1|'x'!A1"))
    assert kept(answer) == "=1+1|'x'!A1"
    return answer


def named(bench: Bench, name: str) -> Answer:
    return bench.send(name, workbook(bench.folder).read_bytes())


@line("B160", NORMALISED)
def folders_in_the_name(bench: Bench) -> Answer:
    answer = named(bench, "../../etc/x.xlsx")
    assert answer.report.file == "x.xlsx"
    return answer


@line("B161", NORMALISED)
def line_break_in_the_name(bench: Bench) -> Answer:
    answer = named(bench, "a\n\0.xlsx")
    assert answer.report.file == "a.xlsx"
    return answer


@line("B162", FILE, "E-EXT")
def two_endings(bench: Bench) -> Answer:
    return named(bench, "a.xlsx.exe")


@line("B163", NORMALISED)
def line_of_a_log_in_a_cell(bench: Bench) -> Answer:
    logged = io.StringIO()
    handler = logging.StreamHandler(logged)
    logging.getLogger().addHandler(handler)
    try:
        answer = partner(bench, "Lembaga\n2026 INFO admin")
    finally:
        logging.getLogger().removeHandler(handler)
    assert kept(answer) == "Lembaga 2026 INFO admin"
    assert "INFO admin" not in logged.getvalue()
    return answer
