"""Posts beside each other: by plain Python, by constructed posts, and by chance alone."""

from datetime import date, timedelta
from functools import cache
from math import sqrt
from statistics import median

import numpy as np
import polars as pl
import pytest

from data_access.reference import codes
from metrics.catalogue import METRICS
from metrics.cohorts import reported
from metrics.frames import FRAMES, Rows
from metrics.metric import measure
from metrics.policy.comparison import DIFFERS
from metrics.selection import Period
from metrics.standing import VERDICTS, judged, mature, standing
from metrics.statistics.funnel import funnel
from metrics.statistics.log_rank import log_rank
from metrics.statistics.speed import speed_ratio
from metrics.statistics.standardise import indirect
from tests.builders import case, rows
from tests.metrics.chance import tables
from tests.metrics.plain_standing import BY_POST

PERIODS = [
    Period(date(2025, 1, 1), date(2025, 12, 31)),
    Period(date(2024, 3, 1), date(2026, 2, 28)),
    Period(date(2026, 5, 1), date(2026, 5, 31)),
]
YEAR = PERIODS[0]
NEW_YEAR = date(2025, 1, 1)
POSTS = ("RUH", "JED", *(post for post in codes("post") if post not in ("RUH", "JED")))
FALSE_RUNS = DIFFERS.value["false"] / 100  # of runs of equal posts, in which any is called


def told(cases: list[dict], period: Period = YEAR, unit: str = "post_code") -> dict[str, dict]:
    result = standing(reported(rows(cases=cases), period), period.last, unit)
    return {row[unit]: row for row in result.iter_rows(named=True)}


def usual(post: str, n: int = 40, slower: float = 1, **said: object) -> list[dict]:
    """Cases that end evenly spread over 20 to 100 days, reported early in the year."""
    return [
        case(post, round(slower * (20 + 80 * i / n)), date_reported=NEW_YEAR, **said)
        for i in range(n)
    ]


@cache
def chance(seed: int) -> tuple[dict[str, list[dict]], Rows]:
    drawn = tables(seed)
    return drawn, rows(**drawn)


@pytest.mark.parametrize("name", BY_POST)
@pytest.mark.parametrize("by", ["post_code", "place"])
@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_metrics_agree_with_plain_python(name, by, period, seed):
    drawn, everything = chance(seed)
    places = dict(everything.cases.select("post_code", "place").cast(pl.String).iter_rows())
    placed = [row | {"place": places[row["post_code"]]} for row in drawn["cases"]]
    expected = BY_POST[name]({"cases": placed}, period, by)

    measured = METRICS[name].compute(everything, period, [by])

    assert {row[0]: row[1:] for row in measured.rows()} == {
        unit: tuple(x if x is None else pytest.approx(x, abs=1e-9, rel=1e-9) for x in result)
        for unit, result in expected.items()
    }
    assert measured[by].equals(measured[by].sort())


@pytest.mark.parametrize("name", BY_POST)
def test_a_comparison_of_posts_has_no_total(name):
    with pytest.raises(ValueError, match="post_code or place"):
        METRICS[name].compute(rows(), YEAR, ["case_type"])


def test_the_standing_of_posts_holds_what_the_metrics_tell():
    everything = chance(1)[1]
    whole = standing(reported(everything, YEAR), YEAR.last)
    for name, columns in {
        "speed_ratio": ["ratio", "cases", "lower", "upper"],
        "on_time_standardised": [f"on_time_{c}" for c in ("ratio", "cases", "lower", "upper")],
    }.items():
        measured = METRICS[name].compute(everything, YEAR, ["post_code"])
        assert whole.select("post_code", *columns).rows() == measured.rows()
    excess = METRICS["on_time_excess"].compute(everything, YEAR, ["post_code"])
    assert whole["on_time_excess"].to_list() == excess["value"].to_list()


def test_every_verdict_has_its_words_and_none_is_a_rank():
    assert VERDICTS["higher"].indonesian == "lebih tinggi dari harapan"
    assert VERDICTS["as_expected"].indonesian == "sesuai harapan"
    assert VERDICTS["lower"].indonesian == "lebih rendah dari harapan"
    assert VERDICTS["not_comparable"].indonesian == "belum dapat dibandingkan"
    everything = standing(reported(chance(2)[1], YEAR), YEAR.last)
    for column in ("verdict", "on_time_verdict"):
        assert set(everything[column]) <= set(VERDICTS)


