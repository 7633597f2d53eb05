"""A person who sends files on the screen Data, at an installation of its own."""

import subprocess
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.installation import Installation
from tests.screens.reader import Reader


class Desk(Reader):
    """Sends, downloads and looks back on one page."""

    def __init__(
        self, page: Page, address: str, installation: Installation, server: subprocess.Popen
    ) -> None:
        super().__init__(page, address)
        self.installation, self.server = installation, server

    def go(self, section: str, language: str = "id", **address: str) -> None:
        """Open a section of the screen Data."""
        self.open("data", language, bagian=section, **address)

    def send(self, path: Path) -> None:
        """Give a file to the place for files and wait until it was checked."""
        self.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
        expect(self.page.get_by_test_id("stFileChip")).to_be_visible(timeout=30_000)
        expect(self.page.locator(".st-key-putusan")).to_be_visible(timeout=60_000)
        self.settle()

    def press(self, name: str) -> None:
        """Press a button and wait for what comes of it."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.settle()

    def download(self, name: str, folder: Path) -> Path:
        """Press a download button and return the file that came."""
        with self.page.expect_download(timeout=60_000) as coming:
            self.page.get_by_role("button", name=name, exact=True).click()
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def choose_in(self, label: str, option: str, *, of: str) -> None:
        """Choose an option of a list of this section; `of`: how the list's key begins."""
        lists = self.page.locator(f"[class*=st-key-{of}]").get_by_role("combobox", name=label)
        wanted = self.page.get_by_role("option", name=option).first
        for _ in range(3):  # a list that is drawn anew while it opens closes again
            lists.first.click()
            self.page.wait_for_timeout(500)
            if wanted.is_visible():
                break
        wanted.click()
        self.settle()

    def findings(self) -> list[list[str]]:
        """Return the findings told: sheet, row, column, cell, what is wrong, what to do, code."""
        rows = self.page.get_by_test_id("stTable").last.locator("tbody tr")
        return [row.locator("td").all_inner_texts() for row in rows.all()]

    def told(self) -> str:
        """Return the sentence in the box of the verdict."""
        return self.page.locator(".st-key-putusan").inner_text()

    def history(self) -> list[list[str]]:
        """Return the rows of the history that are in sight, without the box to choose them."""
        rows = self.table().locator("canvas [role=row]").all()[1:]
        return [row.locator("[role=gridcell]").all_text_contents() for row in rows]

    def table(self) -> Locator:
        """Return the first table of the section."""
        return self.page.get_by_test_id("stDataFrame").first

    def choose_row(self, number: int) -> None:
        """Choose a row of the history by its place, from 0."""
        self.table().click(position={"x": 18, "y": 52 + 33 * number})
        self.settle()

    def wait_for_table(self) -> None:
        """Wait until the first table has been drawn."""
        expect(self.table().locator("canvas [role=row]").first).to_be_attached(timeout=30_000)
        self.settle()

    def cells(self, place: int) -> list[str]:
        """Return what stands in a table of the section, by its place."""
        table = self.page.get_by_test_id("stDataFrame").nth(place)
        expect(table.locator("canvas [role=gridcell]").first).to_be_attached(timeout=30_000)
        return table.locator("canvas [role=gridcell]").all_text_contents()
