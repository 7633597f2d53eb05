"""The five parts of the agency score, and the score."""

import polars as pl

from metrics.agencies.peers import CLASSES
from metrics.policy.agencies import (
    CASE_POINTS,
    FEWEST_PLACED,
    FEWEST_WEIGHT,
    REVIEW_PRIOR,
    SCORE_WEIGHTS,
    ZERO_RATE,
)


def with_score(known: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `agency_priors.with_posteriors` with their parts and score.

    `proven_points`; `rate`: expected points per 100 placed; `k1` to `k5` (0 to 100), null
    without data; `weight`: of the parts with data; `score`: their weighted mean with 1 decimal,
    null with too few placements or parts.
    """
    weights = SCORE_WEIGHTS.value
    has = {part: pl.col(part).is_not_null() for part in weights}
    weight = pl.sum_horizontal(has[part].cast(pl.Int64) * w for part, w in weights.items())
    total = pl.sum_horizontal(pl.col(part).fill_null(0) * w for part, w in weights.items())
    enough = (
        (pl.col("placed") >= FEWEST_PLACED.value)
        & (pl.col("weight") >= FEWEST_WEIGHT.value)
        & has["k1"]
    )
    return (
        known.with_columns(
            proven_points=_points({urgency: pl.col(urgency) for urgency in CLASSES}),
            rate=100 * _points({c: pl.col(f"{c}_shape") / pl.col(f"{c}_workers") for c in CLASSES}),
        )
        .with_columns(**_parts())
        .with_columns(weight=weight)
        .with_columns(score=pl.when(enough).then((total / pl.col("weight")).round(1)))
    )


def _points(of_class: dict[str, pl.Expr]) -> pl.Expr:
    points = CASE_POINTS.value
    first, *others = (column * points[urgency] for urgency, column in of_class.items())
    return sum(others, first)  # null if one is


def _stars() -> pl.Expr:
    prior = REVIEW_PRIOR.value
    told = pl.col("reviews") * pl.col("review_mean") + prior["reviews"] * prior["mean"]
    return told / (pl.col("reviews") + prior["reviews"])


def _parts() -> dict[str, pl.Expr]:
    """Return the five parts, each 0 to 100, null without data."""
    pseudo = pl.col("pseudo_due")
    resolved = (pl.col("in_time") + pseudo * pl.col("peer_in_time")) / (pl.col("due") + pseudo)
    accepted = (pl.col("received") - pl.col("refused")) / pl.col("received")
    rated = pl.col("reviews") >= REVIEW_PRIOR.value["fewest"]
    return {
        "k1": (100 * (1 - pl.col("rate") / ZERO_RATE.value)).clip(0),
        "k2": pl.when(pl.col("due") > 0).then(100 * resolved),
        "k3": pl.col("visit").cast(pl.Float64),
        "k4": pl.when(rated).then((_stars() - 1) / 4 * 100),
        # Documents of the month before can be refused this month, so it may fall below 0.
        "k5": pl.when(pl.col("received") > 0).then((100 * accepted).clip(0)),
    }
