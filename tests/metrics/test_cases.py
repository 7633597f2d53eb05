"""The state of the cases as of a day."""

import random
from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.cases import (
    REASONS,
    REOPENED,
    closings,
    open_stock,
    overdue,
    quarantine,
    register,
    year_to_date,
)
from metrics.selection import Period
from tests.builders import case, frame
from tests.metrics.chance import tables
from tests.metrics.plain import plain_register, really_reopened

AS_OF = date(2026, 3, 31)


def _cases(*rows: dict) -> pl.DataFrame:
    return frame("cases", list(rows))


def test_a_case_closed_after_the_day_is_open_and_its_end_is_not_told():
    [row] = register(_cases(case(days=100)), AS_OF).rows(named=True)
    assert (row["days"], row["closed"]) == (89, False)
    assert row["outcome"] is None
    assert row["status"] is None


def test_a_case_closed_on_the_day_is_closed():
    [row] = register(_cases(case(days=89)), AS_OF).rows(named=True)
    assert (row["days"], row["closed"], row["outcome"]) == (89, True, "rights_full")
    assert row["status"] == "resolved"


def test_a_case_closed_on_the_day_of_its_report_took_no_days():
    assert register(_cases(case(days=0)), AS_OF)["days"].to_list() == [0]


def test_a_case_told_as_ended_without_a_date_is_open_up_to_its_last_dated_action():
    row = case(days=None, status="resolved", date_first_response=date(2026, 1, 4))
    told = register(_cases(row, row | {"case_id": "2", "date_first_response": None}), AS_OF)
    assert told.select("days", "closed").rows() == [(3, False), (0, False)]


@pytest.mark.parametrize(
    ("known_until", "days"),
    [
        (None, 89),  # without a limit
        (date(2026, 12, 31), 89),
        (date(2026, 4, 1), 89),
        (AS_OF, 89),
        (date(2026, 2, 28), 58),
        (date(2026, 1, 2), 1),
        (date(2026, 1, 1), 0),
        (date(2025, 12, 31), 0),  # never before the report
    ],
)
def test_an_open_case_is_followed_up_to_the_last_report_of_its_post(
    known_until: date | None, days: int
):
    still = case(days=None, known_until=known_until)
    later = case(days=100, known_until=known_until)  # closed after the day: as good as open
    told = register(_cases(still, later), AS_OF)
    assert told.select("days", "closed").rows() == [(days, False)] * 2


def test_each_case_is_followed_as_long_as_its_own_post_has_reported():
    cases = _cases(
        case("RUH", None, known_until=date(2026, 3, 31)),
        case("DAM", None, known_until=date(2026, 1, 31)),
        case("HKG", None),
    )
    assert register(cases, AS_OF)["days"].to_list() == [89, 30, 89]
    assert register(cases, date(2026, 1, 20))["days"].to_list() == [19, 19, 19]


def test_a_closing_is_known_whenever_it_was():
    cases = _cases(case(days=10, known_until=date(2026, 1, 5)))
    assert register(cases, AS_OF).select("days", "closed").rows() == [(10, True)]


def test_a_case_told_as_ended_without_a_date_keeps_its_last_dated_action():
    row = case(days=None, status="closed", date_first_response=date(2026, 1, 4))
    told = register(_cases(row | {"known_until": date(2026, 2, 28)}), AS_OF)
    assert told.select("days", "closed").rows() == [(3, False)]


def test_silence_of_a_post_makes_no_case_late():
    reported = date(2025, 12, 1)  # unpaid wages: 84 days
    open_ = [
        case(days=None, date_reported=reported, known_until=last)
        for last in (reported + timedelta(days=84), reported + timedelta(days=85), None)
    ]
    late = overdue(_cases(*open_), AS_OF)
    assert late["case_id"].to_list() == [row["case_id"] for row in open_[1:]]


def test_without_the_column_cases_are_followed_up_to_the_day():
    cases = _cases(case(days=None, known_until=date(2026, 1, 31)))
    assert register(cases.drop("known_until"), AS_OF)["days"].to_list() == [89]


