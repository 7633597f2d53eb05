"""Season, trend and Lebaran of a monthly series: a log-linear model by least squares.

This one model stands for all seasonal adjustment: unlike STL it also knows the moving feast.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from metrics.demand.lebaran import share_of_month
from metrics.policy.outlook import OUTLOOK_MONTHS
from metrics.statistics.monthly_series import unbroken

SEASON = 12


@dataclass(frozen=True, eq=False)
class Effects:
    """What moves the logarithm of a value, per month of the year, per month, and at Lebaran."""

    season: np.ndarray  # January first; adds up to 0
    trend: float
    lebaran: float  # of a month that lies wholly in the season, against one wholly outside


def effects(logs: np.ndarray, month_of_year: np.ndarray, lebaran: np.ndarray) -> Effects:
    """Return the least-squares effects on log values, one place a consecutive month.

    `month_of_year` is 1..12, `lebaran` the centred share of the month in the Lebaran season.
    Source: Bell & Hillmer 1983.
    """
    line = np.arange(len(logs)) - (len(logs) - 1) / 2
    dummies = month_of_year[:, None] == np.arange(1, SEASON + 1)
    design = np.column_stack([dummies, line, lebaran])
    told, *_ = np.linalg.lstsq(design, logs, rcond=None)
    return Effects(told[:SEASON] - told[:SEASON].mean(), float(told[-2]), float(told[-1]))


def seasonal(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "month",
    value: str = "value",
) -> pl.DataFrame:
    """Return `by`, `time`, `value`, `season`, `lebaran`, `adjusted`, sorted.

    One row is a month of a group: `time` a date in it, `value` a number of 0 or more, null for
    a month without a report. Only the months after a group's last gap are used and returned.
    `season` and `lebaran` are factors: 1.2 is a fifth more than usual in that month of the
    year, or at that distance from Lebaran; `adjusted` is the value without both. All three are
    null with fewer than 60 months. The model is for log(value + 1), linear in time.

    Raises ValueError for a missing time, two rows of a group in one month, or a negative value.
    Source: Bell & Hillmer 1983.
    """
    series = unbroken(frame, by, time, value)
    parts = [_adjusted(part, time, value) for part in series.partition_by(list(by) or "_all")]
    return pl.concat([_nothing(series), *parts]).select(
        *by, time, value, "season", "lebaran", "adjusted"
    )


def _nothing(series: pl.DataFrame) -> pl.DataFrame:
    empty = pl.lit(None, pl.Float64)
    return series.clear().with_columns(season=empty, lebaran=empty, adjusted=empty)


def _adjusted(series: pl.DataFrame, time: str, value: str) -> pl.DataFrame:
    if series.height < OUTLOOK_MONTHS.value["season"]:
        return series.with_columns(
            **dict.fromkeys(("season", "lebaran", "adjusted"), pl.lit(None, pl.Float64))
        )
    logs = np.log1p(series[value].to_numpy())
    month_of_year = series[time].dt.month().to_numpy()
    regressor = share_of_month(series[time].to_list())["centred"].to_numpy()
    found = effects(logs, month_of_year, regressor)
    season = found.season[month_of_year - 1]
    feast = found.lebaran * regressor
    return series.with_columns(
        season=np.exp(season),
        lebaran=np.exp(feast),
        adjusted=np.maximum(np.expm1(logs - season - feast), 0),
    )
