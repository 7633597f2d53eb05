"""How soon verified vacancies are filled, with those not filled yet counted in."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, result
from metrics.demand.filling import FILLED, OPEN, positions
from metrics.frames import Rows
from metrics.metric import Compute, Metric
from metrics.policy.demand import FILLING
from metrics.selection import Period
from metrics.statistics.competing import cumulative_incidence
from metrics.statistics.groups import summary
from metrics.statistics.survival import TIE
from metrics.statistics.weighted import ReadOff, clustered_limits, share_at, time_of
from metrics.text import Text
from metrics.units import DAYS, PER_CENT

_FEWEST = FILLING.value
_HALF = 0.5
_SOURCE = "Aalen & Johansen 1978; Efron 1979; Field & Welsh 2007"
_COUNTED = Text("lowongan yang disahkan dalam periode", "vacancies verified in the period")
_HOW = Text(
    "Lowongan yang kedaluwarsa tidak terisi; yang masih berlaku dihitung sampai laporan terakhir "
    "posnya.",
    "Vacancies that ran out are not filled; those still valid count up to the latest report of "
    "their post.",
)
_INTERVAL = Text(
    "Selang 95% dari penarikan ulang surat permintaan.",
    "95% interval from drawing the job orders anew.",
)
_MONTH_ENDS = Text(
    "Tanggal terisi adalah akhir bulan laporan yang pertama menyebutnya, jadi sampai sekitar "
    "sebulan terlalu lambat. Selang tidak dihitung untuk kurang dari "
    f"{_FEWEST['orders']} surat atau lebih dari {_FEWEST['groups']} kelompok.",
    "A vacancy counts as filled at the end of the month whose report first told it, so up to about "
    f"a month too late. No interval for fewer than {_FEWEST['orders']} orders or more than "
    f"{_FEWEST['groups']} groups.",
)


def _filled_within(days: int) -> Compute:
    def compute(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
        share = pl.col("incidence").filter(pl.col("days") <= days).last()
        told = _told(rows, period, by, share, share_at(days))
        # Nobody knows, if none was followed for so long and some were still open.
        followed = (pl.col("n") > 0) & ((pl.col("longest") >= days) | ~pl.col("open_last"))
        told = told.with_columns(pl.col("value").fill_null(0.0))  # none was filled by then
        shown = [pl.when(followed).then(c).alias(c) for c in ("value", "lower", "upper")]
        return result(told.with_columns(shown), by)

    return compute


def _median_days(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    first = pl.col("days").filter(pl.col("incidence") >= _HALF - TIE).min()
    return result(_told(rows, period, by, first, time_of(_HALF)), by)


def _told(
    rows: Rows, period: Period, by: Sequence[str], value: pl.Expr, read_off: ReadOff
) -> pl.DataFrame:
    """Return `by`, `value` (read off the incidence of filled), `lower`, `upper`, `n`, `longest`
    (days any vacancy was followed) and `open_last` (whether one was open then)."""
    check(rows.job_orders, by)
    units = positions(rows, period, by)
    last = pl.col("days") == pl.col("days").max()
    told = summary(
        units.lazy(),
        by,
        n=pl.sum("weight"),
        longest=pl.max("days"),
        open_last=(last & (pl.col("outcome") == OPEN)).any(),
    )
    curve = cumulative_incidence(units, by, weight="weight").filter(pl.col("cause") == FILLED)
    told = _beside(told, summary(curve.lazy(), by, value=value), by)
    few = told.height <= _FEWEST["groups"]
    limits = clustered_limits(
        units if few else units.clear(),
        read_off,
        by,
        of=FILLED,
        origin="jo_id",
        fewest=_FEWEST["orders"],
    )
    lower, upper, found = pl.col("lower"), pl.col("upper"), pl.col("value")
    # An interval holds its value, whatever the samples say.
    return _beside(told, limits, by).with_columns(
        lower=pl.when(lower.is_not_null()).then(pl.min_horizontal(lower, found)),
        upper=pl.when(upper.is_not_null()).then(pl.max_horizontal(upper, found)),
    )


def _beside(told: pl.DataFrame, more: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return both tables side by side; `more` need not have all groups."""
    if by:
        return told.join(more, on=list(by), how="left", nulls_equal=True, maintain_order="left")
    return pl.concat([told, more], how="horizontal")


def _filled(days: int) -> Metric:
    return Metric(
        name=f"filled_within_{days}",
        label=Text(f"Terisi dalam {days} hari", f"Filled within {days} days"),
        definition=Text(
            f"Porsi lowongan yang terisi dalam {days} hari sejak disahkan. " + _HOW.indonesian,
            f"Share of the vacancies filled within {days} days of verification. " + _HOW.english,
        ),
        formula=Text(
            f"Peluang kumulatif terisi sampai hari ke-{days}, dengan kedaluwarsa sebagai akhir "
            "yang lain (Aalen-Johansen). " + _INTERVAL.indonesian,
            f"Cumulative chance of being filled by day {days}, with running out as the other end "
            "(Aalen-Johansen). " + _INTERVAL.english,
        ),
        limits=Text(
            f"Kosong bila belum ada lowongan yang dapat diikuti {days} hari. "
            + _MONTH_ENDS.indonesian,
            f"Empty if no vacancy could be followed for {days} days yet. " + _MONTH_ENDS.english,
        ),
        source=_SOURCE,
        unit=PER_CENT,
        time_base="opened",
        better="higher",
        counted=_COUNTED,
        compute=_filled_within(days),
        fewest=_FEWEST["positions"],
    )


MEDIAN_DAYS_TO_FILL = Metric(
    name="median_days_to_fill",
    label=Text("Waktu pengisian (median)", "Time to fill (median)"),
    definition=Text(
        "Separuh dari semua lowongan terisi dalam jumlah hari ini atau kurang. " + _HOW.indonesian,
        "Half of all vacancies were filled within this many days. " + _HOW.english,
    ),
    formula=Text(
        "Hari pertama ketika peluang kumulatif terisi mencapai separuh (Aalen-Johansen). "
        + _INTERVAL.indonesian,
        "The first day on which the cumulative chance of being filled reaches a half "
        "(Aalen-Johansen). " + _INTERVAL.english,
    ),
    limits=Text(
        "Kosong bila separuhnya tidak atau belum terisi; kosong tidak berarti cepat. "
        + _MONTH_ENDS.indonesian,
        "Empty if half were not filled, or not yet; empty does not mean fast. "
        + _MONTH_ENDS.english,
    ),
    source=_SOURCE,
    unit=DAYS,
    time_base="opened",
    better="lower",
    counted=_COUNTED,
    compute=_median_days,
    fewest=_FEWEST["positions"],
)
METRICS = (*(_filled(days) for days in (90, 180)), MEDIAN_DAYS_TO_FILL)
