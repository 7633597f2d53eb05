"""How much of the cases ends within so many days, and how many days they take within them."""

from collections.abc import Sequence
from functools import partial

import polars as pl

from metrics.catalogue.curves import (
    ANY_END,
    COHORT,
    FEWEST,
    LATER,
    SURVIVAL,
    joined,
    mean_of,
    share_of,
)
from metrics.cohorts import reported
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.policy.handling import RESTRICTED_MEAN_DAYS
from metrics.selection import Period
from metrics.text import Text
from metrics.units import DAYS, PER_CENT


def _share(days: int, rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return share_of(reported(rows, period), by, days)


def _mean(horizon: int, rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return mean_of(reported(rows, period), by, horizon)


def _resolved_within(days: int) -> Metric:
    return Metric(
        name=f"resolved_within_{days}",
        label=Text(f"Berakhir dalam {days} hari", f"Ended within {days} days"),
        definition=joined(
            Text(
                f"Porsi kasus yang berakhir dalam {days} hari sejak dilaporkan.",
                f"Share of the cases that ended within {days} days of the report.",
            ),
            ANY_END,
        ),
        formula=Text(
            f"Satu dikurangi peluang masih terbuka pada hari ke-{days} (Kaplan-Meier).",
            f"One less the chance of being still open on day {days} (Kaplan-Meier).",
        ),
        limits=joined(
            Text(
                f"Kosong bila belum ada kasus yang dapat diikuti selama {days} hari.",
                f"Empty if no case could be followed for {days} days yet.",
            ),
            LATER,
        ),
        source=SURVIVAL,
        unit=PER_CENT,
        time_base="opened",
        better="higher",
        counted=COHORT,
        compute=partial(_share, days),
        fewest=FEWEST["cases"],
    )


def _restricted_mean(days: int) -> Metric:
    return Metric(
        name=f"restricted_mean_{days}",
        label=Text(f"Rata-rata waktu terbatas {days} hari", f"Restricted mean time, {days} days"),
        definition=joined(
            Text(
                f"Rata-rata hari sampai kasus berakhir dalam {days} hari pertama; kasus yang lebih "
                f"lama dihitung {days} hari.",
                f"Mean days until a case ended within its first {days} days; longer ones count as "
                f"{days} days.",
            ),
            ANY_END,
        ),
        formula=Text(
            f"Luas di bawah kurva peluang masih terbuka sampai hari ke-{days} (Kaplan-Meier).",
            f"Area under the curve of the chance of being still open up to day {days} "
            "(Kaplan-Meier).",
        ),
        limits=joined(
            Text(
                "Bukan rata-rata seluruh waktu penyelesaian. Kosong bila belum ada kasus yang "
                f"dapat diikuti selama {days} hari.",
                "Not the mean of the whole resolution time. Empty if no case could be followed "
                f"for {days} days yet.",
            ),
            LATER,
        ),
        source="Irwin 1949; Tian et al. 2020",
        unit=DAYS,
        time_base="opened",
        better="lower",
        counted=COHORT,
        compute=partial(_mean, days),
        fewest=FEWEST["cases"],
    )


METRICS = (
    *(_resolved_within(days) for days in (7, 14, 30, 60, 90)),
    *(_restricted_mean(days) for days in RESTRICTED_MEAN_DAYS.value.values()),
)
