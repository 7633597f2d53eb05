"""Which posts have reported which months."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from metrics.catalogue import METRICS
from metrics.frames import SUBMISSIONS
from metrics.metric import measure
from metrics.reporting import (
    answered,
    calendar,
    expected,
    last_usual_month,
    months,
    posts_a_month,
    reported,
    whole_posts,
)
from metrics.selection import Period
from tests.builders import frame, rows, submission
from tests.metrics.chance import POSTS, tables

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))
QUARTER = Period(JAN, date(2026, 3, 31))


def _sent(*pairs: tuple[str, date]):
    return frame("submissions", [submission(post, month) for post, month in pairs])


def _all_months() -> list[date]:
    return [date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]


def test_months_are_those_the_stretch_touches():
    assert months(date(2026, 1, 31), date(2026, 3, 1)) == [JAN, FEB, MAR]
    assert months(date(2026, 2, 10), date(2026, 2, 20)) == [FEB]
    assert months(date(2023, 12, 31), date(2024, 2, 29)) == [
        date(2023, 12, 1),
        date(2024, 1, 1),
        date(2024, 2, 1),
    ]


def test_a_month_sent_twice_is_reported_once():
    told = reported(_sent(("RUH", JAN), ("RUH", JAN), ("HKG", FEB)), QUARTER)
    assert sorted(told.rows()) == [("HKG", FEB), ("RUH", JAN)]


def test_a_period_that_begins_within_a_month_takes_in_the_report_of_that_month():
    within = Period(date(2026, 2, 15), date(2026, 3, 31))
    told = reported(_sent(("RUH", JAN), ("RUH", FEB), ("RUH", MAR), ("RUH", APR)), within)
    assert told["period"].to_list() == [FEB, MAR]


def test_a_month_without_reports_stands_with_zero_posts():
    sent = _sent(("RUH", JAN), ("HKG", JAN), ("RUH", JAN), ("RUH", MAR), ("RUH", APR))
    assert posts_a_month(sent, QUARTER).rows() == [(JAN, 2), (FEB, 0), (MAR, 1)]


def test_without_any_report_every_month_has_zero_posts():
    for sent in (_sent(), SUBMISSIONS.empty()):
        assert posts_a_month(sent, QUARTER).rows() == [(JAN, 0), (FEB, 0), (MAR, 0)]
        assert reported(sent, QUARTER).is_empty()
        assert last_usual_month(sent) is None
        assert whole_posts(sent, QUARTER) == []


def test_one_early_file_does_not_move_the_last_usual_month():
    four = [(post, month) for post in POSTS for month in (JAN, FEB)]
    assert last_usual_month(_sent(*four, ("RUH", MAR))) == FEB


def test_half_as_many_posts_as_ever_make_a_month_usual():
    four = [(post, JAN) for post in POSTS]
    assert last_usual_month(_sent(*four, ("RUH", FEB), ("HKG", FEB))) == FEB


def test_the_same_post_twice_is_one_post_for_the_last_usual_month():
    four = [(post, JAN) for post in POSTS]
    assert last_usual_month(_sent(*four, ("RUH", FEB), ("RUH", FEB))) == JAN


def test_one_month_alone_is_the_last_usual_one():
    assert last_usual_month(_sent(("RUH", JAN))) == JAN


def test_whole_posts_reported_every_month_of_every_period():
    earlier = QUARTER.a_year_earlier()
    now, old = [JAN, FEB, MAR], [date(2025, month, 1) for month in (1, 2, 3)]
    told = {
        "RUH": [*now, *old],
        "HKG": [*now, *now, *old[1:]],  # one month of the year before is missing
        "DAM": [*now[:1], *now[2:], *old],  # one within is missing
        "JED": [*old, *old],
        "SEL": now,
    }
    sent = _sent(*((post, month) for post, months in told.items() for month in months))
    assert whole_posts(sent, QUARTER) == ["HKG", "RUH", "SEL"]
    assert whole_posts(sent, earlier) == ["DAM", "JED", "RUH"]
    assert whole_posts(sent, QUARTER, earlier) == ["RUH"]
    assert whole_posts(sent, earlier, QUARTER) == ["RUH"]
    assert whole_posts(sent) == []


def test_whole_posts_of_a_stretch_within_months_reported_all_months_it_touches():
    within = Period(date(2026, 1, 31), date(2026, 3, 1))
    sent = _sent(*(("RUH", month) for month in (JAN, FEB, MAR)), ("HKG", FEB), ("HKG", MAR))
    assert whole_posts(sent, within) == ["RUH"]
    assert whole_posts(sent, Period(date(2026, 2, 10), date(2026, 3, 1))) == ["HKG", "RUH"]


def test_a_month_that_two_periods_share_is_wanted_once():
    assert whole_posts(_sent(("RUH", JAN), ("RUH", FEB)), QUARTER) == []
    one, other = Period(JAN, date(2026, 2, 28)), Period(FEB, date(2026, 2, 28))
    assert whole_posts(_sent(("RUH", JAN), ("RUH", FEB)), one, other) == ["RUH"]


@pytest.mark.parametrize("seed", range(4))
def test_all_is_as_in_plain_python(seed: int):
    rows = tables(seed, cases=1)["submissions"]
    sent = frame("submissions", rows)
    period = Period(date(2024, 5, 17), date(2026, 2, 28) - timedelta(days=seed))
    first = period.first.replace(day=1)
    pairs = {(row["post_code"], row["period"]) for row in rows}
    inside = {pair for pair in pairs if first <= pair[1] <= period.last}
    told = reported(sent, period).rows()
    assert len(told) == len(inside)
    assert set(told) == inside
    assert posts_a_month(sent, period).rows() == [
        (month, sum(1 for _, of in inside if of == month))
        for month in _all_months()
        if first <= month <= period.last
    ]
    counts = {month: sum(1 for _, of in pairs if of == month) for month in _all_months()}
    usual = [month for month, posts in counts.items() if 2 * posts >= max(counts.values())]
    assert last_usual_month(sent) == max(usual)
    quarter = Period(date(2026, 1, 15), date(2026, 3, 20))
    for several in ((period,), (quarter, quarter.a_year_earlier())):
        wanted = [
            month
            for month in _all_months()
            if any(p.first.replace(day=1) <= month <= p.last for p in several)
        ]
        whole = [post for post in sorted(POSTS) if all((post, month) in pairs for month in wanted)]
        assert whole_posts(sent, *several) == whole
        assert "RUH" in whole


def _file(month: date, day: date, post: str = "RUH", **said: object) -> dict:
    """A file of a month that came at noon of a day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return submission(post, month, received_at=noon, received_on=day, **said)


