"""A survival curve told on the days that people ask about."""

import polars as pl

DAYS = (7, 14, 30, 60, 90, 180, 365)


def closed_by_day(curve: pl.DataFrame) -> pl.DataFrame:
    """Return the share closed by each milestone day that the curve reaches.

    `curve` is that of metrics.durations.duration_curve or statistics.survival.kaplan_meier,
    without groups. Columns: days, value (share closed), n (cases still followed), lower, upper.
    """
    last = curve["days"].max() or 0
    begin = curve.get_column("seen_after", default=curve["days"].clear()).max() or 0
    reached = [day for day in DAYS if begin < day <= last]
    milestones = pl.DataFrame({"days": reached}, schema={"days": pl.Int64})
    steps = curve.with_columns(pl.col("days").cast(pl.Int64)).sort("days")
    # Before the first step nothing is closed; followed are all who leave on the day or later.
    start = pl.DataFrame({"days": -1, "survival": 1.0, "lower": 1.0, "upper": 1.0})
    shares = pl.concat([start, steps.select(start.columns)])
    joined = milestones.join_asof(shares, on="days", strategy="backward").join_asof(
        steps.select("days", "at_risk"), on="days", strategy="forward"
    )
    return joined.select(
        "days",
        value=1 - pl.col("survival"),
        n=pl.col("at_risk"),
        lower=1 - pl.col("upper"),
        upper=1 - pl.col("lower"),
    )
