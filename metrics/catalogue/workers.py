"""How many workers the posts look after, and their cases in proportion."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, result, tally
from metrics.cohorts import reported
from metrics.demand.orders import formal_share
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.policy.numbers import FEWEST_REGISTERED
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.statistics.intervals import poisson_rate
from metrics.text import Text
from metrics.units import PER_1000, PER_CENT, WORKERS
from metrics.workers import last_reported, mean_registered

_GROUPS_OF_POSTS = ("post_code", "place")


def _registered_workers(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.monthly_summary, by)
    latest = last_reported(rows.monthly_summary, period, by)
    known = pl.when(pl.len() > 0).then(pl.sum("registered_workers"))  # no report is no zero
    return tally(latest, by, known)


def _cases_per_1000(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    if unfit := [column for column in by if column not in _GROUPS_OF_POSTS]:
        raise ValueError(
            f"cases_per_1000 cannot be told by {', '.join(unfit)}: workers are registered by "
            f"{' and '.join(_GROUPS_OF_POSTS)} only."
        )
    workers = mean_registered(rows.monthly_summary, period)
    places = rows.monthly_summary.lazy().select("post_code", "place").unique("post_code")
    posts = (
        workers.join(places, on="post_code")
        .with_columns(pl.col("post_code").cast(pl.String))
        .join(_cases_a_post(rows, period), on="post_code", how="left")
        .with_columns(pl.col("post_code").cast(rows.monthly_summary.schema["post_code"]))
    )
    counted = summary(
        posts,
        by,
        n=pl.col("cases").fill_null(0).sum().cast(pl.Int64),
        registered=pl.sum("registered"),
        worker_years=pl.sum("worker_years"),
    )
    enough = pl.col("registered") >= FEWEST_REGISTERED.value
    exposure = pl.when(enough).then("worker_years")
    rates = poisson_rate(counted.with_columns(exposure=exposure), events="n")
    return result(rates.rename({"rate": "value"}), by)


def _cases_a_post(rows: Rows, period: Period) -> pl.LazyFrame:
    counts = reported(rows, period).group_by("post_code").agg(cases=pl.len())
    return counts.with_columns(pl.col("post_code").cast(pl.String))


def _placed(rows: Rows, period: Period) -> pl.LazyFrame:
    return rows.placements.lazy().filter(period.covers("period"))


def _placements(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(_placed(rows, period), by, n=pl.col("count").sum())


def _formal_placement_share(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.placements, by)
    shares = formal_share(_placed(rows, period), "count", by)
    return result(shares.rename({"share": "value", "trials": "n"}), by)


REGISTERED_WORKERS = Metric(
    name="registered_workers",
    label=Text("PMI terdata", "Registered workers"),
    definition=Text(
        "Jumlah PMI terdata pada akhir bulan terakhir yang dilaporkan tiap pos dalam periode. "
        "Pos yang belum melapor tidak termasuk.",
        "Registered workers at the last month's end that each post reported in the period. "
        "Posts without a report are left out.",
    ),
    formula=Text(
        "Jumlah dari angka akhir bulan terakhir setiap pos.",
        "Sum of each post's last month-end figure.",
    ),
    limits=Text(
        "PMI yang tidak terdata tidak terlihat. Total tanpa semua pos tidak dapat dibandingkan.",
        "Workers who are not registered are not seen. A total that lacks posts cannot be compared.",
    ),
    source="UU 18/2017 art. 21",
    unit=WORKERS,
    time_base="stock",
    better="neither",
    counted=Text("pos yang melapor", "posts that reported"),
    compute=_registered_workers,
    comparison="untested",
)
CASES_PER_1000 = Metric(
    name="cases_per_1000",
    label=Text("Kasus per 1.000 PMI", "Cases per 1,000 workers"),
    definition=Text(
        "Kasus masuk dalam periode per 1.000 PMI terdata dalam setahun. "
        "Hanya pos yang melaporkan PMI terdata yang dihitung.",
        "New cases in the period per 1,000 registered workers in a year. "
        "Only posts that reported registered workers count.",
    ),
    formula=Text(
        "Kasus masuk dibagi rata-rata PMI terdata akhir bulan dan panjang periode dalam tahun, "
        "dikali 1.000. Selang 95% Poisson eksak.",
        "New cases divided by the mean month-end registered workers and by the length of the "
        "period in years, times 1,000. Exact 95% Poisson interval.",
    ),
    limits=Text(
        "Angka tinggi dapat berarti pelaporan yang baik. Pendataan tiap pos berbeda lengkapnya. "
        f"Kosong bila PMI terdata kurang dari {FEWEST_REGISTERED.value}.",
        "A high rate can mean good reporting. Posts differ in how complete their registers are. "
        f"Empty below {FEWEST_REGISTERED.value} registered workers.",
    ),
    source="Garwood 1936; OHID Fingertips technical guidance",
    unit=PER_1000,
    time_base="flow",
    better="neither",
    counted=Text("kasus masuk", "new cases"),
    compute=_cases_per_1000,
    not_within=("sector_code", "employer_type"),
    only_by=_GROUPS_OF_POSTS,
)
PLACEMENTS = Metric(
    name="placements",
    label=Text("Penempatan", "Placements"),
    definition=Text(
        "Jumlah PMI yang tiba dan ditempatkan dalam periode.",
        "Workers who arrived and were placed in the period.",
    ),
    formula=Text(
        "Jumlah PMI ditempatkan dari semua bulan yang mulai dalam periode.",
        "Sum of the workers placed in all months that begin in the period.",
    ),
    limits=Text(
        "Ini arus masuk dan bukan jumlah PMI yang sedang bekerja.",
        "This is an inflow, not the number of workers at work.",
    ),
    source="BP2MI, Data Penempatan dan Pelindungan PMI",
    unit=WORKERS,
    time_base="flow",
    better="neither",
    counted=Text("PMI ditempatkan", "workers placed"),
    compute=_placements,
    comparison="untested",
    of_nothing=0,
)
FORMAL_PLACEMENT_SHARE = Metric(
    name="formal_placement_share",
    label=Text("Porsi penempatan formal", "Formal share of placements"),
    definition=Text(
        "Porsi PMI yang ditempatkan pada pemberi kerja berbadan hukum. Awak kapal tidak dihitung.",
        "Share of the workers placed with legal-entity employers. Ship crew do not count.",
    ),
    formula=Text(
        "Penempatan formal dibagi penempatan formal dan informal. Selang 95% Wilson.",
        "Formal placements divided by formal and informal placements. 95% Wilson interval.",
    ),
    limits=Text(
        "Formal menyangkut pemberi kerja dan bukan keterampilan atau mutu pelindungan.",
        "Formal is about the employer, not about skill or the quality of protection.",
    ),
    source="UU 18/2017 art. 4 (1); Wilson 1927",
    unit=PER_CENT,
    time_base="flow",
    better="neither",
    counted=Text("PMI ditempatkan, formal dan informal", "workers placed, formal and informal"),
    compute=_formal_placement_share,
    comparison="untested",
)
METRICS = (
    REGISTERED_WORKERS,
    CASES_PER_1000,
    PLACEMENTS,
    FORMAL_PLACEMENT_SHARE,
)
