"""Month by month: cases in, closed and open; vacancies verified, formal and informal."""

from collections.abc import Sequence

import polars as pl

from metrics.cases import closings, open_stock, register
from metrics.codes import FORMAL, INFORMAL, SHIP_CREW, is_code
from metrics.demand.orders import verified
from metrics.reporting import months
from metrics.selection import Period, month_end


def monthly_flow(cases: pl.DataFrame, period: Period, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return the flow of cases for each month of the period and each group that has cases.

    Columns: month (first day), `by`, opened, closed (in any way), open (at the month's end).
    A case told open again since a closing is open from then on, and its next closing counts too.
    Of a month that lies only partly in the period, only the days in it count.
    """
    by = list(by)
    starts = months(period.first, period.last)
    valid = register(cases, period.last)
    ends = [min(month_end(start), period.last) for start in starts]
    told = {
        "opened": _a_month(valid, "date_reported", period, by),
        "closed": _a_month(closings(cases, period).collect(), "date_closed", period, by),
        "open": open_stock(cases, ends, by).select(_month("date"), *by, counted="open"),
    }
    flow = pl.DataFrame({"month": starts})
    if by:
        flow = flow.join(valid.select(by).unique(maintain_order=True), how="cross")
    for name, counts in told.items():
        # A group may be null: cases without a sector are cases.
        flow = flow.join(
            counts.rename({"counted": name}),
            on=["month", *by],
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
    return flow.with_columns(pl.col(list(told)).fill_null(0))


def monthly_cases(cases: pl.DataFrame, period: Period, day: str) -> pl.DataFrame:
    """Return how many cases were reported or closed each month of the period.

    `day` is date_reported or date_closed. Columns: month, counted; a month without any has 0.
    """
    closed = day == "date_closed"
    rows = closings(cases, period).collect() if closed else register(cases, period.last)
    counts = _a_month(rows, day, period, [])
    grid = pl.DataFrame({"month": months(period.first, period.last)})
    joined = grid.join(counts, on="month", how="left", maintain_order="left")
    return joined.with_columns(pl.col("counted").fill_null(0))


def _month(day: str) -> pl.Expr:
    return pl.col(day).dt.truncate("1mo").alias("month")


def _a_month(cases: pl.DataFrame, day: str, period: Period, by: list[str]) -> pl.DataFrame:
    return cases.filter(period.covers(day)).group_by(_month(day), *by).agg(counted=pl.len())


def monthly_vacancies(job_orders: pl.DataFrame, period: Period) -> pl.DataFrame:
    """Return the vacancies verified each month. Columns: month, formal, informal.

    An employer whose type is unknown is in neither, nor is ship crew: a class of its own (see
    metrics.demand.orders.formal_share).
    """
    kinds = {
        name: pl.col("vacancies").filter(is_code("employer_type", code)).sum()
        for name, code in (("formal", FORMAL), ("informal", INFORMAL))
    }
    ashore = verified(job_orders, period).filter(~is_code("sector_code", SHIP_CREW))
    counted = ashore.group_by(_month("date_verified")).agg(**kinds).collect()
    grid = pl.DataFrame({"month": months(period.first, period.last)})
    filled = pl.col("formal", "informal").fill_null(0)
    return grid.join(counted, on="month", how="left", maintain_order="left").with_columns(filled)
