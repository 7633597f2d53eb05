"""Every number about the quality of data leads to its rows."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import polars as pl
import pytest

from metrics.cases import REASONS
from metrics.catalogue import METRICS
from metrics.frames import FRAMES, Rows
from metrics.mandatory import MANDATORY
from metrics.metric import RESULT
from metrics.quality import KINDS, findings, summary
from metrics.quality.finding import FINDING
from metrics.quality.important import IMPORTANT
from metrics.quality.missing import missing
from metrics.quality.words import WORDS
from metrics.selection import Period
from tests.builders import case, job_order, placement, rows
from tests.builders import summary as month_summary
from tests.metrics.chance import POSTS, tables
from tests.metrics.plain_quality import TWINS, plain_contradictions, plain_quarantine

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
PERIODS = [YEAR, Period(date(2024, 3, 1), date(2026, 2, 28)), Period.ALL]
COUNTED = {
    "implausible_rows": KINDS["implausible"],
    "inconsistent_totals": KINDS["consistency"],
    "duplicate_rows": ("exact_copy", "superseded"),
    "probable_duplicates": ("probable_duplicate",),
    "outlying_rows": KINDS["outliers"],
    "quarantined_cases": tuple(REASONS),
}


def odd(seed: int) -> dict[str, list[dict]]:
    """Chance tables with every fault that the rules look for."""
    rng = random.Random(seed)
    told = tables(seed, 300)
    for row in rng.sample(told["cases"], 120):
        change = rng.choice(
            [
                {"case_id": None},
                {"date_reported": date(1990, 1, 5)},
                {"date_reported": date(2025, 6, 1), "first_told": date(2025, 5, 1)},
                {"date_reported": date(2027, 1, 1), "first_told": date(2025, 5, 1)},
                {"date_reported": date(2025, 6, 1), "date_closed": date(2025, 6, 9)},
                {"status": "in_progress"},
                {"outcome": None},
                {"outcome": "repatriated", "date_closed": None, "status": "in_progress"},
                {"amount_claimed": Decimal(10), "amount_recovered": Decimal(11)},
                {"amount_claimed": Decimal(10) ** 9, "currency": "SAR", "post_code": "RUH"},
                {"status": None, "gender": None},
            ]
        )
        row |= change
    cases = [dict(row) for row in rng.sample(told["cases"], 20)]
    told["cases"] += [row | {"people": 9} if rng.random() < 0.5 else row for row in cases]
    for order in told["job_orders"]:
        order |= {"wage": Decimal(rng.choice([900, 1000, 1100, 12_000])), "currency": "SAR"}
        order |= rng.choice([{}] * 9 + [{"date_received": date(1999, 12, 31)}, {"filled": -1}])
    told["monthly_summary"] += [dict(told["monthly_summary"][0])]
    told["monthly_summary"] += [dict(told["monthly_summary"][1]) | {"registered_workers": 777}]
    return told


@cache
def _odd(seed: int) -> tuple[dict[str, list[dict]], Rows]:
    told = odd(seed)
    return told, rows(**told)


@pytest.mark.parametrize("name", TWINS)
@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("seed", [1, 2])
def test_metrics_of_odd_tables_agree_with_plain_python(name: str, period: Period, seed: int):
    told, everything = _odd(seed)
    metric = METRICS[name]

    [total] = metric.compute(everything, period, []).select(RESULT).rows()
    by_post = metric.compute(everything, period, ["post_code"]).select("post_code", *RESULT)

    assert total == _close_to(TWINS[name](told, period))
    for post in POSTS:
        own = {n: [r for r in t if r.get("post_code", post) == post] for n, t in told.items()}
        [ours] = by_post.filter(pl.col("post_code") == post).select(RESULT).rows() or [None]
        expected = TWINS[name](own, period)
        assert (ours or expected) == _close_to(expected)
        assert ours or expected[1] == 0


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_kinds_of_contradictions_agree_with_plain_python(period: Period):
    told, everything = _odd(1)
    found = findings(everything, period, ("implausible",))["kind"].to_list()
    assert Counter(found) == Counter(plain_contradictions(told, period))


def test_odd_tables_have_every_kind_of_contradiction():
    told, _ = _odd(1)
    assert set(plain_contradictions(told, Period.ALL)) | {
        reason for reason, _ in plain_quarantine(told["cases"], YEAR)
    } >= set(KINDS["implausible"])


@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("name", COUNTED)
def test_each_number_has_as_many_findings(name: str, period: Period):
    _, everything = _odd(1)
    found = findings(everything, period).filter(pl.col("kind").is_in(COUNTED[name]))
    if name == "quarantined_cases":
        found = found.filter(pl.col("table") == "cases")

    assert METRICS[name].compute(everything, period, [])["value"].item() == found.height
    by_post = METRICS[name].compute(everything, period, ["post_code"])
    expected = found.group_by("post_code").agg(n=pl.len().cast(pl.Int64))
    assert dict(by_post.select(pl.col("post_code").cast(str), "n").iter_rows()) == dict(
        expected.iter_rows()
    )


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_shares_have_as_many_findings(period: Period):
    _, everything = _odd(1)
    for name, kind in (("missing_share", "missing"), ("late_share", "told_late")):
        found = findings(everything, period).filter(kind=kind).height
        [(share, n)] = METRICS[name].compute(everything, period, []).select("value", "n").rows()
        assert (share or 0) * n == pytest.approx(found)


def test_findings_are_sorted_and_lead_to_their_rows():
    _, everything = _odd(1)
    found = findings(everything, YEAR)
    assert dict(found.schema) == FINDING
    assert found.select("kind", "post_code", "date").equals(
        found.select("kind", "post_code", "date").sort(pl.all())
    )
    assert found.equals(findings(_shuffled(everything), YEAR))
    own = found.filter(pl.col("table") == "cases", pl.col("key").is_not_null())
    assert set(own["key"]) <= set(everything.cases["case_id"])
    assert {kind for kinds in KINDS.values() for kind in kinds} >= set(found["kind"])


def _shuffled(everything: Rows) -> Rows:
    """The same rows, but those whose order tells which holds, in another order."""
    mixed = {
        name: getattr(everything, name).sample(fraction=1, shuffle=True, seed=3)
        for name in ("placements", "legalised_documents", "activities", "agency_assessments")
    }
    return replace(everything, **mixed)


def test_summary_counts_the_findings():
    _, everything = _odd(1)
    found = findings(everything, YEAR)
    counted = summary(found)
    assert counted.columns == ["kind", "post_code", "n"]
    assert counted["n"].sum() == found.height
    assert counted.select("kind", "post_code").equals(
        counted.select("kind", "post_code").sort(pl.all())
    )


def test_every_kind_has_its_words_in_both_languages():
    assert set(WORDS) == {kind for kinds in KINDS.values() for kind in kinds}
    for words in WORDS.values():
        assert words.indonesian != words.english
        assert words.indonesian.endswith(".")
        assert words.english.endswith(".")
        assert len(words.indonesian.split(". ")) >= 2  # what is wrong, and what to do
        assert len(words.english.split(". ")) >= 2
    assert len(set(WORDS.values())) == len(WORDS)


def test_of_no_rows_there_is_nothing_to_find():
    for nothing in (rows(), Rows(**{name: frame.empty() for name, frame in FRAMES.items()})):
        assert findings(nothing, YEAR).is_empty()
        assert dict(findings(nothing, YEAR).schema) == FINDING
        assert summary(findings(nothing, YEAR)).is_empty()
        assert missing(nothing, YEAR).is_empty()


def test_clean_rows_have_no_findings():
    told = [
        case(days=9 + n % 30, date_reported=date(2025, 1, 1) + timedelta(days=n))
        for n in range(300)
    ]
    clean = rows(
        cases=told,
        job_orders=[job_order(date_received=date(2025, 3, 1), date_verified=date(2025, 3, 9))],
        monthly_summary=[
            month_summary(period=date(2025, month, 1), registered_new=40) for month in (1, 2, 3)
        ],
        placements=[placement(workers=40, period=date(2025, 2, 1))],
    )
    assert findings(clean, YEAR).is_empty()


def test_share_of_empty_fields_counts_only_those_that_apply():
    told = rows(
        cases=[
            case(days=None, date_reported=date(2025, 1, 5)),
            case(days=3, date_reported=date(2025, 1, 5), outcome=None),
            case(days=3, date_reported=date(2025, 1, 5), request="claim", currency=None),
            case(days=3, date_reported=date(2024, 1, 5), outcome=None),
        ]
    )
    counted = missing(told, YEAR)
    assert counted.columns == ["table", "column", "post_code", "rows", "missing", "share"]
    share = {row[1]: row[3:] for row in counted.filter(table="cases").iter_rows()}
    assert share["date_closed"] == (2, 0, 0.0)
    assert share["outcome"] == (2, 1, 0.5)
    assert share["amount_claimed"] == (1, 1, 1.0)
    assert share["currency"] == (0, 0, None)
    assert share["request"] == (3, 2, pytest.approx(2 / 3))
    assert findings(told, YEAR, ("missing",)).select("table", "column").rows() == [
        ("cases", "outcome")
    ]


def test_no_field_is_both_mandatory_and_merely_important():
    for table, applies in IMPORTANT.items():
        fields = MANDATORY[table]
        assert set(applies) <= set(FRAMES[table].columns)
        assert not set(applies) & {*fields.always, *fields.sometimes}


def _close_to(expected: tuple) -> tuple:
    return tuple(x if x is None else pytest.approx(x, abs=1e-9, rel=1e-9) for x in expected)
