"""Every screen opens through app.py in both languages, whole, marked, and without the internet."""

from itertools import pairwise

import pytest
from sqlalchemy import text

from metrics.catalogue import METRICS
from tests.screens.reader import LANGUAGES, SCREENS

FAULTS = ("belum dapat ditampilkan", "cannot be shown", "belum dapat dibuka", "cannot be opened")
# Words of the one language that would betray a missing translation in the other.
ONLY_IN = {
    "id": (" the ", " cases", "All data", "Clear filters", "Choose an option", "Definition"),
    "en": ("kasus ", " dari ", "Hapus saringan", "sampai", "belum ", "Semua data"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_it_opens_whole_marked_and_offline(reader, screen, language):
    reader.open(screen, language)
    words = reader.words()

    assert "DATA SIMULASI" in words
    assert not [fault for fault in FAULTS if fault in words]
    assert reader.page.get_by_test_id("stException").count() == 0
    assert reader.outside == []
    assert reader.complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", [name for name in SCREENS if name != "definitions"])
def test_no_word_of_the_other_language_is_left(reader, screen, language):
    reader.open(screen, language)
    shown = reader.page.get_by_test_id("stMain")
    # Published figures keep the titles of their sources.
    words = shown.inner_text().split("Angka terbit")[0].split("Published figures")[0]

    assert not [word for word in ONLY_IN[language] if word in words.replace("DATA SIMULASI", "")]
    assert reader.page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("screen", SCREENS)
def test_it_can_be_read_on_a_phone(reader, screen):
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.open(screen)

    main = reader.page.get_by_test_id("stMain")
    overflow = main.evaluate("main => main.scrollWidth - main.clientWidth")
    assert overflow <= 1


def test_the_cards_say_what_the_database_says(reader, simulated):
    """Counted once more from the stored versions in plain Python."""
    with simulated.engine.connect() as connection:
        versions = connection.execute(
            text(
                "select case_id, date_reported, date_closed, urgency, case_type from cases "
                "order by submission, version"
            )
        ).all()
    first, last = "2025-11-01", "2026-10-31"
    told: dict[str, list] = {}
    for row in versions:
        told.setdefault(row.case_id, []).append(row)
    cases = [rows[-1] for rows in told.values()]
    # A case told open again was closed once before: that closing happened too.
    closings = [case.date_closed for case in cases if case.date_closed]
    for rows in told.values():
        closings += [
            one.date_closed
            for one, later in pairwise(rows)
            if one.date_closed and not later.date_closed
        ]

    reader.open()

    assert reader.number("Kasus masuk") == sum(first <= c.date_reported <= last for c in cases)
    assert reader.number("Kasus terbuka") == sum(
        c.date_reported <= last and not (c.date_closed and c.date_closed <= last) for c in cases
    )
    assert reader.number("Kasus ditutup (semua cara)") == sum(
        first <= day <= last for day in closings
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_of_the_catalogue_is_listed_with_the_definitions(reader, language):
    reader.open("definitions", language)
    words = reader.words()

    missing = [name for name, m in METRICS.items() if m.label.to(language) not in words]
    assert missing == []
