"""How long cases take and what becomes of them, once more in slow and obvious Python."""

from collections.abc import Callable
from fractions import Fraction
from math import exp, log, sqrt
from statistics import median

import numpy as np

from metrics.selection import Period
from tests.metrics.plain import Result, Tables, inside, opened, plain_register, really_reopened

Z = 1.959963984540054
# one case on a curve: when it was last seen, from when on (0: the start), and how it ended
Ages = list[tuple[float, float, str | None]]
ANY = "any"


def on_a_curve(rows: list[dict], time: str = "days", way: Callable[[dict], str | None] = None):  # noqa: ANN201
    told = way or (lambda row: ANY if row["closed"] else None)
    return [(row[time], row["entry"], told(row)) for row in rows]


def may_be_seen(ages: Ages) -> tuple[Ages, float]:
    """The cases a curve may use, and the age after which it begins."""
    seen = [(age, entry, way) for age, entry, way in ages if entry == 0 or entry < age]
    if all(entry == 0 for _, entry, _ in seen):
        return seen, 0
    if sum(entry == 0 for _, entry, _ in seen) >= 5:
        return seen, 0
    for start in sorted({entry for _, entry, _ in seen if entry > 0}):
        if sum(entry <= start < age for age, entry, _ in seen) >= 5:
            later = [(age, max(entry, start), way) for age, entry, way in seen]
            return [row for row in later if row[0] > start], start
    return [], 0


def at_risk(ages: Ages, age: float) -> int:
    return sum(1 for other, entry, _ in ages if other >= age and (entry == 0 or entry < age))


def curve(ages: Ages) -> list[tuple]:
    """Age, survival, lower, upper and Greenwood's term, at every age at which a case left."""
    points, survival, greenwood = [], Fraction(1), 0.0
    for age in sorted({age for age, _, _ in ages}):
        n = at_risk(ages, age)
        d = sum(1 for other, _, way in ages if other == age and way)
        survival *= 1 - Fraction(d, n)
        if survival == 0:
            points.append((age, survival, None, None, 0.0))
            continue
        greenwood += d / (n * (n - d))
        lower = upper = 1.0
        if survival < 1:
            s = float(survival)
            factor = exp(Z * sqrt(greenwood) / abs(log(s)))
            lower, upper = s**factor, s ** (1 / factor)
        points.append((age, survival, lower, upper, d / (n * (n - d))))
    return points


def quantile(ages: Ages, q: Fraction) -> Result:
    seen, _ = may_be_seen(ages)
    if sum(way is not None for _, _, way in seen) < 5:
        return None, len(seen), None, None
    points = curve(seen)

    def first(column: int) -> float | None:
        reached = [p[0] for p in points if p[column] is not None and p[column] <= 1 - q]
        return min(reached, default=None)

    return first(1), len(seen), first(2), first(3)


def is_known(points: list[tuple], start: float, limit: float) -> bool:
    return bool(points) and start < limit and (points[-1][0] >= limit or points[-1][1] == 0)


def share(ages: Ages, limit: float) -> Result:
    seen, start = may_be_seen(ages)
    points = curve(seen)
    if not is_known(points, start, limit):
        return None, len(seen), None, None
    before = [p for p in points if p[0] <= limit]
    _, survival, lower, upper, _ = before[-1] if before else (0, Fraction(1), 1.0, 1.0, 0)
    if lower is None:
        return 1.0, len(seen), None, None
    return float(1 - survival), len(seen), 1 - upper, 1 - lower


def restricted_mean(ages: Ages, horizon: int) -> Result:
    seen, start = may_be_seen(ages)
    points = curve(seen)
    if not is_known(points, start, horizon):
        return None, len(seen), None, None
    steps = [(0, Fraction(1))] + [(p[0], p[1]) for p in points if p[0] < horizon]

    def area(begin: float) -> float:
        """Under the curve from an age to the horizon."""
        ends = [age for age, _ in steps[1:]] + [horizon]
        return sum(
            float(survival) * (end - max(age, begin))
            for (age, survival), end in zip(steps, ends, strict=True)
            if end > begin
        )

    error = sqrt(sum(area(p[0]) ** 2 * p[4] for p in points if p[0] < horizon))
    mean = area(0)
    return mean, len(seen), max(0, mean - Z * error), min(horizon, mean + Z * error)


