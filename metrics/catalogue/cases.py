"""How many cases came in, and how many were closed."""

from collections.abc import Sequence

import polars as pl

from metrics.cases import closings
from metrics.catalogue.tally import tally
from metrics.codes import RESOLVED, is_code
from metrics.cohorts import reported
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.text import Text
from metrics.units import CASES, WORKERS

COURTS = "CEPEJ(2008)11, GOJUST: incoming, resolved and pending cases"
NOT_BAD = Text(
    "Jumlah yang tinggi dapat berarti pos mudah dijangkau. Jangan dipakai untuk memeringkat pos.",
    "A high count can mean that the post is easy to reach. Do not rank posts by it.",
)
_NEW = Text("kasus masuk", "new cases")
_CLOSED = Text("kasus ditutup", "closed cases")


def _closed(rows: Rows, period: Period) -> pl.LazyFrame:
    return closings(rows.cases, period)


def _new_cases(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(reported(rows, period), by)


def _people_affected(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(reported(rows, period), by, pl.col("people").sum())


def _closed_cases(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(_closed(rows, period), by)


def _resolved_cases(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(_closed(rows, period), by, is_code("status", RESOLVED).sum())


NEW_CASES = Metric(
    name="new_cases",
    label=Text("Kasus masuk", "New cases"),
    definition=Text(
        "Jumlah kasus yang dilaporkan ke pos dalam periode. Satu nomor kasus dihitung satu kali.",
        "Cases reported to the posts in the period. One case number counts once.",
    ),
    formula=Text(
        "Banyaknya nomor kasus dengan tanggal lapor dalam periode.",
        "Number of case numbers with a report date in the period.",
    ),
    limits=NOT_BAD,
    source=COURTS,
    unit=CASES,
    time_base="flow",
    better="neither",
    counted=_NEW,
    compute=_new_cases,
    of_nothing=0,
)
PEOPLE_AFFECTED = Metric(
    name="people_affected",
    label=Text("PMI terdampak", "Workers affected"),
    definition=Text(
        "Jumlah PMI dalam kasus yang masuk dalam periode. Satu kasus dapat menyangkut banyak PMI.",
        "Workers in the cases reported in the period. One case can concern many workers.",
    ),
    formula=Text(
        "Jumlah PMI dari semua kasus masuk dalam periode.",
        "Sum of the workers of all new cases in the period.",
    ),
    limits=Text(
        "PMI dengan dua kasus dihitung dua kali. Jangan dijumlahkan dengan jumlah kasus.",
        "A worker with two cases counts twice. Do not add it to the number of cases.",
    ),
    source=COURTS,
    unit=WORKERS,
    time_base="flow",
    better="neither",
    counted=_NEW,
    compute=_people_affected,
    of_nothing=0,
)
CLOSED_CASES = Metric(
    name="closed_cases",
    label=Text("Kasus ditutup (semua cara)", "Closed cases (any way)"),
    definition=Text(
        "Jumlah penutupan kasus dalam periode, dengan cara apa pun. Kasus yang dibuka kembali "
        "lalu ditutup lagi dihitung pada kedua penutupannya.",
        "Closings of cases in the period, in whatever way. A case told open again and closed "
        "once more counts at both closings.",
    ),
    formula=Text(
        "Banyaknya tanggal selesai atau ditutup dalam periode.",
        "Number of closing dates in the period.",
    ),
    limits=Text(
        "Termasuk kasus yang ditutup tanpa penyelesaian. Bukan ukuran hasil bagi PMI.",
        "It includes cases closed without resolution. It does not measure the result for workers.",
    ),
    source=COURTS,
    unit=CASES,
    time_base="closed",
    better="neither",
    counted=_CLOSED,
    compute=_closed_cases,
    of_nothing=0,
)
RESOLVED_CASES = Metric(
    name="resolved_cases",
    label=Text("Kasus selesai", "Resolved cases"),
    definition=Text(
        "Jumlah kasus yang berakhir dengan status selesai dalam periode. "
        "Kasus yang ditutup tanpa penyelesaian tidak dihitung.",
        "Cases that ended as resolved in the period. Cases closed without resolution do not count.",
    ),
    formula=Text(
        "Banyaknya kasus berstatus selesai dengan tanggal selesai dalam periode.",
        "Number of cases with status resolved and a closing date in the period.",
    ),
    limits=Text(
        "Pos dengan banyak kasus juga menyelesaikan banyak kasus. Baca bersama kasus masuk.",
        "A post with many cases also resolves many. Read it beside the new cases.",
    ),
    source=COURTS,
    unit=CASES,
    time_base="closed",
    better="neither",
    counted=_CLOSED,
    compute=_resolved_cases,
    of_nothing=0,
)
METRICS = (
    NEW_CASES,
    PEOPLE_AFFECTED,
    CLOSED_CASES,
    RESOLVED_CASES,
)
