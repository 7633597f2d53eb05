"""Exponential smoothing and Theta against statsmodels."""

import numpy as np
import pytest
from statsmodels.tsa.forecasting.theta import ThetaModel
from statsmodels.tsa.holtwinters import ExponentialSmoothing

from metrics.statistics.smoothing import (
    TRIALS,
    Parameters,
    exponential_smoothing,
    is_seasonal,
    smooth,
    theta,
)
from tests.metrics.statistics.real_months import NAMES, monthly

REAL = pytest.mark.parametrize("name", NAMES)


def logs(name: str, n: int = 96) -> np.ndarray:
    return np.log1p(monthly(name)["value"].to_numpy()[-n:])


@REAL
@pytest.mark.parametrize("trial", range(0, len(TRIALS.level), 37))
def test_a_walk_through_the_months_equals_statsmodels(name, trial, agree):
    values = logs(name)
    told = Parameters(*(getattr(TRIALS, part)[[trial]] for part in vars(TRIALS)))
    trended, seasoned = told.damping[0] > 0, told.seasonal[0]
    season = np.linspace(-0.1, 0.1, 12) * seasoned
    slope = 0.01 * trended
    fixed = {"smoothing_level": told.level[0], "optimized": False}
    start = {"initial_level": values[0], "initialization_method": "known"}
    shape: dict = {}
    if trended:
        shape |= {"trend": "add", "damped_trend": True}
        start |= {"initial_trend": slope}
        fixed |= {"smoothing_trend": told.trend[0], "damping_trend": told.damping[0]}
    if seasoned:
        shape |= {"seasonal": "add", "seasonal_periods": 12}
        start |= {"initial_seasonal": season}
        fixed |= {"smoothing_seasonal": told.season[0]}
    oracle = ExponentialSmoothing(values, **shape, **start).fit(**fixed)

    squares, level, trend, months = smooth(
        values[None, :],
        np.array([len(values)]),
        told,
        values[:1, None],
        np.array([[slope]]),
        season[:, None, None],
    )

    agree("smoothing, squared errors", "statsmodels Holt-Winters", squares[0], [oracle.sse])
    ahead = np.arange(1, 7)
    ours = level[0, 0] + trend[0, 0] * (told.damping[0] ** ahead).cumsum()
    ours += months[(len(values) + ahead - 1) % 12, 0, 0]
    agree("smoothing, forecast", "statsmodels Holt-Winters", ours, oracle.forecast(6))


@REAL
def test_the_trial_chosen_is_about_as_good_as_the_optimum(name):
    """At most a quarter more error, over two years, than fitting each window by optimisation."""
    values = logs(name)
    ends = range(66, 91, 4)
    came = np.array([values[end : end + 6] for end in ends])
    ours = exponential_smoothing([values[:end] for end in ends], 6)
    shape = {"trend": "add", "damped_trend": True, "seasonal": "add", "seasonal_periods": 12}
    theirs = np.array(
        [
            ExponentialSmoothing(values[:end], **shape, initialization_method="heuristic")
            .fit()
            .forecast(6)
            for end in ends
        ]
    )
    assert np.abs(came - ours).mean() <= 1.25 * np.abs(came - theirs).mean()


@REAL
@pytest.mark.parametrize("n", [24, 61, 96])
def test_theta_equals_statsmodels_but_for_the_step_of_its_parameter(name, n, agree):
    values = logs(name)[:n]
    oracle = ThetaModel(values, period=12, method="additive").fit()
    assert is_seasonal(values) == bool(len(oracle._seasonal))
    spread = values.max() - values.min()

    [ours] = theta([values], 6)

    agree(
        "Theta forecast / spread", "statsmodels ThetaModel", ours / spread,
        np.asarray(oracle.forecast(6)) / spread, within=1e-3,
    )  # fmt: skip


@REAL
def test_many_windows_at_once_equal_each_alone(name, agree):
    values = logs(name)
    windows = [values[:end] for end in (24, 37, 60, 96)]
    for way in (exponential_smoothing, theta):
        alone = np.concatenate([way([window], 7) for window in windows])
        agree("windows at once", "one at a time", way(windows, 7), alone)


def test_a_level_series_stays_level():
    for level in (0.0, 0.1, 7.3):
        window = np.full(30, level)
        assert not is_seasonal(window)
        for way in (exponential_smoothing, theta):
            assert way([window], 6)[0] == pytest.approx(np.full(6, level), abs=1e-9)


def test_a_pure_season_is_continued():
    season = np.tile(np.sin(np.arange(12) * np.pi / 6), 5)
    for way in (exponential_smoothing, theta):
        assert way([season[:50]], 6)[0] == pytest.approx(season[50:56], abs=0.02)
