"""Documents legalised: new contracts by agency, extensions and papers of agencies by post."""

import numpy as np
import polars as pl

from data_access.demo.agencies import Agency
from data_access.demo.draws import codes
from data_access.demo.facts import CODES, FACTS
from data_access.demo.jobs import JOBS
from data_access.demo.reporting import Reporting
from data_access.demo.versions import whole_month
from data_access.demo.window import MONTHS, dates, stream

# Share of papers sent back and turned down, by what the agency is like.
SENT_BACK = {"bad": 0.16, "tiny": 0.05, "ordinary": 0.035, "good": 0.012, "none": 0.03}
TURNED_DOWN = {"bad": 0.05, "tiny": 0.01, "ordinary": 0.006, "good": 0.002, "none": 0.005}
PAPERS = {"job_order": 1.3, "cooperation": 0.12, "power_of_attorney": 0.35}  # a month an agency
EXTENSIONS = 1 / 40  # of the registered workers, each month; contracts last two to four years


def documents(
    seed: int,
    placements: pl.DataFrame,
    agencies: list[Agency],
    stock: np.ndarray,
    reporting: Reporting,
) -> pl.DataFrame:
    """Return the rows of the table of legalised documents.

    stock  registered workers, posts x months
    """
    rng = stream(seed, "documents")
    asked = pl.concat([_contracts(placements, reporting), _others(rng, agencies, stock)])
    quality = {one.code: one.quality for one in agencies}
    kinds = asked["agency_code"].replace_strict(quality, default="none")
    received = rng.poisson(asked["expected"].to_numpy())
    sent_back = rng.binomial(received, kinds.replace_strict(SENT_BACK).to_numpy())
    rest = received - sent_back
    turned_down = rng.binomial(rest, kinds.replace_strict(TURNED_DOWN).to_numpy())
    rest -= turned_down
    waiting = rng.binomial(rest, 0.015)
    days = rng.lognormal(0, 0.35, len(received)) * _days(asked["post"].to_numpy())
    rows = asked.drop("expected").with_columns(
        received=pl.Series(received),
        approved=pl.Series(rest - waiting),
        returned=pl.Series(sent_back),
        rejected=pl.Series(turned_down),
        days_median=pl.Series(np.maximum(np.round(2 * days) / 2, 0.5)),
    )
    rows = rows.filter(pl.col("received") > 0)
    return whole_month(
        "legalised_documents", reporting, rows["post"].to_numpy(), rows["month"].to_numpy(), rows
    )


def _days(post: np.ndarray) -> np.ndarray:
    return 2.2 * np.array([FACTS[code].pace for code in CODES])[post]


def _contracts(placements: pl.DataFrame, reporting: Reporting) -> pl.DataFrame:
    """Return the new contracts to expect: a few more than workers who came."""
    months = {day: number for number, day in enumerate(dates(reporting.window.periods))}
    return (
        placements.group_by(
            "post_code", "period", "agency_code", "employer_type", maintain_order=True
        )
        .agg(expected=1.05 * pl.col("count").sum())
        .select(
            pl.col("post_code").replace_strict(list(CODES), range(len(CODES))).alias("post"),
            pl.col("period").replace_strict(months).alias("month"),
            pl.lit("new_contract").alias("doc_type"),
            "agency_code",
            "employer_type",
            "expected",
        )
    )


def _others(rng: np.random.Generator, agencies: list[Agency], stock: np.ndarray) -> pl.DataFrame:
    """Return extensions and the agencies' own papers to expect, which carry no agency's code."""
    parts = []
    for post, code in enumerate(CODES):
        here = [one for one in agencies if one.post == post and one.role == "foreign"]
        for employer in ("BH", "PS"):
            share = sum(job.share for job in JOBS[code] if job.employer_type == employer)
            expected = {"extension": share * EXTENSIONS * stock[post]}
            expected |= {
                kind: np.full(MONTHS, share * each * len(here)) for kind, each in PAPERS.items()
            }
            parts += [
                pl.DataFrame(
                    {
                        "post": np.full(MONTHS, post),
                        "month": np.arange(MONTHS),
                        "doc_type": [kind] * MONTHS,
                        "agency_code": codes([], np.full(MONTHS, -1)),
                        "employer_type": [employer] * MONTHS,
                        "expected": number * rng.lognormal(0, 0.1, MONTHS),
                    }
                )
                for kind, number in expected.items()
                if share > 0
            ]
    return pl.concat(parts)
