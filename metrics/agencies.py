"""The agency score (Skor Mitra), its grade, the gates over it and the flags.

It recommends a review. Whether an agency is a problem is decided by the post, never computed.
"""

from datetime import date

import polars as pl

from metrics.agency_parts import parts
from metrics.agency_words import REASONS
from metrics.codes import PROBLEM, REVOKED, SUSPENDED, is_code
from metrics.frames import Rows
from metrics.policy.agencies import (
    CONFIDENCE,
    FEWEST_PLACED,
    FEWEST_WEIGHT,
    FLAGS,
    GRADES,
    PSEUDO,
    REVIEW_PRIOR,
    SCORE_WEIGHTS,
    ZERO_RATE,
)
from metrics.statistics.intervals import poisson_rate

COLUMNS = (
    "agency_code",
    "agency_name",
    "role",
    "post_code",
    "place",
    "placed",
    "proven_points",
    "proven_cases",
    "proven_per_1000",
    "lower",
    "upper",
    "rate",
    *SCORE_WEIGHTS.value,
    "weight",
    "score",
    "grade",
    "shown",
    "reasons",
    "flag",
    "confidence",
    "listed",
)


def scores(rows: Rows, as_of: date) -> pl.DataFrame:
    """Return one row an agency at a post, with the columns COLUMNS.

    `placed`, `proven_points` and `proven_cases` are of the last 24 months; `proven_per_1000`
    with `lower` and `upper` are proven cases per 1,000 placed with the exact Poisson interval
    (Garwood 1936), unweighted; `rate` is points per 100 placed, drawn to the peers; `k1` to `k5`
    (0 to 100) and `score` are null where there are no data; `grade` is "A" to "D" or null;
    `shown` is what stands in its place on a screen (a grade, "sanction", "inactive",
    "not_rated"); `reasons` lists why, `flag` is null, "watch" or "propose_suspension". The words
    of all codes are in metrics/agency_words.py.

    Give all agencies of a post together: they are each other's peers, and the agency itself is
    one of them. Method after Singapore MOM, Taiwan MOL and PP 5/2013; weights are policy.
    """
    return scored(parts(rows, as_of), as_of).select(COLUMNS)


def scored(parts: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the rows of `agency_parts.parts` with all that the score says of them."""
    known = {name: pl.col(name).is_not_null() for name in SCORE_WEIGHTS.value}
    weights = SCORE_WEIGHTS.value
    weight = pl.sum_horizontal(known[k].cast(pl.Int64) * w for k, w in weights.items())
    total = pl.sum_horizontal(pl.col(k).fill_null(0) * w for k, w in weights.items())
    enough = (
        (pl.col("placed") >= FEWEST_PLACED.value)
        & (pl.col("weight") >= FEWEST_WEIGHT.value)
        & known["k1"]
    )
    return (
        _with_interval(parts)
        .with_columns(rate=_rate())
        .with_columns(**_parts())
        .with_columns(weight=weight)
        .with_columns(score=pl.when(enough).then((total / pl.col("weight")).round(1)))
        .with_columns(**_gates(as_of))
        .with_columns(grade=_grade())
        .with_columns(
            shown=_shown(),
            reasons=_reasons(),
            flag=_flag(),
            confidence=_confidence(),
            listed=is_code("list_status", PROBLEM),
        )
    )


def _with_interval(parts: pl.DataFrame) -> pl.DataFrame:
    rates = poisson_rate(parts, events="proven_cases", exposure="placed", per=1000)
    return rates.rename({"rate": "proven_per_1000"})


def _rate() -> pl.Expr:
    pseudo = PSEUDO.value["workers"]
    expected = pl.col("proven_points") + pseudo * pl.col("peer_points")
    return 100 * expected / (pl.col("placed") + pseudo)


def _parts() -> dict[str, pl.Expr]:
    """Return the five parts, each 0 to 100, null without data."""
    pseudo, prior = PSEUDO.value["cases"], REVIEW_PRIOR.value
    resolved = (pl.col("in_time") + pseudo * pl.col("peer_in_time")) / (pl.col("due") + pseudo)
    stars = (pl.col("reviews") * pl.col("review_mean") + prior["reviews"] * prior["mean"]) / (
        pl.col("reviews") + prior["reviews"]
    )
    accepted = (pl.col("received") - pl.col("refused")) / pl.col("received")
    return {
        "k1": (100 * (1 - pl.col("rate") / ZERO_RATE.value)).clip(0),
        "k2": pl.when(pl.col("due") > 0).then(100 * resolved),
        "k3": pl.col("visit").cast(pl.Float64),
        "k4": pl.when(pl.col("reviews") >= prior["fewest"]).then((stars - 1) / 4 * 100),
        # Documents of the month before can be refused this month, so it may fall below 0.
        "k5": pl.when(pl.col("received") > 0).then((100 * accepted).clip(0)),
    }


def _gates(as_of: date) -> dict[str, pl.Expr]:
    """Return what holds whatever the score is; a missing date closes no gate."""
    begun = (pl.col("sanction_from") <= as_of).fill_null(True)
    lasting = (pl.col("sanction_until") >= as_of).fill_null(True)
    return {
        "licence_expired": (pl.col("host_license_until") < as_of).fill_null(False),
        "registration_expired": (pl.col("registration_until") < as_of).fill_null(False),
        "revoked": is_code("sanction", REVOKED) & begun & lasting,
        "suspended": is_code("sanction", SUSPENDED) & begun & lasting,
        "severe_proven": pl.col("severe_recent") >= FLAGS.value["watch_severe"],
        "inactive": pl.col("placed_recent") <= 0,
        "too_few_placed": pl.col("placed") < FEWEST_PLACED.value,
        "too_little_data": pl.col("weight") < FEWEST_WEIGHT.value,
        "no_peers": pl.col("k1").is_null(),
    }


def _grade() -> pl.Expr:
    """Return the grade after the gates; without a licence it is D even without a score."""
    score, grades = pl.col("score"), GRADES.value
    return (
        pl.when(pl.any_horizontal("licence_expired", "registration_expired", "revoked"))
        .then(pl.lit("D"))
        .when(score < grades["C"])
        .then(pl.lit("D"))
        .when((score >= grades["A"]) & ~pl.col("severe_proven"))
        .then(pl.lit("A"))
        .when((score >= grades["B"]) & ~pl.col("severe_proven"))
        .then(pl.lit("B"))
        .when(score.is_not_null())
        .then(pl.lit("C"))
    )


def _shown() -> pl.Expr:
    return (
        pl.when("suspended")
        .then(pl.lit("sanction"))
        .when("inactive")
        .then(pl.lit("inactive"))
        .otherwise(pl.col("grade").fill_null("not_rated"))
    )


def _reasons() -> pl.Expr:
    told = [pl.when(reason).then(pl.lit(reason)) for reason in REASONS]
    return pl.concat_list(told).list.drop_nulls()


def _flag() -> pl.Expr:
    limits, rate, severe = FLAGS.value, pl.col("rate"), pl.col("severe_recent")
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
