"""Season, trend and Lebaran against statsmodels' least squares."""

from datetime import date

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from statsmodels.tsa.seasonal import seasonal_decompose

from metrics.demand.lebaran import share_of_month
from metrics.policy.outlook import OUTLOOK_MONTHS
from metrics.statistics.seasonal import effects, seasonal
from metrics.statistics.smoothing import month_effects
from tests.metrics.statistics.real_months import NAMES, monthly, months

SEVEN_YEARS = pl.date_range(date(2014, 1, 1), date(2020, 12, 1), "1mo", eager=True).to_list()


def regressor(of: list[date]) -> np.ndarray:
    return share_of_month(of)["centred"].to_numpy()


def least_squares(frame: pl.DataFrame):
    """The same model with an intercept and eleven dummies, the usual way of writing it."""
    of_year = frame["month"].dt.month().to_numpy()
    dummies = (of_year[:, None] == np.arange(2, 13)).astype(float)
    line = np.arange(frame.height)
    design = np.column_stack(
        [np.ones(frame.height), dummies, line, regressor(frame["month"].to_list())]
    )
    return sm.OLS(np.log1p(frame["value"].to_numpy()), design).fit().params


@pytest.mark.parametrize("name", NAMES)
def test_effects_equal_least_squares(name, agree):
    frame = monthly(name)
    of_year = frame["month"].dt.month().to_numpy()
    oracle = least_squares(frame)

    found = effects(
        np.log1p(frame["value"].to_numpy()), of_year, regressor(frame["month"].to_list())
    )

    season = np.array([0, *oracle[1:12]])
    agree("seasonal effects", "statsmodels OLS", found.season, season - season.mean())
    agree("trend a month", "statsmodels OLS", [found.trend], [oracle[12]])
    agree("Lebaran effect", "statsmodels OLS", [found.lebaran], [oracle[13]])


@pytest.mark.parametrize("name", NAMES)
def test_month_effects_equal_classical_decomposition(name, agree):
    values = monthly(name)["value"].to_numpy()
    for n in (24, 25, 60, len(values)):
        theirs = seasonal_decompose(values[:n], period=12).seasonal[:12]
        agree("month effects", "statsmodels seasonal_decompose", month_effects(values[:n]), theirs)


def test_a_known_lebaran_effect_is_recovered(agree):
    x = regressor(SEVEN_YEARS)
    season = np.sin(np.arange(84) * np.pi / 6)
    exact = np.expm1(6 + 0.01 * np.arange(84) + 0.2 * season - 0.5 * x)
    noisy = np.expm1(np.log1p(exact) + np.random.default_rng(1).normal(0, 0.05, 84))
    of_year = np.arange(84) % 12 + 1

    for values in (exact, noisy):
        found = effects(np.log1p(values), of_year, x)
        oracle = least_squares(months(values))
        agree("Lebaran effect", "statsmodels OLS", [found.lebaran], [oracle[13]])
    assert effects(np.log1p(exact), of_year, x).lebaran == pytest.approx(-0.5, abs=1e-9)
    assert effects(np.log1p(noisy), of_year, x).lebaran == pytest.approx(-0.5, abs=0.1)


def test_without_season_and_lebaran_a_series_is_a_line_again():
    x = regressor(SEVEN_YEARS)
    season = np.sin(np.arange(84) * np.pi / 6)
    told = seasonal(months(np.expm1(6 + 0.2 * season - 0.5 * x)))

    assert np.log1p(told["adjusted"].to_numpy()) == pytest.approx(np.full(84, 6), abs=1e-9)
    assert told["lebaran"].to_numpy() == pytest.approx(np.exp(-0.5 * x))
    assert np.log(told["season"].to_numpy()[:12]).sum() == pytest.approx(0, abs=1e-12)


def test_factors_put_the_value_together_again():
    told = seasonal(monthly("housing"))
    again = (pl.col("adjusted") + 1) * pl.col("season") * pl.col("lebaran") - 1
    assert told.select((again - pl.col("value")).abs().max()).item() < 1e-9


def test_five_years_are_needed_and_a_gap_begins_anew():
    need = OUTLOOK_MONTHS.value["season"]
    values = monthly("housing")["value"].to_numpy()[: need + 10].copy()
    assert seasonal(months(values[:need]))["adjusted"].is_not_null().all()
    few = seasonal(months(values[: need - 1]))
    assert few.height == need - 1
    assert few.select("season", "lebaran", "adjusted").unique().rows() == [(None, None, None)]
    values[20] = np.nan
    assert seasonal(months(values)).height == need + 10 - 21
    assert seasonal(months(values))["adjusted"].is_null().all()


def test_groups_do_not_touch_and_nothing_gives_nothing():
    two = pl.concat(
        monthly(name).head(72).with_columns(post=pl.lit(name)) for name in ("housing", "elnino")
    )
    told = seasonal(two.lazy(), ["post"])
    assert told["post"].unique(maintain_order=True).to_list() == ["elnino", "housing"]
    assert told.filter(post="housing").drop("post").equals(seasonal(monthly("housing").head(72)))
    assert seasonal(months([])).shape == (0, 5)
    assert seasonal(pl.DataFrame({"month": [], "value": []})).shape == (0, 5)


def test_zeros_are_values():
    told = seasonal(months(np.zeros(72)))
    assert told["adjusted"].abs().max() < 1e-12
    assert told.select(pl.col("season", "lebaran").is_finite().all()).row(0) == (True, True)
