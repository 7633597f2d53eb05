"""How the agencies are rated."""

from collections.abc import Sequence

import polars as pl

from metrics.agencies import scores
from metrics.catalogue.tally import check, result, tally
from metrics.frames import Rows
from metrics.metric import Compute, Metric
from metrics.policy.agencies import (
    FEWEST_PLACED,
    FEWEST_WEIGHT,
    FLAGS,
    GRADES,
    SCORE_WEIGHTS,
    WINDOWS,
)
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.text import Text
from metrics.units import AGENCIES, POINTS

_SOURCE = "PP 5/2013; KJRI Hong Kong 2017; Singapore MOM; Taiwan MOL"
_MONTHS, _RECENT = WINDOWS.value["score"], WINDOWS.value["recent"]
_PLACED, _WEIGHT = FEWEST_PLACED.value, FEWEST_WEIGHT.value
_RATE, _LOWEST = FLAGS.value["watch_rate"], GRADES.value["C"]
_LISTED = Text("mitra terdaftar", "agencies on the list")
_FOR_REVIEW = Text(
    "Ini bahan pemeriksaan dan bukan putusan. Status bermasalah ditetapkan oleh pos.",
    "This is for review and no verdict. The post decides whether an agency is a problem.",
)


def _how_many(condition: pl.Expr) -> Compute:
    def compute(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
        return tally(scores(rows, period.last), by, condition.sum())

    return compute


def _agency_score(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    if "agency_code" not in by:
        raise ValueError("agency_score must be told by agency_code: scores have no total.")
    told = scores(rows, period.last)
    check(told, by)
    # A company listed by several posts has a score at each; the lowest is the one to look at.
    worst = summary(told.lazy(), by, value=pl.min("score"), n=pl.sum("placed"))
    return result(worst, by)


_RATED = pl.col("shown").is_in(["A", "B", "C", "D"])
_WATCHED = pl.col("flag").is_not_null()

RATED_AGENCIES = Metric(
    name="rated_agencies",
    label=Text("Mitra berperingkat", "Graded agencies"),
    definition=Text(
        f"Jumlah mitra usaha dengan peringkat A sampai D dari data {_MONTHS} bulan terakhir.",
        f"Agencies with a grade from A to D on the data of the last {_MONTHS} months.",
    ),
    formula=Text(
        f"Mitra dengan sedikitnya {_PLACED} PMI ditempatkan dan unsur berbobot sedikitnya "
        f"{_WEIGHT}; mitra tanpa izin atau tanda daftar berlaku mendapat D. Tidak termasuk mitra "
        "tidak aktif atau diberhentikan sementara.",
        f"Agencies with at least {_PLACED} workers placed and parts weighing at least {_WEIGHT}; "
        "one without a valid licence or registration gets D. Inactive and suspended agencies are "
        "not included.",
    ),
    limits=Text(
        "Mitra yang belum dinilai bukan mitra yang buruk.",
        "An agency not rated yet is not a bad agency.",
    ),
    source=_SOURCE,
    unit=AGENCIES,
    time_base="window",
    better="neither",
    counted=_LISTED,
    compute=_how_many(_RATED),
    of_nothing=0,
)
AGENCIES_GRADE_D = Metric(
    name="agencies_grade_d",
    label=Text("Mitra berperingkat D", "Agencies with grade D"),
    definition=Text(
        "Jumlah mitra usaha berperingkat D, termasuk yang izin atau tanda daftarnya habis.",
        "Agencies with grade D, including those whose licence or registration has expired.",
    ),
    formula=Text(
        f"Mitra dengan skor di bawah {_LOWEST}, atau tanpa izin atau tanda daftar yang berlaku.",
        f"Agencies with a score below {_LOWEST}, or without a valid licence or registration.",
    ),
    limits=_FOR_REVIEW,
    source=_SOURCE,
    unit=AGENCIES,
    time_base="window",
    better="lower",
    counted=_LISTED,
    compute=_how_many(pl.col("shown") == "D"),
    of_nothing=0,
)
AGENCIES_UNDER_WATCH = Metric(
    name="agencies_under_watch",
    label=Text("Mitra dalam pengawasan", "Agencies under watch"),
    definition=Text(
        "Jumlah mitra usaha bertanda dalam pengawasan atau usul pemberhentian sementara.",
        "Agencies flagged as under watch or proposed for suspension.",
    ),
    formula=Text(
        f"Mitra dengan kasus berat terbukti dalam {_RECENT} bulan, atau {_RATE} poin atau lebih "
        "per 100 PMI.",
        f"Agencies with a severe case proven in {_RECENT} months, or {_RATE} points or more per "
        "100 workers.",
    ),
    limits=Text(
        _FOR_REVIEW.indonesian + " Mitra besar lebih mudah terkena satu kasus berat.",
        _FOR_REVIEW.english + " A large agency is more easily hit by one severe case.",
    ),
    source=_SOURCE,
    unit=AGENCIES,
    time_base="window",
    better="lower",
    counted=_LISTED,
    compute=_how_many(_WATCHED),
    of_nothing=0,
)
AGENCY_SCORE = Metric(
    name="agency_score",
    label=Text("Skor mitra", "Agency score"),
    definition=Text(
        "Nilai 0 sampai 100 sebuah mitra dari kasus terbukti, penyelesaian, kunjungan, ulasan dan "
        f"dokumen dalam {_MONTHS} bulan terakhir.",
        "A value from 0 to 100 for an agency, from proven cases, resolution, visits, reviews and "
        f"documents in the last {_MONTHS} months.",
    ),
    formula=Text(
        "Rata-rata berbobot unsur yang ada datanya. "
        + SCORE_WEIGHTS.told("id")
        + " Bila terdaftar di beberapa pos, yang terendah.",
        "Weighted mean of the parts with data. "
        + SCORE_WEIGHTS.told("en")
        + " The lowest one, if several posts list the agency.",
    ),
    limits=Text(
        _FOR_REVIEW.indonesian + " Bandingkan mitra dalam satu pos lebih dahulu.",
        _FOR_REVIEW.english + " Compare agencies of one post first.",
    ),
    source=_SOURCE,
    unit=POINTS,
    time_base="window",
    better="higher",
    counted=Text(f"PMI ditempatkan dalam {_MONTHS} bulan", f"workers placed in {_MONTHS} months"),
    compute=_agency_score,
    always_by=("agency_code",),
)
METRICS = (
    RATED_AGENCIES,
    AGENCIES_GRADE_D,
    AGENCIES_UNDER_WATCH,
    AGENCY_SCORE,
)
