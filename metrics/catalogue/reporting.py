"""Which posts have reported: whether at all, in time, in full, and without later repairs."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, tally
from metrics.frames import Rows
from metrics.mandatory import filled
from metrics.metric import Metric
from metrics.policy.posts import REPORT_DUE_DAYS
from metrics.reporting import answered
from metrics.selection import Period
from metrics.text import Text
from metrics.units import PER_CENT, POSTS

_DHIS2 = "DHIS2 reporting rates"
_POST_MONTHS = ("post_code", "place", "period")
_POSTS = ("post_code", "place")
_DUE = Text("laporan yang sudah jatuh tempo", "reports due")
_NOT_YET = Text(
    "Bulan terakhir periode biasanya belum jatuh tempo dan tidak dihitung. Pos diharapkan melapor "
    "sejak bulan pertama yang pernah dilaporkannya.",
    "The last month of a period is usually not yet due and does not count. A post is expected to "
    "report from the first month that it ever reported.",
)


def _reporting_posts(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    month = period.last.replace(day=1)
    reports = rows.submissions.lazy().filter(
        pl.col("period") == month, pl.col("post_code").is_not_null()
    )
    return tally(reports, by, n=pl.col("post_code").n_unique())


def _share(rows: Rows, period: Period, by: Sequence[str], came: pl.Expr) -> pl.DataFrame:
    wanted = answered(rows.submissions, period)
    check(wanted.select(_POST_MONTHS), by)
    return tally(wanted, by, pl.when(pl.len() > 0).then(came.sum() / pl.len()))


def _reporting_rate(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return _share(rows, period, by, pl.col("received_on").is_not_null())


def _on_time_reports(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return _share(rows, period, by, pl.col("received_on") <= pl.col("due"))


def _content_completeness(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.submissions.select(_POSTS), by)
    wanted = pl.sum("wanted")
    share = pl.when(wanted > 0).then(pl.sum("filled") / wanted)
    return tally(filled(rows, period, by), by, share, n=wanted)


def _correction_rate(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    reports = answered(rows.submissions, period)
    check(reports.select(_POST_MONTHS), by)
    told = pl.sum("rows_ok")
    return tally(reports, by, pl.when(told > 0).then(pl.sum("corrected") / told), n=told)


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
    source=_DHIS2,
    unit=POSTS,
    time_base="stock",
    better="higher",
    counted=Text("pos yang melapor", "posts that reported"),
    compute=_reporting_posts,
    of_nothing=0,
)
REPORTING_RATE = Metric(
    name="reporting_rate",
    label=Text("Tingkat pelaporan", "Reporting rate"),
    definition=Text(
        "Porsi laporan bulanan yang sudah diterima, dari yang sudah jatuh tempo pada hari "
        "terakhir periode.",
        "Share of the monthly reports received, of those due by the last day of the period.",
    ),
    formula=Text(
        "Laporan diterima sampai hari itu dibagi laporan yang jatuh tempo. Laporan jatuh tempo "
        f"{REPORT_DUE_DAYS.value} hari sesudah akhir bulan.",
        "Reports received by that day divided by reports due. A report is due "
        f"{REPORT_DUE_DAYS.value} days after the month's end.",
    ),
    limits=_NOT_YET,
    source=_DHIS2,
    unit=PER_CENT,
    time_base="flow",
    better="higher",
    counted=_DUE,
    compute=_reporting_rate,
    comparison="untested",
    only_by=_POST_MONTHS,
)
ON_TIME_REPORTS = Metric(
    name="on_time_reports",
    label=Text("Laporan tepat waktu", "Reports on time"),
    definition=Text(
        "Porsi laporan bulanan yang pertama kali diterima utuh sampai hari jatuh tempo, dari "
        "semua yang sudah jatuh tempo.",
        "Share of the monthly reports first received whole by their due day, of all that are due.",
    ),
    formula=Text(
        "Laporan tepat waktu dibagi laporan yang jatuh tempo, bukan dibagi yang diterima. Hari "
        "diterima menurut tanggal setempat pos.",
        "Reports on time divided by reports due, not by those received. The day of receipt is "
        "the post's local one.",
    ),
    limits=Text(
        _NOT_YET.indonesian + " Perbaikan sesudahnya tidak mengubah angka ini.",
        _NOT_YET.english + " Later corrections do not change this figure.",
    ),
    source="DHIS2 reporting rates on time",
    unit=PER_CENT,
    time_base="flow",
    better="higher",
    counted=_DUE,
    compute=_on_time_reports,
    comparison="untested",
    only_by=_POST_MONTHS,
)
CONTENT_COMPLETENESS = Metric(
    name="content_completeness",
    label=Text("Kelengkapan isian", "Completeness of content"),
    definition=Text(
        "Porsi isian wajib yang terisi, dari semua baris laporan dalam periode.",
        "Share of the mandatory fields that are filled, over all rows reported for the period.",
    ),
    formula=Text(
        "Isian wajib yang terisi dibagi semua isian wajib. Isian bersyarat hanya dihitung bila "
        "berlaku, misalnya tanggal selesai bila kasus sudah berakhir.",
        "Mandatory fields filled divided by all mandatory fields. Conditional fields count only "
        "where they apply, such as the closing date where a case has ended.",
    ),
    limits=Text(
        "Terisi belum tentu benar. Lembar dengan banyak baris menentukan angkanya. Status kasus "
        "dan daftar mitra dihitung menurut keadaan terakhir.",
        "Filled need not be right. Sheets with many rows decide the figure. The status of "
        "cases and the list of agencies count as they stand now.",
    ),
    source="WHO Data Quality Review 2017, completeness of data elements",
    unit=PER_CENT,
    time_base="flow",
    better="higher",
    counted=Text("isian wajib", "mandatory fields"),
    compute=_content_completeness,
    comparison="untested",
    not_within=("case_type", "sector_code", "employer_type"),
    only_by=_POSTS,
)
CORRECTION_RATE = Metric(
    name="correction_rate",
    label=Text("Tingkat perbaikan", "Correction rate"),
    definition=Text(
        "Baris yang ditambah, diubah atau dihapus oleh kiriman ulang sesudah jatuh tempo, "
        "dibanding baris laporan pertama.",
        "Rows added, changed or removed by repeated files after the due day, against the rows of "
        "the first report.",
    ),
    formula=Text(
        "Baris yang diperbaiki sesudah jatuh tempo dibagi baris sah dari kiriman pertama tiap "
        "bulan.",
        "Rows corrected after the due day divided by the valid rows of each month's first file.",
    ),
    limits=Text(
        "Baris yang diperbaiki dua kali dihitung dua kali. Memperbaiki lebih baik daripada "
        "membiarkan salah, jadi baca bersama kelengkapan isian.",
        "A row corrected twice counts twice. To correct is better than to leave an error, so read "
        "it beside the completeness of content.",
    ),
    source="WHO Data Quality Review 2017",
    unit=PER_CENT,
    time_base="flow",
    better="lower",
    counted=Text("baris laporan pertama", "rows of first reports"),
    compute=_correction_rate,
    comparison="untested",
    only_by=_POST_MONTHS,
)
METRICS = (REPORTING_POSTS, REPORTING_RATE, ON_TIME_REPORTS, CONTENT_COMPLETENESS, CORRECTION_RATE)
