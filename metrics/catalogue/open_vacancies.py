"""How many vacancies stand open on a day."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, tally
from metrics.demand.filling import unfilled
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.text import Text
from metrics.units import VACANCIES


def _unfilled_stock(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.job_orders, by)
    left = pl.sum("vacancies") - pl.sum("filled")
    return tally(unfilled(rows, period), by, left, n=pl.sum("vacancies"))


UNFILLED_STOCK = Metric(
    name="unfilled_stock",
    label=Text("Lowongan terbuka", "Open vacancies"),
    definition=Text(
        "Jumlah lowongan yang masih berlaku dan belum terisi pada hari terakhir periode, kapan "
        "pun disahkan.",
        "Vacancies still valid and not filled on the last day of the period, whenever verified.",
    ),
    formula=Text(
        "Lowongan dikurangi yang terisi menurut laporan terakhir sampai hari itu, dari permintaan "
        "yang belum kedaluwarsa.",
        "Vacancies less those filled by the latest report up to that day, of orders that have not "
        "run out.",
    ),
    limits=Text(
        "Permintaan tanpa tanggal akhir dianggap masih berlaku. Yang terisi sesudah laporan "
        "terakhir pos belum diketahui. Isian terisi yang melebihi lowongan tidak dihitung.",
        "Orders without an end date count as valid. What was filled after the post's latest report "
        "is not known yet. Orders with more filled than offered do not count.",
    ),
    source="UU 18/2017 art. 9-10; Permenaker 9/2019",
    unit=VACANCIES,
    time_base="stock",
    better="neither",
    counted=Text("lowongan yang masih berlaku", "vacancies still valid"),
    compute=_unfilled_stock,
    comparison="untested",
    of_nothing=0,
)
METRICS = (UNFILLED_STOCK,)