def incidence(ages: Ages, ways: set[str], limit: float) -> Result:
    """The variance by its defining double sum (Marubini & Valsecchi 1995)."""
    seen, start = may_be_seen(ages)
    points = curve(seen)
    if not is_known(points, start, limit):
        return None, len(seen), None, None
    total, survival, steps = Fraction(0), Fraction(1), []
    for age in sorted({age for age, _, _ in seen if age <= limit}):
        n = at_risk(seen, age)
        every = sum(1 for other, _, way in seen if other == age and way)
        d = sum(1 for other, _, way in seen if other == age and way in ways)
        total += survival * Fraction(d, n)
        steps.append((float(total), float(survival), n, d, every))
        survival *= 1 - Fraction(every, n)
    value = float(total)
    if total == 0:
        return 0.0, len(seen), 0.0, 0.0
    if total == 1:
        return 1.0, len(seen), None, None
    variance = 0.0
    for until, before, n, d, every in steps:
        ahead = value - until
        if every < n:
            variance += ahead**2 * every / (n * (n - every))
        variance += before**2 * (n - d) * d / n**3 - 2 * ahead * before * d / n**2
    factor = exp(Z * sqrt(max(variance, 0)) / (value * abs(log(value))))
    return value, len(seen), value**factor, value ** (1 / factor)


def wilson(hits: int, n: int) -> Result:
    if n == 0:
        return None, 0, None, None
    p, z2 = hits / n, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return p, n, 0.0 if hits == 0 else middle - half, 1.0 if hits == n else middle + half


def way_of(row: dict) -> str | None:
    if not row["closed"]:
        return None
    if row["status"] == "resolved":
        return "resolved"
    known = ("handed_over", "incomplete_data", "unreachable", "withdrawn")
    return row["outcome"] if row["outcome"] in known else "closed"


def by_way(*ways: str) -> Callable[[Tables, Period], Result]:
    return lambda t, p: incidence(on_a_curve(opened(t, p), way=way_of), set(ways), 90)


def resolution_rate(tables: Tables, period: Period) -> Result:
    old = [
        row
        for row in opened(tables, period)
        if row["entry"] == 0
        and (min(period.last, row["known_until"] or period.last) - row["date_reported"]).days >= 90
    ]
    return wilson(sum(way_of(row) == "resolved" and row["days"] <= 90 for row in old), len(old))


def on_time(tables: Tables, period: Period) -> Result:
    limited = [row for row in opened(tables, period) if row["limit_days"]]
    parts = [
        row | {time: row[time] / row["limit_days"] for time in ("days", "entry")} for row in limited
    ]
    return share(on_a_curve(parts), 1)


def answers(tables: Tables, period: Period) -> tuple[list[dict], bool, Result]:
    """The cases with a known wait, whether too many have none, and the share of these."""
    told, unknown, closed = [], 0, 0
    for row in opened(tables, period):
        response = row["date_first_response"]
        wait = None if response is None else (response - row["date_reported"]).days
        answered = response is not None and response <= period.last
        missing = (wait is not None and wait < 0) or (row["closed"] and not answered)
        closed += row["closed"]
        unknown += row["closed"] and missing
        if not missing:
            way = ANY if answered else None
            told.append(row | {"wait": wait if answered else row["days"], "way": way})
    return told, unknown * 10 > closed, wilson(unknown, closed)


def first_response(tables: Tables, period: Period) -> Result:
    told, too_many, _ = answers(tables, period)
    found = quantile(on_a_curve(told, "wait", lambda row: row["way"]), Fraction(1, 2))
    return (None, found[1], None, None) if too_many else found


