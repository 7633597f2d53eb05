"""How many workers were placed and how many cases reported, by year: published, else assumed."""

from functools import lru_cache

import numpy as np
import polars as pl

from data_access.published import published, showable
from data_access.reference import posts

# Where no full year is published (assets/published/placements.csv). Each is a round number:
# between the published years beside it, or from the part of a year that is published.
ASSUMED: dict[str, dict[int, float]] = {
    # Without 2019 a straight line from 2016 to 2020 would let the closed borders begin in 2017.
    "KOR": {2019: 6200},
    "BRN": {2019: 5600},
    # 2021: 208 in January 2022 still; 2022: 2,060 in the first half, 570 in October.
    "SAU": {2021: 750, 2022: 4700},
    # 2014 (nine months) was 14,124, 6,249 and 1,402; 2024 was 1,244, 783 and 640. January and
    # February 2018 (unverified): Qatar 448, Kuwait 100.
    "ARE": {2016: 2200, 2019: 1500, 2020: 250, 2021: 180, 2022: 800, 2023: 1050},
    "QAT": {2016: 2600, 2018: 2100, 2019: 1400, 2020: 250, 2021: 200, 2022: 600, 2023: 700},
    "KWT": {2016: 800, 2019: 620, 2020: 110, 2021: 80, 2022: 400, 2023: 560},
    # No placements are published for Jordan and Syria (moratorium since 2011). Jordan gets a few
    # garment workers, Syria none.
    "JOR": {2016: 90, 2019: 80, 2020: 15, 2021: 10, 2022: 50, 2024: 70},
    "SYR": {2016: 0},
}
# After 2024 nothing is published for a full year: 2024 stays the measure.
AFTER_2024 = {2025: 0.97, 2026: 1.03}

# Every published placement is for Saudi Arabia as a whole; assumed split between its two posts.
SAUDI = {"RUH": 0.55, "JED": 0.45}

# Complaints received (assets/published/complaints.csv, ALL, received, all): full years 2019, 2020,
# 2021 and 2024. 2016 to 2018 on the line from 2014 (nine months: 2,967) to 2019. 2022 and 2023
# from the derived figures. 2025 and 2026 assumed after 171 in March 2025.
ASSUMED_COMPLAINTS = {2014: 3956, 2022: 2016, 2023: 1995, 2025: 1900, 2026: 2000}

# A post also registers what Jakarta never hears: Brunei alone counted 576 in 2019, a tenth of
# Jakarta's total. Jakarta's in turn holds places without a post. With 1.2 ten years hold about
# 35,000 cases.
CASES_PER_COMPLAINT = 1.2


@lru_cache
def published_years(topic: str, measure: str) -> dict[str, dict[int, float]]:
    """Return the published totals of full years, by place and year."""
    totals: dict[str, dict[int, float]] = {}
    rows = (
        showable(published())
        .filter(
            pl.col("topic") == topic,
            pl.col("measure") == measure,
            pl.col("category").fill_null("all") == "all",
            pl.col("post").is_null(),
        )
        .select("place", "year", "value")
    )
    for place, year, value in rows.iter_rows():
        totals.setdefault(place, {})[year] = value
    return totals


def _at(anchors: dict[int, float], year: int) -> float:
    """Return the value of a year: on the straight line between the years that are known."""
    known = sorted(anchors)
    return float(np.interp(year, known, [anchors[one] for one in known]))


def placed(post_code: str, year: int) -> int:
    """Return how many workers were placed at a post in a year."""
    place = posts().filter(pl.col("post_code") == post_code)["place"].item()
    known = ASSUMED.get(place, {}) | published_years("placements", "placements_total").get(
        place, {}
    )
    level = _at({y: v for y, v in known.items() if y >= 2016}, min(year, 2024))
    later = AFTER_2024.get(year, 1.0) if year > 2024 else 1.0
    return round(level * later * SAUDI.get(post_code, 1.0))


def reported(year: int) -> float:
    """Return how many cases all posts together report in a year, at scale 1."""
    known = ASSUMED_COMPLAINTS | published_years("complaints", "received").get("ALL", {})
    return CASES_PER_COMPLAINT * _at({y: v for y, v in known.items() if y >= 2014}, year)
