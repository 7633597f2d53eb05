"""Whether the posts close as many cases as come in, and how many come in for those placed."""

from collections.abc import Sequence
from datetime import timedelta

import polars as pl

from metrics.cases import OPEN, REOPENED, closings, registered
from metrics.catalogue.cases import COURTS, NOT_BAD, reported
from metrics.catalogue.tally import check, result, tally
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.statistics.intervals import poisson_rate, poisson_ratio
from metrics.text import Text
from metrics.units import CASES, DAYS, PER_1000_PLACED, PER_CENT, TIMES

YEAR = 365  # days
_GROUPS_OF_POSTS = ("post_code", "place")
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


def _cases_per_1000_placements(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    if unfit := [column for column in by if column not in _GROUPS_OF_POSTS]:
        raise ValueError(
            f"cases_per_1000_placements cannot be told by {', '.join(unfit)}: it is told by "
            f"{' and '.join(_GROUPS_OF_POSTS)} only."
        )
    kind = rows.placements.schema["post_code"]
    placed = (
        rows.placements.lazy()
        .filter(period.covers("period"))
        .group_by(pl.col("post_code").cast(pl.String))
        .agg(pl.first("place"), placed=pl.sum("count"))
    )
    cases = reported(rows, period).group_by(pl.col("post_code").cast(pl.String)).agg(n=pl.len())
    posts = placed.join(cases, on="post_code", how="left").with_columns(
        pl.col("post_code").cast(kind)
    )
    n = pl.col("n").fill_null(0).sum().cast(pl.Int64)
    rates = poisson_rate(summary(posts, by, n=n, placed=pl.sum("placed")), "n", "placed")
    return result(rates.rename({"rate": "value"}), by)


def _collective_cases(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    new = reported(rows, period)
    return tally(new, by, (pl.col("people") > 1).sum())


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
CASES_PER_1000_PLACEMENTS = Metric(
    name="cases_per_1000_placements",
    label=Text("Kasus per 1.000 penempatan", "Cases per 1,000 placements"),
    definition=Text(
        "Kasus masuk dalam periode per 1.000 PMI yang ditempatkan dalam periode yang sama. Ukuran "
        "ini lebih lemah daripada kasus per 1.000 PMI. Hanya pos dengan penempatan yang dihitung.",
        "New cases in the period per 1,000 workers placed in the same period. This is a weaker "
        "measure than cases per 1,000 workers. Only posts with placements count.",
    ),
    formula=Text(
        "Kasus masuk dibagi penempatan dari semua bulan yang mulai dalam periode, dikali 1.000. "
        "Selang 95% Poisson eksak.",
        "New cases divided by the placements of all months that begin in the period, times 1,000. "
        "Exact 95% Poisson interval.",
    ),
    limits=Text(
        "Kasus setahun berasal dari penempatan beberapa tahun, sehingga penempatan yang tumbuh "
        "menurunkan angka ini. Jangan dicampur dengan kasus per 1.000 PMI.",
        "A year's cases come from the placements of several years, so growing placements lower "
        "this figure. Never mix it with cases per 1,000 workers.",
    ),
    source="Garwood 1936; OHID Fingertips technical guidance",
    unit=PER_1000_PLACED,
    time_base="flow",
    better="neither",
    counted=Text("kasus masuk", "new cases"),
    compute=_cases_per_1000_placements,
    only_by=_GROUPS_OF_POSTS,
)
COLLECTIVE_CASES = Metric(
    name="collective_cases",
    label=Text("Kasus kolektif", "Collective cases"),
    definition=Text(
        "Jumlah kasus masuk dalam periode yang menyangkut lebih dari satu PMI.",
        "New cases in the period that concern more than one worker.",
    ),
    formula=Text(
        "Banyaknya kasus masuk dengan lebih dari satu PMI.",
        "Number of new cases with more than one worker.",
    ),
    limits=NOT_BAD,
    source=COURTS,
    unit=CASES,
    time_base="flow",
    better="neither",
    counted=Text("kasus masuk", "new cases"),
    compute=_collective_cases,
    comparison="untested",
    of_nothing=0,
)
METRICS = (
    CLEARANCE_RATE,
    FLOW_RATIO,
    DISPOSITION_TIME,
    CASES_PER_1000_PLACEMENTS,
    COLLECTIVE_CASES,
)
