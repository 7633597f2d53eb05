"""The agency score (Skor Mitra): its grade, what of it is published, and why.

It recommends a review. Whether an agency is a problem is decided by the post, never computed.
"""

from datetime import date
from functools import lru_cache
from itertools import pairwise

import polars as pl

from metrics.agencies.draws import CHANCES, LIMITS, RANKS, with_draws
from metrics.agencies.gates import with_gates
from metrics.agencies.parts import parts
from metrics.agencies.peers import CLASSES
from metrics.agencies.points import with_score
from metrics.agencies.priors import with_posteriors
from metrics.agencies.words import REASONS
from metrics.codes import PROBLEM, is_code
from metrics.frames import Rows
from metrics.policy.agencies import SCORE_WEIGHTS
from metrics.policy.agency_certainty import DRAWS, STABILITY, WORST
from metrics.statistics.intervals import poisson_rate

STANDING = (
    "agency_code",
    "agency_name",
    "role",
    "post_code",
    "place",
    "placed",
    "proven_points",
    "proven_cases",
    *CLASSES,
    "proven_per_1000",
    "lower",
    "upper",
    "expected",
    "distinguishable",
    "rate",
    *SCORE_WEIGHTS.value,
    "weight",
    "score",
    "grade",
    "flag",
    "confidence",
    "visited",
    "expired",
    "expiring",
    "listed",
)
COLUMNS = (*STANDING, *LIMITS, *CHANCES, *RANKS, "in_worst_tenth", "shown", "reasons")


@lru_cache(maxsize=4)  # several metrics of one selection read the same draws
def scores(rows: Rows, as_of: date) -> pl.DataFrame:
    """Return one row an agency at a post: the columns of `standings`, and what is published.

    `shown` is what stands in the place of a grade on a screen: a letter, two of them ("A-B"),
    "sanction", "inactive", "not_rated" (no score), "too_little_data", "not_distinguishable" or
    "uncertain"; `reasons` lists why. `rate_lower`, `rate_upper`, `score_lower`, `score_upper`
    are 95 % limits from draws, `p_A` to `p_D` the probabilities of the grades, `rank` (1 the
    lowest rate of the post) with its limits the expected rank, `worst` the probability of being
    in the worst tenth of the post, and `in_worst_tenth` whether that is near enough to certain.
    The words of all codes are in metrics/agency_words.py.

    Give all agencies of a post together: they are each other's peers, and the agency itself is
    one of them. Other posts change nothing. Sources: Clayton and Kaldor 1987 and
    OECD and JRC 2008, over parts after Singapore MOM, Taiwan MOL and PP 5/2013; weights are policy.
    """
    return scored(parts(rows, as_of), as_of).select(COLUMNS)


def standings(rows: Rows, as_of: date) -> pl.DataFrame:
    """Return one row an agency at a post, without draws: the columns STANDING.

    `placed`, `proven_points`, `proven_cases` and those of each class are of the last 24 months;
    `proven_per_1000` with `lower` and `upper` are proven cases per 1,000 placed with the exact
    Poisson interval (Garwood 1936), unweighted; `expected` is proven cases at the peers' common
    rate; `rate` is points per 100 placed, drawn to the peers; `k1` to `k5` (0 to 100) and
    `score` are null where there are no data; `grade` is "A" to "D" or null, before it is asked
    whether it can be published; `flag` is null, "watch" or "propose_suspension".
    """
    return standing(parts(rows, as_of), as_of).select(STANDING)


def standing(parts: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the rows of `agency_parts.parts` with their score and gates."""
    gated = with_gates(with_score(with_posteriors(parts)), as_of)
    told = gated.with_columns(listed=is_code("list_status", PROBLEM))
    rates = poisson_rate(told.rename({"rate": "_rate"}), "proven_cases", "placed", per=1000)
    return rates.rename({"rate": "proven_per_1000", "_rate": "rate"})


def scored(parts: pl.DataFrame, as_of: date, draws: int = DRAWS.value["score"]) -> pl.DataFrame:
    """Return the rows of `agency_parts.parts` with all that the score says of them."""
    exposed = ~pl.any_horizontal("too_few_placed", "too_few_expected", "too_short")
    return (
        with_draws(standing(parts, as_of), draws)
        .with_columns(
            in_worst_tenth=exposed
            & (pl.col("worst") >= WORST.value["probability"] / 100).fill_null(False),
            shown=_shown(exposed),
        )
        .with_columns(uncertain=pl.col("shown") == "uncertain")
        .with_columns(reasons=_reasons())
    )


def _shown(exposed: pl.Expr) -> pl.Expr:
    return (
        pl.when("suspended")
        .then(pl.lit("sanction"))
        .when("inactive")
        .then(pl.lit("inactive"))
        .when(pl.any_horizontal("expired", "revoked"))
        .then(pl.lit("D"))
        .when(pl.col("score").is_null())
        .then(pl.lit("not_rated"))
        .when(~exposed)
        .then(pl.lit("too_little_data"))
        .when("not_distinguishable")
        .then(pl.lit("not_distinguishable"))
        .otherwise(_stable())
    )


def _stable() -> pl.Expr:
    """Return the letter or the two letters that chance does not easily change."""
    letters = [name[-1] for name in CHANCES]
    one, two = (STABILITY.value[how_many] / 100 for how_many in ("one", "two"))
    told = [pl.when(pl.col(f"p_{letter}") >= one).then(pl.lit(letter)) for letter in letters]
    for better, worse in pairwise(letters):
        # the sum of two shares of 4,000 may miss 0.8 by a rounding
        enough = pl.col(f"p_{better}") + pl.col(f"p_{worse}") >= two - 1e-9
        told.append(pl.when(enough).then(pl.lit(f"{better}-{worse}")))
    return pl.coalesce(*told, pl.lit("uncertain"))


def _reasons() -> pl.Expr:
    told = [pl.when(reason).then(pl.lit(reason)) for reason in REASONS]
    return pl.concat_list(told).list.drop_nulls()
