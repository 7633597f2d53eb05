"""How the agencies are rated."""

from collections.abc import Callable, Sequence
from datetime import date

import polars as pl

from metrics.agencies.rating import scores
from metrics.catalogue.tally import check, result, tally
from metrics.frames import Rows
from metrics.metric import Compute, Metric
from metrics.policy.agencies import FEWEST_PLACED, FEWEST_WEIGHT, GRADES, SCORE_WEIGHTS, WINDOWS
from metrics.policy.agency_certainty import EXPOSURE, STABILITY
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.text import Text
from metrics.units import AGENCIES, POINTS

SOURCE = "PP 5/2013; KJRI Hong Kong 2017; Singapore MOM; Taiwan MOL"
_BAYES = SOURCE + "; Clayton & Kaldor 1987; OECD/JRC 2008"
MONTHS = WINDOWS.value["score"]
_PLACED, _WEIGHT = FEWEST_PLACED.value, FEWEST_WEIGHT.value
_LOWEST = GRADES.value["C"]
OF_AGENCIES = ("post_code", "place", "role", "agency_code")
# A score is of all an agency's cases, workers and papers: of a part of them it is another one.
WHOLE_ONLY = ("case_type", "sector_code", "employer_type")
LISTED = Text("mitra terdaftar", "agencies on the list")
FOR_REVIEW = Text(
    "Ini bahan pemeriksaan dan bukan putusan. Status bermasalah ditetapkan oleh pos.",
    "This is for review and no verdict. The post decides whether an agency is a problem.",
)
_NOT_BAD = Text(
    "Mitra tanpa peringkat bukan mitra yang buruk.",
    "An agency without a grade is not a bad agency.",
)
_RATED = pl.col("shown").is_in(["A", "B", "C", "D", "A-B", "B-C", "C-D"])