def response_on_time(tables: Tables, period: Period) -> Result:
    told, too_many, _ = answers(tables, period)
    limits = [1 if row["urgency"] == "severe" else 5 for row in told]
    parts = [
        row | {"wait": row["wait"] / limit, "entry": row["entry"] / limit}
        for row, limit in zip(told, limits, strict=True)
    ]
    found = share(on_a_curve(parts, "wait", lambda row: row["way"]), 1)
    return (None, found[1], None, None) if too_many else found


def first_closing(row: dict):  # noqa: ANN201
    return row["first_closed"] if really_reopened(row) else row["date_closed"]


def reopened(tables: Tables, period: Period) -> Result:
    ages: Ages = []
    for row in plain_register(tables["cases"], period.last):
        first = first_closing(row)
        if not inside(first, period):
            continue
        again = really_reopened(row) and row["reopened"] <= period.last
        end = max(first, min(period.last, row["known_until"] or period.last))
        ages.append((((row["reopened"] if again else end) - first).days, 0, ANY if again else None))
    return share(ages, 90)


def first_resolution(tables: Tables, period: Period) -> Result:
    ages: Ages = []
    for row in opened(tables, period):
        first = first_closing(row)
        ended = first is not None and first <= period.last
        days = (first - row["date_reported"]).days if ended else row["days"]
        ages.append((days, row["entry"], ANY if ended else None))
    return quantile(ages, Fraction(1, 2))


def still_open(tables: Tables, period: Period) -> list[dict]:
    return [row for row in plain_register(tables["cases"], period.last) if not row["closed"]]


def of_ages(value: Callable[[list[int]], float]) -> Callable[[Tables, Period], Result]:
    def twin(tables: Tables, period: Period) -> Result:
        days = [row["days"] for row in still_open(tables, period)]
        return value(days) if days else None, len(days), None, None

    return twin


def over_a_year(tables: Tables, period: Period) -> Result:
    days = [row["days"] for row in still_open(tables, period)]
    return wilson(sum(day > 365 for day in days), len(days))


def days_held(tables: Tables, period: Period) -> Result:
    held = []
    for row in still_open(tables, period):
        if row["held_since"] is not None:
            since = max(row["held_since"], row["date_reported"])
            held.append(row["days"] - (since - row["date_reported"]).days)
    held = [days for days in held if days >= 0]
    return median(held) if held else None, len(held), None, None


def _quantile(q: Fraction) -> Callable[[Tables, Period], Result]:
    return lambda t, p: quantile(on_a_curve(opened(t, p)), q)


def _within(days: int) -> Callable[[Tables, Period], Result]:
    return lambda t, p: share(on_a_curve(opened(t, p)), days)


def _mean(horizon: int) -> Callable[[Tables, Period], Result]:
    return lambda t, p: restricted_mean(on_a_curve(opened(t, p)), horizon)


TWINS: dict[str, Callable[[Tables, Period], Result]] = {
    "median_open_age": of_ages(median),
    "p90_open_age": of_ages(lambda days: float(np.quantile(days, 0.9))),
    "oldest_open_age": of_ages(max),
    "open_over_365": over_a_year,
    "median_days_held": days_held,
    "median_resolution_days": _quantile(Fraction(1, 2)),
    "p25_resolution_days": _quantile(Fraction(1, 4)),
    "p75_resolution_days": _quantile(Fraction(3, 4)),
    "p90_resolution_days": _quantile(Fraction(9, 10)),
    **{f"resolved_within_{days}": _within(days) for days in (7, 14, 30, 60, 90)},
    **{f"restricted_mean_{days}": _mean(days) for days in (90, 365)},
    "on_time_share": on_time,
    "resolved_share_90": by_way("resolved"),
    "closed_unresolved_90": by_way(
        "handed_over", "incomplete_data", "unreachable", "withdrawn", "closed"
    ),
    "handed_over_90": by_way("handed_over"),
    "withdrawn_90": by_way("withdrawn"),
    "resolution_rate_90": resolution_rate,
    "median_first_response_days": first_response,
    "response_on_time": response_on_time,
    "response_missing": lambda t, p: answers(t, p)[2],
    "reopened_share_90": reopened,
    "median_first_resolution_days": first_resolution,
}
