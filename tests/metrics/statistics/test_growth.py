"""Growth of a year: against statsmodels and a plain loop on real series, and its false alarms."""

from datetime import date
from math import exp, log, sqrt

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
import statsmodels.datasets as statsmodels
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t
from statsmodels.stats.meta_analysis import combine_effects

from metrics.policy.demand import GROWTH_BASE
from metrics.statistics.growth import growth, log_ratios, shrunk


def _monthly(name: str) -> np.ndarray:
    """Real monthly series that are counts, or are taken as such."""
    if name == "co2":  # weekly values; the mean of each month, beyond 300 ppm
        weekly = statsmodels.co2.load_pandas().data["co2"]
        return (weekly.resample("MS").mean().interpolate() - 300).to_numpy()[:180]
    if name == "elnino":
        wide = statsmodels.elnino.load_pandas().data.drop(columns="YEAR")
        return wide.to_numpy().ravel()[:240]
    if name == "sunspots":  # yearly values, taken month by month
        return statsmodels.sunspots.load_pandas().data["SUNACTIVITY"].to_numpy()[:240]
    # yearly too
    return statsmodels.nile.load_pandas().data["volume"].to_numpy()[:96]


def _frame(values: np.ndarray, **columns: str) -> pl.DataFrame:
    months = pl.date_range(date(2001, 1, 1), date(2040, 1, 1), "1mo", eager=True)[: len(values)]
    return pl.DataFrame({"month": months, "value": values}).with_columns(
        pl.lit(v).alias(k) for k, v in columns.items()
    )


REAL = pytest.mark.parametrize("name", ["co2", "elnino", "sunspots", "nile"])


@REAL
@pytest.mark.parametrize("years", [2, 3, 5])
def test_error_equals_the_quasi_poisson_model_of_statsmodels(name, years, agree):
    values = _monthly(name)[: 12 * years]
    design = np.hstack(
        [
            np.repeat(np.eye(years), 12, axis=0),
            np.tile(np.eye(12), (years, 1))[:, 1:],
        ]
    )
    fit = sm.GLM(values, design, family=sm.families.Poisson()).fit(tol=1e-14)
    scale = max(1, fit.pearson_chi2 / fit.df_resid)
    contrast = np.zeros(design.shape[1])
    contrast[years - 1], contrast[years - 2] = 1, -1
    error = sqrt(scale * (contrast @ fit.normalized_cov_params @ contrast))

    ours = log_ratios(_frame(values)).row(0, named=True)

    agree("growth log ratio", "statsmodels GLM", [ours["log_ratio"]], [contrast @ fit.params])
    agree("growth std_error", "statsmodels GLM", [ours["std_error"]], [error])
    assert ours["freedom"] == fit.df_resid


def _plain(values: list[float]) -> tuple:
    """The same in plain loops, for windows counted back from the last value."""
    windows = []
    while len(values) >= 12 * (len(windows) + 1):
        end = len(values) - 12 * len(windows)
        windows.append(values[end - 12 : end])
    totals = [sum(window) for window in windows]
    chi = 0.0
    for place in range(12):
        season = sum(window[place] for window in windows) / sum(totals)
        for window, total in zip(windows, totals, strict=True):
            chi += (window[place] - season * total) ** 2 / (season * total)
    freedom = 11 * (len(windows) - 1)
    phi = max(1, chi / freedom)
    x, y = totals[:2]
    reach = t.ppf(0.975, freedom) * sqrt(phi * (1 / x + 1 / y))
    lower, upper = (exp(log(x / y) + sign * reach) - 1 for sign in (-1, 1))
    return x, y, x / y - 1, lower, upper, (lower > 0 or upper < 0) and y >= 50


@REAL
@pytest.mark.parametrize("length", [24, 31, 60, 95])
def test_growth_equals_a_plain_loop(name, length, agree):
    values = _monthly(name)[:length]
    ours, plain = growth(_frame(values)).row(0), _plain(list(values))
    agree("growth", "plain loop", ours[:5], plain[:5], within=1e-9)
    assert ours[5] == plain[5]


def _batches(rng: np.random.Generator, runs: int, months: int, ratio: float = 1.0) -> pl.DataFrame:
    """Vacancies of orders of very different size, with a season; the last year times `ratio`."""
    season = 1 + 0.4 * np.sin(np.arange(months) * np.pi / 6)
    level = np.where(np.arange(months) >= months - 12, ratio, 1.0)
    orders = rng.poisson(6 * season * level, (runs, months))
    sizes = np.ceil(rng.lognormal(2.5, 0.9, orders.sum()))
    cell = np.repeat(np.arange(runs * months), orders.ravel())
    totals = np.bincount(cell, sizes, minlength=runs * months)
    month = pl.date_range(date(2024, 1, 1), date(2030, 1, 1), "1mo", eager=True)[:months]
    return pl.DataFrame(
        {
            "run": np.repeat(np.arange(runs), months),
            "month": pl.concat([month] * runs),
            "value": totals,
        }
    )


@pytest.mark.parametrize("months", [24, 36])
def test_equal_years_in_batches_are_seldom_called_growth(months):
    told = growth(_batches(np.random.default_rng(5), 2000, months), ["run"])
    alarms = told["signal"].mean()
    naive = ((told["current"] / told["previous"]).log().abs()) > 1.96 * (
        1 / told["current"] + 1 / told["previous"]
    ).sqrt()
    print(f"{months} months: {alarms:.3f}, as Poisson {naive.mean():.3f}")
    assert alarms <= 0.05 + 4 * sqrt(0.05 * 0.95 / 2000)
    assert naive.mean() > 0.5  # what counting positions one by one would have said


