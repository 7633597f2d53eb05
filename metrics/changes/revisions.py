"""What changed between two versions of the data about the same period."""

from collections.abc import Sequence

import polars as pl

from metrics.changes.counts import COUNTED
from metrics.frames import Rows
from metrics.selection import Period

# What makes a row the same row in another version; the rest of it may be corrected.
_KEYS = {
    "verified_vacancies": ["jo_id"],
    "placements": [
        "post_code",
        "period",
        "agency_code",
        "employer_type",
        "sector_code",
        "scheme",
        "gender",
    ],
}
_CASE = ["case_id"]
_KINDS = ("added", "changed", "removed")


def revisions(before: Rows, after: Rows, period: Period) -> pl.DataFrame:
    """Return how each count of a period differs between two data versions, for each post.

    Columns metric (of metrics.changes.counts.COUNTED), post_code (text; null: all posts),
    `before`, `after`, `difference`, and what it comes from, in the metric's unit: `added` by rows
    that are in the later version alone, `removed` (not positive) by those in the earlier alone,
    `changed` by rows in both of which what is counted was corrected (a date, a status, a post,
    a number). The three add up to the difference, and the posts to the row of all posts,
    exactly. A post stands there if it has rows in either version; sorted by metric and post.
    """
    return pl.concat(_revised(name, before, after, period) for name in COUNTED)


def _revised(name: str, before: Rows, after: Rows, period: Period) -> pl.DataFrame:
    keys = _KEYS.get(name, _CASE)
    then, now = (_by_row(name, rows, period, keys) for rows in (before, after))
    ever = [_numbers(name, rows, keys) for rows in (before, after)]
    on = _with_post(keys)
    moved = pl.col("after") - pl.col("before")
    both = (
        then.rename({"n": "before"})
        .join(now.rename({"n": "after"}), on=on, how="full", coalesce=True, nulls_equal=True)
        .join(ever[0].with_columns(was=True), on=keys, how="left", nulls_equal=True)
        .join(ever[1].with_columns(is_=True), on=keys, how="left", nulls_equal=True)
        .with_columns(pl.col("before", "after").fill_null(0))
        .with_columns(
            kind=pl.when(pl.col("was").is_null())
            .then(pl.lit("added"))
            .when(pl.col("is_").is_null())
            .then(pl.lit("removed"))
            .otherwise(pl.lit("changed"))
        )
    )
    sums = {kind: moved.filter(pl.col("kind") == kind).sum() for kind in _KINDS}
    totals = [pl.sum("before"), pl.sum("after")]
    parts = both.group_by("post_code").agg(*totals, **sums)
    whole = both.select(pl.lit(None, pl.String).alias("post_code"), *totals, **sums)
    columns = ["before", "after", "difference", *_KINDS]
    return (
        pl.concat([whole.unique(), parts])
        .with_columns(metric=pl.lit(name), difference=moved)
        .select("metric", "post_code", *(pl.col(c).cast(pl.Int64) for c in columns))
        .sort("post_code", nulls_last=False)
        .collect()
    )


def _with_post(keys: list[str]) -> list[str]:
    return list(dict.fromkeys(("post_code", *keys)))


def _text(columns: Sequence[str]) -> list[pl.Expr]:
    """Return the columns as text: the code lists of two versions may differ."""
    return [pl.col(column).cast(pl.String) for column in columns]


def _by_row(name: str, rows: Rows, period: Period, keys: list[str]) -> pl.LazyFrame:
    counted = COUNTED[name].rows(rows, period)
    return counted.group_by(_text(_with_post(keys))).agg(pl.col("n").sum())


def _numbers(name: str, rows: Rows, keys: list[str]) -> pl.LazyFrame:
    tables = {"verified_vacancies": rows.job_orders, "placements": rows.placements}
    table = tables.get(name, rows.cases).lazy()
    return table.select(_text(keys)).unique()
