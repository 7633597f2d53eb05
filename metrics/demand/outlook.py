"""What the months ahead may bring: vacancies verified, workers placed, cases reported."""

from collections.abc import Sequence

import polars as pl

from metrics.demand.outlook_history import Subject, history
from metrics.frames import Rows
from metrics.policy.outlook import OUTLOOK_MONTHS
from metrics.selection import Period
from metrics.statistics import forecast
from metrics.statistics.candidates import SEASONAL_NAIVE
from metrics.text import Text
from metrics.units import number

MODELS = {
    "seasonal_naive": Text("bulan yang sama tahun lalu", "the same month last year"),
    "ets": Text("penghalusan eksponensial", "exponential smoothing"),
    "theta": Text("metode Theta", "the Theta method"),
    "ets_lebaran": Text(
        "penghalusan eksponensial dengan koreksi musim Lebaran",
        "exponential smoothing with Lebaran correction",
    ),
    "theta_lebaran": Text(
        "metode Theta dengan koreksi musim Lebaran", "the Theta method with Lebaran correction"
    ),
}


def outlook(rows: Rows, period: Period, subject: Subject, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return `by`, `month`, `value`, `lower`, `upper` for the months after the period's last.

    The series is that of `history`, the method that of metrics.statistics.forecast.outlook. A
    group without 24 months in a row has no rows. Raises ValueError for a column in `by` that
    the rows lack.
    """
    return forecast.outlook(history(rows, period, subject, by), by)


def told(rows: Rows, period: Period, subject: Subject) -> Text:
    """Return in words how far the outlook of the whole selection can be relied on."""
    series = history(rows, period, subject)
    tried = forecast.backtest(series)
    if tried.is_empty():
        return _TOO_SHORT.format(needed=OUTLOOK_MONTHS.value["naive"])
    chosen, naive = (
        tried.row(by_predicate=which, named=True)
        for which in (pl.col("chosen"), pl.col("model") == SEASONAL_NAIVE)
    )
    words = _NO_SIGNAL if chosen["verdict"] == "no_signal" else _SIGNAL
    return words.format(
        model=MODELS[chosen["model"]],
        mase=_number(chosen["mase"]),
        naive=_number(naive["mase"]),
        coverage=_share(chosen["coverage"]),
        origins=chosen["origins"],
        posts=series["posts"][0],
        all=rows.submissions["post_code"].n_unique(),
    )


_TOO_SHORT = Text(
    "Data belum cukup: perkiraan memerlukan laporan {needed} bulan berturut-turut.",
    "Not enough data: an outlook needs reports of {needed} months in a row.",
)
_NO_SIGNAL = Text(
    "Belum ada sinyal: tidak ada model yang terbukti lebih baik daripada cara sederhana. Yang "
    "ditampilkan adalah bulan yang sama tahun lalu: galat MASE {mase}, cakupan selang {coverage} "
    "pada {origins} uji ulang. Dari {posts} dari {all} pos.",
    "No signal: no model has proved better than the simple ways. Shown is the same month last "
    "year: MASE {mase}, coverage of the interval {coverage} in {origins} back-tests. From {posts} "
    "of {all} posts.",
)
_SIGNAL = Text(
    "Perkiraan dengan {model}: galat MASE {mase}, dibanding {naive} untuk bulan yang sama tahun "
    "lalu; cakupan selang {coverage} pada {origins} uji ulang. Dari {posts} dari {all} pos.",
    "Outlook by {model}: MASE {mase}, against {naive} for the same month last year; coverage of "
    "the interval {coverage} in {origins} back-tests. From {posts} of {all} posts.",
)


def _number(value: float | None) -> Text:
    return Text(number(value, "id", 2), number(value, "en", 2))


def _share(value: float | None) -> Text:
    if value is None:
        return Text("belum terukur", "not measured yet")
    return Text(f"{number(100 * value, 'id')}%", f"{number(100 * value, 'en')}%")
