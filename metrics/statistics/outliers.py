"""Which values lie far from the others of their group, whatever the shape of the far ones."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.groups import finite, refuse, within

FURTHEST = 3.5
FEWEST = 10
NORMAL_QUARTILE = 0.6745  # MAD of a normal distribution with standard deviation 1
NORMAL_MEAN = 1.2533  # standard deviation over mean absolute deviation of a normal distribution


def robust_z(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    value: str = "value",
    log: bool = False,
) -> pl.DataFrame:
    """Return the frame, in its order, with `z` (Float64) and `outlier` (Boolean) within `by`.

    z = 0.6745 (x - median) / MAD, where MAD is the median absolute deviation from the median;
    an outlier has |z| > 3.5. Where more than half of the values are equal the MAD is 0: then
    z = (x - median) / (1.2533 mean |x - median|). Both are null for a value that is missing or
    not finite, in a group of fewer than 10 values, and where all values are equal. With `log`
    x = ln(1 + value), for counts, durations and amounts, which grow in proportion. Raises
    ValueError for negative values with `log`. Source: Iglewicz and Hoaglin 1993.
    """
    table = frame.lazy().collect()
    columns = [column for column in table.columns if column not in ("z", "outlier")]
    x = finite(pl.col(value))
    if log:
        refuse(table, x < 0, "negative values have no logarithm here")
        x = x.log1p()
    off = pl.col("_off")
    spread = within(off.abs().median(), by)
    mean_spread = NORMAL_MEAN * within(off.abs().mean(), by)
    scale = pl.when(spread > 0).then(spread / NORMAL_QUARTILE).otherwise(mean_spread)
    enough = within(off.count(), by) >= FEWEST
    return (
        table.with_columns(_x=x)
        .with_columns(_off=pl.col("_x") - within(pl.col("_x").median(), by))
        .with_columns(_scale=pl.when(enough & (scale > 0)).then(scale))
        .with_columns(z=off / pl.col("_scale"))
        .with_columns(outlier=pl.col("z").abs() > FURTHEST)
        .select(*columns, "z", "outlier")
    )
