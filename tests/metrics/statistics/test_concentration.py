"""The concentration index against brute force on real data."""

from collections import Counter
from itertools import combinations

import numpy as np
import polars as pl
import pytest
import statsmodels.datasets as statsmodels
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.concentration import herfindahl
from tests.metrics.statistics.real_data import durations


def _holders(name: str) -> pl.DataFrame:
    """Holder and counted, of real data: states, regimes, institutions."""
    if name == "fertility":
        rows = statsmodels.fertility.load_pandas().data[["Country Name", "2000"]].dropna()
        counted = (rows["2000"] * 100).round().astype(int).to_numpy()
        return pl.DataFrame({"holder": rows["Country Name"].tolist(), "counted": counted})
    if name == "star98":
        rows = statsmodels.star98.load_pandas().data
        counted = rows["NABOVE"].astype(int).to_numpy()
        return pl.DataFrame({"holder": [str(i % 17) for i in range(len(rows))], "counted": counted})
    return durations(name).select(holder="group", counted=pl.lit(1))


REAL = pytest.mark.parametrize("name", ["dd", "senators", "lung", "gbsg2", "fertility", "star98"])


@REAL
def test_index_equals_brute_force(name, agree):
    rows = _holders(name)
    totals = Counter()
    for holder, counted in rows.iter_rows():
        totals[holder] += counted
    n = sum(totals.values())
    plain = sum((held / n) ** 2 for held in totals.values())

    ours = herfindahl(rows, share_of="holder", counted="counted").row(0, named=True)

    assert ours["n"] == n
    agree("hhi", "plain Python", [ours["hhi"]], [10_000 * (n * plain - 1) / (n - 1)])
    agree("effective number", "plain Python", [ours["effective"]], [1 / plain])


@pytest.mark.parametrize("name", ["lung", "senators", "gbsg2"])
def test_index_is_the_chance_that_two_have_the_same_holder(name, agree):
    rows = _holders(name).head(200)
    holders = rows["holder"].to_list()
    pairs = [a == b for a, b in combinations(holders, 2)]

    ours = herfindahl(rows, share_of="holder", counted="counted")["hhi"]

    agree("hhi", "all pairs counted", ours, [10_000 * sum(pairs) / len(pairs)])


def test_index_is_unbiased_for_few():
    """Of 40 drawn from ten equal holders the plain index is 1,225 on average, not 1,000."""
    drawn = np.random.default_rng(3).integers(0, 10, (2000, 40))
    rows = pl.DataFrame(
        {"run": np.repeat(np.arange(2000), 40), "holder": drawn.ravel(), "counted": 1}
    )
    told = herfindahl(rows, ["run"], share_of="holder", counted="counted")
    assert told["hhi"].mean() == pytest.approx(1000, abs=4 * told["hhi"].std() / 2000**0.5)
    assert (10_000 / told["effective"]).mean() == pytest.approx(1225, abs=15)


def test_groups_are_told_apart_and_few_are_not_told():
    rows = pl.DataFrame(
        {
            "place": ["B", "B", "A", "A", "C"],
            "sector": ["x", "y", "x", None, None],
            "vacancies": [50, 50, 29, 100, 100],
        }
    )
    told = herfindahl(rows.lazy(), ["place"], share_of="sector", counted="vacancies")
    assert told.columns == ["place", "n", "hhi", "effective"]
    assert told.rows() == [
        ("A", 29, None, None),
        ("B", 100, pytest.approx(10_000 * 49 / 99), pytest.approx(2)),
    ]


def test_nothing_gives_one_row_without_groups_and_negative_numbers_are_refused():
    empty = pl.DataFrame(schema={"sector": pl.String, "vacancies": pl.Int32})
    assert herfindahl(empty, share_of="sector", counted="vacancies").rows() == [(0, None, None)]
    assert herfindahl(empty, ["sector"], share_of="sector", counted="vacancies").is_empty()
    with pytest.raises(ValueError, match="negative"):
        herfindahl(
            pl.DataFrame({"s": ["a"], "v": [-1]}),
            share_of="s",
            counted="v",
        )


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 2**31)), max_size=30))
@settings(max_examples=60, deadline=None)
def test_index_stays_within_its_bounds(held):
    rows = pl.DataFrame(held, schema={"holder": pl.String, "counted": pl.Int64}, orient="row")
    told = herfindahl(rows, share_of="holder", counted="counted").row(0, named=True)
    if told["n"] < 30:
        assert told["hhi"] is None
        assert told["effective"] is None
    else:
        assert -1e-6 <= told["hhi"] <= 10_000 + 1e-6
        assert 1 - 1e-9 <= told["effective"] <= 5 + 1e-9
