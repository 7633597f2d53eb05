from datetime import date
from decimal import Decimal

import pytest

from data_access.fields import Field
from data_access.intake.cells import Origin, value
from data_access.intake.dates import month
from data_access.sheets import (
    ACTIVITIES,
    AGENCIES,
    CASES,
    JOB_ORDERS,
    PLACEMENTS,
    REVIEWS,
    SUMMARY,
)

REPORTED, CLOSED = CASES.field("date_reported"), CASES.field("date_closed")
CLAIMED, PEOPLE = CASES.field("amount_claimed"), CASES.field("people")
TYPE, SHELTER = CASES.field("case_type"), CASES.field("in_shelter")
CASE_ID, AGENCY = CASES.field("case_id"), CASES.field("agency_code")
PARTNER, NAME = ACTIVITIES.field("partner"), AGENCIES.field("agency_name")
QUARTER = REVIEWS.field("quarter")


def read(field: Field, words: str, *, stored: bool = False) -> tuple:
    got, fault = value(field, words, Origin("RUH"), stored=stored)
    return got, fault.code if fault else None


@pytest.mark.parametrize(
    "words",
    [
        "2026-08-17",
        "2026-08-17 00:00:00",
        "2026-08-17T23:30:00+08:00",
        "17/08/2026",
        "17-8-2026",
        "17.08.2026",
        "17 Agustus 2026",
        "17 agt 2026",
        "17-Agu-2026",
        "17 August 2026",
        " 17\u00a0Agustus  2026 ",
        "\u200b2026-08-17",
        "١٧/٠٨/٢٠٢٦",
    ],
)
def test_a_day_is_read_however_a_post_writes_it(words):
    assert read(REPORTED, words) == (date(2026, 8, 17), None)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("1 Mei 2026", date(2026, 5, 1)),
        ("1 Pebruari 2026", date(2026, 2, 1)),
        ("1 Nopember 2026", date(2026, 11, 1)),
        ("1 Okt 2026", date(2026, 10, 1)),
        ("1 Des 2026", date(2026, 12, 1)),
    ],
)
def test_indonesian_months_are_known_in_old_and_short_spelling(words, day):
    assert read(REPORTED, words) == (day, None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("12/31/2026", "E-DATE"),
        ("17/08/26", "E-DATE"),
        ("115/8/17", "E-DATE"),
        ("2026-02-30", "E-DATE"),
        ("kemarin", "E-DATE"),
        ("17 Augustus 2026", "E-DATE"),
        ("1900-01-01", "E-DATERANGE"),
        ("9999-12-31", "E-DATERANGE"),
        ("1448-02-03", "E-DATERANGE"),
        ("60", "E-DATERANGE"),
        ("-1", "E-DATERANGE"),
        ("2958466", "E-DATERANGE"),
    ],
)
def test_what_is_no_day_of_our_calendar_is_refused(words, code):
    assert read(REPORTED, words) == (None, code)


def test_an_ambiguous_day_is_read_day_first_and_told():
    assert read(REPORTED, "03/04/2026") == (date(2026, 4, 3), "W-DAYFIRST")
    assert read(REPORTED, "04/04/2026") == (date(2026, 4, 4), None)


def test_excels_own_number_of_a_day_is_read_and_told():
    assert read(REPORTED, "46027", stored=True) == (date(2026, 1, 5), "W-SERIAL")
    assert read(REPORTED, "46027.999999", stored=True) == (date(2026, 1, 5), "W-SERIAL")


@pytest.mark.parametrize("words", ["", "  ", "\u200b", "-", "N/A", "nihil", "belum selesai"])
def test_words_for_nothing_are_nothing_where_a_cell_may_be_empty(words):
    assert read(CLOSED, words) == (None, None)