def _share(name: str, files: list[dict], period: Period) -> tuple:
    return measure(METRICS[name], rows(submissions=files), period).row(0)[:2]


def test_a_report_is_due_ten_days_after_its_month_and_not_missing_before():
    sent = frame("submissions", [_file(JAN, date(2026, 2, 3))])

    def due_by(last: date) -> list[tuple]:
        return (
            expected(sent, Period(JAN, last)).select("period", "due").sort("due").collect().rows()
        )

    assert due_by(date(2026, 2, 9)) == []
    assert due_by(date(2026, 2, 10)) == [(JAN, date(2026, 2, 10))]
    assert due_by(date(2026, 4, 9)) == [(JAN, date(2026, 2, 10)), (FEB, date(2026, 3, 10))]


def test_a_month_that_began_before_the_period_is_not_expected_in_it():
    sent = frame("submissions", [_file(JAN, date(2026, 2, 3))])
    told = expected(sent, Period(date(2026, 1, 2), date(2026, 3, 31))).collect()
    assert told["period"].to_list() == [FEB]


def test_a_post_is_expected_from_the_first_month_that_it_ever_reported():
    sent = frame("submissions", [_file(MAR, APR), _file(JAN, FEB, "HKG")])
    told = expected(sent, Period(JAN, date(2026, 5, 31))).collect()
    counts = dict(told["post_code"].value_counts().rows())
    assert counts == {"RUH": 2, "HKG": 4}  # March and April; January to April
    assert "SEL" not in counts


@pytest.mark.parametrize(
    ("files", "rate", "in_time"),
    [
        ([], None, None),
        ([_file(JAN, date(2026, 2, 10))], 1, 1),
        ([_file(JAN, date(2026, 2, 11))], 1, 0),
        ([_file(JAN, date(2026, 2, 10)), _file(JAN, date(2026, 2, 25))], 1, 1),  # corrected
        ([_file(JAN, date(2026, 2, 25)), _file(JAN, date(2026, 2, 10))], 1, 1),  # in any order
        ([_file(JAN, date(2026, 3, 1))], 0, 0),  # came after the day that is told of
        ([_file(JAN, date(2026, 1, 20))], 1, 1),  # before the month was over
    ],
)
def test_on_time_is_by_the_first_whole_file_and_the_local_day(files, rate, in_time):
    until = Period(JAN, date(2026, 2, 28))
    assert _share("reporting_rate", files, until)[0] == rate
    assert _share("on_time_reports", files, until)[0] == in_time


def test_on_time_is_of_the_reports_expected_and_not_of_those_that_came():
    files = [_file(JAN, date(2026, 2, 5)), _file(MAR, date(2026, 4, 20))]
    until = Period(JAN, date(2026, 4, 30))
    assert _share("reporting_rate", files, until) == (pytest.approx(2 / 3), 3)
    assert _share("on_time_reports", files, until) == (pytest.approx(1 / 3), 3)
    by_month = measure(METRICS["on_time_reports"], rows(submissions=files), until, by=["period"])
    assert by_month.select("period", "value").rows() == [(JAN, 1), (FEB, 0), (MAR, 0)]


