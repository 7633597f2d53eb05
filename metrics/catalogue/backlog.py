"""Which cases are open, and which are late."""

from collections.abc import Sequence

import polars as pl

from metrics.cases import OVERDUE
from metrics.catalogue.cases import COURTS, NOT_BAD
from metrics.catalogue.tally import tally
from metrics.codes import SEVERE, is_code
from metrics.cohorts import still_open
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.text import Text
from metrics.units import CASES

OPEN_ONES = Text("kasus terbuka", "open cases")


def _open_cases(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(still_open(rows, period), by)


def _severe_open(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(still_open(rows, period), by, is_code("urgency", SEVERE).sum())


def _overdue_cases(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    limited = still_open(rows, period).filter(pl.col("limit_days").is_not_null())
    return tally(limited, by, OVERDUE.sum())


def _overdue_severe_cases(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    limited = still_open(rows, period).filter(
        pl.col("limit_days").is_not_null(), is_code("urgency", SEVERE)
    )
    return tally(limited, by, OVERDUE.sum())


OPEN_CASES = Metric(
    name="open_cases",
    label=Text("Kasus terbuka", "Open cases"),
    definition=Text(
        "Jumlah kasus yang sudah dilaporkan dan belum selesai atau ditutup pada hari terakhir "
        "periode.",
        "Cases reported and not yet resolved or closed on the last day of the period.",
    ),
    formula=Text(
        "Kasus dilaporkan sampai hari itu dikurangi kasus yang sudah selesai atau ditutup.",
        "Cases reported by that day, less those resolved or closed by then.",
    ),
    limits=NOT_BAD,
    source=COURTS,
    unit=CASES,
    time_base="stock",
    better="neither",
    counted=OPEN_ONES,
    compute=_open_cases,
    of_nothing=0,
)
SEVERE_OPEN = Metric(
    name="severe_open",
    label=Text("Kasus berat terbuka", "Open severe cases"),
    definition=Text(
        "Jumlah kasus terbuka dengan tingkat kedaruratan berat pada hari terakhir periode.",
        "Open cases of severe urgency on the last day of the period.",
    ),
    formula=Text(
        "Banyaknya kasus terbuka yang bertingkat berat.",
        "Number of open cases that are severe.",
    ),
    limits=NOT_BAD,
    source=COURTS,
    unit=CASES,
    time_base="stock",
    better="neither",
    counted=OPEN_ONES,
    compute=_severe_open,
    of_nothing=0,
)
OVERDUE_CASES = Metric(
    name="overdue_cases",
    label=Text("Kasus melewati batas waktu", "Overdue cases"),
    definition=Text(
        "Jumlah kasus terbuka yang umurnya melebihi batas waktu penanganan jenisnya. "
        "Jenis tanpa batas waktu tidak dihitung.",
        "Open cases older than the handling limit of their type. "
        "Types without a limit do not count.",
    ),
    formula=Text(
        "Banyaknya kasus terbuka dengan umur lebih dari batas hari jenisnya.",
        "Number of open cases with an age above the limit of their type in days.",
    ),
    limits=Text(
        "Batas waktu dihitung dalam hari kalender dan masih usulan.",
        "Limits are in calendar days and are a proposal.",
    ),
    source="CEPEJ(2008)11; PermenPANRB SIPPN 14 and 60 working days",
    unit=CASES,
    time_base="stock",
    better="lower",
    counted=Text("kasus terbuka yang punya batas waktu", "open cases with a limit"),
    compute=_overdue_cases,
    of_nothing=0,
)
OVERDUE_SEVERE_CASES = Metric(
    name="overdue_severe_cases",
    label=Text("Kasus berat melewati batas waktu", "Overdue severe cases"),
    definition=Text(
        "Jumlah kasus berat terbuka yang umurnya melebihi batas waktu penanganan jenisnya.",
        "Open severe cases older than the handling limit of their type.",
    ),
    formula=Text(
        "Banyaknya kasus berat terbuka dengan umur lebih dari batas hari jenisnya.",
        "Number of open severe cases with an age above the limit of their type in days.",
    ),
    limits=Text(
        "Kasus TPPO dan proses hukum tidak punya batas waktu. Lihat daftar kasus berat terbuka.",
        "Trafficking and court cases have no limit. See the list of open severe cases.",
    ),
    source=OVERDUE_CASES.source,
    unit=CASES,
    time_base="stock",
    better="lower",
    counted=Text("kasus berat terbuka yang punya batas waktu", "open severe cases with a limit"),
    compute=_overdue_severe_cases,
    of_nothing=0,
)
METRICS = (
    OPEN_CASES,
    SEVERE_OPEN,
    OVERDUE_CASES,
    OVERDUE_SEVERE_CASES,
)
