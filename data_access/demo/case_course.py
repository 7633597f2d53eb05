"""The course of every case of one year: where, when, of what kind, and when it was closed.

Numbers only, so that ten million cases fit; `case_details.py` says the rest.
"""

from dataclasses import dataclass

import numpy as np

from data_access.demo.case_kinds import (
    LONG,
    MEDIAN_DAYS,
    NEVER_CLOSED,
    SPREAD,
    TYPES,
    UNRESOLVED,
    kind_mix,
)
from data_access.demo.draws import some
from data_access.demo.facts import CODES, FACTS
from data_access.demo.reporting import Reporting
from data_access.demo.seasons import AFTER, BEFORE, lebaran, resting
from data_access.demo.volumes import reported
from data_access.demo.window import NEVER, stream

# What a reader of the demonstration should be able to find in the last year.
BETTER, BETTER_PACE = "HKG", 0.4
WORSE, WORSE_PACE = "KUL", 2.6
SURGE, SURGE_KIND, SURGE_DAYS, SURGE_TIMES = "RUH", "A1", 92, 3.5
YEAR = 365

WEEKEND = 0.3  # of a working day's reports come on a day of rest
FEAST = 0.6  # of usual reports come in the weeks around Idul Fitri
MIDDLE = np.where(LONG, 0.5, 0.16)  # share of cases that are referred on their way
REOPENED = 0.06  # share of the cases that take months and were closed once too early
BEFORE_MONTH_END = 6  # days before a month's end on which such a case was closed
UNREACHED_DAYS = 60  # Perban 6/2024 art. 30: closed when unreachable for 60 days (domain.md 2.4)


@dataclass(frozen=True)
class Course:
    """Cases as arrays, one place a case, in the order of posts and days."""

    post: np.ndarray
    day: np.ndarray
    kind: np.ndarray
    closed: np.ndarray  # day; NEVER: not within the window
    resolved: np.ndarray
    # The months, of 120, of the files that bring its versions; -1: there is no such version.
    first: np.ndarray
    middle: np.ndarray
    final: np.ndarray
    # Some were closed once before, and told open again by a later file.
    early: np.ndarray
    again: np.ndarray
    early_day: np.ndarray


def course(seed: int, scale: float, year: int, reporting: Reporting) -> Course:
    """Return the cases that were reported in a year and stand in some file."""
    rng = stream(seed, "course", year)
    window = reporting.window
    post, day, kind = _reported(rng, scale, year, reporting)
    n = len(post)
    closed, resolved = _closed(rng, post, day, kind, int(window.ends[-1]))
    month = window.month(day)
    first = reporting.shown[post, month]
    shut = closed < NEVER
    final = np.full(n, -1, dtype=np.int16)
    final[shut] = reporting.shown[post[shut], window.month(closed[shut])]
    until = np.where(final >= 0, final, len(window.ends))
    middle = first + 1 + np.floor(rng.random(n) * np.minimum(until - first, 8)).astype(np.int16)
    referred = some(rng, n, MIDDLE[kind]) & (middle < until) & (first >= 0)
    middle = np.where(referred, reporting.shown[post, np.minimum(middle, len(window.ends) - 1)], -1)
    middle = np.where(middle < until, middle, -1).astype(np.int16)
    early, again = _reopened(rng, post, first, middle, until, reporting)
    early_day = np.where(early >= 0, window.ends[early] - BEFORE_MONTH_END, NEVER)
    stands = first >= 0
    columns = (post, day, kind, closed, resolved, first, middle, final, early, again, early_day)
    return Course(*(column[stands] for column in columns))


def _reopened(
    rng: np.random.Generator,
    post: np.ndarray,
    first: np.ndarray,
    middle: np.ndarray,
    until: np.ndarray,
    reporting: Reporting,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the months of the files that told a case closed, and open again; -1: none."""
    last = len(reporting.window.ends) - 1
    early = reporting.shown[post, np.minimum(first + 1, last)]
    again = reporting.shown[post, np.minimum(early + 1, last)]
    fits = (middle < 0) & (first >= 0) & (first < early) & (early < again) & (again < until)
    chosen = some(rng, len(post), REOPENED) & fits
    return np.where(chosen, early, -1), np.where(chosen, again, -1)


def _reported(
    rng: np.random.Generator, scale: float, year: int, reporting: Reporting
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return post, day and kind of each case of a year, as far as it lies in the window."""
    window = reporting.window
    days = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]").astype(np.int32)
    codes = np.array(CODES)[:, None]
    busy = np.where(resting(days[None, :], codes), WEEKEND, 1.0)
    busy *= np.where(lebaran(days), FEAST, 1.0)
    busy *= np.repeat(rng.lognormal(0, 0.08, (len(CODES), 53)), 7, axis=1)[:, : len(days)]
    busy /= busy.sum(axis=1, keepdims=True)
    start, end = (np.array([FACTS[code].case_share[i] for code in CODES]) for i in (0, 1))
    share = start + (end - start) * np.clip((year - 2016) / 10, 0, 1)
    expected = (share[:, None] * busy)[:, :, None] * kind_mix()[:, None, :]
    expected *= reported(year) * scale
    expected[:, (days < window.periods[0]) | (days > window.ends[-1])] = 0
    surge = days > window.ends[-1] - SURGE_DAYS
    expected[CODES.index(SURGE), surge, TYPES.index(SURGE_KIND)] *= SURGE_TIMES
    total = expected.sum()
    counts = rng.multinomial(round(total), expected.ravel() / total).reshape(expected.shape)
    post, day, kind = np.nonzero(counts)
    times = counts[post, day, kind]
    return (
        np.repeat(post.astype(np.int8), times),
        np.repeat(days[day], times),
        np.repeat(kind.astype(np.int8), times),
    )


def _closed(
    rng: np.random.Generator, post: np.ndarray, day: np.ndarray, kind: np.ndarray, last: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the day each case was closed, and whether it was resolved."""
    n = len(post)
    pace = np.array([FACTS[code].pace for code in CODES])[post]
    # Over the last year one post grows quicker and quicker, another slower and slower.
    lately = np.clip((day - (last - YEAR)) / YEAR, 0, 1)
    pace *= np.where(post == CODES.index(BETTER), BETTER_PACE**lately, 1.0)
    pace *= np.where(post == CODES.index(WORSE), WORSE_PACE**lately, 1.0)
    took = MEDIAN_DAYS[kind] * pace * np.exp(SPREAD[kind] * rng.standard_normal(n))
    resolved = ~some(rng, n, UNRESOLVED[kind])
    given_up = ~resolved & some(rng, n, 0.5)
    took = np.where(given_up, UNREACHED_DAYS * np.exp(0.4 * rng.standard_normal(n)), took)
    closed = day + np.minimum(took, 20_000).astype(np.int32)
    closed = _working_day(rng, post, closed)
    open_still = some(rng, n, NEVER_CLOSED[kind]) | (closed > last)
    return np.where(open_still, NEVER, closed).astype(np.int32), resolved & ~open_still


def _working_day(rng: np.random.Generator, post: np.ndarray, closed: np.ndarray) -> np.ndarray:
    """Return the days moved out of weekends and of the weeks around the feast, for most cases."""
    waits = lebaran(closed) & some(rng, len(closed), 0.7)
    closed = closed + np.where(waits, rng.integers(BEFORE + AFTER + 1, 35, len(closed)), 0)
    codes = np.array(CODES)[post]
    for _ in range(2):
        off = resting(closed, codes) & some(rng, len(closed), 0.9)
        closed = closed + off
    return closed.astype(np.int32)
