"""A person at the dashboard: opens screens, chooses, clicks, and reads what stands there."""

import re

from playwright.sync_api import Locator, Page, expect

SCREENS = {
    "": ("Ringkasan", "Overview"),
    "cases": ("Kasus", "Cases"),
    "resolution": ("Waktu penyelesaian", "Resolution time"),
    "agencies": ("Mitra", "Agencies"),
    "demand": ("Permintaan sektor", "Sector demand"),
    "map": ("Peta", "Map"),
    "posts": ("Pos", "Posts"),
    "data": ("Data", "Data"),
    "definitions": ("Definisi", "Definitions"),
}
LANGUAGES = ("id", "en")


class Reader:
    """Drives one page; keeps what went outside and what the browser complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.outside: list[str] = []
        self.complaints: list[str] = []
        page.route(lambda url: not url.startswith(address), self._block)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _block(self, route) -> None:
        self.outside.append(route.request.url)
        route.abort()

    def _hear(self, message) -> None:
        # Streamlit asks for two addresses below the page's own, which are not there.
        if message.type == "error" and "404" not in message.text:
            self.complaints.append(message.text)

    def open(self, screen: str = "", language: str = "id", **address: str) -> None:
        """Open a screen by its address and wait until it stands."""
        asked = "&".join(f"{key}={value}" for key, value in address.items())
        self.page.goto(f"{self.address}/{screen}?bahasa={language.upper()}&{asked}")
        title = SCREENS[screen][LANGUAGES.index(language)]
        expect(self.page.get_by_role("heading", name=title, exact=True)).to_be_visible(
            timeout=60_000
        )
        self.settle()

    def settle(self) -> None:
        """Wait until the screen has been computed and drawn."""
        self.page.wait_for_timeout(300)
        expect(self.page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=30_000)
        expect(self.page.locator("[data-stale=true]")).to_have_count(0, timeout=30_000)
        self.page.wait_for_timeout(500)

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a filter."""
        self.page.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.settle()

    def go_to(self, title: str) -> None:
        """Follow a link of the navigation."""
        self.page.get_by_role("link", name=title).first.click()
        self.settle()

    def words(self) -> str:
        """Return everything that can be read on the screen."""
        return self.page.get_by_test_id("stMain").inner_text()

    def card(self, label: str) -> Locator:
        """Return the card of a number."""
        metric = self.page.get_by_test_id("stMetric")
        return metric.filter(has=self.page.get_by_text(label, exact=True))

    def number(self, label: str) -> int:
        """Return the whole number that a card shows, written in Indonesian."""
        value = self.card(label).get_by_test_id("stMetricValue").inner_text()
        return int(re.sub(r"\D", "", value))
