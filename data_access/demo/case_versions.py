"""The rows of cases as the files bring them: first report, what happened on the way, the end."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from data_access.demo.agencies import Agency
from data_access.demo.case_agencies import AgencyTable
from data_access.demo.case_course import Course, course
from data_access.demo.case_details import URGENCIES, details
from data_access.demo.case_kinds import TYPES
from data_access.demo.case_words import (
    CHANNELS,
    CLOSED,
    FAULTS,
    HOLDERS,
    OPEN_STATUS,
    PROCEDURAL,
    REQUESTS,
    RESOLVED,
    STAGES,
)
from data_access.demo.draws import codes
from data_access.demo.facts import CODES, FACTS
from data_access.demo.jobs import SECTORS
from data_access.demo.reporting import Reporting
from data_access.demo.versions import typed
from data_access.demo.window import MONTHS, NEVER, dates, stream
from data_access.tables import SHEET_TABLES

OPEN, REFERRED, FINAL, EARLY = range(4)  # EARLY: closed, and open again later


def case_rows(seed: int, scale: float, reporting: Reporting) -> dict[str, np.ndarray]:
    """Return how many new cases and how many later versions each file brings, posts x months."""
    counts = {name: np.zeros((len(CODES), MONTHS), dtype=np.int64) for name in ("added", "changed")}
    for year in np.unique(reporting.window.years):
        cases = course(seed, scale, int(year), reporting)
        counts["added"] += _counted(cases.post, cases.first)
        for month in (cases.middle, cases.early, cases.again):
            counts["changed"] += _counted(cases.post, month)
        counts["changed"] += _counted(
            cases.post, np.where(cases.final > cases.first, cases.final, -1)
        )
    return counts


def _counted(post: np.ndarray, month: np.ndarray) -> np.ndarray:
    kept = month >= 0
    place = post[kept].astype(np.int64) * MONTHS + month[kept]
    return np.bincount(place, minlength=len(CODES) * MONTHS).reshape(len(CODES), MONTHS)


def case_years(
    seed: int, scale: float, agencies: list[Agency], reporting: Reporting
) -> Iterator[pl.DataFrame]:
    """Yield the versions of the cases reported in one year after another."""
    table = AgencyTable(agencies)
    for year in np.unique(reporting.window.years):
        cases = course(seed, scale, int(year), reporting)
        month = int(np.flatnonzero(reporting.window.years == year)[0])
        rows = details(stream(seed, "details", int(year)), cases, table, month)
        yield _versions(cases, rows, int(year), table.codes, reporting)


def _versions(
    cases: Course, rows: pl.DataFrame, year: int, agency_codes: list[str], reporting: Reporting
) -> pl.DataFrame:
    """Return a year's versions in the order of cases, and of time within a case."""
    n = len(cases.post)
    later = np.where(cases.final > cases.first, cases.final, -1)
    month = np.concatenate([cases.first, cases.early, cases.again, cases.middle, later])
    state = np.repeat([OPEN, EARLY, OPEN, REFERRED, FINAL], n).astype(np.int8)
    state[:n] = np.where(cases.final == cases.first, FINAL, OPEN)
    which = np.tile(np.arange(n, dtype=np.int32), 5)
    kept = month >= 0
    which, month, state = which[kept], month[kept], state[kept]
    # Stable: a case's own versions stay in the order of time, in which they were put together.
    order = np.argsort(which, kind="stable")
    which, month, state = which[order], month[order], state[order]
    return typed(
        SHEET_TABLES["cases"],
        pl.DataFrame(
            {
                "submission": reporting.ids[cases.post[which], month],
                "case_id": _numbers(cases.post, year).gather(which.astype(np.uint32)),
                "date_reported": dates(cases.day[which]),
                "case_type": codes(TYPES, cases.kind[which]),
                "post_code": codes(CODES, cases.post[which]),
                "removed": pl.repeat(False, len(which), eager=True),
            }
        ).hstack(
            _described(cases, rows, which, agency_codes)
            + _followed(cases, rows, which, state, reporting.window.ends[month])
        ),
    )


