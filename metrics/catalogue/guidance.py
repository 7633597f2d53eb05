"""What the posts hold for workers and with others: guidance, coordination, leads on vacancies."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, tally
from metrics.codes import COORDINATION, GUIDANCE, TRAINING, WELCOMING, is_code
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.text import Text
from metrics.units import ACTIVITIES, PARTICIPANTS, PER_CENT, VACANCIES
from metrics.workers import mean_registered

_GROUPS_OF_POSTS = ("post_code", "place")
_SOURCE = "UU 18/2017 art. 21; PER.12/MEN/X/2011"
_HELD = Text("kegiatan", "activities held")
_PARTICIPANTS = Text("peserta PMI, dengan ulangan", "participants, repeats included")


def _held(rows: Rows, period: Period) -> pl.LazyFrame:
    return rows.activities.lazy().filter(period.covers("date"))


def _guided(rows: Rows, period: Period) -> pl.LazyFrame:
    return _held(rows, period).filter(is_code("kind", GUIDANCE, WELCOMING, TRAINING))


def _guidance_participants(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(_guided(rows, period), by, n=pl.sum("participants"))


def _guidance_reach_pct(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    places = rows.monthly_summary.select(_GROUPS_OF_POSTS).unique("post_code")
    check(places, by)
    text = pl.col("post_code").cast(pl.String).alias("post")
    guided = _guided(rows, period).group_by(text).agg(pl.sum("participants"))
    registered = mean_registered(rows.monthly_summary, period)
    posts = (
        registered.join(places.lazy(), on="post_code")
        .with_columns(text)
        .join(guided, on="post", how="left")
    )
    participants, workers = pl.col("participants").fill_null(0).sum(), pl.sum("registered")
    return tally(posts, by, pl.when(workers > 0).then(participants / workers), n=participants)


def _activities_held(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(_held(rows, period), by)


def _coordination_meetings(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(_held(rows, period).filter(is_code("kind", COORDINATION)), by)


def _vacancy_leads(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(_held(rows, period), by, n=pl.sum("leads"))


GUIDANCE_PARTICIPANTS = Metric(
    name="guidance_participants",
    label=Text("Peserta pembinaan", "Participants in guidance"),
    definition=Text(
        "Jumlah PMI peserta pembinaan, program penyambutan dan pelatihan dalam periode.",
        "Workers who took part in guidance, welcoming programmes and training in the period.",
    ),
    formula=Text(
        "Jumlah peserta dari ketiga jenis kegiatan itu dengan tanggal dalam periode.",
        "Sum of the participants of these three kinds of activity with a date in the period.",
    ),
    limits=Text(
        "PMI yang ikut dua kali dihitung dua kali. Bukan ukuran hasil pembinaan.",
        "Who takes part twice counts twice. It does not measure what guidance achieves.",
    ),
    source=_SOURCE,
    unit=PARTICIPANTS,
    time_base="flow",
    better="neither",
    counted=_PARTICIPANTS,
    compute=_guidance_participants,
    comparison="untested",
    of_nothing=0,
)
GUIDANCE_REACH_PCT = Metric(
    name="guidance_reach_pct",
    label=Text("Jangkauan pembinaan", "Reach of guidance"),
    definition=Text(
        "Peserta pembinaan, program penyambutan dan pelatihan dalam periode, dibanding rata-rata "
        "PMI terdata.",
        "Participants in guidance, welcoming programmes and training in the period, against the "
        "mean number of registered workers.",
    ),
    formula=Text(
        "Jumlah peserta dibagi rata-rata PMI terdata akhir bulan, dari pos yang melaporkan PMI "
        "terdata.",
        "Sum of the participants divided by the mean month-end registered workers, of the posts "
        "that reported registered workers.",
    ),
    limits=Text(
        "PMI yang ikut berulang kali dihitung berulang kali, jadi ini bukan porsi PMI yang "
        "terjangkau. Bandingkan hanya periode yang sama panjang.",
        "Who takes part several times counts several times, so this is not the share of workers "
        "reached. Compare only periods of equal length.",
    ),
    source=_SOURCE,
    unit=PER_CENT,
    time_base="flow",
    better="higher",
    counted=_PARTICIPANTS,
    compute=_guidance_reach_pct,
    comparison="untested",
    only_by=_GROUPS_OF_POSTS,
)
ACTIVITIES_HELD = Metric(
    name="activities_held",
    label=Text("Kegiatan pos", "Activities held"),
    definition=Text(
        "Jumlah kegiatan pos dalam periode, dari semua jenis.",
        "Activities of the posts in the period, of all kinds.",
    ),
    formula=Text(
        "Banyaknya kegiatan dengan tanggal dalam periode.",
        "Number of activities with a date in the period.",
    ),
    limits=Text(
        "Kegiatan besar dan kecil dihitung sama.",
        "Large and small activities count the same.",
    ),
    source=_SOURCE,
    unit=ACTIVITIES,
    time_base="flow",
    better="neither",
    counted=_HELD,
    compute=_activities_held,
    comparison="untested",
    of_nothing=0,
)
COORDINATION_MEETINGS = Metric(
    name="coordination_meetings",
    label=Text("Koordinasi lintas K/L", "Coordination with other ministries"),
    definition=Text(
        "Jumlah kegiatan koordinasi lintas kementerian dan lembaga dalam periode.",
        "Activities of coordination with other ministries and agencies in the period.",
    ),
    formula=Text(
        "Banyaknya kegiatan jenis koordinasi dengan tanggal dalam periode.",
        "Number of activities of the kind coordination with a date in the period.",
    ),
    limits=Text(
        "Menghitung pertemuan dan bukan hasilnya.",
        "It counts meetings, not what they achieved.",
    ),
    source=_SOURCE,
    unit=ACTIVITIES,
    time_base="flow",
    better="neither",
    counted=Text("kegiatan koordinasi", "coordination activities"),
    compute=_coordination_meetings,
    comparison="untested",
    of_nothing=0,
)
VACANCY_LEADS = Metric(
    name="vacancy_leads",
    label=Text("Peluang kerja didapat", "Vacancy leads"),
    definition=Text(
        "Jumlah peluang lowongan yang didapat dari kegiatan pos dalam periode.",
        "Leads on vacancies that the activities of the posts brought in the period.",
    ),
    formula=Text(
        "Jumlah peluang dari semua kegiatan dengan tanggal dalam periode.",
        "Sum of the leads of all activities with a date in the period.",
    ),
    limits=Text(
        "Peluang belum menjadi lowongan disahkan dan dapat dicatat lebih dari sekali.",
        "A lead is not yet a verified vacancy, and can be told more than once.",
    ),
    source=_SOURCE,
    unit=VACANCIES,
    time_base="flow",
    better="neither",
    counted=Text("peluang lowongan", "leads on vacancies"),
    compute=_vacancy_leads,
    comparison="untested",
    of_nothing=0,
)
METRICS = (
    GUIDANCE_PARTICIPANTS,
    GUIDANCE_REACH_PCT,
    ACTIVITIES_HELD,
    COORDINATION_MEETINGS,
    VACANCY_LEADS,
)
