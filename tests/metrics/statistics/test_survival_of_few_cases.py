"""Survival worked out by hand, and at the edges."""

import polars as pl
import pytest

from metrics.statistics.survival import kaplan_meier, quantile, restricted_mean, share_within


def cases(days: list[int | None], closed: list[bool | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {"days": days, "closed": closed}, schema={"days": pl.Int64, "closed": pl.Boolean}
    )


# The mean of the closed cases says 3.5 days, while six of ten are still open after 60 to 100.
SLOW = cases([2, 3, 4, 5, 60, 70, 80, 90, 95, 100], [True] * 4 + [False] * 6)


def test_open_cases_are_censored_not_dropped():
    curve = kaplan_meier(SLOW)

    assert SLOW.filter("closed")["days"].mean() == 3.5
    assert curve.filter(days=60)["survival"].item() == pytest.approx(0.6)
    assert quantile(curve)["value"].item() is None
    assert share_within(curve, days=60)["share"].item() == pytest.approx(0.4)


def test_columns_are_as_agreed():
    columns = ["days", "at_risk", "events", "censored", "survival", "std_error", "lower", "upper"]

    assert kaplan_meier(SLOW).columns == columns
    assert quantile(kaplan_meier(SLOW)).columns == ["value", "lower", "upper"]
    assert share_within(kaplan_meier(SLOW)).columns == ["share", "lower", "upper"]
    assert restricted_mean(kaplan_meier(SLOW)).columns == ["value", "std_error"]


def test_nothing_is_known_beyond_the_last_look():
    curve = kaplan_meier(SLOW)

    assert share_within(curve, days=100)["share"].item() == pytest.approx(0.4)
    assert share_within(curve, days=101).row(0) == (None, None, None)
    assert restricted_mean(curve, horizon=100)["value"].item() == pytest.approx(61.4)
    assert restricted_mean(curve, horizon=101).row(0) == (None, None)


def test_everything_is_known_once_all_have_ended():
    curve = kaplan_meier(cases([2, 4], [True, True]))

    assert share_within(curve, days=365).row(0) == (1.0, None, None)
    assert restricted_mean(curve, horizon=365)["value"].item() == 3


def test_nothing_ends_before_the_first_time():
    curve = kaplan_meier(cases([10, 20], [True, False]))

    assert share_within(curve, days=9).row(0) == (0.0, 0.0, 0.0)
    assert restricted_mean(curve, horizon=9).row(0) == (9.0, 0.0)


def test_cases_ended_on_the_day_they_began_count():
    curve = kaplan_meier(cases([0, 0, 3, 3], [True, False, True, False]))

    assert curve["days"].to_list() == [0, 3]
    assert curve["at_risk"].to_list() == [4, 2]
    assert curve["survival"].to_list() == pytest.approx([0.75, 0.375])


def test_events_come_before_censorings_of_the_same_day():
    assert kaplan_meier(cases([5, 5], [True, False]))["survival"].to_list() == [0.5]


def test_cases_without_a_time_are_left_out_and_without_an_event_are_open():
    curve = kaplan_meier(cases([1, 2, None], [True, None, True]))

    assert curve.select("days", "at_risk", "events", "censored").rows() == [
        (1, 2, 1, 0),
        (2, 1, 0, 1),
    ]


def test_all_open_gives_a_curve_of_one_and_no_quantile():
    curve = kaplan_meier(cases([3, 8], [False, False]))

    assert curve.select("survival", "std_error", "lower", "upper").rows() == [(1, 0, 1, 1)] * 2
    assert quantile(curve).row(0) == (None, None, None)


def test_all_ended_on_one_day_gives_one_row_without_limits():
    curve = kaplan_meier(cases([4] * 5, [True] * 5))

    assert curve.rows() == [(4, 5, 5, 0, 0.0, None, None, None)]
    assert quantile(curve).row(0) == (4, None, None)


def test_quantile_reached_but_for_rounding_is_reached():
    # (1 - 1/8)(1 - 1/7) is 0.75 exactly, and 0.7500000000000001 in floating point or not
    curve = kaplan_meier(cases(list(range(1, 9)), [True, True] + [False] * 6))
    rounded = curve.with_columns(pl.col("survival") + 1e-15)

    assert quantile(rounded, q=0.25)["value"].item() == 2


def test_upper_limit_of_a_median_may_not_be_reached():
    curve = kaplan_meier(cases([1, 2, 3, 4], [True, True, True, True]))

    assert quantile(curve).row(0) == (2, 1, None)


def test_delayed_entry_counts_only_those_seen_at_the_time():
    rows = cases([0, 4, 6, 9], [True, True, True, False]).with_columns(
        entry=pl.Series([0, None, 4, 9])
    )

    curve = kaplan_meier(rows, entry="entry")

    # the first two are seen from the start; the third not yet at 4; the fourth never
    assert curve.select("days", "at_risk").rows() == [(0, 2), (4, 1), (6, 1)]


def test_no_rows_give_no_curve_and_null_for_the_one_group():
    curve = kaplan_meier(cases([], []))

    assert curve.is_empty()
    assert quantile(curve).rows() == share_within(curve).rows() == [(None, None, None)]
    assert restricted_mean(curve).rows() == [(None, None)]
    assert quantile(curve.with_columns(post=pl.lit("x")), ["post"]).is_empty()


def test_groups_keep_their_type_and_its_order():
    posts = pl.Enum(["Riyadh", "Doha", "Amman"])
    rows = SLOW.with_columns(
        post=pl.Series(["Amman", "Doha"] * 5, dtype=posts), sector=pl.lit(None, pl.String)
    )

    curve = kaplan_meier(rows.lazy(), ("post", "sector"))

    assert curve.schema["post"] == posts
    assert curve["post"].unique(maintain_order=True).to_list() == ["Doha", "Amman"]
    assert (
        curve.filter(post="Amman")
        .drop("post", "sector")
        .equals(kaplan_meier(rows.filter(post="Amman")))
    )
    assert len(quantile(curve.lazy(), ["post", "sector"])) == 2


def test_impossible_questions_are_refused():
    curve = kaplan_meier(SLOW)

    with pytest.raises(ValueError, match="negative times"):
        kaplan_meier(cases([-1], [True]))
    with pytest.raises(ValueError, match="q must lie between"):
        quantile(curve, q=50)
    with pytest.raises(ValueError, match="days must not be negative"):
        share_within(curve, days=-1)
    with pytest.raises(ValueError, match="horizon must be positive"):
        restricted_mean(curve, horizon=0)
