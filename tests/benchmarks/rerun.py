"""How long a reader waits: first start, and each screen after a change of filter.

    python -m tests.benchmarks.rerun --scale 3

Builds the DATA SIMULASI of that size, serves it, and measures in Chromium from the click to the
last chart. Growing sizes: give several, `--scale 1 3 30`.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.installation import Installation
from tests.screens.conftest import CHROMIUM, served
from tests.screens.reader import SCREENS, Reader

PERIODS = ("Tahun berjalan", "3 tahun terakhir", "2025", "2023", "Seluruh data", "2021")
PLACES = ("Arab Saudi", "Malaysia", "Taiwan", "Hong Kong")
# The page is done when nothing on it waits for a new value and the server is at rest.
DONE = """() => !document.querySelector('[data-testid=stStatusWidget]')
          && !document.querySelector('[data-stale=true]')"""


def wait(page: Page) -> None:
    """Wait until the screen is done, looking at every frame."""
    page.wait_for_timeout(30)
    for _ in range(1000):
        if page.evaluate(DONE):
            return
        page.wait_for_timeout(10)


def choose(page: Page, label: str, option: str) -> float:
    """Choose an option and return the seconds until the screen is done."""
    page.get_by_role("combobox", name=label).click()
    chosen = page.get_by_role("option", name=option, exact=True)
    chosen.wait_for()
    before = page.get_by_test_id("stCaptionContainer").first.inner_text()
    start = time.perf_counter()
    chosen.click()
    for _ in range(1000):
        if page.get_by_test_id("stCaptionContainer").first.inner_text() != before:
            break
        page.wait_for_timeout(5)
    wait(page)
    return time.perf_counter() - start


def measure(scale: float, folder: Path) -> None:
    """Print the times of one size."""
    installation = Installation(folder)
    done = installation.run("demo", "--scale", scale)
    assert done.returncode == 0, done.stderr
    with installation.engine.connect() as connection:
        cases = connection.exec_driver_sql("select count(distinct case_id) from cases").scalar()
    print(f"\n{cases:,} cases (scale {scale:g})")
    start = time.perf_counter()
    with served(installation) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="id-ID")
        page.goto(address)
        page.get_by_text("Kasus masuk", exact=True).wait_for(timeout=120_000)
        print(f"  server start to first usable screen: {time.perf_counter() - start:.1f} s")
        reader = Reader(page, address)
        everything = []
        for screen, (title, _) in SCREENS.items():
            reader.open(screen)
            times = [choose(page, "Periode", period) for period in PERIODS]
            times += [choose(page, "Negara/wilayah", place) for place in PLACES]
            everything += times
            print(f"  {title:20} {_summary(times)}")
        print(f"  {'all screens':20} {_summary(everything)}")
        browser.close()


def _summary(times: list[float]) -> str:
    ordered = sorted(times)
    late = ordered[max(0, round(0.95 * len(ordered)) - 1)]
    middle = statistics.median(times)
    return f"median {middle:.2f} s   95th {late:.2f} s   slowest {ordered[-1]:.2f} s"


def main() -> None:
    """Measure every size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, nargs="+", default=[3])
    for scale in parser.parse_args().scale:
        with tempfile.TemporaryDirectory() as folder:
            measure(scale, Path(folder))


if __name__ == "__main__":
    main()