def test_equal_posts_stand_as_expected():
    posts = told([row for post in POSTS for row in usual(post)])
    assert len(posts) == 13
    for post in posts.values():
        assert post["ratio"] == pytest.approx(1)
        assert post["on_time_ratio"] == pytest.approx(1)
        assert post["on_time_excess"] == pytest.approx(0)
        assert (post["verdict"], post["on_time_verdict"]) == ("as_expected", "as_expected")
        assert (post["comparability"], post["leave_one_out"]) == (1, False)
        assert post["on_time_adjusted"]


def test_a_slow_post_that_leaves_its_oldest_cases_open_does_not_look_better():
    """It closes its easy third within days, and nothing else: its closed cases look quick."""
    others = [row for post in POSTS[1:] for row in usual(post, 60)]
    easy = [case("RUH", 5 + i % 5, date_reported=NEW_YEAR) for i in range(20)]
    left = [case("RUH", None, date_reported=NEW_YEAR + timedelta(days=i)) for i in range(40)]
    naive = {"RUH": median(row["date_closed"] - row["date_reported"] for row in easy)}
    naive["JED"] = median(row["date_closed"] - row["date_reported"] for row in usual("JED", 60))
    assert naive["RUH"] < naive["JED"] / 5

    posts = told(others + easy + left)

    assert posts["RUH"]["upper"] < 1
    assert posts["RUH"]["verdict"] == "lower"
    assert posts["RUH"]["on_time_upper"] < 1
    assert posts["RUH"]["on_time_excess"] < -20
    assert posts["RUH"]["on_time_verdict"] == "lower"
    assert {posts[post]["verdict"] for post in POSTS[1:]} == {"as_expected"}


def test_a_post_that_closes_nothing_at_all_does_not_escape():
    others = [row for post in POSTS[1:] for row in usual(post)]
    posts = told(others + [case("RUH", None, date_reported=NEW_YEAR) for _ in range(40)])
    assert (posts["RUH"]["observed"], posts["RUH"]["ratio"]) == (0, 0)
    assert posts["RUH"]["verdict"] == "lower"
    assert posts["RUH"]["on_time_verdict"] == "lower"


def test_a_post_with_a_harder_mix_is_not_called_slow():
    """Court cases take four times as long everywhere; RUH has nearly only these."""
    court = {"case_type": "A1", "urgency": "severe", "limit_days": 84}
    mixed = [row for post in POSTS[1:] for row in usual(post, 45) + usual(post, 6, 3, **court)]
    hard = usual("RUH", 5) + usual("RUH", 45, 3, **court)
    ages = {row["post_code"]: [] for row in mixed + hard}
    for row in mixed + hard:
        ages[row["post_code"]].append((row["date_closed"] - row["date_reported"]).days)
    assert median(ages["RUH"]) > 2.5 * median(ages["JED"])

    posts = told(mixed + hard)

    assert {post["verdict"] for post in posts.values()} == {"as_expected"}
    assert {post["on_time_verdict"] for post in posts.values()} == {"as_expected"}


def test_a_truly_slow_post_and_a_truly_fast_one_are_called_so():
    others = [row for post in POSTS[2:] for row in usual(post, 60)]
    posts = told(others + usual("RUH", 60, 2) + usual("JED", 60, 0.4))
    assert (posts["RUH"]["verdict"], posts["JED"]["verdict"]) == ("lower", "higher")
    assert posts["RUH"]["z"] < -3.09
    assert posts["JED"]["z"] > 3.09
    assert posts["RUH"]["q_value"] <= FALSE_RUNS
    assert posts["RUH"]["on_time_excess"] < 0 < posts["JED"]["on_time_excess"]


