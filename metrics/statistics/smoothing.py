"""Forecasts of a monthly series by exponential smoothing and by the Theta method.

Each function takes many windows (stretches of one series that all begin with its first month)
and walks through the months once for all of them and all trial parameters: a back-test of one
series takes hundredths of a second, where a library that fits each window takes seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

SEASON = 12  # months
TEST_10 = 2.705543454095404  # chi-square, 1 degree of freedom, 10 %


@dataclass(frozen=True, eq=False)
class Parameters:
    """Trial values of the smoothing parameters, one place a trial."""

    level: np.ndarray
    trend: np.ndarray  # as a share of `level`; with `damping` 0 there is no trend
    season: np.ndarray
    damping: np.ndarray
    seasonal: np.ndarray  # whether there is a season at all


def _trials() -> Parameters:
    levels = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)
    trends = ((0.0, 0.0), (0.0, 0.98), (0.05, 0.98), (0.2, 0.98), (0.2, 0.9))
    seasons = ((0.0, False), (0.0, True), (0.05, True), (0.1, True), (0.2, True), (0.4, True))
    every = [
        (level, trend, season, damping, seasonal)
        for level, (trend, damping), (season, seasonal) in product(levels, trends, seasons)
        if season <= 1 - level
    ]
    return Parameters(*(np.array(column) for column in zip(*every, strict=True)))


TRIALS = _trials()
LEVELS = np.linspace(0.01, 1, 100)  # of the Theta method


def month_effects(window: np.ndarray) -> np.ndarray:
    """Return the 12 effects of classical additive decomposition, from the first month on.

    The trend is the centred moving average of 12 months; the effects add up to 0. The window
    must have at least 24 months. Source: Macaulay 1931, as in Hyndman & Athanasopoulos 2021.
    """
    weights = np.array([0.5, *[1.0] * (SEASON - 1), 0.5]) / SEASON
    half = SEASON // 2
    place = np.arange(half, len(window) - half) % SEASON
    apart = window[half:-half] - np.convolve(window, weights, "valid")
    effects = np.bincount(place, apart, SEASON) / np.bincount(place, minlength=SEASON)
    return effects - effects.mean()


def is_seasonal(window: np.ndarray) -> bool:
    """Return whether the autocorrelation at 12 months differs from 0 (10 % level).

    Source: the test of the Theta method, Fiorucci et al. 2015.
    """
    apart = window - window.mean()
    lagged = [(apart[lag:] * apart[: len(apart) - lag]).sum() for lag in range(SEASON + 1)]
    if lagged[0] <= 1e-20 * max(1.0, np.abs(window).max()) ** 2:  # a level series
        return False
    correlation = np.array(lagged) / lagged[0]
    return bool(len(window) * correlation[-1] ** 2 / (correlation[:-1] ** 2).sum() > TEST_10)


def exponential_smoothing(windows: Sequence[np.ndarray], horizon: int) -> np.ndarray:
    """Return the forecasts, one row a window (of at least 24 months), one column a month ahead.

    Additive errors, with or without a damped trend and an additive season: of TRIALS the
    one with the smallest AICc of the errors one month ahead. The first states are the effects
    of classical decomposition and the means of the first two years. Sources: Holt 1957;
    Winters 1960; Gardner & McKenzie 1985; Hyndman et al. 2002 (choice by information).
    """
    table, lengths = _stacked(windows)
    effects = np.array([month_effects(window) for window in windows])
    first, second = (table[:, year : year + SEASON].mean(1) for year in (0, SEASON))
    slope = ((second - first) / SEASON)[:, None] * (TRIALS.damping > 0)
    # The mean of the first year is the level in its middle.
    level = first[:, None] - slope * (SEASON + 1) / 2
    season = effects.T[:, :, None] * TRIALS.seasonal
    squares, level, slope, season = smooth(table, lengths, TRIALS, level, slope, season)
    best = _information(squares, lengths).argmin(1)
    row = np.arange(len(windows))
    damping = TRIALS.damping[best][:, None] ** np.arange(1, horizon + 1)
    ahead = (lengths[:, None] + np.arange(horizon)) % SEASON
    trend = slope[row, best][:, None] * damping.cumsum(1)
    return level[row, best][:, None] + trend + season[ahead, row[:, None], best[:, None]]


def theta(windows: Sequence[np.ndarray], horizon: int) -> np.ndarray:
    """Return the forecasts, one row a window (of at least 24 months), one column a month ahead.

    Simple exponential smoothing with half the slope of a straight line as drift, on the series
    without its month effects if it `is_seasonal`. Sources: Assimakopoulos & Nikolopoulos 2000;
    Hyndman & Billah 2003.
    """
    effects = np.array([month_effects(w) if is_seasonal(w) else np.zeros(12) for w in windows])
    level_ones = [
        window - np.resize(own, len(window)) for window, own in zip(windows, effects, strict=True)
    ]
    table, lengths = _stacked(level_ones)
    drift = np.array([np.polyfit(np.arange(len(one)), one, 1)[0] for one in level_ones]) / 2
    none = np.zeros_like(LEVELS)
    only_level = Parameters(LEVELS, none, none, none, none.astype(bool))
    level = np.repeat(table[:, :1], len(LEVELS), axis=1)
    season = np.zeros((SEASON, *level.shape))
    squares, level, _, _ = smooth(table, lengths, only_level, level, 0 * level, season)
    best = squares.argmin(1)
    alpha = LEVELS[best]
    began = (1 - (1 - alpha) ** lengths) / alpha
    ahead = (lengths[:, None] + np.arange(horizon)) % SEASON
    line = drift[:, None] * (np.arange(horizon) + began[:, None])
    return (
        level[np.arange(len(windows)), best][:, None]
        + line
        + np.take_along_axis(effects, ahead, axis=1)
    )


def smooth(
    table: np.ndarray,
    lengths: np.ndarray,
    trial: Parameters,
    level: np.ndarray,
    trend: np.ndarray,
    season: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the sum of squared errors one month ahead, and the last level, trend and season.

    `table` has one row a window, of which only the first `lengths` months count; the states
    have one row a window and one column a trial, `season` besides one layer a month.
    """
    squares = np.zeros_like(level)
    season = season.copy()
    for month in range(table.shape[1]):
        alive = (month < lengths)[:, None]
        onward = trial.damping * trend
        expected = level + onward
        layer = season[month % SEASON]
        error = np.where(alive, table[:, month, None] - expected - layer, 0.0)
        level = np.where(alive, expected, level) + trial.level * error
        trend = np.where(alive, onward, trend) + trial.level * trial.trend * error
        layer += trial.season * error
        squares += error**2
    return squares, level, trend, season


def _stacked(windows: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    lengths = np.array([len(window) for window in windows])
    table = np.zeros((len(windows), lengths.max()))
    for row, window in zip(table, windows, strict=True):
        row[: len(window)] = window
    return table, lengths


def _information(squares: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return the AICc of each window and trial (Hurvich & Tsai 1989)."""
    n = lengths[:, None].astype(float)
    season = TRIALS.seasonal * (SEASON - 1 + (TRIALS.season > 0))
    trend = (TRIALS.damping > 0) * 2 + (TRIALS.trend > 0)
    k = 3 + season + trend  # the level, its parameter and the variance
    return n * np.log(np.maximum(squares / n, 1e-20)) + 2 * k * n / (n - k - 1)
