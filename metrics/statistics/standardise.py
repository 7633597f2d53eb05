"""What a unit would show if each of its cases went as the cases of its kind go everywhere."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.groups import known, names, refuse, within
from metrics.statistics.intervals import poisson_rate


def indirect(
    frame: pl.DataFrame | pl.LazyFrame,
    unit: str | Sequence[str],
    stratum: str | Sequence[str],
    cases: str = "cases",
    hits: str = "hits",
) -> pl.DataFrame:
    """Return `unit`, `observed`, `expected`, `ratio`, `lower`, `upper`, sorted by unit.

    A row of `frame` is a part of a unit (a post) and of a stratum (a kind of case); parts that
    come twice are summed. `cases` is a count or an exposure, `hits` how often it happened;
    a row in which one of them is missing does not count. `expected` is the hits of the unit if
    each stratum had the rate of all units together; so it sums to all hits. `ratio` is observed
    / expected with 95 % limits, null where nothing was expected. Null is a unit, or a stratum,
    like any other. Compare a unit with 1, not with another unit: their mixes differ.

    The limits are exact for every count (Garwood 1936), of which Byar's are an approximation;
    for shares, which vary less than Poisson counts, they are too wide rather than too narrow.
    Raises ValueError for negative numbers, and for hits in a stratum without cases.
    Source: Breslow and Day 1987, volume II.
    """
    units = names(unit)
    strata = {f"_stratum_{i}": pl.col(column) for i, column in enumerate(names(stratum))}
    told = known(cases).is_not_null() & known(hits).is_not_null()
    parts = (
        frame.lazy()
        .select(
            *units,
            **strata,
            _cases=pl.when(told).then(known(cases)),
            _hits=pl.when(told).then(known(hits)),
        )
        .group_by(*units, *strata)
        .agg(pl.sum("_cases", "_hits"), _least=pl.min_horizontal(pl.min("_cases", "_hits")))
        .sort(*units, *strata)
        .with_columns(
            _all_cases=within(pl.sum("_cases"), list(strata)),
            _all_hits=within(pl.sum("_hits"), list(strata)),
        )
        .collect()
    )
    refuse(parts, pl.col("_least") < 0, "negative cases or hits")
    nobody = pl.col("_all_cases") == 0
    refuse(parts, nobody & (pl.col("_hits") > 0), "hits in a stratum without cases")
    usual = pl.when(~nobody).then(pl.col("_all_hits") / pl.col("_all_cases")).otherwise(0.0)
    summed = parts.group_by(units, maintain_order=True).agg(
        observed=pl.sum("_hits"), expected=(pl.col("_cases") * usual).sum()
    )
    return observed_over_expected(summed)


def observed_over_expected(summed: pl.DataFrame) -> pl.DataFrame:
    """Return the table with `ratio`, `lower`, `upper` of its columns observed and expected.

    Exact 95 % Poisson limits on the observed count; null where nothing was expected.
    """
    return poisson_rate(summed, "observed", "expected", per=1).rename({"rate": "ratio"})
