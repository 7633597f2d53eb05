"""How far demand and placement hang on few sectors, agencies or places."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, result
from metrics.demand.orders import verified
from metrics.frames import Rows
from metrics.metric import Compute, Metric
from metrics.policy.demand import CONCENTRATION
from metrics.selection import Period
from metrics.statistics.concentration import herfindahl
from metrics.text import Text
from metrics.units import HHI

_SOURCE = "Herfindahl 1950; Simpson 1949; US DoJ & FTC 2023"
_FORMULA = Text(
    "Jumlah kuadrat porsi kali 10.000 (indeks Herfindahl-Hirschman), dikoreksi untuk jumlah kecil.",
    "Sum of the squared shares times 10,000 (Herfindahl-Hirschman index), corrected for small "
    "numbers.",
)
_BATCHES = Text(
    f"{CONCENTRATION.told('id')} Terpusat bukan berarti buruk.",
    f"{CONCENTRATION.told('en')} Concentrated does not mean bad.",
)


def _of_vacancies(share_of: str) -> Compute:
    def compute(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
        check(rows.job_orders, by)
        orders = verified(rows.job_orders, period)
        return _index(herfindahl(orders, by, share_of=share_of, counted="vacancies"), by)

    return compute


def _agency_concentration(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.placements, by)
    placed = rows.placements.lazy().filter(period.covers("period"))
    return _index(herfindahl(placed, by, share_of="agency_code", counted="count"), by)


def _index(told: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    return result(told.rename({"hhi": "value"}), by)


SECTOR_CONCENTRATION = Metric(
    name="sector_concentration",
    label=Text("Konsentrasi sektor", "Sector concentration"),
    definition=Text(
        "Seberapa terpusat lowongan disahkan pada sedikit sektor: 10.000 bila semuanya satu "
        "sektor, 1.000 bila sepuluh sektor sama besar.",
        "How far verified vacancies lie in few sectors: 10,000 if all are in one, 1,000 if ten "
        "sectors have the same number.",
    ),
    formula=_FORMULA,
    limits=_BATCHES,
    source=_SOURCE,
    unit=HHI,
    time_base="flow",
    better="neither",
    counted=Text("lowongan disahkan", "verified vacancies"),
    compute=_of_vacancies("sector_code"),
    comparison="untested",
)
AGENCY_CONCENTRATION = Metric(
    name="agency_concentration",
    label=Text("Konsentrasi mitra", "Agency concentration"),
    definition=Text(
        "Seberapa terpusat penempatan pada sedikit mitra: 10.000 bila semuanya lewat satu mitra.",
        "How far placements go through few agencies: 10,000 if one agency has them all.",
    ),
    formula=_FORMULA,
    limits=Text(
        "Penempatan tanpa mitra tidak dihitung. " + _BATCHES.indonesian,
        "Placements without an agency do not count. " + _BATCHES.english,
    ),
    source=_SOURCE,
    unit=HHI,
    time_base="flow",
    better="neither",
    counted=Text("PMI ditempatkan lewat mitra", "workers placed through an agency"),
    compute=_agency_concentration,
    comparison="untested",
)
PLACE_CONCENTRATION = Metric(
    name="place_concentration",
    label=Text("Konsentrasi negara/wilayah", "Place concentration"),
    definition=Text(
        "Seberapa terpusat lowongan disahkan pada sedikit negara/wilayah penempatan.",
        "How far verified vacancies lie in few places.",
    ),
    formula=_FORMULA,
    limits=Text(
        "Negara/wilayah yang posnya tidak melapor tidak ikut. " + _BATCHES.indonesian,
        "Places whose post did not report are not in it. " + _BATCHES.english,
    ),
    source=_SOURCE,
    unit=HHI,
    time_base="flow",
    better="neither",
    counted=SECTOR_CONCENTRATION.counted,
    compute=_of_vacancies("place"),
    comparison="untested",
    only_by=(),
)
METRICS = (SECTOR_CONCENTRATION, AGENCY_CONCENTRATION, PLACE_CONCENTRATION)
