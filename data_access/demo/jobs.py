"""Which work is done at each post: employer, sector, scheme, share of women (domain.md 4)."""

from dataclasses import dataclass

import numpy as np

from data_access.demo.facts import CODES


@dataclass(frozen=True)
class Job:
    """One kind of work at one post, and its part of the post's placements."""

    share: float
    employer_type: str
    sector_code: str
    scheme: str
    women: float


def _jobs(*lines: tuple[float, str, str, str, float]) -> tuple[Job, ...]:
    return tuple(Job(*line) for line in lines)


# Shares of women after assets/published/placements.csv: Hong Kong 2022 59,917 of 60,096, Malaysia
# 2016 45 % and 2020 44 %, Taiwan 2020 72 %, Singapore 2020 all, Saudi Arabia 2020 243 of 1,793.
# Shares of jobs after domain.md section 4 and, for the whole, sectors.csv 2024: domestic 33.7 %,
# carers 17.5 %. In the Middle East placement with households has been banned since 2015.
_SAUDI = _jobs(
    (0.26, "BH", "JAS", "PtoP", 0.10),
    (0.24, "BH", "HOS", "PtoP", 0.12),
    (0.16, "BH", "KON", "PtoP", 0.0),
    (0.12, "BH", "TEK", "PtoP", 0.0),
    (0.10, "BH", "KES", "PtoP", 0.55),
    (0.06, "BH", "LAI", "independent", 0.15),
    (0.06, "PS", "DOM", "PtoP", 0.55),
)
JOBS: dict[str, tuple[Job, ...]] = {
    "HKG": _jobs(
        (0.972, "PS", "DOM", "PtoP", 0.998),
        (0.012, "PS", "KES", "PtoP", 0.98),
        (0.010, "BH", "JAS", "independent", 0.60),
        (0.006, "BH", "HOS", "independent", 0.60),
    ),
    "KUL": _jobs(
        (0.40, "BH", "PER", "PtoP", 0.23),
        (0.34, "BH", "MAN", "PtoP", 0.68),
        (0.12, "PS", "DOM", "PtoP", 1.0),
        (0.07, "BH", "KON", "PtoP", 0.03),
        (0.04, "BH", "JAS", "PtoP", 0.45),
        (0.02, "BH", "PER", "UKPS", 0.2),
        (0.01, "BH", "LAI", "independent", 0.4),
    ),
    "SIN": _jobs(
        (0.95, "PS", "DOM", "PtoP", 1.0),
        (0.03, "BH", "ABK", "PtoP", 0.01),
        (0.01, "BH", "KES", "PtoP", 0.9),
        (0.01, "BH", "JAS", "independent", 0.6),
    ),
    "SEL": _jobs(
        (0.72, "BH", "MAN", "GtoG", 0.06),
        (0.19, "BH", "PER", "GtoG", 0.03),
        (0.05, "BH", "ABK", "PtoP", 0.0),
        (0.04, "BH", "TEK", "PtoP", 0.01),
    ),
    "BWN": _jobs(
        (0.40, "PS", "DOM", "PtoP", 0.97),
        (0.30, "BH", "KON", "PtoP", 0.01),
        (0.20, "BH", "JAS", "PtoP", 0.45),
        (0.06, "BH", "HOS", "PtoP", 0.5),
        (0.04, "BH", "TEK", "independent", 0.02),
    ),
    "RUH": _SAUDI,
    "JED": _SAUDI,
    "KWI": _jobs(
        (0.36, "BH", "HOS", "PtoP", 0.40),
        (0.26, "BH", "KES", "GtoP", 0.60),
        (0.24, "BH", "TEK", "PtoP", 0.01),
        (0.14, "BH", "JAS", "independent", 0.3),
    ),
    "DOH": _jobs(
        (0.34, "BH", "HOS", "PtoP", 0.42),
        (0.28, "BH", "KON", "PtoP", 0.01),
        (0.24, "BH", "TEK", "PtoP", 0.01),
        (0.14, "BH", "JAS", "independent", 0.3),
    ),
    "AUH": _jobs(
        (0.42, "BH", "HOS", "PtoP", 0.5),
        (0.20, "BH", "KON", "PtoP", 0.01),
        (0.20, "BH", "JAS", "PtoP", 0.45),
        (0.10, "BH", "TEK", "PtoP", 0.02),
        (0.08, "BH", "LAI", "independent", 0.5),
    ),
    "TPE": _jobs(
        (0.53, "PS", "KES", "PtoP", 0.995),
        (0.04, "BH", "KES", "PtoP", 0.93),
        (0.33, "BH", "MAN", "PtoP", 0.46),
        (0.06, "BH", "ABK", "PtoP", 0.0),
        (0.03, "BH", "KON", "PtoP", 0.0),
        (0.01, "PS", "DOM", "PtoP", 1.0),
    ),
    "DAM": _jobs((1.0, "BH", "LAI", "independent", 0.5)),
    "AMM": _jobs((0.85, "BH", "MAN", "PtoP", 0.82), (0.15, "BH", "JAS", "independent", 0.4)),
}

# Who comes to the post is not who is placed: domestic workers stand behind most cases, and those
# who came to the Middle East before the ban, or past it, still do.
HOUSEHOLD = 1.9
LEGACY_DOMESTIC = {"RUH": 0.62, "JED": 0.64, "KWI": 0.66, "DOH": 0.5, "AUH": 0.62, "DAM": 0.93}
LEGACY_DOMESTIC |= {"AMM": 0.78}

WOMEN = {"DOM": 0.98, "KES": 0.88, "MAN": 0.48, "PER": 0.2, "HOS": 0.45, "KON": 0.02}
WOMEN |= {"ABK": 0.01, "TEK": 0.02, "JAS": 0.4, "LAI": 0.45}
SECTORS = tuple(WOMEN)
KINDS = tuple((employer, sector) for employer in ("BH", "PS") for sector in SECTORS)


def case_mix() -> np.ndarray:
    """Return the chance of each of KINDS among a post's cases: one line a post."""
    mix = np.zeros((len(CODES), len(KINDS)))
    for line, code in enumerate(CODES):
        for job in JOBS[code]:
            weight = job.share * (HOUSEHOLD if job.employer_type == "PS" else 1.0)
            mix[line, KINDS.index((job.employer_type, job.sector_code))] += weight
        mix[line] /= mix[line].sum()
        old = LEGACY_DOMESTIC.get(code, 0.0)
        mix[line] *= 1 - old
        mix[line, KINDS.index(("PS", "DOM"))] += old
    return mix
