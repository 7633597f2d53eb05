"""How old the open cases are."""

from datetime import date, timedelta

import pytest

from data_access.reference import codes
from metrics.ages import BANDS, ages
from metrics.frames import CASES
from tests.builders import case, frame
from tests.metrics.chance import tables
from tests.metrics.plain import plain_register

AS_OF = date(2026, 6, 30)


def _aged(*days: int) -> dict[str, int]:
    rows = [case(days=None, date_reported=AS_OF - timedelta(days=age)) for age in days]
    return dict(ages(frame("cases", rows), AS_OF).select("age_band", "n").rows())


def test_the_bands_are_those_of_the_code_list():
    assert list(_aged()) == codes("age_band")


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "0"), (30, "0"), (31, "31"), (90, "31"), (91, "91"), (180, "91"), (181, "181")]
    + [(365, "181"), (366, "366"), (5000, "366")],
)
def test_a_case_lies_in_the_band_that_begins_on_its_day_or_before(age: int, band: str):
    assert _aged(age) == {code: int(code == band) for code in codes("age_band")}


def test_the_29th_of_february_is_a_day_like_any_other():
    rows = [case(days=None, date_reported=date(2024, 1, 30))]
    assert ages(frame("cases", rows), date(2024, 2, 29))["n"].to_list() == [1, 0, 0, 0, 0]
    assert ages(frame("cases", rows), date(2024, 3, 1))["n"].to_list() == [0, 1, 0, 0, 0]


def test_a_case_of_a_post_that_went_silent_is_as_old_as_at_its_last_report():
    reported = AS_OF - timedelta(days=400)
    rows = [
        case(days=None, date_reported=reported, known_until=reported + timedelta(days=age))
        for age in (30, 31, 400, 500)
    ]
    assert ages(frame("cases", rows), AS_OF)["n"].to_list() == [1, 1, 0, 0, 2]


def test_closed_and_future_cases_have_no_age():
    rows = [case(days=10), case(days=None, date_reported=AS_OF + timedelta(days=1))]
    assert ages(frame("cases", rows), AS_OF)["n"].sum() == 0


def test_a_case_closed_only_later_is_still_open():
    rows = [case(days=400)]
    assert ages(frame("cases", rows), AS_OF)["n"].to_list() == [0, 0, 1, 0, 0]


def test_without_cases_every_band_stands_with_zero():
    for cases in (frame("cases", []), CASES.empty()):
        told = ages(cases, AS_OF)
        assert told.columns == ["age_band", "value", "n"]
        assert told["value"].to_list() == [0.0] * 5


def test_rows_may_come_as_a_plan():
    cases = frame("cases", [case(days=None)])
    assert ages(cases.lazy(), AS_OF).equals(ages(cases, AS_OF))


@pytest.mark.parametrize("seed", range(4))
def test_the_bands_are_as_in_plain_python_and_sum_to_the_open_cases(seed: int):
    rows = tables(seed)["cases"]
    open_days = [row["days"] for row in plain_register(rows, AS_OF) if not row["closed"]]
    ends = [*(first - 1 for first in BANDS[1:]), 10**6]
    expected = [
        sum(first <= days <= end for days in open_days)
        for first, end in zip(BANDS, ends, strict=True)
    ]
    told = ages(frame("cases", rows), AS_OF)
    assert told["n"].to_list() == expected
    assert told["value"].to_list() == expected
    assert told["n"].sum() == len(open_days)
