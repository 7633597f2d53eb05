"""The codes that describe a case, and how common each is."""

import numpy as np

from data_access.demo.case_kinds import GROUP, TYPES

# Channels: of 18,420 by the end of 2014 directly 6,621, letter 6,017, telephone 5,135
# (assets/published/complaints.csv); messengers and portals have since taken the letters' place.
CHANNELS = {
    "in_person": 0.37,
    "phone": 0.29,
    "letter": 0.03,
    "email": 0.03,
    "social_media": 0.07,
    "peduli_wni": 0.06,
    "ministry": 0.06,
    "lapor": 0.01,
    "found_by_post": 0.06,
    "other": 0.02,
}
REQUESTS = (
    "pay_rights",
    "go_home",
    "change_employer",
    "legal_aid",
    "documents",
    "claim",
    "find_person",
    "other",
)
REQUESTED: dict[str, tuple[float, ...]] = {
    "A": (0.62, 0.16, 0.12, 0.02, 0.05, 0.02, 0.0, 0.01),
    "B": (0.08, 0.44, 0.12, 0.30, 0.02, 0.02, 0.0, 0.02),
    "C": (0.06, 0.40, 0.02, 0.01, 0.12, 0.33, 0.0, 0.06),
    "D": (0.06, 0.44, 0.04, 0.06, 0.18, 0.0, 0.20, 0.02),
    "E": (0.02, 0.10, 0.0, 0.80, 0.05, 0.0, 0.01, 0.02),
    "F": (0.04, 0.66, 0.01, 0.02, 0.08, 0.17, 0.0, 0.02),
    "G": (0.40, 0.18, 0.0, 0.22, 0.08, 0.04, 0.02, 0.06),
    "Z": (0.04, 0.12, 0.06, 0.08, 0.30, 0.04, 0.06, 0.30),
}
OPEN_STATUS = ("received", "verified", "in_progress")
HOLDERS = (
    "post",
    "local_authority",
    "agency_employer",
    "foreign_ministry",
    "migrant_ministry",
    "manpower_ministry",
    "immigration_law",
    "police",
    "social_security",
    "family_complainant",
)
FIRST_HOLDER = (0.74, 0.05, 0.11, 0.02, 0.03, 0.01, 0.01, 0.0, 0.01, 0.02)
REFERRED: dict[str, tuple[float, ...]] = {
    "A": (0.0, 0.52, 0.30, 0.03, 0.08, 0.03, 0.02, 0.0, 0.02, 0.0),
    "B": (0.0, 0.52, 0.04, 0.12, 0.08, 0.0, 0.04, 0.20, 0.0, 0.0),
    "C": (0.0, 0.30, 0.14, 0.06, 0.16, 0.02, 0.02, 0.0, 0.24, 0.06),
    "D": (0.0, 0.34, 0.12, 0.12, 0.12, 0.0, 0.24, 0.02, 0.0, 0.04),
    "E": (0.0, 0.74, 0.0, 0.16, 0.02, 0.0, 0.06, 0.02, 0.0, 0.0),
    "F": (0.0, 0.20, 0.18, 0.08, 0.20, 0.04, 0.14, 0.0, 0.14, 0.02),
    "G": (0.0, 0.02, 0.10, 0.02, 0.48, 0.10, 0.0, 0.26, 0.0, 0.02),
    "Z": (0.0, 0.30, 0.20, 0.10, 0.20, 0.06, 0.08, 0.0, 0.0, 0.06),
}
RESOLVED = (
    "rights_full",
    "rights_part",
    "rights_none",
    "repatriated",
    "changed_employer",
    "remains_handled",
)
ENDED: dict[str, tuple[float, ...]] = {
    "A": (0.40, 0.34, 0.05, 0.10, 0.11, 0.0),
    "B": (0.16, 0.18, 0.06, 0.48, 0.12, 0.0),
    "C": (0.30, 0.18, 0.05, 0.44, 0.03, 0.0),
    "D": (0.14, 0.06, 0.06, 0.64, 0.10, 0.0),
    "E": (0.22, 0.26, 0.18, 0.34, 0.0, 0.0),
    "F": (0.12, 0.06, 0.02, 0.78, 0.02, 0.0),
    "G": (0.32, 0.38, 0.12, 0.18, 0.0, 0.0),
    "Z": (0.46, 0.24, 0.08, 0.14, 0.08, 0.0),
}
DEATH = (0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
CLAIM = (0.52, 0.34, 0.14, 0.0, 0.0, 0.0)
CLOSED = {"handed_over": 0.22, "incomplete_data": 0.24, "unreachable": 0.32, "withdrawn": 0.22}
STAGES = ("before", "during", "after")
STAGED: dict[str, tuple[float, ...]] = {"F": (0.0, 0.55, 0.45), "G": (0.94, 0.06, 0.0)}
FAULTS = ("proven", "not_proven", "not_examined")
PROCEDURAL = ("documented", "undocumented", "unknown")
UNKNOWN_PROCEDURAL = 0.08
# Months of wages claimed, in the middle; only of these kinds is a sum claimed.
CLAIMED = {"A1": 4.0, "A2": 2.2, "A3": 1.5, "A4": 2.0, "C2": 6.0, "F2": 8.0, "G1": 5.0}


def by_kind(table: dict[str, tuple[float, ...]], default: tuple[float, ...] = ()) -> np.ndarray:
    """Return one line of chances for each kind of case, from a table by group."""
    return np.array([table.get(group, default) for group in GROUP], dtype=float)


def endings() -> np.ndarray:
    """Return the chance of each of RESOLVED for each kind of case."""
    special = {"C3": DEATH, "F2": CLAIM}
    return np.array(
        [special.get(kind, ENDED[group]) for kind, group in zip(TYPES, GROUP, strict=True)]
    )
