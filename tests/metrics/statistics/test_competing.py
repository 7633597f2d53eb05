"""Cumulative incidence against scikit-survival and statsmodels."""

from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from sksurv.nonparametric import cumulative_incidence_competing_risks
from statsmodels.duration.survfunc import CumIncidenceRight

from metrics.statistics.competing import incidence_within
from metrics.statistics.survival import cumulative_incidence, kaplan_meier
from tests.metrics.statistics.real_data import ways_of_ending

REAL = pytest.mark.parametrize("name", ["bmt", "cgvhd", "flchain", "senators"])


@pytest.mark.filterwarnings("ignore:(divide|invalid):RuntimeWarning:(statsmodels|sksurv)")
@REAL
def test_incidence_equals_statsmodels_and_scikit_survival(name, agree):
    rows = ways_of_ending(name)
    days, outcome = rows["days"].to_numpy(), rows["outcome"].to_numpy()
    ours = cumulative_incidence(rows, censored="0")
    statsmodels = CumIncidenceRight(days, outcome)
    # all limits of sksurv fall together if the last to leave ended, so it stays open there
    last_open = np.where(
        (days == days.max()) & bool(all(outcome[days == days.max()])), 0, outcome
    ).astype(int)
    times, _, limits = cumulative_incidence_competing_risks(
        last_open, days, conf_type="log-log", var_type="Dinse_Approx"
    )
    _, incidence = cumulative_incidence_competing_risks(outcome.astype(int), days)

    for number in range(1, outcome.max() + 1):
        curve = ours.filter(cause=number)
        np.testing.assert_array_equal(curve["days"], times)
        agree("incidence", "statsmodels", curve["incidence"], statsmodels.cinc[number - 1])
        agree("incidence", "sksurv", curve["incidence"], incidence[number])
        error = statsmodels.cinc_se[number - 1].copy()
        # the last to leave ended: statsmodels has 0/0 there
        known = np.isfinite(error)
        agree("incidence std_error", "statsmodels", curve["std_error"].filter(known), error[known])
        # before the first, sksurv divides by 0
        started = (curve["incidence"].to_numpy() > 0) & (times < days.max())
        for limit, theirs in zip(("lower", "upper"), limits[number], strict=True):
            some = started & np.isfinite(theirs)
            agree(
                "incidence limits", "sksurv Dinse_Approx", curve[limit].filter(some), theirs[some]
            )


@REAL
def test_incidences_sum_to_one_minus_survival(name, agree):
    rows = ways_of_ending(name).with_columns(closed=pl.col("outcome") != 0)

    total = cumulative_incidence(rows, censored="0").group_by("days").agg(pl.col("incidence").sum())

    survival = kaplan_meier(rows)["survival"]
    agree("sum of incidences", "1 - survival", total.sort("days")["incidence"], 1 - survival)


def test_withdrawn_cases_are_not_taken_for_open():
    rows = pl.DataFrame(
        {"days": [0, 0, 1, 2], "outcome": ["resolved", "withdrawn", "resolved", None]}
    )

    incidence = cumulative_incidence(rows).filter(cause="resolved")

    assert incidence["days"].to_list() == [0, 1, 2]
    assert incidence["incidence"].to_list() == pytest.approx([0.25, 0.5, 0.5])


def test_every_cause_stands_in_every_group_and_types_are_kept():
    ways = pl.Enum(["resolved", "withdrawn"])  # without the word "open"
    rows = pl.DataFrame(
        {"post": ["b", "a", "a"], "days": [3, 1, 2], "outcome": ["resolved", "withdrawn", None]},
        schema_overrides={"outcome": ways},
    )

    incidence = cumulative_incidence(rows.lazy(), ["post"])

    assert incidence.schema["cause"] == ways
    assert incidence.columns == [
        "post",
        "days",
        "cause",
        "incidence",
        "std_error",
        "lower",
        "upper",
    ]
    assert incidence.select("post", "days", "cause", "incidence").rows() == [
        ("a", 1, "resolved", 0.0),
        ("a", 1, "withdrawn", 0.5),
        ("a", 2, "resolved", 0.0),
        ("a", 2, "withdrawn", 0.5),
        ("b", 3, "resolved", 1.0),
        ("b", 3, "withdrawn", 0.0),
    ]
    assert incidence.filter(incidence=0).select("std_error", "lower", "upper").unique().rows() == [
        (0.0, 0.0, 0.0)
    ]
    assert incidence.filter(incidence=1).select("std_error", "lower", "upper").row(0) == (None,) * 3


