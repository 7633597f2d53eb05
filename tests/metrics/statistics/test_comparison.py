"""Two Poisson counts against scipy's binomial, q-values against scipy."""

import numpy as np
import polars as pl
import pytest
from scipy.stats import binom, false_discovery_control, norm, t

from metrics.statistics.comparison import false_discovery, overdispersed, two_poisson
from tests.metrics.statistics.real_data import rates

REAL = pytest.mark.parametrize("name", ["cancer", "visits", "dd", "lung", "senators"])


def neighbours(name: str) -> pl.DataFrame:
    rows = rates(name)
    return rows.select(
        current=pl.col("events"),
        previous=pl.col("events").shift(-1),
        days=pl.col("exposure"),
        days_before=pl.col("exposure").shift(-1),
    ).drop_nulls()


def doubled_mid_p(x, y, share):
    here = binom.pmf(x, x + y, share) / 2
    tails = binom.cdf(x - 1, x + y, share) + here, binom.sf(x, x + y, share) + here
    return np.minimum(1, 2 * np.minimum(*tails))


@REAL
def test_p_value_equals_binomial(name, agree):
    rows = neighbours(name)
    x, y, over, before = (rows[column].to_numpy() for column in rows.columns)

    plain = two_poisson(rows)
    by_day = two_poisson(rows, current_exposure="days", previous_exposure="days_before")

    agree("two_poisson p_value", "scipy binom", plain["p_value"], doubled_mid_p(x, y, 0.5))
    p = doubled_mid_p(x, y, over / (over + before))
    agree("two_poisson p_value", "scipy binom", by_day["p_value"], p)


@pytest.mark.parametrize(
    ("previous", "current", "change", "p"), [(172, 143, -0.169, 0.103), (115, 171, 0.487, 0.0009)]
)
def test_published_complaints_of_august_are_noise_and_of_march_a_signal(
    previous, current, change, p
):
    [[ratio, p_value]] = (
        two_poisson(pl.DataFrame({"current": [current], "previous": [previous]}))
        .select("ratio", "p_value")
        .rows()
    )

    assert ratio - 1 == pytest.approx(change, abs=5e-4)
    assert p_value == pytest.approx(p, abs=5e-4 if p > 0.01 else 5e-5)


def test_no_ratio_to_nothing_but_a_p_value():
    rows = two_poisson(pl.DataFrame({"current": [0, 6, 0, 5], "previous": [0, 0, 3, None]}))

    assert rows["ratio"].to_list() == [None, None, 0.0, None]
    assert rows["p_value"].to_list() == pytest.approx([1.0, 2 * 0.5**7, 2 * 0.5**4, None])


def test_leap_day_makes_a_longer_period():
    rows = pl.LazyFrame({"current": [70], "previous": [69], "now": [70], "then": [69]})

    compared = two_poisson(rows, current_exposure="now", previous_exposure="then")

    assert compared["ratio"].item() == pytest.approx(1)


@pytest.mark.parametrize("exposure", [0.0, None, float("nan")])
def test_no_comparison_without_exposure(exposure):
    rows = pl.DataFrame({"current": [4], "previous": [9], "days": [exposure]})

    compared = two_poisson(rows, previous_exposure="days")

    assert compared.select("ratio", "p_value").row(0) == (None, None)


def test_very_small_p_values_are_not_lost():
    rows = two_poisson(pl.DataFrame({"current": [300, 0], "previous": [0, 300]}))

    assert rows["p_value"].to_list() == pytest.approx([0.5**300, 0.5**300], rel=1e-9)


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="negative counts or exposure"):
        two_poisson(pl.DataFrame({"current": [-1], "previous": [3]}))


@REAL
def test_q_values_equal_scipy(name, agree):
    p = two_poisson(neighbours(name))

    agree(
        "false_discovery",
        "scipy",
        false_discovery(p)["q_value"],
        false_discovery_control(p["p_value"]),
    )


def test_missing_p_values_are_no_tests():
    rows = pl.DataFrame({"post": ["a", "b", "c", "d"], "p": [0.04, None, 0.01, float("nan")]})

    adjusted = false_discovery(rows.lazy(), "p")

    assert adjusted["post"].to_list() == ["a", "b", "c", "d"]
    assert adjusted["q_value"].to_list() == pytest.approx([0.04, None, 0.02, None])


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_p_values_outside_0_to_1_are_refused(p):
    with pytest.raises(ValueError, match="p-values must lie between 0 and 1"):
        false_discovery(pl.DataFrame({"p_value": [p]}))


def test_nothing_gives_nothing():
    assert two_poisson(pl.DataFrame({"current": [], "previous": []})).shape == (0, 4)
    assert false_discovery(pl.DataFrame({"p_value": []})).shape == (0, 2)


@REAL
def test_families_of_tests_are_adjusted_each_alone(name, agree):
    p = two_poisson(neighbours(name)).with_row_index().with_columns(family=pl.col("index") % 3)
    ours = false_discovery(p, by=["family"])
    for family in ours.partition_by("family"):
        expected = false_discovery_control(family["p_value"])
        agree("false_discovery by family", "scipy", family["q_value"], expected)


@REAL
@pytest.mark.parametrize("spread", [0.5, 1.0, 1.7, 9.0])
def test_raised_p_value_equals_students_t(name, spread, agree):
    rows = two_poisson(neighbours(name)).with_columns(spread=spread, free=21)
    p = rows["p_value"].to_numpy()
    z = norm.isf(p / 2) / np.sqrt(max(spread, 1))
    expected = 2 * t.sf(z, 21) if spread > 1 else p
    raised = overdispersed(rows, "spread", "free")["p_value"]
    agree("overdispersed p_value", "scipy norm, t", raised, expected)
    assert (raised.to_numpy() >= p - 1e-12).all()


def test_unknown_spread_changes_nothing():
    rows = pl.DataFrame({"p_value": [0.03, None, 0.0], "spread": [None, 4.0, 4.0], "free": 9})
    raised = overdispersed(rows.lazy(), "spread", "free")["p_value"].to_list()
    assert raised == [0.03, None, 0.0]
    assert overdispersed(rows.clear(), "spread", "free").is_empty()
