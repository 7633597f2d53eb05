"""Every view is a link, and a link is written in one way whoever made it."""

from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(
    ("asked", "language", "written"),
    [
        ({"pos": "DAM"}, "id", "pos=Damaskus"),
        ({"pos": "Damascus"}, "id", "pos=Damaskus"),
        ({"periode": "36"}, "en", "periode=Last 3 years"),
        ({"negara": "SAU", "sektor": "DOM"}, "en", "negara=Saudi Arabia&sektor=Domestic work"),
    ],
)
def test_a_code_or_the_other_language_is_written_anew_and_survives_a_reload(
    reader, asked, language, written
):
    reader.open("cases", language, **asked)
    assert written in unquote_plus(reader.page.url)
    state = reader.page.get_by_test_id("stCaptionContainer").first
    before = state.inner_text()

    reader.page.reload()

    expect(state).to_have_text(before, timeout=30_000)


def test_what_is_not_known_is_told(reader):
    reader.open("cases", pos="XXX")

    expect(reader.page.get_by_test_id("stToast")).to_contain_text("pos=XXX")


def test_the_language_may_stand_in_small_letters(reader):
    reader.page.goto(f"{reader.address}/cases?bahasa=en&negara=KOR")

    expect(reader.page.get_by_text("South Korea. Data as of")).to_be_visible(timeout=60_000)
    assert "bahasa=EN" in reader.page.url


def test_one_of_two_posts_can_be_clicked_while_another_place_is_chosen(reader):
    reader.open("map", negara="HKG")
    circles = reader.page.locator(".scattergeo").filter(has=reader.page.locator("text"))
    jeddah = circles.first.locator(".point").nth(6).bounding_box()

    # Plotly listens on the layer above the circles.
    middle = (jeddah["x"] + jeddah["width"] / 2, jeddah["y"] + jeddah["height"] / 2)
    reader.page.mouse.click(*middle)
    reader.settle()

    assert "· Jeddah. Data per" in reader.words()
