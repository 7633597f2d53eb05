"""How much of the posts' data is doubtful; `metrics.quality.findings` lists the rows behind."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, tally
from metrics.frames import Rows
from metrics.mandatory import filled
from metrics.metric import Compute, Metric
from metrics.quality import findings
from metrics.quality.duplicates import COPY, SUPERSEDED
from metrics.selection import Period
from metrics.statistics.outliers import FEWEST, FURTHEST
from metrics.text import Text
from metrics.units import FINDINGS, PER_CENT

_GROUPS_OF_POSTS = ("post_code", "place")
# They look at several tables, of which a filter by these would reach a part.
_SEVERAL_TABLES = ("case_type", "sector_code", "employer_type")
_WHO = "WHO Data Quality Review 2017"
_FOUND = Text("temuan", "findings")
_TWO_FAULTS = Text(
    "Satu baris dengan dua kesalahan dihitung dua kali. Baris tanpa tanggal yang masuk akal "
    "muncul di setiap periode.",
    "A row with two faults counts twice. A row without a possible date appears in every period.",
)


def _missing_share(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.submissions.select(_GROUPS_OF_POSTS), by)
    wanted = pl.sum("wanted")
    share = pl.when(wanted > 0).then((wanted - pl.sum("filled")) / wanted)
    return tally(filled(rows, period, by), by, share, n=wanted)


def _number_found(subject: str, *kinds: str) -> Compute:
    """Return the count of the findings of a subject, or of only some kinds of it."""

    def compute(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
        posts = rows.submissions.select(_GROUPS_OF_POSTS)
        check(posts, by)
        found = findings(rows, period, (subject,))
        if kinds:
            found = found.filter(pl.col("kind").is_in(kinds))
        return tally(found.cast({column: posts.schema[column] for column in by}), by)

    return compute


MISSING_SHARE = Metric(
    name="missing_share",
    label=Text("Isian wajib yang kosong", "Empty mandatory fields"),
    definition=Text(
        "Porsi isian wajib yang kosong pada baris laporan dalam periode.",
        "Share of the mandatory fields that are empty, of the rows reported in the period.",
    ),
    formula=Text(
        "Isian wajib yang kosong dibagi semua isian wajib yang berlaku bagi barisnya.",
        "Empty mandatory fields divided by all mandatory fields that apply to their row.",
    ),
    limits=Text(
        "Isian yang belum mungkin ada, misalnya tanggal selesai kasus terbuka, tidak dihitung. "
        "Isian yang terisi belum tentu benar.",
        "Fields that cannot be there yet, such as the closing date of an open case, do not count. "
        "A filled field need not be right.",
    ),
    source=_WHO,
    unit=PER_CENT,
    time_base="flow",
    better="lower",
    counted=Text("isian wajib", "mandatory fields"),
    compute=_missing_share,
    comparison="untested",
    only_by=_GROUPS_OF_POSTS,
    not_within=_SEVERAL_TABLES,
)
IMPLAUSIBLE_ROWS = Metric(
    name="implausible_rows",
    label=Text("Isian yang tidak masuk akal", "Implausible entries"),
    definition=Text(
        "Jumlah isian yang tidak mungkin benar: urutan tanggal terbalik, status yang bertentangan "
        "dengan tanggal, terisi melebihi lowongan, saldo shelter yang tidak cocok.",
        "Entries that cannot be right: dates out of order, a status against its dates, more filled "
        "than offered, a shelter balance that does not fit.",
    ),
    formula=Text(
        "Banyaknya pasangan baris dan aturan yang dilanggar, dari baris dalam periode.",
        "Number of pairs of a row and a rule it breaks, of the rows of the period.",
    ),
    limits=_TWO_FAULTS,
    source=_WHO,
    unit=FINDINGS,
    time_base="flow",
    better="lower",
    counted=_FOUND,
    compute=_number_found("implausible"),
    comparison="untested",
    of_nothing=0,
    only_by=_GROUPS_OF_POSTS,
    not_within=_SEVERAL_TABLES,
)
INCONSISTENT_TOTALS = Metric(
    name="inconsistent_totals",
    label=Text("Jumlah yang tidak cocok", "Totals that do not fit"),
    definition=Text(
        "Jumlah bulan dengan penempatan jauh melebihi pendataan baru, atau dengan dokumen "
        "ditangani melebihi yang diterima dan sisa sebelumnya.",
        "Months with far more placements than new registrations, or with more documents handled "
        "than were received or left over.",
    ),
    formula=Text(
        "Banyaknya bulan per pos, dan per jenis dokumen, yang jumlahnya tidak mungkin benar semua.",
        "Number of months by post, and by type of document, whose totals cannot all be right.",
    ),
    limits=Text(
        "PMI yang tiba pada akhir bulan dapat didata bulan berikutnya. Sisa dokumen sebelum bulan "
        "pertama tidak diketahui.",
        "Workers who arrive late in a month can be registered in the next. Documents left from "
        "before the first month are not known.",
    ),
    source=_WHO,
    unit=FINDINGS,
    time_base="flow",
    better="lower",
    counted=_FOUND,
    compute=_number_found("consistency"),
    comparison="untested",
    of_nothing=0,
    only_by=_GROUPS_OF_POSTS,
    not_within=_SEVERAL_TABLES,
)
DUPLICATE_ROWS = Metric(
    name="duplicate_rows",
    label=Text("Baris ganda", "Duplicate rows"),
    definition=Text(
        "Jumlah baris kasus, permintaan tenaga kerja dan rekap bulanan yang sudah pernah masuk, "
        "sama persis atau dengan nomor yang sama.",
        "Rows of cases, job orders and monthly summaries that had come before, exactly the same or "
        "with the same number.",
    ),
    formula=Text(
        "Banyaknya salinan persis, ditambah baris dengan nomor yang dipakai lagi sesudahnya.",
        "Number of exact copies, and of rows whose number was used again after them.",
    ),
    limits=Text(
        "Baris ganda tidak ikut dihitung dalam angka lain. Yang berlaku adalah baris terakhir.",
        "Duplicates do not count in other figures. The last row is the one that holds.",
    ),
    source=_WHO,
    unit=FINDINGS,
    time_base="flow",
    better="lower",
    counted=_FOUND,
    compute=_number_found("duplicates", COPY, SUPERSEDED),
    comparison="untested",
    of_nothing=0,
    only_by=_GROUPS_OF_POSTS,
    not_within=_SEVERAL_TABLES,
)
OUTLYING_ROWS = Metric(
    name="outlying_rows",
    label=Text("Nilai pencilan", "Outlying values"),
    definition=Text(
        "Jumlah lama penanganan, upah, nilai uang, PMI terdata dan penempatan yang jauh dari yang "
        "biasa di pos itu.",
        "Durations, wages, amounts, registered workers and placements that lie far from the usual "
        "of their post.",
    ),
    formula=Text(
        "Banyaknya nilai dengan jarak ke median lebih dari "
        f"{str(FURTHEST).replace('.', ',')} kali simpangan mutlak median yang disetarakan.",
        f"Number of values further from the median than {FURTHEST} scaled median absolute "
        "deviations.",
    ),
    limits=Text(
        f"Nilai pencilan dapat benar. Kelompok dengan kurang dari {FEWEST} nilai tidak dinilai.",
        f"An outlying value can be right. Groups of fewer than {FEWEST} values are not judged.",
    ),
    source="Iglewicz & Hoaglin 1993",
    unit=FINDINGS,
    time_base="flow",
    better="lower",
    counted=_FOUND,
    compute=_number_found("outliers"),
    comparison="untested",
    of_nothing=0,
    only_by=_GROUPS_OF_POSTS,
    not_within=_SEVERAL_TABLES,
)
METRICS = (
    MISSING_SHARE,
    IMPLAUSIBLE_ROWS,
    INCONSISTENT_TOTALS,
    DUPLICATE_ROWS,
    OUTLYING_ROWS,
)
