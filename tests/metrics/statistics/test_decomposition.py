"""The parts of a change add up to it."""

from fractions import Fraction

import lifelines.datasets as lifelines
import numpy as np
import pandas as pd
import polars as pl
import pytest
import statsmodels.datasets as statsmodels
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.decomposition import contributions, kitagawa

SOME = settings(max_examples=80, derandomize=True, database=None, deadline=None)
COUNT = st.integers(0, 10**6)
PARTS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), COUNT, COUNT))
COLUMNS = {"group": pl.String, "part": pl.String, "current": pl.Int64, "previous": pl.Int64}


def two_times(name: str) -> pd.DataFrame:
    """Part, hit (0 or 1), later (whether in the second period): of real people and states."""
    if name == "senators":
        rows = lifelines.load_canadian_senators()
        late = pd.to_datetime(rows["start_date"]).dt.year > 1940
        return pd.DataFrame(
            {"part": rows["Province / Territory"], "hit": rows["observed"], "later": late}
        )
    if name == "regimes":
        rows = lifelines.load_dd()
        return pd.DataFrame(
            {
                "part": rows["un_continent_name"],
                "hit": rows["democracy"] == "Democracy",
                "later": rows["start_year"] > 1980,
            }
        )
    rows = statsmodels.fair.load_pandas().data
    return pd.DataFrame(
        {"part": rows["occupation"], "hit": rows["affairs"] > 0, "later": rows["educ"] > 14}
    )


REAL = pytest.mark.parametrize("name", ["senators", "regimes", "affairs"])


def counted(name: str) -> pl.DataFrame:
    rows = two_times(name)
    sums = rows.groupby(["part", "later"])["hit"].agg(["sum", "count"]).unstack(fill_value=0)
    return pl.DataFrame(
        {
            "part": [str(part) for part in sums.index],
            "current": sums["sum", True].to_numpy().astype(int),
            "previous": sums["sum", False].to_numpy().astype(int),
            "n1": sums["count", True].to_numpy().astype(int),
            "n0": sums["count", False].to_numpy().astype(int),
        }
    )


@REAL
def test_contributions_equal_plain_subtraction(name, agree):
    rows = counted(name)
    table = contributions(rows, "part")

    parts = {part: now - then for part, now, then, *_ in rows.iter_rows()}
    whole = sum(parts.values())
    cancels = abs(whole) < sum(abs(part) for part in parts.values()) / 2
    expected = [parts[part] for part in sorted(parts)]
    agree("contributions", "plain Python", table["difference"], expected, within=0)
    shares = [np.nan if cancels or not whole else part / whole for part in expected]
    agree("contributions share", "plain Python", table["share"], shares, within=1e-12)


@REAL
def test_kitagawa_equals_exact_fractions(name, agree):
    rows = counted(name).filter((pl.col("n1") > 0) & (pl.col("n0") > 0))
    shares = rows.with_columns(
        r1=pl.col("current") / pl.col("n1"), r0=pl.col("previous") / pl.col("n0")
    )
    table = kitagawa(shares, "part", "r1", "r0", "n1", "n0")

    all1, all0 = rows["n1"].sum(), rows["n0"].sum()
    rate, mix = [], []
    for _, x1, x0, n1, n0 in rows.sort("part").iter_rows():
        r1, r0 = Fraction(x1, n1), Fraction(x0, n0)
        w1, w0 = Fraction(n1, all1), Fraction(n0, all0)
        rate.append(float((r1 - r0) * (w1 + w0) / 2))
        mix.append(float((w1 - w0) * (r1 + r0) / 2))
    agree("kitagawa", "exact fractions", table["rate_effect"], rate, within=1e-12)
    agree("kitagawa", "exact fractions", table["mix_effect"], mix, within=1e-12)
    whole = Fraction(int(rows["current"].sum()), all1) - Fraction(int(rows["previous"].sum()), all0)
    total = table.select(pl.sum("rate_effect") + pl.sum("mix_effect")).item()
    agree("kitagawa sum", "exact fractions", [total], [float(whole)], within=1e-12)


