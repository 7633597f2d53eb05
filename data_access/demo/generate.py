"""All DATA SIMULASI of ten years, made from a seed: the same seed gives the same rows, always."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from data_access.demo import central
from data_access.demo.activities import activities
from data_access.demo.agencies import Agency, roster, versions
from data_access.demo.case_versions import case_rows, case_years
from data_access.demo.documents import documents
from data_access.demo.job_orders import job_orders
from data_access.demo.placements import monthly_totals, placements
from data_access.demo.quality import assessments, reviews
from data_access.demo.reporting import Reporting, submissions
from data_access.demo.summaries import stock, summaries
from data_access.demo.window import Window
from data_access.tables import CENTRAL_TABLES


@dataclass(frozen=True, eq=False)
class Demo:
    """The rows of every table, without the numbers of the versions.

    submissions  one row a file: each post and month that was sent, and Jakarta's own each month
    tables       the rows of each table but the cases
    """

    seed: int
    scale: float
    submissions: pl.DataFrame
    tables: dict[str, pl.DataFrame]
    _agencies: list[Agency]
    _reporting: Reporting

    def cases(self) -> Iterator[pl.DataFrame]:
        """Yield the versions of cases, a year of reports at a time: all at once may be too many."""
        yield from case_years(self.seed, self.scale, self._agencies, self._reporting)


def generate(seed: int, scale: float, last_month: date) -> Demo:
    """Return the DATA SIMULASI of the 120 months that end with the month of a day.

    scale  multiplies the cases; 1 gives about 35,000. What posts count stays as it is.
    """
    reporting = Reporting(Window(last_month.replace(day=1)))
    agencies = roster(seed)
    registered = stock(seed, reporting.window)
    placed = monthly_totals(seed, reporting.window)
    placement_rows = placements(seed, agencies, reporting)
    tables = {
        "agencies": versions(agencies, seed, reporting),
        "placements": placement_rows,
        "monthly_summary": summaries(seed, registered, placed, reporting),
        "legalised_documents": documents(seed, placement_rows, agencies, registered, reporting),
        "job_orders": job_orders(seed, agencies, placed, reporting),
        "agency_assessments": assessments(seed, agencies, reporting),
        "worker_reviews": reviews(seed, agencies, placement_rows, reporting),
        "activities": activities(seed, registered, reporting),
        "targets": central.yearly_targets(seed, reporting),
        "fx_rates": central.rates(seed, reporting),
        "capacities": central.shelters_and_staff(seed, reporting),
    }
    rows = _rows_of_files(tables, case_rows(seed, scale, reporting), reporting)
    jakarta = sum(
        _by_submission(tables[name], reporting)[reporting.central] for name in CENTRAL_TABLES
    )
    return Demo(
        seed, scale, submissions(reporting, seed, scale, rows, jakarta), tables, agencies, reporting
    )


def _rows_of_files(
    tables: dict[str, pl.DataFrame], cases: dict[str, np.ndarray], reporting: Reporting
) -> dict[str, np.ndarray]:
    """Return how many rows each post's file adds and changes, posts x months."""
    counted = {name: rows.copy() for name, rows in cases.items()}
    living = {"agencies": "agency_code", "job_orders": "jo_id"}
    for name, rows in tables.items():
        if name in CENTRAL_TABLES:
            continue
        if name in living:
            first_seen = rows.select(
                pl.struct("post_code", living[name]).is_first_distinct()
            ).to_series()
            counted["changed"] += _by_submission(rows.filter(~first_seen), reporting)[reporting.ids]
            rows = rows.filter(first_seen)
        counted["added"] += _by_submission(rows, reporting)[reporting.ids]
    return counted


def _by_submission(rows: pl.DataFrame, reporting: Reporting) -> np.ndarray:
    return np.bincount(rows["submission"].to_numpy(), minlength=reporting.ids.max() + 1)
