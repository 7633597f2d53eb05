"""Job orders: vacancies that posts receive and verify, and how far they are filled in the end."""

import numpy as np
import polars as pl

from data_access.demo.agencies import Agency
from data_access.demo.draws import codes, one_of, some
from data_access.demo.facts import CODES, FACTS
from data_access.demo.jobs import JOBS
from data_access.demo.occupations import OCCUPATIONS, WAGES
from data_access.demo.placements import cells
from data_access.demo.reporting import Reporting
from data_access.demo.versions import living
from data_access.demo.window import MONTHS, NEVER, dates, stream

VALID_DAYS = 183
SPREAD = 0.9  # of the vacancies of a job order around its post's usual size
SENT_BACK, TURNED_DOWN = 0.05, 0.025
AHEAD = 4  # months from a job order to the arrivals it leads to


def job_orders(
    seed: int, agencies: list[Agency], placed: np.ndarray, reporting: Reporting
) -> pl.DataFrame:
    """Return the versions of the job orders: received, part filled, then filled or expired.

    placed  workers placed, posts x months: the vacancies are as many as lead to them
    """
    rng = stream(seed, "job_orders")
    parts = [
        _orders(rng, post, [one for one in agencies if one.post == post], placed[post], reporting)
        for post, code in enumerate(CODES)
        if FACTS[code].order
    ]
    orders = _numbered(pl.concat(parts))
    return _versions(rng, orders, reporting)


def _orders(
    rng: np.random.Generator,
    post: int,
    agencies: list[Agency],
    placed: np.ndarray,
    reporting: Reporting,
) -> pl.DataFrame:
    """Return a post's job orders in order of their dates, each with what it becomes."""
    facts, window = FACTS[CODES[post]], reporting.window
    later = np.minimum(np.arange(MONTHS) + AHEAD, MONTHS - 1)
    usual = facts.order * np.exp(SPREAD**2 / 2)
    times = rng.poisson(placed[later] / facts.fill / usual)
    month = np.repeat(np.arange(MONTHS), times)
    n = len(month)
    lengths = window.ends - window.periods + 1
    received = np.sort(window.periods[month] + (rng.random(n) * lengths[month]).astype(np.int32))
    pairs, chances = cells(post, agencies)
    # Independent workers bring no job order: they come by a contract of their own.
    chances = chances * np.array([job.scheme != "independent" for job, _ in pairs])
    pair = _by_month(rng, chances, month)
    job = np.array([JOBS[CODES[post]].index(one) for one, _ in pairs])[pair]
    vacancies = np.maximum(np.round(facts.order * rng.lognormal(0, SPREAD, n)), 1).astype(np.int64)
    share = rng.beta(4 * facts.fill, 4 * (1 - facts.fill), n)
    verified = received + 2 + rng.poisson(6 * facts.pace, n)
    fate = one_of(rng, (SENT_BACK, TURNED_DOWN, 1 - SENT_BACK - TURNED_DOWN), n)
    companies = [one.code for one in agencies if one.role == "p3mi"]
    alone = np.array([one.scheme == "GtoG" for one, _ in pairs])[pair] | some(rng, n, 0.08)
    sectors = [one.sector_code for one in JOBS[CODES[post]]]
    work = rng.integers(0, 3, n)
    names = [[OCCUPATIONS[sector][one] for one in range(3)] for sector in sectors]
    flat = [occupation for three in names for occupation in three]
    wage = facts.wage * np.array([WAGES[sector] for sector in sectors])[job]
    return pl.DataFrame(
        {
            "post": np.full(n, post),
            "received": received,
            "verified": np.where(fate == 2, verified, NEVER),
            "fate": fate,
            "agency_code": codes([one.code if one else None for _, one in pairs], pair),
            "p3mi_code": codes(companies, np.where(alone, -1, rng.integers(0, len(companies), n))),
            "employer_type": codes([one.employer_type for one in JOBS[CODES[post]]], job),
            "sector_code": codes(sectors, job),
            "occupation": codes([name for name, _ in flat], 3 * job + work),
            "kbji": codes(
                [kbji for _, kbji in flat], np.where(some(rng, n, 0.2), -1, 3 * job + work)
            ),
            "vacancies": vacancies,
            "wage": _rounded(wage * rng.lognormal(0, 0.08, n)),
            "currency": [facts.currency] * n,
            "contract_months": np.array((12, 24, 36))[one_of(rng, (0.1, 0.65, 0.25), n)],
            "scheme": codes([one.scheme for one in JOBS[CODES[post]]], job),
            "filled": np.where(fate == 2, np.round(share * vacancies), 0).astype(np.int64),
        }
    )


