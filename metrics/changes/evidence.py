"""How sure a change of a count is: tests widened by the count's own history, many at once."""

from collections.abc import Sequence

import polars as pl

from metrics.policy.changes import CERTAINTY, FEWEST_MONTHLY
from metrics.policy.numbers import FEWEST_BASE
from metrics.statistics.comparison import false_discovery, overdispersed, two_poisson
from metrics.statistics.control_charts import FEWEST_FOR_RULES, xmr


def evidence(
    windows: pl.DataFrame,
    months: pl.DataFrame,
    by: Sequence[str],
    current_days: int = 1,
    previous_days: int = 1,
) -> pl.DataFrame:
    """Return `windows` with `spread`, `p_value` and `chart`.

    `windows` has one row a series (`by`) with the counts `current` and `previous` of periods of
    so many days. `months` is its history: by, month (first day), value (null: not reported),
    block (of the months before, in and between the two periods; whole number), now (whether
    the month lies in the current period).

    `spread` is the variance of the months within their blocks over their mean: so the change
    itself does not count as ordinary variation. `p_value` is the test of two Poisson counts,
    widened by it; null for fewer cases than FEWEST_BASE. `chart` is whether
    the control chart of the months has a signal in the current period on the side of the
    change; null where there can be no such chart.
    """
    days = pl.lit(float(current_days)), pl.lit(float(previous_days))
    history = _spread(months, by).join(
        _chart(months, by), on=list(by), how="full", coalesce=True, nulls_equal=True
    )
    tested = two_poisson(
        windows.join(
            history, on=list(by), how="left", nulls_equal=True, maintain_order="left"
        ).with_columns(_now=days[0], _then=days[1]),
        current_exposure="_now",
        previous_exposure="_then",
    ).pipe(overdispersed, "spread", "free")
    enough = pl.col("current") + pl.col("previous") >= FEWEST_BASE.value
    rose = pl.col("current") * days[1] > pl.col("previous") * days[0]
    return tested.with_columns(
        p_value=pl.when(enough).then("p_value"),
        chart=pl.when(rose).then("above").otherwise("below"),
    ).drop("ratio", "free", "above", "below", "_now", "_then")


def _spread(months: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    value = pl.col("value")
    off = (value - value.mean().over([*by, "block"])) ** 2
    reported = months.filter(value.is_not_null()).with_columns(value.cast(pl.Float64))
    free = pl.len() - pl.col("block").n_unique()
    dispersion = pl.col("off").sum() / free / pl.mean("value")
    return (
        reported.lazy()
        .with_columns(off=off)
        .group_by(by)
        .agg(spread=pl.when(free > 0, pl.mean("value") > 0).then(dispersion), free=free)
        .collect()
    )


def _chart(months: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    chart = xmr(months, by)
    value = pl.col("value")
    fit = (value.count() >= FEWEST_FOR_RULES) & (value.mean() >= FEWEST_MONTHLY.value)
    marked = pl.col("now") & pl.col("signal").fill_null(False)
    off = value - pl.col("centre")
    return (
        chart.lazy()
        .group_by(by)
        .agg(
            above=pl.when(fit).then((marked & (off > 0)).any()),
            below=pl.when(fit).then((marked & (off < 0)).any()),
        )
        .collect()
    )


def with_certainty(candidates: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return the candidates of a briefing with `q_value` and `certainty`: clear, likely, null.

    Reads `p_value`, `material` and `chart`: a change is sure only if it is material and a chart,
    where there is one, has a signal too. Each group of `by` is a briefing of its own.
    """
    judged = false_discovery(candidates, by=by)
    passes = pl.col("material") & pl.col("chart").fill_null(True)
    limits = {word: per_cent / 100 for word, per_cent in CERTAINTY.value.items()}
    return judged.with_columns(
        certainty=pl.when(passes & (pl.col("q_value") <= limits["clear"]))
        .then(pl.lit("clear"))
        .when(passes & (pl.col("q_value") <= limits["likely"]))
        .then(pl.lit("likely"))
    )
