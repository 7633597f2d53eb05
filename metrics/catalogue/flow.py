"""Whether the posts close as many cases as come in."""

from collections.abc import Sequence
from datetime import timedelta

import polars as pl

from metrics.cases import OPEN, REOPENED, closings, registered
from metrics.catalogue.cases import COURTS
from metrics.catalogue.tally import check, result
from metrics.cohorts import reported
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.statistics.intervals import poisson_ratio
from metrics.text import Text
from metrics.units import DAYS, PER_CENT, TIMES

YEAR = 365  # days
_PARTS = ("came", "went", "open")


def _counted(by: Sequence[str], rows: pl.LazyFrame, part: str) -> pl.LazyFrame:
    zeros = {other: pl.lit(0, pl.Int64) for other in _PARTS if other != part}
    counted = pl.len().cast(pl.Int64).alias(part)
    counts = rows.group_by(list(by)).agg(counted) if by else rows.select(counted)
    return counts.with_columns(**zeros).select(*by, *_PARTS)


def _added(by: Sequence[str], *counts: pl.LazyFrame) -> pl.DataFrame:
    sums = {part: pl.sum(part) for part in _PARTS}
    return summary(pl.concat(counts), by, **sums)


def _flows(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    """Return `by`, came (new or told open again in the period) and went (closings in it)."""
    check(rows.cases, by)
    valid = registered(rows.cases, period.last)
    again = valid.filter(REOPENED.is_between(period.first, period.last))
    return _added(
        by,
        _counted(by, reported(rows, period), "came"),
        _counted(by, again, "came"),
        _counted(by, closings(rows.cases, period), "went"),
    )


def _clearance_rate(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    ratios = poisson_ratio(_flows(rows, period, by), "went", "came")
    return result(ratios.rename({"ratio": "value", "came": "n"}), by)


def _flow_ratio(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    ratios = poisson_ratio(_flows(rows, period, by), "came", "went")
    return result(ratios.rename({"ratio": "value", "went": "n"}), by)


def _disposition_time(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.cases, by)
    year = Period(period.last - timedelta(days=YEAR - 1), period.last)
    counts = _added(
        by,
        _counted(by, registered(rows.cases, period.last).filter(OPEN), "open"),
        _counted(by, closings(rows.cases, year), "went"),
    )
    went = pl.col("went")
    days = pl.when(went > 0).then(YEAR * pl.col("open") / went)
    return result(counts.with_columns(value=days, n=went), by)


CLEARANCE_RATE = Metric(
    name="clearance_rate",
    label=Text("Tingkat penyelesaian kasus masuk", "Clearance rate"),
    definition=Text(
        "Penutupan kasus dalam periode dibanding kasus yang masuk atau dibuka kembali dalam "
        "periode. Di atas 100% tunggakan berkurang.",
        "Closings of cases in the period against the cases that came in or were told open again "
        "in it. Above 100% the backlog shrinks.",
    ),
    formula=Text(
        "Penutupan dibagi kasus masuk dan kasus dibuka kembali, dikali 100. Selang 95% eksak dari "
        "nisbah dua cacah Poisson.",
        "Closings divided by new and reopened cases, times 100. Exact 95% interval of the ratio "
        "of two Poisson counts.",
    ),
    limits=Text(
        "Penutupan dengan cara apa pun dihitung, juga tanpa penyelesaian. Kasus yang ditutup "
        "sering masuk pada periode sebelumnya. Bukan ukuran kecepatan.",
        "Closings of any kind count, also those without resolution. The cases closed often came "
        "in earlier periods. It does not measure speed.",
    ),
    source=f"{COURTS}; Clopper and Pearson 1934",
    unit=PER_CENT,
    time_base="flow",
    better="higher",
    counted=Text("kasus masuk dan dibuka kembali", "new and reopened cases"),
    compute=_clearance_rate,
)
FLOW_RATIO = Metric(
    name="flow_ratio",
    label=Text("Rasio masuk : selesai", "Inflow to outflow"),
    definition=Text(
        "Berapa kali kasus yang masuk atau dibuka kembali dibanding penutupan dalam periode. "
        "Di atas 1 tunggakan bertambah.",
        "How many times the closings the cases that came in or were told open again are, in the "
        "period. Above 1 the backlog grows.",
    ),
    formula=Text(
        "Kasus masuk dan kasus dibuka kembali dibagi penutupan. Selang 95% eksak dari nisbah dua "
        "cacah Poisson.",
        "New and reopened cases divided by closings. Exact 95% interval of the ratio of two "
        "Poisson counts.",
    ),
    limits=Text(
        "Kosong bila tidak ada penutupan. Baca bersama tingkat penyelesaian kasus masuk.",
        "Empty without any closing. Read it beside the clearance rate.",
    ),
    source=CLEARANCE_RATE.source,
    unit=TIMES,
    time_base="flow",
    better="lower",
    counted=Text("penutupan kasus", "closings of cases"),
    compute=_flow_ratio,
)
DISPOSITION_TIME = Metric(
    name="disposition_time",
    label=Text("Perkiraan waktu menghabiskan tunggakan", "Disposition time"),
    definition=Text(
        "Berapa hari diperlukan untuk menutup semua kasus terbuka dengan laju penutupan 365 hari "
        "terakhir.",
        "How many days it would take to close all open cases at the pace of the last 365 days.",
    ),
    formula=Text(
        "365 dikali kasus terbuka pada hari terakhir periode, dibagi penutupan dalam 365 hari "
        "sampai hari itu.",
        "365 times the cases open on the last day of the period, divided by the closings in the "
        "365 days up to it.",
    ),
    limits=Text(
        "Menganggap tidak ada kasus baru. Bukan lama penyelesaian yang dialami PMI: lihat median "
        "waktu penyelesaian.",
        "It supposes that no new cases come. It is not the time workers wait: see the median "
        "resolution time.",
    ),
    source="CEPEJ(2008)11, GOJUST: disposition time",
    unit=DAYS,
    time_base="stock",
    better="lower",
    counted=Text("penutupan dalam 365 hari", "closings in 365 days"),
    compute=_disposition_time,
    comparison="untested",
)
METRICS = (CLEARANCE_RATE, FLOW_RATIO, DISPOSITION_TIME)
