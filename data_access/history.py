"""What only the succession of files tells: when a case was first told, reopened, handed on; how an
order was filled month by month."""

import polars as pl

from data_access import reference


def reports(submissions: pl.DataFrame) -> pl.DataFrame:
    """Return the submissions with `received_on`: the day at the post on which each came."""
    zones = dict(reference.posts().select("post_code", "time_zone").iter_rows())
    here = [
        pl.when(pl.col("post_code") == post).then(
            pl.col("received_at").dt.convert_time_zone(zone).dt.date()
        )
        for post, zone in zones.items()
    ]
    return submissions.with_columns(received_on=pl.coalesce(here))


def of_cases(versions: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Return what the versions of the cases tell beyond the last one, a row for each case.

    `versions` has post_code, case_id, submission, version, date_closed, holder; `told` is a
    result of `reports`. Columns: post_code, case_id, first_told, first_closed, reopened,
    held_since, as metrics/frames.py explains them. Closed and opened again by files of the same
    month is a correction and no reopening.
    """
    months = told.lazy().select("received_on", "period", submission="id")
    same = (pl.col("case_id") == pl.col("case_id").shift()) & (
        pl.col("post_code") == pl.col("post_code").shift()
    )
    closed_before = pl.col("date_closed").shift().is_not_null()
    later = pl.col("period") > pl.col("period").shift()
    opened_again = same & pl.col("date_closed").is_null() & closed_before & later
    handed_on = ~same | pl.col("holder").ne_missing(pl.col("holder").shift())
    return (
        versions.lazy()
        .filter(~pl.col("removed"))
        .join(months, on="submission")
        .sort("post_code", "case_id", "submission", "version")
        .with_columns(
            _opened_again=opened_again.fill_null(False), _handed_on=handed_on.fill_null(True)
        )
        .group_by("post_code", "case_id", maintain_order=True)
        .agg(
            first_told=pl.col("received_on").first(),
            first_closed=pl.col("date_closed").drop_nulls().first(),
            reopened=pl.col("period").filter("_opened_again").first().dt.month_end(),
            held_since=pl.col("period").filter("_handed_on").last(),
        )
        .collect()
    )


def of_orders(versions: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Return what each month's files said last of each job order.

    `versions` has post_code, jo_id, submission, version, filled, status; `told` is a result of
    `reports`. Columns: jo_id, post_code, period, filled, status.
    """
    months = told.lazy().select("period", submission="id")
    return (
        versions.lazy()
        .filter(~pl.col("removed"))
        .join(months, on="submission")
        .sort("submission", "version")
        .unique(["post_code", "jo_id", "period"], keep="last", maintain_order=True)
        .select("jo_id", "post_code", "period", "filled", "status")
        .collect()
    )