@pytest.mark.parametrize(
    ("known_from", "entry"),
    [(None, None), (date(2025, 12, 1), None), (date(2026, 1, 1), None), (date(2026, 2, 1), 31)],
)
def test_a_case_of_before_the_post_reported_was_seen_only_from_then_on(
    known_from: date | None, entry: int | None
):
    cases = _cases(case(known_from=known_from))
    assert register(cases, AS_OF)["entry"].to_list() == [entry]
    bare = register(cases.drop("known_from"), AS_OF)["entry"]
    assert (bare.to_list(), bare.dtype) == ([None], pl.Int64)


REOPENED_CASE = case(days=80, first_closed=date(2026, 1, 11), reopened=date(2026, 2, 28))


@pytest.mark.parametrize(
    ("as_of", "days", "closed", "status"),
    [
        (date(2026, 1, 10), 9, False, None),
        (date(2026, 1, 11), 10, True, None),  # of that closing neither status nor outcome are kept
        (date(2026, 2, 27), 10, True, None),
        (date(2026, 2, 28), 58, False, None),
        (date(2026, 3, 21), 79, False, None),
        (date(2026, 3, 22), 80, True, "resolved"),
    ],
)
def test_a_reopened_case_is_closed_until_it_was_reopened(
    as_of: date, days: int, closed: bool, status: str | None
):
    cases = _cases(REOPENED_CASE)
    told = register(cases, as_of).select("days", "closed", "status").rows()
    assert told == [(days, closed, status)]
    assert open_stock(cases, [as_of])["open"].to_list() == [1 - closed]


def test_every_closing_in_the_period_is_told_also_one_undone_since():
    cases = _cases(REOPENED_CASE, case(days=5), case(days=None))

    def told(first: date, last: date) -> list[tuple]:
        rows = closings(cases, Period(first, last)).collect()
        return sorted(rows.select("date_closed", "days", "status").rows())

    undone = (date(2026, 1, 11), 10, None)
    other = (date(2026, 1, 6), 5, "resolved")
    assert told(date(2026, 1, 1), date(2026, 1, 31)) == [other, undone]
    assert told(date(2026, 1, 1), AS_OF) == [other, undone, (date(2026, 3, 22), 80, "resolved")]
    assert told(date(2026, 2, 1), AS_OF) == [(date(2026, 3, 22), 80, "resolved")]


@pytest.mark.parametrize(
    "slip",
    [
        {"date_closed": date(2026, 1, 11)},  # closed on the same day after all
        {"date_closed": date(2026, 1, 9)},
        {"first_closed": None},
        {"first_closed": date(2025, 12, 31)},  # before the report
        {"reopened": date(2026, 1, 11)},
        {"reopened": None},
    ],
)
def test_a_correction_is_no_reopening(slip: dict):
    cases = _cases(REOPENED_CASE | slip)
    assert cases.select(again=REOPENED)["again"].to_list() == [None]
    assert closings(cases, Period(date(2026, 1, 1), AS_OF)).collect().height == 1


def test_exact_copies_are_one_case_and_no_fault():
    row = case()
    assert register(_cases(row, row, row), AS_OF).height == 1
    assert quarantine(_cases(row, row, row), AS_OF).is_empty()


def test_of_the_same_number_the_last_row_counts_and_the_others_are_listed():
    first, last = case(people=1), case(people=7)
    last["case_id"] = first["case_id"]
    cases = _cases(first, last)
    assert register(cases, AS_OF)["people"].to_list() == [7]
    assert quarantine(cases, AS_OF).select("people", "reason").rows() == [(1, "superseded")]


def test_of_the_same_number_the_latest_update_counts_if_it_is_known():
    first, last = case(people=1), case(people=7)
    last["case_id"] = first["case_id"]
    cases = _cases(first, last).with_columns(
        updated_at=pl.Series([date(2026, 2, 2), date(2026, 1, 1)])
    )
    assert register(cases, AS_OF)["people"].to_list() == [1]
    assert quarantine(cases, AS_OF)["people"].to_list() == [7]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"date_reported": None}, "no_report_date"),
        ({"date_reported": date(2026, 4, 1)}, "reported_later"),
        ({"date_closed": date(2025, 12, 31)}, "closed_before_reported"),
        ({"case_id": None}, "no_number"),
    ],
)
def test_a_faulty_row_is_set_aside_with_its_reason(said: dict, reason: str):
    cases = _cases(case(), case() | said)
    assert register(cases, AS_OF).height == 1
    assert quarantine(cases, AS_OF)["reason"].to_list() == [reason]
    assert REASONS[reason].indonesian != REASONS[reason].english


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("as_of", [date(2023, 12, 31), date(2025, 6, 30), date(2026, 6, 30)])
def test_agrees_with_plain_python(seed: int, as_of: date):
    rows = tables(seed)["cases"]
    expected = {r["case_id"]: (r["days"], r["closed"]) for r in plain_register(rows, as_of)}

    told = register(_cases(*rows), as_of)

    got = {row[0]: row[1:] for row in told.select("case_id", "days", "closed").iter_rows()}
    assert told.height == len(got)
    assert got == expected


