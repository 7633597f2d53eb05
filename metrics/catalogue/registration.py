"""How completely the posts know and reach the workers in their charge."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, tally
from metrics.frames import Rows
from metrics.metric import Compute, Metric
from metrics.selection import Period
from metrics.text import Text
from metrics.units import PER_CENT, VISITS, WORKERS
from metrics.workers import latest, told

DUTIES = "UU 18/2017 art. 21"


def monthly_total(column: str) -> Compute:
    """Return how a column of the monthly summary adds up over the months of a period.

    Without any month that tells it the value is null: no report is no zero.
    """

    def compute(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
        total = pl.sum(column)
        known = pl.when(pl.len() > 0).then(total)
        return tally(told(rows.monthly_summary, period, column), by, known, n=total)

    return compute


def _coverage_pct(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.monthly_summary, by)
    registered, estimated = pl.sum("registered_workers"), pl.sum("estimated_workers")
    estimates = rows.monthly_summary.filter(pl.col("estimated_workers") > 0)
    both = latest(estimates, period, "registered_workers", by=by)
    return tally(both, by, pl.when(estimated > 0).then(registered / estimated), n=estimated)


def _monitored_pct(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.monthly_summary, by)
    both = told(rows.monthly_summary, period, "monitored_workers", "registered_workers")
    posts = both.group_by(list(dict.fromkeys(("post_code", *by)))).agg(
        pl.sum("monitored_workers"), pl.mean("registered_workers")
    )
    monitored, registered = pl.sum("monitored_workers"), pl.sum("registered_workers")
    return tally(posts, by, pl.when(registered > 0).then(monitored / registered), n=monitored)


COVERAGE_PCT = Metric(
    name="coverage_pct",
    label=Text("Cakupan pendataan", "Coverage of registration"),
    definition=Text(
        "Porsi PMI terdata dari perkiraan jumlah PMI, menurut bulan terakhir tiap pos dalam "
        "periode yang memuat kedua angka.",
        "Share of the estimated workers who are registered, by the last month of each post in the "
        "period that has both figures.",
    ),
    formula=Text(
        "Jumlah PMI terdata dibagi jumlah perkiraan PMI dari pos yang punya keduanya.",
        "Sum of the registered workers divided by the sum of the estimated workers, of the posts "
        "that have both.",
    ),
    limits=Text(
        "Dapat melebihi 100%: perkiraan dapat terlalu rendah, atau PMI yang sudah pulang masih "
        "terdata. Sumber perkiraan tiap pos berbeda, jadi jangan dipakai untuk memeringkat pos.",
        "It can pass 100%: the estimate can be too low, or workers who went home can still be "
        "registered. Posts estimate from different sources, so do not rank posts by it.",
    ),
    source=DUTIES,
    unit=PER_CENT,
    time_base="stock",
    better="higher",
    counted=Text("perkiraan jumlah PMI", "estimated workers"),
    compute=_coverage_pct,
    comparison="untested",
)
MONITORED_PCT = Metric(
    name="monitored_pct",
    label=Text("Porsi PMI dipantau", "Share of workers monitored"),
    definition=Text(
        "PMI yang dikunjungi atau dihubungi pos dalam periode, dibanding rata-rata PMI terdata.",
        "Workers whom the posts visited or contacted in the period, against the mean number of "
        "registered workers.",
    ),
    formula=Text(
        "Jumlah PMI dipantau dibagi rata-rata PMI terdata akhir bulan, dari bulan yang memuat "
        "kedua angka.",
        "Sum of the workers monitored divided by the mean month-end registered workers, of the "
        "months that have both figures.",
    ),
    limits=Text(
        "PMI yang dihubungi berulang kali dihitung berulang kali. Periode yang lebih panjang "
        "memberi angka lebih tinggi, jadi bandingkan hanya periode yang sama panjang.",
        "A worker contacted several times counts several times. A longer period gives a higher "
        "figure, so compare only periods of equal length.",
    ),
    source=DUTIES,
    unit=PER_CENT,
    time_base="flow",
    better="higher",
    counted=Text("PMI dipantau, dengan ulangan", "workers monitored, repeats included"),
    compute=_monitored_pct,
    comparison="untested",
)
NEW_REGISTRATIONS = Metric(
    name="new_registrations",
    label=Text("Pendataan baru", "New registrations"),
    definition=Text(
        "Jumlah PMI yang baru didata atau lapor diri dalam periode.",
        "Workers newly registered, or who reported themselves, in the period.",
    ),
    formula=Text(
        "Jumlah pendataan baru dari semua bulan yang mulai dalam periode.",
        "Sum of the new registrations of all months that begin in the period.",
    ),
    limits=Text(
        "Bukan jumlah kedatangan: PMI dapat didata lama sesudah tiba, atau tidak sama sekali.",
        "It does not count arrivals: workers can be registered long after arrival, or never.",
    ),
    source=DUTIES,
    unit=WORKERS,
    time_base="flow",
    better="neither",
    counted=Text("pendataan baru", "new registrations"),
    compute=monthly_total("registered_new"),
    comparison="untested",
)
EMPLOYER_VISITS = Metric(
    name="employer_visits",
    label=Text("Kunjungan ke pemberi kerja", "Employer visits"),
    definition=Text(
        "Jumlah kunjungan pos ke pemberi kerja dalam periode.",
        "Visits of the posts to employers in the period.",
    ),
    formula=Text(
        "Jumlah kunjungan dari semua bulan yang mulai dalam periode.",
        "Sum of the visits of all months that begin in the period.",
    ),
    limits=Text(
        "Hanya menghitung banyaknya dan bukan hasil kunjungan. Jarak dan izin masuk tiap pos "
        "berbeda.",
        "It counts visits, not what came of them. Posts differ in distances and in access.",
    ),
    source=DUTIES,
    unit=VISITS,
    time_base="flow",
    better="neither",
    counted=Text("kunjungan", "visits made"),
    compute=monthly_total("employer_visits"),
    comparison="untested",
)
METRICS = (COVERAGE_PCT, MONITORED_PCT, NEW_REGISTRATIONS, EMPLOYER_VISITS)
