"""What an outlook is made of, what it says, and its metrics against plain Python."""

import random
from datetime import date

import polars as pl
import pytest

from metrics.catalogue import METRICS
from metrics.demand.outlook import MODELS, outlook, told
from metrics.demand.outlook_history import history
from metrics.metric import measure
from metrics.selection import Period, month_end
from metrics.statistics.forecast import backtest
from tests.builders import case, job_order, placement, rows, submission
from tests.metrics.plain_outlook import TWINS, later, plain_history
from tests.metrics.statistics.real_months import monthly

BEGIN = date(2017, 7, 1)
YEAR = Period(date(2025, 7, 1), date(2026, 6, 30))
MONTHS = [later(BEGIN, n) for n in range(108)]  # to June 2026
SUBJECTS = ("verified_vacancies", "placements", "new_cases")


def reports(post: str, *, since: date = BEGIN, without: tuple[date, ...] = ()) -> list[dict]:
    return [submission(post, month) for month in MONTHS if month >= since and month not in without]


def orders(post: str, counts: dict[date, int], **said: object) -> list[dict]:
    return [
        job_order(post, n, date_received=month, date_verified=month.replace(day=9), **said)
        for month, n in counts.items()
    ]


def like_housing(post: str, times: float = 1, **said: object) -> list[dict]:
    """Orders that follow a real series with a strong season."""
    values = monthly("housing")["value"][: len(MONTHS)]
    counts = dict(zip(MONTHS, (round(times * value) for value in values), strict=True))
    return orders(post, counts, **said)


def by_chance(post: str, seed: int) -> list[dict]:
    rng = random.Random(seed)
    return orders(post, {month: rng.randrange(100) for month in MONTHS})


TOLD = {
    "submissions": [
        *reports("RUH"),
        *reports("JED", without=(MONTHS[100],)),
        *reports("HKG", since=MONTHS[75]),
        *reports("DAM", without=(MONTHS[-1],)),
        *reports("KUL", since=MONTHS[90]),
    ],
    "job_orders": [
        *like_housing("RUH", sector_code="DOM"),
        *by_chance("JED", 1),
        *like_housing("HKG", 10, sector_code="PER"),
        *by_chance("DAM", 2),
        *by_chance("KUL", 3),
    ],
}


def close_to(expected: tuple) -> tuple:
    return tuple(x if x is None else pytest.approx(x, abs=1e-9, rel=1e-9) for x in expected)


@pytest.mark.parametrize("name", TWINS)
@pytest.mark.parametrize("last", [MONTHS[-1], MONTHS[-30], MONTHS[30], MONTHS[10]])
def test_metrics_equal_plain_python_on_long_series(name, last):
    """On the random tables of test_catalogue the series are too short for a model."""
    period = Period(BEGIN, month_end(last))
    everything = rows(**TOLD)
    metric = METRICS[name]

    total = measure(metric, everything, period).row(0)
    by_post = measure(metric, everything, period, by=["post_code"])

    assert total == close_to(TWINS[name](TOLD, period))
    for post in ("RUH", "JED", "HKG", "DAM", "KUL"):
        own = {n: [r for r in t if r["post_code"] == post] for n, t in TOLD.items()}
        expected = TWINS[name](own, period)
        found = by_post.filter(pl.col("post_code") == post).drop("post_code").rows()
        assert found == ([close_to(expected)] if expected[1] else [])


def test_a_post_with_a_season_has_an_outlook_and_one_without_has_none():
    by_post = measure(METRICS["vacancies_outlook_6"], rows(**TOLD), YEAR, by=["post_code"])
    known = dict(by_post.select("post_code", "value").iter_rows())
    assert known["RUH"] is not None
    assert known["JED"] is None  # no signal
    assert "DAM" not in known  # has not told the last month
    assert "KUL" not in known  # has not told 24 months
    season = measure(METRICS["vacancies_outlook_6"], rows(**TOLD), YEAR, by=["sector_code"])
    assert season.filter(pl.col("sector_code") == "DOM")["value"].item() == known["RUH"]