@pytest.mark.parametrize("seed", range(4))
def test_every_distinct_row_is_either_valid_or_set_aside(seed: int):
    cases = _cases(*tables(seed)["cases"])
    parts = register(cases, AS_OF).height + quarantine(cases, AS_OF).height
    assert parts == cases.unique().height


def test_lazy_rows_give_the_same():
    cases = _cases(*tables(1)["cases"])
    assert register(cases.lazy(), AS_OF).equals(register(cases, AS_OF))
    assert quarantine(cases.lazy(), AS_OF).equals(quarantine(cases, AS_OF))


def test_fewer_columns_than_agreed_are_enough():
    cases = _cases(case(), case(days=None))
    few = cases.select("case_id", "post_code", "date_reported", "date_closed")
    assert register(few, AS_OF).select("days", "closed").rows() == [(10, True), (89, False)]


def test_overdue_is_past_the_limit_and_not_on_it():
    reported = AS_OF - timedelta(days=84)  # unpaid wages: 84 days
    on_limit = case(days=None, date_reported=reported)
    past = case(days=None, date_reported=reported - timedelta(days=1))
    endless = case(days=None, case_type="E1")
    closed = case(days=5, date_reported=reported - timedelta(days=1))
    late = overdue(_cases(on_limit, past, endless, closed), AS_OF)
    assert late["case_id"].to_list() == [past["case_id"]]


@pytest.mark.parametrize("by", [[], ["post_code"], ["post_code", "sector_code"]])
def test_open_stock_agrees_with_counting_at_each_date(by: list[str]):
    cases = _cases(*tables(2)["cases"])
    rng = random.Random(3)
    dates = [date(2023, 12, 1) + timedelta(days=rng.randrange(1000)) for _ in range(12)]

    stock = open_stock(cases, dates, by)

    assert stock.columns == ["date", *by, "open"]
    assert stock["date"].unique().sort().to_list() == sorted(set(dates))
    valid = register(cases, max(dates))
    for day in dates:
        there = register(cases, day).filter(~pl.col("closed"))
        told = stock.filter(pl.col("date") == day)
        assert told["open"].sum() == there.height
        if by:
            counts = {row[:-1]: row[-1] for row in there.group_by(by).len().rows()}
            assert {row[1:-1]: row[-1] for row in told.rows() if row[-1]} == counts
            assert told.height == valid.select(by).unique().height


def test_stock_grows_by_what_comes_in_and_shrinks_by_what_is_closed():
    rows = plain_register(tables(3)["cases"], date(2026, 6, 30))
    cases = _cases(*(row for row in tables(3)["cases"]))
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(200)]
    stock = open_stock(cases, [*days, date(2026, 6, 30)])["open"].to_list()
    again = [row for row in rows if really_reopened(row)]
    assert again
    for day, before, after in zip(days[1:], stock, stock[1:], strict=False):
        opened = sum(row["date_reported"] == day for row in rows)
        reopened = sum(min(row["reopened"], row["date_closed"] or date.max) == day for row in again)
        closed = sum(row["date_closed"] == day for row in rows)
        closed += sum(row["first_closed"] == day for row in again)
        assert after == before + opened + reopened - closed


def test_open_stock_of_nothing_is_zero():
    assert open_stock(_cases(), [AS_OF]).rows() == [(AS_OF, 0)]
    assert open_stock(_cases(), [AS_OF], ["post_code"]).is_empty()
    assert open_stock(_cases(case()), []).is_empty()


