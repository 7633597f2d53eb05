"""Cases that could be seen only from some age on: where their curve begins, and how they end."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter
from statsmodels.duration.survfunc import SurvfuncRight

from metrics.statistics.delayed_entry import seen_enough
from metrics.statistics.survival import cumulative_incidence, kaplan_meier, quantile
from tests.metrics.plain_resolution import may_be_seen
from tests.metrics.statistics.real_data import delayed

REAL = pytest.mark.parametrize("name", ["aids", "gbsg2", "lung", "psychiatric"])
# lifelines refuses where a small early risk set brings the curve to 0, so start at `least`
LEAST = {"aids": 0, "gbsg2": 45 * 365, "lung": 55 * 365, "psychiatric": 0}


@REAL
def test_incidence_with_delayed_entry_equals_lifelines(name, agree):
    rows = delayed(name).filter(pl.col("days") > LEAST[name])
    rows = rows.with_columns(pl.col("entry").clip(LEAST[name]))
    rows = rows.filter(pl.col("entry") < pl.col("days")).with_row_index()
    # three ways of ending; no ties, for lifelines would move them at random
    rows = rows.with_columns(
        days=pl.col("days") + pl.col("index") / (2 * len(rows)),
        outcome=pl.when("closed").then(pl.col("index") % 3 + 1).otherwise(0).cast(pl.Int64),
    )
    ours = cumulative_incidence(rows, censored="0", entry="entry")

    days, outcome, entry = (rows[column].to_numpy() for column in ("days", "outcome", "entry"))
    for number in (1, 2, 3):
        fitted = AalenJohansenFitter(calculate_variance=False).fit(
            days, outcome, event_of_interest=number, entry=entry
        )
        curve = ours.filter(cause=number)
        theirs = fitted.cumulative_density_.iloc[:, 0].loc[curve["days"].to_numpy()]
        agree("incidence, delayed entry", "lifelines", curve["incidence"], theirs)


@REAL
def test_of_a_single_way_the_incidence_and_its_error_are_those_of_the_curve(name, agree):
    rows = delayed(name).filter(pl.col("entry") < pl.col("days"))
    one = rows.with_columns(outcome=pl.when("closed").then(1).otherwise(0))

    ours = cumulative_incidence(one, censored="0", entry="entry")

    curve = kaplan_meier(rows, entry="entry")
    ours = ours.filter(curve["events"] > 0)
    days, closed, entry = (rows[column].to_numpy() for column in ("days", "closed", "entry"))
    oracle = SurvfuncRight(days, closed.astype(int), entry=entry)
    agree("incidence, delayed entry", "statsmodels", ours["incidence"], 1 - oracle.surv_prob)
    error = np.where(oracle.surv_prob > 1e-12, oracle.surv_prob_se, np.nan)
    agree("incidence std_error, delayed entry", "statsmodels", ours["std_error"], error)


def cases(*told: tuple[int, int, bool]) -> pl.DataFrame:
    schema = {"days": pl.Int64, "entry": pl.Int64, "closed": pl.Boolean}
    return pl.DataFrame(list(told), schema=schema, orient="row")


# One case is at risk at 10 and ends: without more, nothing after it would ever count.
THIN = cases((12, 10, True), *((day, 20, day < 40) for day in (25, 30, 35, 40, 45)))


def test_a_curve_begins_where_enough_are_at_risk():
    assert kaplan_meier(THIN, entry="entry")["survival"].to_list() == [0] * 6

    seen = seen_enough(THIN)

    assert seen["seen_after"].unique().to_list() == [20]
    curve = kaplan_meier(seen, entry="entry")
    assert curve["days"].to_list() == [25, 30, 35, 40, 45]
    assert curve["at_risk"].to_list() == [5, 4, 3, 2, 1]
    assert curve["survival"].to_list() == pytest.approx([0.8, 0.6, 0.4, 0.4, 0.4])
    assert quantile(curve)["value"].item() == 35


def test_five_cases_seen_from_the_start_are_enough():
    early = cases(*((day, 0, True) for day in (1, 2, 3, 4, 5)))
    seen = seen_enough(pl.concat([early, THIN]))
    assert seen["seen_after"].to_list() == [None] * 11
    assert seen.drop("seen_after").equals(pl.concat([early, THIN]))


def test_few_cases_all_seen_from_the_start_stay_as_they_are():
    few = cases((1, 0, True), (3, 0, False))
    assert seen_enough(few).drop("seen_after").equals(few)


def test_where_enough_never_are_at_risk_together_nothing_is_told():
    apart = cases(*((20 * n + 15, 20 * n + 1, True) for n in range(9)))
    assert seen_enough(apart).is_empty()
    assert kaplan_meier(seen_enough(apart), entry="entry").is_empty()


def test_each_group_has_its_own_beginning_also_that_of_null():
    rows = pl.concat(
        [
            THIN.with_columns(post=pl.lit("late")),
            THIN.with_columns(pl.col("days", "entry") + 100, post=pl.lit(None)),
            cases((3, 0, True)).with_columns(post=pl.lit("small")),
            cases((9, 3, True)).with_columns(post=pl.lit("never")),
        ]
    )
    seen = seen_enough(rows.lazy(), ["post"])
    starts = dict(seen.select("post", "seen_after").unique().rows())
    assert starts == {"late": 20, None: 120, "small": None}
    assert seen.schema["entry"] == seen.schema["seen_after"] == pl.Int64


def test_no_rows_stay_no_rows():
    assert seen_enough(THIN.clear()).columns == [*THIN.columns, "seen_after"]
    assert seen_enough(THIN.clear().with_columns(post=pl.lit("x")), ["post"]).is_empty()


CASE = st.tuples(st.integers(0, 12), st.integers(-1, 12), st.booleans())


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(st.lists(CASE, max_size=16), st.integers(0, 3))
def test_the_beginning_is_that_of_plain_python(told, early):
    rows = [
        (day, max(0, entry) if n >= early else 0, end) for n, (day, entry, end) in enumerate(told)
    ]
    expected, start = may_be_seen(
        [(day, entry, "any" if end else None) for day, entry, end in rows]
    )

    seen = seen_enough(cases(*rows))

    usable = seen.filter((pl.col("entry") == 0) | (pl.col("entry") < pl.col("days")))
    assert sorted(usable.select("days", "entry").rows()) == sorted(row[:2] for row in expected)
    assert seen["seen_after"].unique().to_list() in ([start or None], [])


def test_imported_open_cases_make_a_post_neither_slow_nor_fast():
    """A post joins on day 300 with what is open then: 400 runs with a true median of 60 days."""
    rng = np.random.default_rng(5)
    runs, size = 400, 200
    opened = rng.integers(0, 600, runs * size)
    days = np.ceil(rng.exponential(60 / np.log(2), runs * size)).astype(int)
    rows = pl.DataFrame({"run": np.repeat(np.arange(runs), size), "opened": opened, "days": days})
    told = rows.filter(pl.col("opened") + pl.col("days") >= 300).with_columns(
        entry=300 - pl.col("opened"),
        closed=pl.col("opened") + pl.col("days") <= 600,
        days=pl.min_horizontal("days", 600 - pl.col("opened")),
    )

    def median(entry: str | None) -> float:
        curve = kaplan_meier(seen_enough(told, ["run"]) if entry else told, ["run"], entry=entry)
        return quantile(curve, ["run"])["value"].mean()

    assert median("entry") == pytest.approx(60, abs=2)
    assert median(None) > 70  # as if those closed before had never been
