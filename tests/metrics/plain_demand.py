"""The metrics of demand once more, in slow and obvious Python."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from math import exp, inf, log, sqrt

import numpy as np
from scipy.stats import t

from data_access.reference import posts
from metrics.selection import Period
from metrics.statistics.bootstrap import SEED
from tests.metrics.plain import Result, Tables, Z, orders, placed

_PLACES = dict(posts().select("post_code", "place").iter_rows())
Unit = tuple[str, int, str, int]  # order, days, what became of it, how many


def end_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def plain_followed(tables: Tables, period: Period) -> list[dict]:
    """The orders as told by the last day, each with its fills (day, how many) and its ends."""
    found = []
    for order in orders(tables, period):
        own = {}
        for state in tables["order_states"]:
            day = end_of(state["period"])
            if state["jo_id"] == order["jo_id"] and order["date_verified"] <= day <= period.last:
                own[day] = state
        counts = [(day, s["filled"]) for day, s in sorted(own.items()) if s["filled"] is not None]
        if not counts or min(n for _, n in counts) < 0 or counts[-1][1] > order["vacancies"]:
            continue
        if order["valid_until"] is not None and order["valid_until"] < order["date_verified"]:
            continue
        fills, before = [], 0
        for at, (day, _) in enumerate(counts):
            lasting = min(n for _, n in counts[at:])
            fills.append((day, lasting - before))
            before = lasting
        ends = [] if order["valid_until"] is None else [order["valid_until"] + timedelta(days=1)]
        if own[max(own)]["status"] == "expired":
            ends.append(min(day for day, s in own.items() if s["status"] == "expired"))
        seen = [max(own)]
        for report in tables["submissions"]:
            if report["post_code"] == order["post_code"]:
                seen.append(end_of(report["period"]))
        last = max(day for day in seen if day <= period.last)
        found.append(
            order
            | {
                "fills": fills,
                "filled": before,
                "over": min(ends, default=None),
                "seen": last,
            }
        )
    return found


def plain_positions(tables: Tables, period: Period) -> list[Unit]:
    units = []
    for order in plain_followed(tables, period):
        begin = order["date_verified"]
        units += [(order["jo_id"], (d - begin).days, "filled", n) for d, n in order["fills"] if n]
        rest = order["vacancies"] - order["filled"]
        over = order["over"] is not None and order["over"] <= order["seen"]
        day, what = (order["over"], "expired") if over else (order["seen"], "open")
        if rest:
            units.append((order["jo_id"], (day - begin).days, what, rest))
    return units


def plain_incidence(units: list[Unit], times: Counter | None = None) -> list[tuple[int, float]]:
    """Days and the share filled by then; each order as often as `times` says."""
    table: dict[int, Counter] = {}
    for jo_id, days, what, weight in units:
        weight *= 1 if times is None else times[jo_id]
        table.setdefault(days, Counter())[what] += weight
    at_risk, alive, share, points = sum(sum(c.values()) for c in table.values()), 1.0, 0.0, []
    for days, counts in sorted(table.items()):
        if at_risk:
            share += alive * counts["filled"] / at_risk
            alive *= 1 - (counts["filled"] + counts["expired"]) / at_risk
        at_risk -= sum(counts.values())
        points.append((days, share))
    return points


def plain_samples(units: list[Unit], read: Callable) -> list[float]:
    """What is read off when the orders are drawn anew, 400 times."""
    names = sorted({unit[0] for unit in units})
    drawn = np.random.default_rng(SEED).integers(0, len(names), (400, len(names)))
    return [read(plain_incidence(units, Counter(names[i] for i in one))) for one in drawn]


def share_by(day: int) -> Callable:
    return lambda points: max((share for days, share in points if days <= day), default=0.0)


def first_half(points: list[tuple[int, float]]) -> float:
    return min((days for days, share in points if share >= 0.5 - 1e-9), default=inf)


def _read(units: list[Unit], read: Callable) -> tuple[float | None, float | None, float | None]:
    value = read(plain_incidence(units))
    lower = upper = None
    if len({unit[0] for unit in units}) >= 10:
        samples = sorted(plain_samples(units, read))
        lower, upper = min(samples[10], value), samples[389]
        upper = max(upper, value) if value < inf else upper
    return tuple(None if x == inf else x for x in (value, lower, upper))


def plain_filled_within(day: int) -> Callable[[Tables, Period], Result]:
    def twin(tables: Tables, period: Period) -> Result:
        units = plain_positions(tables, period)
        n = sum(unit[3] for unit in units)
        longest = max((unit[1] for unit in units), default=0)
        open_last = any(unit[1] == longest and unit[2] == "open" for unit in units)
        if not units or (longest < day and open_last):
            return None, n, None, None
        value, lower, upper = _read(units, share_by(day))
        return value, n, lower, upper

    return twin


def plain_median(tables: Tables, period: Period) -> Result:
    units = plain_positions(tables, period)
    value, lower, upper = _read(units, first_half) if units else (None,) * 3
    return value, sum(unit[3] for unit in units), lower, upper


def plain_stock(tables: Tables, period: Period) -> Result:
    ever = Period(date.min, period.last)
    valid = [
        order
        for order in plain_followed(tables, ever)
        if order["over"] is None or order["over"] > period.last
    ]
    vacancies = sum(order["vacancies"] for order in valid)
    return vacancies - sum(order["filled"] for order in valid), vacancies, None, None


def plain_formal_vacancies(tables: Tables, period: Period) -> Result:
    rows = [
        row
        for row in orders(tables, period)
        if row["sector_code"] != "ABK" and row["employer_type"] in ("BH", "PS")
    ]
    n = sum(row["vacancies"] for row in rows)
    if n == 0:
        return None, 0, None, None
    p = sum(row["vacancies"] for row in rows if row["employer_type"] == "BH") / n
    worth = n * n / sum(row["vacancies"] ** 2 for row in rows)
    middle = (p + Z * Z / (2 * worth)) / (1 + Z * Z / worth)
    half = Z * sqrt(p * (1 - p) / worth + Z * Z / (4 * worth**2)) / (1 + Z * Z / worth)
    return p, n, 0.0 if p == 0 else middle - half, 1.0 if p == 1 else middle + half


def plain_index(rows: list[dict], share_of: str, counted: str) -> Result:
    held = Counter()
    for row in rows:
        if row.get(share_of) is not None:
            held[row[share_of]] += row[counted]
    n = sum(held.values())
    if n < 30:
        return None, n, None, None
    same = sum(one * (one - 1) for one in held.values())
    return 10_000 * same / (n * (n - 1)), n, None, None


def plain_growth(
    rows: list[dict], tables: Tables, period: Period, day: str, counted: str
) -> Result:
    last = period.last.year * 12 + period.last.month - 1
    if end_of(period.last) != period.last:
        last -= 1
    months = [date(at // 12, at % 12 + 1, 1) for at in range(last - 23, last + 1)]
    told: dict[str, set] = {}
    for report in tables["submissions"]:
        told.setdefault(report["post_code"], set()).add(report["period"])
    posts = {post for post, those in told.items() if those >= set(months)}
    if not posts:
        return None, 0, None, None
    totals = dict.fromkeys(months, 0)
    for row in rows:
        if row["post_code"] in posts and row[day] is not None:
            month = row[day].replace(day=1)
            if month in totals:
                totals[month] += row[counted]
    series = [totals[month] for month in months]
    y, x = sum(series[:12]), sum(series[12:])
    value = x / y - 1 if y else None
    seasons = [series[at] + series[12 + at] for at in range(12)]
    used = [at for at in range(12) if seasons[at]]
    if not x or not y or len(used) < 2:
        return value, x + y, None, None
    chi = sum(
        (count - seasons[at] * total / (x + y)) ** 2 / (seasons[at] * total / (x + y))
        for at in used
        for count, total in ((series[at], y), (series[12 + at], x))
    )
    freedom = len(used) - 1
    reach = t.ppf(0.975, freedom) * sqrt(max(1, chi / freedom) * (1 / x + 1 / y))
    return value, x + y, exp(log(x / y) - reach) - 1, exp(log(x / y) + reach) - 1


def _ever(tables: Tables) -> list[dict]:
    return orders(tables, Period.ALL)


TWINS: dict[str, Callable[[Tables, Period], Result]] = {
    "formal_vacancy_share": plain_formal_vacancies,
    "unfilled_stock": plain_stock,
    "filled_within_90": plain_filled_within(90),
    "filled_within_180": plain_filled_within(180),
    "median_days_to_fill": plain_median,
    "sector_concentration": lambda t, p: plain_index(orders(t, p), "sector_code", "vacancies"),
    "agency_concentration": lambda t, p: plain_index(placed(t, p), "agency_code", "count"),
    "place_concentration": lambda t, p: plain_index(
        [row | {"place": _PLACES[row["post_code"]]} for row in orders(t, p)], "place", "vacancies"
    ),
    "demand_growth": lambda t, p: plain_growth(_ever(t), t, p, "date_verified", "vacancies"),
    "placement_growth": lambda t, p: plain_growth(t["placements"], t, p, "period", "count"),
}
