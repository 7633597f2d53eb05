"""The charts u' and p' against a plain loop."""

from math import sqrt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.rate_charts import p_chart, u_chart
from tests.metrics.statistics.real_data import rates, shares

LIMITS = ("centre", "lower", "upper")


def timed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_row_index("month").with_columns(pl.col("month").cast(pl.Int64))


def plain(counts: list, sizes: list, *, binomial: bool) -> list[tuple]:
    """Rate, centre, lower, upper of every period, one after the other."""
    centre = sum(counts) / sum(sizes)
    variance = centre * (1 - centre) if binomial else centre
    scores = [
        (count / size - centre) / sqrt(variance / size)
        for count, size in zip(counts, sizes, strict=True)
    ]
    moves = [abs(b - a) for a, b in zip(scores, scores[1:], strict=False)]
    sigma = max(1.0, sum(moves) / len(moves) / 1.128)
    rows = []
    for count, size in zip(counts, sizes, strict=True):
        reach = 3 * sqrt(variance / size) * sigma
        rows.append((count / size, centre, centre - reach, centre + reach))
    return rows


def compare(what: str, chart: pl.DataFrame, expected: list[tuple], per: float, agree) -> None:  # noqa: ANN001
    scale = max(abs(x) for row in expected for x in row)
    for n, column in enumerate(("rate", *LIMITS)):
        theirs = [row[n] / scale for row in expected]
        agree(
            f"{what} / largest value",
            "plain loop",
            chart[column] / per / scale,
            theirs,
            within=1e-12,
        )
    outside = [not row[2] <= row[0] <= row[3] for row in expected]
    agree(f"{what} signal", "plain loop", chart["signal"], outside, within=0)


@pytest.mark.parametrize("name", ["cancer", "visits", "dd", "senators"])
def test_u_chart_equals_a_plain_loop(name, agree):
    rows = timed(rates(name))
    assert rows.height >= 13
    expected = plain(*(rows[c].to_list() for c in ("events", "exposure")), binomial=False)
    compare("u_chart", u_chart(rows), expected, 1000, agree)


@pytest.mark.parametrize("name", ["star98", "senators", "lung"])
def test_p_chart_equals_a_plain_loop(name, agree):
    rows = timed(shares(name))
    assert rows.height >= 13
    expected = plain(*(rows[c].to_list() for c in ("successes", "trials")), binomial=True)
    compare("p_chart", p_chart(rows), expected, 1, agree)


def rated(counts: list, sizes: list) -> pl.DataFrame:
    return pl.DataFrame(
        {"month": range(len(counts)), "events": counts, "exposure": sizes},
        schema={"month": pl.Int64, "events": pl.Int64, "exposure": pl.Float64},
    )


def test_large_exposures_widen_the_limits_and_calm_ones_never_narrow_them():
    wild = u_chart(rated([10_000, 12_000] * 8, [1e6] * 16))
    assert not wild["signal"].any()
    assert wild["upper"][0] - 11 > 3 * sqrt(0.011 / 1e6) * 1000 * 10

    calm = u_chart(rated([100] * 16, [1000.0] * 16))
    assert calm["upper"][0] == pytest.approx(100 + 3 * sqrt(0.1 / 1000) * 1000)


def test_a_period_without_exposure_or_count_is_null_and_breaks_the_line():
    counts, sizes = [10, 20] * 8, [1000.0] * 16
    broken = u_chart(rated([*counts[:8], None, 5, *counts[8:]], [*sizes[:8], 9, 0, *sizes[8:]]))

    gaps = broken.filter(pl.col("month").is_in([8, 9]))
    assert gaps.select("rate", "lower", "upper", "signal").unique().rows() == [(None,) * 4]
    assert broken["centre"][0] == pytest.approx(15)
    # 14 steps remain, all of the same size
    sigma = max(1, 10 / sqrt(15) / 1.128)
    assert broken["upper"][0] == pytest.approx(15 + 3 * sqrt(15) * sigma)


def test_few_periods_have_provisional_limits_or_none():
    assert u_chart(rated([9] * 13, [1.0] * 13))["signal"].to_list() == [False] * 13
    provisional = u_chart(rated([9] * 12, [1.0] * 12))
    assert provisional["upper"].is_not_null().all()
    assert provisional["signal"].is_null().all()
    assert u_chart(rated([9] * 7, [1.0] * 7)).select(LIMITS).unique().rows() == [(None,) * 3]


def test_groups_do_not_touch_and_come_sorted():
    one, other = rated([9, 12] * 8, [1.0] * 16), rated([90, 12] * 8, [2.0] * 16)
    both = pl.concat([other.with_columns(post=pl.lit("b")), one.with_columns(post=pl.lit("a"))])

    chart = u_chart(both.lazy(), ["post"])

    assert chart["post"].unique(maintain_order=True).to_list() == ["a", "b"]
    assert chart.filter(post="a").drop("post").equals(u_chart(one))
    assert chart.filter(post="b").drop("post").equals(u_chart(other))


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(0, 9)), st.sampled_from([None, 0.0, 9.0, 30.0])),
        max_size=20,
    )
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_whatever_the_periods_nothing_is_nan_or_infinite(periods: list):
    rows = rated([count for count, _ in periods], [size for _, size in periods])

    for chart in (u_chart(rows), p_chart(rows, successes="events", trials="exposure")):
        for column in ("rate", *LIMITS):
            assert chart[column].drop_nulls().is_finite().all()
        assert chart.height == rows.height


def test_impossible_numbers_are_refused():
    with pytest.raises(ValueError, match=r"negative events or exposure \(rows: 1\)"):
        u_chart(rated([-1, 1], [1.0, 1.0]))
    with pytest.raises(ValueError, match="successes must lie between 0 and trials"):
        p_chart(rated([2], [1.0]), successes="events", trials="exposure")
    with pytest.raises(ValueError, match="more than one row in the same month"):
        u_chart(pl.concat([rated([1], [1.0])] * 2))