def how_many(condition: pl.Expr, told: Callable[[Rows, date], pl.DataFrame] = scores) -> Compute:
    """Return what counts the agencies for which a condition on their `told` rows holds."""

    def compute(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
        return tally(told(rows, period.last), by, condition.sum())

    return compute


def _agency_score(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    if "agency_code" not in by:
        raise ValueError("agency_score must be told by agency_code: scores have no total.")
    told = scores(rows, period.last)
    check(told, by)
    # A company listed by several posts has a score at each; the lowest is the one to look at.
    worst = {
        name: pl.col(column).sort_by("score", "post_code", nulls_last=True).first()
        for name, column in (("value", "score"), ("lower", "score_lower"), ("upper", "score_upper"))
    }
    return result(summary(told.lazy(), by, **worst, n=pl.sum("placed")), by)


RATED_AGENCIES = Metric(
    name="rated_agencies",
    label=Text("Mitra berperingkat", "Graded agencies"),
    definition=Text(
        f"Jumlah mitra usaha yang peringkatnya, satu atau dua huruf dari A sampai D, diterbitkan "
        f"dari data {MONTHS} bulan terakhir.",
        f"Agencies for which a grade, one or two letters from A to D, is published on the data "
        f"of the last {MONTHS} months.",
    ),
    formula=Text(
        f"Mitra dengan skor (sedikitnya {_PLACED} PMI ditempatkan, unsur berbobot sedikitnya "
        f"{_WEIGHT}). {EXPOSURE.told('id')} {STABILITY.told('id')} Mitra tanpa izin atau tanda "
        "daftar berlaku mendapat D. Tidak termasuk mitra tidak aktif atau diberhentikan "
        "sementara.",
        f"Agencies with a score (at least {_PLACED} workers placed, parts weighing at least "
        f"{_WEIGHT}). {EXPOSURE.told('en')} {STABILITY.told('en')} One without a valid licence "
        "or registration gets D. Inactive and suspended agencies are not included.",
    ),
    limits=_NOT_BAD,
    source=_BAYES,
    unit=AGENCIES,
    time_base="window",
    better="neither",
    counted=LISTED,
    compute=how_many(_RATED),
    of_nothing=0,
    only_by=OF_AGENCIES,
    not_within=WHOLE_ONLY,
)
AGENCIES_GRADE_D = Metric(
    name="agencies_grade_d",
    label=Text("Mitra berperingkat D", "Agencies with grade D"),
    definition=Text(
        "Jumlah mitra usaha berperingkat D yang pasti, termasuk yang izin atau tanda daftarnya "
        "habis.",
        "Agencies with grade D for certain, including those whose licence or registration has "
        "expired.",
    ),
    formula=Text(
        f"Mitra yang skornya di bawah {_LOWEST} dengan peluang sedikitnya "
        f"{STABILITY.value['one']}%, atau tanpa izin atau tanda daftar yang berlaku.",
        f"Agencies whose score is below {_LOWEST} with a probability of at least "
        f"{STABILITY.value['one']}%, or without a valid licence or registration.",
    ),
    limits=FOR_REVIEW,
    source=_BAYES,
    unit=AGENCIES,
    time_base="window",
    better="lower",
    counted=LISTED,
    compute=how_many(pl.col("shown") == "D"),
    of_nothing=0,
    only_by=OF_AGENCIES,
    not_within=WHOLE_ONLY,
)
AGENCIES_UNCERTAIN = Metric(
    name="agencies_uncertain",
    label=Text("Mitra berperingkat belum pasti", "Agencies with an uncertain grade"),
    definition=Text(
        "Jumlah mitra usaha yang datanya cukup tetapi peringkatnya belum pasti, atau kasus "
        "terbuktinya tidak dapat dibedakan dari mitra lain.",
        "Agencies with enough data whose grade is uncertain, or whose proven cases cannot be "
        "told apart from those of other agencies.",
    ),
    formula=Text(STABILITY.told("id"), STABILITY.told("en")),
    limits=_NOT_BAD,
    source=_BAYES,
    unit=AGENCIES,
    time_base="window",
    better="neither",
    counted=LISTED,
    compute=how_many(pl.col("shown").is_in(["uncertain", "not_distinguishable"])),
    of_nothing=0,
    only_by=OF_AGENCIES,
    not_within=WHOLE_ONLY,
)
AGENCIES_TOO_LITTLE_DATA = Metric(
    name="agencies_too_little_data",
    label=Text("Mitra dengan data belum cukup", "Agencies with too little data"),
    definition=Text(
        "Jumlah mitra usaha aktif yang belum dapat diberi peringkat: skornya belum ada, atau "
        "penempatannya terlalu sedikit atau terlalu baru.",
        "Active agencies that cannot be graded yet: there is no score, or their placements are "
        "too few or too recent.",
    ),
    formula=Text(
        f"{EXPOSURE.told('id')} {FEWEST_WEIGHT.told('id')}",
        f"{EXPOSURE.told('en')} {FEWEST_WEIGHT.told('en')}",
    ),
    limits=_NOT_BAD,
    source=_BAYES,
    unit=AGENCIES,
    time_base="window",
    better="neither",
    counted=LISTED,
    compute=how_many(pl.col("shown").is_in(["too_little_data", "not_rated"])),
    of_nothing=0,
    only_by=OF_AGENCIES,
    not_within=WHOLE_ONLY,
)
AGENCY_SCORE = Metric(
    name="agency_score",
    label=Text("Skor mitra", "Agency score"),
    definition=Text(
        "Nilai 0 sampai 100 sebuah mitra dari kasus terbukti, penyelesaian, kunjungan, ulasan dan "
        f"dokumen dalam {MONTHS} bulan terakhir.",
        "A value from 0 to 100 for an agency, from proven cases, resolution, visits, reviews and "
        f"documents in the last {MONTHS} months.",
    ),
    formula=Text(
        "Rata-rata berbobot unsur yang ada datanya; kasus terbukti dan penyelesaian ditarik ke "
        "mitra sesama pos menurut sebarannya. Rentang 95% dari undian. "
        + SCORE_WEIGHTS.told("id")
        + " Bila terdaftar di beberapa pos, yang terendah.",
        "Weighted mean of the parts with data; proven cases and resolution are drawn to the "
        "agencies of the same post by how these differ. 95% interval from draws. "
        + SCORE_WEIGHTS.told("en")
        + " The lowest one, if several posts list the agency.",
    ),
    limits=Text(
        FOR_REVIEW.indonesian + " Bandingkan mitra dalam satu pos lebih dahulu. Mitra yang "
        "mendaftar ulang dengan nama atau kode baru mulai tanpa riwayat, sebab pemiliknya tidak "
        "dilaporkan. Penyelesaian dihitung dari kasus terbukti, siapa pun yang menyelesaikannya. "
        "Ulasan datang sebagai rata-rata tanpa banyaknya tiap bintang. Dengan kurang dari 20 "
        "mitra sepos, rentangnya perkiraan.",
        FOR_REVIEW.english + " Compare agencies of one post first. An agency that registers anew "
        "under another name or code begins without a history, for its owner is not reported. "
        "Resolution is of proven cases, whoever resolved them. Reviews come as means without how "
        "many stars each. With fewer than 20 agencies in the post the interval is approximate.",
    ),
    source=_BAYES,
    unit=POINTS,
    time_base="window",
    better="higher",
    counted=Text(f"PMI ditempatkan dalam {MONTHS} bulan", f"workers placed in {MONTHS} months"),
    compute=_agency_score,
    always_by=("agency_code",),
    not_within=WHOLE_ONLY,
)
METRICS = (
    RATED_AGENCIES,
    AGENCIES_GRADE_D,
    AGENCIES_UNCERTAIN,
    AGENCIES_TOO_LITTLE_DATA,
    AGENCY_SCORE,
)
