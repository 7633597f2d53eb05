"""How old the open cases are."""

from datetime import date

import polars as pl

from metrics.cases import OPEN, registered

# First day of each band, as in the code list age_band; domain: ageing bands for all types.
BANDS = (0, 31, 91, 181, 366)


def ages(cases: pl.DataFrame | pl.LazyFrame, as_of: date) -> pl.DataFrame:
    """Return the open cases of each age band, youngest first, every band once.

    Columns: age_band (its first day, as code), value (Float64) and n: the open cases.
    """
    band = pl.lit(pl.Series(BANDS)).search_sorted(pl.col("days"), side="right") - 1
    counted = registered(cases, as_of).filter(OPEN).group_by(band=band).agg(n=pl.len()).collect()
    grid = pl.DataFrame({"band": range(len(BANDS)), "age_band": [str(day) for day in BANDS]})
    n = pl.col("n").fill_null(0)
    return grid.join(
        counted.with_columns(pl.col("band").cast(pl.Int64)), on="band", how="left"
    ).select("age_band", value=n.cast(pl.Float64), n=n.cast(pl.Int64))
