"""Words in place of a code: read where they can mean one thing only, else asked once and kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access import reference
from data_access.fields import AGENCY, Field
from data_access.intake.storing.resolving import lists
from data_access.intake.words.cells import value
from data_access.intake.words.cleaning import cleaned
from data_access.intake.words.coded import list_of
from data_access.intake.words.naming import MOST_ASKED, Names, Origin, Register
from data_access.intake.words.spelling import company, key, normal
from data_access.sheets import (
    CASES,
    JOB_ORDERS,
    PLACEMENTS,
    SHEETS,
)

TYPE, SECTOR, PLACED = CASES.field("case_type"), CASES.field("sector_code"), PLACEMENTS
AGENCY_CODE, P3MI = CASES.field("agency_code"), JOB_ORDERS.field("p3mi_code")
CODED = [field for sheet in SHEETS for field in sheet.fields if field.kind in ("code", "yes_no")]
AGENCY_FIELDS = [field for sheet in SHEETS for field in sheet.fields if field.code_list == AGENCY]


def read(field: Field, words: str, *pairs: tuple[str, str], names: Names | None = None) -> tuple:
    """Return the value and the code of what is said, with agencies known to the post."""
    origin = Origin("RUH", names or Names(agencies=Register(pairs)))
    got, fault = value(field, words, origin)
    return got, fault.code if fault else None


def official(field: Field) -> list[tuple[str, str]]:
    """Return the codes that fit a field, each with every official way to write it."""
    every = reference.code_lists()[list_of(field)]
    return [
        (code, written)
        for code, words in every.items()
        if code in (field.allowed or every)
        for written in (code, words.indonesian, words.english)
    ]


# Words of the lists


@pytest.mark.parametrize("field", CODED, ids=lambda field: field.name)
def test_every_official_word_and_every_code_reads_as_itself(field):
    for code, written in official(field):
        expected = code == "yes" if field.kind == "yes_no" else code
        assert read(field, written) == (expected, None), written


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_official_words_are_known_however_they_are_typed_and_never_as_another_code(data):
    field = data.draw(st.sampled_from(CODED))
    code, written = data.draw(st.sampled_from(official(field)))
    typed = data.draw(st.sampled_from([str.upper, str.lower, str.title, str]))(written)
    gap = data.draw(st.sampled_from([" ", "  ", "-", " - ", "_", ".", "\u00a0", "/", "\u200b "]))
    before, after = data.draw(st.tuples(*[st.sampled_from(["", " ", ".", "(", '"', "*"])] * 2))
    typed = before + gap.join(typed.split()) + after

    expected = code == "yes" if field.kind == "yes_no" else code
    assert read(field, typed) == (expected, None)


@pytest.mark.parametrize("code_list", [name for name in lists() if name != AGENCY])
def test_no_spelling_of_a_list_stands_for_two_codes(code_list):
    spelled: dict[str, set[str]] = {}
    for code, words in reference.code_lists()[code_list].items():
        for written in (code, words.indonesian, words.english):
            spelled.setdefault(key(written), set()).add(code)

    assert all(len(codes) == 1 for codes in spelled.values())
    assert "" not in spelled


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=30))
def test_words_have_one_spelling(words):
    assert normal(normal(words)) == normal(words)
    assert key(normal(words)) == key(cleaned(words)) == key(words)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(CODED), st.text(max_size=12))
def test_no_other_words_are_ever_taken_for_a_code(field, words):
    got, said = read(field, words)

    known = {key(written) for _, written in official(field)} | {"true", "false"}
    assert key(words) in known or got is None
    assert said in (None, "E-CODE", "E-CTRL", "E-ENCODING", "E-PRIVACY")


def test_words_that_are_not_known_are_told_with_the_nearest_of_the_list():
    got, fault = value(TYPE, "gaji tdk dibayar", Origin("RUH"))

    assert got is None
    assert (fault.code, fault.code_list) == ("E-CODE", "case_type")
    assert fault.advice.indonesian.startswith("Apakah maksudnya Gaji tidak dibayar atau ")
    assert fault.advice.english.startswith("Do you mean Unpaid wages or ")


def test_words_near_to_nothing_get_the_list_alone():
    _, fault = value(SECTOR, "zzzz", Origin("RUH"))

    assert fault.code_list == "sector"
    assert fault.advice.indonesian.startswith("Pilih salah satu dari daftar: Kesehatan")


def test_a_word_of_the_list_that_does_not_fit_the_column_is_no_unknown_word():
    _, fault = value(PLACED.field("gender"), "Kelompok", Origin("RUH"))

    assert (fault.code, fault.code_list) == ("E-CODE", "")
    assert "Kelompok" in fault.reason.indonesian


def test_remembered_words_hold_only_where_their_code_fits():
    names = Names({"gender": {"rombongan": "group"}})

    assert read(CASES.field("gender"), "Rombongan", names=names) == ("group", None)
    assert read(PLACED.field("gender"), "Rombongan", names=names) == (None, "E-CODE")


def test_remembered_words_never_stand_above_the_official_ones():
    names = Names({"sector": {"konstruksi": "DOM"}, "case_type": {"aneh": "A9"}})

    assert read(SECTOR, "Konstruksi", names=names) == ("KON", None)
    assert read(TYPE, "aneh", names=names) == (None, "E-CODE")


def test_a_file_full_of_unknown_words_gets_a_bounded_number_of_suggestions():
    origin = Origin("RUH")
    words = [f"domestik {n}" for n in range(MOST_ASKED + 20)]
    advice = [value(SECTOR, one, origin)[1].advice.english for one in words]

    offering = [told.startswith("Do you mean Domestic work") for told in advice]
    assert offering == [True] * MOST_ASKED + [False] * 20
    assert value(TYPE, "gaji tdk dibayar", origin)[1].advice.english.startswith("Do you mean")


def test_the_same_unknown_words_get_the_suggestions_of_each_list():
    origin = Origin("RUH")

    for field, meant in ((CASES.field("request"), "Other"), (CASES.field("gender"), "Group")):
        advice = value(field, "othr group", origin)[1].advice.english
        assert advice.startswith("Do you mean")
        assert meant in advice.split("?")[0]


# Names of agencies


@pytest.mark.parametrize(
    "words",
    [
        "PT Maju Jaya",
        "pt. maju  jaya",
        "P.T. Maju-Jaya",
        "PT.MAJU JAYA",
        "Maju Jaya, PT",
        "MajuJaya",
    ]
    + ["Maju Jaya", "PT Maju Jaya Tbk", "PT Maju Jaya (Persero)", "\uff30\uff34 Maju\u00a0Jaya"],
)
def test_an_agency_is_known_by_its_name_and_that_is_told(words):
    assert read(AGENCY_CODE, words, ("RUH-M0007", "PT Maju Jaya")) == ("RUH-M0007", "W-NAME")


@pytest.mark.parametrize(
    "words", ["CV Maju Jaya", "Maju Jaya Sdn Bhd", "Maju", "Jaya Maju", "PT Maju Jaya Abadi", "PT"]
)
def test_another_name_or_form_of_company_is_another_agency(words):
    assert read(AGENCY_CODE, words, ("RUH-M0007", "PT Maju Jaya")) == (None, "E-NAME")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cahaya Sdn. Bhd.", "Cahaya Sendirian Berhad"),
        ("Cahaya Co., Ltd.", "Cahaya Company Limited"),
        ("Cahaya Pte Ltd", "CAHAYA LTD"),
        ("Cahaya L.L.C", "cahaya llc"),
        ("Cahaya W.L.L.", "Cahaya WLL"),
    ],
)
def test_a_form_of_company_is_known_in_short_and_in_full(one, other):
    assert company(one) == company(other)
    assert company(one).form
    assert company(one).name == "cahaya"


def test_the_very_form_goes_before_a_name_without_one():
    pairs = ("RUH-M0001", "PT Maju"), ("RUH-M0002", "CV Maju")

    assert read(AGENCY_CODE, "PT Maju", *pairs) == ("RUH-M0001", "W-NAME")
    assert read(AGENCY_CODE, "C.V. Maju", *pairs) == ("RUH-M0002", "W-NAME")
    assert read(AGENCY_CODE, "Maju", *pairs) == (None, "E-NAME")


def test_a_name_of_two_agencies_is_not_guessed():
    pairs = ("RUH-M0002", "Al-Amal"), ("RUH-M0001", "AL AMAL")
    got, fault = value(AGENCY_CODE, "Al Amal", Origin("RUH", Names(agencies=Register(pairs))))

    assert got is None
    assert (fault.code, fault.code_list) == ("E-NAME", AGENCY)
    assert "RUH-M0001, RUH-M0002" in fault.reason.indonesian
    assert (
        "AL AMAL (RUH-M0001) or Al-Amal (RUH-M0002)? Write the agency's code."
        in fault.advice.english
    )


def test_a_code_is_never_taken_for_a_name():
    pairs = ("RUH-M0001", "RUH-M0002"), ("RUH-M0002", "SIN-M0001")

    assert read(AGENCY_CODE, "ruh-m0002", *pairs) == ("RUH-M0002", None)
    assert read(AGENCY_CODE, "SIN-M0001", *pairs) == (None, "E-FOREIGN")


def test_a_name_that_begins_like_a_post_is_a_name():
    assert read(AGENCY_CODE, "SIN-Jaya", ("RUH-M0001", "Sin Jaya")) == ("RUH-M0001", "W-NAME")
    assert read(AGENCY_CODE, "SIN-Jaya") == (None, "E-NAME")


def test_a_column_of_indonesian_companies_takes_no_other_agency():
    pairs = ("RUH-M0001", "Maju"), ("P3-0001", "Cahaya")

    assert read(P3MI, "PT Cahaya", *pairs) == ("P3-0001", "W-NAME")
    _, fault = value(P3MI, "Maju", Origin("RUH", Names(agencies=Register(pairs))))
    assert (fault.code, fault.code_list) == ("E-NAME", "")
    assert "RUH-M0001" in fault.reason.english
    _, fault = value(P3MI, "Cahay", Origin("RUH", Names(agencies=Register(pairs))))
    assert "Cahaya (P3-0001)?" in fault.advice.indonesian


@pytest.mark.parametrize("field", AGENCY_FIELDS, ids=lambda field: field.label.english)
def test_an_unknown_agency_is_told_with_the_nearest_names(field):
    names = Names(agencies=Register([("P3-0007", "Bovaru Misento (simulasi)")]))
    got, fault = value(field, "Bovaru Misneto", Origin("RUH", names))

    assert got is None
    assert (fault.code, fault.code_list) == ("E-NAME", AGENCY)
    assert fault.advice.indonesian.startswith(
        "Apakah maksudnya Bovaru Misento (simulasi) (P3-0007)? Tulis kode mitranya, misalnya"
    )


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.text("AB t.-", min_size=1, max_size=5), min_size=1, max_size=6), st.data())
def test_a_name_never_stands_for_an_agency_of_another_name(names, data):
    pairs = [(f"RUH-M{n:04d}", name) for n, name in enumerate(names)]
    words = data.draw(st.sampled_from(names) | st.text("AB t.-", min_size=1, max_size=5))
    named = dict(pairs)

    for code in Register(pairs).codes(words):
        assert company(named[code]).name == company(words).name
        assert {company(named[code]).form, company(words).form} <= {company(words).form, ""} or (
            not company(words).form
        )


def test_remembered_words_settle_a_name_of_two_agencies():
    pairs = ("RUH-M0001", "Maju"), ("RUH-M0002", "Maju")
    names = Names({AGENCY: {"maju": "RUH-M0002"}}, Register(pairs))

    assert read(AGENCY_CODE, "maju", names=names) == ("RUH-M0002", None)


def test_remembered_words_that_became_another_agencys_name_are_asked_again():
    names = Names({AGENCY: {"maju": "RUH-M0002"}}, Register([("RUH-M0001", "Maju")]))
    got, fault = value(AGENCY_CODE, "Maju", Origin("RUH", names))

    assert (got, fault.code) == (None, "E-NAME")
    assert "RUH-M0001, RUH-M0002" in fault.reason.english


@pytest.mark.parametrize("words", ["Paspor A1234567", "0812 3456 7890", "x" * 121])
def test_what_may_not_be_remembered_is_not_offered_to_be(words):
    for field in (SECTOR, AGENCY_CODE):
        got, fault = value(field, words, Origin("RUH"))
        assert got is None
        assert fault.code_list == ""
