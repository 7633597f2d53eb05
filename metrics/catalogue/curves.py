"""From a curve of how long things take to the result every metric gives."""

from collections.abc import Callable, Sequence
from functools import partial

import polars as pl

from metrics.catalogue.tally import check, result
from metrics.durations import duration_curve, followed
from metrics.policy.numbers import FEWEST_DURATIONS
from metrics.statistics.competing import cumulative_incidence, incidence_within
from metrics.statistics.groups import summary
from metrics.statistics.intervals import Z95, wilson
from metrics.statistics.survival import quantile, restricted_mean, share_within
from metrics.text import Text

FEWEST = FEWEST_DURATIONS.value
SURVIVAL = "Kaplan & Meier 1958; Greenwood 1926; Kalbfleisch & Prentice 1980 (log-log)"
COHORT = Text("kasus yang dilaporkan dalam periode", "cases reported in the period")
ANY_END = Text(
    " Semua penutupan dihitung, juga yang tanpa penyelesaian. Kasus terbuka dihitung sampai hari "
    "terakhir periode.",
    " All closings count, also those without resolution. Open cases count up to the last day of "
    "the period.",
)
# Delayed entry, and where a curve with it may begin
LATER = Text(
    " Kasus dari masa sebelum pos melapor dihitung sejak umur ketika terlihat; bila kasus baru "
    "terlihat kemudian, angkanya berlaku untuk kasus yang melewati umur itu.",
    " Cases from before the post reported count from the age at which they were seen; where cases "
    "were seen only later, the figure holds for those that lasted beyond that age.",
)
Read = Callable[[pl.DataFrame, Sequence[str]], pl.DataFrame]


def joined(first: Text, second: Text) -> Text:
    """Return one text after the other."""
    return Text(first.indonesian + second.indonesian, first.english + second.english)


def quantile_of(
    cases: pl.LazyFrame,
    by: Sequence[str],
    q: float,
    *,
    time: str = "days",
    event: str = "closed",
) -> pl.DataFrame:
    """Return the time within which a share `q` has ended; null below FEWEST_DURATIONS."""
    return _told(cases, by, partial(quantile, q=q), time, event, fewest=FEWEST["closings"])


def share_of(
    cases: pl.LazyFrame,
    by: Sequence[str],
    within: float,
    *,
    time: str = "days",
    event: str = "closed",
) -> pl.DataFrame:
    """Return the share ended within a time; null where that time could not be followed."""

    def read(curve: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
        return share_within(curve, by, within).rename({"share": "value"})

    return _told(cases, by, read, time, event, until=within)


def incidence_of(
    cases: pl.LazyFrame, by: Sequence[str], causes: Sequence[str], within: int
) -> pl.DataFrame:
    """Return the share ended in one of the ways `causes` within so many days.

    The other ways compete; `way` tells of each case how it ended, null while it is open.
    """
    check(cases, by)
    counted = pl.when(pl.col("way").is_not_null()).then(pl.col("way").is_in(causes))
    # Two curves are read off the same rows: they are computed once.
    rows = cases.select(*by, "days", "entry", "closed", cause=counted.cast(pl.String)).collect()

    def read(curve: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
        seen = followed(rows, by)
        ways = cumulative_incidence(seen, by, cause="cause", entry="entry")
        shares = incidence_within(ways, by, within).filter(pl.col("cause") == "true")
        # Where nothing ended in these ways there is no such cause; what was followed has 0 then.
        known = share_within(curve, by, within).select(*by, known=pl.col("share").is_not_null())
        key = pl.lit(True).alias("_key")
        told = known.with_columns(key).join(
            shares.with_columns(key),
            on=[*by, "_key"],
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
        none = pl.col("known") & pl.col("share").is_null()
        limits = [pl.when(none).then(0.0).otherwise(c).alias(c) for c in ("lower", "upper")]
        return told.select(*by, pl.when(none).then(0.0).otherwise("share").alias("value"), *limits)

    return _told(rows, by, read, "days", "closed", until=within)


def mean_of(cases: pl.LazyFrame, by: Sequence[str], horizon: int) -> pl.DataFrame:
    """Return the mean days to the end, counting at most `horizon`, with limits within it."""
    half = Z95 * pl.col("std_error")
    value = pl.col("value")

    def read(curve: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
        return restricted_mean(curve, by, horizon).with_columns(
            lower=(value - half).clip(lower_bound=0), upper=(value + half).clip(upper_bound=horizon)
        )

    return _told(cases, by, read, "days", "closed", until=horizon)


def wilson_share(cases: pl.LazyFrame, by: Sequence[str], hit: pl.Expr) -> pl.DataFrame:
    """Return the share of the cases that fulfil a condition, with Wilson's interval."""
    check(cases, by)
    counted = summary(cases, by, hits=hit.sum().cast(pl.Int64), n=pl.len())
    return result(wilson(counted, "hits", "n").rename({"share": "value"}), by)


def _told(
    cases: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str],
    read: Read,
    time: str,
    event: str,
    *,
    fewest: int = 0,
    until: float | None = None,
) -> pl.DataFrame:
    """Return what is read off the curve, unless too few ended or it begins only after `until`."""
    check(cases, by)
    curve = duration_curve(cases, by, time, event)
    beside = summary(
        curve.lazy(),
        by,
        n=pl.sum("events") + pl.sum("censored"),
        ended=pl.sum("events"),
        seen_after=pl.first("seen_after"),
    )
    # Both have the same groups in the same order.
    found = read(curve, by).with_columns(beside["n"], beside["ended"], beside["seen_after"])
    known = pl.col("ended") >= fewest
    if until is not None:
        known &= pl.col("seen_after").is_null() | (pl.col("seen_after") < until)
    kept = [pl.when(known).then(c).alias(c) for c in ("value", "lower", "upper")]
    return result(found.with_columns(kept), by)
