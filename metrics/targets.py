"""Whether the posts attain the targets that Jakarta sets them for a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from metrics.frames import Rows
from metrics.metric import Metric, measure
from metrics.selection import Period
from metrics.text import Text

Verdict = Literal["reached", "not_reached", "not_decided", "no_data"]
VERDICTS: dict[Verdict, Text] = {
    "reached": Text("Tercapai", "Reached"),
    "not_reached": Text("Belum tercapai", "Not reached"),
    "not_decided": Text("Belum dapat disimpulkan", "Cannot be decided yet"),
    "no_data": Text("Belum ada data", "No data yet"),
}
COLUMNS = (
    "post_code",
    "metric",
    "target",
    "value",
    "lower",
    "upper",
    "attainment",
    "verdict",
)


@dataclass(frozen=True)
class Indicator:
    """What a target is set on. Direction, scale and words are those of the metric."""

    metric: str  # its name in the catalogue
    interval: bool  # False: the value has no interval, and decides by itself


# All are shares, a median or a position, none is a sum over the year: the year's target holds
# on every day of it, and none is taken pro rata.
INDICATORS: dict[str, Indicator] = {
    "on_time_pct": Indicator("on_time_share", interval=True),
    "median_days": Indicator("median_resolution_days", interval=True),
    "fill_rate": Indicator("fill_rate", interval=False),
    "coverage_pct": Indicator("coverage_pct", interval=False),
    "on_time_reports": Indicator("on_time_reports", interval=False),
}


def year_to_date(period: Period) -> Period:
    """Return the stretch targets are measured over: 1 January to the last day of the period."""
    return Period(date(period.last.year, 1, 1), period.last)


def attainment(rows: Rows, period: Period, metrics: Mapping[str, Metric]) -> pl.DataFrame:
    """Return each target of the year in which the period ends, against the year to date.

    `metrics` are those of the catalogue by name, or at least those that INDICATORS name.
    Columns: post_code, metric (the indicator), target, value, lower, upper (in the unit of the
    target: per cent, days), attainment (value / target, or target / value where lower is
    better; null over 0) and verdict, a key of VERDICTS: reached only where the whole 95 %
    interval lies on the good side, not_reached where it lies on the bad side. A missing limit
    lies beyond any target. Targets on other indicators are left out. Sorted by the first two.
    """
    told = [
        _judged(rows, name, metrics[indicator.metric], indicator, year_to_date(period))
        for name, indicator in INDICATORS.items()
    ]
    return pl.concat(told).sort("post_code", "metric")


def _judged(
    rows: Rows, name: str, metric: Metric, indicator: Indicator, period: Period
) -> pl.DataFrame:
    set_ones = (
        rows.targets.filter(pl.col("metric") == name, pl.col("year") == period.last.year)
        .unique("post_code", keep="last", maintain_order=True)
        .select("post_code", "metric", target=pl.col("value").cast(pl.Float64))
    )
    scale = metric.unit.scale
    measured = measure(metric, rows, period, by=["post_code"]).select(
        _post=pl.col("post_code").cast(pl.String),
        **{column: pl.col(column) * scale for column in ("value", "lower", "upper")},
    )
    value, target = pl.col("value"), pl.col("target")
    lower, upper = pl.col("lower"), pl.col("upper")
    if not indicator.interval:
        lower, upper = lower.fill_null(value), upper.fill_null(value)
    up = metric.better == "higher"
    good, bad = (lower >= target, upper < target) if up else (upper <= target, lower > target)
    over, under = (value, target) if up else (target, value)
    return (
        set_ones.with_columns(_post=pl.col("post_code").cast(pl.String))
        .join(measured, on="_post", how="left", maintain_order="left")
        .with_columns(
            attainment=pl.when(under > 0).then(over / under),
            verdict=pl.when(good)
            .then(pl.lit("reached"))
            .when(bad)
            .then(pl.lit("not_reached"))
            .when(pl.any_horizontal(pl.col("value", "lower", "upper").is_not_null()))
            .then(pl.lit("not_decided"))
            .otherwise(pl.lit("no_data")),
        )
        .select(COLUMNS)
    )
