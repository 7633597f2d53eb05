"""What becomes of cases: resolved, or closed without resolution (Aalen-Johansen)."""

from collections.abc import Sequence
from functools import partial
from typing import Literal

import polars as pl

from metrics.catalogue.curves import COHORT, FEWEST, LATER, incidence_of, joined, wilson_share
from metrics.codes import HANDED_OVER, RESOLVED, WITHDRAWN, is_code
from metrics.cohorts import reported
from metrics.durations import matured
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.outcomes import UNRESOLVED, WAY
from metrics.policy.handling import OUTCOME_DAYS
from metrics.selection import Period
from metrics.text import Text
from metrics.units import PER_CENT

_DAYS = OUTCOME_DAYS.value


def _incidence(ways: Sequence[str], rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return incidence_of(reported(rows, period).with_columns(way=WAY), by, ways, _DAYS)


def _resolution_rate(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    old_enough = reported(rows, period).filter(matured(_DAYS, period.last))
    resolved = is_code("status", RESOLVED) & pl.col("closed") & (pl.col("days") <= _DAYS)
    return wilson_share(old_enough, by, resolved)


def _share(
    name: str,
    label: Text,
    ended: Text,
    ways: Sequence[str],
    better: Literal["lower", "higher", "neither"],
) -> Metric:
    return Metric(
        name=name,
        label=label,
        definition=Text(
            f"Porsi kasus yang {ended.indonesian} dalam {_DAYS} hari sejak dilaporkan. "
            "Cara berakhir yang lain bersaing dengannya; kasus terbuka dihitung sampai hari "
            "terakhir periode.",
            f"Share of the cases that were {ended.english} within {_DAYS} days of the report. "
            "Other ways of ending compete with it; open cases count up to the last day of the "
            "period.",
        ),
        formula=Text(
            f"Jumlah peluang berakhir dengan cara itu sampai hari ke-{_DAYS} (Aalen-Johansen).",
            f"Sum of the chances of ending in that way up to day {_DAYS} (Aalen-Johansen).",
        ),
        limits=joined(
            Text(
                "Cara berakhir adalah menurut status dan hasil yang dilaporkan pos. Kosong bila "
                f"belum ada kasus yang dapat diikuti selama {_DAYS} hari.",
                "The way of ending is by the status and outcome that the post reported. Empty if "
                f"no case could be followed for {_DAYS} days yet.",
            ),
            LATER,
        ),
        source="Aalen & Johansen 1978; Marubini & Valsecchi 1995",
        unit=PER_CENT,
        time_base="opened",
        better=better,
        counted=COHORT,
        compute=partial(_incidence, ways),
        fewest=FEWEST["cases"],
    )


RESOLVED_SHARE = _share(
    f"resolved_share_{_DAYS}",
    Text(f"Selesai dalam {_DAYS} hari", f"Resolved within {_DAYS} days"),
    Text("berakhir dengan status selesai", "resolved"),
    (RESOLVED,),
    "higher",
)
CLOSED_UNRESOLVED = _share(
    f"closed_unresolved_{_DAYS}",
    Text(
        f"Ditutup tanpa penyelesaian dalam {_DAYS} hari",
        f"Closed without resolution within {_DAYS} days",
    ),
    Text("ditutup tanpa penyelesaian", "closed without resolution"),
    UNRESOLVED,
    "lower",
)
HANDED_OVER_SHARE = _share(
    f"handed_over_{_DAYS}",
    Text(f"Dilimpahkan dalam {_DAYS} hari", f"Handed over within {_DAYS} days"),
    Text("ditutup dengan hasil dilimpahkan", "closed as handed over"),
    (HANDED_OVER,),
    "neither",
)
WITHDRAWN_SHARE = _share(
    f"withdrawn_{_DAYS}",
    Text(f"Dicabut dalam {_DAYS} hari", f"Withdrawn within {_DAYS} days"),
    Text("ditutup dengan hasil dicabut", "closed as withdrawn"),
    (WITHDRAWN,),
    "neither",
)
RESOLUTION_RATE = Metric(
    name=f"resolution_rate_{_DAYS}",
    label=Text(f"Tingkat penyelesaian {_DAYS} hari", f"{_DAYS}-day resolution rate"),
    definition=Text(
        f"Dari kasus periode ini yang dilaporkan sedikitnya {_DAYS} hari sebelum hari terakhirnya, "
        f"porsi yang berstatus selesai dalam {_DAYS} hari. Kasus yang lebih muda tidak dihitung.",
        f"Of the period's cases reported at least {_DAYS} days before its last day, the share "
        f"resolved within {_DAYS} days. Younger cases do not count.",
    ),
    formula=Text(
        f"Kasus selesai dalam {_DAYS} hari dibagi semua kasus yang sudah berumur {_DAYS} hari.",
        f"Cases resolved within {_DAYS} days, divided by all that are {_DAYS} days old by now.",
    ),
    limits=Text(
        "Kasus dari masa yang tidak dilaporkan pos tidak dihitung. Kasus berstatus selesai tanpa "
        "tanggal dihitung belum selesai.",
        "Cases of times the post did not report do not count. Cases told as resolved without a "
        "date count as not resolved.",
    ),
    source="Wilson 1927; BP2MI and Kemlu, published resolution rates",
    unit=PER_CENT,
    time_base="opened",
    better="higher",
    counted=Text(
        f"kasus dilaporkan dalam periode yang sudah berumur {_DAYS} hari",
        f"cases reported in the period that are {_DAYS} days old by now",
    ),
    compute=_resolution_rate,
    fewest=FEWEST["cases"],
)
METRICS = (
    RESOLVED_SHARE,
    CLOSED_UNRESOLVED,
    HANDED_OVER_SHARE,
    WITHDRAWN_SHARE,
    RESOLUTION_RATE,
)