def test_words_for_nothing_are_no_value_where_one_is_due():
    assert read(REPORTED, "-") == (None, "E-DATE")
    assert read(NAME, "Null") == ("Null", None)


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("1.234,5", "1234.50"),
        ("1.234.567", "1234567.00"),
        ("1 234,50", "1234.50"),
        ("1\u202f234", "1234.00"),
        ("1234,5", "1234.50"),
        ("1234.5", "1234.50"),
        ("0,125", "0.12"),
        ("9000", "9000.00"),
        ("٩٠٠٠", "9000.00"),
    ],
)
def test_an_amount_is_read_when_it_can_mean_one_thing_only(words, amount):
    assert read(CLAIMED, words) == (Decimal(amount), None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("1.234", "E-AMBIGUOUS"),
        ("1,234", "E-AMBIGUOUS"),
        ("1,234.5", "E-NUM"),
        ("(500)", "E-NUM"),
        ("NaN", "E-NUM"),
        ("inf", "E-NUM"),
        ("1e400", "E-NUM"),
        ("50%", "E-NUM"),
        ("USD 500", "E-NUM"),
        ("-1", "E-RANGE"),
        ("99999999999999999999", "E-RANGE"),
    ],
)
def test_an_amount_that_can_mean_two_things_or_nothing_is_refused(words, code):
    assert read(CLAIMED, words) == (None, code)


def test_a_cell_that_holds_a_number_has_a_decimal_point():
    assert read(CLAIMED, "1.234", stored=True) == (Decimal("1.23"), None)
    assert read(PEOPLE, "3", stored=True) == (3, None)
    assert read(PEOPLE, "2.5", stored=True) == (None, "E-INT")
    assert read(PEOPLE, "true", stored=True) == (None, "E-NUM")
    assert read(PEOPLE, "0", stored=True) == (None, "E-RANGE")


def test_a_whole_number_as_text_with_a_point_is_refused_with_advice():
    got, fault = value(SUMMARY.field("registered_workers"), "1.234", Origin("RUH"))
    assert got is None
    assert fault.code == "E-AMBIGUOUS"
    assert "1234" in fault.advice.indonesian


@pytest.mark.parametrize(
    "words", ["A1", "a1", "Gaji tidak dibayar", " gaji  TIDAK dibayar ", "Unpaid wages"]
)
def test_a_code_is_known_by_itself_and_by_its_words_in_both_languages(words):
    assert read(TYPE, words) == ("A1", None)


def test_an_unknown_code_is_refused_with_the_whole_list():
    got, fault = value(TYPE, "A9", Origin("RUH"))
    assert got is None
    assert fault.code == "E-CODE"
    assert fault.advice.indonesian.startswith("Pilih salah satu dari daftar: Gaji tidak dibayar;")
    assert fault.advice.english.endswith("Other.")


def test_a_code_of_the_list_that_does_not_fit_the_field_is_refused():
    assert read(PLACEMENTS.field("gender"), "Kelompok") == (None, "E-CODE")
    assert read(CASES.field("gender"), "Kelompok") == ("group", None)


def test_a_word_for_nothing_that_is_a_code_is_the_code():
    assert read(AGENCIES.field("sanction"), "Tidak ada") == ("none", None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Ya", True), ("no", False), ("TRUE", True), ("false", False), ("tidak", False)],
)
def test_yes_and_no_are_read_in_both_languages(words, expected):
    assert read(SHELTER, words) == (expected, None)


@pytest.mark.parametrize(
    "words",
    ["2026-Q3", "Q3 2026", "Triwulan III 2026", "triwulan 3 2026", "TW III-2026", "K3 2026"],
)
def test_a_quarter_is_read_however_a_post_writes_it(words):
    assert read(QUARTER, words) == ("2026-Q3", None)


@pytest.mark.parametrize("words", ["2026-Q5", "2026", "Triwulan III", "Q3 1826"])
def test_what_is_no_quarter_is_refused(words):
    assert read(QUARTER, words) == (None, "E-QUARTER")


def test_a_number_of_the_post_is_kept_in_capitals():
    assert read(CASE_ID, "ruh-2026-00001") == ("RUH-2026-00001", None)
    assert read(AGENCY, "P3-0120") == ("P3-0120", None)


