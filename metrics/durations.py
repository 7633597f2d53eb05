"""The curve of how long cases take, wherever one is computed or drawn."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from metrics.policy.handling import FEWEST_AT_RISK
from metrics.statistics.delayed_entry import seen_enough
from metrics.statistics.survival import kaplan_meier


def followed(
    cases: pl.DataFrame | pl.LazyFrame, by: Sequence[str] = (), time: str = "days"
) -> pl.DataFrame:
    """Return the cases ready for a curve: see delayed_entry.seen_enough.

    `cases` are rows of cases.register, with `entry` on the scale of `time`.
    """
    return seen_enough(cases, by, time, fewest=FEWEST_AT_RISK.value)


def duration_curve(
    cases: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "days",
    event: str = "closed",
) -> pl.DataFrame:
    """Return the Kaplan-Meier curve of rows of cases.register, and a last column `seen_after`.

    Columns of survival.kaplan_meier. Cases reported before their post did report count from the
    age at which they could be seen. Where too few were at risk before an age `seen_after`, the
    curve is conditional on lasting longer, and says nothing of the days up to it; it is null
    for a curve from the first day on.
    """
    seen = followed(cases, by, time)
    curve = kaplan_meier(seen, by, time, event, entry="entry")
    after = (
        seen.group_by(by).agg(pl.first("seen_after")) if by else seen.select("seen_after").head(1)
    )
    if by:
        return curve.join(after, on=list(by), how="left", nulls_equal=True, maintain_order="left")
    return curve.join(after, how="cross", maintain_order="left")


def matured(age: int | pl.Expr, last: date) -> pl.Expr:
    """Return the condition that a case was seen from its report until `age` days later.

    Of rows of cases.registered as of `last`; whatever became of the case. A post that fell
    silent before then tells nothing of its cases of that age.
    """
    until = pl.min_horizontal(pl.lit(last), "known_until")
    days = (until - pl.col("date_reported")).dt.total_days()
    return pl.col("entry").is_null() & (days >= age)
