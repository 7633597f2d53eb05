"""The XmR chart against the published vignette and a plain loop."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from metrics.statistics.control_charts import xmr
from tests.metrics.statistics.real_data import series

VIGNETTE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]  # NHSRplotthedots, deviations


def months(values: list[float | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {"month": range(len(values)), "value": values}, schema_overrides={"value": pl.Float64}
    )


def plain_limits(x: np.ndarray) -> tuple[float, float, float]:
    moved = [abs(b - a) for a, b in zip(x, x[1:], strict=False)]
    mean_moved = sum(moved) / len(moved)
    kept = [m for m in moved if m < 3.267 * mean_moved]
    reach = 2.66 * sum(kept) / len(kept)
    centre = sum(x) / len(x)
    return centre, centre - reach, centre + reach


def plain_rules(x: np.ndarray, centre: float, upper: float) -> list[set[int]]:
    rules = [set() for _ in x]
    for i in range(len(x)):
        if abs(x[i] - centre) > upper - centre:
            rules[i].add(1)
        run = x[i : i + 7]
        if len(run) == 7 and (all(run > centre) or all(run < centre)):
            for j in range(i, i + 7):
                rules[j].add(2)
        if len(run) == 7 and (all(np.diff(run) > 0) or all(np.diff(run) < 0)):
            for j in range(i, i + 7):
                rules[j].add(3)
        three = x[i : i + 3] - centre
        for sign in (1, -1):
            far = sum(sign * three > 2 / 3 * (upper - centre))
            if len(three) == 3 and all(sign * three > 0) and far >= 2:
                for j in range(i, i + 3):
                    rules[j].add(4)
    return rules


@pytest.mark.parametrize("name", ["nile", "sunspots", "macrodata", "elnino", "strikes"])
def test_limits_and_signals_equal_a_plain_loop(name, agree):
    x = series(name)

    chart = xmr(months(x.tolist()))

    centre, lower, upper = plain_limits(x)
    scale = abs(x).max()
    for column, oracle in (("centre", centre), ("lower", lower), ("upper", upper)):
        agree(
            "xmr limits / largest value",
            "plain loop",
            chart[column] / scale,
            [oracle / scale] * len(x),
        )
    rules = plain_rules(x, centre, upper)
    agree("xmr signal", "plain loop", chart["signal"], [bool(r) for r in rules], within=0)
    agree(
        "xmr rule", "plain loop", chart["rule"], [min(r, default=np.nan) for r in rules], within=0
    )


def test_published_vignette_is_reproduced():
    chart = xmr(months(VIGNETTE))

    limits = chart.select("upper", "centre", "lower").row(0)
    assert limits == pytest.approx((4.60, 1.94, -0.72), abs=0.005)
    assert chart.filter("signal").select("month", "rule").rows() == [(4, 1)]


def test_few_months_have_provisional_limits_or_none():
    assert xmr(months(VIGNETTE[:13]))["signal"].is_not_null().all()
    provisional = xmr(months(VIGNETTE[:12]))
    assert provisional["upper"].is_not_null().all()
    assert provisional.select("signal", "rule").unique().rows() == [(None, None)]
    assert xmr(months(VIGNETTE[:7])).select(
        "centre", "lower", "upper", "signal"
    ).unique().rows() == [(None,) * 4]


def test_a_missing_month_breaks_the_run_and_the_range():
    run = [6.0, 9, 6, 9, 6, 9, 5, 2, 5, 2, 5, 2, 5, 6]  # the mean is 5.5, seven are below
    whole = xmr(months(run))
    broken = xmr(months([*run[:9], None, *run[9:]]))

    assert whole.filter("signal")["month"].to_list() == list(range(6, 13))
    assert broken["signal"].to_list()[9] is None
    assert not broken["signal"].any()
    # thirteen ranges sum to 38; the one across the gap, 3, is gone
    assert broken["upper"][0] - broken["centre"][0] == pytest.approx(2.66 * 35 / 12)


def test_an_absent_month_is_a_missing_one():
    values = [6.0, 9, 6, 9, 6, 9, 5, 2, 5, None, 2, 5, 2, 5, 6]  # seven below but for the gap
    dates = pl.date_range(date(2024, 1, 1), date(2025, 3, 1), "1mo", eager=True)
    rows = pl.DataFrame({"month": dates, "value": values})

    absent = xmr(rows.drop_nulls())

    assert absent.equals(xmr(rows).drop_nulls("value"))
    assert not absent["signal"].any()


@pytest.mark.parametrize("value", [0.1, 0.7, 1 / 3, 1e9 + 0.1])
def test_level_series_has_no_signals_despite_rounding(value):
    charts = [xmr(months([value] * n)) for n in range(13, 40)]

    assert any(chart["centre"][0] != value for chart in charts)
    assert not any(chart["signal"].any() for chart in charts)


def test_a_point_on_the_mean_breaks_the_shift():
    side = [1.0] * 6 + [0.0] + [1.0] * 6 + [-2.0] * 6
    assert sum(side) == 0

    chart = xmr(months(side))

    assert 2 not in chart["rule"].to_list()


def test_groups_do_not_touch_and_come_sorted():
    rows = pl.concat(
        months(values).with_columns(post=pl.lit(post, pl.Enum(["b", "a"])))
        for post, values in (("a", VIGNETTE), ("b", VIGNETTE[::-1]))
    ).sample(fraction=1, shuffle=True, seed=1)

    chart = xmr(rows.lazy(), ["post"])

    assert chart["post"].unique(maintain_order=True).to_list() == ["b", "a"]
    assert chart.filter(post="a").drop("post").equals(xmr(months(VIGNETTE)))


def test_wrong_times_are_refused():
    rows = months(VIGNETTE)

    with pytest.raises(ValueError, match="more than one row in the same month"):
        xmr(pl.concat([rows, rows]))
    with pytest.raises(ValueError, match="rows without a time"):
        xmr(rows.with_columns(month=pl.lit(None, pl.Int64)))
    with pytest.raises(TypeError, match="dates or whole numbers"):
        xmr(rows.with_columns(pl.col("month").cast(pl.String)))


def test_nothing_gives_nothing():
    assert xmr(pl.DataFrame({"month": [], "value": []})).shape == (0, 7)