@SOME
@given(PARTS)
def test_contributions_add_up_exactly_in_every_group(rows):
    told = pl.DataFrame(rows, COLUMNS, orient="row")
    table = contributions(told.lazy(), "part", by=["group"])

    summed = table.group_by("group").agg(pl.sum("current", "previous", "difference")).sort("group")
    whole = told.group_by("group").agg(pl.sum("current", "previous")).sort("group")
    assert summed.select("group", "current", "previous").equals(whole)
    assert summed["difference"].equals(whole["current"] - whole["previous"], check_names=False)
    shares = table.drop_nulls("share").group_by("group").agg(pl.sum("share"))["share"]
    assert shares.to_list() == pytest.approx([1] * len(shares))
    for group in table.partition_by("group"):
        moved = group["difference"].to_list()
        told_apart = sum(moved) != 0 and 2 * abs(sum(moved)) >= sum(map(abs, moved))
        assert group["share"].is_null().any() != told_apart


@SOME
@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"),
            st.floats(0, 1),
            st.floats(0, 1),
            st.integers(0, 1000),
            st.integers(0, 1000),
        ),
        max_size=12,
    )
)
def test_rate_and_mix_add_up_to_the_change(rows):
    columns = ["group", "r1", "r0", "w1", "w0"]
    told = pl.DataFrame(
        rows, dict.fromkeys(columns, pl.Float64) | {"group": pl.String}, orient="row"
    ).with_row_index("part")
    table = kitagawa(told, "part", "r1", "r0", "w1", "w0", by=["group"])

    for group in told.partition_by("group"):
        effects = table.filter(group=group["group"][0])
        if group["w1"].sum() == 0 or group["w0"].sum() == 0:
            assert effects["mix_effect"].is_null().all()
            continue
        now = (group["r1"] * group["w1"]).sum() / group["w1"].sum()
        then = (group["r0"] * group["w0"]).sum() / group["w0"].sum()
        total = effects["rate_effect"].sum() + effects["mix_effect"].sum()
        assert total == pytest.approx(now - then, abs=1e-12)


def test_a_part_without_weight_has_no_rate_effect():
    rows = pl.DataFrame(
        {
            "part": ["old", "new", "never"],
            "current": [None, 0.8, None],
            "previous": [0.4, None, None],
            "current_weight": [0, 10, 0],
            "previous_weight": [5, None, 0],
        }
    )
    table = kitagawa(rows, "part")
    assert table["part"].to_list() == ["never", "new", "old"]
    assert table["rate_effect"].to_list() == [0, 0, 0]
    assert table["mix_effect"].to_list() == pytest.approx([0, 0.8, -0.4])


def test_a_weight_without_a_rate_has_no_effects():
    rows = pl.DataFrame({"part": ["a"], "current": [None], "previous": [0.5]}).with_columns(
        current_weight=3, previous_weight=4
    )
    assert kitagawa(rows, "part").select("rate_effect", "mix_effect").row(0) == (None, None)


def test_what_cannot_be_added_up_is_refused():
    rows = pl.DataFrame({"part": ["a"], "current": [None], "previous": [4]})
    with pytest.raises(ValueError, match="missing numbers"):
        contributions(rows, "part")
    twice = pl.DataFrame({"part": ["a", "a"], "r": [0.1, 0.2], "w": [1, 1]})
    with pytest.raises(ValueError, match="more than once"):
        kitagawa(twice, "part", "r", "r", "w", "w")
    with pytest.raises(ValueError, match="negative weights"):
        kitagawa(twice.head(1).with_columns(w=-1), "part", "r", "r", "w", "w")


def test_unsigned_counts_have_negative_differences_and_nothing_gives_nothing():
    unsigned = pl.DataFrame({"part": ["a"], "current": [1], "previous": [3]}).cast(
        {"current": pl.UInt32, "previous": pl.UInt32}
    )
    assert contributions(unsigned, "part")["difference"].to_list() == [-2]
    nothing = contributions(unsigned.clear(), "part")
    assert nothing.columns == ["part", "current", "previous", "difference", "share"]
    assert nothing.is_empty()
    rates = ["current", "previous", "current_weight", "previous_weight"]
    empty = pl.DataFrame(schema={"part": pl.String} | dict.fromkeys(rates, pl.Float64))
    assert kitagawa(empty, "part").columns == ["part", "rate_effect", "mix_effect"]
