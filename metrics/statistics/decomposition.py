"""What a change is made of: the parts of a count, and rate and mix of a share."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.groups import finite, known, refuse, within

_MIXED = 0.5  # of all movement: below it, parts that cancel out have no meaningful shares


def contributions(
    frame: pl.DataFrame | pl.LazyFrame,
    part: str,
    current: str = "current",
    previous: str = "previous",
    by: Sequence[str] = (),
) -> pl.DataFrame:
    """Return what each part adds to the change of the sum: by, part, and four columns.

    One row of `frame` is a part of a group (several rows are added up), with counts or amounts
    in one unit; 0 where the part does not occur. `current`, `previous` and `difference` add up
    to those of the group, exactly for whole numbers. `share` is the part of the group's
    difference, null where nothing changed, and where the parts have mixed signs and cancel
    out more than half of their movement. Sorted by group and part. Raises ValueError for a
    missing number: not reported is no zero, and has no contribution.
    """
    table = frame.lazy().collect()
    refuse(table, pl.any_horizontal(pl.col(current, previous).is_null()), "missing numbers")
    counts = all(table.schema[column].is_integer() for column in (current, previous))

    def signed(column: str) -> pl.Expr:  # unsigned numbers have no negative differences
        return pl.col(column).cast(pl.Int64 if counts else pl.Float64)

    moved = pl.col("difference")
    total = within(moved.sum(), by)
    movement = within(moved.abs().sum(), by)
    tells = (total != 0) & (total.abs() >= _MIXED * movement)
    return (
        table.lazy()
        .group_by(*by, part)
        .agg(current=signed(current).sum(), previous=signed(previous).sum())
        .with_columns(difference=pl.col("current") - pl.col("previous"))
        .sort(*by, part)
        .with_columns(share=pl.when(tells).then(moved / total))
        .collect()
    )


def kitagawa(
    frame: pl.DataFrame | pl.LazyFrame,
    part: str,
    current: str = "current",
    previous: str = "previous",
    current_weight: str = "current_weight",
    previous_weight: str = "previous_weight",
    by: Sequence[str] = (),
) -> pl.DataFrame:
    """Return how much each part moves a rate by its own rate, and by its weight in the mix.

    One row of `frame` is a part of a group: its rate or share in both periods, and its weight
    (cases, workers), which is taken as a part of the group's weight. Columns by, part,
    `rate_effect`, `mix_effect`, in the unit of the rate; their sum over a group is the change
    of the group's rate. A part without weight in one period has no rate there: all its effect
    is mix. Null where a group has no weight in a period, or a part has weight and no rate.
    Raises ValueError for negative weights or a part told twice. Source: Kitagawa 1955.
    """
    table = frame.lazy().collect()
    weights = known(current_weight), known(previous_weight)
    refuse(table, pl.any_horizontal(w < 0 for w in weights), "negative weights")
    refuse(table, pl.struct(*by, part).is_duplicated(), "parts told more than once")
    parts = table.with_columns(
        _w1=_part_of(weights[0].fill_null(0), by), _w0=_part_of(weights[1].fill_null(0), by)
    )
    now = pl.when(pl.col("_w1") > 0).then(known(current))
    then = pl.when(pl.col("_w0") > 0).then(known(previous))
    # A rate that does not exist is set to the other: it then has no effect of its own.
    empty_now, empty_then = pl.col("_w1") == 0, pl.col("_w0") == 0
    r1 = pl.when(empty_now & empty_then).then(0.0).when(empty_now).then(then).otherwise(now)
    r0 = pl.when(empty_now & empty_then).then(0.0).when(empty_then).then(now).otherwise(then)
    w1, w0 = pl.col("_w1"), pl.col("_w0")
    return parts.select(
        *by,
        part,
        rate_effect=finite((r1 - r0) * (w1 + w0) / 2),
        mix_effect=finite((w1 - w0) * (r1 + r0) / 2),
    ).sort(*by, part)


def _part_of(weight: pl.Expr, by: Sequence[str]) -> pl.Expr:
    total = within(weight.sum(), by)
    return pl.when(total > 0).then(weight / total)
