"""Who lives in the posts' shelters, for how long, and who was helped home."""

from collections.abc import Sequence

import polars as pl

from metrics.capacities import holding
from metrics.catalogue.registration import DUTIES, monthly_total
from metrics.catalogue.tally import check, tally
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.text import Text
from metrics.units import DAYS, PEOPLE, PER_CENT, WORKERS
from metrics.workers import latest, told


def _shelter_occupancy_pct(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.monthly_summary, by)
    residents = latest(rows.monthly_summary, period, "shelter_end", by=by)
    housed = holding(residents, rows.capacities, "shelter_capacity").filter(
        pl.col("shelter_capacity") > 0
    )
    places = pl.sum("shelter_capacity")
    return tally(housed, by, pl.when(places > 0).then(pl.sum("shelter_end") / places), n=places)


def _shelter_residents(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.monthly_summary, by)
    total = pl.sum("shelter_end")
    known = pl.when(pl.len() > 0).then(total)
    return tally(latest(rows.monthly_summary, period, "shelter_end", by=by), by, known, n=total)


def _shelter_stay_days(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    both = told(rows.monthly_summary, period, "shelter_end", "shelter_in")
    days = pl.col("period").dt.days_in_month()
    entries = pl.sum("shelter_in")
    # mean residents / (entries / days): the number of days cancels to residents' days
    stay = (pl.col("shelter_end").cast(pl.Int64) * days).sum() / entries
    return tally(both, by, pl.when(entries > 0).then(stay), n=entries)


SHELTER_OCCUPANCY_PCT = Metric(
    name="shelter_occupancy_pct",
    label=Text("Tingkat hunian shelter", "Shelter occupancy"),
    definition=Text(
        "Penghuni shelter pada akhir bulan terakhir yang dilaporkan tiap pos dalam periode, "
        "dibanding kapasitas yang berlaku saat itu.",
        "People in the shelters at the last month's end that each post reported in the period, "
        "against the capacity that held then.",
    ),
    formula=Text(
        "Jumlah penghuni dibagi jumlah kapasitas, dari pos yang kapasitasnya diketahui dan lebih "
        "dari nol.",
        "Sum of the residents divided by the sum of the capacities, of posts whose capacity is "
        "known and above zero.",
    ),
    limits=Text(
        "Dapat melebihi 100% bila shelter penuh sesak. Angka gabungan tidak berarti tempat kosong "
        "di satu pos dapat dipakai pos lain.",
        "It can pass 100% where a shelter is overcrowded. In a pooled figure the free places of "
        "one post cannot be used by another.",
    ),
    source=DUTIES,
    unit=PER_CENT,
    time_base="stock",
    better="neither",
    counted=Text("kapasitas shelter (orang)", "shelter capacity (people)"),
    compute=_shelter_occupancy_pct,
    comparison="untested",
)
SHELTER_RESIDENTS = Metric(
    name="shelter_residents",
    label=Text("Penghuni shelter", "Shelter residents"),
    definition=Text(
        "Jumlah penghuni shelter pada akhir bulan terakhir yang dilaporkan tiap pos dalam periode.",
        "People in the shelters at the last month's end that each post reported in the period.",
    ),
    formula=Text(
        "Jumlah dari angka akhir bulan terakhir setiap pos.",
        "Sum of each post's last month-end figure.",
    ),
    limits=Text(
        "Angka satu hari. Penghuni yang masuk dan keluar dalam bulan yang sama tidak terlihat.",
        "The figure of one day. People who came and left within a month are not seen.",
    ),
    source=DUTIES,
    unit=PEOPLE,
    time_base="stock",
    better="neither",
    counted=Text("penghuni shelter", "shelter residents"),
    compute=_shelter_residents,
    comparison="untested",
)
_MOVES = Text(
    "Orang yang masuk dua kali dihitung dua kali. Bukan ukuran mutu pelindungan.",
    "Who comes twice counts twice. It does not measure the quality of protection.",
)
SHELTER_IN = Metric(
    name="shelter_in",
    label=Text("Masuk shelter", "Shelter entries"),
    definition=Text(
        "Jumlah orang yang masuk shelter dalam periode.",
        "People who entered a shelter in the period.",
    ),
    formula=Text(
        "Jumlah masuk shelter dari semua bulan yang mulai dalam periode.",
        "Sum of the shelter entries of all months that begin in the period.",
    ),
    limits=_MOVES,
    source=DUTIES,
    unit=PEOPLE,
    time_base="flow",
    better="neither",
    counted=Text("orang masuk", "people entering"),
    compute=monthly_total("shelter_in"),
    comparison="untested",
)
SHELTER_OUT = Metric(
    name="shelter_out",
    label=Text("Keluar shelter", "Shelter exits"),
    definition=Text(
        "Jumlah orang yang keluar dari shelter dalam periode.",
        "People who left a shelter in the period.",
    ),
    formula=Text(
        "Jumlah keluar shelter dari semua bulan yang mulai dalam periode.",
        "Sum of the shelter exits of all months that begin in the period.",
    ),
    limits=_MOVES,
    source=DUTIES,
    unit=PEOPLE,
    time_base="flow",
    better="neither",
    counted=Text("orang keluar", "people leaving"),
    compute=monthly_total("shelter_out"),
    comparison="untested",
)
SHELTER_STAY_DAYS = Metric(
    name="shelter_stay_days",
    label=Text("Lama tinggal di shelter (perkiraan)", "Stay in the shelter (estimate)"),
    definition=Text(
        "Perkiraan rata-rata lama tinggal di shelter, dari banyaknya penghuni dan orang masuk.",
        "Estimated mean stay in the shelter, from the numbers of residents and of entries.",
    ),
    formula=Text(
        "Rata-rata penghuni akhir bulan dibagi orang masuk per hari (hukum Little), dari bulan "
        "yang memuat kedua angka.",
        "Mean month-end residents divided by entries per day (Little's law), of the months that "
        "have both figures.",
    ),
    limits=Text(
        "Perkiraan, karena tanggal masuk dan keluar tiap orang tidak dilaporkan. Hanya berlaku "
        "bila banyaknya penghuni hampir tetap, jadi pakai periode setahun atau lebih.",
        "An estimate, because the dates of each person are not reported. It holds only where the "
        "number of residents is about steady, so use a year or more.",
    ),
    source="Little 1961",
    unit=DAYS,
    time_base="flow",
    better="neither",
    counted=Text("orang masuk", "people entering"),
    compute=_shelter_stay_days,
    comparison="untested",
)
REPATRIATED = Metric(
    name="repatriated",
    label=Text("PMI dipulangkan", "Workers repatriated"),
    definition=Text(
        "Jumlah PMI yang pemulangannya difasilitasi pos dalam periode.",
        "Workers whom the posts helped home in the period.",
    ),
    formula=Text(
        "Jumlah PMI dipulangkan dari semua bulan yang mulai dalam periode.",
        "Sum of the workers repatriated in all months that begin in the period.",
    ),
    limits=Text(
        "Pemulangan tanpa bantuan pos tidak terlihat. Angka tinggi bukan ukuran baik atau buruk.",
        "Who went home without help is not seen. A high figure is neither good nor bad.",
    ),
    source=DUTIES,
    unit=WORKERS,
    time_base="flow",
    better="neither",
    counted=Text("PMI dipulangkan", "workers sent home"),
    compute=monthly_total("repatriated"),
    comparison="untested",
)
METRICS = (
    SHELTER_OCCUPANCY_PCT,
    SHELTER_RESIDENTS,
    SHELTER_IN,
    SHELTER_OUT,
    SHELTER_STAY_DAYS,
    REPATRIATED,
)
