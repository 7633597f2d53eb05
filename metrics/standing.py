"""How posts stand beside each other, given the cases they have: never a ranking.

A post is compared with what is expected of its own mix of cases; two posts are not compared with
each other by these numbers, for their mixes differ.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from scipy.special import pdtrc

from metrics.policy.comparison import DIFFERS, FEWEST_COMPARED, LEAST_COMPARABLE, LEAVE_OUT
from metrics.statistics.comparison import false_discovery
from metrics.statistics.funnel import LIMITS, funnel
from metrics.statistics.groups import names
from metrics.statistics.log_rank import log_rank
from metrics.statistics.speed import speed_ratio
from metrics.statistics.standardise import indirect
from metrics.text import Text

# Cases of one type and urgency are alike enough to be compared.
STRATA = ("case_type", "urgency")
VERDICTS = {
    "higher": Text("lebih tinggi dari harapan", "higher than expected"),
    "as_expected": Text("sesuai harapan", "as expected"),
    "lower": Text("lebih rendah dari harapan", "lower than expected"),
    "not_comparable": Text("belum dapat dibandingkan", "cannot be compared yet"),
}
# The same of speed alone, in its own words
SPEED_VERDICTS = VERDICTS | {
    "higher": Text("lebih cepat dari harapan", "faster than expected"),
    "lower": Text("lebih lambat dari harapan", "slower than expected"),
}
_ON_TIME = ("observed", "expected", "ratio", "lower", "upper", *LIMITS, "adjusted")

Cohort = pl.DataFrame | pl.LazyFrame


def standing(cohort: Cohort, as_of: date, unit: str | Sequence[str] = "post_code") -> pl.DataFrame:
    """Return how fast and how timely each unit (post or place) is, for its mix of cases.

    `cohort` is the cases opened in a period as metrics.cohorts.reported gives them, with
    the last day of the period as `as_of`. The result, sorted by `unit`, has

    - `cases`, `observed`, `expected` (closings), `ratio`, `lower`, `upper`, `leave_one_out` of
      statistics.speed: above 1 is faster;
    - `z`, `q_value`, `comparability` of the log-rank test against the others, and `verdict`,
      a key of VERDICTS, by policy.comparison;
    - of the cases old enough to have met their limit (see `mature`): `on_time_cases`,
      `on_time_observed`, `on_time_expected`, `on_time_ratio`, `on_time_lower`, `on_time_upper`
      (statistics.standardise), `on_time_excess` (cases above what is expected), the limits around
      1 `on_time_lower_95` to `on_time_upper_998` with `on_time_adjusted` (statistics.funnel), and
      `on_time_verdict`, a key of VERDICTS.
    """
    units = names(unit)
    cases = cohort.lazy().collect()
    tested = log_rank(cases, units, STRATA, entry="entry")
    compared = speed(cases, units).join(
        tested.select(*units, "z", "p_value", "comparability"),
        on=units,
        nulls_equal=True,
        maintain_order="left",
    )
    told = judged(compared).drop("p_value")
    return told.join(
        _timely(cases, as_of, units), on=units, how="left", nulls_equal=True, maintain_order="left"
    ).with_columns(
        pl.col("on_time_cases").fill_null(0), pl.col("on_time_verdict").fill_null("not_comparable")
    )


def speed(cohort: Cohort, unit: str | Sequence[str]) -> pl.DataFrame:
    """Return statistics.speed.speed_ratio of the cases, by type and urgency."""
    share = 1 / LEAVE_OUT.value
    return speed_ratio(cohort, unit, STRATA, entry="entry", largest_share=share)


def judged(compared: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return the table with `q_value` and `verdict`, a key of VERDICTS.

    One row is a unit: `observed`, `expected`, `z`, `p_value`, `comparability`; each group of `by`
    is a comparison of its own. A unit that cannot be compared is no test, and does not count
    among those over which false findings are held.
    """
    # the expected counts too: a post that closes nothing must not escape as a small one
    small = pl.max_horizontal("observed", "expected") < FEWEST_COMPARED.value
    apart = (pl.col("comparability") < LEAST_COMPARABLE.value / 100).fill_null(True)
    p_value = pl.when(~small & ~apart).then(pl.max_horizontal("p_value", _by_chance(compared)))
    tested = false_discovery(compared.with_columns(tested_p=p_value), "tested_p", by)
    outlier = pl.col("tested_p") < 1 - DIFFERS.value["certain"] / 100
    differs = outlier | (pl.col("q_value") <= DIFFERS.value["false"] / 100)
    verdict = (
        pl.when(pl.col("tested_p").is_null())
        .then(pl.lit("not_comparable"))
        .when(~differs)
        .then(pl.lit("as_expected"))
        .when(pl.col("z") > 0)
        .then(pl.lit("higher"))
        .otherwise(pl.lit("lower"))
    )
    return tested.with_columns(verdict=verdict).drop("tested_p")


