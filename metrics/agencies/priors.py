"""What each agency's rates most likely are, once its own few cases are drawn to its peers.

Empirical Bayes: how much its peers differ from each other says how far to trust an agency's own
count. Peers are the agencies of its post with the same main type of employer if they are enough,
else all of its post. Never those of other posts: what a reader of one post sees must be what a
reader of all posts sees.
"""

import polars as pl

from metrics.agencies.peers import CLASSES, PEER_CASES
from metrics.policy.agencies import PSEUDO
from metrics.policy.agency_certainty import FEWEST_PEERS
from metrics.statistics.shrinkage import beta_binomial_prior, gamma_prior

WHOLE_POST = "all"
_GROUP = ["_post", "_level"]


def with_posteriors(parts: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `agency_parts.parts` with what is known of their rates.

    `minor_shape`, `minor_workers` and so on: proven cases of the class per worker have a gamma
    distribution with this shape and this rate, so that shape / workers is its mean; null without
    peers. `expected`: proven cases at the peers' common rate. `distinguishable`: false if the
    peers differ by no more than chance in every class. `pseudo_due`: how many cases the peers'
    share of cases resolved in time is worth.

    Expected cases stand in the place of exposure (indirect standardisation by employer type).
    With too few peers the distribution has the pseudo-workers of the policy at the peers' rate.
    A class without any case among the peers has a rate of 0.
    """
    grouped = _with_peers(parts)
    told = _priors(grouped)
    for urgency, peer in zip(CLASSES, PEER_CASES, strict=True):
        of_class = told.filter(urgency=urgency).drop("urgency")
        grouped = (
            grouped.join(of_class, on=_GROUP, how="left", maintain_order="left")
            .with_columns(**_posterior(urgency, peer))
            .drop("members", "mean", "shape", "events")
        )
    differing = pl.any_horizontal(f"_{urgency}_differ" for urgency in CLASSES)
    return grouped.with_columns(
        expected=pl.sum_horizontal(f"_{urgency}_expected" for urgency in CLASSES),
        distinguishable=pl.col("_level").is_null() | differing,
        pseudo_due=pl.when(pl.col("_due_peers") >= FEWEST_PEERS.value)
        .then("_due_size")
        .fill_null(PSEUDO.value["cases"]),
    ).drop(pl.selectors.starts_with("_"))


def _with_peers(parts: pl.DataFrame) -> pl.DataFrame:
    placing = (pl.col("placed") > 0).cast(pl.Int64)
    fewest = FEWEST_PEERS.value
    rows = parts.with_columns(_post=pl.col("post_code").cast(pl.String))
    level = (
        pl.when(pl.col("placed") <= 0)
        .then(None)
        .when(placing.sum().over("_post", "main_employer") >= fewest)
        .then("main_employer")
        .when(placing.sum().over("_post") >= fewest)
        .then(pl.lit(WHOLE_POST))
    )
    due = beta_binomial_prior(rows, ["_post"], "in_time", "due", "peer_in_time")
    due = due.rename({"members": "_due_peers", "size": "_due_size"})
    return rows.with_columns(_level=level).join(due, on="_post", how="left", maintain_order="left")


def _priors(grouped: pl.DataFrame) -> pl.DataFrame:
    """Return `urgency`, the group, `mean`, `shape`, `events` of each group that is asked for."""
    levels = (
        grouped.filter(pl.col("_level") == pl.col("main_employer")),
        grouped.filter((pl.col("_level") == WHOLE_POST).any().over("_post")).with_columns(
            _level=pl.lit(WHOLE_POST)
        ),
    )
    counts = pl.concat(
        rows.select(
            *_GROUP,
            pl.col("agency_code").cast(pl.String),
            urgency=pl.lit(urgency),
            events=pl.col(urgency),
            exposure=pl.col("placed") * pl.col(peer),
        ).filter(pl.col("exposure") > 0)
        for rows in levels
        for urgency, peer in zip(CLASSES, PEER_CASES, strict=True)
    )
    keys = ["urgency", *_GROUP]
    # Neither the order of the rows nor other posts, which move the last digits, may move the draws.
    told = gamma_prior(counts.sort(*keys, "agency_code"), keys).with_columns(
        pl.col("mean", "shape").round_sig_figs(8)
    )
    return told.join(counts.group_by(keys).agg(pl.sum("events")), on=keys)


def _posterior(urgency: str, peer: str) -> dict[str, pl.Expr]:
    placed, own, pseudo = pl.col("placed"), pl.col(urgency), PSEUDO.value["workers"]
    mean, shape, events = pl.col("mean"), pl.col("shape"), pl.col("events")
    per_worker = pl.col(peer)  # of the peers: expected cases / workers
    fitted = pl.col("_level").is_not_null()
    some = fitted & (per_worker > 0) & (mean > 0)
    # Peers alike have one rate, known from the cases of all of them together.
    after = pl.when(shape.is_not_null()).then(own + shape).otherwise(events)
    seen = pl.when(shape.is_not_null()).then(placed * per_worker + shape / mean)
    weight = seen.otherwise(events / mean) / per_worker
    return {
        f"{urgency}_shape": pl.when(some)
        .then(after)
        .when(fitted)
        .then(0.0)
        .otherwise(own + pseudo * per_worker),
        f"{urgency}_workers": pl.when(some)
        .then(weight)
        .when(fitted)
        .then(placed.cast(pl.Float64))
        .when(per_worker.is_not_null())
        .then(placed + pseudo),
        f"_{urgency}_differ": some & shape.is_not_null(),
        f"_{urgency}_expected": placed * per_worker * pl.when(fitted).then(mean).otherwise(1.0),
    }
