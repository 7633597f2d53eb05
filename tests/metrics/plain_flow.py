"""The metrics of flow once more, in slow and obvious Python."""

from collections.abc import Callable
from datetime import timedelta

from scipy.stats import beta, chi2

from metrics.selection import Period
from tests.metrics.plain import (
    Result,
    Tables,
    ended,
    how_many,
    inside,
    opened,
    placed,
    plain_register,
    really_reopened,
    still_open,
)


def came(tables: Tables, period: Period) -> int:
    again = 0
    for row in plain_register(tables["cases"], period.last):
        if really_reopened(row) and inside(row["reopened"], period):
            again += 1
    return len(opened(tables, period)) + again


def ratio(x: int, y: int) -> Result:
    if y == 0:
        return None, y, None, None
    low = beta.ppf(0.025, x, y + 1) if x else 0.0
    rest = beta.ppf(0.025, y, x + 1)
    return x / y, y, low / (1 - low), (1 - rest) / rest


def plain_disposition_time(tables: Tables, period: Period) -> Result:
    year = Period(period.last - timedelta(days=364), period.last)
    went = len(ended(tables, year))
    return (365 * len(still_open(tables, period)) / went if went else None), went, None, None


def plain_per_1000_placements(tables: Tables, period: Period) -> Result:
    rows = placed(tables, period)
    posts = {row["post_code"] for row in rows}
    n = sum(1 for row in opened(tables, period) if row["post_code"] in posts)
    exposure = sum(row["count"] for row in rows)
    if exposure == 0:
        return None, n, None, None
    lower = chi2.ppf(0.025, 2 * n) / 2 if n else 0
    upper = chi2.ppf(0.975, 2 * n + 2) / 2
    return 1000 * n / exposure, n, 1000 * lower / exposure, 1000 * upper / exposure


TWINS: dict[str, Callable[[Tables, Period], Result]] = {
    "clearance_rate": lambda t, p: ratio(len(ended(t, p)), came(t, p)),
    "flow_ratio": lambda t, p: ratio(came(t, p), len(ended(t, p))),
    "disposition_time": plain_disposition_time,
    "cases_per_1000_placements": plain_per_1000_placements,
    "collective_cases": lambda t, p: how_many(
        sum(1 for row in opened(t, p) if row["people"] > 1), len(opened(t, p))
    ),
}