def test_the_local_day_counts_and_not_that_of_greenwich():
    late_evening = datetime(2026, 2, 10, 21, tzinfo=UTC)  # already the 11th in Riyadh
    files = [submission(received_at=late_evening, received_on=date(2026, 2, 11))]
    assert _share("on_time_reports", files, Period(JAN, date(2026, 2, 28))) == (0, 1)


def test_corrections_are_those_of_later_files_after_the_due_day():
    files = [
        _file(JAN, date(2026, 2, 5), rows_ok=200, rows_added=200),
        _file(JAN, date(2026, 2, 10), rows_ok=210, rows_changed=50),  # still in time
        _file(JAN, date(2026, 2, 11), rows_ok=210, rows_changed=3, rows_removed=4, rows_added=1),
        _file(FEB, date(2026, 3, 20), rows_ok=100, rows_added=100),  # late, but the first
        _file(FEB, date(2026, 3, 30), rows_ok=100, rows_changed=7),
        _file(FEB, date(2026, 5, 1), rows_ok=100, rows_changed=90),  # after the day told of
    ]
    until = Period(JAN, date(2026, 3, 31))
    assert _share("correction_rate", files, until) == (15 / 300, 300)
    told = answered(frame("submissions", files), until).sort("period").collect()
    assert told["corrected"].to_list() == [8, 7]
    assert told["rows_ok"].to_list() == [200, 100]


def test_a_report_without_rows_has_no_correction_rate():
    files = [_file(JAN, date(2026, 2, 5), rows_ok=0)]
    assert _share("correction_rate", files, Period(JAN, date(2026, 2, 28))) == (None, 0)


def test_by_place_both_saudi_posts_are_expected():
    files = [_file(JAN, date(2026, 2, 5), post) for post in ("RUH", "JED", "HKG")]
    files += [_file(FEB, date(2026, 3, 5), post) for post in ("RUH", "HKG")]
    until = Period(JAN, date(2026, 3, 31))
    told = measure(METRICS["reporting_rate"], rows(submissions=files), until, by=["place"])
    assert {row[0]: row[1:3] for row in told.rows()} == {"SAU": (0.75, 4), "HKG": (1, 2)}


def _plain_state(files: list[dict], post: str, month: date, as_of: date) -> tuple | None:
    """How a post stood with a month, in slow and obvious Python: state, days late, corrected."""
    own = [f for f in files if f["post_code"] == post]
    if not own or month < min(f["period"] for f in own):
        return None
    due = (month.replace(day=28) + timedelta(days=4)).replace(day=1) + timedelta(days=9)
    came = sorted(
        (f for f in own if f["period"] == month and f["received_on"] <= as_of),
        key=lambda f: (f["received_at"], f["id"]),
    )
    if not came:
        return ("missing" if due < as_of else "not_due", None, None)
    days = max(0, (came[0]["received_on"] - due).days)
    repaired = sum(f["rows_changed"] for f in came[1:] if f["received_on"] > due)
    return ("late" if days else "on_time", days, repaired)


@pytest.mark.parametrize("seed", range(6))
def test_the_calendar_is_as_in_plain_python(seed: int):
    draw = Random(seed)
    files = [
        _file(
            month,
            month + timedelta(days=draw.randint(20, 75)),
            post,
            rows_changed=draw.randint(0, 9),
        )
        for post in ("RUH", "HKG", "SEL")
        for month in (JAN, FEB, MAR, APR)
        for _ in range(draw.choice((0, 1, 1, 2)))
    ]
    period = Period(JAN, date(2026, 5, 31))
    as_of = date(2026, 5, 1) + timedelta(days=draw.randint(0, 60))
    told = calendar(frame("submissions", files), period, as_of)
    found = {
        (post, month): (state, days, repaired)
        for post, month, state, days, repaired in told.select(
            "post_code", "period", "state", "days_late", "corrected"
        ).iter_rows()
    }
    plain = {
        (post, month): _plain_state(files, post, month, as_of)
        for post in ("RUH", "HKG", "SEL")
        for month in (JAN, FEB, MAR, APR, date(2026, 5, 1))
    }
    assert found == {pair: stood for pair, stood in plain.items() if stood is not None}


def test_on_its_due_day_a_report_may_still_come():
    sent = frame("submissions", [_file(JAN, date(2026, 2, 3))])
    months_told = Period(JAN, date(2026, 2, 28))

    def february(as_of: date) -> str:
        return calendar(sent, months_told, as_of).row(1, named=True)["state"]

    assert february(date(2026, 3, 10)) == "not_due"
    assert february(date(2026, 3, 11)) == "missing"


def test_the_calendar_of_the_due_months_counts_as_the_shares_do():
    files = [_file(JAN, date(2026, 2, 5)), _file(FEB, date(2026, 3, 20))]
    until = Period(JAN, date(2026, 4, 30))
    told = calendar(frame("submissions", files), until, until.last)["state"].to_list()
    assert told == ["on_time", "late", "missing", "not_due"]
    assert _share("reporting_rate", files, until) == (pytest.approx(2 / 3), 3)
    assert _share("on_time_reports", files, until) == (pytest.approx(1 / 3), 3)
