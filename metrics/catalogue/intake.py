"""How many cases come in for the workers placed, and how many concern several workers."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.cases import COURTS, NOT_BAD
from metrics.catalogue.tally import result, tally
from metrics.cohorts import reported
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.selection import Period
from metrics.statistics.groups import summary
from metrics.statistics.intervals import poisson_rate
from metrics.text import Text
from metrics.units import CASES, PER_1000_PLACED

_GROUPS_OF_POSTS = ("post_code", "place")


def _cases_per_1000_placements(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    if unfit := [column for column in by if column not in _GROUPS_OF_POSTS]:
        raise ValueError(
            f"cases_per_1000_placements cannot be told by {', '.join(unfit)}: it is told by "
            f"{' and '.join(_GROUPS_OF_POSTS)} only."
        )
    kind = rows.placements.schema["post_code"]
    placed = (
        rows.placements.lazy()
        .filter(period.covers("period"))
        .group_by(pl.col("post_code").cast(pl.String))
        .agg(pl.first("place"), placed=pl.sum("count"))
    )
    cases = reported(rows, period).group_by(pl.col("post_code").cast(pl.String)).agg(n=pl.len())
    posts = placed.join(cases, on="post_code", how="left").with_columns(
        pl.col("post_code").cast(kind)
    )
    n = pl.col("n").fill_null(0).sum().cast(pl.Int64)
    rates = poisson_rate(summary(posts, by, n=n, placed=pl.sum("placed")), "n", "placed")
    return result(rates.rename({"rate": "value"}), by)


def _collective_cases(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    new = reported(rows, period)
    return tally(new, by, (pl.col("people") > 1).sum())


CASES_PER_1000_PLACEMENTS = Metric(
    name="cases_per_1000_placements",
    label=Text("Kasus per 1.000 penempatan", "Cases per 1,000 placements"),
    definition=Text(
        "Kasus masuk dalam periode per 1.000 PMI yang ditempatkan dalam periode yang sama. Ukuran "
        "ini lebih lemah daripada kasus per 1.000 PMI. Hanya pos dengan penempatan yang dihitung.",
        "New cases in the period per 1,000 workers placed in the same period. This is a weaker "
        "measure than cases per 1,000 workers. Only posts with placements count.",
    ),
    formula=Text(
        "Kasus masuk dibagi penempatan dari semua bulan yang mulai dalam periode, dikali 1.000. "
        "Selang 95% Poisson eksak.",
        "New cases divided by the placements of all months that begin in the period, times 1,000. "
        "Exact 95% Poisson interval.",
    ),
    limits=Text(
        "Kasus setahun berasal dari penempatan beberapa tahun, sehingga penempatan yang tumbuh "
        "menurunkan angka ini. Jangan dicampur dengan kasus per 1.000 PMI.",
        "A year's cases come from the placements of several years, so growing placements lower "
        "this figure. Never mix it with cases per 1,000 workers.",
    ),
    source="Garwood 1936; OHID Fingertips technical guidance",
    unit=PER_1000_PLACED,
    time_base="flow",
    better="neither",
    counted=Text("kasus masuk", "new cases"),
    compute=_cases_per_1000_placements,
    only_by=_GROUPS_OF_POSTS,
)
COLLECTIVE_CASES = Metric(
    name="collective_cases",
    label=Text("Kasus kolektif", "Collective cases"),
    definition=Text(
        "Jumlah kasus masuk dalam periode yang menyangkut lebih dari satu PMI.",
        "New cases in the period that concern more than one worker.",
    ),
    formula=Text(
        "Banyaknya kasus masuk dengan lebih dari satu PMI.",
        "Number of new cases with more than one worker.",
    ),
    limits=NOT_BAD,
    source=COURTS,
    unit=CASES,
    time_base="flow",
    better="neither",
    counted=Text("kasus masuk", "new cases"),
    compute=_collective_cases,
    comparison="untested",
    of_nothing=0,
)
METRICS = (CASES_PER_1000_PLACEMENTS, COLLECTIVE_CASES)
