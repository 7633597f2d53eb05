"""The market opportunity score (Skor peluang pasar) of a sector in a place, and how sure it is.

It points out where to look; it decides nothing and ranks no post.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import polars as pl

from metrics.demand.opportunity_parts import parts
from metrics.demand.year_windows import year_to
from metrics.frames import Rows
from metrics.policy.demand import OPPORTUNITY_GOALS, OPPORTUNITY_NEEDS, OPPORTUNITY_WEIGHTS
from metrics.statistics.intervals import Z95

MARKET = ("sector_code", "place")
DRAWS = 1000
SEED = 20150706
_NAMES = tuple(OPPORTUNITY_WEIGHTS.value)
_WEIGHTS = np.array(list(OPPORTUNITY_WEIGHTS.value.values()), dtype=float)
_OUTSIDE = int(0.025 * DRAWS)  # draws on either side of the interval


def opportunities(rows: Rows, last: date, by: Sequence[str] = MARKET) -> pl.DataFrame:
    """Return one row a market with orders verified in the 12 whole months up to a day, sorted.

    Columns: `by` (which job orders, placements and cases must have), `vacancies`, the parts
    demand, growth, unfilled, formal, wage and protection (1 to 100; null without data), `weight`
    (of the parts with data), `score` (1 to 100), `lower`, `upper`, `first` (chance of being
    among the first five, given the errors of the parts) and `first_by_weights` (share of other
    weights, drawn around those of policy, with which it is).

    The score is the weighted geometric mean of the parts with data: a bad part cannot be bought
    by volume. Null if they weigh too little, or all demand there is kept out by a moratorium.
    Give all markets together: growth and case rates are drawn to what they have in common. The
    draws have a fixed seed. Sources: OECD and JRC 2008 (composite indicators: geometric mean,
    goalposts, draws of errors and weights).
    """
    markets = parts(rows, year_to(last), by)
    told = {c: markets[c].cast(pl.Float64).to_numpy() for c in markets.columns if c not in by}
    rng = np.random.default_rng(SEED)
    marks = _marks(_points(told))
    # without vacancies that count there is nothing to score
    marks = np.where(told["vacancies"][:, None] > 0, marks, np.nan)
    drawn = np.where(np.isnan(marks), np.nan, _marks(_drawn(told, rng)))
    scores, by_errors = _score(marks, _WEIGHTS), np.sort(_score(drawn, _WEIGHTS), axis=0)
    weights = 100 * rng.dirichlet(_WEIGHTS, (DRAWS, 1))
    by_weights = _score(np.broadcast_to(marks, (DRAWS, *marks.shape)), weights, scores)
    columns = {
        **dict(zip(_NAMES, marks.T, strict=True)),
        "weight": np.isfinite(marks) @ _WEIGHTS,
        "score": scores,
        "lower": np.fmin(scores, by_errors[_OUTSIDE]),
        "upper": np.fmax(scores, by_errors[-1 - _OUTSIDE]),
        "first": _first(_score(drawn, _WEIGHTS), scores),
        "first_by_weights": _first(by_weights, scores),
    }
    return markets.select(*by, "vacancies").with_columns(
        pl.Series(name, values, dtype=pl.Float64).fill_nan(None) for name, values in columns.items()
    )


def _points(told: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {
        "demand": told["vacancies"],
        "growth": np.exp(told["log_growth"]),
        "unfilled": told["unfilled"],
        "formal": told["formal"],
        "wage": told["wage"],
        "protection": told["case_rate"],
    }


@np.errstate(divide="ignore", invalid="ignore")  # no vacancies or no cases: the logarithm of 0
def _drawn(told: Mapping[str, np.ndarray], rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Return what the parts are made of, draws x markets, each by its own error.

    The number of vacancies varies as that of orders does (compound Poisson), so by 1 over the
    square root of their worth; shares as a binomial of their worth, from Jeffreys' prior.
    """

    def normal() -> np.ndarray:
        return rng.standard_normal((DRAWS, len(told["vacancies"])))

    def share(name: str) -> np.ndarray:
        p, worth = told[name], told[f"{name}_worth"]
        hits = np.where(np.isnan(p), 0.0, p * worth), np.where(np.isnan(p), 0.0, (1 - p) * worth)
        return rng.beta(*(side + 0.5 for side in hits), (DRAWS, len(p)))

    lower, upper = np.log(told["case_rate_lower"]), np.log(told["case_rate_upper"])
    middle, spread = (lower + upper) / 2, (upper - lower) / (2 * Z95)
    some = np.isfinite(middle)  # without a case anywhere the rate is 0 and stays so
    rates = np.exp(np.where(some, middle, -np.inf) + np.where(some, spread, 0.0) * normal())
    return {
        "demand": told["vacancies"] * np.exp(normal() / np.sqrt(told["worth"])),
        "growth": np.exp(told["log_growth"] + told["growth_error"] * normal()),
        "unfilled": share("unfilled"),
        "formal": share("formal"),
        "wage": told["wage"] * np.exp(told["wage_error"] * normal()),
        "protection": rates,
    }


@np.errstate(divide="ignore")
def _marks(raw: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the parts, 1 to 100 between fixed goalposts, in the last axis as in policy."""
    goals = OPPORTUNITY_GOALS.value

    def between(value: np.ndarray, worst: float, best: float) -> np.ndarray:
        return 1 + 99 * np.clip((value - worst) / (best - worst), 0, 1)

    def in_logs(value: np.ndarray, worst: str, best: str) -> np.ndarray:
        return between(np.log(value), np.log(goals[worst]), np.log(goals[best]))

    marks = {
        "demand": in_logs(raw["demand"], "few", "many"),
        "growth": in_logs(raw["growth"], "shrinking", "growing"),
        "unfilled": between(raw["unfilled"], 0, 1),
        "formal": between(raw["formal"], 0, 1),
        "wage": in_logs(raw["wage"], "low_wage", "high_wage"),
        "protection": in_logs(raw["protection"], "unsafe", "safe"),
    }
    return np.stack([marks[name] for name in _NAMES], axis=-1)


@np.errstate(invalid="ignore")  # no part at all: 0/0
def _score(marks: np.ndarray, weights: np.ndarray, like: np.ndarray | None = None) -> np.ndarray:
    """Return the weighted geometric mean of the last axis, NaN where too little is known."""
    known = np.isfinite(marks)
    weight = (known * weights).sum(axis=-1)
    logs = np.where(known, np.log(np.where(known, marks, 1.0)), 0.0)
    enough = weight >= OPPORTUNITY_NEEDS.value["weight"] if like is None else np.isfinite(like)
    return np.where(enough, np.exp((weights * logs).sum(axis=-1) / weight), np.nan)


def _first(drawn: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Return in which share of the draws a market is among the first; NaN without a score."""
    ranks = np.argsort(np.argsort(-drawn, axis=1, kind="stable"), axis=1)  # NaN comes last
    share = (ranks < OPPORTUNITY_NEEDS.value["top"]).mean(axis=0)
    return np.where(np.isfinite(scores), share, np.nan)
