"""Workers placed: the yearly total of a post, spread over months, jobs, agencies and gender."""

import numpy as np
import polars as pl

from data_access.demo.agencies import Agency
from data_access.demo.draws import codes
from data_access.demo.facts import CODES
from data_access.demo.jobs import JOBS, Job
from data_access.demo.reporting import Reporting
from data_access.demo.seasons import arrivals
from data_access.demo.versions import whole_month
from data_access.demo.volumes import placed
from data_access.demo.window import MONTHS, Window, stream

TINY = 1.5e-4  # weight of a tiny agency among the post's: a couple of placements a year
WITHOUT_AGENCY = ("GtoG", "GtoP", "independent")  # schemes in which no agency stands between


def monthly_totals(seed: int, window: Window) -> np.ndarray:
    """Return the workers placed, posts x months; the months of a full year add up to its total."""
    rng = stream(seed, "placements", 0)
    totals = np.zeros((len(CODES), MONTHS), dtype=np.int64)
    for post, code in enumerate(CODES):
        for year in np.unique(window.years):
            shares = arrivals(int(year)) * rng.lognormal(0, 0.07, 12)
            months = rng.multinomial(placed(code, int(year)), shares / shares.sum())
            here = window.years == year
            totals[post, here] = months[window.month_of_year[here]]
    return totals


def cells(post: int, agencies: list[Agency]) -> tuple[list[tuple[Job, Agency | None]], np.ndarray]:
    """Return the pairs of job and agency of a post, and the chance of each in each month.

    The chances are months x pairs; a job keeps its share whichever agencies deal in it.
    """
    months = np.arange(MONTHS)
    pairs: list[tuple[Job, Agency | None]] = []
    chances = []
    for number, job in enumerate(JOBS[CODES[post]]):
        dealers = [one for one in agencies if one.role == "foreign" and number in one.jobs]
        if job.scheme in WITHOUT_AGENCY or not dealers:
            pairs.append((job, None))
            chances.append(np.full(MONTHS, job.share))
            continue
        sizes = np.array([one.size or TINY * len(agencies) for one in dealers])
        active = np.array([(months >= one.since) & (months < one.until) for one in dealers])
        weights = sizes[:, None] * active
        # In a month without any dealer the workers come without an agency.
        open_months = weights.sum(axis=0) > 0
        pairs += [(job, one) for one in dealers]
        chances += list(job.share * weights / np.where(open_months, weights.sum(axis=0), 1))
        if not open_months.all():
            pairs.append((job, None))
            chances.append(job.share * ~open_months)
    return pairs, np.array(chances).T


def placements(seed: int, agencies: list[Agency], reporting: Reporting) -> pl.DataFrame:
    """Return the rows of the placements table."""
    rng = stream(seed, "placements", 1)
    totals = monthly_totals(seed, reporting.window)
    parts: list[pl.DataFrame] = []
    for post in range(len(CODES)):
        pairs, chances = cells(post, [one for one in agencies if one.post == post])
        drawn = rng.multinomial(totals[post], chances / chances.sum(axis=1, keepdims=True))
        month, pair = np.nonzero(drawn)
        count = drawn[month, pair]
        women = rng.binomial(count, np.array([job.women for job, _ in pairs])[pair])
        jobs = {
            name: codes([getattr(job, name) for job, _ in pairs], pair)
            for name in ("employer_type", "sector_code", "scheme")
        }
        rows = pl.DataFrame(
            {
                "post": np.full(len(month), post),
                "month": month,
                "agency_code": codes([one.code if one else None for _, one in pairs], pair),
                **jobs,
            }
        )
        parts += [
            rows.with_columns(gender=pl.lit(gender), count=pl.Series(number))
            for gender, number in (("L", count - women), ("P", women))
        ]
    found = pl.concat(parts).filter(pl.col("count") > 0)
    return whole_month(
        "placements", reporting, found["post"].to_numpy(), found["month"].to_numpy(), found
    )