def test_open_stock_and_register_tell_the_same():
    cases = _cases(*tables(4)["cases"])
    [(_, stock)] = open_stock(cases, [AS_OF]).rows()
    assert stock == register(cases, AS_OF)["closed"].not_().sum()


def test_year_to_date_compares_the_same_stretch_of_both_years():
    now = [case(date_reported=date(2024, 2, 29)) for _ in range(30)]
    then = [case(date_reported=date(2023, 2, 28)) for _ in range(20)]
    outside = [case(date_reported=date(2023, 3, 1)), case(date_reported=date(2022, 12, 31))]

    [told] = year_to_date(_cases(*now, *then, *outside), date(2024, 2, 29)).rows(named=True)

    assert (told["current"], told["previous"]) == (30, 20)
    assert (told["current_days"], told["previous_days"]) == (60, 59)
    assert told["change"] == pytest.approx((30 / 60) / (20 / 59) - 1)


def test_year_to_date_of_a_small_base_has_no_percentage():
    few = [case(date_reported=date(2025, 1, 1)) for _ in range(19)]
    assert year_to_date(_cases(*few), AS_OF)["change"].to_list() == [None]
    assert year_to_date(_cases(), AS_OF)["change"].to_list() == [None]


def test_year_to_date_by_post_keeps_posts_of_either_year():
    cases = _cases(case("RUH", date_reported=date(2025, 1, 1)), case("HKG"))
    told = year_to_date(cases, AS_OF, ["post_code"])
    assert told.select("post_code", "current", "previous").rows() == [("HKG", 1, 0), ("RUH", 0, 1)]


optional = st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2026, 12, 31)))


@given(
    st.lists(
        st.tuples(optional, optional, optional, optional, st.sampled_from(["resolved", "received"]))
    ),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
)
@settings(max_examples=60, deadline=None)
def test_days_are_never_negative_nor_beyond_the_day(rows: list[tuple], as_of: date):
    cases = _cases(
        *(
            case(date_reported=reported, days=None)
            | {"date_closed": closed, "date_first_response": response, "status": status}
            | {"known_until": known}
            for reported, closed, response, known, status in rows
        )
    )
    told = register(cases, as_of)
    assert told["days"].null_count() == told["closed"].null_count() == 0
    columns = ("days", "closed", "date_reported", "known_until", "status")
    for days, closed, reported, known, status in told.select(columns).iter_rows():
        assert 0 <= days <= (as_of - reported).days
        if known is not None and not closed and status == "received":
            assert days == max(0, (min(as_of, known) - reported).days)
    assert told.height + quarantine(cases, as_of).height == cases.unique().height


def test_a_time_of_day_never_makes_a_case_older_or_later():
    told = pl.DataFrame(
        {
            "case_id": ["a", "b"],
            "date_reported": [datetime(2024, 1, 1, 23), datetime(2024, 3, 31, 9)],
            "date_closed": [datetime(2024, 1, 2, 1), None],
        }
    )
    assert register(told, date(2024, 3, 31))["days"].to_list() == [1, 0]
    assert quarantine(told, date(2024, 3, 31)).is_empty()


def test_a_table_without_rows_and_types_has_no_cases():
    nothing = pl.DataFrame({"case_id": [], "date_reported": [], "date_closed": []})
    assert register(nothing, date(2024, 3, 31)).is_empty()
    assert year_to_date(nothing, date(2024, 3, 31))["current"].to_list() == [0]


def test_ended_without_a_date_is_followed_to_its_report_where_no_response_is_told():
    told = pl.DataFrame(
        {"case_id": ["a"], "date_reported": [date(2024, 1, 1)], "status": ["closed"]}
    ).with_columns(date_closed=pl.lit(None, pl.Date))
    assert register(told, date(2024, 4, 1))["days"].to_list() == [0]


def test_rows_added_to_a_frame_in_place_are_seen():
    told = pl.DataFrame({"case_id": ["a"], "date_reported": [date(2024, 1, 1)]}).with_columns(
        date_closed=pl.lit(None, pl.Date)
    )
    assert register(told, date(2024, 4, 1)).height == 1
    told.extend(told.clone())
    assert register(told, date(2024, 4, 1)).height == 1
