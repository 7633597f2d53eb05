"""What chance could have made of a score: joint draws of all that is uncertain in it.

Each post has draws of its own, so that an agency's letter is the same whichever posts are shown.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from metrics.agencies.gates import capped
from metrics.agencies.peers import CLASSES
from metrics.policy.agencies import CASE_POINTS, GRADES, REVIEW_PRIOR, SCORE_WEIGHTS, ZERO_RATE
from metrics.policy.agency_certainty import DRAWS, REVIEW_SPREAD, WORST
from metrics.statistics.ranking import limits_of, ranks

SEED = 5_2013
LETTERS = "DCBA"  # worst first, as the limits of the grades are counted
LIMITS = ("rate_lower", "rate_upper", "score_lower", "score_upper")
CHANCES = tuple(f"p_{letter}" for letter in reversed(LETTERS))
RANKS = ("rank", "rank_lower", "rank_upper", "worst")
DRAWN = (*LIMITS, *CHANCES, *RANKS)


def with_draws(rated: pl.DataFrame, draws: int = DRAWS.value["score"]) -> pl.DataFrame:
    """Return the rows of `agency_gates.with_gates`, with the columns DRAWN.

    `rate_lower` to `score_upper` are 95 % limits; `p_A` to `p_D` the probabilities of each grade
    (after the limit that a severe case sets), null without a score; `rank` with its limits that
    of the rate among the agencies of the post that placed anybody, 1 the lowest, and `worst` the
    probability of being in the worst share of the policy. Without placements all are null.

    The rates are drawn from their gamma distributions, resolution from a beta, reviews from a
    normal distribution; the last visit and the documents stand.
    """
    rows = rated.with_row_index("_row").with_columns(pl.col("post_code").cast(pl.String))
    placing = rows.filter(pl.col("k1").is_not_null(), pl.col("placed") > 0)
    posts = placing.sort(pl.col("agency_code").cast(pl.String)).partition_by(
        "post_code", as_dict=True
    )
    drawn = [_of_post(post, agencies, draws) for (post,), agencies in posts.items()]
    schema = {"_row": pl.get_index_type()} | dict.fromkeys(DRAWN, pl.Float64)
    told = pl.concat([pl.DataFrame(schema=schema), *drawn])
    scored = pl.col("score").is_not_null()
    outside = {  # the score itself stands at the mean of what is drawn, not in its middle
        "score_lower": pl.min_horizontal(pl.col("score_lower").round(1), "score"),
        "score_upper": pl.max_horizontal(pl.col("score_upper").round(1), "score"),
    }
    return (
        rated.with_row_index("_row")
        .join(told, on="_row", how="left", maintain_order="left")
        .with_columns(**outside)
        .with_columns(pl.when(scored).then(name).alias(name) for name in (*LIMITS[2:], *CHANCES))
        .drop("_row")
    )


def _of_post(post: str, agencies: pl.DataFrame, draws: int) -> pl.DataFrame:
    rng = np.random.default_rng([SEED, *post.encode()])
    rates = _rates(rng, agencies, draws)
    scores = _scores(rng, agencies, rates)
    cap = agencies.select(capped()).to_series().to_numpy()
    grade = grade_numbers(scores, cap)
    limits = [limits_of(told) for told in (rates, scores)]
    chances = [(grade == LETTERS.index(name[-1])).mean(axis=0) for name in CHANCES]
    columns = dict(zip((*LIMITS, *CHANCES), [*limits[0], *limits[1], *chances], strict=True))
    ranked = ranks(rates, WORST.value["share"] / 100)
    told = [pl.Series(name, values, dtype=pl.Float64) for name, values in columns.items()]
    return agencies.select("_row").with_columns(*told, *ranked)


def grade_numbers(scores: np.ndarray, cap: np.ndarray) -> np.ndarray:
    """Return each score's grade as its place in LETTERS; at most C where `cap` is true."""
    number = sum((scores >= limit).astype(np.int8) for limit in GRADES.value.values())
    return np.where(cap, np.minimum(number, LETTERS.index("C")), number)


def _rates(rng: np.random.Generator, agencies: pl.DataFrame, draws: int) -> np.ndarray:
    """Return points per 100 placed: a draw in each line, an agency in each column."""
    total = np.zeros((draws, agencies.height), np.float32)  # half the time; far finer than chance
    for urgency in CLASSES:
        shape, workers = _numbers(agencies, f"{urgency}_shape", f"{urgency}_workers")
        cases = rng.standard_gamma(shape, total.shape, dtype=np.float32)
        total += 100 * CASE_POINTS.value[urgency] * cases / workers
    return total


def _scores(rng: np.random.Generator, agencies: pl.DataFrame, rates: np.ndarray) -> np.ndarray:
    told = agencies.select(*SCORE_WEIGHTS.value).fill_null(0).to_numpy().astype(np.float32)
    parts = dict(zip(SCORE_WEIGHTS.value, told.T, strict=True))
    total = SCORE_WEIGHTS.value["k1"] * np.maximum(0, 100 * (1 - rates / ZERO_RATE.value))
    for part in ("k3", "k5"):
        total += SCORE_WEIGHTS.value[part] * parts[part]
    for part, values in (("k2", _resolution), ("k4", _reviews)):
        has = agencies[part].is_not_null().to_numpy()
        own = agencies.filter(pl.col(part).is_not_null())
        total[:, has] += SCORE_WEIGHTS.value[part] * values(rng, own, len(rates))
    return np.round(total / agencies["weight"].to_numpy().astype(np.float32), 1)


def _resolution(rng: np.random.Generator, agencies: pl.DataFrame, draws: int) -> np.ndarray:
    x, n, share, pseudo = _numbers(agencies, "in_time", "due", "peer_in_time", "pseudo_due")
    size = (draws, len(x))
    yes = rng.standard_gamma(x + pseudo * share, size, dtype=np.float32)
    no = rng.standard_gamma(n - x + pseudo * (1 - share), size, dtype=np.float32)
    return 100 * yes / np.maximum(yes + no, np.finfo(np.float32).tiny)


def _reviews(rng: np.random.Generator, agencies: pl.DataFrame, draws: int) -> np.ndarray:
    reviews, mean = _numbers(agencies, "reviews", "k4")
    spread = 25 * REVIEW_SPREAD.value / np.sqrt(reviews + REVIEW_PRIOR.value["reviews"])
    noise = rng.standard_normal((draws, len(mean)), dtype=np.float32)
    return np.clip(mean + spread * noise, 0, 100)


def _numbers(agencies: pl.DataFrame, *columns: str) -> Iterator[np.ndarray]:
    return (agencies[name].cast(pl.Float32).to_numpy() for name in columns)
