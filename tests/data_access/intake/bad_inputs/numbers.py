"""Numbers and amounts, as Excel stores them and as posts type them."""

from collections.abc import Callable
from decimal import Decimal

import openpyxl

from data_access.sheets import CASES, JOB_ORDERS, SUMMARY
from tests.data_access.intake.bad_inputs.bench import (
    CELL,
    FILE,
    NORMALISED,
    WARNED,
    Answer,
    Bench,
    line,
)
from tests.data_access.intake.bad_inputs.dates import in_format
from tests.data_access.intake.builders import cell, rows


def claimed(bench: Bench, *written: object, **said: object) -> Answer:
    """Send as many cases as amounts, each with its amount written so."""
    cases = rows(CASES, *({"case_id": f"RUH-2026-{n:05}", **said} for n in range(len(written))))
    return bench.send_book(_amounts(written), cases=cases)


def _amounts(written: tuple) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        page = book[CASES.name]
        for row, value in enumerate(written, start=2):
            page[cell(page, CASES, "amount_claimed", row)] = value

    return change


def amount(answer: Answer) -> Decimal:
    return answer.report.checked.frames["cases"]["amount_claimed"].item()


@line("B124", NORMALISED)
def decimal_comma(bench: Bench) -> Answer:
    answer = claimed(bench, "1.234,5")
    assert amount(answer) == Decimal("1234.5")
    return answer


@line("B125", WARNED, "W-THOUSANDS")
def three_digits_after_a_point(bench: Bench) -> Answer:
    answer = bench.send_cell(SUMMARY, "registered_workers", "1.234")
    summary = answer.report.checked.frames["monthly_summary"]
    assert summary["registered_workers"].item() == 1234
    return answer


@line("B126", FILE, "E-NUMFORMAT")
def two_ways_of_writing_numbers_in_one_column(bench: Bench) -> Answer:
    return claimed(bench, "1.234,5", "1,234.5")


@line("B127", NORMALISED)
def currency_before_the_amount(bench: Bench) -> Answer:
    answer = claimed(bench, "Rp 1.500.000", currency="IDR")
    assert amount(answer) == 1_500_000
    return answer


@line("B128", CELL, "E-CURRENCY")
def another_currency_than_the_row(bench: Bench) -> Answer:
    return claimed(bench, "USD 500", currency="IDR")


@line("B129", CELL, "E-NUM")
def negative_in_parentheses(bench: Bench) -> Answer:
    return claimed(bench, "(500)")


@line("B130", CELL, "E-RANGE")
def negative_amount(bench: Bench) -> Answer:
    return claimed(bench, -1)


@line("B131", CELL, "E-NUM")
def not_a_number_and_infinity(bench: Bench) -> Answer:
    answer = claimed(bench, "NaN", "inf", "1e400")
    assert [finding.rows for finding in answer.report.findings] == [(2,), (3,), (4,)]
    return answer


@line("B132", CELL, "E-RANGE")
def huge_whole_number(bench: Bench) -> Answer:
    answer = claimed(bench, "99999999999999999999", 99999999999999999999)
    assert [finding.rows for finding in answer.report.findings] == [(2,), (3,)]
    return answer


@line("B133", CELL, "E-INT")
def fraction_of_a_worker(bench: Bench) -> Answer:
    return bench.send_cell(CASES, "people", 2.5)


@line("B134", CELL, "E-PRECISION")
def number_in_scientific_notation(bench: Bench) -> Answer:
    return bench.send_cell(CASES, "case_id", "3.2E+15")


@line("B135", CELL, "E-PRECISION")
def number_of_17_digits(bench: Bench) -> Answer:
    return bench.send_cell(CASES, "case_id", 32010101010100017)


@line("B136", CELL, "E-PATTERN")
def leading_zero_lost(bench: Bench) -> Answer:
    return bench.send_cell(JOB_ORDERS, "kbji", 110)


@line("B137", NORMALISED)
def digits_of_another_script(bench: Bench) -> Answer:
    answer = claimed(bench, "٩٠٠٠")
    assert amount(answer) == 9000
    return answer


@line("B138", CELL, "E-TYPE")
def percent(bench: Bench) -> Answer:
    typed = claimed(bench, "50%")
    assert (typed.verdict, typed.codes) == (CELL, ("E-TYPE",))
    return bench.send_book(in_format(CASES, "amount_claimed", 0.5, "0%"))


@line("B139", NORMALISED)
def spaces_between_thousands(bench: Bench) -> Answer:
    answer = claimed(bench, "1 234", "1\u00a0234", "1\u202f234")
    told = answer.report.checked.frames["cases"]["amount_claimed"]
    assert told.to_list() == [1234] * 3
    return answer


@line("B140", CELL, "E-RANGE")
def number_out_of_range(bench: Bench) -> Answer:
    return bench.send_cell(CASES, "people", 0)


@line("B141", NORMALISED)
def noise_of_arithmetic(bench: Bench) -> Answer:
    answer = claimed(bench, 0.1 + 0.2)
    assert amount(answer) == Decimal("0.30")
    return answer