def _by_month(rng: np.random.Generator, chances: np.ndarray, month: np.ndarray) -> np.ndarray:
    """Return a pair of job and agency for each job order, by the chances of its month."""
    steps = np.cumsum(chances, axis=1)
    drawn = rng.random(len(month)) * steps[month, -1]
    return (steps[month] <= drawn[:, None]).sum(axis=1)


def _rounded(wage: np.ndarray) -> np.ndarray:
    """Return wages as they are offered: two figures that count."""
    unit = 10.0 ** np.floor(np.log10(wage) - 1)
    return np.round(wage / unit) * unit


def _numbered(orders: pl.DataFrame) -> pl.DataFrame:
    """Return the job orders with their numbers, which begin anew each year at each post."""
    year = dates(orders["received"].to_numpy()).dt.year()
    return orders.with_columns(year=year).with_columns(
        jo_id=pl.col("post").replace_strict(range(len(CODES)), list(CODES))
        + "-JO-"
        + pl.col("year").cast(pl.String)
        + "-"
        + pl.int_range(1, pl.len() + 1).over("post", "year").cast(pl.String).str.zfill(4)
    )


def _versions(rng: np.random.Generator, orders: pl.DataFrame, reporting: Reporting) -> pl.DataFrame:
    """Return what each file says of the job orders, in the order of the job orders and months."""
    window, n = reporting.window, orders.height
    received = orders["received"].to_numpy()
    good = orders["fate"].to_numpy() == 2
    first = window.month(received)
    middle = first + rng.integers(2, 5, n)
    last = window.month(orders["verified"].to_numpy() + VALID_DAYS) + 1  # its time is over
    part = np.floor(orders["filled"].to_numpy() * rng.uniform(0.3, 0.7, n)).astype(np.int64)
    full = orders["filled"].to_numpy() == orders["vacancies"].to_numpy()
    which = np.concatenate([np.arange(n), np.flatnonzero(good), np.flatnonzero(good)])
    month = np.concatenate([first, middle[good], last[good]])
    stage = np.repeat([0, 1, 2], [n, good.sum(), good.sum()])
    kept = month < MONTHS
    which, month, stage = which[kept], month[kept], stage[kept]
    order = np.lexsort((month, which))
    which, month, stage = which[order], month[order], stage[order]
    # A report that skipped a month tells what was known when it came.
    known = window.ends[reporting.shown[orders["post"].to_numpy()[which], month]]
    verified = orders["verified"].to_numpy()[which]
    fate = orders["fate"].to_numpy()[which]
    checked = verified <= known
    status = np.select(
        [fate == 0, fate == 1, stage == 0, stage == 1],
        [1, 2, np.where(checked, 3, 0), 4],
        np.where(full[which], 4, 5),
    )
    filled = np.select(
        [stage == 0, stage == 1], [0, part[which]], orders["filled"].to_numpy()[which]
    )
    names = ("received", "returned", "rejected", "verified", "permit_issued", "expired")
    rows = orders[which].with_columns(
        dates(received[which], "date_received"),
        dates(np.where(checked, verified, NEVER), "date_verified"),
        dates(np.where(checked, verified + VALID_DAYS, NEVER), "valid_until"),
        codes(names, status).alias("status"),
        filled=pl.Series(filled),
    )
    return living("job_orders", reporting, rows["post"].to_numpy(), month, rows)