def test_a_demand_that_truly_doubled_is_mostly_told():
    told = growth(_batches(np.random.default_rng(6), 500, 24, ratio=2.0), ["run"])
    assert told["signal"].mean() > 0.8
    assert 0.9 < ((told["lower"] <= 1) & (told["upper"] >= 1)).mean() <= 1


def test_a_window_with_a_month_missing_is_not_compared():
    full = _frame(np.arange(24) + 10.0)
    assert growth(full).row(0)[2] is not None
    assert growth(full.tail(23)).row(0) == (330.0, None, None, None, None, None)
    hole = full.with_columns(value=pl.when(pl.col("month") != date(2002, 6, 1)).then("value"))
    assert growth(hole).row(0) == (None,) * 6
    assert growth(hole, last=date(2001, 12, 31)).row(0) == (186.0, None, None, None, None, None)


def test_an_earlier_gap_leaves_what_came_before_it_out():
    full = _frame(_monthly("elnino")[:48], post="A")
    gap = full.filter(pl.col("month") != date(2001, 5, 1))
    assert growth(gap).equals(growth(full.filter(pl.col("month") >= date(2002, 1, 1))))


def test_each_group_stands_for_itself_and_keeps_its_place():
    one, two = _monthly("elnino")[:24], _monthly("co2")[:24]
    rows = pl.concat([_frame(two, post="B"), _frame(one, post="A"), _frame(one[:5], post=None)])
    told = growth(rows.lazy(), ["post"])
    assert told["post"].to_list() == [None, "A", "B"]
    assert told.row(0)[1:] == (None,) * 6
    assert told.row(1)[1:] == growth(_frame(one)).row(0)
    assert told.row(2)[1:] == growth(_frame(two)).row(0)


def test_a_small_base_gives_no_signal():
    counts = np.array([1.0] * 12 + [9.0] * 12)
    few, many = growth(_frame(counts)).row(0, named=True), growth(_frame(counts * 5))
    assert few["previous"] < GROWTH_BASE.value
    assert few["lower"] > 0
    assert not few["signal"]
    assert many["signal"].item()


@pytest.mark.parametrize(
    ("year_before", "year", "expected"),
    [
        (0, 5, (60, 0, None, None, None, None)),
        (5, 0, (0, 60, -1, None, None, False)),
        (0, 0, (0, 0, None, None, None, None)),
    ],
)
def test_a_year_without_any_has_no_interval(year_before, year, expected):
    assert growth(_frame(np.array([year_before] * 12 + [year] * 12))).row(0) == expected


def test_all_in_one_calendar_month_leaves_nothing_to_judge_by():
    counts = np.array([0] * 5 + [100] + [0] * 11 + [200] + [0] * 6)
    assert growth(_frame(counts)).row(0) == (200, 100, 1, None, None, False)


def test_nothing_gives_one_row_and_wrong_rows_are_refused():
    empty = _frame(np.array([]))
    assert growth(empty).rows() == [(None,) * 6]
    assert growth(empty.with_columns(post=pl.lit("A")), ["post"]).is_empty()
    with pytest.raises(ValueError, match="negative"):
        growth(_frame(np.array([-1.0])))
    with pytest.raises(ValueError, match="two rows"):
        growth(pl.concat([_frame(np.array([1.0]))] * 2))


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6)), max_size=40))
@settings(max_examples=60, deadline=None)
def test_growth_is_never_nan_and_its_limits_lie_around_it(values):
    told = growth(
        _frame(np.array(values, dtype=float)).with_columns(pl.col("value").fill_nan(None))
    )
    row = told.row(0, named=True)
    assert all(x is None or np.isfinite(x) for x in row.values())
    if row["lower"] is not None:
        assert -1 <= row["lower"] <= row["growth"] <= row["upper"]


@REAL
def test_shrinking_equals_the_moments_of_statsmodels(name, agree):
    values = _monthly(name)[:60].reshape(12, 5)
    y, variance = np.log(values.mean(axis=1)), 1 / values.sum(axis=1)
    pooled = combine_effects(y, variance, method_re="dl")
    between = max(0, pooled.tau2)
    w = 1 / (variance + between)
    centre = (w * y).sum() / w.sum()
    plain = [centre + between / (between + v) * (one - centre) for one, v in zip(y, variance)]  # noqa: B905

    mean, _ = shrunk(y, np.sqrt(variance))

    agree("shrunk growth", "statsmodels tau2", mean, plain)


def test_what_is_alike_but_for_chance_becomes_the_mean():
    rng = np.random.default_rng(2)
    truth = rng.normal(0.2, 0.3, 4000)
    y = truth + rng.normal(0, 0.5, 4000)
    mean, error = shrunk(y, np.full(4000, 0.5))
    assert ((mean - truth) ** 2).mean() < 0.6 * ((y - truth) ** 2).mean()
    assert (np.abs(mean - truth) <= 1.96 * error).mean() == pytest.approx(0.95, abs=0.02)

    alike, _ = shrunk(np.array([0.1, 0.12, 0.11]), np.array([1.0, 1, 1]))
    assert alike == pytest.approx([0.11] * 3)
    alone, its = shrunk(np.array([0.3, np.nan]), np.array([0.1, np.nan]))
    assert (alone[0], its[0]) == (pytest.approx(0.3), pytest.approx(0.1))
    assert np.isnan(alone[1])
    assert shrunk(np.array([]), np.array([]))[0].size == 0
