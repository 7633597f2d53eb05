"""The filters: kept in the address, across screens, in both languages, and told in words."""

from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import expect


def address(reader):
    """Return what follows the question mark, readable."""
    return unquote_plus(reader.page.url.partition("?")[2])


def test_a_filter_stands_in_the_address_and_in_words_and_moves_the_numbers(reader):
    reader.open()
    everywhere = reader.number("Kasus masuk")

    reader.choose("Negara/wilayah", "Arab Saudi")

    assert "negara=Arab Saudi" in address(reader)
    assert "Arab Saudi. Data per" in reader.words()
    assert 0 < reader.number("Kasus masuk") < everywhere


def test_it_stays_from_screen_to_screen_and_after_a_reload(reader):
    reader.open()
    reader.choose("Negara/wilayah", "Taiwan")
    for title in ("Kasus", "Peta", "Waktu penyelesaian"):
        reader.go_to(title)
        assert "negara=Taiwan" in address(reader)
        assert "Taiwan. Data per" in reader.words()

    reader.page.reload()
    reader.settle()

    assert "negara=Taiwan" in address(reader)
    expect(reader.page.get_by_text("Taiwan. Data per")).to_be_visible(timeout=20_000)


def test_a_change_of_language_keeps_it_and_rewrites_the_address(reader):
    reader.open("cases")
    reader.choose("Negara/wilayah", "Korea Selatan")

    reader.page.get_by_test_id("stMain").get_by_text("EN", exact=True).click()
    reader.settle()

    assert "negara=South Korea" in address(reader)
    assert "South Korea. Data as of" in reader.words()


@pytest.mark.parametrize("said", ["Korea Selatan", "South Korea", "KOR"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_link_opens_in_the_other_language_too(reader, language, said):
    reader.open("cases", language, negara=said)

    name = {"id": "Korea Selatan. Data per", "en": "South Korea. Data as of"}[language]
    assert name in reader.words()


def test_a_link_with_nonsense_opens_without_a_filter(reader):
    reader.open("cases", negara="Atlantis", periode="1850")

    assert "semua pos, semua kasus" in reader.words()


def test_only_the_posts_of_the_chosen_place_are_offered(reader):
    reader.open("cases", negara="SAU")

    reader.page.get_by_role("combobox", name="Pos").click()

    assert reader.page.get_by_role("option").all_inner_texts() == ["Riyadh", "Jeddah"]


def test_the_button_takes_every_filter_back(reader):
    reader.open("cases", negara="SAU", periode="2024", sektor="DOM")
    assert "Jan 2024 sampai Des 2024" in reader.words()

    reader.page.get_by_role("button", name="Hapus saringan").click()
    reader.settle()

    assert "semua pos, semua kasus" in reader.words()
    assert address(reader) in ("", "bahasa=ID")


def test_nothing_found_is_told_with_what_to_do(reader):
    reader.open("demand", negara="SYR")

    assert "Tidak ada data pada pilihan ini" in reader.words()


def test_the_rows_are_as_many_as_the_number(reader):
    reader.open("", negara="Brunei Darussalam")
    count = reader.number("Kasus masuk")
    reader.go_to("Kasus")

    assert f"Baris kasus ({count})" in reader.words()
