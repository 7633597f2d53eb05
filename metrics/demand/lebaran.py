"""When Idul Fitri was, as the Indonesian government declared it, and how it moves the months."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np
import polars as pl
from hijridate import Hijri

from metrics.policy.outlook import LEBARAN_WINDOW
from metrics.selection import Period, month_end

SOURCE = "Sidang isbat Kementerian Agama; SKB hari libur nasional"
# 1 Syawal by Hijri year, in Indonesia. Host countries may have begun a day earlier.
DECLARED = {
    1435: date(2014, 7, 28),
    1436: date(2015, 7, 17),
    1437: date(2016, 7, 6),
    1438: date(2017, 6, 25),
    1439: date(2018, 6, 15),
    1440: date(2019, 6, 5),
    1441: date(2020, 5, 24),
    1442: date(2021, 5, 13),
    1443: date(2022, 5, 2),
    1444: date(2023, 4, 22),
    1445: date(2024, 4, 10),
    1446: date(2025, 3, 31),
    1447: date(2026, 3, 21),
}
TO_VERIFY = frozenset({1446, 1447})  # not yet compared with the decree itself
SYAWAL = 10
# The years that hijridate knows: outside of them a month has no Lebaran.
_PROJECTED = range(1343, 1501)
# 65 years are two turns of the Hijri calendar through the seasons.
_LONG_RUN = range(2001, 2066)


def lebaran(hijri_year: int) -> date:
    """Return the first day of Idul Fitri of a Hijri year.

    As declared (DECLARED), otherwise projected by the Umm al-Qura calendar, which can be a day
    or two off. Raises ValueError outside 1343-1500 H.
    """
    if hijri_year in DECLARED:
        return DECLARED[hijri_year]
    if hijri_year not in _PROJECTED:
        raise ValueError(f"There is no Lebaran on record for {hijri_year} H, only for 1343-1500 H.")
    return Hijri(hijri_year, SYAWAL, 1).to_gregorian()


def feasts(first: date, last: date) -> list[date]:
    """Return every first day of Idul Fitri between two days, both included."""
    return [feast for feast in _feasts() if first <= feast <= last]


def aligned_window(hijri_year: int, first: int | None = None, last: int | None = None) -> Period:
    """Return the days from `first` to `last` after the Lebaran of a Hijri year.

    Windows of two years with the same offsets can be compared; without offsets it is the
    season of the policy. Days before Lebaran are negative. Raises ValueError as `lebaran`.
    """
    feast = lebaran(hijri_year)
    first = -LEBARAN_WINDOW.value["before"] if first is None else first
    last = LEBARAN_WINDOW.value["after"] if last is None else last
    return Period(feast + timedelta(days=first), feast + timedelta(days=last))


def share_of_month(months: Sequence[date]) -> pl.DataFrame:
    """Return `month` (first day), `share`, `centred`, one row a month given, in their order.

    `share` is the share of the month's days that lie in the Lebaran season; `centred` is what
    it differs from the mean of the same month of the year over 65 years, the regressor of a
    moving holiday. Source: Bell & Hillmer 1983.
    """
    starts = [month.replace(day=1) for month in months]
    shares = np.array([_share(start) for start in starts])
    usual = np.array([_usual_shares()[start.month - 1] for start in starts])
    told = {"month": starts, "share": shares, "centred": shares - usual}
    return pl.DataFrame(told, schema={"month": pl.Date, "share": pl.Float64, "centred": pl.Float64})


@cache
def _feasts() -> tuple[date, ...]:
    return tuple(lebaran(year) for year in _PROJECTED)


@cache
def _season_days() -> frozenset[date]:
    length = sum(LEBARAN_WINDOW.value.values()) + 1
    begin = timedelta(days=LEBARAN_WINDOW.value["before"])
    return frozenset(
        feast - begin + timedelta(days=offset) for feast in _feasts() for offset in range(length)
    )


@cache
def _share(start: date) -> float:
    length = month_end(start).day
    inside = sum(start + timedelta(days=day) in _season_days() for day in range(length))
    return inside / length


@cache
def _usual_shares() -> tuple[float, ...]:
    """Return the mean share of each month of the year over the long run, January first."""
    return tuple(
        sum(_share(date(year, month, 1)) for year in _LONG_RUN) / len(_LONG_RUN)
        for month in range(1, 13)
    )
