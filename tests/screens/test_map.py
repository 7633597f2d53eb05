"""The map draws without the internet, and a click on any of the 13 posts and on a land filters."""

import pytest
from playwright.sync_api import expect

from data_access.reference import posts

WORDS = dict(posts().select("post_code", "place_id").rows())


def circles(reader):
    """Return the circles of the posts in their order, as the browser drew them."""
    layer = reader.page.locator(".scattergeo").filter(has=reader.page.locator("text"))
    return layer.first.locator(".point")


@pytest.mark.parametrize("post", list(WORDS))
def test_a_click_on_a_post_filters(reader, post):
    reader.open("map")

    # Neighbours overlap: click the rim that is nobody else's.
    circle = circles(reader).nth(list(WORDS).index(post))
    box = circle.bounding_box()
    for x, y in ((0.5, 0.5), (0.15, 0.5), (0.5, 0.15), (0.85, 0.5), (0.5, 0.85)):
        reader.page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        reader.settle()
        found = reader.page.get_by_test_id("stMain").inner_text()
        place = {"RUH": "Riyadh", "JED": "Jeddah"}.get(post, WORDS[post])
        if f"· {place}. Data per" in found:
            break
        reader.open("map")
    else:
        pytest.fail(f"no click on {post} filtered")
    assert reader.outside == []


def test_a_click_on_the_land_filters_and_a_second_one_undoes_it(reader):
    reader.open("map")
    # The empty east of Saudi Arabia, south of Riyadh.
    riyadh = circles(reader).nth(list(WORDS).index("RUH")).bounding_box()
    spot = (riyadh["x"] + 0.5 * riyadh["width"], riyadh["y"] + 1.6 * riyadh["height"])

    reader.page.mouse.click(*spot)
    reader.settle()
    assert "· Arab Saudi. Data per" in reader.words()
    assert "negara=Arab+Saudi" in reader.page.url

    reader.page.mouse.click(*spot)
    reader.settle()
    assert "semua pos, semua kasus" in reader.words()


def test_every_land_and_every_post_is_drawn(reader):
    reader.open("map")

    expect(circles(reader)).to_have_count(13)
    expect(reader.page.locator(".choroplethlayer path")).to_have_count(87)
