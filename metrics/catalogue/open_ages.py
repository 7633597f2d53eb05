"""How old the open cases are, and since when their present holder has them."""

from collections.abc import Sequence
from functools import partial

import polars as pl

from metrics.ages import BANDS
from metrics.catalogue.backlog import OPEN_ONES
from metrics.catalogue.curves import wilson_share
from metrics.catalogue.tally import tally
from metrics.cohorts import still_open
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.text import Text
from metrics.units import DAYS, PER_CENT

_OLD = BANDS[-1] - 1  # the oldest band begins a day later
_NO_DURATION = Text(
    "Ini bukan waktu penyelesaian. Kasus yang lama lebih banyak terlihat di antara yang terbuka.",
    "This is not the resolution time. Long cases are seen more often among the open ones.",
)
_LENGTH_BIASED = "Cox 1969 (length-biased sampling)"
_MEDIAN = pl.col("days").median()
_P90 = pl.col("days").quantile(0.9, interpolation="linear")
_OLDEST = pl.col("days").max()


def _age(value: pl.Expr, rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(still_open(rows, period), by, value)


def _old(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return wilson_share(still_open(rows, period), by, pl.col("days") > _OLD)


def _days_held(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    # A case is held at the earliest since its report, and followed as long as its age is.
    reported = pl.col("date_reported")
    since = (pl.max_horizontal("held_since", reported) - reported).dt.total_days()
    known = still_open(rows, period).filter(pl.col("held_since").is_not_null())
    held = known.with_columns(held=pl.col("days") - since).filter(pl.col("held") >= 0)
    return tally(held, by, pl.col("held").median())


MEDIAN_OPEN_AGE = Metric(
    name="median_open_age",
    label=Text("Umur kasus terbuka (median)", "Age of open cases (median)"),
    definition=Text(
        "Separuh kasus yang masih terbuka pada hari terakhir periode berumur sekian hari atau "
        "kurang.",
        "Half of the cases still open on the last day of the period are this old or younger.",
    ),
    formula=Text(
        "Median selisih hari antara tanggal lapor dan hari terakhir periode.",
        "Median of the days between the report and the last day of the period.",
    ),
    limits=_NO_DURATION,
    source=_LENGTH_BIASED,
    unit=DAYS,
    time_base="stock",
    better="lower",
    counted=OPEN_ONES,
    compute=partial(_age, _MEDIAN),
    fewest=1,
)
P90_OPEN_AGE = Metric(
    name="p90_open_age",
    label=Text("Umur kasus terbuka (persentil ke-90)", "Age of open cases (90th percentile)"),
    definition=Text(
        "Sembilan dari sepuluh kasus yang masih terbuka pada hari terakhir periode berumur sekian "
        "hari atau kurang.",
        "Nine of ten cases still open on the last day of the period are this old or younger.",
    ),
    formula=Text(
        "Persentil ke-90 selisih hari antara tanggal lapor dan hari terakhir periode.",
        "90th percentile of the days between the report and the last day of the period.",
    ),
    limits=_NO_DURATION,
    source=_LENGTH_BIASED,
    unit=DAYS,
    time_base="stock",
    better="lower",
    counted=OPEN_ONES,
    compute=partial(_age, _P90),
    fewest=1,
)
OLDEST_OPEN_AGE = Metric(
    name="oldest_open_age",
    label=Text("Umur kasus terbuka tertua", "Age of the oldest open case"),
    definition=Text(
        "Umur kasus tertua yang masih terbuka pada hari terakhir periode.",
        "Age of the oldest case still open on the last day of the period.",
    ),
    formula=Text(
        "Selisih hari terbesar antara tanggal lapor dan hari terakhir periode.",
        "Largest number of days between the report and the last day of the period.",
    ),
    limits=Text(
        "Satu kasus saja menentukan angka ini. Pilih jenis kasus untuk membandingkan pos.",
        "A single case decides this figure. Choose a type of case to compare posts.",
    ),
    source=_LENGTH_BIASED,
    unit=DAYS,
    time_base="stock",
    better="lower",
    counted=OPEN_ONES,
    compute=partial(_age, _OLDEST),
    fewest=1,
)
OPEN_OVER = Metric(
    name=f"open_over_{_OLD}",
    label=Text(f"Kasus terbuka lebih dari {_OLD} hari", f"Open for more than {_OLD} days"),
    definition=Text(
        f"Porsi kasus terbuka yang pada hari terakhir periode berumur lebih dari {_OLD} hari.",
        f"Share of the open cases that are older than {_OLD} days on the last day of the period.",
    ),
    formula=Text(
        f"Kasus terbuka berumur lebih dari {_OLD} hari dibagi semua kasus terbuka.",
        f"Open cases older than {_OLD} days, divided by all open cases.",
    ),
    limits=Text(
        "Perkara pengadilan dan TPPO dapat berlangsung bertahun-tahun. Lihat jenis kasusnya.",
        "Court and trafficking cases can take years. Read it beside the types of case.",
    ),
    source="Wilson 1927; Cox 1969 (length-biased sampling)",
    unit=PER_CENT,
    time_base="stock",
    better="lower",
    counted=OPEN_ONES,
    compute=_old,
)
MEDIAN_DAYS_HELD = Metric(
    name="median_days_held",
    label=Text("Lama tertahan di pemegang (median)", "Days with the present holder (median)"),
    definition=Text(
        "Separuh kasus terbuka sudah sekian hari atau kurang berada pada penanggung jawabnya saat "
        "ini.",
        "Half of the open cases have been with their present holder this many days or fewer.",
    ),
    formula=Text(
        "Median selisih hari antara awal bulan yang pertama melaporkan penanggung jawab itu dan "
        "hari terakhir periode.",
        "Median of the days between the beginning of the month that first told this holder and "
        "the last day of the period.",
    ),
    limits=Text(
        "Pergantian diketahui per bulan saja. Kasus yang berpindah sesudahnya tidak dihitung.",
        "A change is known by the month alone. Cases handed on after the period do not count.",
    ),
    source=_LENGTH_BIASED,
    unit=DAYS,
    time_base="stock",
    better="lower",
    counted=Text(
        "kasus terbuka yang diketahui sejak kapan dipegang",
        "open cases of which it is known since when they are held",
    ),
    compute=_days_held,
    fewest=1,
)
METRICS = (
    MEDIAN_OPEN_AGE,
    P90_OPEN_AGE,
    OLDEST_OPEN_AGE,
    OPEN_OVER,
    MEDIAN_DAYS_HELD,
)
