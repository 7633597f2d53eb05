"""Whether demand and placement grew over the year, with guard against noise."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, result
from metrics.demand.orders import verified
from metrics.demand.year_windows import monthly, year_to
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.policy.demand import GROWTH_BASE
from metrics.selection import Period
from metrics.statistics.growth import growth
from metrics.text import Text
from metrics.units import PER_CENT

_SOURCE = "Katz et al. 1978; McCullagh & Nelder 1989"
_FORMULA = Text(
    "Jumlah 12 bulan terakhir dibagi jumlah 12 bulan sebelumnya, dikurangi satu. Selang 95% dari "
    "logaritma rasio, dilebarkan menurut ragam bulanan di luar musim (kuasi-Poisson).",
    "Total of the last 12 months divided by that of the 12 before, less one. 95% interval of the "
    "log ratio, widened by how the months vary beyond the season (quasi-Poisson).",
)
_LIMITS = Text(
    "Hanya pos yang melapor setiap bulan selama 24 bulan. " + GROWTH_BASE.told("id"),
    "Only posts that reported every month of the 24. " + GROWTH_BASE.told("en"),
)


def _demand_growth(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.job_orders, by)
    orders = verified(rows.job_orders, Period.ALL).select(
        *{"post_code", *by}, day=pl.col("date_verified"), value=pl.col("vacancies")
    )
    return _grown(orders, rows, period, by)


def _placement_growth(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.placements, by)
    placed = rows.placements.lazy().select(
        *{"post_code", *by}, day=pl.col("period"), value=pl.col("count")
    )
    return _grown(placed, rows, period, by)


def _grown(counts: pl.LazyFrame, rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    now = year_to(period.last)
    told = growth(monthly(counts, rows.submissions, now, by), by, last=now.last)
    both = pl.col("current").fill_null(0) + pl.col("previous").fill_null(0)
    return result(told.with_columns(n=both, value="growth"), by)


DEMAND_GROWTH = Metric(
    name="demand_growth",
    label=Text("Pertumbuhan permintaan", "Growth of demand"),
    definition=Text(
        "Perubahan lowongan disahkan dalam 12 bulan terakhir terhadap 12 bulan sebelumnya.",
        "Change of the verified vacancies of the last 12 months on the 12 before.",
    ),
    formula=_FORMULA,
    limits=_LIMITS,
    source=_SOURCE,
    unit=PER_CENT,
    time_base="window",
    better="neither",
    counted=Text("lowongan disahkan dalam 24 bulan", "vacancies verified in 24 months"),
    compute=_demand_growth,
    comparison="none",
)
PLACEMENT_GROWTH = Metric(
    name="placement_growth",
    label=Text("Pertumbuhan penempatan", "Growth of placements"),
    definition=Text(
        "Perubahan jumlah PMI ditempatkan dalam 12 bulan terakhir terhadap 12 bulan sebelumnya.",
        "Change of the workers placed in the last 12 months on the 12 before.",
    ),
    formula=_FORMULA,
    limits=_LIMITS,
    source=_SOURCE,
    unit=PER_CENT,
    time_base="window",
    better="neither",
    counted=Text("PMI ditempatkan dalam 24 bulan", "workers placed in 24 months"),
    compute=_placement_growth,
    comparison="none",
)
METRICS = (DEMAND_GROWTH, PLACEMENT_GROWTH)
