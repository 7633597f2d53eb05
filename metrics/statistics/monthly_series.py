"""Series of consecutive months: what follows a group's last gap."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.groups import known, refuse, within


def unbroken(
    frame: pl.DataFrame | pl.LazyFrame, by: Sequence[str], time: str, value: str
) -> pl.DataFrame:
    """Return `by`, `time` (first day of the month), `value`, `_all` (0), sorted by group and month.

    Of each group only the consecutive months after its last gap: a null within the series or an
    absent month. Nulls at the end are left out, they are no gap. Values that are not finite
    count as null. Raises ValueError for a missing time, two rows of a group in one month, or a
    negative value, TypeError for times that are not dates.
    """
    table = frame.lazy().select(*by, time, known(value).alias(value)).collect()
    kind = table.schema[time]
    if kind not in (pl.Date, pl.Datetime, pl.Null):
        raise TypeError(f"'{time}' must hold dates, not {kind}")
    refuse(table, pl.col(time).is_null(), "rows without a time")
    refuse(table, pl.col(value) < 0, "values below 0")
    month = pl.col(time).cast(pl.Date).dt.truncate("1mo")
    count = month.dt.year().cast(pl.Int64) * 12 + month.dt.month()
    table = (
        table.with_columns(month.alias(time), _at=count, _all=pl.lit(0, pl.Int8))
        .sort(*by, time)
        .with_columns(_step=within(pl.col("_at").diff(), by))
    )
    refuse(table, pl.col("_step") == 0, "more than one row in the same month of a group")
    table = table.drop_nulls(value)
    gap = within(pl.col("_at").diff(), by) > 1
    piece = within(gap.fill_null(False).cum_sum(), by)
    return (
        table.with_columns(_piece=piece)
        .filter(pl.col("_piece") == within(pl.col("_piece").max(), by))
        .select(*by, time, value, "_all")
    )
