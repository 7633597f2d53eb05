"""What only the succession of files tells, on tables small enough to follow by eye."""

from datetime import UTC, date, datetime

import polars as pl

from data_access import history

SUBMISSIONS = pl.DataFrame(
    {
        "id": [1, 2, 3, 4, 5],
        "post_code": ["RUH", "RUH", "RUH", "RUH", "HKG"],
        "period": [date(2026, m, 1) for m in (1, 2, 2, 3, 1)],
        "received_at": [
            datetime(2026, 2, 3, 22, 30, tzinfo=UTC),  # already the 4th in Riyadh
            datetime(2026, 3, 5, 8, tzinfo=UTC),
            datetime(2026, 3, 9, 8, tzinfo=UTC),
            datetime(2026, 4, 5, 8, tzinfo=UTC),
            datetime(2026, 2, 3, 15, 30, tzinfo=UTC),  # 23.30 in Hong Kong
        ],
    }
)
END, LATER = date(2026, 1, 20), date(2026, 3, 20)


def versions(*rows: tuple) -> pl.DataFrame:
    """Submission, number, closing date and holder of each version, in the order of their coming."""
    told = pl.DataFrame(
        rows,
        schema={
            "submission": pl.Int64,
            "case_id": pl.String,
            "date_closed": pl.Date,
            "holder": pl.String,
        },
        orient="row",
    )
    post = pl.when(pl.col("submission") == 5).then(pl.lit("HKG")).otherwise(pl.lit("RUH"))
    return told.with_row_index("version").with_columns(post_code=post, removed=pl.lit(False))


def past(*rows: tuple) -> dict:
    [one] = history.of_cases(versions(*rows), history.reports(SUBMISSIONS)).rows(named=True)
    return one


def test_a_report_came_on_the_post_s_own_day():
    told = history.reports(SUBMISSIONS)["received_on"].to_list()
    assert told[0] == date(2026, 2, 4)
    assert told[-1] == date(2026, 2, 3)


def test_a_case_told_once_and_open_has_no_closing():
    told = past((1, "a", None, "post"))
    assert told["first_told"] == date(2026, 2, 4)
    assert told["first_closed"] is told["reopened"] is None
    assert told["held_since"] == date(2026, 1, 1)


def test_a_case_closed_and_told_open_in_a_later_month_was_reopened():
    told = past((1, "a", END, "post"), (2, "a", None, "post"), (4, "a", LATER, "post"))
    assert told["first_closed"] == END
    assert told["reopened"] == date(2026, 2, 28)


def test_of_two_reopenings_the_first_counts():
    told = past((1, "a", END, "post"), (2, "a", None, "post"), (3, "a", END, "post"))
    assert told["reopened"] == date(2026, 2, 28)
    again = past(
        (1, "a", END, "post"), (2, "a", None, "post"), (3, "a", END, "post"), (4, "a", None, "post")
    )
    assert again["reopened"] == date(2026, 2, 28)


def test_a_closing_taken_back_by_a_file_of_the_same_month_is_a_correction():
    assert past((2, "a", END, "post"), (3, "a", None, "post"))["reopened"] is None


def test_a_holder_holds_since_the_file_that_first_named_him_without_a_break():
    told = past(
        (1, "a", None, "police"),
        (2, "a", None, "post"),
        (3, "a", None, "police"),
        (4, "a", None, "police"),
    )
    assert told["held_since"] == date(2026, 2, 1)


def test_cases_beside_each_other_do_not_mix():
    told = history.of_cases(
        versions((1, "a", END, "post"), (2, "b", None, "police"), (5, "b", None, "police")),
        history.reports(SUBMISSIONS),
    )
    assert told.select("post_code", "case_id", "reopened", "held_since").rows() == [
        ("HKG", "b", None, date(2026, 1, 1)),
        ("RUH", "a", None, date(2026, 1, 1)),
        ("RUH", "b", None, date(2026, 2, 1)),
    ]


def test_a_removed_version_tells_nothing():
    removed = versions((1, "a", END, "post")).with_columns(removed=pl.lit(True))
    assert history.of_cases(removed, history.reports(SUBMISSIONS)).is_empty()


def test_of_an_order_the_last_word_of_each_month_counts():
    told = pl.DataFrame(
        {
            "version": [1, 2, 3, 4],
            "submission": [1, 2, 3, 4],
            "post_code": "RUH",
            "jo_id": "x",
            "filled": [0, 3, 5, 9],
            "status": "verified",
            "removed": False,
        }
    )
    states = history.of_orders(told, history.reports(SUBMISSIONS)).sort("period")
    assert states.select("period", "filled").rows() == [
        (date(2026, 1, 1), 0),
        (date(2026, 2, 1), 5),
        (date(2026, 3, 1), 9),
    ]
