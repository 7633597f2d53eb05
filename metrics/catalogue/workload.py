"""How many cases each officer of a post looks after."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, result, tally
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.statistics.intervals import poisson_rate
from metrics.text import Text
from metrics.units import PER_OFFICER, PER_OFFICER_MONTH
from metrics.workload import workload

_GROUPS_OF_POSTS = ("post_code", "place")
_ONLY_CASES = ("sector_code", "employer_type")  # officers are not divided by these
_CONTEXT = Text(
    "Konteks untuk membaca angka lain, bukan ukuran kinerja. Kasus berbeda beratnya, dan petugas "
    "punya tugas lain.",
    "Context for other figures, not a measure of performance. Cases differ in weight, and "
    "officers have other duties.",
)


def _cases_per_officer(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    posts = workload(rows, period)
    check(posts.select(_GROUPS_OF_POSTS), by)
    officers = pl.sum("officers")
    each = pl.when(officers > 0).then(pl.sum("open_stock") / officers)
    return tally(posts, by, each, n=pl.sum("handled"))


def _opened_per_officer_month(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    posts = workload(rows, period)
    check(posts.select(_GROUPS_OF_POSTS), by)
    counted = summary(posts, by, n=pl.sum("opened"), officer_months=pl.sum("officer_months"))
    rates = poisson_rate(counted, events="n", exposure="officer_months", per=1)
    return result(rates.rename({"rate": "value"}), by)


CASES_PER_OFFICER = Metric(
    name="cases_per_officer",
    label=Text("Beban kasus per petugas", "Cases per officer"),
    definition=Text(
        "Rata-rata kasus terbuka setiap hari dalam periode, per petugas ketenagakerjaan. "
        "Hanya pos yang jumlah petugasnya diketahui.",
        "Mean of the cases open each day of the period, per labour officer. "
        "Only posts whose number of officers is known.",
    ),
    formula=Text(
        "Rata-rata kasus terbuka pada akhir setiap hari dibagi rata-rata jumlah petugas. Hanya "
        "hari sampai laporan terakhir tiap pos.",
        "Mean of the cases open at the end of each day, divided by the mean number of officers. "
        "Only days up to each post's last report.",
    ),
    limits=_CONTEXT,
    source="CEPEJ, European judicial systems: pending cases per judge",
    unit=PER_OFFICER,
    time_base="flow",
    better="neither",
    counted=Text("kasus yang terbuka dalam periode", "cases open in the period"),
    compute=_cases_per_officer,
    comparison="untested",
    not_within=_ONLY_CASES,
    only_by=_GROUPS_OF_POSTS,
)
OPENED_PER_OFFICER_MONTH = Metric(
    name="opened_per_officer_month",
    label=Text("Kasus masuk per petugas per bulan", "New cases per officer a month"),
    definition=Text(
        "Kasus masuk dalam periode per petugas ketenagakerjaan per bulan. "
        "Hanya pos yang jumlah petugasnya diketahui.",
        "New cases in the period per labour officer a month. "
        "Only posts whose number of officers is known.",
    ),
    formula=Text(
        "Kasus masuk dibagi rata-rata jumlah petugas dan panjang periode dalam bulan. Hanya hari "
        "sampai laporan terakhir tiap pos. Selang 95% Poisson eksak.",
        "New cases divided by the mean number of officers and the length of the period in months. "
        "Only days up to each post's last report. Exact 95% Poisson interval.",
    ),
    limits=_CONTEXT,
    source="Garwood 1936",
    unit=PER_OFFICER_MONTH,
    time_base="flow",
    better="neither",
    counted=Text("kasus masuk", "new cases"),
    compute=_opened_per_officer_month,
    comparison="untested",
    not_within=_ONLY_CASES,
    only_by=_GROUPS_OF_POSTS,
)
METRICS = (CASES_PER_OFFICER, OPENED_PER_OFFICER_MONTH)