def test_nothing_ended_gives_no_rows():
    rows = pl.DataFrame({"days": [1, 2], "outcome": ["open", "open"]})

    assert cumulative_incidence(rows).is_empty()
    assert cumulative_incidence(rows.clear()).is_empty()


def test_negative_times_are_refused():
    with pytest.raises(ValueError, match="negative times"):
        cumulative_incidence(pl.DataFrame({"days": [-1], "outcome": ["resolved"]}))


@REAL
def test_share_ended_so_within_days_equals_scikit_survival(name, agree):
    rows = ways_of_ending(name)
    days, outcome = rows["days"].to_numpy(), rows["outcome"].to_numpy()
    times, incidence = cumulative_incidence_competing_risks(outcome.astype(int), days)
    curve = cumulative_incidence(rows, censored="0")

    for share in (0.1, 0.4, 0.8):
        until = float(np.quantile(days, share))
        ours = incidence_within(curve, days=until).sort("cause")
        step = np.searchsorted(times, until, side="right") - 1
        theirs = incidence[1:, step] if step >= 0 else np.zeros(len(ours))
        agree("incidence_within", "sksurv", ours["share"], theirs)


def test_share_ended_so_is_told_as_far_as_cases_were_followed():
    rows = pl.DataFrame({"days": [5, 9, 20], "outcome": ["resolved", "withdrawn", "open"]})
    curve = cumulative_incidence(rows)

    def told(days: int) -> list[tuple]:
        shares = incidence_within(curve, days=days)
        return [(c, None if s is None else round(s, 9)) for c, s in shares["cause", "share"].rows()]

    third = round(1 / 3, 9)
    assert told(4) == [("resolved", 0), ("withdrawn", 0)]
    assert told(5) == [("resolved", third), ("withdrawn", 0)]
    assert told(20) == [("resolved", third), ("withdrawn", third)]
    assert told(21) == [("resolved", None), ("withdrawn", None)]
    assert incidence_within(curve, days=4).row(0) == ("resolved", 0, 0, 0)
    all_ended = cumulative_incidence(rows.filter(pl.col("outcome") != "open"))
    assert incidence_within(all_ended, days=99)["share"].to_list() == pytest.approx([0.5, 0.5])


def test_share_ended_so_of_each_group_is_as_if_alone():
    rows = pl.DataFrame(
        {
            "post": ["a", "a", None, None],
            "days": [1, 300, 2, 30],
            "outcome": ["resolved", "open", "withdrawn", "open"],
        }
    )
    shares = incidence_within(cumulative_incidence(rows, ["post"]), ["post"], 90)
    assert shares.select("post", "cause", "share").rows() == [
        (None, "resolved", None),
        (None, "withdrawn", None),
        ("a", "resolved", 0.5),
        ("a", "withdrawn", 0.0),
    ]
    with pytest.raises(ValueError, match="negative"):
        incidence_within(shares, days=-1)


def test_causes_may_be_numbers_with_one_for_not_ended():
    told = pl.DataFrame({"days": [1, 2, 3], "outcome": [1, 0, 2]})
    curve = cumulative_incidence(told, censored=0)
    assert curve["cause"].unique().sort().to_list() == [1, 2]
    assert curve.filter(pl.col("days") == 3)["incidence"].sum() == pytest.approx(1)


def test_a_duration_in_place_of_days_is_refused_in_words():
    told = pl.DataFrame({"days": [timedelta(days=3)], "outcome": ["resolved"]})
    with pytest.raises(TypeError, match="total_days"):
        cumulative_incidence(told)
