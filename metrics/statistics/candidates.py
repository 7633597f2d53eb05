"""The ways of forecasting a monthly series that a back-test chooses between.

Each takes windows that all begin with the series' first month, and gives one row a window and
one column a month ahead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.demand.lebaran import share_of_month
from metrics.policy.outlook import OUTLOOK_MONTHS
from metrics.statistics.seasonal import SEASON, effects
from metrics.statistics.smoothing import exponential_smoothing, theta

SEASONAL_NAIVE = "seasonal_naive"
# What a model must beat: it has to know more than the season, the level or the last value alone.
SIMPLE = (SEASONAL_NAIVE, "mean", "mean_12", "last")


@dataclass(frozen=True, eq=False)
class Series:
    """Consecutive months, and how far ahead is looked."""

    values: np.ndarray
    months: list[date]  # those of the values, and `horizon` more
    horizon: int


def simple(series: Series, ends: Sequence[int]) -> dict[str, np.ndarray]:
    """Return the forecasts that ask no model, from the first `end` values each.

    The same month last year, the mean of all months and of the last twelve, and the last month.
    """
    last_years = np.array([series.values[end - SEASON : end] for end in ends])
    ahead = np.arange(series.horizon)
    level = np.ones(series.horizon)
    return {
        SEASONAL_NAIVE: last_years[:, ahead % SEASON],
        "mean": np.array([series.values[:end].mean() for end in ends])[:, None] * level,
        "mean_12": last_years.mean(1)[:, None] * level,
        "last": last_years[:, -1:] * level,
    }


def models(series: Series, ends: Sequence[int]) -> dict[str, np.ndarray]:
    """Return the forecasts of exponential smoothing and Theta, from the first `end` values each.

    Both work on log(value + 1). If each window has 60 months, both are there also with the
    Lebaran effect of the window taken out before and put back after.
    """
    logs = np.log1p(series.values)
    windows = [logs[:end] for end in ends]
    ways = {"ets": exponential_smoothing, "theta": theta}
    told = {name: way(windows, series.horizon) for name, way in ways.items()}
    if min(ends) >= OUTLOOK_MONTHS.value["season"]:
        regressor = share_of_month(series.months)["centred"].to_numpy()
        month_of_year = np.array([month.month for month in series.months])
        feast = np.array(
            [effects(w, month_of_year[: len(w)], regressor[: len(w)]).lebaran for w in windows]
        )
        without = [w - b * regressor[: len(w)] for w, b in zip(windows, feast, strict=True)]
        ahead = np.array(ends)[:, None] + np.arange(series.horizon)
        back = feast[:, None] * regressor[ahead]
        told |= {
            f"{name}_lebaran": way(without, series.horizon) + back for name, way in ways.items()
        }
    return {name: np.maximum(np.expm1(forecast), 0) for name, forecast in told.items()}
