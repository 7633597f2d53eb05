"""What a post does beside cases: guidance, visits, meetings, market work."""

import numpy as np
import polars as pl

from data_access.demo.draws import codes, one_of
from data_access.demo.facts import CODES
from data_access.demo.reporting import Reporting
from data_access.demo.versions import whole_month
from data_access.demo.window import MONTHS, dates, stream

# kind: chance, participants, vacancies learnt of
KINDS: dict[str, tuple[float, int, int]] = {
    "guidance": (0.30, 90, 0),
    "welcoming": (0.20, 60, 0),
    "working_visit": (0.12, 25, 6),
    "market_intelligence": (0.10, 0, 45),
    "promotion": (0.08, 0, 60),
    "coordination": (0.12, 0, 0),
    "training": (0.08, 40, 0),
}
PARTNERS = (
    "Lembaga pelatihan",
    "Kementerian ketenagakerjaan setempat",
    "Komunitas PMI",
    "Asosiasi agensi setempat",
    "Imigrasi setempat",
    "Rumah sakit setempat",
    "Kamar dagang setempat",
)
USUAL = 4.5  # activities in a usual month


def activities(seed: int, stock: np.ndarray, reporting: Reporting) -> pl.DataFrame:
    """Return the rows of the activities.

    stock  registered workers, posts x months: large posts do somewhat more
    """
    rng = stream(seed, "activities")
    window = reporting.window
    usual = USUAL * (stock / 60000) ** 0.25
    usual = np.where(np.isin(window.years, (2020, 2021)), 0.55, 1.0) * usual
    post, month = np.nonzero(np.ones((len(CODES), MONTHS)))
    times = rng.poisson(usual.ravel())
    post, month = np.repeat(post, times), np.repeat(month, times)
    n = len(post)
    lengths = window.ends - window.periods + 1
    day = window.periods[month] + (rng.random(n) * lengths[month]).astype(np.int32)
    chances, people, leads = (np.array(column) for column in zip(*KINDS.values(), strict=True))
    kind = one_of(rng, chances, n)
    partner = np.where(rng.random(n) < 0.25, -1, rng.integers(0, len(PARTNERS), n))
    rows = pl.DataFrame(
        {
            "post": post,
            "month": month,
            "date": dates(day),
            "kind": codes(tuple(KINDS), kind),
            "participants": rng.poisson(people[kind] * rng.lognormal(0, 0.4, n)),
            "partner": codes(PARTNERS, partner),
            "leads": rng.poisson(leads[kind] * rng.lognormal(0, 0.5, n)),
        }
    ).unique(["post", "date", "kind", "partner"], keep="first", maintain_order=True)
    return whole_month(
        "activities", reporting, rows["post"].to_numpy(), rows["month"].to_numpy(), rows
    )
