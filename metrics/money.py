"""What workers claimed and got back, in rupiah at the rate of the month it belongs to.

Amounts stay decimal numbers to the last step: sums of money are exact.
"""

import polars as pl

from metrics.codes import RUPIAH, is_code
from metrics.cohorts import closed, reported, still_open
from metrics.frames import Rows
from metrics.selection import Period

# Of each sum: the amount, and the day whose month gives the rate of exchange.
RECOVERED = ("amount_recovered", "date_closed")
CLAIMED = ("amount_claimed", "date_reported")
CLAIMED_OF_CLOSED = ("amount_claimed", "date_closed")


def in_rupiah(
    cases: pl.LazyFrame, fx_rates: pl.DataFrame, amount: str, day: str, name: str = "rupiah"
) -> pl.LazyFrame:
    """Return the cases that have the amount, with it in rupiah (Decimal with 6 places).

    `day` is the column whose month gives the rate. Null where the currency or its rate of that
    month is not known, but for an amount of 0: nothing is nothing in any currency.
    """
    rates = (
        fx_rates.lazy()
        .select(
            pl.col("currency").cast(pl.String).alias("_currency"),
            pl.col("period").alias("_month"),
            "idr_per_unit",
        )
        .unique(["_currency", "_month"], keep="last", maintain_order=True)
    )
    own = pl.col(amount)
    return (
        cases.filter(own.is_not_null())
        .with_columns(
            _currency=pl.col("currency").cast(pl.String), _month=pl.col(day).dt.truncate("1mo")
        )
        .join(rates, on=["_currency", "_month"], how="left", maintain_order="left")
        .with_columns(
            pl.when(is_code("currency", RUPIAH) | (own == 0))
            .then(own.cast(pl.Decimal(38, 6)))
            .otherwise(own * pl.col("idr_per_unit"))
            .alias(name)
        )
        .drop("_currency", "_month", "idr_per_unit")
    )


def without_rate(rows: Rows, period: Period) -> pl.DataFrame:
    """Return the amounts that the sums of the period leave out, for want of a currency or rate.

    Columns: metric (recovered_idr, claimed_idr or outstanding_idr), post_code, place, case_id,
    month (whose rate is wanted), currency, amount (in that currency). Sorted by the first five.
    """
    sums = {
        "recovered_idr": (closed(rows, period), *RECOVERED),
        "claimed_idr": (reported(rows, period), *CLAIMED),
        "outstanding_idr": (still_open(rows, period), *CLAIMED),
    }
    left_out = [
        in_rupiah(cases, rows.fx_rates, amount, day)
        .filter(pl.col("rupiah").is_null())
        .select(
            pl.lit(metric).alias("metric"),
            "post_code",
            "place",
            "case_id",
            pl.col(day).dt.truncate("1mo").alias("month"),
            "currency",
            pl.col(amount).alias("amount"),
        )
        for metric, (cases, amount, day) in sums.items()
    ]
    return pl.concat(left_out).sort("metric", "post_code", "place", "case_id", "month").collect()
