"""Month by month: cases in, closed and open; vacancies verified, formal and informal."""

from collections.abc import Sequence

import polars as pl

from metrics.cases import open_stock, register
from metrics.codes import FORMAL, INFORMAL, is_code
from metrics.demand import verified
from metrics.reporting import months
from metrics.selection import Period, month_end


def monthly_flow(cases: pl.DataFrame, period: Period, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return the flow of cases for each month of the period and each group that has cases.

    Columns: month (first day), `by`, opened, closed (in any way), open (at the month's end).
    """
    by = list(by)
    starts = months(period.first, period.last)
    valid = register(cases, period.last)
    opened = _a_month(valid, "date_reported", "opened", by)
    closed = _a_month(valid.filter("closed"), "date_closed", "closed_cases", by)
    ends = [min(month_end(start), period.last) for start in starts]
    stock = open_stock(cases, ends, by).with_columns(month=pl.col("date").dt.truncate("1mo"))
    grid = pl.DataFrame({"month": starts})
    if by:
        grid = grid.join(valid.select(by).unique(maintain_order=True), how="cross")
    on = ["month", *by]
    return (
        grid.join(opened, on=on, how="left")
        .join(closed, on=on, how="left")
        .join(stock.drop("date"), on=on, how="left")
        .select(
            *on,
            *(
                pl.col(name).fill_null(0).alias(alias)
                for name, alias in (
                    ("opened", "opened"),
                    ("closed_cases", "closed"),
                    ("open", "open"),
                )
            ),
        )
    )


def _a_month(cases: pl.DataFrame, day: str, name: str, by: list[str]) -> pl.DataFrame:
    month = pl.col(day).dt.truncate("1mo").alias("month")
    return cases.group_by(month, *by).agg(pl.len().alias(name))


def monthly_vacancies(job_orders: pl.DataFrame, period: Period) -> pl.DataFrame:
    """Return the vacancies verified each month. Columns: month, formal, informal.

    An employer whose type is unknown is in neither.
    """
    month = pl.col("date_verified").dt.truncate("1mo").alias("month")
    kinds = {
        name: pl.col("vacancies").filter(is_code("employer_type", code)).sum()
        for name, code in (("formal", FORMAL), ("informal", INFORMAL))
    }
    counted = verified(job_orders, period).group_by(month).agg(**kinds).collect()
    grid = pl.DataFrame({"month": months(period.first, period.last)})
    filled = pl.col("formal", "informal").fill_null(0)
    return grid.join(counted, on="month", how="left").with_columns(filled)
