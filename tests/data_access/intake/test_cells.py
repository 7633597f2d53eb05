from datetime import date
from decimal import Decimal

import pytest

from data_access.central import RATES
from data_access.fields import Field
from data_access.intake.words.cells import Origin, value
from data_access.intake.words.dates import month
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
        ("1448-02-03", "E-DATE"),
        ("2569-08-17", "E-DATE"),
        ("17 Agust 26", "E-DATE"),
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
        ("12345,6", "12345.60"),
        ("Rp 1.500.000", "1500000.00"),
        ("Rp1.500.000,-", "1500000.00"),
        ("IDR 1 500 000,00", "1500000.00"),
        ("rm 500", "500.00"),
        ("500 SAR", "500.00"),
        ("9000", "9000.00"),
        ("٩٠٠٠", "9000.00"),
    ],
)
def test_an_amount_is_read_when_it_can_mean_one_thing_only(words, amount):
    assert read(CLAIMED, words) == (Decimal(amount), None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("1,234.5", "E-NUM"),
        ("(500)", "E-NUM"),
        ("NaN", "E-NUM"),
        ("inf", "E-NUM"),
        ("1e400", "E-NUM"),
        ("50%", "E-TYPE"),
        ("$ 500", "E-NUM"),
        ("Rp lima ratus", "E-NUM"),
        ("-1", "E-RANGE"),
        ("99999999999999999999", "E-RANGE"),
    ],
)
def test_an_amount_that_can_mean_two_things_or_nothing_is_refused(words, code):
    assert read(CLAIMED, words) == (None, code)


def test_a_cell_that_holds_a_number_has_a_decimal_point():
    assert read(CLAIMED, "1.234", stored=True) == (Decimal("1.23"), "W-ROUNDED")
    assert read(CLAIMED, "0.30000000000000004", stored=True) == (Decimal("0.30"), None)
    assert read(PEOPLE, "3", stored=True) == (3, None)
    assert read(PEOPLE, "2.5", stored=True) == (None, "E-INT")
    assert read(PEOPLE, "true", stored=True) == (None, "E-NUM")
    assert read(PEOPLE, "0", stored=True) == (None, "E-RANGE")


def test_three_digits_after_a_point_are_thousands_and_told():
    assert read(CLAIMED, "1.234") == (Decimal("1234.00"), "W-THOUSANDS")
    assert read(SUMMARY.field("registered_workers"), "1.234") == (1234, "W-THOUSANDS")
    assert read(REVIEWS.field("fee"), "4.100") == (None, "E-RANGE")


def test_a_comma_is_a_decimal_comma():
    assert read(CLAIMED, "1,234") == (Decimal("1.23"), "W-DECIMALS")
    assert read(CLAIMED, "0,125") == (Decimal("0.12"), "W-ROUNDED")
    for words in ("1,234", "1,000", "2,5"):
        assert read(SUMMARY.field("registered_workers"), words) == (None, "E-INT")


def test_an_amount_beyond_what_can_be_stored_is_refused():
    rate = RATES.field("idr_per_unit")
    assert read(rate, "9" * 30) == (None, "E-RANGE")
    assert read(rate, "1e400", stored=True) == (None, "E-RANGE")
    assert read(rate, "1000000000000", stored=True)[1] == "E-RANGE"
    assert read(rate, "999999999999", stored=True)[1] is None


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


def test_a_number_with_letters_that_only_look_latin_is_refused_as_such():
    assert read(CASE_ID, "\u0420UH-2026-00001") == (None, "E-SCRIPT")
    assert read(AGENCY, "RUH-\u041c0001") == (None, "E-SCRIPT")


@pytest.mark.parametrize(
    ("words", "stored"),
    [("3.2E+15", False), ("32010101010100020", True), ("3200000000000000", True)],
)
def test_a_number_whose_digits_a_spreadsheet_has_lost_is_refused_and_not_shown(words, stored):
    got, fault = value(CASE_ID, words, Origin("RUH"), stored=stored)
    assert (got, fault.code, fault.hidden) == (None, "E-PRECISION", True)


@pytest.mark.parametrize("words", ["RUH-26-1", "RUH-2026-00001x"])
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
        "6281234567890",
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


