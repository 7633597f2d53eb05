"""Files come once a post and month, in order, some late and a few never."""

from datetime import date

import polars as pl

from data_access.demo.facts import CODES
from data_access.demo.names import MARK
from data_access.demo.reporting import GAPS


def test_thirteen_posts_sent_120_months_but_for_the_declared_gaps(demo):
    monthly = demo.submissions.filter(pl.col("kind") == "monthly")
    counted = dict(monthly.group_by("post_code").len().iter_rows())

    assert counted == {code: 120 - len(GAPS.get(code, ())) for code in CODES}
    assert monthly.select(pl.struct("post_code", "period").is_duplicated().any()).item() is False


def test_two_posts_have_not_sent_the_last_month(demo):
    sent = demo.submissions.filter(pl.col("period") == date(2026, 10, 1))["post_code"]

    assert set(CODES) - set(sent) == {"DOH", "AMM"}


def test_ids_count_up_by_month_then_post(demo):
    order = {code: place for place, code in enumerate(CODES)}
    keys = [
        (period, order.get(post, -1))
        for period, post in demo.submissions.select("period", "post_code").iter_rows()
    ]

    assert demo.submissions["id"].to_list() == list(range(1, len(keys) + 1))
    assert keys == sorted(keys)


def test_files_come_after_their_month_and_some_are_late(demo):
    monthly = demo.submissions.filter(pl.col("kind") == "monthly")
    late = pl.col("received_at").dt.date() > pl.col("period").dt.offset_by("1mo9d")

    assert monthly.filter(
        pl.col("received_at").dt.date() <= pl.col("period").dt.month_end()
    ).is_empty()
    assert 0.05 < monthly.select(late.mean()).item() < 0.2


def test_every_file_is_marked_as_simulated(demo):
    assert demo.submissions["simulated"].all()
    assert demo.submissions["file_name"].str.starts_with("simulasi ").all()
    assert demo.submissions["sha256"].n_unique() == demo.submissions.height


def test_files_tell_how_many_rows_they_brought(demo, tables):
    rows = pl.concat([frame.select("submission") for frame in tables.values()])
    counted = rows.group_by("submission").len("found")
    monthly = demo.submissions.filter(pl.col("kind") == "monthly")
    told = monthly.join(counted, left_on="id", right_on="submission", how="left")

    assert told.filter(pl.col("rows_ok") != pl.col("found").fill_null(0)).is_empty()
    assert told.filter(
        pl.col("rows_ok") != pl.col("rows_added") + pl.col("rows_changed")
    ).is_empty()


def test_every_agency_is_an_invented_one(demo):
    names = demo.tables["agencies"]["agency_name"]

    assert names.str.ends_with(f" {MARK}").all()
    assert names.str.contains(r"^[A-Z][a-z]{5} [A-Z][a-z]{5} \(simulasi\)$").all()


def test_an_agency_has_one_name_and_a_name_one_agency(demo):
    pairs = demo.tables["agencies"].select("agency_code", "agency_name").unique()

    assert pairs["agency_code"].is_unique().all()
    assert pairs["agency_name"].is_unique().all()


def test_targets_and_rates_cover_the_window(demo):
    rates, targets = demo.tables["fx_rates"], demo.tables["targets"]

    assert rates.group_by("currency").len()["len"].unique().to_list() == [120]
    assert targets.group_by("year", "post_code").len()["len"].unique().to_list() == [5]
    assert set(targets["post_code"]) == set(CODES)
