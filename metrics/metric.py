"""What a metric is, and the one function that computes any of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from metrics.frames import Rows
from metrics.selection import Period
from metrics.text import Text
from metrics.units import Unit

# by columns, value (Float64), n (Int64), lower, upper (Float64; null where there is no interval)
Compute = Callable[[Rows, Period, Sequence[str]], pl.DataFrame]
RESULT = ("value", "n", "lower", "upper")

# tested: a change is called a signal or ordinary variation
# untested: a change is shown without a verdict, because what is counted comes in batches
# none: the value of a recent period is not yet what it will be, so no change is shown
Comparison = Literal["tested", "untested", "none"]

TIME_BASES = {
    "opened": Text("kohor dibuka dalam periode", "cohort opened in the period"),
    "closed": Text("ditutup dalam periode", "closed in the period"),
    "stock": Text("posisi per tanggal", "position as of the date"),
    "flow": Text("terjadi dalam periode", "happened in the period"),
    "window": Text("jendela 24 bulan terakhir", "window of the last 24 months"),
    "ahead": Text("bulan-bulan sesudah periode", "the months after the period"),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Metric:
    """One number about a group of rows: what it means, its limits, and how it is computed."""

    name: str
    label: Text
    definition: Text  # one or two plain sentences
    formula: Text  # the formula in words
    limits: Text  # what it must not be used for
    source: str  # where the method is published
    unit: Unit
    time_base: Literal["opened", "closed", "stock", "flow", "window", "ahead"]
    better: Literal["lower", "higher", "neither"]
    counted: Text  # what n counts: "kasus dibuka", ...
    compute: Compute
    fewest: int = 0  # with a smaller n the value is withheld
    comparison: Comparison = "tested"
    not_within: tuple[str, ...] = ()  # columns by which its denominator cannot be filtered
    of_nothing: float | None = None  # the value of a group that reported and has no rows
    always_by: tuple[str, ...] = ()  # one of these must be in `by`: it compares, and has no total
    only_by: tuple[str, ...] | None = None  # the columns it can be told by; None: any of its rows


def measure(
    metric: Metric,
    rows: Rows,
    period: Period,
    *,
    by: Sequence[str] = (),
    groups: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return the metric per group: the columns `by`, then value, n, lower, upper.

    `groups` (the columns `by`, and optionally a boolean `reported`) lists the groups that must
    appear, in their order; a group without rows gets the metric's `of_nothing`, or null where it
    did not report: missing is not zero. Without `by` the result is one row.
    """
    by = list(by)
    measured = metric.compute(rows, period, by).select(*by, *RESULT)
    if groups is not None:
        measured = groups.join(measured, on=by, how="left", maintain_order="left")
        empty = pl.col("n").is_null()
        if "reported" in groups.columns:
            empty &= pl.col("reported")
        measured = measured.with_columns(
            value=pl.when(empty).then(metric.of_nothing).otherwise("value").cast(pl.Float64),
            n=pl.col("n").fill_null(0),
        ).select(*by, *RESULT)
    enough = pl.col("n") >= metric.fewest
    shown = [pl.when(enough).then(pl.col(c)).alias(c) for c in ("value", "lower", "upper")]
    return measured.with_columns(shown)
