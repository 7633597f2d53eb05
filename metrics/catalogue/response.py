"""How soon posts respond first, with unanswered cases counted in (Kaplan-Meier)."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.curves import (
    COHORT,
    FEWEST,
    LATER,
    SURVIVAL,
    joined,
    quantile_of,
    share_of,
    wilson_share,
)
from metrics.codes import SEVERE, is_code
from metrics.cohorts import reported
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.policy.handling import FIRST_RESPONSE_LIMIT, MOST_UNRECORDED
from metrics.selection import Period
from metrics.text import Text
from metrics.units import DAYS, PER_CENT

_LIMIT = FIRST_RESPONSE_LIMIT.value
_WITHHELD = Text(
    f"Tidak ditampilkan bila lebih dari {MOST_UNRECORDED.value}% kasus yang ditutup tidak mencatat "
    "tanggal tanggapan. Dihitung dalam hari, bukan jam.",
    f"Withheld if more than {MOST_UNRECORDED.value}% of the closed cases have no response date. "
    "In days, not hours.",
)
_UNANSWERED = Text(
    " Kasus terbuka yang belum ditanggapi dihitung sampai hari terakhir periode; kasus ditutup "
    "tanpa tanggal tanggapan tidak dihitung.",
    " Open cases without a response count up to the last day of the period; closed cases without "
    "a response date do not count.",
)


def _told(rows: Rows, period: Period) -> pl.LazyFrame:
    """Return the cohort with `wait` (days to the response or the last look) and `answered`.

    `unrecorded` are those whose response is not told: closed without one, or a day before the
    report, which is no day of a response.
    """
    response = pl.col("date_first_response")
    wait = (response - pl.col("date_reported")).dt.total_days()
    answered = (response <= period.last).fill_null(False)
    return reported(rows, period).with_columns(
        wait=pl.when(answered).then(wait).otherwise("days"),
        answered=answered,
        unrecorded=(~answered & pl.col("closed")) | (wait < 0).fill_null(False),
    )


def _enough(measured: pl.DataFrame, told: pl.LazyFrame, by: Sequence[str]) -> pl.DataFrame:
    """Withhold the values of groups in which too many closed cases do not tell."""
    key = pl.lit(True).alias("_key")
    missing = (pl.col("unrecorded") & pl.col("closed")).sum() * 100
    allowed = pl.col("closed").sum() * MOST_UNRECORDED.value
    groups = told.group_by(*by, key).agg(withheld=missing > allowed).collect()
    joint = measured.with_columns(key).join(
        groups, on=[*by, "_key"], how="left", nulls_equal=True, maintain_order="left"
    )
    kept = [pl.when(~pl.col("withheld")).then(c).alias(c) for c in ("value", "lower", "upper")]
    return joint.with_columns(kept).select(measured.columns)


def _median(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    told = _told(rows, period)
    median = quantile_of(told.filter(~pl.col("unrecorded")), by, 0.5, time="wait", event="answered")
    return _enough(median, told, by)


def _on_time(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    told = _told(rows, period)
    limit = pl.when(is_code("urgency", SEVERE)).then(_LIMIT["severe"]).otherwise(_LIMIT["other"])
    # Each case on the scale of its own limit: 1 is the last day in time.
    parts = told.filter(~pl.col("unrecorded")).with_columns(pl.col("wait", "entry") / limit)
    return _enough(share_of(parts, by, 1, time="wait", event="answered"), told, by)


def _missing(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return wilson_share(_told(rows, period).filter("closed"), by, pl.col("unrecorded"))


MEDIAN_FIRST_RESPONSE_DAYS = Metric(
    name="median_first_response_days",
    label=Text("Waktu tanggapan pertama (median)", "First response time (median)"),
    definition=joined(
        Text(
            "Separuh kasus mendapat tanggapan pertama pos dalam jumlah hari ini atau kurang.",
            "Half of the cases had the post's first response within this many days.",
        ),
        _UNANSWERED,
    ),
    formula=Text(
        "Hari pertama ketika peluang belum ditanggapi turun sampai separuh (Kaplan-Meier).",
        "The first day on which the chance of having no response yet has fallen to a half "
        "(Kaplan-Meier).",
    ),
    limits=joined(_WITHHELD, LATER),
    source="Kaplan & Meier 1958; Brookmeyer & Crowley 1982",
    unit=DAYS,
    time_base="opened",
    better="lower",
    counted=COHORT,
    compute=_median,
    fewest=FEWEST["cases"],
)
RESPONSE_ON_TIME = Metric(
    name="response_on_time",
    label=Text("Tanggapan pertama tepat waktu", "First response on time"),
    definition=joined(
        Text(
            f"Porsi kasus yang ditanggapi dalam {_LIMIT['severe']} hari bila berat, atau dalam "
            f"{_LIMIT['other']} hari bila tidak.",
            f"Share of the cases answered within {_LIMIT['severe']} day if severe, or else within "
            f"{_LIMIT['other']} days.",
        ),
        _UNANSWERED,
    ),
    formula=Text(
        "Hari sampai tanggapan dibagi batasnya; satu dikurangi peluang belum ditanggapi pada "
        "nilai 1 (Kaplan-Meier).",
        "Days to the response divided by their limit; one less the chance of having no response "
        "at 1 (Kaplan-Meier).",
    ),
    limits=joined(_WITHHELD, LATER),
    source=SURVIVAL,
    unit=PER_CENT,
    time_base="opened",
    better="higher",
    counted=COHORT,
    compute=_on_time,
    fewest=FEWEST["cases"],
)
RESPONSE_MISSING = Metric(
    name="response_missing",
    label=Text("Ditutup tanpa tanggal tanggapan", "Closed without a response date"),
    definition=Text(
        "Porsi kasus yang ditutup tanpa tanggal tanggapan pertama, atau dengan tanggal sebelum "
        "dilaporkan.",
        "Share of the closed cases without a date of first response, or with one before the "
        "report.",
    ),
    formula=Text(
        "Kasus ditutup tanpa tanggal tanggapan dibagi semua kasus periode ini yang sudah ditutup.",
        "Closed cases without a response date, divided by all of the period's cases closed by now.",
    ),
    limits=Text(
        "Ukuran mutu data. Tidak berarti kasus itu tidak ditanggapi.",
        "It measures the data. It does not mean that those cases had no response.",
    ),
    source="Wilson 1927; WHO Data Quality Review",
    unit=PER_CENT,
    time_base="opened",
    better="lower",
    counted=Text(
        "kasus dilaporkan dalam periode yang sudah ditutup",
        "cases reported in the period and closed by now",
    ),
    compute=_missing,
)
METRICS = (
    MEDIAN_FIRST_RESPONSE_DAYS,
    RESPONSE_ON_TIME,
    RESPONSE_MISSING,
)
