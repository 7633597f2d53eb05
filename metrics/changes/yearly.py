"""Signal or ordinary variation: a metric against the same stretch a year before.

One function decides for every card, chart and sentence.
"""

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Literal

import polars as pl

from metrics.frames import Rows
from metrics.metric import Metric, measure
from metrics.monthly import monthly_cases
from metrics.policy.numbers import FEWEST_BASE
from metrics.reporting import whole_posts
from metrics.selection import Period
from metrics.units import CASES

Verdict = Literal["better", "worse", "signal", "ordinary", "untested"]
NORMAL_95 = 1.96


@dataclass(frozen=True)
class Change:
    """A value now and a year before, of the posts that reported both, and what it means."""

    now: float | None
    before: float | None
    posts: int  # how many posts are compared
    verdict: Verdict

    @property
    def difference(self) -> float | None:
        """Return how much the value moved, in its own unit; null where one side is missing."""
        if self.now is None or self.before is None:
            return None
        return self.now - self.before


def change(metric: Metric, rows: Rows, period: Period) -> Change:
    """Return how a metric moved since a year before, for the posts that reported both.

    A count of cases is tested as a Poisson count, widened by the spread of its own months
    (quasi-Poisson; McCullagh & Nelder 1989); a value with an interval moved if the two
    intervals do not touch, which is the stricter rule. Other values are not tested.
    """
    return compared(metric, comparable(rows, period))


@dataclass(frozen=True, eq=False)
class Comparable:
    """The rows of the posts that reported both periods, and how many posts they are."""

    rows: Rows
    posts: int
    period: Period

    @cached_property
    def spread_reported(self) -> float:
        """Return how much more the months' new cases vary than chance alone; at least 1."""
        return self._spread("date_reported")

    @cached_property
    def spread_closed(self) -> float:
        """Return the same of the closed cases."""
        return self._spread("date_closed")

    def _spread(self, day: str) -> float:
        periods = (self.period, self.period.a_year_earlier())
        months = (monthly_cases(self.rows.cases, period, day)["counted"] for period in periods)
        return max(1.0, *(_variance_over_mean(counts) for counts in months))


def comparable(rows: Rows, period: Period) -> Comparable:
    """Return what a period and the one a year before can be compared on.

    No post at all when the two overlap: they would share most of their cases.
    """
    earlier = period.a_year_earlier()
    apart = earlier.last < period.first
    posts = whole_posts(rows.submissions, period, earlier) if apart else []
    same = rows.only(pl.col("post_code").is_in(posts), needs="post_code")
    return Comparable(same, len(posts), period)


def compared(metric: Metric, both: Comparable) -> Change:
    """Return `change` on rows that are comparable already: many metrics share them."""
    same, posts, period = both.rows, both.posts, both.period
    earlier = period.a_year_earlier()
    if not posts:  # nothing was reported in both: that is no zero
        return Change(None, None, 0, "untested")
    [now] = measure(metric, same, period).rows(named=True)
    if metric.comparison == "none":
        return Change(now["value"], None, posts, "untested")
    [before] = measure(metric, same, earlier).rows(named=True)
    moved: bool | None = None
    # A stock shares most of its cases with that of a year before: its counts are not two draws.
    tested = metric.comparison == "tested" and metric.time_base != "stock"
    if tested and None not in (now["value"], before["value"]):
        if metric.unit == CASES:
            moved = _counts_differ(metric, both, now["value"], before["value"])
        elif now["lower"] is not None and before["lower"] is not None:
            moved = _apart(now, before) or _apart(before, now)
    verdict = _verdict(metric, moved, (now["value"] or 0) > (before["value"] or 0))
    return Change(now["value"], before["value"], posts, verdict)


def _verdict(metric: Metric, moved: bool | None, rose: bool) -> Verdict:
    if moved is None:
        return "untested"
    if not moved:
        return "ordinary"
    if metric.better == "neither":
        return "signal"
    return "better" if rose == (metric.better == "higher") else "worse"


def _apart(low: dict, high: dict) -> bool:
    """Return whether the first interval ends before the second begins; null means no end."""
    return low["upper"] is not None and low["upper"] < high["lower"]


def _counts_differ(metric: Metric, both: Comparable, now: float, before: float) -> bool | None:
    if now + before < FEWEST_BASE.value:
        return None
    spread = both.spread_closed if metric.time_base == "closed" else both.spread_reported
    # Counts of stretches of nearly equal length: the leap day is far below any such spread.
    return abs(now - before) / sqrt(spread * (now + before)) > NORMAL_95


def _variance_over_mean(months: pl.Series) -> float:
    """Return the dispersion of monthly counts; about 1 for a Poisson process."""
    mean, variance = months.mean(), months.var()
    return variance / mean if mean and variance is not None else 1.0
