"""The comparison of posts once more, in slow and obvious Python."""

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from math import sqrt

from scipy.stats import chi2

from metrics.selection import Period
from tests.metrics.plain import Result, Tables, Z, opened


def kind(row: dict) -> tuple:
    return row["case_type"], row["urgency"]


def grown_up(tables: Tables, period: Period) -> list[dict]:
    """The cases of which it is known whether they ended in time."""
    kept = []
    for row in opened(tables, period):
        limit, until = row["limit_days"], row["known_until"]
        if not limit or row["entry"]:
            continue
        last = period.last if until is None else min(period.last, until)
        if (last - row["date_reported"]).days >= limit and (row["closed"] or row["days"] >= limit):
            kept.append(row)
    return kept


def in_time(row: dict) -> bool:
    return row["closed"] and row["days"] <= row["limit_days"]


def plain_on_time_mature(tables: Tables, period: Period) -> Result:
    rows = grown_up(tables, period)
    n, x, z2 = len(rows), sum(map(in_time, rows)), Z * Z
    if n == 0:
        return None, 0, None, None
    middle = (x / n + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(x / n * (1 - x / n) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return x / n, n, 0.0 if x == 0 else middle - half, 1.0 if x == n else middle + half


def ratio(observed: int, expected: Fraction | None, n: int) -> Result:
    if not expected:
        return None, n, None, None
    low = chi2.ppf(0.025, 2 * observed) / 2 if observed else 0
    limits = (low, chi2.ppf(0.975, 2 * observed + 2) / 2)
    return (float(observed / expected), n, *(limit / float(expected) for limit in limits))


def plain_on_time_standardised(tables: Tables, period: Period, by: str) -> dict[str, Result]:
    told = _timely(tables, period, by)
    return {unit: ratio(*counts) for unit, counts in told.items()}


def plain_on_time_excess(tables: Tables, period: Period, by: str) -> dict[str, Result]:
    told = _timely(tables, period, by)
    return {
        unit: (None if e is None else float(o - e), n, None, None)
        for unit, (o, e, n) in told.items()
    }


def _timely(tables: Tables, period: Period, by: str) -> dict[str, tuple[int, Fraction | None, int]]:
    rows = grown_up(tables, period)
    alike = defaultdict(list)
    for row in rows:
        alike[kind(row)].append(row)
    told = {}
    for unit in {row[by] for row in rows}:
        own = [row for row in rows if row[by] == unit]
        shared = sum(len({other[by] for other in alike[kind(row)]}) > 1 for row in own)
        expected = sum(
            Fraction(sum(map(in_time, alike[kind(row)])), len(alike[kind(row)])) for row in own
        )
        enough = shared >= len(own) / 2
        told[unit] = sum(map(in_time, own)), expected if enough else None, len(own)
    return told


def plain_speed_ratio(tables: Tables, period: Period, by: str) -> dict[str, Result]:
    """Case by case: what each was likely to do at each age at which it was open."""
    rows = [row for row in opened(tables, period) if not row["entry"] or row["entry"] < row["days"]]
    result = {}
    for unit in {row[by] for row in rows}:
        observed, expected, n = 0, Fraction(0), 0
        for stratum in {kind(row) for row in rows}:
            alike = [row for row in rows if kind(row) == stratum]
            own = [row for row in alike if row[by] == unit]
            n += len(own)
            apart = Fraction(len(own), len(alike)) > Fraction(1, 3)
            others = [row for row in alike if row[by] != unit] if apart else alike
            for age in {row["days"] for row in alike if row["closed"]}:
                reference = [row for row in others if _at_risk(row, age)]
                if not reference:
                    continue
                ended = sum(row["closed"] and row["days"] == age for row in reference)
                at_risk = sum(_at_risk(row, age) for row in own)
                expected += at_risk * Fraction(ended, len(reference))
                observed += sum(row["closed"] and row["days"] == age for row in own)
        result[unit] = ratio(observed, expected, n)
    return result


def _at_risk(row: dict, age: int) -> bool:
    return age <= row["days"] and (row["entry"] == 0 or row["entry"] < age)


TWINS: dict[str, Callable[[Tables, Period], Result]] = {"on_time_mature": plain_on_time_mature}
BY_POST: dict[str, Callable[[Tables, Period, str], dict[str, Result]]] = {
    "speed_ratio": plain_speed_ratio,
    "on_time_standardised": plain_on_time_standardised,
    "on_time_excess": plain_on_time_excess,
}
