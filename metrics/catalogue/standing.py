"""How fast and how timely posts are, given the cases they have."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, result
from metrics.cohorts import reported
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.standing import mature, speed, timeliness
from metrics.statistics.groups import summary
from metrics.statistics.intervals import wilson
from metrics.text import Text
from metrics.units import CASES, PER_CENT, TIMES_EXPECTED

_POSTS = ("post_code", "place")
_NO_RANKING = Text(
    "Bandingkan tiap pos dengan angka 1, bukan dengan pos lain, sebab susunan kasusnya berbeda. "
    "Jangan dipakai untuk memeringkat pos.",
    "Compare each post with 1, not with another post, for their mixes of cases differ. Do not "
    "rank posts by it.",
)
_MATURE = Text(
    "kasus dilaporkan dalam periode yang batas waktunya sudah lewat",
    "cases reported in the period whose limit has passed",
)
_BREADTH = "Breslow & Day 1987, vol. II; Garwood 1936"


def _cohort(rows: Rows, period: Period, by: Sequence[str]) -> pl.LazyFrame:
    if not set(by) & set(_POSTS):
        raise ValueError(f"This metric must be told by {' or '.join(_POSTS)}: it compares posts.")
    cohort = reported(rows, period)
    check(cohort, by)
    return cohort


def _speed_ratio(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    told = speed(_cohort(rows, period, by), by)
    return result(told.rename({"ratio": "value", "cases": "n"}), by)


def _on_time_standardised(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    told = timeliness(_cohort(rows, period, by), period.last, by)
    return result(told.rename({"ratio": "value", "cases": "n"}), by)


def _on_time_excess(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    told = timeliness(_cohort(rows, period, by), period.last, by).rename({"cases": "n"})
    return result(
        told.select(*by, "n", value=pl.col("observed") - pl.col("expected")),
        by,
    )


def _on_time_mature(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    cohort = reported(rows, period)
    check(cohort, by)
    counted = summary(mature(cohort, period.last), by, hits=pl.col("in_time").sum(), n=pl.len())
    return result(wilson(counted, "hits", "n").rename({"share": "value"}), by)


SPEED_RATIO = Metric(
    name="speed_ratio",
    label=Text("Rasio kecepatan penanganan", "Speed ratio"),
    definition=Text(
        "Berapa kali lebih banyak kasus pos yang berakhir daripada bila tiap kasusnya ditangani "
        "secepat kasus sejenis di semua pos. Di atas 1 berarti lebih cepat. Kasus terbuka ikut "
        "dihitung.",
        "How many times more cases of the post ended than if each were handled as fast as cases of "
        "its kind at all posts. Above 1 is faster. Open cases count too.",
    ),
    formula=Text(
        "Kasus yang berakhir dibagi kasus yang diharapkan berakhir selama waktu terbuka yang sama, "
        "menurut jenis dan tingkat kedaruratan (Nelson-Aalen).",
        "Cases ended divided by cases expected to end in the same time open, by type and urgency "
        "(Nelson-Aalen).",
    ),
    limits=_NO_RANKING,
    source="Nelson 1972; Aalen 1978; " + _BREADTH,
    unit=TIMES_EXPECTED,
    time_base="opened",
    better="higher",
    counted=Text("kasus yang dilaporkan dalam periode", "cases reported in the period"),
    compute=_speed_ratio,
    comparison="none",
    always_by=_POSTS,
)
ON_TIME_STANDARDISED = Metric(
    name="on_time_standardised",
    label=Text("Tepat waktu terstandar", "Standardised on-time"),
    definition=Text(
        "Berapa kali lebih banyak kasus pos yang berakhir dalam batas waktunya daripada bila "
        "porsinya sama dengan kasus sejenis di semua pos. Di atas 1 berarti lebih sering tepat "
        "waktu.",
        "How many times more cases of the post ended within their limit than if the share were "
        "that of cases of the same kind at all posts. Above 1 is more often on time.",
    ),
    formula=Text(
        "Kasus tepat waktu dibagi jumlah yang diharapkan menurut jenis dan tingkat kedaruratan, "
        "dari kasus yang batas waktunya sudah lewat.",
        "Cases on time divided by the number expected by type and urgency, of cases whose limit "
        "has passed.",
    ),
    limits=_NO_RANKING,
    source=_BREADTH,
    unit=TIMES_EXPECTED,
    time_base="opened",
    better="higher",
    counted=_MATURE,
    compute=_on_time_standardised,
    comparison="none",
    always_by=_POSTS,
)
ON_TIME_EXCESS = Metric(
    name="on_time_excess",
    label=Text("Kasus tepat waktu di atas harapan", "Cases on time above expectation"),
    definition=Text(
        "Selisih antara kasus yang berakhir dalam batas waktunya dan jumlah yang diharapkan dari "
        "susunan kasus pos. Angka negatif berarti kurang dari harapan.",
        "Cases ended within their limit, less the number expected of the post's mix of cases. "
        "A negative number is fewer than expected.",
    ),
    formula=Text(
        "Kasus tepat waktu dikurangi jumlah yang diharapkan menurut jenis dan tingkat kedaruratan.",
        "Cases on time less the number expected by type and urgency.",
    ),
    limits=Text(
        "Pos besar mempunyai selisih besar. Baca bersama rasionya. Jangan dipakai untuk "
        "memeringkat pos.",
        "Large posts have large differences. Read it beside the ratio. Do not rank posts by it.",
    ),
    source=_BREADTH,
    unit=CASES,
    time_base="opened",
    better="higher",
    counted=_MATURE,
    compute=_on_time_excess,
    comparison="none",
    always_by=_POSTS,
)
ON_TIME_MATURE = Metric(
    name="on_time_mature",
    label=Text("Berakhir tepat waktu (kohor matang)", "Ended on time (mature cohort)"),
    definition=Text(
        "Porsi kasus yang berakhir dalam batas waktunya, hanya dari kasus yang batas waktunya "
        "sudah lewat.",
        "Share of the cases that ended within their limit, only of cases whose limit has passed.",
    ),
    formula=Text(
        "Kasus yang berakhir dalam batas waktu dibagi semua kasus yang dilaporkan sedikitnya "
        "selama batas waktunya sebelum hari terakhir periode.",
        "Cases ended within the limit divided by all cases reported at least their limit before "
        "the last day of the period.",
    ),
    limits=Text(
        "Pendamping porsi tepat waktu. Beda lebih dari 5 poin menandakan kebiasaan yang baru "
        "berubah. Kasus dari sebelum pos melapor tidak dihitung.",
        "A companion of the share on time. A difference of more than 5 points is a sign of a "
        "recent change. Cases from before the post reported do not count.",
    ),
    source="Wilson 1927",
    unit=PER_CENT,
    time_base="opened",
    better="higher",
    counted=_MATURE,
    compute=_on_time_mature,
)
METRICS = (
    SPEED_RATIO,
    ON_TIME_STANDARDISED,
    ON_TIME_EXCESS,
    ON_TIME_MATURE,
)
