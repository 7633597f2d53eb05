"""Which posts have reported."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import tally
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.text import Text
from metrics.units import POSTS


def _reporting_posts(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    month = period.last.replace(day=1)
    reports = rows.submissions.lazy().filter(
        pl.col("period") == month, pl.col("post_code").is_not_null()
    )
    return tally(reports, by, n=pl.col("post_code").n_unique())


REPORTING_POSTS = Metric(
    name="reporting_posts",
    label=Text("Pos yang melapor", "Posts that reported"),
    definition=Text(
        "Jumlah pos yang sudah mengirim laporan untuk bulan terakhir periode.",
        "Posts that have sent their report for the last month of the period.",
    ),
    formula=Text(
        "Banyaknya pos berbeda dengan laporan untuk bulan itu.",
        "Number of different posts with a report for that month.",
    ),
    limits=Text(
        "Laporan yang masuk belum tentu lengkap atau tepat waktu.",
        "A report received need not be complete or on time.",
    ),
    source="DHIS2 reporting rates",
    unit=POSTS,
    time_base="stock",
    better="higher",
    counted=Text("pos yang melapor", "posts that reported"),
    compute=_reporting_posts,
    of_nothing=0,
)
METRICS = (REPORTING_POSTS,)
