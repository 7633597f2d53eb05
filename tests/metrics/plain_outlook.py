"""The outlook once more, month by month and origin by origin in plain Python.

Only the forecasts of the two models come from the same place, one window at a time.
"""

from collections.abc import Callable
from datetime import date
from math import ceil, expm1, log1p
from statistics import mean

import numpy as np

from metrics.demand.lebaran import share_of_month
from metrics.selection import Period
from metrics.statistics.seasonal import effects
from metrics.statistics.smoothing import exponential_smoothing, theta
from tests.metrics.plain import Result, Tables, orders

SIMPLE = ("seasonal_naive", "mean", "mean_12", "last")


def later(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def plain_forecasts(values: list[float], end: int, first: date, horizon: int) -> dict:
    """Return every way's forecast from the first `end` values; no more of them may be seen."""
    seen = values[:end]
    said = {
        "seasonal_naive": [seen[-12 + h % 12] for h in range(horizon)],
        "mean": [mean(seen)] * horizon,
        "mean_12": [mean(seen[-12:])] * horizon,
        "last": [seen[-1]] * horizon,
    }
    if end < 24:
        return said
    logs = np.array([log1p(value) for value in seen])
    months = [later(first, number) for number in range(end + horizon)]
    share = share_of_month(months)["centred"].to_numpy()
    of_year = np.array([month.month for month in months])
    feast = effects(logs, of_year[:end], share[:end]).lebaran if end >= 60 else 0.0
    for name, way in (("ets", exponential_smoothing), ("theta", theta)):
        [ahead] = way([logs], horizon)
        said[name] = [max(expm1(x), 0) for x in ahead]
        [ahead] = way([logs - feast * share[:end]], horizon)
        said[f"{name}_lebaran"] = [max(expm1(x), 0) for x in ahead + feast * share[end:]]
    return said


def radius(errors: list[float]) -> float | None:
    place = ceil(0.9 * (len(errors) + 1) - 1e-9)
    return sorted(errors)[place - 1] if place <= len(errors) else None


def plain_backtest(values: list[float], first: date, horizon: int = 6) -> dict:
    """Return model: (mase, coverage, errors, forecast now); and the chosen one as "chosen"."""
    n = len(values)
    origins = list(range(24, n - horizon + 1))[-24:]
    names = [*SIMPLE, "ets", "theta"]
    if n < 36 or len(origins) < 6:
        origins = list(range(13, n - horizon + 1))[-24:]
        names = ["seasonal_naive"]
    elif origins[0] >= 60:
        names += ["ets_lebaran", "theta_lebaran"]
    told: dict = {name: {"errors": [], "scaled": []} for name in names}
    for end in origins:
        scale = mean(abs(values[t] - values[t - 12]) for t in range(12, end))
        said = plain_forecasts(values, end, first, horizon)
        for name in names:
            errors = [values[end + h] - said[name][h] for h in range(horizon)]
            told[name]["errors"].append(errors)
            if scale > 0:
                told[name]["scaled"].append(mean(map(abs, errors)) / scale)
    now = plain_forecasts(values, n, first, horizon)
    for name, trial in told.items():
        trial["ahead"] = now[name]
        trial["mase"] = mean(trial["scaled"]) if trial["scaled"] else None
        held = []
        for k in range(len(origins)):
            for h in range(horizon):
                shown = [abs(trial["errors"][j][h]) for j in range(k) if j + h + 1 <= k]
                far = radius(shown)
                if far is not None:
                    held.append(abs(trial["errors"][k][h]) <= far)
        trial["coverage"] = mean(held) if held else None
    told["chosen"] = plain_choice({name: trial["scaled"] for name, trial in told.items()})
    return told


def plain_choice(scaled: dict[str, list[float]]) -> str:
    models = sorted(set(scaled) - set(SIMPLE))
    n = len(scaled["seasonal_naive"])
    if not models or n < 6:
        return "seasonal_naive"
    best = min(models, key=lambda name: mean(scaled[name]))
    for half in (range(n // 2), range(n // 2, n)):
        simple = min(mean(scaled[name][i] for i in half) for name in SIMPLE)
        if mean(scaled[best][i] for i in half) > 0.95 * simple:
            return "seasonal_naive"
    return best


def plain_history(tables: Tables, period: Period) -> tuple[list[float], date]:
    """Return the verified vacancies a month, of posts that kept reporting, and the first month."""
    last = period.last.replace(day=1)
    if later(last, 1).toordinal() - 1 != period.last.toordinal():
        last = later(last, -1)
    begun: dict[str, date] = {}
    for row in tables["submissions"]:
        sent = [r["period"] for r in tables["submissions"] if r["post_code"] == row["post_code"]]
        if max(sent) >= last and min(sent) <= last:
            begun[row["post_code"]] = min(sent)
    for months in (36, 24):
        kept = {post: month for post, month in begun.items() if month <= later(last, 1 - months)}
        if kept:
            break
    else:
        return [], last
    first = max([*kept.values(), later(last, -95)])
    values, month = [], first
    verified = orders(tables, Period(date.min, period.last))
    while month <= last:
        values.append(
            float(
                sum(
                    row["vacancies"]
                    for row in verified
                    if row["post_code"] in kept and row["date_verified"].replace(day=1) == month
                )
            )
        )
        month = later(month, 1)
    return values, first


def plain_outlook(tables: Tables, period: Period) -> Result:
    values, first = plain_history(tables, period)
    if not values:
        return None, 0, None, None
    told = plain_backtest(values, first)
    if told["chosen"] == "seasonal_naive":
        return None, len(values), None, None
    trial = told[told["chosen"]]
    middle = sum(trial["ahead"])
    far = radius([abs(sum(errors)) for errors in trial["errors"]])
    if far is None:
        far = max(abs(sum(errors)) for errors in trial["errors"])
    return middle, len(values), max(middle - far, 0), middle + far


def plain_mase(tables: Tables, period: Period) -> Result:
    values, first = plain_history(tables, period)
    if not values:
        return None, 0, None, None
    told = plain_backtest(values, first)
    return told[told["chosen"]]["mase"], len(values), None, None


TWINS: dict[str, Callable[[Tables, Period], Result]] = {
    "vacancies_outlook_6": plain_outlook,
    "backtest_mase": plain_mase,
}
