"""What is written down about each case: the person, the work, the agency, the money, the end."""

import numpy as np
import polars as pl

from data_access.demo.case_agencies import AgencyTable, names_agency
from data_access.demo.case_course import Course
from data_access.demo.case_kinds import SHELTERED, TYPES, URGENCY
from data_access.demo.case_words import (
    CHANNELS,
    CLAIMED,
    FIRST_HOLDER,
    PROCEDURAL,
    REFERRED,
    REQUESTED,
    STAGED,
    UNKNOWN_PROCEDURAL,
    by_kind,
    endings,
)
from data_access.demo.draws import choose, one_of, some
from data_access.demo.facts import CODES, FACTS
from data_access.demo.jobs import KINDS, SECTORS, WOMEN, case_mix

NO_SECTOR, NO_REQUEST, NO_RESPONSE, NO_SUM, NO_SHELTER = 0.07, 0.12, 0.09, 0.25, 0.08
UNKNOWN_EMPLOYER = 0.05
GROUPS = 0.025  # share of cases brought by a group
URGENCIES = ("minor", "moderate", "severe")
RESPONSE_DAYS = np.array((3.2, 2.2, 0.7))  # usual days to a first answer, by urgency
FEMALE, MALE, MANY = 1, 0, 2


def details(
    rng: np.random.Generator, cases: Course, agencies: AgencyTable, month: int
) -> pl.DataFrame:
    """Return one row a case, as places in the lists of `case_words.py`; -1 means left empty.

    month  agencies on the list by that month can be named
    """
    post, kind, n = cases.post, cases.kind, len(cases.post)
    procedural = _procedural(rng, post, kind)
    named = names_agency(rng, procedural, post)
    agency = agencies.drawn(rng, post=post, kind=kind, named=named, month=month)
    work = choose(rng, case_mix(), post)
    sector = work % len(SECTORS)
    employer = np.where(some(rng, n, UNKNOWN_EMPLOYER), 2, work // len(SECTORS))
    women = np.array([WOMEN[sector] for _, sector in KINDS])[work]
    group = some(rng, n, GROUPS)
    urgency = _urgency(rng, kind)
    claimed = _claimed(rng, post, kind)
    ending = choose(rng, endings(), kind)
    return pl.DataFrame(
        {
            "channel": one_of(rng, tuple(CHANNELS.values()), n),
            "request": _left_out(rng, choose(rng, by_kind(REQUESTED), kind), NO_REQUEST),
            "stage": choose(rng, by_kind(STAGED, (0.0, 0.97, 0.03)), kind),
            "urgency": urgency,
            "procedural": procedural,
            "employer": employer,
            "sector": _left_out(rng, sector, NO_SECTOR),
            "gender": np.where(group, MANY, np.where(some(rng, n, women), FEMALE, MALE)),
            "people": np.where(group, 2 + rng.geometric(0.22, n), 1),
            "agency": agency,
            "fault": np.where(agency >= 0, agencies.fault(rng, agency), -1),
            "response": _response(rng, cases, urgency),
            "claimed": claimed,
            "recovered": _recovered(rng, claimed, ending),
            "ending": ending,
            "closing": rng.random(n),
            "open_status": one_of(rng, (0.16, 0.22, 0.62), n),
            "first_holder": one_of(rng, FIRST_HOLDER, n),
            "referred_holder": choose(rng, by_kind(REFERRED), kind),
            "shelter": _left_out(rng, some(rng, n, SHELTERED[kind]).astype(np.int8), NO_SHELTER),
        }
    )


def _left_out(rng: np.random.Generator, numbers: np.ndarray, share: float) -> np.ndarray:
    return np.where(some(rng, len(numbers), share), -1, numbers)


def _procedural(rng: np.random.Generator, post: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Return the place of each case in PROCEDURAL."""
    outside = np.array([FACTS[code].undocumented for code in CODES])
    # Overstay is nearly always outside procedure; so are deportation and trafficking.
    odds = np.where(np.isin(kind, [TYPES.index(one) for one in ("D1", "F3", "B3")]), 0.85, 0.0)
    chance = np.maximum(outside[post], odds)
    drawn = rng.random(len(post))
    number = np.where(drawn < chance, 1, 0)
    number = np.where(rng.random(len(post)) < UNKNOWN_PROCEDURAL, 2, number)
    return np.minimum(number, len(PROCEDURAL) - 1)


def _urgency(rng: np.random.Generator, kind: np.ndarray) -> np.ndarray:
    """Return the urgency: what the kind implies, for a few raised or lowered by one step."""
    usual = np.array([URGENCIES.index(one) for one in URGENCY])[kind]
    drawn = rng.random(len(kind))
    return np.clip(usual + (drawn < 0.06) - (drawn > 0.95), 0, 2)


def _response(rng: np.random.Generator, cases: Course, urgency: np.ndarray) -> np.ndarray:
    """Return the day of the first answer, never after the closing; -1: not written down."""
    pace = np.array([FACTS[code].pace for code in CODES])[cases.post]
    wait = np.floor(rng.exponential(RESPONSE_DAYS[urgency] * pace)).astype(np.int32)
    day = np.minimum(cases.day + wait, cases.closed)
    return _left_out(rng, day, NO_RESPONSE)


def _claimed(rng: np.random.Generator, post: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Return the sum claimed in the post's currency; -1 where none is."""
    months = np.array([CLAIMED.get(one, 0.0) for one in TYPES])[kind]
    wage = np.array([FACTS[code].wage for code in CODES])[post]
    total = np.round(months * wage * np.exp(0.7 * rng.standard_normal(len(post))))
    return np.where((months > 0) & ~some(rng, len(post), NO_SUM), np.maximum(total, 1), -1.0)


def _recovered(rng: np.random.Generator, claimed: np.ndarray, ending: np.ndarray) -> np.ndarray:
    """Return the sum obtained when the case ends as resolved; -1 where none was claimed."""
    part = np.round(claimed * rng.uniform(0.15, 0.9, len(claimed)))
    return np.where(claimed < 0, -1.0, np.select([ending == 0, ending == 1], [claimed, part], 0.0))
