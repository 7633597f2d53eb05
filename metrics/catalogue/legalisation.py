"""The documents that the posts legalise: how many, how many refused, how fast."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, result, tally
from metrics.frames import Rows
from metrics.legalisation import half_within, processed, timed
from metrics.metric import Metric
from metrics.policy.posts import LEGALISATION_LIMIT
from metrics.selection import Period
from metrics.text import Text
from metrics.units import DAYS, DOCUMENTS, PER_CENT

_SOURCE = "UU 18/2017 art. 9-10; PP 5/2013"
_TIMED = Text(
    "dokumen diproses dengan lama proses diketahui", "documents processed with known duration"
)
_RECEIVED = Text("dokumen diterima", "documents received")


def _documents_received(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    brought = rows.legalised_documents.lazy().filter(period.covers("period"))
    return tally(brought, by, n=pl.sum("received"))


def _documents_approved(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    brought = rows.legalised_documents.lazy().filter(period.covers("period"))
    return tally(brought, by, n=pl.sum("approved"))


def _documents_refused_share(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    batches = processed(rows.legalised_documents, period).filter(pl.col("received").is_not_null())
    received = pl.sum("received")
    refused = pl.sum("returned") + pl.sum("rejected")
    return tally(batches, by, pl.when(received > 0).then(refused / received), n=received)


def _legalisation_days(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.legalised_documents, by)
    return result(half_within(timed(rows.legalised_documents, period), by), by)


def _legalisation_slow_share(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    documents = pl.sum("processed")
    slow = pl.col("days_median").cast(pl.Float64) > LEGALISATION_LIMIT.value
    share = pl.when(documents > 0).then(pl.col("processed").filter(slow).sum() / documents)
    return tally(timed(rows.legalised_documents, period), by, share, n=documents)


DOCUMENTS_RECEIVED = Metric(
    name="documents_received",
    label=Text("Dokumen diterima", "Documents received"),
    definition=Text(
        "Jumlah dokumen yang diterima pos untuk dilegalisasi dalam periode.",
        "Documents that the posts received for legalisation in the period.",
    ),
    formula=Text(
        "Jumlah dokumen diterima dari semua bulan yang mulai dalam periode.",
        "Sum of the documents received in all months that begin in the period.",
    ),
    limits=Text(
        "Dokumen datang dalam kelompok besar, jadi angka bulanan melonjak.",
        "Documents come in large batches, so monthly figures leap.",
    ),
    source=_SOURCE,
    unit=DOCUMENTS,
    time_base="flow",
    better="neither",
    counted=_RECEIVED,
    compute=_documents_received,
    comparison="untested",
    of_nothing=0,
)
DOCUMENTS_APPROVED = Metric(
    name="documents_approved",
    label=Text("Dokumen disahkan", "Documents approved"),
    definition=Text(
        "Jumlah dokumen yang disahkan pos dalam periode.",
        "Documents that the posts approved in the period.",
    ),
    formula=Text(
        "Jumlah dokumen disahkan dari semua bulan yang mulai dalam periode.",
        "Sum of the documents approved in all months that begin in the period.",
    ),
    limits=Text(
        "Sebagian dapat diterima sebelum periode. Mengesahkan lebih banyak belum tentu lebih baik.",
        "Some may have been received before the period. To approve more need not be better.",
    ),
    source=_SOURCE,
    unit=DOCUMENTS,
    time_base="flow",
    better="neither",
    counted=Text("dokumen disahkan", "documents approved"),
    compute=_documents_approved,
    comparison="untested",
    of_nothing=0,
)
DOCUMENTS_REFUSED_SHARE = Metric(
    name="documents_refused_share",
    label=Text("Porsi dokumen dikembalikan atau ditolak", "Share of documents refused"),
    definition=Text(
        "Dokumen yang dikembalikan atau ditolak dalam periode, dibanding dokumen diterima.",
        "Documents returned or rejected in the period, against the documents received.",
    ),
    formula=Text(
        "Dokumen dikembalikan dan ditolak dibagi dokumen diterima. Tanpa selang karena dokumen "
        "dalam satu kelompok tidak saling bebas.",
        "Documents returned and rejected divided by documents received. No interval, because "
        "the documents of one batch are not independent.",
    ),
    limits=Text(
        "Sebagian dapat diterima sebelum periode. Porsi tinggi dapat berarti pemeriksaan yang "
        "teliti atau berkas yang buruk.",
        "Some may have been received before the period. A high share can mean careful checks or "
        "poor papers.",
    ),
    source=_SOURCE,
    unit=PER_CENT,
    time_base="flow",
    better="neither",
    counted=_RECEIVED,
    compute=_documents_refused_share,
    comparison="untested",
)
LEGALISATION_DAYS = Metric(
    name="legalisation_days",
    label=Text("Lama legalisasi (separuh dokumen)", "Legalisation time (half of the documents)"),
    definition=Text(
        "Separuh dokumen yang diproses berada dalam kelompok dengan median hari proses sekian "
        "atau kurang.",
        "Half of the documents processed were in batches whose median days were this or fewer.",
    ),
    formula=Text(
        "Kuantil 50% dari median tiap kelompok, dibobot dengan dokumen disahkan, dikembalikan "
        "dan ditolak.",
        "50% quantile of the batches' medians, weighted by the documents approved, returned and "
        "rejected.",
    ),
    limits=Text(
        "Bukan median semua dokumen: pos hanya melaporkan median tiap kelompok. Kelompok tanpa "
        "isian lama proses tidak dihitung.",
        "It is not the median over all documents: posts report only each batch's median. Batches "
        "without a duration do not count.",
    ),
    source=_SOURCE,
    unit=DAYS,
    time_base="flow",
    better="lower",
    counted=_TIMED,
    compute=_legalisation_days,
    comparison="untested",
)
LEGALISATION_SLOW_SHARE = Metric(
    name="legalisation_slow_share",
    label=Text("Porsi legalisasi lambat", "Share of slow legalisation"),
    definition=Text(
        "Porsi dokumen diproses yang berada dalam kelompok dengan median di atas "
        f"{LEGALISATION_LIMIT.value} hari.",
        "Share of the documents processed that were in batches with a median above "
        f"{LEGALISATION_LIMIT.value} days.",
    ),
    formula=Text(
        "Dokumen dalam kelompok lambat dibagi dokumen dalam semua kelompok dengan lama proses "
        "diketahui.",
        "Documents in slow batches divided by documents in all batches with known duration.",
    ),
    limits=Text(
        "Dalam kelompok lambat sebagian dokumen dapat selesai cepat, dan sebaliknya. Batas hari "
        "masih usulan.",
        "Within a slow batch some documents can be fast, and the other way round. The limit is a "
        "proposal.",
    ),
    source=_SOURCE,
    unit=PER_CENT,
    time_base="flow",
    better="lower",
    counted=_TIMED,
    compute=_legalisation_slow_share,
    comparison="untested",
)
METRICS = (
    DOCUMENTS_RECEIVED,
    DOCUMENTS_APPROVED,
    DOCUMENTS_REFUSED_SHARE,
    LEGALISATION_DAYS,
    LEGALISATION_SLOW_SHARE,
)
