"""Money in the cases: rates of the right month, nothing lost in silence, sums exact."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue.money import METRICS
from metrics.cohorts import closed
from metrics.metric import measure
from metrics.money import RECOVERED, in_rupiah, without_rate
from metrics.selection import Period
from metrics.units import RUPIAH
from tests.builders import case, frame, rate, rows

BY_NAME = {metric.name: metric for metric in METRICS}
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
FEB = date(2026, 2, 1)
SAR = {"currency": "SAR"}


def _value(name: str, period: Period = YEAR, **tables: list[dict]) -> tuple:
    return measure(BY_NAME[name], rows(**tables), period).row(0)[:2]


def _owed(claimed: object, recovered: object = None, days: int | None = 40, **said: object) -> dict:
    amounts = {"amount_claimed": claimed, "amount_recovered": recovered}
    told = {k: None if v is None else Decimal(str(v)) for k, v in amounts.items()}
    return case(days=days, **told, **(SAR | said))


def test_recovered_goes_by_the_month_of_closing_and_claimed_by_that_of_the_report():
    told = {
        "cases": [_owed(100, 50)],  # reported on 1 January, closed on 10 February
        "fx_rates": [rate("SAR", 4000), rate("SAR", 5000, period=FEB)],
    }
    assert _value("recovered_idr", **told) == (50 * 5000, 1)
    assert _value("claimed_idr", **told) == (100 * 4000, 1)
    assert _value("recovered_share", **told) == (0.5, 1)  # a rising rate is no money won


def test_outstanding_is_claimed_in_what_is_open_on_the_last_day():
    cases = [_owed(100), _owed(30, days=None), _owed(7, days=3)]
    told = {"cases": cases, "fx_rates": [rate("SAR", 4000)]}
    january, march = (Period(date(2026, 1, 1), date(2026, m, 31)) for m in (1, 3))
    assert _value("outstanding_idr", january, **told) == (130 * 4000, 2)
    assert _value("outstanding_idr", march, **told) == (30 * 4000, 1)


def test_an_amount_without_currency_or_rate_is_left_out_and_listed():
    cases = [
        _owed(100, 10),
        _owed(200, 20, currency=None),
        _owed(300, 30, currency="JOD"),
        _owed(400, 40, days=3),  # the rate of January is known
        _owed(500, 50, days=None),
    ]
    told = {"cases": cases, "fx_rates": [rate("SAR", 4000)]}
    assert _value("recovered_idr", **told) == (40 * 4000, 1)
    assert _value("claimed_idr", **told) == (1000 * 4000, 3)
    missing = without_rate(rows(**told), YEAR).select("metric", "month", "currency", "amount")
    assert missing.rows() == [
        ("claimed_idr", date(2026, 1, 1), None, 200),
        ("claimed_idr", date(2026, 1, 1), "JOD", 300),
        ("recovered_idr", FEB, "SAR", 10),
        ("recovered_idr", FEB, None, 20),
        ("recovered_idr", FEB, "JOD", 30),
    ]


def test_a_sum_of_which_nothing_can_be_told_is_not_zero():
    assert _value("claimed_idr", cases=[_owed(100)]) == (None, 0)
    assert _value("claimed_idr", cases=[_owed(None)], fx_rates=[rate()]) == (0, 0)
    assert _value("claimed_idr") == (0, 0)


def test_rupiah_and_nothing_need_no_rate():
    assert _value("claimed_idr", cases=[_owed("250.50", currency="IDR")]) == (250.5, 1)
    assert _value("claimed_idr", cases=[_owed(0, currency=None)]) == (0, 1)
    assert without_rate(rows(cases=[_owed(0, 0, currency=None)]), YEAR).is_empty()


def test_the_last_of_two_rates_of_a_month_counts():
    rates = [rate("SAR", 1), rate("SAR", 4000)]
    assert _value("claimed_idr", cases=[_owed(2)], fx_rates=rates) == (8000, 1)


def test_share_counts_an_empty_entry_as_nothing_recovered():
    told = {"cases": [_owed(100, 80, days=3), _owed(100, days=3)], "fx_rates": [rate("SAR", 4000)]}
    assert _value("recovered_share", **told) == (0.4, 2)
    assert _value("recovered_share", cases=[_owed(0, 5, days=3)], fx_rates=[rate()]) == (None, 0)


def test_a_case_closed_only_later_has_recovered_nothing_yet():
    told = {"cases": [_owed(100, 80)], "fx_rates": [rate("SAR", 4000), rate("SAR", 5, period=FEB)]}
    assert _value("recovered_idr", Period(date(2026, 1, 1), date(2026, 1, 31)), **told) == (0, 0)


amounts = st.decimals(min_value=0, max_value=10**12, places=2)
owed = st.tuples(amounts, st.sampled_from(["SAR", "HKD", "IDR", None]))
prices = st.decimals(min_value=Decimal("0.01"), max_value=60_000, places=2)


@given(st.lists(owed, max_size=12), prices)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_sums_are_exact_to_the_last_place(told: list[tuple], price: Decimal):
    owed_ones = rows(cases=[_owed(0, sum_, 3, currency=code) for sum_, code in told])
    rates = frame("fx_rates", [rate("SAR", price)])
    total = in_rupiah(closed(owed_ones, YEAR), rates, *RECOVERED).select(pl.sum("rupiah")).collect()
    worth = {"SAR": Fraction(price), "IDR": Fraction(1)}
    exact = sum(Fraction(sum_) * worth[code] for sum_, code in told if code in worth)
    assert Fraction(total.item() or 0) == exact


def test_sums_by_place_add_up_to_the_total():
    cases = [
        _owed(100 + i, i, i % 40) | {"case_id": f"X{i}", "post_code": post}
        for i, post in enumerate(["RUH", "JED", "HKG"] * 40)
    ]
    told = rows(cases=cases, fx_rates=[rate("SAR", 4321.987654), rate("SAR", 4400, period=FEB)])
    for name in ("recovered_idr", "claimed_idr", "outstanding_idr"):
        total = measure(BY_NAME[name], told, YEAR)["value"].item()
        for column in ("post_code", "place"):
            parts = measure(BY_NAME[name], told, YEAR, by=[column])["value"].sum()
            assert parts == pytest.approx(total, rel=1e-12)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (1234567.4, "Rp1.234.567", "Rp1,234,567"),
        (0, "Rp0", "Rp0"),
        (-1500, "-Rp1.500", "-Rp1,500"),
        (None, "–", "–"),
    ],
)
def test_rupiah_are_written_as_the_language_does(value, indonesian, english):
    assert RUPIAH.format(value, "id") == indonesian
    assert RUPIAH.format(value, "en") == english


def test_what_is_left_out_follows_the_period():
    told = rows(cases=[_owed(5, 4, 31, currency=None)])
    first = date(2026, 1, 1)
    names = [
        without_rate(told, Period(first, first + timedelta(days=d)))["metric"].to_list()
        for d in (0, 31)
    ]
    assert names == [["claimed_idr", "outstanding_idr"], ["claimed_idr", "recovered_idr"]]
