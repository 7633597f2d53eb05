"""What changed between two periods, ranked, with what each post, type and sector adds."""

from collections.abc import Sequence

import polars as pl

from metrics.changes.counts import COUNTED, SERIES, Stretch, history, windows
from metrics.changes.evidence import evidence, with_certainty
from metrics.changes.revisions import revisions
from metrics.changes.speed import speeds
from metrics.codes import DEATH, TRAFFICKING
from metrics.frames import Rows
from metrics.policy.changes import MATERIAL
from metrics.reporting import whole_posts
from metrics.selection import Period
from metrics.statistics.decomposition import contributions

__all__ = ["CHANGES", "changes", "compared_posts", "revisions"]

ALWAYS = (DEATH, TRAFFICKING)  # types of case told whatever their number, without a test
CHANGES = {
    "metric": pl.String,
    "dimension": pl.String,
    "member": pl.String,
    "current": pl.Float64,
    "previous": pl.Float64,
    "difference": pl.Float64,
    "contribution": pl.Float64,
    "share": pl.Float64,
    "p_value": pl.Float64,
    "q_value": pl.Float64,
    "material": pl.Boolean,
    "always": pl.Boolean,
    "certainty": pl.String,
    "rank": pl.Float64,
}


def compared_posts(
    rows: Rows, period: Period, earlier: Period, posts: Sequence[str] | None = None
) -> list[str]:
    """Return the posts that reported every month of both periods; none if the periods overlap."""
    if earlier.last >= period.first:
        return []
    whole = whole_posts(rows.submissions, period, earlier)
    return [post for post in whole if posts is None or post in posts]


def changes(
    rows: Rows,
    period: Period,
    *,
    earlier: Period | None = None,
    posts: Sequence[str] | None = None,
) -> pl.DataFrame:
    """Return every figure that may have changed since an earlier period, the weightiest first.

    `earlier` is the same stretch a year before unless given; it must end before the period.
    Only posts that reported every month of both are compared, and of them only `posts`, if
    given. No such post: no rows. Columns as in CHANGES, one row a series:

    `metric` is a name in the catalogue, or severe_new_cases; `dimension` total, post, place,
    case_type or sector; `member` the code within it (null: the total, or not told). `current`,
    `previous`, `difference` are in the metric's unit. For counts `contribution` is what the
    member adds to the total's difference: over the posts, places, types or sectors it adds up
    to it exactly; `share` is its part of it (see decomposition.contributions). `p_value` is
    that of two Poisson counts widened by the series' own variation, or of a log-rank test for
    speed; null: not tested. `q_value` counts all tests of the briefing. `material`: large
    enough to matter. `always`: a death or trafficking case, told whatever the number.
    `certainty` is clear, likely or null: tested, material, and a signal of the control chart
    where there is one. `rank` is |cases moved| times their mean urgency.
    """
    earlier = period.a_year_earlier() if earlier is None else earlier
    compared = compared_posts(rows, period, earlier, posts)
    if not compared:
        return pl.DataFrame(schema=CHANGES)
    same = rows.only(pl.col("post_code").cast(pl.String).is_in(compared), needs="post_code")
    stretch = Stretch(period, earlier)
    candidates = pl.concat(
        [_counts(same, stretch, compared), _speeds(same, stretch)], how="diagonal_relaxed"
    )
    judged = with_certainty(_once(candidates, same)).with_columns(
        difference=pl.col("current") - pl.col("previous")
    )
    return judged.select(pl.col(column).cast(kind) for column, kind in CHANGES.items()).sort(
        "rank", *SERIES, descending=[True, False, False, False], nulls_last=True
    )


def _counts(rows: Rows, stretch: Stretch, posts: Sequence[str]) -> pl.DataFrame:
    counted = windows(rows, stretch)
    summed = counted.group_by(SERIES).agg(pl.sum("current", "previous", "weight"))
    summed = summed.filter(pl.col("current") + pl.col("previous") > 0).sort(SERIES)
    tested = evidence(
        summed,
        history(counted, rows, stretch, posts),
        SERIES,
        stretch.current.days,
        stretch.previous.days,
    )
    added = contributions(summed, "member", by=SERIES[:2])
    whole = summed.filter(dimension="total").select("metric", whole="previous")
    moved = (pl.col("current") - pl.col("previous")).abs()
    enough = MATERIAL.value
    may_test = pl.col("metric").is_in([name for name, c in COUNTED.items() if c.tested])
    of_kind = (pl.col("dimension") == "case_type") & pl.col("member").is_in(ALWAYS)
    of_kind &= pl.col("metric").is_in(["new_cases", "severe_new_cases"])
    return (
        tested.join(added.select(*SERIES, "difference", "share"), on=SERIES, nulls_equal=True)
        .join(whole, on="metric", how="left")
        .with_columns(
            pl.when(may_test & ~of_kind.fill_null(False)).then("p_value").alias("p_value"),
            contribution=pl.col("difference"),
            always=of_kind.fill_null(False) & (pl.col("metric") == "new_cases"),
            rank=moved * pl.col("weight") / (pl.col("current") + pl.col("previous")),
        )
        .with_columns(
            material=pl.col("always")
            | (moved >= enough["cases"])
            | ((moved > 0) & (moved * 100 >= pl.col("whole") * enough["per_cent"]))
        )
        .drop("difference")
    )


def _speeds(rows: Rows, stretch: Stretch) -> pl.DataFrame:
    moved = pl.col("moved").abs()
    return speeds(rows, stretch).with_columns(
        chart=pl.lit(None, pl.Boolean),
        always=pl.lit(False),
        material=(moved >= MATERIAL.value["cases"]).fill_null(False),
        rank=moved * pl.col("weight"),
    )


def _once(candidates: pl.DataFrame, rows: Rows) -> pl.DataFrame:
    """Leave untested the place of a single post, which says the same as its post."""
    places = rows.submissions.group_by(pl.col("place").cast(pl.String))
    single = places.agg(posts=pl.col("post_code").n_unique()).filter(posts=1)["place"]
    same = (pl.col("dimension") == "place") & pl.col("member").is_in(single.implode())
    return candidates.with_columns(pl.when(~same.fill_null(False)).then("p_value").alias("p_value"))
