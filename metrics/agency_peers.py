"""What is usual among the agencies of one post that serve the same type of employer."""

import polars as pl

PEERS = ["post_code", "employer_type"]


def peer_points(placed: pl.LazyFrame, proven: pl.LazyFrame) -> pl.LazyFrame:
    """Return proven points per worker placed, by post and employer type.

    The points of cases whose employer type is unknown, or had no placements, are spread over
    all placements of the post: so what is expected of all agencies adds up to what happened.
    """
    workers = placed.group_by(PEERS).agg(pl.col("placed").sum())
    points = proven.group_by(PEERS).agg(pl.col("points").sum())
    both = workers.join(points, on=PEERS, how="full", coalesce=True).with_columns(
        pl.col("placed", "points").fill_null(0)
    )
    astray = pl.col("points").filter(pl.col("placed") == 0).sum().over("post_code")
    everyone = pl.col("placed").sum().over("post_code")
    per_worker = pl.col("points") / pl.col("placed") + astray / everyone
    return (
        both.with_columns(peer_points=per_worker)
        .filter(pl.col("placed") > 0)
        .select(*PEERS, "peer_points")
    )


def post_points(placed: pl.LazyFrame, proven: pl.LazyFrame) -> pl.LazyFrame:
    """Return `post_code` and `post_points`: proven points per worker placed by the whole post."""
    workers = placed.group_by("post_code").agg(pl.col("placed").sum())
    points = proven.group_by("post_code").agg(pl.col("points").sum())
    rate = pl.col("points").fill_null(0) / pl.col("placed")
    joined = workers.filter(pl.col("placed") > 0).join(points, on="post_code", how="left")
    return joined.select("post_code", post_points=rate)
