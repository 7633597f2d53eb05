"""What of the agencies calls for a look: proven cases, flags, licences, visits."""

from collections.abc import Sequence

import polars as pl

from metrics.agencies.rating import standings
from metrics.catalogue.agencies import (
    FOR_REVIEW,
    LISTED,
    MONTHS,
    OF_AGENCIES,
    SOURCE,
    WHOLE_ONLY,
    how_many,
)
from metrics.catalogue.tally import check, result
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.policy.agencies import FLAGS, LICENCE_SOON, WINDOWS
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.statistics.intervals import poisson_rate, wilson
from metrics.text import Text
from metrics.units import AGENCIES, PER_1000_PLACED, PER_CENT

_RECENT, _RATE, _SOON = WINDOWS.value["recent"], FLAGS.value["watch_rate"], LICENCE_SOON.value
_AS_REPORTED = Text(
    "Tanggal yang tidak dilaporkan dianggap masih berlaku.",
    "A date that is not reported is taken to be still valid.",
)


def _proven(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    told = standings(rows, period.last)
    check(told, by)
    # Cases of an agency without placements have nothing to be divided by.
    placing = told.lazy().filter(pl.col("placed") > 0)
    sums = summary(placing, by, n=pl.sum("proven_cases"), placed=pl.sum("placed"))
    rates = poisson_rate(sums, events="n", exposure="placed", per=1000)
    return result(rates.rename({"rate": "value"}), by)


def _visited(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    told = standings(rows, period.last)
    check(told, by)
    sums = summary(told.lazy(), by, visited=pl.sum("visited"), n=pl.len())
    shares = wilson(sums, successes="visited", trials="n")
    return result(shares.rename({"share": "value"}), by)


PROVEN_CASES_PER_1000 = Metric(
    name="proven_cases_per_1000",
    label=Text("Kasus terbukti per 1.000 penempatan", "Proven cases per 1,000 placements"),
    definition=Text(
        f"Kasus dengan kesalahan mitra yang terbukti dalam {MONTHS} bulan terakhir, per 1.000 PMI "
        "yang ditempatkan mitra dalam kurun yang sama.",
        f"Cases with proven fault of an agency in the last {MONTHS} months, per 1,000 workers that "
        "agencies placed in the same time.",
    ),
    formula=Text(
        "Jumlah kasus terbukti semua mitra dibagi jumlah PMI yang ditempatkannya, dikali 1.000; "
        "rentang 95% eksak (Garwood). Tanpa mitra yang tidak menempatkan PMI.",
        "Proven cases of all agencies over the workers they placed, times 1,000; exact 95% "
        "interval (Garwood). Agencies that placed nobody are left out.",
    ),
    limits=Text(
        "Pembuktian bergantung pada upaya pos; jangan membandingkan pos. Kasus dapat berasal dari "
        "penempatan tahun-tahun sebelumnya.",
        "Proof depends on the effort of the post; do not compare posts. Cases may come from "
        "placements of earlier years.",
    ),
    source="Garwood 1936; PP 5/2013",
    unit=PER_1000_PLACED,
    time_base="window",
    better="lower",
    counted=Text("kasus terbukti", "proven cases"),
    compute=_proven,
    only_by=OF_AGENCIES,
    not_within=WHOLE_ONLY,
)
AGENCIES_UNDER_WATCH = Metric(
    name="agencies_under_watch",
    label=Text("Mitra bertanda untuk ditinjau", "Agencies flagged for review"),
    definition=Text(
        "Jumlah mitra usaha bertanda dalam pengawasan atau usul pemberhentian sementara.",
        "Agencies flagged as under watch or proposed for suspension.",
    ),
    formula=Text(
        f"Mitra dengan kasus berat terbukti dalam {_RECENT} bulan, atau dengan kasus terbukti dan "
        f"{_RATE} poin atau lebih per 100 PMI.",
        f"Agencies with a severe case proven in {_RECENT} months, or with a proven case and "
        f"{_RATE} points or more per 100 workers.",
    ),
    limits=Text(
        FOR_REVIEW.indonesian + " Mitra besar lebih mudah terkena satu kasus berat.",
        FOR_REVIEW.english + " A large agency is more easily hit by one severe case.",
    ),
    source=SOURCE,
    unit=AGENCIES,
    time_base="window",
    better="lower",
    counted=LISTED,
    compute=how_many(pl.col("flag").is_not_null(), standings),
    of_nothing=0,
    only_by=OF_AGENCIES,
    not_within=WHOLE_ONLY,
)
AGENCIES_LICENCE_EXPIRED = Metric(
    name="agencies_licence_expired",
    label=Text("Mitra dengan izin habis", "Agencies with an expired licence"),
    definition=Text(
        "Jumlah mitra usaha yang izin negara setempat atau tanda daftar perwakilannya sudah habis.",
        "Agencies whose host licence or registration with the mission has expired.",
    ),
    formula=Text(
        "Mitra terdaftar dengan izin atau tanda daftar yang berakhir sebelum tanggal data.",
        "Agencies on the list with a licence or registration that ended before the date of data.",
    ),
    limits=_AS_REPORTED,
    source=SOURCE,
    unit=AGENCIES,
    time_base="stock",
    better="lower",
    counted=LISTED,
    compute=how_many(pl.col("expired"), standings),
    of_nothing=0,
    only_by=OF_AGENCIES,
    not_within=WHOLE_ONLY,
)
AGENCIES_LICENCE_EXPIRING = Metric(
    name="agencies_licence_expiring",
    label=Text("Mitra dengan izin segera habis", "Agencies with a licence that ends soon"),
    definition=Text(
        f"Jumlah mitra usaha yang izin atau tanda daftarnya berakhir dalam {_SOON} hari.",
        f"Agencies whose licence or registration ends within {_SOON} days.",
    ),
    formula=Text(
        f"Mitra yang masa berlaku terpendeknya jatuh pada tanggal data sampai {_SOON} hari "
        "sesudahnya.",
        f"Agencies whose shorter validity ends on the date of data or up to {_SOON} days later.",
    ),
    limits=_AS_REPORTED,
    source=SOURCE,
    unit=AGENCIES,
    time_base="stock",
    better="neither",
    counted=LISTED,
    compute=how_many(pl.col("expiring"), standings),
    of_nothing=0,
    only_by=OF_AGENCIES,
    not_within=WHOLE_ONLY,
)
AGENCIES_ON_PROBLEM_LIST = Metric(
    name="agencies_on_problem_list",
    label=Text("Mitra dalam daftar bermasalah", "Agencies on the problem list"),
    definition=Text(
        "Jumlah mitra usaha yang dinyatakan bermasalah oleh pos.",
        "Agencies that a post has declared a problem.",
    ),
    formula=Text(
        "Mitra terdaftar berstatus bermasalah menurut laporan terakhir pos.",
        "Agencies on the list with the status of a problem in the post's last report.",
    ),
    limits=Text(
        "Status ini putusan pos dan tidak dihitung dari skor.",
        "This status is a decision of the post and not computed from the score.",
    ),
    source="PP 5/2013",
    unit=AGENCIES,
    time_base="stock",
    better="neither",
    counted=LISTED,
    compute=how_many(pl.col("listed"), standings),
    of_nothing=0,
    only_by=OF_AGENCIES,
    not_within=WHOLE_ONLY,
)
AGENCIES_VISITED = Metric(
    name="agencies_visited",
    label=Text("Mitra yang dikunjungi", "Agencies visited"),
    definition=Text(
        f"Bagian mitra usaha terdaftar yang mendapat kunjungan penilaian dalam {MONTHS} bulan "
        "terakhir.",
        f"Share of the agencies on the list with an assessment visit in the last {MONTHS} months.",
    ),
    formula=Text(
        "Mitra dengan sedikitnya satu kunjungan penilaian dibagi mitra terdaftar; rentang Wilson.",
        "Agencies with at least one assessment visit over agencies on the list; Wilson interval.",
    ),
    limits=Text(
        "Kunjungan tanpa nilai juga dihitung; mutunya tidak diukur.",
        "A visit without marks counts too; its quality is not measured.",
    ),
    source="PP 5/2013; Wilson 1927",
    unit=PER_CENT,
    time_base="window",
    better="higher",
    counted=LISTED,
    compute=_visited,
    only_by=OF_AGENCIES,
    not_within=WHOLE_ONLY,
)
METRICS = (
    PROVEN_CASES_PER_1000,
    AGENCIES_UNDER_WATCH,
    AGENCIES_LICENCE_EXPIRED,
    AGENCIES_LICENCE_EXPIRING,
    AGENCIES_ON_PROBLEM_LIST,
    AGENCIES_VISITED,
)
