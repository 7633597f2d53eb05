"""Cases that were closed and told open again, and the time to the first closing."""

from collections.abc import Sequence

import polars as pl

from metrics.cases import FIRST_CLOSED, REOPENED, registered
from metrics.catalogue.curves import (
    COHORT,
    FEWEST,
    LATER,
    SURVIVAL,
    joined,
    quantile_of,
    share_of,
)
from metrics.cohorts import reported
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.policy.handling import REOPENED_DAYS
from metrics.selection import Period
from metrics.text import Text
from metrics.units import DAYS, PER_CENT

_DAYS = REOPENED_DAYS.value


def _reopened(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    first = pl.col("first_closing")
    again = (period.last >= REOPENED).fill_null(False)
    seen = pl.max_horizontal(first, pl.min_horizontal(pl.lit(period.last), "known_until"))
    closed = (
        registered(rows.cases, period.last)
        .with_columns(first_closing=FIRST_CLOSED)
        .filter(period.covers("first_closing"))
        .with_columns(
            days=(pl.when(again).then(REOPENED).otherwise(seen) - first).dt.total_days(),
            again=again,
            entry=pl.lit(None, pl.Int64),  # a closing is told by the post itself
        )
    )
    return share_of(closed, by, _DAYS, event="again")


def _first_resolution(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    ended = (period.last >= FIRST_CLOSED).fill_null(False)
    days = (FIRST_CLOSED - pl.col("date_reported")).dt.total_days()
    first = reported(rows, period).with_columns(
        closed=ended, days=pl.when(ended).then(days).otherwise("days")
    )
    return quantile_of(first, by, 0.5)


REOPENED_SHARE = Metric(
    name=f"reopened_share_{_DAYS}",
    label=Text(f"Dibuka kembali dalam {_DAYS} hari", f"Reopened within {_DAYS} days"),
    definition=Text(
        f"Porsi kasus yang dibuka kembali dalam {_DAYS} hari setelah penutupan pertamanya. "
        "Penutupan yang lebih baru diikuti sampai hari terakhir periode.",
        f"Share of the cases reopened within {_DAYS} days of their first closing. Later closings "
        "are followed up to the last day of the period.",
    ),
    formula=Text(
        f"Satu dikurangi peluang tetap tertutup sampai hari ke-{_DAYS} (Kaplan-Meier).",
        f"One less the chance of staying closed up to day {_DAYS} (Kaplan-Meier).",
    ),
    limits=Text(
        "Pembukaan kembali diketahui dari laporan bulanan: harinya adalah hari terakhir bulan itu. "
        "Tanggal penutupan yang hanya diperbaiki tidak dihitung.",
        "A reopening is known from the monthly reports: its day is the last of that month. A "
        "closing date that was only corrected does not count.",
    ),
    source=SURVIVAL,
    unit=PER_CENT,
    time_base="closed",
    better="lower",
    counted=Text(
        "kasus yang pertama kali ditutup dalam periode", "cases first closed in the period"
    ),
    compute=_reopened,
    fewest=FEWEST["cases"],
)
MEDIAN_FIRST_RESOLUTION_DAYS = Metric(
    name="median_first_resolution_days",
    label=Text("Waktu penutupan pertama (median)", "Time to the first closing (median)"),
    definition=Text(
        "Separuh kasus ditutup untuk pertama kali dalam jumlah hari ini atau kurang, juga bila "
        "kemudian dibuka kembali. Kasus terbuka dihitung sampai hari terakhir periode.",
        "Half of the cases were closed for the first time within this many days, even if reopened "
        "later. Open cases count up to the last day of the period.",
    ),
    formula=Text(
        "Hari pertama ketika peluang belum pernah ditutup turun sampai separuh (Kaplan-Meier).",
        "The first day on which the chance of never having been closed has fallen to a half "
        "(Kaplan-Meier).",
    ),
    limits=joined(
        Text(
            "Ukuran utama adalah waktu penyelesaian: menutup lalu membuka kembali memendekkan "
            "angka ini saja.",
            "The main measure is the resolution time: closing and reopening shortens this figure "
            "alone.",
        ),
        LATER,
    ),
    source="Kaplan & Meier 1958; Brookmeyer & Crowley 1982",
    unit=DAYS,
    time_base="opened",
    better="lower",
    counted=COHORT,
    compute=_first_resolution,
    fewest=FEWEST["cases"],
)
METRICS = (
    REOPENED_SHARE,
    MEDIAN_FIRST_RESOLUTION_DAYS,
)
