"""In which way things end, when they can end in several: cumulative incidence."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.groups import refuse, within
from metrics.statistics.intervals import log_log


def cumulative_incidence(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "days",
    cause: str = "outcome",
    censored: str = "open",
) -> pl.DataFrame:
    """Return the share of cases ended by each cause up to each time, 0 to 1.

    One row of `frame` is a case: `time` its age in days at the end or at the last look,
    `cause` the way it ended; `censored` or null there means not ended. The result has `by`,
    `days`, `cause` (dtypes kept), `incidence`, `std_error`, `lower`, `upper`, sorted by `by`,
    `days` and `cause`: for each group and each of its distinct times a row for every cause met
    anywhere in the frame, so no row at all if nothing has ended. Over the causes the incidences
    sum to 1 - survival. An incidence of 0 has limits 0; one of 1 has neither error nor limits.
    Rows without a time are left out. Raises ValueError for negative times.

    Sources: Aalen and Johansen 1978; variance by the delta method, Marubini and Valsecchi
    1995; limits on the log(-log) scale.
    """
    cases = (
        frame.lazy()
        .select(*by, days=pl.col(time), cause=pl.col(cause))
        .filter(pl.col("days").is_not_null() & pl.col("days").is_not_nan())
        # as text, for an Enum refuses to be compared with a word it does not have
        .with_columns(ended=pl.col("cause").cast(pl.String).ne(censored).fill_null(False))
    )
    ended = cases.filter("ended").group_by(*by, "days", "cause").agg(events=pl.len()).collect()
    risk = (
        cases.group_by(*by, "days")
        .agg(left=pl.len().cast(pl.Int64), all_events=pl.col("ended").sum())
        .sort(*by, "days")
        .with_columns(at_risk=within(pl.col("left").cum_sum(reverse=True), by).cast(pl.Float64))
        .with_columns(still=1 - pl.col("all_events") / pl.col("at_risk"))
        .with_columns(before=within(pl.col("still").cum_prod().shift(1, fill_value=1.0), by))
        .collect()
    )
    refuse(risk, pl.col("days") < 0, "negative times; set such cases aside first")
    return (
        risk.join(ended.select(pl.col("cause").unique()), how="cross")
        .join(ended, on=[*by, "days", "cause"], how="left", nulls_equal=True)
        .sort(*by, "cause", "days")
        .with_columns(pl.col("events").fill_null(0).cast(pl.Float64))
        .pipe(_with_error, by=[*by, "cause"])
        .sort(*by, "days", "cause")
        .select(*by, "days", "cause", "incidence", "std_error", "lower", "upper")
    )


def _with_error(table: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    n, d, all_d = pl.col("at_risk"), pl.col("events"), pl.col("all_events")
    before, incidence, std_error = pl.col("before"), pl.col("incidence"), pl.col("std_error")
    lower, upper = log_log(incidence, std_error, certain=0.0)

    def total(term: pl.Expr) -> pl.Expr:
        return within(term.cum_sum(), by)

    # Where everybody ends, g is infinite but multiplies a later change of incidence, which is 0.
    g = pl.when(all_d < n).then(all_d / (n * (n - all_d))).otherwise(0.0)
    mixed = before * d / n**2
    # The sums over s <= t of (F(t) - F(s))^2 g(s) and (F(t) - F(s)) mixed(s), multiplied out.
    variance = (
        incidence**2 * total(g)
        - 2 * incidence * total(incidence * g)
        + total(incidence**2 * g)
        + total((before / n) ** 2 * d * (n - d) / n)
        - 2 * (incidence * total(mixed) - total(incidence * mixed))
    )
    return (
        table.with_columns(incidence=total(before * d / n).clip(upper_bound=1.0))
        # multiplying out can leave -1e-20 for 0
        .with_columns(variance=variance.clip(lower_bound=0.0))
        .with_columns(
            std_error=pl.when(incidence < 1 - 1e-12).then(pl.col("variance").sqrt()),
        )
        .with_columns(lower=lower, upper=upper)
    )
