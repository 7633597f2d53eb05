"""In which way cases end: resolved, or closed without resolution and why."""

from collections.abc import Sequence

import polars as pl

from metrics.cases import Cases, registered
from metrics.codes import (
    CLOSED,
    HANDED_OVER,
    INCOMPLETE,
    RESOLVED,
    UNREACHABLE,
    WITHDRAWN,
    is_code,
)
from metrics.durations import followed
from metrics.selection import Period
from metrics.statistics.competing import cumulative_incidence

# Codes of the lists case_status and outcome; the status decides what is a resolution.
UNRESOLVED = (HANDED_OVER, INCOMPLETE, UNREACHABLE, WITHDRAWN, CLOSED)
WAYS = (RESOLVED, *UNRESOLVED)
# Of rows of cases.register: how each case ended; null while it is open. A closing of which no
# known reason is told is just closed.
WAY = pl.when("closed").then(
    pl.when(is_code("status", RESOLVED))
    .then(pl.lit(RESOLVED))
    .when(is_code("outcome", *UNRESOLVED[:-1]))
    .then(pl.col("outcome").cast(pl.String))
    .otherwise(pl.lit(CLOSED))
)


def outcomes(cases: Cases, period: Period, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return the share of the cases reported in the period that ended in each way by each day.

    Columns: `by`, `days` (Int64), `cause` (one of WAYS; only those that occur), `incidence` (0
    to 1), `std_error`, `lower`, `upper`; over the causes of a day the incidences sum to the
    share ended. The ways compete: a withdrawn case is not taken for an open one. Open cases
    count up to the period's last day. Sources: Aalen and Johansen 1978; see
    statistics.competing. Cases of before the post reported: see metrics.durations.followed.
    """
    cohort = registered(cases, period.last).filter(period.covers("date_reported"))
    seen = followed(cohort.select(*by, "days", "entry", "closed", way=WAY), by)
    return cumulative_incidence(seen, by, cause="way", entry="entry")
