"""What employers ask for: vacancies the posts have verified, how many are filled, and formality."""

from collections.abc import Sequence

import polars as pl

from metrics.codes import (
    EXPIRED,
    FORMAL,
    INFORMAL,
    PERMIT_ISSUED,
    SHIP_CREW,
    VERIFIED,
    is_code,
)
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.statistics.intervals import wilson


def verified(job_orders: pl.DataFrame | pl.LazyFrame, period: Period) -> pl.LazyFrame:
    """Return the job orders verified in the period, the last version of each number.

    An order counts if it has a date of verification in the period and is verified, has its
    recruitment permit, or has run out since (then it had been verified); orders returned or
    rejected do not, whatever their date.
    """
    return (
        job_orders.lazy()
        .unique("jo_id", keep="last", maintain_order=True)  # an amendment replaces, never adds
        .filter(
            period.covers("date_verified"),
            is_code("status", VERIFIED, PERMIT_ISSUED, EXPIRED),
        )
    )


def fillable(job_orders: pl.DataFrame | pl.LazyFrame, period: Period) -> pl.LazyFrame:
    """Return the verified job orders whose filled places can be true: 0 to all vacancies."""
    return verified(job_orders, period).filter(_CAN_BE_TRUE)


def run_out(job_orders: pl.DataFrame | pl.LazyFrame, period: Period) -> pl.LazyFrame:
    """Return the rows of `fillable` that were no longer valid on the period's last day.

    Only of these is the filled count final, so that one period can be compared with another.
    """
    return fillable(job_orders, period).filter(pl.col("valid_until") < period.last)


def overfilled(job_orders: pl.DataFrame | pl.LazyFrame, period: Period) -> pl.DataFrame:
    """Return the verified job orders left out of `fillable`: a fault of the data, to be listed."""
    return verified(job_orders, period).filter(~_CAN_BE_TRUE).collect()


def formal_or_not(rows: pl.DataFrame | pl.LazyFrame) -> pl.LazyFrame:
    """Return the rows whose employer is known to be formal or informal, without ship crew."""
    known = is_code("employer_type", FORMAL, INFORMAL)
    return rows.lazy().filter(known, ~is_code("sector_code", SHIP_CREW))


def formal_share(
    rows: pl.DataFrame | pl.LazyFrame,
    counted: str,
    by: Sequence[str] = (),
    *,
    batches: bool = False,
) -> pl.DataFrame:
    """Return `by`, `successes`, `trials`, `share`, `lower`, `upper`: formal among all workers.

    `counted` is the column with the number of workers or vacancies of a row. Formal is an
    employer that is a legal entity, informal an individual or household; ship crew are a class
    of their own and left out, as are unknown employers. Without any of them null. Wilson 95 %.

    With `batches` a row is one decision: all its vacancies have the same employer, so they are
    worth fewer independent ones, (sum of sizes)^2 / (sum of squared sizes), and the interval is
    that much wider. Sources: UU 18/2017 art. 4 (1); Wilson 1927; Kish 1965 (effective sample
    size); Korn and Graubard 1998 (Wilson's interval with it).
    """
    formal = is_code("employer_type", FORMAL)
    counts = summary(
        formal_or_not(rows),
        by,
        successes=pl.col(counted).filter(formal).sum().cast(pl.Int64),
        trials=pl.col(counted).sum().cast(pl.Int64),
        squares=pl.col(counted).cast(pl.Float64).pow(2).sum(),
    )
    shares = wilson(counts)
    if batches:
        worth = pl.when(pl.col("trials") > 0).then(pl.col("trials") ** 2 / pl.col("squares"))
        share = pl.col("successes") / pl.col("trials")  # first, so that all of them stay all
        fewer = counts.select(successes=share * worth, trials=worth)
        shares = shares.with_columns(wilson(fewer).select("lower", "upper"))
    return shares.drop("squares")


_CAN_BE_TRUE = pl.col("filled").is_between(0, pl.col("vacancies")).fill_null(False)
