"""The same seed gives the same rows, byte for byte; another seed gives others."""

from datetime import date
from hashlib import sha256

import polars as pl

from data_access.demo.generate import Demo, generate
from data_access.demo.window import last_complete_month


def fingerprint(demo: Demo) -> dict[str, str]:
    frames = {"submissions": demo.submissions, **demo.tables, "cases": pl.concat(demo.cases())}
    return {name: sha256(rows.write_csv().encode()).hexdigest() for name, rows in frames.items()}


def test_same_seed_scale_and_month_give_the_same_rows(demo):
    again = generate(2026, 0.1, date(2026, 10, 31))

    assert fingerprint(again) == fingerprint(demo)


def test_another_seed_changes_every_table(demo):
    first, other = fingerprint(demo), fingerprint(generate(2027, 0.1, date(2026, 10, 1)))

    assert [name for name in first if first[name] == other[name]] == []


def test_scale_changes_the_cases_and_nothing_else_but_what_counts_them(demo):
    first, other = fingerprint(demo), fingerprint(generate(2026, 0.2, date(2026, 10, 1)))

    changed = {name for name in first if first[name] != other[name]}

    assert changed == {"submissions", "cases"}


def test_ten_years_end_with_the_month_before_today(demo):
    assert last_complete_month(date(2026, 11, 24)) == date(2026, 10, 1)
    assert last_complete_month(date(2026, 1, 1)) == date(2025, 12, 1)
    assert demo.submissions["period"].min() == date(2016, 11, 1)
    assert demo.submissions["period"].max() == date(2026, 10, 1)
