"""The monthly summary of each post: workers registered, visits, shelter, workers sent home."""

import numpy as np
import polars as pl

from data_access.demo.draws import codes, one_of, some
from data_access.demo.facts import CODES, FACTS, STOCK, STOCK_YEARS
from data_access.demo.reporting import Reporting
from data_access.demo.versions import whole_month
from data_access.demo.window import MONTHS, Window, stream

LEAVING = 0.36  # share of those in shelter who leave within a month
SOURCES = ("immigration", "labour_ministry", "mission", "other")
VISITS = 14  # employers visited in a usual month

# Workers sent home: 18,296 in 2021 and 8,072 in 2019 (assets/published/repatriation_deaths.csv).
SENT_HOME = {2020: 1.7, 2021: 1.8}


def stock(seed: int, window: Window) -> np.ndarray:
    """Return the workers registered at each month's end, posts x months."""
    rng = stream(seed, "summaries", 0)
    ends = np.array([12 * (year - 1969) - 1 for year in STOCK_YEARS])  # December, in months of 1970
    months = window.first.astype(int) + np.arange(MONTHS)
    level = np.array([np.interp(months, ends, STOCK[code]) for code in CODES])
    return np.round(level * rng.lognormal(0, 0.004, level.shape)).astype(np.int64)


def summaries(
    seed: int, registered: np.ndarray, placed: np.ndarray, reporting: Reporting
) -> pl.DataFrame:
    """Return the rows of the monthly summary.

    registered, placed  workers, posts x months
    """
    rng = stream(seed, "summaries", 1)
    shape = registered.shape
    facts = [FACTS[code] for code in CODES]
    estimate = np.array([[one.estimate] for one in facts])
    years = reporting.window.years
    shut = np.isin(years, (2020, 2021))
    shelter = np.array([[one.shelter] for one in facts])
    sent_home = np.array([[one.repatriated] for one in facts]) * np.array(
        [SENT_HOME.get(year, 1.0) for year in years]
    )
    came, left, stay = _shelter(rng, shelter * rng.lognormal(0, 0.15, shape))
    post, month = (found.ravel() for found in np.indices(shape))
    unknown = some(rng, registered.size, 0.04)
    source = np.repeat(one_of(rng, (0.4, 0.2, 0.3, 0.1), len(CODES)), MONTHS)
    monitored = registered**0.55 * np.where(shut, 0.5, 1.0)
    columns = {
        "registered_workers": registered,
        "registered_new": rng.poisson(0.85 * placed + 0.004 * registered),
        "monitored_workers": rng.poisson(monitored * rng.lognormal(0, 0.2, shape)),
        "employer_visits": rng.poisson(np.broadcast_to(np.where(shut, 0.35, 1) * VISITS, shape)),
        "shelter_in": came,
        "shelter_out": left,
        "shelter_end": stay,
        "repatriated": rng.poisson(sent_home * rng.lognormal(0, 0.15, shape)),
    }
    guess = np.round(registered * estimate * rng.lognormal(0, 0.01, shape) / 100) * 100
    rows = pl.DataFrame({name: numbers.ravel() for name, numbers in columns.items()}).with_columns(
        estimated_workers=pl.when(pl.Series(~unknown)).then(pl.Series(guess.ravel())),
        estimate_source=codes(SOURCES, np.where(unknown, -1, source)),
    )
    return whole_month("monthly_summary", reporting, post, month, rows)


def _shelter(
    rng: np.random.Generator, usual: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return who came into and left the shelter in each month, and who was there at its end.

    usual  people in shelter in a usual month, posts x months
    """
    came = rng.poisson(usual * LEAVING / (1 - LEAVING))
    left, stay = np.zeros_like(came), np.zeros_like(came)
    there = np.round(usual[:, 0]).astype(np.int64)
    for month in range(usual.shape[1]):
        left[:, month] = rng.binomial(there + came[:, month], LEAVING)
        there = there + came[:, month] - left[:, month]
        stay[:, month] = there
    return came, left, stay