def _numbers(post: np.ndarray, year: int) -> pl.Series:
    """Return the case numbers; cases come in the order of posts, and count from 1 at each."""
    place = np.arange(len(post)) - np.searchsorted(post, post) + 1
    return pl.select(
        codes(CODES, post) + f"-{year}-" + pl.Series(place).cast(pl.String).str.zfill(5)
    ).to_series()


def _described(
    cases: Course, rows: pl.DataFrame, which: np.ndarray, agency_codes: list[str]
) -> list[pl.Series]:
    """Return the columns that stay the same in every version of a case."""
    found = {name: rows[name].to_numpy()[which] for name in rows.columns}
    currencies = [FACTS[code].currency for code in CODES]
    listed = {
        "channel": (tuple(CHANNELS), found["channel"]),
        "request": (REQUESTS, found["request"]),
        "stage": (STAGES, found["stage"]),
        "urgency": (URGENCIES, found["urgency"]),
        "procedural": (PROCEDURAL, found["procedural"]),
        "employer_type": (("BH", "PS", "unknown"), found["employer"]),
        "sector_code": (SECTORS, found["sector"]),
        "gender": (("L", "P", "group"), found["gender"]),
        "agency_code": (agency_codes, found["agency"]),
        "currency": (currencies, np.where(found["claimed"] < 0, -1, cases.post[which])),
    }
    columns = [codes(words, number).alias(name) for name, (words, number) in listed.items()]
    return [
        *columns,
        pl.Series("people", found["people"]),
        _sum("amount_claimed", found["claimed"]),
    ]


def _followed(
    cases: Course, rows: pl.DataFrame, which: np.ndarray, state: np.ndarray, known: np.ndarray
) -> list[pl.Series]:
    """Return the columns that change on the way.

    known  the last day that each version can know of
    """
    found = {name: rows[name].to_numpy()[which] for name in rows.columns}
    early, ended = state == EARLY, state == FINAL
    final, resolved = ended | early, cases.resolved[which] | early
    status = np.select(
        [final & resolved, final, state == REFERRED], [3, 4, 5], found["open_status"]
    )
    was_referred = (state == REFERRED) | (final & (cases.middle[which] >= 0))
    holder = np.where(was_referred, found["referred_holder"], found["first_holder"])
    closing = np.searchsorted(np.cumsum(list(CLOSED.values()))[:-1], found["closing"])
    outcome = np.where(resolved, found["ending"], len(RESOLVED) + closing)
    fault = np.where(ended | (found["fault"] < 0), found["fault"], FAULTS.index("not_examined"))
    response = np.where(
        (found["response"] < 0) | (found["response"] > known), NEVER, found["response"]
    )
    recovered = np.where(ended & resolved, found["recovered"], -1.0)
    # Whoever's case is closed has left the shelter.
    shelter = np.where(final & (found["shelter"] > 0), 0, found["shelter"])
    return [
        codes((*OPEN_STATUS, "resolved", "closed", "referred"), status).alias("status"),
        codes(HOLDERS, holder).alias("holder"),
        codes((*RESOLVED, *CLOSED), np.where(final, outcome, -1)).alias("outcome"),
        codes(FAULTS, fault).alias("agency_fault"),
        dates(response, "date_first_response"),
        dates(
            np.where(early, cases.early_day[which], np.where(final, cases.closed[which], NEVER)),
            "date_closed",
        ),
        _sum("amount_recovered", recovered),
        pl.Series("in_shelter", [False, True, None]).gather(
            np.where(shelter < 0, 2, shelter).astype(np.uint32)
        ),
    ]


def _sum(name: str, amounts: np.ndarray) -> pl.Series:
    """Return sums of money; -1 becomes null."""
    return pl.select(
        pl.when(pl.Series(amounts >= 0)).then(pl.Series(amounts)).alias(name)
    ).to_series()
