"""What is known of each agency at a post in the window of the score, in one row an agency.

All sums are of the agency at that post: an Indonesian company listed by several posts has a row,
a licence and peers at each of them.
"""

from calendar import monthrange
from datetime import date, timedelta

import polars as pl

from metrics.agencies.peers import CLASSES, PEER_CASES, PEERS, POST_CASES, peer_cases, post_cases
from metrics.cases import registered
from metrics.codes import PROVEN, RESOLVED, SEVERE, UNKNOWN, is_code
from metrics.frames import Rows
from metrics.policy.agencies import WINDOWS
from metrics.policy.agency_certainty import EXPOSURE
from metrics.selection import Period

KEY = ["post_code", "agency_code"]
_COUNTS = (
    "placed",
    "placed_recent",
    "proven_cases",
    *CLASSES,
    "severe_recent",
    "due",
    "in_time",
    "reviews",
    "received",
    "refused",
)
_QUESTIONS = ("fee", "contract", "docs", "help")


def parts(rows: Rows, as_of: date) -> pl.DataFrame:
    """Return the agencies, one row an agency at a post, with what their score is made of.

    Columns of `agencies`, and from the last 24 months: `placed`, `main_employer` (the employer
    type of most of them), `proven_cases`, of them `minor`, `moderate`, `severe`, `peer_minor`
    and so on (proven cases per worker of the peers; null without placements at the post), `due`,
    `in_time` (proven cases whose limit has passed, and those of them resolved within it),
    `peer_in_time` (share of the peers), `visited`, `visit` (0 to 100), `reviews`, `review_mean`
    (1 to 5), `received`, `refused` (documents); from the last 12 months: `placed_recent`,
    `severe_recent`; `seasoned`: the first placement is as long ago as a grade asks for.
    """
    window = _window(as_of, WINDOWS.value["score"])
    recent = _window(as_of, WINDOWS.value["recent"])
    # Computed once, for they are used several times
    placed = _placed(rows.placements, window, recent).collect().lazy()
    proven = _proven(rows.cases, window, recent).collect().lazy()
    agencies = rows.agencies.lazy().unique(KEY, keep="last", maintain_order=True)
    # Each table has an Enum of its own agencies; only as text can they be joined.
    told = agencies.with_columns(pl.col(c).cast(pl.String).alias(f"_{c}") for c in KEY)
    for facts in (
        _own_placements(placed, proven),
        _first_placement(rows.placements, _window(as_of, EXPOSURE.value["months"]).first),
        _own_cases(proven),
        _latest_visit(rows.agency_assessments, window),
        _reviews(rows.worker_reviews, window),
        _documents(rows.legalised_documents, window),
    ):
        facts = facts.rename({c: f"_{c}" for c in KEY})
        told = told.join(facts, on=[f"_{c}" for c in KEY], how="left", maintain_order="left")
    of_post = post_cases(placed, proven).rename({"post_code": "_post_code"})
    return (
        told.join(of_post, on="_post_code", how="left", maintain_order="left")
        .with_columns(
            pl.col(_COUNTS).fill_null(0),
            pl.col("visited", "seasoned").fill_null(False),
            # Without placements of its own an agency has no mix of employers: take the post's.
            *(pl.coalesce(own, post) for own, post in zip(PEER_CASES, POST_CASES, strict=True)),
        )
        .drop(*POST_CASES, *(f"_{c}" for c in KEY))
        .collect()
    )


def _window(as_of: date, months: int) -> Period:
    """Return the last months up to a day, so that a month's end gives whole months."""
    after = as_of + timedelta(days=1)
    year, month = divmod(after.year * 12 + after.month - 1 - months, 12)
    day = min(after.day, monthrange(year, month + 1)[1])
    return Period(date(year, month + 1, day), as_of)


def _keyed(rows: pl.LazyFrame) -> pl.LazyFrame:
    known = rows.filter(pl.col("agency_code").is_not_null())
    return known.with_columns(pl.col(KEY).cast(pl.String))


def _placed(placements: pl.DataFrame, window: Period, recent: Period) -> pl.LazyFrame:
    """Return `placed` and `placed_recent` by post, agency and employer type."""
    return (
        _keyed(placements.lazy().filter(window.covers("period")))
        .group_by(*KEY, pl.col("employer_type").cast(pl.String))
        .agg(
            placed=pl.col("count").sum().cast(pl.Int64),
            placed_recent=pl.col("count").filter(recent.covers("period")).sum().cast(pl.Int64),
        )
    )


