"""Kaplan-Meier and what is read off it, against lifelines, statsmodels and scikit-survival."""

from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from sksurv.nonparametric import kaplan_meier_estimator
from statsmodels.duration.survfunc import SurvfuncRight

from metrics.statistics.survival import kaplan_meier, quantile, restricted_mean, share_within
from tests.metrics.statistics.real_data import DURATIONS, delayed, durations

REAL = pytest.mark.parametrize("name", DURATIONS)
LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)


def of_group(result, group):
    return result.filter(pl.col("group") == group[0])


@REAL
def test_curve_and_limits_equal_scikit_survival(name, agree):
    rows = durations(name)
    curves = kaplan_meier(rows, ["group"])

    for group, cases in rows.group_by("group"):
        curve = of_group(curves, group)
        days, survival, limits = kaplan_meier_estimator(
            cases["closed"].to_numpy(), cases["days"].to_numpy(), conf_type="log-log"
        )
        np.testing.assert_array_equal(curve["days"], days)
        agree("survival", "sksurv", curve["survival"], survival)
        certain = survival == 1  # sksurv has no limits there, ours are 1
        limits[:, certain] = 1
        limits[:, survival == 0] = np.nan  # sksurv gives [0, 0]; nothing is known
        agree("survival limits", "sksurv", curve["lower"], limits[0])
        agree("survival limits", "sksurv", curve["upper"], limits[1])


@REAL
def test_standard_error_and_risk_set_equal_statsmodels(name, agree):
    rows = durations(name)
    curves = kaplan_meier(rows, ["group"]).filter(pl.col("events") > 0)

    for group, cases in rows.filter(pl.col("closed").any().over("group")).group_by("group"):
        curve = of_group(curves, group)
        oracle = SurvfuncRight(cases["days"].to_numpy(), cases["closed"].to_numpy().astype(int))
        agree("survival", "statsmodels", curve["survival"], oracle.surv_prob)
        agree("at_risk", "statsmodels", curve["at_risk"], oracle.n_risk, within=0)
        agree("events", "statsmodels", curve["events"], oracle.n_events, within=0)
        agree("survival std_error", "statsmodels", curve["std_error"], oracle.surv_prob_se)


@pytest.mark.parametrize(
    ("name", "least"), [("aids", 0), ("gbsg2", 45 * 365), ("lung", 55 * 365), ("psychiatric", 0)]
)
def test_delayed_entry_equals_lifelines(name, least, agree):
    # lifelines refuses where a small early risk set brings the curve to 0, so start at `least`
    rows = delayed(name).filter(pl.col("days") > least)
    rows = rows.with_columns(pl.col("entry").clip(least)).filter(pl.col("entry") < pl.col("days"))
    curve = kaplan_meier(rows, entry="entry")

    lifelines = KaplanMeierFitter().fit(
        *(rows[column].to_numpy() for column in ("days", "closed")), entry=rows["entry"].to_numpy()
    )

    theirs = lifelines.survival_function_at_times(curve["days"].to_numpy())
    agree("survival, delayed entry", "lifelines", curve["survival"], theirs)


@pytest.mark.parametrize("name", ["aids", "gbsg2", "lung", "psychiatric"])
def test_delayed_entry_equals_statsmodels(name, agree):
    rows = delayed(name).filter(pl.col("entry") < pl.col("days"))
    curve = kaplan_meier(delayed(name), entry="entry").filter(pl.col("events") > 0)

    days, closed, entry = (rows[column].to_numpy() for column in ("days", "closed", "entry"))
    oracle = SurvfuncRight(days, closed.astype(int), entry=entry)

    agree("survival, delayed entry", "statsmodels", curve["survival"], oracle.surv_prob)
    agree("at_risk, delayed entry", "statsmodels", curve["at_risk"], oracle.n_risk, within=0)
    error = np.where(curve["survival"] > 0, oracle.surv_prob_se, np.nan)
    agree("std_error, delayed entry", "statsmodels", curve["std_error"], error)


def exact_quantile(cases: pl.DataFrame, q: Fraction) -> float | None:
    survival = Fraction(1)
    at_risk = len(cases)
    for days, events, left in (
        cases.group_by("days").agg(pl.col("closed").sum(), pl.len()).sort("days").iter_rows()
    ):
        survival *= 1 - Fraction(events, at_risk)
        if survival <= 1 - q:
            return days
        at_risk -= left
    return None


@REAL
def test_quantiles_equal_exact_arithmetic(name, agree):
    rows = durations(name)
    curves = kaplan_meier(rows, ["group"])

    for q in LEVELS:
        ours = quantile(curves, ["group"], q)
        exact = [
            exact_quantile(rows.filter(pl.col("group") == group), Fraction(str(q)))
            for group in ours["group"]
        ]
        agree("quantile", "exact fractions", ours["value"], exact, within=0)


@REAL
def test_limits_of_a_quantile_enclose_it(name):
    limits = quantile(kaplan_meier(durations(name), ["group"]), ["group"], 0.5)

    assert limits.filter(pl.col("lower") > pl.col("value")).is_empty()
    assert limits.filter(pl.col("upper") < pl.col("value")).is_empty()


@REAL
def test_share_within_equals_lifelines(name, agree):
    rows = durations(name)
    curves = kaplan_meier(rows, ["group"])

    for days in rows["days"].quantile(0.1), rows["days"].quantile(0.6):
        ours = share_within(curves, ["group"], days)
        theirs = []
        for group in ours["group"]:
            cases = rows.filter(pl.col("group") == group)
            lifelines = KaplanMeierFitter().fit(
                cases["days"].to_numpy(), cases["closed"].to_numpy()
            )
            survival = lifelines.predict(days)
            unknown = cases["days"].max() < days and survival > 0
            theirs.append(np.nan if unknown else 1 - survival)
        agree("share_within", "lifelines", ours["share"], theirs)


@REAL
def test_restricted_mean_equals_lifelines(name, agree):
    rows = durations(name).filter(pl.len().over("group") > 1)
    horizon = rows["days"].quantile(0.6)
    ours = restricted_mean(kaplan_meier(rows, ["group"]), ["group"], horizon)

    theirs = []
    for group in ours["group"]:
        cases = rows.filter(pl.col("group") == group)
        lifelines = KaplanMeierFitter().fit(cases["days"].to_numpy(), cases["closed"].to_numpy())
        unknown = cases["days"].max() < horizon and lifelines.predict(horizon) > 0
        theirs.append(np.nan if unknown else restricted_mean_survival_time(lifelines, t=horizon))
    agree("restricted_mean", "lifelines", ours["value"], theirs)


@REAL
def test_error_of_the_restricted_mean_of_ended_cases_is_that_of_a_mean(name, agree):
    ended = durations(name).filter("closed").with_columns(pl.col("days").cast(pl.Float64))
    horizon = ended["days"].max()

    [[value, std_error]] = restricted_mean(kaplan_meier(ended), horizon=horizon).rows()

    mean = ended["days"].mean()
    agree("restricted_mean", "mean of ended cases", value / horizon, mean / horizon)
    se = ended["days"].std(ddof=0) / np.sqrt(len(ended))
    agree("restricted_mean std_error", "sd / sqrt(n)", std_error / horizon, se / horizon)