def test_a_post_with_cases_of_its_own_kind_cannot_be_compared():
    others = [row for post in POSTS[1:] for row in usual(post)]
    alone = {"case_type": "C3", "urgency": "minor", "limit_days": 84}
    posts = told(others + usual("RUH", 30, 2, **alone) + usual("RUH", 20))
    assert posts["RUH"]["comparability"] == pytest.approx(0.4)
    assert posts["RUH"]["verdict"] == "not_comparable"
    assert posts["RUH"]["q_value"] is None
    assert posts["RUH"]["on_time_ratio"] is None
    assert posts["RUH"]["on_time_excess"] is None
    assert posts["RUH"]["on_time_verdict"] == "not_comparable"

    mostly = told(others + usual("RUH", 20, 2, **alone) + usual("RUH", 30))
    assert mostly["RUH"]["comparability"] == pytest.approx(0.6)
    assert mostly["RUH"]["verdict"] == "as_expected"


def test_small_numbers_are_shown_without_a_verdict():
    others = [row for post in POSTS[1:] for row in usual(post)]
    posts = told(others + usual("RUH", 6, 1.2))
    assert posts["RUH"]["verdict"] == "not_comparable"
    assert posts["RUH"]["on_time_verdict"] == "not_comparable"
    assert posts["RUH"]["lower"] < posts["RUH"]["ratio"] < posts["RUH"]["upper"]


@pytest.mark.parametrize(
    ("observed", "expected", "verdict"),
    [(10, 4.0, "as_expected"), (16, 4.0, "higher"), (9, 4.0, "not_comparable")],
)
def test_where_few_are_expected_the_exact_chance_must_agree(observed, expected, verdict):
    """10 where 4 are expected happens once in 60 times, whatever the normal distribution says."""
    post = {"observed": observed, "expected": expected, "z": 3.5, "p_value": 0.0005}
    others = {"observed": 50, "expected": 50.0, "z": 0.0, "p_value": 1.0}
    thirteen = pl.DataFrame([post, *[others] * 12]).with_columns(comparability=1.0)
    assert judged(thirteen)["verdict"][0] == verdict


def test_false_findings_are_held_over_all_posts_compared():
    """A p-value of 0.02 is worth a word alone, but not among thirteen."""
    post = {"observed": 80, "expected": 100.0, "z": -2.3, "p_value": 0.02, "comparability": 1.0}
    usual_post = post | {"z": 0.1, "p_value": 0.9}
    apart = post | {"comparability": 0.4}
    among = [usual_post] * 12
    assert judged(pl.DataFrame([post]))["verdict"][0] == "lower"
    assert judged(pl.DataFrame([post, *among]))["verdict"][0] == "as_expected"
    assert judged(pl.DataFrame([post, *[apart] * 12]))["verdict"].to_list() == [
        "lower",
        *["not_comparable"] * 12,
    ]


def test_beyond_99_8_per_cent_a_post_differs_among_however_many():
    post = {"observed": 70, "expected": 100.0, "z": -3.2, "p_value": 0.0014, "comparability": 1.0}
    hundred = judged(pl.DataFrame([post, *[post | {"z": 0.0, "p_value": 1.0}] * 99]))
    assert hundred["q_value"][0] > FALSE_RUNS
    assert hundred["verdict"].to_list() == ["lower", *["as_expected"] * 99]


def test_one_post_alone_has_nothing_to_be_compared_with():
    [post] = told(usual("RUH")).values()
    assert (post["cases"], post["ratio"], post["z"]) == (40, None, None)
    assert post["verdict"] == post["on_time_verdict"] == "not_comparable"
    for name in BY_POST:
        one = measure(METRICS[name], rows(cases=usual("RUH")), YEAR, by=["post_code"])
        assert one["value"].to_list() == [None]


def test_no_cases_give_no_posts():
    for everything in (rows(), Rows(**{name: frame.empty() for name, frame in FRAMES.items()})):
        assert standing(reported(everything, YEAR), YEAR.last).is_empty()


def test_posts_of_one_country_are_told_together():
    places = told([row for post in POSTS for row in usual(post)], unit="place")
    assert len(places) == 12
    assert places["SAU"]["cases"] == 80


def test_a_post_that_joined_late_with_its_backlog_is_not_called_slow():
    """Of its earlier cases only those still open on joining are known: the slow ones."""
    joined = NEW_YEAR + timedelta(days=70)
    others = [row for post in POSTS[1:] for row in usual(post, 60)]
    backlog = [row for row in usual("RUH", 120) if row["date_closed"] > joined]
    posts = told(others + [row | {"known_from": joined} for row in backlog])
    assert posts["RUH"]["cases"] == len(backlog) < 60
    assert posts["RUH"]["ratio"] == pytest.approx(1, abs=0.1)
    assert posts["RUH"]["verdict"] == "as_expected"
    assert posts["RUH"]["on_time_cases"] == 0
    assert posts["RUH"]["on_time_verdict"] == "not_comparable"


