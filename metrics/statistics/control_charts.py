"""Signal or noise: the XmR control chart of a series of months."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.groups import known, refuse, within

FEWEST_FOR_LIMITS = 8
FEWEST_FOR_RULES = 13
RUN = 7  # points


def xmr(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "month",
    value: str = "value",
) -> pl.DataFrame:
    """Return the frame with `centre`, `lower`, `upper`, `signal`, `rule`, by `by` and `time`.

    One row is a period of a group: `time` a date (or datetime) in its month, or a whole
    number; `value` a number in any unit, null for a month without a report. Periods must be
    equally spaced; the shortest step between two of them is taken as the spacing. A null, or
    an absent row, breaks the line: no moving range and no run goes across.

    `centre` is the mean, the limits lie 2.66 mean moving ranges from it, after moving ranges
    of 3.267 times their mean or more were left out once. The lower limit is not cut at 0.
    `rule` is the first that marks the point: 1 outside the limits; 2 one of seven or more
    in a row on one side; 3 one of seven or more in a row rising or falling; 4 one of three in
    a row on one side of which two lie beyond two thirds of the way to the limit.
    With fewer than 13 values `signal` and `rule` are null and the limits provisional; with
    fewer than 8 there are no limits either. To start afresh after a change, put the phase
    in `by`. Values that are not finite count as null.

    Raises ValueError for a missing time, or two rows of a group in one month, TypeError for
    times of another kind. Sources: NHS England, Making Data Count, as in NHSRplotthedots;
    Nelson 1982 (leaving out large ranges). Unlike NHSRplotthedots, rule 4 counts points beyond
    the limits among the two, and marks all three.
    """
    table = frame.lazy().collect()
    added = ["centre", "lower", "upper", "signal", "rule"]
    columns = [column for column in table.columns if column not in added]
    working = (
        table.with_columns(_at=position(table.schema, time), _x=known(value))
        .sort(*by, time)
        .pipe(unbroken, by)
        .pipe(_limits, by)
        .pipe(_rules, [*by, "_piece"])
    )
    ready = (within(pl.col("_x").count(), by) >= FEWEST_FOR_RULES) & (
        pl.all_horizontal("_x", "upper").is_not_null()
    )
    marks = [pl.when(pl.col(f"_rule_{n}")).then(n) for n in (1, 2, 3, 4)]
    return (
        working.with_columns(rule=pl.when(ready).then(pl.coalesce(marks).cast(pl.Int8)))
        .with_columns(signal=pl.when(ready).then(pl.col("rule").is_not_null()))
        .select(*columns, *added)
    )


def position(schema: pl.Schema, time: str) -> pl.Expr:
    """Return where a row stands in time, in whole steps. Raises TypeError for other kinds."""
    if schema[time].is_temporal() and schema[time] not in (pl.Duration, pl.Time):
        day = pl.col(time).dt
        return day.year().cast(pl.Int64) * 12 + day.month()
    if schema[time].is_integer():
        return pl.col(time).cast(pl.Int64)
    if schema[time] == pl.Null:  # an empty frame without types
        return pl.col(time).cast(pl.Int64)
    raise TypeError(f"'{time}' must hold dates or whole numbers, not {schema[time]}")


def unbroken(table: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Add `_piece`, which counts up at every break of the line."""
    refuse(table, pl.col("_at").is_null(), "rows without a time")
    table = table.with_columns(_step=within(pl.col("_at").diff(), by))
    refuse(table, pl.col("_step") == 0, "more than one row in the same month of a group")
    gap = pl.col("_step") > pl.col("_step").min()
    missing = pl.col("_x").is_null()
    breaks = gap | missing | within(missing.shift(1), by)
    return table.with_columns(_piece=within(breaks.fill_null(False).cum_sum(), by))


def _limits(table: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    x, moved = pl.col("_x"), pl.col("_moved")
    mean_moved = within(moved.mean(), by)
    enough = within(x.count(), by) >= FEWEST_FOR_LIMITS
    reach = 2.66 * within(pl.col("_kept").mean(), by)
    return (
        table.with_columns(_moved=within(x.diff().abs(), [*by, "_piece"]))
        # a level series has only ranges of 0, of which none is large
        .with_columns(_kept=pl.when((moved < 3.267 * mean_moved) | (moved == 0)).then(moved))
        .with_columns(centre=pl.when(enough).then(within(x.mean(), by)))
        .with_columns(_reach=pl.when(enough).then(reach))
        .with_columns(
            lower=pl.col("centre") - pl.col("_reach"),
            upper=pl.col("centre") + pl.col("_reach"),
            # the mean of equal numbers can differ from them by rounding
            _slack=1e-12 * within(x.abs().max(), by),
        )
    )


def _rules(table: pl.DataFrame, piece: Sequence[str]) -> pl.DataFrame:
    """Add `_rule_1` to `_rule_4`, whether the rule marks the point."""
    off = pl.col("_x") - pl.col("centre")
    beyond, reach, slack = off.abs(), pl.col("_reach"), pl.col("_slack")
    side, way = pl.col("_side"), pl.col("_way")
    table = table.with_columns(
        _side=pl.when(beyond > slack).then(off.sign()).otherwise(0).cast(pl.Int8),
        _far=beyond > 2 / 3 * reach + slack,
        _way=pl.col("_x").diff().over(piece).sign().fill_null(0).cast(pl.Int8),
    ).with_columns(
        _side_run=side.rle_id().over(piece),
        _way_run=way.rle_id().over(piece),
    )
    one_side = (pl.len().over([*piece, "_side_run"]) >= RUN) & (side != 0)
    # seven points have six steps between them, and the first of them has no step of its own
    one_way = (pl.len().over([*piece, "_way_run"]) >= RUN - 1) & (way != 0)
    near_limit = pl.any_horizontal(_two_of_three(sign, piece) for sign in (1, -1))
    return table.with_columns(
        _rule_1=beyond > reach + slack, _rule_2=one_side, _rule_3=one_way, _rule_4=near_limit
    ).with_columns(
        _rule_3=pl.col("_rule_3") | pl.col("_rule_3").shift(-1, fill_value=False).over(piece)
    )


def _two_of_three(sign: int, piece: Sequence[str]) -> pl.Expr:
    here = pl.col("_side") == sign
    last = (here.cast(pl.Int8).rolling_sum(3) == 3) & (
        (here & pl.col("_far")).cast(pl.Int8).rolling_sum(3) >= 2
    )
    last = last.fill_null(False)
    marked = last | last.shift(-1, fill_value=False) | last.shift(-2, fill_value=False)
    return marked.over(piece)
