"""What the last month of a series says: one reading for the card, the chart and the sentence."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from metrics.policy.changes import FEWEST_MONTHLY
from metrics.signal_words import FEW, LOW_COUNTS, ORDINARY, PATTERNS, PROVISIONAL, VERDICTS
from metrics.statistics.control_charts import FEWEST_FOR_LIMITS, FEWEST_FOR_RULES, RUN, xmr
from metrics.statistics.groups import known
from metrics.text import Text
from metrics.units import month, number

Better = Literal["lower", "higher", "neither"]
Code = Literal["better", "worse", "signal", "ordinary", "provisional", "too_few", "too_small"]
Assurance = Literal["fails", "sometimes", "achieves"]
ASSURANCES = {
    "fails": Text("konsisten gagal", "consistently fails"),
    "sometimes": Text("kadang tercapai", "sometimes achieved"),
    "achieves": Text("konsisten tercapai", "consistently achieved"),
}
# Names of Material symbols
_ICONS = {
    "ordinary": "trending_flat",
    "provisional": "hourglass_empty",
    "too_few": "hourglass_empty",
    "too_small": "calendar_view_month",
}
_TREND = 3  # the rule of seven months in a row rising or falling


@dataclass(frozen=True, eq=False)
class Reading:
    """What the last reported month is, its limits, every point, and the same in words."""

    code: Code
    icon: str  # the name of a Material symbol
    centre: float | None
    lower: float | None  # as the rules use it: a count's can lie below 0
    upper: float | None
    points: pl.DataFrame  # month, value, centre, lower, upper, signal, rule, code
    rule: int | None  # that marks the last reported month, see xmr
    sentence: Text
    assurance: Assurance | None


def reading(series: pl.DataFrame, better: Better, target: float | None = None) -> Reading:
    """Return what the last reported month of a series of monthly counts says (XmR chart).

    `series` has month (first day) and value, null for a month that was not reported. The
    last month with a value is told. `code` is too_few below 8 months with a value,
    else too_small for a mean below FEWEST_MONTHLY (no limits in either case), else provisional
    below 13 months (limits, but no rules), else ordinary or a signal: better or worse where
    `better` gives the direction. In `points`, `code` is that of each month, null where the rules
    do not speak. `assurance` tells whether limits lie wholly on one side of the target; null
    without a target, a direction or settled limits. Raises as `xmr`. Source: NHS England,
    Making Data Count.
    """
    points = xmr(series.select("month", value=known("value"))).with_columns(_code(better))
    values = points["value"].drop_nulls()
    if values.len() < FEWEST_FOR_LIMITS:
        return _without_limits("too_few", points, FEW.format(fewest=FEWEST_FOR_LIMITS))
    if values.mean() < FEWEST_MONTHLY.value:
        return _without_limits("too_small", points, LOW_COUNTS.format(fewest=FEWEST_MONTHLY.value))
    last = points.filter(pl.col("value").is_not_null()).row(-1, named=True)
    settled = values.len() >= FEWEST_FOR_RULES
    code = last["code"] if settled else "provisional"
    return Reading(
        code=code,
        icon=_ICONS.get(code) or ("arrow_upward" if last["up"] else "arrow_downward"),
        centre=last["centre"],
        lower=last["lower"],
        upper=last["upper"],
        points=points.drop("up"),
        rule=last["rule"],
        sentence=_sentence(code, last),
        assurance=_assurance(last, better, target) if settled else None,
    )


def _code(better: Better) -> tuple[pl.Expr, pl.Expr]:
    """Return `up` (whether a signal says more) and `code` of every point."""
    over = pl.col("value") > pl.col("centre")
    # The first month of a trend has no step of its own in it: the step that follows tells its way.
    way = pl.col("value").diff().sign()
    of_trend = pl.len().over(way.rle_id()) >= RUN - 1
    rising = pl.when(of_trend).then(way).otherwise(way.shift(-1)) > 0
    up = pl.when(pl.col("rule") == _TREND).then(rising).otherwise(over)
    good = {"higher": "better", "lower": "worse", "neither": "signal"}[better]
    bad = {"higher": "worse", "lower": "better", "neither": "signal"}[better]
    marked = pl.when(up).then(pl.lit(good)).otherwise(pl.lit(bad))
    code = pl.when(pl.col("signal")).then(marked)
    return up.alias("up"), pl.when(~pl.col("signal")).then(pl.lit("ordinary")).otherwise(
        code
    ).alias("code")


def _without_limits(code: Code, points: pl.DataFrame, sentence: Text) -> Reading:
    columns = {"centre": pl.Float64, "lower": pl.Float64, "upper": pl.Float64}
    columns |= {"signal": pl.Boolean, "rule": pl.Int8, "code": pl.String}
    blank = points.drop("up").with_columns(pl.lit(None, t).alias(c) for c, t in columns.items())
    return Reading(code, _ICONS[code], None, None, None, blank, None, sentence, None)


def _sentence(code: Code, last: dict) -> Text:
    whole = float(last["value"]).is_integer()
    # A limit of a count is told no lower than 0; the rules keep the raw one.
    limits = {"lower": max(last["lower"], 0.0) if last["value"] >= 0 else last["lower"]}
    limits |= {"centre": last["centre"], "upper": last["upper"]}
    told = {name: _number(value, 1) for name, value in limits.items()}
    told |= {"month": _month(last["month"]), "value": _number(last["value"], 0 if whole else 1)}
    if code == "provisional":
        return PROVISIONAL.format(**told, fewest=FEWEST_FOR_RULES)
    if code == "ordinary":
        return ORDINARY.format(**told)
    pattern = PATTERNS[last["rule"], last["up"]].format(**told)
    verdict = VERDICTS[code, last["up"]]
    return verdict.format(**told, pattern=pattern)


def _number(value: float, decimals: int) -> Text:
    return Text(*(number(value, language, decimals) for language in ("id", "en")))


def _month(day: date) -> Text:
    return Text(*(month(day, language) for language in ("id", "en")))


def _assurance(last: dict, better: Better, target: float | None) -> Assurance | None:
    if target is None or better == "neither":
        return None
    if last["lower"] <= target <= last["upper"]:
        return "sometimes"
    beyond = target > last["upper"] if better == "higher" else target < last["lower"]
    return "fails" if beyond else "achieves"
