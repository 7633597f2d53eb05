"""How long cases take, with those still open counted in (Kaplan-Meier)."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.cases import reported
from metrics.catalogue.tally import check, result
from metrics.frames import Rows
from metrics.metric import Compute, Metric
from metrics.policy.numbers import FEWEST_DURATIONS
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.statistics.survival import kaplan_meier, quantile, share_within
from metrics.text import Text
from metrics.units import DAYS, PER_CENT

_FEWEST = FEWEST_DURATIONS.value
_SOURCE = "Kaplan & Meier 1958; Greenwood 1926; Kalbfleisch & Prentice 1980 (log-log)"
_COHORT = Text("kasus yang dilaporkan dalam periode", "cases reported in the period")
_ANY_END = Text(
    "Semua penutupan dihitung, juga yang tanpa penyelesaian. Kasus terbuka dihitung sampai hari "
    "terakhir periode.",
    "All closings count, also those without resolution. Open cases count up to the last day of "
    "the period.",
)


def _quantile(q: float) -> Compute:
    def compute(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
        cohort = reported(rows, period)
        check(cohort, by)
        curve = kaplan_meier(cohort, by)
        found = _beside(quantile(curve, by, q), curve, by)
        enough = pl.col("closings") >= _FEWEST["closings"]
        kept = [pl.when(enough).then(pl.col(c)).alias(c) for c in ("value", "lower", "upper")]
        return result(found.with_columns(kept), by)

    return compute


def _share(days: int) -> Compute:
    def compute(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
        return _share_ended(reported(rows, period), by, "days", days)

    return compute


def _on_time(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    # Each case on the scale of its own limit: 1 is the last day in time.
    part = pl.col("days") / pl.col("limit_days")
    limited = reported(rows, period).filter(pl.col("limit_days") > 0)
    return _share_ended(limited.with_columns(limit_part=part), by, "limit_part", 1)


def _share_ended(cohort: pl.LazyFrame, by: Sequence[str], time: str, within: float) -> pl.DataFrame:
    check(cohort, by)
    curve = kaplan_meier(cohort, by, time=time)
    share = share_within(curve, by, within).rename({"share": "value"})
    return result(_beside(share, curve, by), by)


def _beside(read_off: pl.DataFrame, curve: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Add `n` and `closings`; both tables have the same groups in the same order."""
    counts = summary(
        curve.lazy(), by, n=pl.sum("events") + pl.sum("censored"), closings=pl.sum("events")
    )
    return read_off.with_columns(counts["n"], counts["closings"])


MEDIAN_RESOLUTION_DAYS = Metric(
    name="median_resolution_days",
    label=Text("Waktu penyelesaian (median)", "Resolution time (median)"),
    definition=Text(
        "Separuh kasus berakhir dalam jumlah hari ini atau kurang. " + _ANY_END.indonesian,
        "Half of the cases ended within this many days. " + _ANY_END.english,
    ),
    formula=Text(
        "Hari pertama ketika peluang masih terbuka turun sampai separuh (Kaplan-Meier).",
        "The first day on which the chance of being still open has fallen to a half "
        "(Kaplan-Meier).",
    ),
    limits=Text(
        "Susunan jenis kasus tiap pos berbeda. Kosong bila separuh kasus belum berakhir atau data "
        "terlalu sedikit.",
        "Posts differ in their types of case. Empty if half of the cases have not ended yet, or "
        "the data are too few.",
    ),
    source="Kaplan & Meier 1958; Brookmeyer & Crowley 1982",
    unit=DAYS,
    time_base="opened",
    better="lower",
    counted=_COHORT,
    compute=_quantile(0.5),
    fewest=_FEWEST["cases"],
)
P90_RESOLUTION_DAYS = Metric(
    name="p90_resolution_days",
    label=Text("Waktu penyelesaian (persentil ke-90)", "Resolution time (90th percentile)"),
    definition=Text(
        "Sembilan dari sepuluh kasus berakhir dalam jumlah hari ini atau kurang. "
        + _ANY_END.indonesian,
        "Nine of ten cases ended within this many days. " + _ANY_END.english,
    ),
    formula=Text(
        "Hari pertama ketika peluang masih terbuka turun sampai sepersepuluh (Kaplan-Meier).",
        "The first day on which the chance of being still open has fallen to a tenth "
        "(Kaplan-Meier).",
    ),
    limits=Text(
        "Sering belum tercapai pada periode yang baru. Kosong tidak berarti cepat.",
        "Often not reached in a recent period. Empty does not mean fast.",
    ),
    source=MEDIAN_RESOLUTION_DAYS.source,
    unit=DAYS,
    time_base="opened",
    better="lower",
    counted=_COHORT,
    compute=_quantile(0.9),
    fewest=_FEWEST["cases"],
)


def _resolved_within(days: int) -> Metric:
    return Metric(
        name=f"resolved_within_{days}",
        label=Text(f"Berakhir dalam {days} hari", f"Ended within {days} days"),
        definition=Text(
            f"Porsi kasus yang berakhir dalam {days} hari sejak dilaporkan. " + _ANY_END.indonesian,
            f"Share of the cases that ended within {days} days of the report. " + _ANY_END.english,
        ),
        formula=Text(
            f"Satu dikurangi peluang masih terbuka pada hari ke-{days} (Kaplan-Meier).",
            f"One less the chance of being still open on day {days} (Kaplan-Meier).",
        ),
        limits=Text(
            f"Kosong bila belum ada kasus yang dapat diikuti selama {days} hari.",
            f"Empty if no case could be followed for {days} days yet.",
        ),
        source=_SOURCE,
        unit=PER_CENT,
        time_base="opened",
        better="higher",
        counted=_COHORT,
        compute=_share(days),
        fewest=_FEWEST["cases"],
    )


ON_TIME_SHARE = Metric(
    name="on_time_share",
    label=Text("Berakhir tepat waktu", "Ended on time"),
    definition=Text(
        "Porsi kasus yang berakhir dalam batas waktu penanganan jenisnya. "
        "Jenis tanpa batas waktu tidak dihitung. " + _ANY_END.indonesian,
        "Share of the cases that ended within the handling limit of their type. "
        "Types without a limit do not count. " + _ANY_END.english,
    ),
    formula=Text(
        "Umur tiap kasus dibagi batas harinya; satu dikurangi peluang masih terbuka pada nilai 1 "
        "(Kaplan-Meier).",
        "The age of each case divided by its limit; one less the chance of being still open at 1 "
        "(Kaplan-Meier).",
    ),
    limits=Text(
        "Batas waktu masih usulan. Penutupan tanpa penyelesaian ikut dihitung. "
        "Lihat juga kasus selesai.",
        "The limits are a proposal. Closings without resolution count. See resolved cases too.",
    ),
    source=_SOURCE,
    unit=PER_CENT,
    time_base="opened",
    better="higher",
    counted=Text(
        "kasus dilaporkan dalam periode yang punya batas waktu",
        "cases with a limit reported in the period",
    ),
    compute=_on_time,
    fewest=_FEWEST["cases"],
)
METRICS = (
    MEDIAN_RESOLUTION_DAYS,
    P90_RESOLUTION_DAYS,
    *(_resolved_within(days) for days in (30, 60, 90)),
    ON_TIME_SHARE,
)
