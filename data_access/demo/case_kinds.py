"""What is assumed about each kind of case: how common, how long, how it ends."""

import numpy as np

from data_access.demo.facts import CODES
from data_access.reference import case_types

# kind: weight, median days, spread of the logarithm, share never closed, share closed without a
# resolution, share in shelter.
# Weights after assets/published/complaints.csv, ALL, received: 2021 of 1,702 wants_repatriation
# 508, unpaid_wages 216, death 172, failed_departure 147; first half of 2024 of 764 the same 136,
# 85, 41, 45, deportation_repatriation 61, job_offer_fraud 32; first half of 2023 of 898
# overcharging 132, trafficking 29; December 2024 of 142 illness 10, social_security 9. At the posts
# wages weigh more: Kuala Lumpur 2015 unpaid_wages 31.9 %, illness 7.5 %, trafficking 4.5 %,
# violence 2.3 %, sexual_harassment 1.3 %; Brunei 2019 16 %, Jeddah 2022 60 % unpaid_wages.
# No time to a resolution is published; medians are assumed around the limits of domain.md 2.4
# (20 and 84 days), trafficking and courts far longer, as in domain.md 2.4 (cases take years).
KINDS: dict[str, tuple[float, float, float, float, float, float]] = {
    "A1": (0.170, 42, 0.95, 0.035, 0.13, 0.16),
    "A2": (0.075, 36, 0.90, 0.030, 0.17, 0.06),
    "A3": (0.050, 28, 0.85, 0.020, 0.15, 0.18),
    "A4": (0.060, 22, 0.80, 0.015, 0.12, 0.20),
    "A5": (0.030, 11, 0.80, 0.015, 0.14, 0.08),
    "B1": (0.026, 55, 0.95, 0.030, 0.10, 0.60),
    "B2": (0.013, 70, 0.95, 0.035, 0.12, 0.62),
    "B3": (0.030, 230, 0.80, 0.100, 0.10, 0.55),
    "C1": (0.070, 13, 0.80, 0.010, 0.08, 0.25),
    "C2": (0.022, 48, 0.90, 0.025, 0.08, 0.10),
    "C3": (0.065, 16, 0.75, 0.010, 0.02, 0.0),
    "D1": (0.055, 38, 0.95, 0.035, 0.15, 0.20),
    "D2": (0.030, 17, 1.05, 0.050, 0.35, 0.0),
    "D3": (0.036, 27, 0.95, 0.030, 0.20, 0.40),
    "E1": (0.030, 290, 0.85, 0.120, 0.08, 0.06),
    "F1": (0.210, 24, 0.90, 0.020, 0.17, 0.30),
    "F2": (0.028, 62, 0.85, 0.030, 0.12, 0.02),
    "F3": (0.038, 9, 0.80, 0.008, 0.06, 0.15),
    "G1": (0.075, 45, 0.95, 0.050, 0.28, 0.02),
    "Z1": (0.040, 9, 0.90, 0.015, 0.25, 0.04),
}
TYPES = tuple(KINDS)
WEIGHT, MEDIAN_DAYS, SPREAD, NEVER_CLOSED, UNRESOLVED, SHELTERED = np.array(list(KINDS.values())).T
_REFERENCE = {row["code"]: row for row in case_types().iter_rows(named=True)}
GROUP = tuple(_REFERENCE[kind]["case_group"] for kind in TYPES)
URGENCY = tuple(_REFERENCE[kind]["default_urgency"] for kind in TYPES)
LONG = np.array([_REFERENCE[kind]["limit_class"] == "KT" for kind in TYPES])  # no fixed limit

# How much more common a kind is at a post than elsewhere.
MORE: dict[str, dict[str, float]] = {
    "HKG": {"A2": 2.2, "A4": 2.4, "C1": 1.3, "E1": 1.4, "G1": 0.5, "F1": 0.6, "D1": 0.6},
    "KUL": {"A1": 1.5, "D1": 1.9, "F3": 2.4, "B3": 1.3, "A5": 1.5, "A4": 0.7},
    "SIN": {"A3": 1.5, "A4": 1.5, "B1": 1.3, "F3": 0.5, "D1": 0.4, "C1": 1.2},
    "SEL": {"C2": 2.4, "A4": 1.5, "F2": 2.2, "D1": 1.5, "B1": 0.5, "F1": 0.5},
    "BWN": {"A1": 1.0, "A3": 2.0, "F1": 1.5, "G1": 0.6},
    "RUH": {"A1": 1.6, "F1": 1.4, "D3": 1.8, "E1": 1.3, "A2": 0.5},
    "JED": {"A1": 2.2, "F1": 1.5, "D1": 1.4, "A2": 0.4},
    "KWI": {"D3": 2.0, "A1": 1.3, "F1": 1.3},
    "DOH": {"A3": 1.5, "A1": 1.2, "F1": 1.2},
    "AUH": {"D3": 1.7, "F1": 1.3, "D1": 1.3},
    "TPE": {"A2": 2.3, "D3": 1.5, "C2": 1.8, "C1": 1.2, "F2": 1.5, "F1": 0.7, "E1": 0.9},
    "DAM": {"B3": 4.0, "F1": 1.8, "A1": 1.3, "G1": 0.2, "F2": 0.2},
    "AMM": {"D1": 2.6, "A1": 1.4, "F1": 1.4, "G1": 0.3},
}


def kind_mix() -> np.ndarray:
    """Return the chance of each kind of case: one line a post."""
    mix = np.array([[MORE[code].get(kind, 1.0) for kind in TYPES] for code in CODES]) * WEIGHT
    return mix / mix.sum(axis=1, keepdims=True)