def _by_chance(compared: pl.DataFrame) -> pl.Series:
    """Return how often chance alone gives so many closings where few are expected, else null.

    Twice the upper Poisson tail: of few expected the normal distribution makes too little.
    """
    few = pl.when(pl.col("expected") < FEWEST_COMPARED.value).then(pl.col("expected"))
    observed, expected = compared["observed"].to_numpy(), compared.select(few).to_series()
    tail = pdtrc(np.maximum(observed - 1, 0), expected.to_numpy())  # null becomes NaN
    return pl.Series("by_chance", np.minimum(1, 2 * tail), pl.Float64, nan_to_null=True)


def mature(cohort: Cohort, as_of: date) -> pl.LazyFrame:
    """Return the cases of which it is known whether they ended in time, with `in_time`.

    Only cases with a limit, reported at least that many days before the last day on which their
    post was followed, and seen from the start: of cases older than the post's reports only the
    slow ones are known. A case told as ended without a date says nothing.
    """
    cases = cohort.lazy()
    limit = pl.col("limit_days")
    seen = pl.lit(as_of)
    if "known_until" in cases.collect_schema().names():
        seen = pl.min_horizontal(seen, "known_until")
    followed = (seen - pl.col("date_reported")).dt.total_days()
    known = pl.col("closed") | (pl.col("days") >= limit)
    in_time = pl.col("closed") & (pl.col("days") <= limit)
    old_enough = (limit > 0) & (followed >= limit)
    return cases.filter(old_enough, known, pl.col("entry").is_null()).with_columns(in_time=in_time)


def timeliness(cohort: Cohort, as_of: date, unit: str | Sequence[str]) -> pl.DataFrame:
    """Return statistics.standardise.indirect of ending in time, by type and urgency.

    Beside it `cases`, the mature ones. What is expected of a unit is null where too few of these
    are of a type and urgency that other units have too: it would be compared with itself.
    """
    units = names(unit)
    kept = [*units, *(column for column in STRATA if column not in units)]
    parts = (
        mature(cohort, as_of)
        .group_by(kept)
        .agg(_cases=pl.len(), _hits=pl.col("in_time").sum())
        .sort(kept)
        .with_columns(_shared=pl.len().over(STRATA) > 1)
        .collect()
    )
    of_all = pl.col("_cases").filter("_shared").sum() / pl.col("_cases").sum()
    counted = parts.group_by(units).agg(
        cases=pl.col("_cases").sum().cast(pl.Int64),
        _comparable=of_all >= LEAST_COMPARABLE.value / 100,
    )
    timely = indirect(parts, units, STRATA, "_cases", "_hits")
    return (
        timely.join(counted, on=units, nulls_equal=True, maintain_order="left")
        .with_columns(pl.when("_comparable").then(pl.col("expected", "ratio", "lower", "upper")))
        .drop("_comparable")
    )


def _timely(cases: pl.DataFrame, as_of: date, units: list[str]) -> pl.DataFrame:
    told = funnel(timeliness(cases, as_of, units), fewest=FEWEST_COMPARED.value)
    return told.select(
        *units,
        on_time_cases=pl.col("cases"),
        **{f"on_time_{column}": pl.col(column) for column in _ON_TIME},
        on_time_excess=pl.col("observed") - pl.col("expected"),
        on_time_verdict=pl.col("position"),
    )
