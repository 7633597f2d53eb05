"""Cohorts by the quarter of their report, each against the metric of that quarter alone."""

from datetime import date

import polars as pl
import pytest

from metrics.catalogue import METRICS
from metrics.cohorts import by_quarter
from metrics.metric import measure
from metrics.selection import Period
from tests.builders import rows
from tests.metrics.chance import tables

LAST = date(2026, 5, 31)


@pytest.mark.parametrize("name", ["median_resolution_days", "resolved_share_90", "new_cases"])
@pytest.mark.parametrize("seed", [1, 2])
def test_each_quarter_is_what_the_metric_tells_of_its_cases(name: str, seed: int):
    told_cases = tables(seed)["cases"]
    last = {row["case_id"]: row for row in told_cases if row["case_id"]}  # of each number
    everything = rows(cases=list(last.values()))
    told = by_quarter(METRICS[name], everything, LAST, 6)

    assert told["quarter"].to_list() == [
        date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1),
        date(2026, 1, 1), date(2026, 4, 1),
    ]  # fmt: skip
    for row in told.iter_rows(named=True):
        quarter = pl.col("date_reported").dt.truncate("1q") == row["quarter"]
        alone = everything.only(quarter.fill_null(False), needs="case_type")
        [own] = measure(METRICS[name], alone, Period(date(2025, 1, 1), LAST)).rows(named=True)
        for part in ("value", "n", "lower", "upper"):
            assert row[part] == (own[part] if own[part] is None else pytest.approx(own[part]))


def test_quarters_without_cases_stand_there_with_nothing():
    told = by_quarter(METRICS["median_resolution_days"], rows(), LAST, 3)
    assert told.height == 3
    assert told["value"].null_count() == 3
