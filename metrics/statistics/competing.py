"""In which way things end, when they can end in several: cumulative incidence."""

from collections.abc import Sequence

import polars as pl

from metrics.statistics.groups import within
from metrics.statistics.intervals import log_log
from metrics.statistics.risk_sets import how_many, observed, risk_sets


def cumulative_incidence(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "days",
    cause: str = "outcome",
    censored: str | int = "open",
    entry: str | None = None,
    weight: str | None = None,
) -> pl.DataFrame:
    """Return the share of cases ended by each cause up to each time, 0 to 1.

    One row of `frame` is a case: `time` its age in days at the end or at the last look,
    `cause` the way it ended; `censored` or null there means not ended; `entry` and `weight` are
    those of survival.kaplan_meier. The result has `by`, `days`, `cause` (dtypes kept),
    `incidence`, `std_error`, `lower`, `upper`, sorted by `by`, `days` and `cause`: for each
    group and each of its distinct times a row for every cause met anywhere in the frame, so no
    row at all if nothing has ended. Over the causes the incidences sum to 1 - survival. An
    incidence of 0 has limits 0; one of 1 has neither error nor limits. Rows without a time are
    left out. Raises ValueError for negative times, and for weights that are negative or not
    whole.

    Sources: Aalen and Johansen 1978; variance by the delta method, Marubini and Valsecchi
    1995; limits on the log(-log) scale.
    """
    # as text, for an Enum refuses to be compared with a word it does not have
    not_ended = str(censored).lower() if isinstance(censored, bool) else str(censored)
    came = pl.col(cause).cast(pl.String).ne(not_ended).fill_null(False)
    cases = observed(frame, by, time, entry, weight, cause=pl.col(cause), ended=came)
    ended = cases.filter("ended").group_by(*by, "days", "cause")
    ended = ended.agg(events=how_many(weight)).collect()
    still = 1 - pl.col("all_events") / pl.col("at_risk")
    risk = (
        risk_sets(cases, by, "ended", entry, weight)
        .filter(pl.col("left") > 0)
        .rename({"events": "all_events"})
        .with_columns(pl.col("at_risk").cast(pl.Float64))
        .with_columns(before=within(still.cum_prod().shift(1, fill_value=1.0), by))
    )
    return (
        risk.join(ended.select(pl.col("cause").unique()), how="cross")
        .join(ended, on=[*by, "days", "cause"], how="left", nulls_equal=True)
        .sort(*by, "cause", "days")
        .with_columns(pl.col("events").fill_null(0).cast(pl.Float64))
        .pipe(_with_error, by=[*by, "cause"])
        .sort(*by, "days", "cause")
        .select(*by, "days", "cause", "incidence", "std_error", "lower", "upper")
    )


def incidence_within(
    curve: pl.DataFrame | pl.LazyFrame, by: Sequence[str] = (), days: float = 90
) -> pl.DataFrame:
    """Return `by`, `cause`, `share`, `lower`, `upper`: the share ended so within `days` days.

    `curve` is a result of cumulative_incidence with the same `by`. A group not followed for so
    long, in which something is still open, gives null: nobody knows. Raises ValueError for
    negative days. Source: Aalen and Johansen 1978, with the limits of the curve.
    """
    if days < 0:
        raise ValueError(f"days must not be negative, not {days}")
    keys = [*by, "cause"]
    steps = curve.lazy().sort(*keys, "days")
    until = pl.col("days") <= days
    shares = steps.group_by(keys, maintain_order=True).agg(
        *(pl.col(column).filter(until).last() for column in ("incidence", "lower", "upper")),
        begun=until.any(),
        last=pl.col("days").max(),
        in_all=pl.col("incidence").last(),
    )
    ended = within(pl.col("in_all").sum(), by) > 1 - 1e-12
    known = (pl.col("last") >= days) | ended

    def told(column: str) -> pl.Expr:  # before the first time nothing had happened yet
        return pl.when(known).then(pl.when("begun").then(column).otherwise(0.0))

    return shares.select(
        *keys, share=told("incidence"), lower=told("lower"), upper=told("upper")
    ).collect()


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