def test_a_total_is_told_by_the_posts_that_kept_reporting_since_all_of_them_did():
    series = history(rows(**TOLD), YEAR, "verified_vacancies")
    # 36 months in a row: RUH and JED; HKG, which has 33, would show as a rise
    assert series["posts"].unique().to_list() == [2]
    assert series.height == 96
    values, first = plain_history(TOLD, YEAR)
    assert (series["value"].to_list(), series["month"][0]) == (values, first)


def test_only_whole_months_up_to_the_last_day_count():
    everything = rows(**TOLD)
    middle = Period(date(2026, 1, 1), date(2026, 5, 17))
    end = Period(date(2026, 1, 1), date(2026, 4, 30))
    assert history(everything, middle, "verified_vacancies")["month"].max() == date(2026, 4, 1)
    assert history(everything, middle, "verified_vacancies").equals(
        history(everything, end, "verified_vacancies")
    )


def test_what_was_not_reported_is_a_gap_where_no_later_report_can_tell_it():
    gap = MONTHS[50]
    everything = rows(
        submissions=reports("RUH", without=(gap,)),
        placements=[placement(period=month) for month in MONTHS if month != gap],
        cases=[case(date_reported=month) for month in MONTHS],
    )
    assert history(everything, YEAR, "placements")["month"].min() == MONTHS[51]
    cases = history(everything, YEAR, "new_cases")
    assert cases.filter(pl.col("month") == gap)["value"].to_list() == [1]


def test_a_month_without_any_is_a_zero_if_it_was_reported():
    everything = rows(submissions=reports("RUH"), job_orders=orders("RUH", {MONTHS[60]: 5}))
    series = history(everything, YEAR, "verified_vacancies", ["post_code"])
    assert series["value"].to_list().count(0) == 95
    assert measure(METRICS["backtest_mase"], everything, YEAR).row(0)[1] == 96


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_subject_has_an_outlook_of_the_months_after_the_period(subject):
    months = [month for month in MONTHS for _ in range(month.month)]
    everything = rows(
        submissions=reports("RUH"),
        job_orders=[job_order(vacancies=1, date_verified=month) for month in months],
        placements=[placement(period=month) for month in months],
        cases=[case(date_reported=month) for month in months],
    )
    ahead = outlook(everything, YEAR, subject, ["place"])
    assert ahead["month"].to_list() == [later(MONTHS[-1], n) for n in range(1, 7)]
    assert ahead["value"].to_list() == [7, 8, 9, 10, 11, 12]
    assert ahead["place"].unique().to_list() == ["SAU"]
    words = told(everything, YEAR, subject)
    assert "belum terukur" not in words.indonesian


def test_the_words_say_how_far_it_can_be_relied_on():
    signal = told(rows(submissions=reports("RUH"), job_orders=like_housing("RUH")), YEAR,
                  "verified_vacancies")  # fmt: skip
    assert signal.indonesian.startswith("Perkiraan dengan ")
    assert "galat MASE 1,27" in signal.indonesian
    assert "MASE 1.27" in signal.english
    assert signal.indonesian.endswith("Dari 1 dari 1 pos.")
    none = told(rows(**TOLD), Period(BEGIN, month_end(MONTHS[-2])), "placements")
    assert none.english.startswith("No signal: ")
    few = told(rows(submissions=reports("RUH", since=MONTHS[90])), YEAR, "new_cases")
    assert few.english == "Not enough data: an outlook needs reports of 24 months in a row."
    assert told(rows(), YEAR, "new_cases") == few


def test_every_way_that_can_be_chosen_has_its_words():
    tried = backtest(monthly("housing").tail(96))["model"].to_list()
    assert {*MODELS} == {*tried} - {"mean", "mean_12", "last"}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_column_the_rows_lack_is_refused_by_name(subject):
    with pytest.raises(ValueError, match="colour"):
        outlook(rows(), YEAR, subject, ["colour"])
