"""How late cases are told: median and share, and why recent months are left out."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from metrics.frames import Rows
from metrics.quality import findings
from metrics.quality.lateness import lateness
from metrics.selection import Period
from tests.builders import case, rows

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def told(reported: date, lag: int | None, **said: object) -> dict:
    first = None if lag is None else reported + timedelta(days=lag)
    return case(date_reported=reported, first_told=first, **said)


def test_median_and_share_are_of_the_lags_in_days():
    cases = [told(date(2025, 2, day), lag) for day, lag in ((1, 5), (2, 41), (3, 42), (4, 90))]
    [row] = lateness(rows(cases=cases), YEAR).rows(named=True)
    assert row["n"] == 4
    assert row["median"] == 41.5
    assert row["p90"] == pytest.approx(np.quantile([5, 41, 42, 90], 0.9))
    assert (row["late"], row["share"]) == (2, 0.5)
    assert row["lower"] < 0.5 < row["upper"]
    assert findings(rows(cases=cases), YEAR, ("lateness",))["measure"].to_list() == [42, 90]


def test_months_younger_than_the_usual_lag_are_not_judged():
    cases = [told(date(2025, month, 10), 40) for month in range(1, 13)]
    judged = lateness(rows(cases=cases), YEAR)["n"].item()
    assert judged == 10  # November ended 31 days before, and December has not been told


@pytest.mark.parametrize(
    "said",
    [
        {"first_told": None},
        {"first_told": date(2025, 1, 1)},  # before the report: implausible, not early
        {"first_told": date(2026, 1, 1)},  # not yet seen on the last day
        {"known_from": date(2025, 3, 1)},  # came with the post's first file
        {"date_reported": None},
        {"date_closed": date(2025, 1, 1)},  # in quarantine
    ],
    ids=str,
)
def test_cases_that_cannot_be_judged_do_not_count(said: dict):
    cases = [told(date(2025, 2, 5), 10) | said]
    assert lateness(rows(cases=cases), YEAR).select("n", "median", "share").rows() == [
        (0, None, None)
    ]


def test_each_post_has_its_own_usual_lag():
    quick = [told(date(2025, 12, 1), 5), told(date(2025, 6, 1), 5)]
    slow = [told(date(2025, 1, 9), 200, post="JED"), told(date(2025, 11, 1), 50, post="JED")]
    counted = lateness(rows(cases=quick + slow), YEAR, ["post_code"])
    assert dict(counted.select(pl.col("post_code").cast(str), "n").iter_rows()) == {
        "RUH": 1,  # December has just ended
        "JED": 1,
    }


def test_of_no_rows_there_is_one_empty_row_in_total_and_none_by_post():
    assert lateness(rows(), YEAR)["n"].to_list() == [0]
    assert lateness(rows(), YEAR, ["post_code"]).is_empty()


def test_steadily_late_posts_do_not_look_faster_in_the_newest_months():
    """Lags of the newest months are cut short: without the rule their median would be half."""
    rng = np.random.default_rng(2)
    first = date(2024, 1, 1)
    days = rng.integers(0, 731, 20_000)
    lags = rng.geometric(1 / 40, len(days))
    reported = [first + timedelta(days=int(day)) for day in days]
    base = rows(cases=[told(date(2024, 1, 1), 1)])
    cases = base.cases.select(pl.all().gather([0] * len(days))).with_columns(
        case_id=pl.int_range(len(days)).cast(pl.String),
        date_reported=pl.Series(reported),
        date_first_response=pl.lit(None, pl.Date),
        date_closed=pl.lit(None, pl.Date),
        status=pl.lit("in_progress").cast(base.cases.schema["status"]),
        outcome=pl.lit(None).cast(base.cases.schema["outcome"]),
        first_told=pl.Series(
            [day + timedelta(days=int(lag)) for day, lag in zip(reported, lags, strict=True)]
        ),
    )
    everything = _with_cases(base, cases)
    autumn = Period(date(2025, 7, 1), date(2025, 12, 31))
    true_median = float(np.median(lags))

    assert lateness(everything, autumn)["median"].item() == pytest.approx(true_median, abs=2)
    seen = cases.filter(
        pl.col("date_reported") >= date(2025, 12, 1), pl.col("first_told") <= autumn.last
    )
    naive = (seen["first_told"] - seen["date_reported"]).dt.total_days().median()
    assert naive < true_median / 2


def _with_cases(base: Rows, cases: pl.DataFrame) -> Rows:
    return Rows(**{**vars(base), "cases": cases})
