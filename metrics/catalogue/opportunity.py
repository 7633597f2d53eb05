"""Where demand is worth looking at."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, result
from metrics.demand.opportunity import MARKET, opportunities
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.policy.demand import (
    MINIMUM_WAGE,
    MORATORIUM,
    OPPORTUNITY_GOALS,
    OPPORTUNITY_NEEDS,
    OPPORTUNITY_WEIGHTS,
)
from metrics.selection import Period
from metrics.text import Text
from metrics.units import POINTS


def _opportunity_score(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    if "sector_code" not in by:
        raise ValueError("opportunity_score must be told by sector_code: markets have no total.")
    for table in (rows.job_orders, rows.placements, rows.cases):
        check(table, by)
    told = opportunities(rows, period.last, by).with_columns(value="score", n="vacancies")
    return result(told, by)


_POLICIES = (OPPORTUNITY_GOALS, MINIMUM_WAGE, MORATORIUM, OPPORTUNITY_NEEDS)

OPPORTUNITY_SCORE = Metric(
    name="opportunity_score",
    label=Text("Skor peluang pasar", "Market opportunity score"),
    definition=Text(
        "Nilai 1 sampai 100 sebuah sektor di sebuah negara/wilayah dari banyaknya lowongan, "
        "pertumbuhan, yang belum terisi, porsi formal, upah dan pelindungan dalam 12 bulan "
        "terakhir.",
        "A value from 1 to 100 for a sector in a place, from the number of vacancies, growth, what "
        "is unfilled, the formal share, wages and protection in the last 12 months.",
    ),
    formula=Text(
        "Rata-rata geometrik berbobot unsur yang ada datanya. "
        + " ".join(policy.told("id") for policy in (OPPORTUNITY_WEIGHTS, *_POLICIES)),
        "Weighted geometric mean of the parts with data. "
        + " ".join(policy.told("en") for policy in (OPPORTUNITY_WEIGHTS, *_POLICIES)),
    ),
    limits=Text(
        "Bahan pertimbangan dan bukan putusan. Kasus setahun berasal dari penempatan beberapa "
        "tahun. Selang dari tarikan acak ragam unsur; bobotnya pun pertimbangan.",
        "For consideration and no verdict. The cases of a year come from placements of several "
        "years. Interval from random draws of the parts' errors; the weights are a judgement too.",
    ),
    source="OECD & JRC 2008; Clayton & Kaldor 1987; DerSimonian & Laird 1986; Kish 1965",
    unit=POINTS,
    time_base="window",
    better="neither",
    counted=Text(
        "lowongan yang dihitung, disahkan dalam 12 bulan",
        "vacancies that count, verified in 12 months",
    ),
    compute=_opportunity_score,
    comparison="none",
    always_by=("sector_code",),
    only_by=MARKET,
    not_within=("case_type",),
)
METRICS = (OPPORTUNITY_SCORE,)
