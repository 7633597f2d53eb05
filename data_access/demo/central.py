"""What Jakarta keeps itself: yearly targets, rates of exchange, shelters and staff; simulated."""

import numpy as np
import polars as pl

from data_access.demo.facts import CODES, FACTS
from data_access.demo.reporting import Reporting
from data_access.demo.versions import typed
from data_access.demo.window import MONTHS, Window, dates, stream
from data_access.tables import capacities, fx_rates, targets

# Rupiah for one unit, of the order seen around 2024; not quotations of any day. Simulated.
RUPIAH = {
    "HKD": 2030.0,
    "MYR": 3450.0,
    "SGD": 11800.0,
    "KRW": 11.6,
    "BND": 11800.0,
    "SAR": 4230.0,
    "KWD": 51600.0,
    "QAR": 4350.0,
    "AED": 4320.0,
    "TWD": 493.0,
    "SYP": 1.2,
    "JOD": 22400.0,
    "USD": 15860.0,
}
# Officers of the labour section; assumed, but for Hong Kong (three in 2018, domain.md section 0).
STAFF = {
    "HKG": 3,
    "KUL": 6,
    "SIN": 4,
    "SEL": 3,
    "BWN": 2,
    "RUH": 5,
    "JED": 4,
    "KWI": 3,
    "DOH": 2,
    "AUH": 3,
    "TPE": 4,
    "DAM": 1,
    "AMM": 2,
}
ROOM = 1.35  # places in a shelter for each person there in a usual month; Riyadh: about 200 for 150
DRIFT = 0.018  # how much more a unit costs each year


def rates(seed: int, reporting: Reporting) -> pl.DataFrame:
    """Return the rates of exchange, one row a month and currency; the rupiah itself is 1."""
    rng = stream(seed, "central", 0)
    months = np.repeat(np.arange(MONTHS), len(RUPIAH))
    base = np.tile(list(RUPIAH.values()), MONTHS)
    years = (months - MONTHS + 24) / 12
    value = base * np.exp(DRIFT * years) * rng.lognormal(0, 0.006, len(months))
    foreign = pl.DataFrame(
        {"month": months, "currency": list(RUPIAH) * MONTHS, "idr_per_unit": np.round(value, 6)}
    )
    own = pl.DataFrame(
        {"month": np.arange(MONTHS), "currency": ["IDR"] * MONTHS, "idr_per_unit": [1.0] * MONTHS}
    )
    rows = pl.concat([foreign, own]).sort("month", maintain_order=True)
    month = rows["month"].to_numpy()
    return typed(
        fx_rates,
        rows.with_columns(
            pl.Series("submission", reporting.central[month]),
            dates(reporting.window.periods[month], "period"),
        ),
    )


def shelters_and_staff(seed: int, reporting: Reporting) -> pl.DataFrame:
    """Return what each post has, one row a year and post; it comes with January's file."""
    rng = stream(seed, "central", 2)
    window = reporting.window
    room = {code: facts.shelter * ROOM * rng.lognormal(0, 0.1) for code, facts in FACTS.items()}
    first = [int(np.flatnonzero(window.years == year)[0]) for year in np.unique(window.years)]
    rows = pl.DataFrame(
        [
            {
                "submission": int(reporting.central[month]),
                "period": int(window.periods[month]),
                "post_code": code,
                "shelter_capacity": round(room[code] / 5) * 5,
                "staff_count": STAFF[code],
            }
            for month in first
            for code in CODES
        ]
    )
    return typed(capacities, rows.with_columns(pl.col("period").cast(pl.Int32)))


def yearly_targets(seed: int, reporting: Reporting) -> pl.DataFrame:
    """Return the targets, one row a year, post and indicator; they come with January's file."""
    rng = stream(seed, "central", 1)
    window = reporting.window
    rows = []
    for year in np.unique(window.years):
        month = int(np.flatnonzero(window.years == year)[0])
        for code in CODES:
            rows += [
                {
                    "submission": int(reporting.central[month]),
                    "year": int(year),
                    "post_code": code,
                    "metric": metric,
                    "value": value,
                }
                for metric, value in _targets(rng, code, int(year), window).items()
            ]
    return typed(targets, pl.DataFrame(rows))


def _targets(rng: np.random.Generator, code: str, year: int, window: Window) -> dict[str, float]:
    """Return a post's targets: a little more is asked each year, within what a post can reach."""
    ahead = year - int(window.years[0])
    facts = FACTS[code]
    coverage = min(95.0, 100 / facts.estimate + 5)
    return {
        "on_time_pct": min(90.0, round(70 / facts.pace**0.3 + 0.8 * ahead)),
        "median_days": round(45 * facts.pace - 0.8 * ahead),
        "fill_rate": round(100 * facts.fill) + int(rng.integers(0, 6)) if facts.fill else 0.0,
        "coverage_pct": round(coverage),
        "on_time_reports": 100.0 if facts.late < 0.1 else 90.0,
    }
