"""What is assumed about each of the 13 posts: its size, its pace, its habits of reporting."""

from dataclasses import dataclass

from data_access.reference import posts

CODES: tuple[str, ...] = tuple(posts()["post_code"])  # every array over posts is in this order


@dataclass(frozen=True)
class Facts:
    """Assumptions about one post; a source stands beside those that have one."""

    agencies: int  # foreign agencies on its list over the ten years
    p3mi: int  # Indonesian companies it works with
    estimate: float  # estimated workers for one registered
    case_share: tuple[float, float]  # its part of all cases, in 2016 and in 2026
    pace: float  # its time to close a case, 1 for the usual
    undocumented: float  # share of its cases outside procedure
    shelter: int  # people in shelter in a usual month
    repatriated: int  # workers sent home in a usual month
    late: float  # share of its reports after the 10th
    fill: float  # share of vacancies that are filled in the end
    order: int  # vacancies in a usual job order
    wage: float  # usual monthly wage, in its currency
    currency: str


# Registered workers at the end of a year. assets/published/stock_remittances.csv has Hong Kong
# 170,828 (2019), 157,802 (2020) and 140,057 (2021), Taiwan 239,257 (Sep 2016) and 271,000 (Apr
# 2019), Brunei 30,000 (Jul 2021), Kuwait 8,887 (2015), Jordan 2,805 (2017), UAE 48,000 and Qatar
# 4,000 (Bank Indonesia, 2020); Malaysia 425,000 registered beside 1.6 million is domain.md
# section 4. The other years are assumed.
STOCK_YEARS = (2016, 2019, 2020, 2021, 2023, 2026)
STOCK: dict[str, tuple[int, ...]] = {
    "HKG": (154000, 170800, 157800, 140000, 149000, 163000),
    "KUL": (465000, 470000, 440000, 405000, 428000, 446000),
    "SIN": (118000, 124000, 115000, 104000, 109000, 117000),
    "SEL": (33500, 34800, 32000, 29500, 41000, 47000),
    "BWN": (33000, 34000, 32000, 29500, 28000, 30500),
    "RUH": (128000, 121000, 116000, 108000, 112000, 119000),
    "JED": (104000, 99000, 95000, 90000, 93000, 98000),
    "KWI": (8900, 9400, 8600, 7900, 8200, 9300),
    "DOH": (11500, 10400, 9300, 8600, 8200, 8700),
    "AUH": (36000, 33000, 30500, 28000, 29500, 32500),
    "TPE": (245000, 276000, 263000, 238000, 271000, 292000),
    "DAM": (1250, 1050, 960, 880, 760, 640),
    "AMM": (2950, 2650, 2500, 2350, 2150, 2100),
}

# Case shares: complaints.csv, cumulative 2011-2013 (Saudi Arabia 53 %, Malaysia 11 %), 2021
# (Malaysia 403 of 1,702), 2022-2024 (Malaysia 1,259 and Saudi Arabia 1,162 of 5,511), September
# and December 2024 (Taiwan 31 % and 13 %), Brunei 576 in 2019, Hong Kong 1,533 in half of 2020.
# Shelter: Riyadh 150 (domain.md 2.3), Abu Dhabi 169, Damascus 35-61, Brunei 10-37, Kuwait 6.
# Sent home: 2024 Malaysia 11,039, Saudi Arabia 1,165, UAE 565, Singapore 340; Brunei 186 in ten
# months of 2018; Syria 231 in nine months of 2016.
FACTS: dict[str, Facts] = {
    "HKG": Facts(60, 8, 1.03, (0.100, 0.130), 0.90, 0.22, 18, 25, 0.04, 0.52, 160, 4900, "HKD"),
    "KUL": Facts(55, 8, 3.60, (0.190, 0.235), 1.25, 0.66, 95, 900, 0.16, 0.42, 140, 1700, "MYR"),
    "SIN": Facts(34, 7, 1.15, (0.050, 0.062), 0.85, 0.30, 60, 28, 0.03, 0.46, 50, 700, "SGD"),
    "SEL": Facts(10, 3, 1.10, (0.030, 0.030), 0.80, 0.34, 4, 9, 0.02, 0.60, 90, 2050000, "KRW"),
    "BWN": Facts(18, 5, 1.20, (0.050, 0.042), 0.70, 0.40, 22, 18, 0.08, 0.48, 20, 480, "BND"),
    "RUH": Facts(24, 8, 1.90, (0.180, 0.115), 1.30, 0.70, 140, 56, 0.18, 0.34, 45, 1350, "SAR"),
    "JED": Facts(20, 7, 2.10, (0.130, 0.085), 1.20, 0.74, 65, 44, 0.14, 0.33, 45, 1300, "SAR"),
    "KWI": Facts(12, 4, 1.40, (0.035, 0.028), 1.15, 0.62, 24, 22, 0.20, 0.25, 24, 130, "KWD"),
    "DOH": Facts(12, 4, 1.80, (0.025, 0.022), 1.05, 0.48, 30, 15, 0.15, 0.30, 24, 1600, "QAR"),
    "AUH": Facts(14, 4, 1.60, (0.080, 0.055), 1.10, 0.60, 80, 46, 0.12, 0.28, 30, 1450, "AED"),
    "TPE": Facts(60, 8, 1.05, (0.085, 0.170), 0.95, 0.38, 28, 60, 0.05, 0.30, 210, 25000, "TWD"),
    "DAM": Facts(3, 2, 1.50, (0.018, 0.006), 1.50, 0.86, 38, 11, 0.42, 0.00, 0, 250, "USD"),
    "AMM": Facts(6, 2, 1.70, (0.027, 0.020), 1.35, 0.72, 34, 13, 0.26, 0.40, 14, 240, "JOD"),
}
