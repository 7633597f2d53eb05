"""How many of the posts' targets are reached."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue import demand, registration, reporting, resolution
from metrics.catalogue.tally import check, tally
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.targets import attainment
from metrics.text import Text
from metrics.units import PER_CENT

_GROUPS_OF_POSTS = ("post_code", "place")
MEASURED_BY: dict[str, Metric] = {
    metric.name: metric
    for module in (resolution, demand, registration, reporting)
    for metric in module.METRICS
}


def _targets_reached(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    places = rows.targets.select(_GROUPS_OF_POSTS).unique("post_code")
    check(places, by)
    told = attainment(rows, period, MEASURED_BY).filter(pl.col("verdict") != "no_data")
    reached = (pl.col("verdict") == "reached").sum()
    share = pl.when(pl.len() > 0).then(reached / pl.len())
    return tally(told.join(places, on="post_code"), by, share)


TARGETS_REACHED = Metric(
    name="targets_reached",
    label=Text("Sasaran tercapai", "Targets reached"),
    definition=Text(
        "Porsi sasaran pos yang sudah tercapai, dari sasaran tahun berjalan yang punya data. "
        "Diukur dari 1 Januari sampai hari terakhir periode.",
        "Share of the posts' targets that are reached, of those of the current year that have "
        "data. Measured from 1 January to the last day of the period.",
    ),
    formula=Text(
        "Sasaran tercapai dibagi sasaran dengan data. Tercapai bila seluruh selang 95% "
        "realisasinya di sisi yang baik; tanpa selang, bila realisasinya di sisi yang baik.",
        "Targets reached divided by targets with data. Reached where the whole 95% interval of "
        "the actual figure lies on the good side; without an interval, where the figure does.",
    ),
    limits=Text(
        "Sasaran yang belum dapat disimpulkan tidak termasuk tercapai, jadi angka rendah di awal "
        "tahun atau di pos kecil bukan kegagalan. Sasaran tiap pos berbeda beratnya.",
        "A target that cannot be decided yet does not count as reached, so a low figure early in "
        "the year or at a small post is no failure. Targets differ in how hard they are.",
    ),
    source="NHS England, Making Data Count: assurance against a target",
    unit=PER_CENT,
    time_base="flow",
    better="higher",
    counted=Text("sasaran dengan data", "targets with data"),
    compute=_targets_reached,
    comparison="untested",
    not_within=("case_type", "sector_code", "employer_type"),
    only_by=_GROUPS_OF_POSTS,
)
METRICS = (TARGETS_REACHED,)
