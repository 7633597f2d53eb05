"""How many cases cannot be counted, may be told twice, or came late."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, result, tally
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.policy.quality import ALIKE_DAYS, LATE_TOLD
from metrics.quality.duplicates import probable
from metrics.quality.implausible import left_out
from metrics.quality.lateness import lateness
from metrics.selection import Period
from metrics.text import Text
from metrics.units import CASES, DAYS, PER_CENT

_WHO = "WHO Data Quality Review 2017"
_JUDGED = Text(
    "kasus yang sudah dapat dinilai terlambat atau tidak",
    "cases of which it can be told already whether they are late",
)
_SETTLED = Text(
    f"Bulan dinilai bila sudah cukup lama berlalu agar {LATE_TOLD.value['settled']}% kasusnya "
    "sudah masuk, jadi periode pendek dapat kosong. Kasus dari sebelum pos mulai melapor tidak "
    "dihitung.",
    f"A month is judged when it ended long enough ago for {LATE_TOLD.value['settled']}% of its "
    "cases to have come, so a short period can be empty. Cases from before the post began to "
    "report do not count.",
)


def _probable_duplicates(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(probable(rows.cases, period), by)


def _quarantined_cases(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(left_out(rows.cases, period), by)


def _late_share(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.cases, by)
    return result(lateness(rows, period, by).rename({"share": "value"}), by)


def _median_lag(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.cases, by)
    told = lateness(rows, period, by).select(*by, "n", value="median")
    return result(told, by)


PROBABLE_DUPLICATES = Metric(
    name="probable_duplicates",
    label=Text("Kasus mungkin ganda", "Possible duplicate cases"),
    definition=Text(
        f"Jumlah kasus yang serupa dengan kasus lain yang dilaporkan paling lama {ALIKE_DAYS.value}"
        " hari sebelumnya di pos yang sama.",
        f"Cases that look like another one reported at most {ALIKE_DAYS.value} days before at the "
        "same post.",
    ),
    formula=Text(
        "Banyaknya kasus yang pos, jenis, mitra, jenis kelamin, jumlah PMI dan jenis pemberi "
        "kerjanya sama dengan kasus sebelumnya.",
        "Number of cases with the same post, type, agency, gender, workers and employer type as "
        "the one before.",
    ),
    limits=Text(
        "Data tidak memuat identitas PMI, jadi kasus serupa dapat menyangkut PMI lain. Kasus tetap "
        "dihitung dan hanya didaftar untuk diperiksa. Kasus tanpa mitra tidak dinilai.",
        "The data hold no identity of workers, so a similar case can concern someone else. The "
        "cases still count and are only listed to be checked. Cases without an agency are not "
        "judged.",
    ),
    source=_WHO,
    unit=CASES,
    time_base="opened",
    better="lower",
    counted=Text("kasus mungkin ganda", "possible duplicate cases"),
    compute=_probable_duplicates,
    comparison="untested",
    of_nothing=0,
)
QUARANTINED_CASES = Metric(
    name="quarantined_cases",
    label=Text("Kasus dikeluarkan dari hitungan", "Cases left out of all figures"),
    definition=Text(
        "Jumlah baris kasus yang tidak dapat dihitung: tanpa nomor atau tanggal lapor, tanggal "
        "terbalik, atau diganti baris yang lebih baru.",
        "Rows of cases that cannot be counted: without number or date reported, with dates out of "
        "order, or replaced by a later row.",
    ),
    formula=Text(
        "Banyaknya baris kasus yang tidak sah pada hari terakhir periode.",
        "Number of rows of cases that are not valid on the last day of the period.",
    ),
    limits=Text(
        "Salinan yang sama persis tidak dihitung di sini. Baris tanpa tanggal lapor muncul di "
        "setiap periode.",
        "Exact copies do not count here. A row without a date reported appears in every period.",
    ),
    source=_WHO,
    unit=CASES,
    time_base="opened",
    better="lower",
    counted=Text("baris kasus yang tidak sah", "rows of cases that are not valid"),
    compute=_quarantined_cases,
    comparison="untested",
    of_nothing=0,
)
LATE_SHARE = Metric(
    name="late_share",
    label=Text("Kasus terlambat dicatat", "Cases told late"),
    definition=Text(
        f"Porsi kasus yang baru masuk laporan lebih dari {LATE_TOLD.value['days']} hari sesudah "
        "tanggal lapor.",
        f"Share of the cases that first came in a file more than {LATE_TOLD.value['days']} days "
        "after their report.",
    ),
    formula=Text(
        "Kasus terlambat dibagi kasus yang sudah dapat dinilai. Selang 95% Wilson.",
        "Late cases divided by the cases that can be judged. 95% Wilson interval.",
    ),
    limits=_SETTLED,
    source="WHO Data Quality Review 2017; Wilson 1927",
    unit=PER_CENT,
    time_base="opened",
    better="lower",
    counted=_JUDGED,
    compute=_late_share,
    comparison="untested",
)
MEDIAN_REGISTRATION_LAG_DAYS = Metric(
    name="median_registration_lag_days",
    label=Text("Median jeda pencatatan", "Median registration lag"),
    definition=Text(
        "Jeda tengah dari tanggal lapor sampai laporan pertama yang memuat kasus itu diterima.",
        "Middle delay from the date reported until the day the first file with the case came.",
    ),
    formula=Text(
        "Median selisih hari di antara kasus yang sudah dapat dinilai.",
        "Median of the differences in days among the cases that can be judged.",
    ),
    limits=Text(
        "Laporan dikirim sekali sebulan, jadi jeda sampai sekitar 40 hari wajar. "
        + _SETTLED.indonesian,
        "Files are sent once a month, so a lag of up to about 40 days is natural. "
        + _SETTLED.english,
    ),
    source=_WHO,
    unit=DAYS,
    time_base="opened",
    better="lower",
    counted=_JUDGED,
    compute=_median_lag,
    comparison="untested",
)
METRICS = (
    PROBABLE_DUPLICATES,
    QUARANTINED_CASES,
    LATE_SHARE,
    MEDIAN_REGISTRATION_LAG_DAYS,
)