def test_only_cases_whose_limit_has_passed_while_they_were_followed_are_mature():
    last = date(2025, 12, 31)
    in_time = {
        "met": case(days=20, limit_days=20, date_reported=date(2025, 6, 1)),
        "missed": case(days=21, limit_days=20, date_reported=date(2025, 6, 1)),
        "open": case(days=None, limit_days=20, date_reported=date(2025, 6, 1)),
        "just_old_enough": case(days=None, limit_days=20, date_reported=date(2025, 12, 11)),
    }
    unknown = [
        case(days=2, limit_days=20, date_reported=date(2025, 12, 12)),  # ended, but too young
        case(days=2, limit_days=None, date_reported=date(2025, 6, 1)),
        case(days=None, date_reported=date(2025, 6, 1), status="resolved"),  # no date
        case(days=90, date_reported=date(2025, 6, 1), known_from=date(2025, 7, 1)),
        case(days=None, date_reported=date(2025, 6, 1), known_until=date(2025, 6, 10)),
    ]
    told_of = reported(rows(cases=[*in_time.values(), *unknown]), YEAR)

    kept = dict(mature(told_of, last).select("case_id", "in_time").collect().iter_rows())

    assert kept == {row["case_id"]: name == "met" for name, row in in_time.items()}


def test_equal_posts_are_called_no_more_often_than_stated():
    """1,000 runs of 13 posts with one hazard a kind, and other mixes, sizes and censoring."""
    runs, kinds = 1000, 4
    rng = np.random.default_rng(5)
    sizes = np.array([16, 20, 24, 30, 40, 50, 60, 80, 100, 120, 160, 200, 300]) // 2
    post = np.tile(np.repeat(np.arange(13), sizes), runs)
    run = np.repeat(np.arange(runs), sizes.sum())
    mix = rng.dirichlet([0.7] * kinds, 13).cumsum(axis=1)
    kind = (rng.random(len(post))[:, None] > mix[post]).sum(axis=1).clip(0, kinds - 1)
    weeks = rng.exponential(np.array([3, 8, 20, 60])[kind]) // 1
    followed = rng.integers(0, 52, len(post))
    limit = np.array([3, 8, 12, 12])[kind]
    cases = pl.DataFrame(
        {
            "unit": run * 13 + post,
            "kind": run * kinds + kind,
            "days": np.minimum(weeks, followed).astype(np.int64),
            "closed": weeks <= followed,
            "cases": (followed >= limit).astype(np.int64),
            "hits": ((followed >= limit) & (weeks <= limit)).astype(np.int64),
        }
    )
    of_run = pl.col("unit") // 13

    speed = speed_ratio(cases, "unit", "kind")
    tests = log_rank(cases, "unit", "kind").select("unit", "z", "p_value", "comparability")
    called = judged(speed.join(tests, on="unit").with_columns(run=of_run), by=["run"])
    _report("speed", called.with_columns(differs=pl.col("verdict").is_in(["higher", "lower"])))

    timely = indirect(cases, "unit", "kind").with_columns(run=of_run)
    funnels = pl.concat(funnel(part, fewest=10) for part in timely.partition_by("run"))
    told_apart = funnels.with_columns(
        differs=pl.col("position").is_in(["higher", "lower"]).fill_null(False)
    )
    _report("on time", told_apart)


def _report(what: str, called: pl.DataFrame) -> None:
    by_run = called.group_by("run").agg(pl.any("differs"))["differs"].mean()
    judged_posts = called["differs"].mean()
    print(f"{what}: equal posts called {judged_posts:.4f}, runs with any {by_run:.3f}")
    assert by_run <= FALSE_RUNS + 4 * sqrt(FALSE_RUNS * (1 - FALSE_RUNS) / 1000)
    assert judged_posts <= FALSE_RUNS / 13 + 4 * sqrt(FALSE_RUNS / 13 / 13_000)
