"""What holds whatever the score is: gates over the grade, the grade itself, and the flags."""

from datetime import date, timedelta

import polars as pl

from metrics.codes import REVOKED, SUSPENDED, is_code
from metrics.policy.agencies import (
    CONFIDENCE,
    FEWEST_PLACED,
    FEWEST_WEIGHT,
    FLAGS,
    GRADES,
    LICENCE_SOON,
)
from metrics.policy.agency_certainty import EXPOSURE

_UNTIL = ("host_license_until", "registration_until")


def with_gates(scored: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the rows of `agency_score.with_score` with their gates, `grade`, `flag`.

    A missing date closes no gate. `expired` and `expiring` tell of licence or registration;
    `grade` is "A" to "D" or null; `flag` is null, "watch" or "propose_suspension";
    `confidence` is "low", "medium" or "high".
    """
    return scored.with_columns(**_gates(as_of)).with_columns(
        grade=_grade(), flag=_flag(), confidence=_confidence()
    )


def capped() -> pl.Expr:
    """Return the condition that the grade is at most C."""
    return pl.col("severe_proven")


def letter(score: pl.Expr) -> pl.Expr:
    """Return the grade of a score by the limits and the cap alone."""
    grades = GRADES.value
    return (
        pl.when(score < grades["C"])
        .then(pl.lit("D"))
        .when((score >= grades["A"]) & ~capped())
        .then(pl.lit("A"))
        .when((score >= grades["B"]) & ~capped())
        .then(pl.lit("B"))
        .when(score.is_not_null())
        .then(pl.lit("C"))
    )


def _gates(as_of: date) -> dict[str, pl.Expr]:
    begun = (pl.col("sanction_from") <= as_of).fill_null(True)
    lasting = (pl.col("sanction_until") >= as_of).fill_null(True)
    ending, least = pl.min_horizontal(*_UNTIL), EXPOSURE.value
    soon = as_of + timedelta(days=LICENCE_SOON.value)
    return {
        "licence_expired": (pl.col("host_license_until") < as_of).fill_null(False),
        "registration_expired": (pl.col("registration_until") < as_of).fill_null(False),
        "expired": (ending < as_of).fill_null(False),
        "expiring": ending.is_between(as_of, soon).fill_null(False),
        "revoked": is_code("sanction", REVOKED) & begun & lasting,
        "suspended": is_code("sanction", SUSPENDED) & begun & lasting,
        "severe_proven": pl.col("severe_recent") >= FLAGS.value["watch_severe"],
        "inactive": pl.col("placed_recent") <= 0,
        "too_few_placed": pl.col("placed") < least["placed"],
        "too_few_expected": (pl.col("expected") < least["expected"]).fill_null(True),
        "too_short": ~pl.col("seasoned"),
        "too_few_parts": pl.col("weight") < FEWEST_WEIGHT.value,
        "no_peers": pl.col("k1").is_null(),
        "not_distinguishable": ~pl.col("distinguishable"),
    }


def _grade() -> pl.Expr:
    """Return the grade after the gates; without a licence it is D even without a score."""
    barred = pl.any_horizontal("expired", "revoked")
    return pl.when(barred).then(pl.lit("D")).otherwise(letter(pl.col("score")))


def _flag() -> pl.Expr:
    limits, severe = FLAGS.value, pl.col("severe_recent")
    # What its peers did is no reason to flag an agency without a proven case, or without workers
    # enough that the rate is its own.
    own = (pl.col("proven_cases") > 0) & (pl.col("placed") >= FEWEST_PLACED.value)
    rate = pl.when(own).then("rate")
    return (
        pl.when(pl.col("suspended") | pl.col("revoked"))  # nothing left to propose
        .then(None)
        .when((severe >= limits["suspend_severe"]) | (rate >= limits["suspend_rate"]))
        .then(pl.lit("propose_suspension"))
        .when((severe >= limits["watch_severe"]) | (rate >= limits["watch_rate"]))
        .then(pl.lit("watch"))
    )


def _confidence() -> pl.Expr:
    limits, placed = CONFIDENCE.value, pl.col("placed")
    return (
        pl.when(placed >= limits["high"])
        .then(pl.lit("high"))
        .when(placed >= limits["medium"])
        .then(pl.lit("medium"))
        .otherwise(pl.lit("low"))
    )
