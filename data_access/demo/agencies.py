"""The agencies of each post: who they are, how good they are, and what became of them."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data_access.demo.facts import CODES, FACTS
from data_access.demo.jobs import JOBS
from data_access.demo.names import invented_names
from data_access.demo.reporting import Reporting
from data_access.demo.versions import living
from data_access.demo.window import MONTHS, NEVER, Window, dates, stream

P3MI = 60
BAD_POSTS = ("HKG", "KUL", "TPE", "RUH", "SIN", "JED", "BWN")  # one clearly bad agency each
TWICE_BAD = ("HKG", "KUL", "TPE")  # the largest lists hold two
TINY_SHARE = 0.12  # of a list of ten or more: agencies with a couple of placements


@dataclass(frozen=True)
class Agency:
    """One agency on one post's list; months count from 0 and may lie before the window."""

    post: int
    code: str
    name: str
    role: str
    quality: str  # bad, ordinary, good, tiny
    size: float  # weight among the post's agencies
    jobs: tuple[int, ...]  # which of the post's jobs it deals in
    since: int
    until: int  # the month it was struck off; 120 and more: still there
    sanctions: tuple[tuple[int, int, str], ...]  # from, until, kind


def roster(seed: int) -> list[Agency]:
    """Return all agencies, in the order of posts; a P3MI stands under each of its posts."""
    rng = stream(seed, "agencies", 0)
    wanted = sum(facts.agencies for facts in FACTS.values())
    names = iter(invented_names(rng, wanted + P3MI))
    companies = [next(names) for _ in range(P3MI)]
    agencies = []
    for post, code in enumerate(CODES):
        facts = FACTS[code]
        bad = (code in BAD_POSTS) + (code in TWICE_BAD)
        tiny = round(TINY_SHARE * facts.agencies) if facts.agencies >= 10 else 0
        for number in range(1, facts.agencies + 1):
            # Neither the bad nor the tiny ones stand together at the top of the list.
            quality = "ordinary" if rng.random() < 0.7 else "good"
            if number in (7, 5)[:bad]:
                quality = "bad"
            elif number > facts.agencies - tiny:
                quality = "tiny"
            agencies.append(_agency(rng, post, f"{code}-M{number:04d}", next(names), quality))
        for number in sorted(rng.choice(P3MI, facts.p3mi, replace=False)):
            since = -int(rng.integers(1, 60))
            p3mi = (post, f"P3-{number + 1:04d}", companies[number], "p3mi", "ordinary", 1.0)
            agencies.append(Agency(*p3mi, (), since, MONTHS + 1, ()))
    return agencies


def _agency(rng: np.random.Generator, post: int, code: str, name: str, quality: str) -> Agency:
    jobs = JOBS[CODES[post]]
    main = int(rng.choice(len(jobs), p=[job.share for job in jobs]))
    beside = rng.random(len(jobs)) < 0.35
    deals = tuple(sorted({main, *np.flatnonzero(beside).tolist()}))
    size = {"bad": 1.2, "tiny": 0.0}.get(quality, float(rng.lognormal(0, 0.9)))
    since = -int(rng.integers(1, 60))
    if quality != "bad" and rng.random() < 0.4:
        since = int(rng.integers(1, MONTHS - 14))
    if quality == "tiny":
        since = int(rng.integers(MONTHS - 40, MONTHS - 6))
    sanctions, until = _record(rng, quality, max(since, 0))
    return Agency(post, code, name, "foreign", quality, size, deals, since, until, sanctions)


def _record(
    rng: np.random.Generator, quality: str, since: int
) -> tuple[tuple[tuple[int, int, str], ...], int]:
    """Return the sanctions of an agency and the month in which it was struck off."""
    if quality == "bad":
        # Warned again and again; the last one runs now. KJRI Hong Kong: suspensions of 90 days.
        record = [(m, m + 3, "warning") for m in (MONTHS - 52, MONTHS - 27)]
        record.append((MONTHS - 15, MONTHS - 12, "suspended"))
        if rng.random() < 0.5:
            record.append((MONTHS - 2, MONTHS + 1, "suspended"))
        return tuple(record), MONTHS + 1
    chance = rng.random()
    month = int(rng.integers(since + 2, max(since + 3, MONTHS)))
    if quality == "ordinary" and chance < 0.12:
        return ((month, month + 3, "warning"),), MONTHS + 1
    if quality == "ordinary" and chance < 0.17:
        return ((month, MONTHS + 1, "revoked"),), month
    return (), MONTHS + 1


def versions(agencies: list[Agency], seed: int, reporting: Reporting) -> pl.DataFrame:
    """Return the versions of the agencies' rows: first seen, permits renewed, sanctions changed."""
    rng = stream(seed, "agencies", 1)
    rows: list[dict] = []
    for agency in agencies:
        rows += _life(rng, agency, reporting.window)
    columns = pl.DataFrame(rows, infer_schema_length=None)
    days = ("host_license_until", "registration_until", "sanction_from", "sanction_until")
    return living(
        "agencies",
        reporting,
        columns["post"].to_numpy(),
        columns["month"].to_numpy(),
        {
            **{name: columns[name] for name in columns.columns if name not in days},
            **{name: dates(columns[name].to_numpy(), name) for name in days},
        },
    )


def _life(rng: np.random.Generator, agency: Agency, window: Window) -> list[dict]:
    """Return an agency's versions month by month, where something changed."""
    first = max(agency.since, 0)
    permits: dict[str, list[tuple[int, int]]] = {}
    changes = {first}
    for permit in ("host_license_until", "registration_until"):
        # Permits of two years, mostly renewed in their last month; the first began earlier.
        terms = [(first, first + int(rng.integers(3, 25)))]
        while terms[-1][1] <= min(MONTHS, agency.until):
            # One in twenty is renewed some months too late.
            late = int(rng.integers(2, 7)) if rng.random() < 0.05 else 0
            renewed = terms[-1][1] - 1 + late
            terms.append((renewed, renewed + 25))
        changes |= {renewed for renewed, _ in terms}
        permits[permit] = terms
    for start, end, _ in agency.sanctions:
        changes |= {start, end}
    rows = []
    for month in sorted(change for change in changes if first <= change < MONTHS):
        running = [one for one in agency.sanctions if one[0] <= month < one[1]]
        start, end, sanction = running[-1] if running else (0, 0, "none")
        problem, ends = sanction in ("suspended", "revoked"), sanction not in ("none", "revoked")
        rows.append(
            {
                "post": agency.post,
                "month": month,
                "agency_code": agency.code,
                "agency_name": agency.name,
                "role": agency.role,
                **{name: _until(permits[name], month, window) for name in permits},
                "list_status": "problem" if problem else "clear",
                "sanction": sanction,
                "sanction_from": _day(start, window) if running else int(NEVER),
                "sanction_until": _day(end, window) - 1 if ends else int(NEVER),
            }
        )
    return rows


def _until(terms: list[tuple[int, int]], month: int, window: Window) -> int:
    """Return the last day of the permit that an agency holds in a month."""
    return _day(next(end for start, end in reversed(terms) if start <= month), window) - 1


def _day(month: int, window: Window) -> int:
    return int((window.first + month).astype("datetime64[D]").astype(int))
