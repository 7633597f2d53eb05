"""What is found out about agencies: visits with ten items, and reviews by workers each quarter."""

import numpy as np
import polars as pl

from data_access.demo.agencies import Agency
from data_access.demo.draws import choose, codes
from data_access.demo.reporting import Reporting
from data_access.demo.versions import living
from data_access.demo.window import MONTHS, Window, dates, stream

ITEMS = 10
QUALITIES = ("bad", "ordinary", "good", "tiny")
# Chance of 0, 1 and 2 points on an item of a visit.
POINTS = np.array([(0.34, 0.40, 0.26), (0.05, 0.27, 0.68), (0.01, 0.10, 0.89), (0.05, 0.3, 0.65)])
STARS = dict(zip(QUALITIES, (2.3, 3.8, 4.4, 3.8), strict=True))
REVIEWED = 0.06  # of a quarter's placed workers answer
FIRST_REVIEWS = 24  # month in which workers' reviews begin
KINDS = ("initial", "periodic", "unannounced")
RECOMMENDATIONS = ("continue", "guidance", "warning", "suspend", "revoke")


def assessments(seed: int, agencies: list[Agency], reporting: Reporting) -> pl.DataFrame:
    """Return the visits: a first one, then every year or two, unannounced ones to the bad."""
    rng = stream(seed, "assessments")
    visits = []
    for number, agency in enumerate(agencies):
        if agency.role != "foreign":
            continue
        first = max(agency.since, 0)
        if agency.since > 0:
            visits.append((number, first, 0))
        month = first + int(rng.integers(1, 20))
        while month < min(MONTHS, agency.until):
            visits.append((number, month, 1))
            month += int(rng.integers(11, 26))
        if agency.quality == "bad":
            visits += [(number, int(m), 2) for m in rng.integers(first, MONTHS, 4)]
    which, month, kind = np.array(sorted(set(visits))).T
    window, n = reporting.window, len(which)
    lengths = window.ends - window.periods + 1
    day = window.periods[month] + (rng.random(n) * lengths[month]).astype(np.int32)
    quality = np.array([QUALITIES.index(one.quality) for one in agencies])[which]
    points = np.array([choose(rng, POINTS, quality) for _ in range(ITEMS)])
    # Of 20 points: 16 and more is fine, below 6 is the end.
    advice = np.select([points.sum(0) >= low for low in (16, 13, 9, 6)], [0, 1, 2, 3], 4)
    columns = {
        "agency_code": codes([one.code for one in agencies], which),
        "date": dates(day),
        "kind": codes(KINDS, kind),
        **{f"q{item + 1}": points[item] for item in range(ITEMS)},
        "recommendation": codes(RECOMMENDATIONS, advice),
    }
    post = np.array([one.post for one in agencies])[which]
    return living("agency_assessments", reporting, post, month, columns)


def reviews(
    seed: int, agencies: list[Agency], placements: pl.DataFrame, reporting: Reporting
) -> pl.DataFrame:
    """Return the workers' reviews, one row an agency and quarter that had any."""
    rng = stream(seed, "reviews")
    placed = (
        placements.drop_nulls("agency_code")
        .group_by(
            "post_code",
            "agency_code",
            pl.col("period").dt.truncate("1q").alias("first"),
            maintain_order=True,
        )
        .agg(pl.col("count").sum())
        .sort("agency_code", "first")
    )
    by_code = {one.code: one for one in agencies}
    ended = _quarter_end(placed["first"], reporting.window)
    answers = rng.poisson(np.minimum(placed["count"].to_numpy() * REVIEWED, 60))
    usual = placed["agency_code"].replace_strict(
        {code: STARS[one.quality] for code, one in by_code.items() if one.role == "foreign"}
    )
    post = placed["agency_code"].replace_strict(
        {code: one.post for code, one in by_code.items() if one.role == "foreign"}
    )
    # An agency's own manner is the same in all its quarters.
    manner = dict(zip(by_code, rng.normal(0, 0.2, len(by_code)), strict=True))
    level = usual.to_numpy() + placed["agency_code"].replace_strict(manner).to_numpy()
    noise = 0.7 / np.sqrt(np.maximum(answers, 1))
    quarter = placed.select(
        pl.format("{}-Q{}", pl.col("first").dt.year(), pl.col("first").dt.quarter())
    ).to_series()
    rows = pl.DataFrame(
        {
            "post": post,
            "month": ended,
            "agency_code": placed["agency_code"],
            "quarter": quarter,
            "n_reviews": answers,
            **{
                part: np.round(np.clip(level + rng.normal(0, noise) + shift, 1, 5), 1)
                for part, shift in zip(
                    ("fee", "contract", "docs", "help"), (-0.15, 0.0, 0.15, 0.0), strict=True
                )
            },
        }
    ).filter(pl.col("n_reviews") > 0, pl.col("month") < MONTHS, pl.col("month") >= FIRST_REVIEWS)
    return living(
        "worker_reviews", reporting, rows["post"].to_numpy(), rows["month"].to_numpy(), rows
    )


def _quarter_end(first_days: pl.Series, window: Window) -> np.ndarray:
    return window.month(first_days.cast(pl.Int32).to_numpy()) + 2
