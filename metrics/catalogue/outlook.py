"""What the six months ahead may bring."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import result
from metrics.demand.outlook_history import history
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.policy.outlook import OUTLOOK_HORIZON
from metrics.selection import Period
from metrics.statistics.forecast import outlook_total
from metrics.text import Text
from metrics.units import VACANCIES, Unit

_TOLD_BY = ("post_code", "place", "employer_type", "sector_code")
_SOURCE = "Hyndman & Koehler 2006; Tashman 2000; Lei et al. 2018; Bell & Hillmer 1983"
_MONTHS = Text("bulan riwayat berturut-turut", "months of history in a row")


def _vacancies_outlook(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    ahead = _ahead(rows, period, by)
    # The same month last year is no outlook of its own: it only stands in a chart, named as such.
    proved = pl.col("verdict") == "signal"
    told = [pl.when(proved).then(c).alias(c) for c in ("value", "lower", "upper")]
    return result(ahead.with_columns(told), by)


def _backtest_mase(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    ahead = _ahead(rows, period, by).drop("value", "lower", "upper")
    return result(ahead.rename({"mase": "value"}), by)


def _ahead(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    series = history(rows, period, "verified_vacancies", by)
    ahead = outlook_total(series, by, horizon=OUTLOOK_HORIZON.value).rename({"months": "n"})
    if by or not ahead.is_empty():
        return ahead
    return pl.DataFrame([{"n": 0}]).join(ahead, on="n", how="left")


VACANCIES_OUTLOOK_6 = Metric(
    name="vacancies_outlook_6",
    label=Text("Perkiraan lowongan 6 bulan ke depan", "Vacancies expected in the next 6 months"),
    definition=Text(
        "Jumlah lowongan yang diperkirakan disahkan dalam enam bulan sesudah bulan terakhir "
        "periode. Kosong bila tidak ada model yang terbukti lebih baik daripada cara sederhana.",
        "Vacancies expected to be verified in the six months after the last month of the period. "
        "Empty where no model has proved better than the simple ways.",
    ),
    formula=Text(
        "Penghalusan eksponensial atau metode Theta pada lowongan bulanan, dengan atau tanpa "
        "koreksi musim Lebaran, dipilih dengan uji ulang. Selang 90% dari galat uji ulang.",
        "Exponential smoothing or the Theta method on monthly vacancies, with or without a "
        "correction for Lebaran, chosen by back-test. 90% interval from the back-test's errors.",
    ),
    limits=Text(
        "Perkiraan meneruskan pola masa lalu dan tidak mengenal moratorium atau kebijakan baru. "
        "Hanya dari pos yang melapor terus-menerus.",
        "An outlook continues the past and knows no moratorium or new policy. Only of posts that "
        "have reported without a break.",
    ),
    source=_SOURCE,
    unit=VACANCIES,
    time_base="ahead",
    better="neither",
    counted=_MONTHS,
    compute=_vacancies_outlook,
    comparison="none",
    only_by=_TOLD_BY,
)
BACKTEST_MASE = Metric(
    name="backtest_mase",
    label=Text("Galat perkiraan lowongan (MASE)", "Error of the vacancies outlook (MASE)"),
    definition=Text(
        "Galat perkiraan lowongan pada uji ulang, dibanding galat menebak bulan yang sama tahun "
        "lalu. Di bawah 1 berarti lebih kecil.",
        "Error of the vacancies outlook in the back-test, against that of guessing the same "
        "month last year. Below 1 means smaller.",
    ),
    formula=Text(
        "Rata-rata galat mutlak enam bulan ke depan dari setiap bulan asal, dibagi rata-rata "
        "galat mutlak bulan yang sama tahun lalu sampai bulan asal itu.",
        "Mean absolute error of the six months after each origin, divided by the mean absolute "
        "error of the same month last year up to that origin.",
    ),
    limits=Text(
        "Bila tidak ada model yang terbukti, ini galat cara bulan yang sama tahun lalu. Galat "
        "masa lalu bukan jaminan.",
        "Where no model has proved itself, this is the error of the same month last year. Past "
        "errors are no guarantee.",
    ),
    source=_SOURCE,
    unit=Unit(Text("kali", "times"), decimals=2),
    time_base="ahead",
    better="lower",
    counted=_MONTHS,
    compute=_backtest_mase,
    comparison="none",
    only_by=_TOLD_BY,
)
METRICS = (VACANCIES_OUTLOOK_6, BACKTEST_MASE)
