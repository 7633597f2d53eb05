"""What is usual among the agencies of one post that serve the same type of employer."""

import polars as pl

from metrics.policy.agencies import CASE_POINTS

PEERS = ["post_code", "employer_type"]
CLASSES = tuple(CASE_POINTS.value)  # minor, moderate, severe: a column of proven cases each
PEER_CASES = tuple(f"peer_{urgency}" for urgency in CLASSES)
POST_CASES = tuple(f"post_{urgency}" for urgency in CLASSES)


def peer_cases(placed: pl.LazyFrame, proven: pl.LazyFrame) -> pl.LazyFrame:
    """Return PEER_CASES, proven cases of each class per worker placed, by post and employer type.

    The cases whose employer type is unknown, or had no placements, are spread over all
    placements of the post: so what is expected of all agencies adds up to what happened.
    """
    workers = placed.group_by(PEERS).agg(pl.col("placed").sum())
    cases = proven.group_by(PEERS).agg(pl.col(CLASSES).sum())
    both = workers.join(cases, on=PEERS, how="full", coalesce=True).with_columns(
        pl.col("placed", *CLASSES).fill_null(0)
    )
    everyone = pl.col("placed").sum().over("post_code")
    rates = {
        name: pl.col(urgency) / pl.col("placed")
        + pl.col(urgency).filter(pl.col("placed") == 0).sum().over("post_code") / everyone
        for name, urgency in zip(PEER_CASES, CLASSES, strict=True)
    }
    return both.with_columns(**rates).filter(pl.col("placed") > 0).select(*PEERS, *PEER_CASES)


def post_cases(placed: pl.LazyFrame, proven: pl.LazyFrame) -> pl.LazyFrame:
    """Return `post_code` and POST_CASES: proven cases per worker placed by the whole post."""
    workers = placed.group_by("post_code").agg(pl.col("placed").sum())
    cases = proven.group_by("post_code").agg(pl.col(CLASSES).sum())
    joined = workers.filter(pl.col("placed") > 0).join(cases, on="post_code", how="left")
    rates = {
        name: pl.col(urgency).fill_null(0) / pl.col("placed")
        for name, urgency in zip(POST_CASES, CLASSES, strict=True)
    }
    return joined.select("post_code", **rates)
