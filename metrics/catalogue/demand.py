"""Which vacancies employers offer, how formal they are and how many are filled."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, result, tally
from metrics.demand.orders import fillable, formal_share, run_out, verified
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.text import Text
from metrics.units import PER_CENT, VACANCIES

_SOURCE = "UU 18/2017 art. 9-10; Permenaker 9/2019"
_VERIFIED = Text("lowongan disahkan", "verified vacancies")
_CHECKED = Text(
    "lowongan disahkan dengan isian terisi yang sah", "verified vacancies with a valid filled count"
)
_FILLED_SO_FAR = Text(
    "Lowongan yang baru disahkan masih akan terisi. Isian terisi yang melebihi lowongan adalah "
    "kesalahan data dan tidak dihitung.",
    "Vacancies verified lately will still be filled. Orders with more filled than offered are a "
    "fault of the data and do not count.",
)


def _verified_vacancies(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return tally(verified(rows.job_orders, period), by, n=pl.sum("vacancies"))


def _filled_vacancies(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    orders = fillable(rows.job_orders, period)
    return tally(orders, by, pl.sum("filled"), n=pl.sum("vacancies"))


def _unfilled_vacancies(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    orders = fillable(rows.job_orders, period)
    return tally(orders, by, pl.sum("vacancies") - pl.sum("filled"), n=pl.sum("vacancies"))


def _fill_rate(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    vacancies = pl.sum("vacancies")
    rate = pl.when(vacancies > 0).then(pl.sum("filled") / vacancies)
    return tally(run_out(rows.job_orders, period), by, rate, n=vacancies)


def _formal_vacancy_share(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    check(rows.job_orders, by)
    shares = formal_share(verified(rows.job_orders, period), "vacancies", by, batches=True)
    return result(shares.rename({"share": "value", "trials": "n"}), by)


VERIFIED_VACANCIES = Metric(
    name="verified_vacancies",
    label=Text("Lowongan disahkan", "Verified vacancies"),
    definition=Text(
        "Jumlah lowongan yang disahkan pos dalam periode, termasuk yang kini kedaluwarsa.",
        "Vacancies that the posts verified in the period, including those that have run out since.",
    ),
    formula=Text(
        "Jumlah lowongan dari permintaan tenaga kerja dengan tanggal verifikasi dalam periode.",
        "Sum of the vacancies of job orders with a verification date in the period.",
    ),
    limits=Text(
        "Lowongan adalah posisi dan bukan surat. Bukan ukuran seluruh pasar kerja setempat.",
        "A vacancy is a position, not a letter. It does not measure the whole local market.",
    ),
    source=_SOURCE,
    unit=VACANCIES,
    time_base="flow",
    better="neither",
    counted=_VERIFIED,
    compute=_verified_vacancies,
    comparison="untested",
    of_nothing=0,
)
FILLED_VACANCIES = Metric(
    name="filled_vacancies",
    label=Text("Lowongan terisi", "Filled vacancies"),
    definition=Text(
        "Jumlah lowongan yang terisi sampai laporan terakhir, dari lowongan yang disahkan dalam "
        "periode.",
        "Vacancies filled up to the latest report, of those verified in the period.",
    ),
    formula=Text(
        "Jumlah terisi dari permintaan tenaga kerja yang disahkan dalam periode.",
        "Sum of the filled places of job orders verified in the period.",
    ),
    limits=_FILLED_SO_FAR,
    source=_SOURCE,
    unit=VACANCIES,
    time_base="opened",
    better="higher",
    counted=_CHECKED,
    compute=_filled_vacancies,
    comparison="none",
    of_nothing=0,
)
UNFILLED_VACANCIES = Metric(
    name="unfilled_vacancies",
    label=Text("Lowongan belum terisi", "Unfilled vacancies"),
    definition=Text(
        "Jumlah lowongan yang belum terisi sampai laporan terakhir, dari lowongan yang disahkan "
        "dalam periode.",
        "Vacancies not filled up to the latest report, of those verified in the period.",
    ),
    formula=Text(
        "Lowongan disahkan dikurangi lowongan terisi.",
        "Verified vacancies less filled vacancies.",
    ),
    limits=Text(
        _FILLED_SO_FAR.indonesian + " Termasuk permintaan yang sudah kedaluwarsa.",
        _FILLED_SO_FAR.english + " Orders that have run out are included.",
    ),
    source=_SOURCE,
    unit=VACANCIES,
    time_base="opened",
    better="neither",
    counted=_CHECKED,
    compute=_unfilled_vacancies,
    comparison="none",
    of_nothing=0,
)
FILL_RATE = Metric(
    name="fill_rate",
    label=Text("Tingkat keterisian", "Fill rate"),
    definition=Text(
        "Porsi lowongan yang terisi, dari lowongan yang disahkan dalam periode dan masa berlakunya "
        "sudah lewat.",
        "Share of the vacancies that were filled, of those verified in the period whose validity "
        "has ended.",
    ),
    formula=Text(
        "Lowongan terisi dibagi lowongan disahkan yang masa berlakunya sudah lewat. Tanpa selang "
        "karena posisi dalam satu surat terisi bersama-sama.",
        "Filled vacancies divided by the verified vacancies whose validity has ended. No interval, "
        "because the positions of one order are filled together.",
    ),
    limits=Text(
        "Lowongan yang masih berlaku belum dihitung, jadi periode pendek dapat kosong.",
        "Vacancies that are still valid do not count yet, so a short period can be empty.",
    ),
    source=_SOURCE,
    unit=PER_CENT,
    time_base="opened",
    better="higher",
    counted=Text("lowongan yang masa berlakunya sudah lewat", "vacancies that have run out"),
    compute=_fill_rate,
    comparison="untested",
)
FORMAL_VACANCY_SHARE = Metric(
    name="formal_vacancy_share",
    label=Text("Porsi lowongan formal", "Formal share of vacancies"),
    definition=Text(
        "Porsi lowongan disahkan dari pemberi kerja berbadan hukum. Awak kapal tidak dihitung.",
        "Share of the verified vacancies from legal-entity employers. Ship crew do not count.",
    ),
    formula=Text(
        "Lowongan formal dibagi lowongan formal dan informal. Selang 95% Wilson dengan jumlah "
        "efektif (Kish): lowongan dalam satu surat berasal dari pemberi kerja yang sama.",
        "Formal vacancies divided by formal and informal vacancies. 95% Wilson interval with the "
        "effective number (Kish): the vacancies of one order have the same employer.",
    ),
    limits=Text(
        "Bila satu surat memuat sebagian besar lowongan, selangnya hampir tidak memberi tahu.",
        "If one order holds most of the vacancies, the interval says next to nothing.",
    ),
    source="UU 18/2017 art. 4 (1); Wilson 1927; Kish 1965; Korn & Graubard 1998",
    unit=PER_CENT,
    time_base="flow",
    better="neither",
    counted=Text("lowongan formal dan informal", "formal and informal vacancies"),
    compute=_formal_vacancy_share,
    comparison="untested",
)
METRICS = (
    VERIFIED_VACANCIES,
    FILLED_VACANCIES,
    UNFILLED_VACANCIES,
    FILL_RATE,
    FORMAL_VACANCY_SHARE,
)
