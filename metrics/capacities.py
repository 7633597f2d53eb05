"""What a post has at hand, as Jakarta keeps it: places in its shelter, officers at their desks."""

import polars as pl


def holding(
    monthly: pl.LazyFrame, capacities: pl.DataFrame | pl.LazyFrame, column: str
) -> pl.LazyFrame:
    """Return the rows (`post_code`, `period`, ...) with the capacity that held in their month.

    `column` is shelter_capacity (people) or staff_count (officers). A figure holds from its
    month until the next one; before the first, and where the one that holds is not known, the
    column is null.
    """
    # As text on both sides: the Enums of empty tables have no categories.
    kept = capacities.lazy().select(pl.col("post_code").cast(pl.String), "period", column)
    rows = monthly.with_columns(_post=pl.col("post_code").cast(pl.String)).sort("period")
    return rows.join_asof(
        kept.rename({"post_code": "_post"}).sort("period"),
        on="period",
        by="_post",
        check_sortedness=False,
    ).drop("_post")
