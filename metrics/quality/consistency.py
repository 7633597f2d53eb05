"""Whether totals of different tables, told by the same post, can both be true.

The templates bring no monthly total of cases, so that the cases themselves cannot be counted
against anything; and vacancies filled name no month, so that they cannot be held against
placements.
"""

import polars as pl

from metrics.frames import Rows
from metrics.policy.quality import DIFFERENCE
from metrics.quality.finding import TABLES, listed
from metrics.selection import Period

KINDS = ("placed_over_registered", "handled_over_received")


def inconsistent(rows: Rows, period: Period) -> list[pl.LazyFrame]:
    """Return the findings of totals that do not fit, one a post and month (and document type)."""
    placed = _placed_over_registered(rows).filter(TABLES["monthly_summary"].within(period))
    handled = _handled_over_received(rows).filter(TABLES["legalised_documents"].within(period))
    return [
        listed(
            placed,
            "monthly_summary",
            "placed_over_registered",
            "registered_new",
            measure=pl.col("excess"),
        ),
        listed(
            handled,
            "legalised_documents",
            "handled_over_received",
            "doc_type",
            measure=pl.col("excess"),
        ),
    ]


def _placed_over_registered(rows: Rows) -> pl.LazyFrame:
    """Return the monthly summaries with more workers placed than newly registered."""
    month = ["post_code", "period"]
    placed = rows.placements.lazy().group_by(month).agg(placed=pl.sum("count").cast(pl.Int64))
    registered, excess = pl.col("registered_new"), pl.col("excess")
    return (
        rows.monthly_summary.lazy()
        .unique(month, keep="last", maintain_order=True)
        .join(placed, on=month)
        .with_columns(excess=pl.col("placed") - registered)
        .filter(
            excess * 100 > DIFFERENCE.value["per_cent"] * registered,
            excess >= DIFFERENCE.value["workers"],
        )
    )


def _handled_over_received(rows: Rows) -> pl.LazyFrame:
    """Return the months of a post and document type with more handled than could be there.

    What was left of earlier months may be handled too. What lay there before the first month
    is not known: that month is not judged, and its rest counts as nothing.
    """
    key = ["post_code", "place", "doc_type"]
    handled = pl.sum_horizontal(pl.col("approved", "returned", "rejected").sum())
    flow = pl.col("received") - pl.col("handled")
    first = pl.int_range(pl.len()).over(key) == 0
    gained = pl.when(first).then(flow.clip(0)).otherwise(flow).cum_sum().over(key)
    # What is left is the distance from the lowest level so far.
    lowest = pl.col("gained").clip(None, 0).cum_min().shift(1, fill_value=0).over(key)
    return (
        rows.legalised_documents.lazy()
        .group_by(*key, "period")
        .agg(received=pl.sum("received").cast(pl.Int64), handled=handled.cast(pl.Int64))
        .sort(*key, "period")
        .with_columns(gained=gained)
        .with_columns(excess=lowest - pl.col("gained"))
        .filter(pl.col("excess") > 0)
    )
