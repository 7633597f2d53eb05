"""How far a total is in few hands: the Herfindahl-Hirschman index."""

from collections.abc import Sequence

import polars as pl

from metrics.policy.demand import CONCENTRATION
from metrics.statistics.groups import refuse, summary


def herfindahl(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    *,
    share_of: str,
    counted: str,
) -> pl.DataFrame:
    """Return `by`, `n`, `hhi`, `effective`, sorted by `by`; without `by` one row.

    One row of `frame` adds `counted` (a number of vacancies or workers) to the holder
    `share_of` (a sector, an agency). `n` is the total. `hhi` is the sum of the squared shares,
    0 to 10,000, unbiased: the chance that two of the n, drawn without replacement, have the
    same holder. `effective` is 1 over the plain sum of squares: how many holders of equal size
    would give it, so never more than there are. Both are null below the least n of policy. Rows
    without holder or number are left out. Raises ValueError for negative numbers.

    Sources: Herfindahl 1950; Simpson 1949 (the unbiased form); bands of the US Department of
    Justice and Federal Trade Commission 2023.
    """
    rows = frame.lazy().select(*by, holder=pl.col(share_of), counted=pl.col(counted))
    known = rows.filter(pl.all_horizontal(pl.col("holder", "counted").is_not_null()))
    held = known.group_by(*by, "holder").agg(
        # as Float64, for the squares of 4,294,967,296 and more overflow
        held=pl.col("counted").cast(pl.Float64).sum(),
        least=pl.col("counted").min(),
    )
    held = held.collect()
    refuse(held, pl.col("least") < 0, "negative numbers in a sum of shares")
    sums = summary(held.lazy(), by, n=pl.sum("held"), squares=pl.col("held").pow(2).sum())
    n, squares = pl.col("n"), pl.col("squares")
    enough = n >= CONCENTRATION.value["fewest"]
    return sums.select(
        *by,
        n.cast(pl.Int64),
        hhi=pl.when(enough).then(10_000 * (squares - n) / (n * (n - 1))),
        effective=pl.when(enough).then(n**2 / squares),
    )