def _proven(cases: pl.DataFrame, window: Period, recent: Period) -> pl.LazyFrame:
    """Return the cases of the window with proven fault, and what each of them tells."""
    age = (window.last - pl.col("date_reported")).dt.total_days()
    in_time = is_code("status", RESOLVED) & (pl.col("days") <= pl.col("limit_days"))
    chosen = registered(cases, window.last).filter(
        window.covers("date_reported"), is_code("agency_fault", PROVEN)
    )
    return _keyed(chosen).select(
        *KEY,
        pl.col("employer_type").cast(pl.String).fill_null(UNKNOWN),
        **{urgency: is_code("urgency", urgency).cast(pl.Int64) for urgency in CLASSES},
        severe_recent=is_code("urgency", SEVERE) & recent.covers("date_reported"),
        # A case of the last day of its limit is due: by that evening it was closed or late.
        due=(age >= pl.col("limit_days")).fill_null(False),
        in_time=pl.col("closed") & in_time.fill_null(False),
    )


def _own_placements(placed: pl.LazyFrame, proven: pl.LazyFrame) -> pl.LazyFrame:
    """Return placements by agency, and its peers' cases, weighted by its own placements."""
    total = pl.col("placed").sum()
    peers = {
        name: pl.when(total > 0).then((pl.col("placed") * pl.col(name)).sum() / total)
        for name in PEER_CASES
    }
    return (
        placed.join(peer_cases(placed, proven), on=PEERS, how="left")
        .sort("placed", "employer_type", descending=[True, False])
        .group_by(KEY)
        .agg(
            **peers,
            main_employer=pl.first("employer_type"),
            placed=total,
            placed_recent=pl.col("placed_recent").sum(),
        )
    )


def _first_placement(placements: pl.DataFrame, begun: date) -> pl.LazyFrame:
    """Return whether the agency's first placement ever was by the month given."""
    chosen = _keyed(placements.lazy().filter(pl.col("count") > 0))
    return chosen.group_by(KEY).agg(seasoned=pl.col("period").min() <= begun)


def _own_cases(proven: pl.LazyFrame) -> pl.LazyFrame:
    # The peers of a case are those of its own employer type, unknown being one of them.
    among_peers = pl.col("in_time").filter("due").mean().over(PEERS)
    return (
        proven.with_columns(peer_in_time=among_peers)
        .group_by(KEY)
        .agg(
            pl.col(CLASSES).sum(),
            proven_cases=pl.len().cast(pl.Int64),
            severe_recent=pl.col("severe_recent").sum().cast(pl.Int64),
            due=pl.col("due").sum().cast(pl.Int64),
            in_time=(pl.col("in_time") & pl.col("due")).sum().cast(pl.Int64),
            peer_in_time=pl.col("peer_in_time").filter("due").mean(),
        )
    )


def _latest_visit(assessments: pl.DataFrame, window: Period) -> pl.LazyFrame:
    # Ten items of 0 to 2 times 5 are 0 to 100; items left blank are left out of the mean.
    points = pl.mean_horizontal([f"q{item}" for item in range(1, 11)]) * 50
    visits = _keyed(assessments.lazy().filter(window.covers("date")))
    latest = visits.sort("date", maintain_order=True).unique(KEY, keep="last", maintain_order=True)
    return latest.select(*KEY, visit=points, visited=True)


def _reviews(reviews: pl.DataFrame, window: Period) -> pl.LazyFrame:
    mean = pl.mean_horizontal(pl.col(_QUESTIONS).cast(pl.Float64))
    n = pl.col("n_reviews")
    told = _keyed(reviews.lazy().filter(window.covers("quarter"), n > 0)).with_columns(mean=mean)
    return (
        told.filter(pl.col("mean").is_not_null())
        .group_by(KEY)
        .agg(reviews=n.sum().cast(pl.Int64), review_mean=(n * pl.col("mean")).sum() / n.sum())
    )


def _documents(documents: pl.DataFrame, window: Period) -> pl.LazyFrame:
    refused = pl.col("returned").fill_null(0) + pl.col("rejected").fill_null(0)
    return (
        _keyed(documents.lazy().filter(window.covers("period")))
        .group_by(KEY)
        .agg(
            received=pl.col("received").sum().cast(pl.Int64),
            refused=refused.sum().cast(pl.Int64),
        )
    )
