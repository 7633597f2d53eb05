"""How long cases take, with those still open counted in (Kaplan-Meier)."""

from collections.abc import Sequence
from functools import partial

import polars as pl

from metrics.catalogue.curves import (
    ANY_END,
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
from metrics.selection import Period
from metrics.text import Text
from metrics.units import DAYS, PER_CENT

_QUANTILES = "Kaplan & Meier 1958; Brookmeyer & Crowley 1982"


def _on_time(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    # Each case on the scale of its own limit: 1 is the last day in time.
    limited = reported(rows, period).filter(pl.col("limit_days") > 0)
    parts = limited.with_columns(pl.col("days", "entry") / pl.col("limit_days"))
    return share_of(parts, by, 1)


def _quantile(q: float, rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return quantile_of(reported(rows, period), by, q)


def _resolution_days(q: float, name: str, label: Text, part: Text, rest: Text) -> Metric:
    return Metric(
        name=name,
        label=label,
        definition=joined(
            Text(
                f"{part.indonesian} kasus berakhir dalam jumlah hari ini atau kurang.",
                f"{part.english} of the cases ended within this many days.",
            ),
            ANY_END,
        ),
        formula=Text(
            f"Hari pertama ketika peluang masih terbuka turun sampai {rest.indonesian} "
            "(Kaplan-Meier).",
            f"The first day on which the chance of being still open has fallen to {rest.english} "
            "(Kaplan-Meier).",
        ),
        limits=joined(
            Text(
                "Susunan jenis kasus tiap pos berbeda. Kosong bila belum tercapai atau data "
                "terlalu sedikit; kosong tidak berarti cepat.",
                "Posts differ in their types of case. Empty if not reached yet, or the data are "
                "too few; empty does not mean fast.",
            ),
            LATER,
        ),
        source=_QUANTILES,
        unit=DAYS,
        time_base="opened",
        better="lower",
        counted=COHORT,
        compute=partial(_quantile, q),
        fewest=FEWEST["cases"],
    )


MEDIAN_RESOLUTION_DAYS = _resolution_days(
    0.5,
    "median_resolution_days",
    Text("Waktu penyelesaian (median)", "Resolution time (median)"),
    Text("Separuh", "Half"),
    Text("separuh", "a half"),
)
P25_RESOLUTION_DAYS = _resolution_days(
    0.25,
    "p25_resolution_days",
    Text("Waktu penyelesaian (persentil ke-25)", "Resolution time (25th percentile)"),
    Text("Seperempat", "A quarter"),
    Text("tiga perempat", "three quarters"),
)
P75_RESOLUTION_DAYS = _resolution_days(
    0.75,
    "p75_resolution_days",
    Text("Waktu penyelesaian (persentil ke-75)", "Resolution time (75th percentile)"),
    Text("Tiga perempat", "Three quarters"),
    Text("seperempat", "a quarter"),
)
P90_RESOLUTION_DAYS = _resolution_days(
    0.9,
    "p90_resolution_days",
    Text("Waktu penyelesaian (persentil ke-90)", "Resolution time (90th percentile)"),
    Text("Sembilan dari sepuluh", "Nine of ten"),
    Text("sepersepuluh", "a tenth"),
)


ON_TIME_SHARE = Metric(
    name="on_time_share",
    label=Text("Berakhir tepat waktu", "Ended on time"),
    definition=Text(
        "Porsi kasus yang berakhir dalam batas waktu penanganan jenisnya. "
        "Jenis tanpa batas waktu tidak dihitung." + ANY_END.indonesian,
        "Share of the cases that ended within the handling limit of their type. "
        "Types without a limit do not count." + ANY_END.english,
    ),
    formula=Text(
        "Umur tiap kasus dibagi batas harinya; satu dikurangi peluang masih terbuka pada nilai 1 "
        "(Kaplan-Meier).",
        "The age of each case divided by its limit; one less the chance of being still open at 1 "
        "(Kaplan-Meier).",
    ),
    limits=joined(
        Text(
            "Batas waktu masih usulan. Penutupan tanpa penyelesaian ikut dihitung. "
            "Lihat juga kasus selesai.",
            "The limits are a proposal. Closings without resolution count. See resolved cases too.",
        ),
        LATER,
    ),
    source=SURVIVAL,
    unit=PER_CENT,
    time_base="opened",
    better="higher",
    counted=Text(
        "kasus dilaporkan dalam periode yang punya batas waktu",
        "cases with a limit reported in the period",
    ),
    compute=_on_time,
    fewest=FEWEST["cases"],
)
METRICS = (
    MEDIAN_RESOLUTION_DAYS,
    P25_RESOLUTION_DAYS,
    P75_RESOLUTION_DAYS,
    P90_RESOLUTION_DAYS,
    ON_TIME_SHARE,
)
