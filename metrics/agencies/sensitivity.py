"""How much the grades hang on the weights, which are a judgement."""

import numpy as np
import polars as pl

from metrics.agencies.draws import SEED, grade_numbers
from metrics.policy.agencies import SCORE_WEIGHTS
from metrics.policy.agency_certainty import DRAWS, WEIGHT_SPREAD


def weight_sensitivity(scores: pl.DataFrame) -> pl.DataFrame:
    """Return one row: `agencies`, `share`, `lower`, `upper`.

    Of the rows of `agencies.scores` that have a score, `agencies` in number, the mean share
    whose grade changes when the weights are drawn around the declared ones (Dirichlet), and the
    limits that hold 95 % of the draws; null without scores. The grade is that of the score and
    the cap of a severe case, without the other gates. Source: OECD/JRC Handbook on composite
    indicators 2008.
    """
    rows = scores.filter(pl.col("score").is_not_null())
    declared = np.array(list(SCORE_WEIGHTS.value.values()), float)
    parts = rows.select(pl.col(list(SCORE_WEIGHTS.value)).cast(pl.Float64)).to_numpy()
    cap = rows["reasons"].list.contains("severe_proven").to_numpy()
    rng = np.random.default_rng(SEED)
    drawn = rng.dirichlet(WEIGHT_SPREAD.value * declared / declared.sum(), DRAWS.value["weights"])
    grades = _grades(drawn, parts, cap)
    changed = grades != _grades(declared[None], parts, cap)
    shares = pl.Series("share", changed.mean(axis=1) if len(rows) else [], dtype=pl.Float64)
    return shares.to_frame().select(
        pl.lit(len(rows), pl.Int64).alias("agencies"),
        pl.mean("share"),
        pl.quantile("share", 0.025).alias("lower"),
        pl.quantile("share", 0.975).alias("upper"),
    )


def _grades(weights: np.ndarray, parts: np.ndarray, cap: np.ndarray) -> np.ndarray:
    """Return the grade numbers: a set of weights in each line, an agency in each column."""
    has = ~np.isnan(parts)
    scores = weights @ np.where(has, parts, 0).T / (weights @ has.T)
    return grade_numbers(np.round(scores, 1), cap)
