"""The 120 months that the DATA SIMULASI cover, and the streams of chance behind each table."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

MONTHS = 120
NEVER = np.int32(2**30)  # a day that does not come within the window

# One stream of chance a table: a change in how one is drawn does not move the others. New names
# go to the end, for the place in this list is part of the seed.
STREAMS = (
    "submissions",
    "agencies",
    "placements",
    "documents",
    "job_orders",
    "assessments",
    "reviews",
    "summaries",
    "activities",
    "central",
    "course",
    "details",
)


def last_complete_month(today: date) -> date:
    """Return the first day of the last month that had ended before today."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def stream(seed: int, name: str, *part: int) -> np.random.Generator:
    """Return the stream of a table, or of one part of it. Raises ValueError for another name."""
    return np.random.default_rng(
        np.random.SeedSequence(seed, spawn_key=(STREAMS.index(name), *part))
    )


@dataclass(frozen=True)
class Window:
    """Ten years that end with a month; months are counted from 0 to 119."""

    last_month: date

    @property
    def first(self) -> np.datetime64:
        """Return the first month."""
        return self.last - (MONTHS - 1)

    @property
    def last(self) -> np.datetime64:
        """Return the last month as numpy counts months."""
        return np.datetime64(self.last_month, "M")

    @property
    def periods(self) -> np.ndarray:
        """Return the 120 months, each as the day it begins."""
        return np.arange(self.first, self.last + 1).astype("datetime64[D]").astype(np.int32)

    @property
    def ends(self) -> np.ndarray:
        """Return the last day of each of the 120 months."""
        return (np.arange(self.first, self.last + 1) + 1).astype("datetime64[D]").astype(
            np.int32
        ) - 1

    @property
    def years(self) -> np.ndarray:
        """Return the calendar year of each month."""
        return np.arange(self.first, self.last + 1).astype("datetime64[Y]").astype(int) + 1970

    @property
    def month_of_year(self) -> np.ndarray:
        """Return each month's place in its year, 0 for January."""
        return np.arange(self.first, self.last + 1).astype(int) % 12

    def month(self, days: np.ndarray) -> np.ndarray:
        """Return in which of the 120 months each day lies: below 0 before, 120 and more after."""
        return days.astype("datetime64[D]").astype("datetime64[M]").astype(int) - self.first.astype(
            int
        )


def dates(days: np.ndarray, name: str = "") -> pl.Series:
    """Return days as dates; NEVER becomes null."""
    found = pl.Series(name, np.where(days == NEVER, 0, days).astype(np.int32)).cast(pl.Date)
    return pl.select(
        pl.when(pl.Series("", days != NEVER)).then(found).otherwise(None).alias(name)
    ).to_series()
