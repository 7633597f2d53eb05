"""Thirteen posts, twelve places and the total tell the same: totals come from rows."""

from dataclasses import replace
from datetime import date
from functools import cache

import polars as pl
import pytest

from data_access.reference import posts
from metrics.catalogue import METRICS
from metrics.frames import Rows
from metrics.metric import Metric, measure
from metrics.selection import Period
from tests.builders import rows
from tests.metrics.chance import tables

YEAR = Period(date(2025, 7, 1), date(2026, 6, 30))
# Counts, which a group without rows has 0 of; cases without a post or twice listed have none.
COUNTS = [
    metric
    for metric in METRICS.values()
    if metric.of_nothing == 0 and not metric.always_by and metric.only_by is None
]
SHARES = [
    METRICS[name]
    for name in ("median_resolution_days", "on_time_share", "fill_rate", "coverage_pct")
]


@cache
def _everywhere() -> Rows:
    """The rows of four posts once more for each of three others, so that all 13 have some."""
    told = rows(**tables(11, 300))
    places = dict(posts().select("post_code", "place").rows())
    names = list(places)
    sources = ("RUH", "JED", "HKG", "DAM")

    def spread(table: pl.DataFrame) -> pl.DataFrame:
        if "post_code" not in table.columns or table.is_empty():
            return table
        parts = []
        for index, post in enumerate(names):
            source = sources[index % 4]
            part = table.filter(pl.col("post_code").cast(pl.String) == source)
            moved = {
                c: pl.col(c).str.replace(source, post)
                for c in ("case_id", "jo_id")
                if c in table.columns
            }
            parts.append(
                part.with_columns(
                    pl.lit(post).cast(table.schema["post_code"]).alias("post_code"),
                    pl.lit(places[post]).cast(table.schema["place"]).alias("place"),
                    **moved,
                )
            )
        return pl.concat(parts)

    return replace(told, **{name: spread(getattr(told, name)) for name in vars(told)})


@pytest.mark.parametrize("metric", COUNTS, ids=lambda metric: metric.name)
def test_posts_and_places_add_up_to_the_total(metric: Metric):
    everything = _everywhere()
    [total] = measure(metric, everything, YEAR)["value"]
    by_post = measure(metric, everything, YEAR, by=["post_code"])
    by_place = measure(metric, everything, YEAR, by=["place"])

    assert by_post["value"].sum() == pytest.approx(total)
    assert by_place["value"].sum() == pytest.approx(total)
    assert by_post.height <= 13
    assert by_place.height <= 12


@pytest.mark.parametrize("metric", SHARES, ids=lambda metric: metric.name)
def test_medians_and_shares_of_a_total_are_made_of_its_rows_not_of_its_parts(metric: Metric):
    everything = _everywhere()
    saudi = everything.only(pl.col("place").cast(pl.String) == "SAU", needs="place")
    alone = measure(metric, saudi, YEAR).row(0)
    by_place = measure(metric, everything, YEAR, by=["place"])

    assert by_place.filter(pl.col("place").cast(pl.String) == "SAU").row(0)[1:] == pytest.approx(
        alone
    )
    assert by_place["n"].sum() == measure(metric, everything, YEAR)["n"].item()