@pytest.mark.parametrize("words", ["=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\uff1d1+1"])
@pytest.mark.parametrize("field", [PARTNER, NAME, JOB_ORDERS.field("occupation")])
def test_free_text_that_a_spreadsheet_would_run_is_kept_as_written_and_told(field, words):
    assert read(field, words) == (words, "W-LIKEFORMULA")


@pytest.mark.parametrize("words", ["\t=1+1", "  =1+1", "\u200b=1+1"])
def test_what_nobody_sees_before_a_formula_hides_nothing(words):
    assert read(PARTNER, words) == ("=1+1", "W-LIKEFORMULA")


@pytest.mark.parametrize("words", ["<script>", "a < b", "[x](javascript:1) $a$", "x'); DROP"])
def test_free_text_with_markup_is_kept_as_written(words):
    assert read(PARTNER, words) == (words, None)


@pytest.mark.parametrize("words", ["-", "--", "\u2013", "."])
def test_dashes_alone_are_nothing(words):
    assert read(NAME, words) == (None, None)
    assert read(PARTNER, words) == (None, None)


@pytest.mark.parametrize(
    "words",
    [
        "Sdr. Contoh Orang",
        "kunjungan ke rumah Sdri Contoh",
        "Bpk. CONTOH",
        "BPK. CONTOH ORANG",
        "Ibu Contoh",
        "Tn. Contoh / Ny. Contoh",
        "Saudara Contoh",
        "Contoh bin Orang",
        "CONTOH BINTI ORANG",
    ],
)
def test_a_person_named_with_a_title_or_by_descent_is_refused(words):
    assert read(PARTNER, words) == (None, "E-PRIVACY")
    assert read(TYPE, words) == (None, "E-PRIVACY")


@pytest.mark.parametrize(
    "words",
    [
        "PT Bina Contoh Mandiri",
        "CV Ibu Contoh",
        "Khalid bin Contoh Recruitment Office",
        "Contoh Manpower Sdn Bhd",
        "Contoh Employment Agency Co., Ltd.",
        "Pak Contoh Employment Agency",
        "BPK RI",
        "NY Contoh",
        "Universitas Imam Contoh bin Orang",
        "RS Ibu dan Anak Contoh",
        "Rumah Ibu Hamil",
        "Ibu Kota Nusantara",
        "Kementerian Sumber Daya Manusia",
        "Persatuan Ibu Contoh",
        "Bapak/Ibu Pimpinan",
        "bin",
        "Menteri Ketenagakerjaan",
    ],
)
def test_names_of_companies_and_institutions_are_kept(words):
    assert read(NAME, words) == (words, None)


def test_only_free_text_is_looked_at_for_formulas():
    assert read(CLAIMED, "+500") == (Decimal("500.00"), None)
    assert read(REPORTED, "\t2026-08-17") == (date(2026, 8, 17), None)
    assert read(TYPE, "\tA1") == ("A1", None)
    assert read(CASE_ID, "\tRUH-2026-00001") == ("RUH-2026-00001", None)
    assert read(PARTNER, "Lembaga A = B + C - D @ E") == ("Lembaga A = B + C - D @ E", None)


@pytest.mark.parametrize("words", ["Lembaga \ud800", "Lembaga _xD800_", "Lemba\ufffda"])
def test_letters_that_were_lost_are_refused(words):
    assert read(PARTNER, words) == (None, "E-ENCODING")


def test_a_bare_number_far_from_the_reporting_month_is_no_date():
    origin = Origin("RUH", month=date(2026, 10, 1))
    got, fault = value(REPORTED, "44565", origin, stored=True)
    assert (got, fault.code) == (None, "E-DATERANGE")
    got, fault = value(REPORTED, "46027", origin, stored=True)
    assert (got, fault.code) == (date(2026, 1, 5), "W-SERIAL")


def test_a_phone_number_is_no_amount():
    assert read(CLAIMED, "081234567890") == (None, "E-PRIVACY")
    assert read(PEOPLE, "+62 812 3456 7890") == (None, "E-PRIVACY")


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


@pytest.mark.parametrize(
    ("field", "words"),
    [(CLAIMED, "12¹"), (PEOPLE, "5²"), (PEOPLE, "①"), (CASE_ID, "RUH-2026-00012³"), (TYPE, "A1₂")],
)
def test_a_footnotes_mark_is_not_read_as_one_more_digit(field, words):
    assert read(field, words) == (None, "E-FOOTNOTE")
