"""What the last month of a series says."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.signals import ASSURANCES, reading
from metrics.statistics.control_charts import xmr

CALM = [20, 24, 19, 23, 21, 25, 18, 22, 20, 24, 19, 23, 21, 22]


def months(values: list[float | None]) -> pl.DataFrame:
    starts = pl.date_range(date(2023, 1, 1), date(2026, 12, 1), "1mo", eager=True)
    return pl.DataFrame(
        {"month": starts[: len(values)], "value": values}, schema_overrides={"value": pl.Float64}
    )


@pytest.mark.parametrize(
    ("values", "better", "code", "indonesian", "english"),
    [
        (
            [*CALM, 60],
            "higher",
            "better",
            "Sinyal membaik pada Mar 2024: 60, di atas batas atas ",
            "Signal of improvement in Mar 2024: 60, above the upper limit ",
        ),
        (
            [*CALM, 60],
            "lower",
            "worse",
            "Sinyal memburuk pada Mar 2024: 60, di atas batas atas ",
            "Signal of worsening in Mar 2024: 60, above the upper limit ",
        ),
        (
            [*CALM, 1],
            "neither",
            "signal",
            "Sinyal penurunan pada Mar 2024: 1, di bawah batas bawah ",
            "Signal of a fall in Mar 2024: 1, below the lower limit ",
        ),
        (CALM, "lower", "ordinary", "Feb 2024: 22, variasi biasa", "Feb 2024: 22, ordinary"),
        (CALM[:12], "lower", "provisional", "Des 2023: 23; batas ", "Dec 2023: 23; the limits "),
        (CALM[:7], "lower", "too_few", "Belum cukup bulan", "Too few months"),
        ([4, 5] * 8, "lower", "too_small", "Terlalu sedikit untuk grafik bulanan", "Too few for"),
    ],
)
def test_each_code_is_reached_and_told_in_both_languages(
    values: list, better: str, code: str, indonesian: str, english: str
):
    read = reading(months(values), better)

    assert read.code == code
    assert read.sentence.indonesian.startswith(indonesian)
    assert read.sentence.english.startswith(english)
    assert "{" not in read.sentence.indonesian + read.sentence.english


@pytest.mark.parametrize(
    ("values", "rule", "better", "code", "words"),
    [
        ([*[20, 30] * 10, *[28] * 7], 2, "higher", "better", "bulan berturut-turut di atas"),
        ([*[20, 30] * 10, *[22] * 7], 2, "higher", "worse", "bulan berturut-turut di bawah"),
        ([*[30, 20] * 10, *range(22, 29)], 3, "lower", "worse", "berturut-turut naik"),
        ([*[20, 30] * 10, *range(28, 21, -1)], 3, "lower", "better", "berturut-turut turun"),
        ([*[20, 30] * 10, 46, 47, 48], 4, "lower", "worse", "dekat batas atas"),
        ([*[20, 30] * 10, 4, 3, 2], 4, "lower", "better", "dekat batas bawah"),
    ],
)
def test_each_rule_has_its_direction_and_its_words(
    values: list, rule: int, better: str, code: str, words: str
):
    read = reading(months(values), better)

    assert (read.rule, read.code) == (rule, code)
    assert words in read.sentence.indonesian
    assert read.icon == (
        "arrow_upward" if (code == "better") == (better == "higher") else "arrow_downward"
    )


def test_a_trend_tells_one_direction_from_its_first_month_on():
    rise = [*[30, 20] * 10, *range(19, 32, 2), 25, 25, 22]
    points = reading(months(rise), "lower").points

    trend = points.filter(rule=3)
    assert trend["value"].to_list() == list(range(19, 32, 2))
    assert set(trend["code"]) == {"worse"}


def test_a_trend_after_a_month_with_another_rule_keeps_its_direction():
    rise = [15, 17, 19, 22, 23, 24, 25, 26]
    points = reading(months([*[24, 26] * 10, *rise]), "lower").points

    assert points["rule"].to_list()[-8] == 1
    assert points.filter(rule=3)["value"].to_list() == rise[-points.filter(rule=3).height :]
    assert points.filter(rule=3)["code"].unique().to_list() == ["worse"]
    assert points["code"].to_list()[-8] == "better"


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 60)), max_size=40),
    st.sampled_from(["lower", "higher", "neither"]),
    st.one_of(st.none(), st.floats(0, 80)),
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_it_agrees_with_the_chart_whatever_the_series(values: list, better: str, target: float):
    series = months(values)
    chart = xmr(series)
    counted = [value for value in values if value is not None]

    read = reading(series, better, target)

    assert read.points["value"].to_list() == series["value"].to_list()
    if len(counted) < 8:
        assert read.code == "too_few"
    elif sum(counted) / len(counted) < 5:
        assert read.code == "too_small"
    else:
        last = chart.drop_nulls("value").row(-1, named=True)
        assert read.points.select(chart.columns).equals(chart)
        assert (read.centre, read.lower, read.upper, read.rule) == tuple(
            last[column] for column in ("centre", "lower", "upper", "rule")
        )
        assert (read.code == "provisional") == (len(counted) < 13)
        assert (read.code in ("better", "worse", "signal")) == bool(last["signal"])
        assert (read.code == "signal") == (bool(last["signal"]) and better == "neither")
        return
    assert (read.centre, read.lower, read.upper, read.rule, read.assurance) == (None,) * 5
    assert read.points["upper"].null_count() == len(values)


def test_a_month_without_a_report_is_not_told_and_stays_null():
    read = reading(months([*CALM, 60, None]), "lower")

    assert read.points["value"].to_list()[-1] is None
    assert read.points["code"].to_list()[-2:] == ["worse", None]
    assert read.sentence.indonesian.startswith("Sinyal memburuk pada Mar 2024")


@pytest.mark.parametrize(
    ("better", "target", "assurance"),
    [
        ("higher", 40, "fails"),
        ("higher", 22, "sometimes"),
        ("higher", 5, "achieves"),
        ("lower", 5, "fails"),
        ("lower", 22, "sometimes"),
        ("lower", 40, "achieves"),
        ("neither", 40, None),
        ("lower", None, None),
    ],
)
def test_limits_on_one_side_of_the_target_assure_it(
    better: str, target: float | None, assurance: str | None
):
    assert reading(months(CALM), better, target).assurance == assurance
    assert reading(months(CALM[:12]), better, target).assurance is None


def test_assurances_have_the_agreed_words():
    words = [text.indonesian for text in ASSURANCES.values()]
    assert words == ["konsisten gagal", "kadang tercapai", "konsisten tercapai"]


def test_a_limit_below_zero_is_told_as_zero_and_kept():
    read = reading(months([5, 15] * 8), "lower")
    assert read.lower < 0
    assert "batas 0,0–" in read.sentence.indonesian


def test_nothing_has_too_few_months():
    assert reading(months([]), "lower").code == "too_few"


def test_of_stable_series_few_last_months_are_called_a_signal():
    """Of 1,000 Poisson series of 24 months with a mean of 20: 2.2 in 100."""
    drawn = np.random.default_rng(20261124).poisson(20, (1000, 24))
    starts = months([0.0] * 24)["month"]
    series = pl.DataFrame(
        {
            "series": np.repeat(np.arange(1000), 24),
            "month": pl.concat([starts] * 1000),
            "value": drawn.ravel(),
        }
    )

    last = xmr(series, ["series"]).group_by("series", maintain_order=True).last()

    assert last["signal"].mean() == pytest.approx(0.022, abs=0.01)
    codes = [reading(months(list(map(float, row))), "neither").code for row in drawn[:100]]
    assert [code == "signal" for code in codes] == last["signal"].to_list()[:100]