def test_a_number_of_another_post_says_whose_it_is():
    got, fault = value(CASE_ID, "SIN-2026-00001", Origin("RUH"))
    assert got is None
    assert fault.code == "E-FOREIGN"
    assert "SIN" in fault.reason.indonesian


@pytest.mark.parametrize("words", ["RUH-26-1", "\u0420UH-2026-00001", "RUH-2026-00001x"])
def test_a_number_without_the_agreed_form_is_refused(words):
    assert read(CASE_ID, words) == (None, "E-PATTERN")


def test_a_code_with_a_lost_zero_is_refused():
    assert read(JOB_ORDERS.field("kbji"), "110", stored=True) == (None, "E-PATTERN")
    assert read(JOB_ORDERS.field("kbji"), "0110") == ("0110", None)


@pytest.mark.parametrize(
    "words",
    [
        "A1234567",
        "hubungi pemilik paspor X 7654321",
        "3201010101010001",
        "3201.0101.0101.0001",
        "+62 812 3456 7890",
        "0812-3456-7890",
        "orang@contoh.example",
    ],
)
def test_what_looks_like_a_person_is_refused_in_free_text(words):
    assert read(PARTNER, words) == (None, "E-PRIVACY")


@pytest.mark.parametrize(
    "words", ["Lembaga pelatihan 2026", "Unit 12, Blok C", "MTU Type 123", "نموذج", "示例", "🙂"]
)
def test_ordinary_free_text_is_kept(words):
    assert read(PARTNER, words) == (words, None)


@pytest.mark.parametrize(
    "words",
    [
        "=cmd|'/c calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(1)",
        "\tLembaga",
        "\t=1+1",
        "  =1+1",
        "\u200b=1+1",
        "\uff1d1+1",
    ],
)
@pytest.mark.parametrize("field", [PARTNER, NAME, JOB_ORDERS.field("occupation")])
def test_free_text_that_a_spreadsheet_would_run_is_refused(field, words):
    assert read(field, words) == (None, "E-LIKEFORMULA")


@pytest.mark.parametrize("words", ["<script>", "a < b", "b > a", "\uff1cb\uff1e"])
def test_free_text_that_could_be_read_as_markup_is_refused(words):
    assert read(PARTNER, words) == (None, "E-MARKUP")


def test_only_free_text_may_not_begin_like_a_formula():
    assert read(CLAIMED, "+500") == (Decimal("500.00"), None)
    assert read(REPORTED, "\t2026-08-17") == (date(2026, 8, 17), None)
    assert read(TYPE, "\tA1") == ("A1", None)
    assert read(CASE_ID, "\tRUH-2026-00001") == ("RUH-2026-00001", None)
    assert read(PARTNER, "-") == (None, None)
    assert read(PARTNER, "Lembaga A = B + C - D @ E") == ("Lembaga A = B + C - D @ E", None)


def test_invisible_control_characters_are_refused():
    assert read(PARTNER, "Lembaga\x01") == (None, "E-CTRL")
    assert read(PARTNER, "\u202eLembaga") == (None, "E-CTRL")


def test_text_that_is_too_long_is_refused():
    assert read(PARTNER, "a" * 121) == (None, "E-LENGTH")


def test_a_very_long_cell_is_refused_before_it_is_looked_at():
    assert read(TYPE, "a" * 100_000) == (None, "E-LENGTH")


def test_decomposed_letters_are_stored_composed():
    assert read(NAME, "Cafe\u0301") == ("Café", None)


@pytest.mark.parametrize("words", ["2026-10", "2026-10-01 00:00:00", "Oktober 2026", "okt 2026"])
def test_a_month_is_read_however_it_is_written(words):
    assert month(words) == date(2026, 10, 1)


@pytest.mark.parametrize("words", ["", "2026-13", "Smarch 2026", "10/2026"])
def test_what_is_no_month_is_none(words):
    assert month(words) is None
