"""A rolling-origin back-test of one series, the choice it makes, and the intervals it gives."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil
from typing import Literal

import numpy as np

from metrics.policy.outlook import OUTLOOK_GAIN, OUTLOOK_LEVEL, OUTLOOK_MONTHS, OUTLOOK_ORIGINS
from metrics.statistics.candidates import SEASONAL_NAIVE, SIMPLE, Series, models, simple
from metrics.statistics.seasonal import SEASON

Verdict = Literal["signal", "no_signal"]


@dataclass(frozen=True, eq=False)
class Trial:
    """One way of forecasting: what it says now, and how it fared before."""

    ahead: np.ndarray  # one place a month
    errors: np.ndarray  # what came less what was said; a row an origin, a column a month ahead
    scaled: np.ndarray  # mean absolute scaled error of each origin whose scale is not 0
    coverage: float | None

    @property
    def mase(self) -> float | None:
        """Return the mean absolute scaled error over the origins; null without any."""
        return float(self.scaled.mean()) if len(self.scaled) else None


@dataclass(frozen=True, eq=False)
class Study:
    """A series with every way of forecasting it, and the way that was chosen."""

    series: Series
    trials: dict[str, Trial]
    chosen: str
    verdict: Verdict


@lru_cache(maxsize=64)  # the outlook, its words and its error are read off the same study
def studied(values: tuple[float, ...], months: tuple[date, ...], horizon: int) -> Study:
    """Return `study` of a series given as plain values."""
    return study(Series(np.array(values), list(months), horizon))


def study(series: Series) -> Study:
    """Return the back-test of a series of at least 24 months."""
    n, horizon = len(series.values), series.horizon
    modelled = n >= OUTLOOK_MONTHS.value["model"]
    # A model needs two years to see a season; the scale of the error one year and a month.
    shortest = 2 * SEASON if modelled else SEASON + 1
    origins = min(n - horizon - shortest + 1, OUTLOOK_ORIGINS.value["most"])
    if modelled and origins < OUTLOOK_ORIGINS.value["fewest"]:
        modelled, shortest = False, SEASON + 1
        origins = min(n - horizon - shortest + 1, OUTLOOK_ORIGINS.value["most"])
    past = list(range(n - horizon - max(origins, 0) + 1, n - horizon + 1))
    forecasts = simple(series, [*past, n])
    if modelled:
        forecasts |= models(series, [*past, n])
    else:
        forecasts = {SEASONAL_NAIVE: forecasts[SEASONAL_NAIVE]}
    scales = np.array([_scale(series.values[:end]) for end in past])
    came = np.array([series.values[end : end + horizon] for end in past]).reshape(-1, horizon)
    trials = {
        name: _trial(forecast[-1], forecast[:-1], came, scales)
        for name, forecast in forecasts.items()
    }
    chosen = _chosen(trials)
    return Study(series, trials, chosen, "no_signal" if chosen == SEASONAL_NAIVE else "signal")


def _trial(ahead: np.ndarray, said: np.ndarray, came: np.ndarray, scales: np.ndarray) -> Trial:
    errors = came - said
    known = scales > 0
    scaled = np.abs(errors[known]).mean(axis=1) / scales[known]
    return Trial(ahead, errors, scaled, _coverage(errors))


def _scale(window: np.ndarray) -> float:
    return float(np.abs(window[SEASON:] - window[:-SEASON]).mean())


def _chosen(trials: dict[str, Trial]) -> str:
    tried = sorted(trials.keys() - set(SIMPLE))
    origins = len(trials[SEASONAL_NAIVE].scaled)
    if not tried or origins < OUTLOOK_ORIGINS.value["fewest"]:
        return SEASONAL_NAIVE
    best = min(tried, key=lambda name: trials[name].scaled.mean())
    left = 1 - OUTLOOK_GAIN.value / 100
    # Over all origins alone, three in ten series of pure chance would pass.
    for half in (slice(origins // 2), slice(origins // 2, None)):
        to_beat = min(trials[name].scaled[half].mean() for name in SIMPLE)
        if trials[best].scaled[half].mean() > to_beat * left:
            return SEASONAL_NAIVE
    return best


def reach(errors: np.ndarray) -> np.ndarray:
    """Return how far an interval reaches at each distance; with few errors the largest one."""
    if not len(errors):
        return np.full(errors.shape[1], np.nan)
    place = min(_place(len(errors)), len(errors))
    return np.sort(np.abs(errors), axis=0)[place - 1]


def _place(n: int) -> int:
    """Return which of n errors, by size, the level asks for: of 9 the 9th, of 24 the 23rd."""
    return ceil((n + 1) * OUTLOOK_LEVEL.value / 100)


def _coverage(errors: np.ndarray) -> float | None:
    """Return the share of errors within the reach of those that had shown by their origin."""
    held = []
    for months, column in enumerate(np.abs(errors).T, start=1):
        for origin, error in enumerate(column):
            shown = column[: max(origin - months + 1, 0)]
            if (place := _place(len(shown))) <= len(shown):
                held.append(error <= np.sort(shown)[place - 1])
    return float(np.mean(held)) if held else None
