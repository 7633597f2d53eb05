"""The screen Data: what came and when, what is prefilled, revisions, and its words."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from data_access import reference
from data_access.sheets import CASES
from tests.data_access.intake.imports import stored
from tests.installation import Installation
from tests.screens.conftest import served
from tests.screens.desk import Desk
from tests.screens.reader import Reader


def test_the_prefilled_template_holds_the_open_cases(reader, simulated, tmp_path):
    desk = Desk(reader.page, reader.address, simulated, None)
    desk.go("kirim", pos="DOH")

    book = openpyxl.load_workbook(desk.download("Unduh templat", tmp_path))

    told = stored(simulated.engine, "cases", "DOH").filter(pl.col("date_closed").is_null())
    ids = [line[0].value for line in book[CASES.name].iter_rows(min_row=2) if line[0].value]
    assert sorted(ids) == told["case_id"].sort().to_list()
    assert "bercampur" in desk.words()  # what is stored here joins the DATA SIMULASI


def plain_state(files: list, of: date, today: date) -> str | None:
    """How a post stood with a month, from all its whole files: (period, local day)."""
    if not files or of < min(period for period, _ in files):
        return None
    due = (of.replace(day=28) + timedelta(days=4)).replace(day=1) + timedelta(days=9)
    came = min((day for period, day in files if period == of and day <= today), default=None)
    if came is None:
        return "missing" if due < today else "not_due"
    return "late" if came > due else "on_time"


def test_the_grid_says_what_the_database_says(reader, simulated):
    posts = reference.posts().select("post_code", "city_id", "time_zone").rows()
    with simulated.engine.connect() as connection:
        query = "select post_code, period, received_at from submissions where whole and kind = "
        sent = connection.execute(text(query + "'monthly'")).all()
    files: dict[str, list] = {post: [] for post, *_ in posts}
    zones = {post: ZoneInfo(zone) for post, _, zone in posts}
    for post, period, received in sent:
        at = datetime.fromisoformat(received).replace(tzinfo=UTC)
        day = at.astimezone(zones[post]).date()
        files[post].append((date.fromisoformat(period), day))
    months = [date(2024 + m // 12, m % 12 + 1, 1) for m in range(10, 34)]

    reader.open("data", periode="36")
    drawn = reader.page.locator(".js-plotly-plot").first.evaluate(
        "plot => plot.data.filter(d => d.type === 'heatmap').map(d => [d.name, d.y, d.z])"
    )

    found = {
        (name, months[place]): state
        for state, names, lines in drawn
        for name, line in zip(names, lines, strict=True)
        for place, value in enumerate(line)
        if value is not None
    }
    today = date.today()
    plain = {
        (name, of): plain_state(files[post], of, today) for post, name, _ in posts for of in months
    }
    assert found == {pair: state for pair, state in plain.items() if state is not None}
    assert {"on_time", "late", "missing"} <= set(found.values())


def test_what_was_known_then_stands_beside_what_is_known_now(reader):
    reader.open("data", bagian="revisi")
    expect(reader.page.get_by_test_id("stDataFrame")).to_be_visible(timeout=120_000)
    assert "kiriman" in reader.page.get_by_role("combobox", name="Versi data").input_value()
    told = reader.page.get_by_text(re.compile("menurut data saat itu.*menurut data sekarang"))
    expect(told).to_be_visible()


ENGLISH = (
    *("Upload", "Drag", "Browse", "Download", "Search", "Fullscreen", "Choose", "Save", "Remove"),
    *("Send", "Close", "Limit", "Show", "Hide", "Copy", "Sort", "Pin", "Autosize", "Statistics"),
    *("Select", "Open", "Clear", "Loading", "file", "files", "rows", "month", "post", "upload"),
    *("icon", "image", "menu", "row", "column"),
)


@pytest.mark.parametrize("section", ["kelengkapan", "mutu", "kirim", "riwayat", "revisi"])
def test_no_english_is_left_for_the_eye_or_the_ear(reader, section):
    reader.open("data", bagian=section)
    tables = reader.page.get_by_test_id("stDataFrame")
    if tables.count():
        tables.first.hover()
    told = reader.page.get_by_test_id("stMain").evaluate(
        """main => {
            const named = [...main.querySelectorAll('*')].flatMap(one =>
                ['aria-label', 'title', 'placeholder', 'alt'].map(name => one.getAttribute(name)))
            main.querySelectorAll('[data-testid=stIconMaterial], [role=img]').forEach(icon =>
                icon.remove())  // an icon is drawn by its English name
            return [main.innerText, ...named].filter(words => words).join(' | ')
        }"""
    )
    words = set(told.replace("/", " ").split())
    assert [word for word in ENGLISH if word in words] == []


def test_the_lists_change_their_words_with_the_language_and_follow_the_filter(reader):
    reader.open("data", bagian="kirim", pos="KWI")
    reader.page.get_by_role("radio", name="EN", exact=True).click()
    reader.settle()

    for label, words in (
        ("Month of the report", "Oct 2026"),
        ("Content of the template", "Prefil"),
    ):
        chosen = reader.page.get_by_role("combobox", name=label)
        expect(chosen).to_have_value(re.compile(f"^{words}"))
    chosen = reader.page.locator("[class*=st-key-templat_pos]").get_by_role("combobox")
    expect(chosen).to_have_value("Kuwait City")


def test_an_office_without_a_report_is_told_where_to_begin(page, tmp_path):
    installation = Installation(tmp_path)
    assert installation.run("migrate").returncode == 0
    with served(installation) as address:
        reader = Reader(page, address)
        for section in ("kelengkapan", "mutu"):
            reader.open("data", bagian=section)
            expect(page.get_by_text("Kirim yang pertama di layar Data")).to_be_visible()


def test_what_the_browser_itself_refuses_is_told_in_both_languages(reader):
    told = {
        "id": ("Berkas paling besar 20.0MB.", "jenis berkas ini tidak diterima."),
        "en": ("File must be 20.0MB or smaller.", "files are not allowed."),
    }
    files = (("a.xlsx", 21_000_000), ("a.pdf", 9))
    for language, sentences in told.items():
        for (name, size), sentence in zip(files, sentences, strict=True):
            reader.open("data", language, bagian="kirim")
            file = {"name": name, "mimeType": "application/pdf", "buffer": bytes(size)}
            reader.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
            alert = reader.page.get_by_role("alert").filter(has_text=sentence)
            expect(alert).to_be_attached(timeout=30_000)


def test_only_the_last_submission_of_a_post_can_be_taken_back_and_that_is_said(reader, simulated):
    desk = Desk(reader.page, reader.address, simulated, None)
    desk.go("riwayat", pos="AMM")
    desk.wait_for_table()
    undo = desk.page.get_by_role("button", name="Batalkan kiriman")
    desk.choose_row(0)
    expect(undo).to_be_visible()

    desk.go("riwayat", pos="AMM")
    desk.wait_for_table()
    desk.choose_row(1)

    expect(desk.page.get_by_text("hanya kiriman terakhir pos ini")).to_be_visible()
    assert undo.count() == 0


def test_a_link_to_a_section_opens_in_both_languages(reader):
    for language, asked in (("id", "History"), ("en", "riwayat")):
        reader.open("data", language, bagian=asked)
        chosen = reader.page.get_by_role("radio", name={"id": "Riwayat", "en": "History"}[language])
        expect(chosen).to_be_checked()
