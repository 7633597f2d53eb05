"""What changed: parts that add up, tests that hold, and few false alarms."""

from datetime import date
from math import sqrt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines.statistics import logrank_test
from scipy.stats import binom, false_discovery_control, norm
from scipy.stats import t as student

from metrics.catalogue import METRICS
from metrics.changes.counts import COUNTED
from metrics.changes.evidence import evidence, with_certainty
from metrics.changes.ranked import CHANGES, changes, compared_posts, revisions
from metrics.frames import Rows
from metrics.policy.changes import CERTAINTY, MATERIAL
from metrics.selection import Period
from tests.builders import case, job_order, placement, rows, submission
from tests.metrics.chance import POSTS, tables
from tests.metrics.plain import ended, inside, orders, plain_register

SOME = settings(max_examples=15, derandomize=True, database=None, deadline=None)
NOW = Period(date(2025, 1, 1), date(2025, 12, 31))
BEFORE = NOW.a_year_earlier()
MONTHS = [date(year, month, 1) for year in (2024, 2025) for month in range(1, 13)]
COLUMNS = {"post": "post_code", "place": "place", "case_type": "case_type", "sector": "sector_code"}


def sent(*posts: str) -> list[dict]:
    return [submission(post, month) for post in posts for month in MONTHS]


def monthly(year: int, counts: list[int], **said: object) -> list[dict]:
    return [
        case(date_reported=date(year, month, 3), **said)
        for month, count in enumerate(counts, 1)
        for _ in range(count)
    ]


def one(frame: pl.DataFrame, metric: str, dimension: str, member: str | None = None) -> dict:
    [row] = frame.filter(
        pl.col("metric") == metric,
        pl.col("dimension") == dimension,
        pl.col("member").eq_missing(pl.lit(member)),
    ).rows(named=True)
    return row


def counted(told: dict, metric: str) -> list[dict]:
    """The rows that a metric counts, whenever, with their day and what each adds."""
    if metric == "placements":
        return [row | {"day": row["period"], "n": row["count"]} for row in told["placements"]]
    if metric == "verified_vacancies":
        ever = orders(told, Period.ALL)
        return [row | {"day": row["date_verified"], "n": row["vacancies"]} for row in ever]
    if metric in ("new_cases", "severe_new_cases"):
        cases = plain_register(told["cases"], NOW.last)
        severe = [row for row in cases if metric == "new_cases" or row["urgency"] == "severe"]
        return [row | {"day": row["date_reported"], "n": 1} for row in severe]
    closed = ended(told, Period(date.min, NOW.last))
    if metric == "resolved_cases":
        closed = [row for row in closed if row["status"] == "resolved"]
    return [row | {"day": row["date_closed"], "n": 1} for row in closed]


def plain_spread(months: list[list[int]]) -> float:
    values = [n for block in months for n in block]
    off = sum((n - sum(block) / len(block)) ** 2 for block in months for n in block)
    mean = sum(values) / len(values)
    return off / (len(values) - len(months)) / mean if mean else 1


def plain_p(now: int, then: int, months: list[list[int]]) -> float:
    share = NOW.days / (NOW.days + BEFORE.days)
    here = binom.pmf(now, now + then, share) / 2
    tail = min(binom.cdf(now - 1, now + then, share), binom.sf(now, now + then, share)) + here
    p, spread = min(1, 2 * tail), plain_spread(months)
    return p if spread <= 1 else 2 * student.sf(norm.isf(p / 2) / sqrt(spread), 22)


@pytest.mark.parametrize("seed", [1, 2])
def test_counts_and_their_tests_equal_plain_python(seed, agree):
    told = tables(seed, 900) | {"submissions": sent("RUH", "JED", "HKG")}
    told["submissions"] += sent("DAM")[1:]  # one month lacks: left out
    ours = changes(rows(**told), NOW)
    places = {row["post_code"]: row["place"] for row in rows(**told).submissions.rows(named=True)}
    seen = 0
    for metric in COUNTED:
        ever = [row for row in counted(told, metric) if row["post_code"] != "DAM"]
        ever = [row | {"place": places[row["post_code"]]} for row in ever]
        for dimension, column in {"total": None, **COLUMNS}.items():
            groups: dict[str | None, list[dict]] = {}
            for row in ever:
                if column is None or column in row:
                    groups.setdefault(column and row[column], []).append(row)
            for member, group in groups.items():
                now, then = (
                    sum(row["n"] for row in group if inside(row["day"], period))
                    for period in (NOW, BEFORE)
                )
                if not now and not then:
                    continue
                found = one(ours, metric, dimension, member)
                seen += 1
                assert (found["current"], found["previous"]) == (now, then)
                assert found["difference"] == found["contribution"] == now - then
                always = dimension == "case_type" and member in ("B3", "C3")
                assert found["always"] == (always and metric == "new_cases")
                tested = COUNTED[metric].tested and now + then >= 20
                tested &= not (always and "new" in metric)
                tested &= dimension != "place" or member == "SAU"  # two posts
                assert (found["p_value"] is not None) == tested
                if tested:
                    by_month = [
                        [
                            sum(r["n"] for r in group if r["day"].replace(day=1) == month)
                            for month in year
                        ]
                        for year in (MONTHS[:12], MONTHS[12:])
                    ]
                    p = plain_p(now, then, by_month)
                    agree("changes p_value", "plain Python, scipy", [found["p_value"]], [p])
    speed = ours.filter(~pl.col("metric").is_in(list(COUNTED)))
    assert seen + speed.height == ours.height
    tests = ours.drop_nulls("p_value")
    agree("changes q_value", "scipy", tests["q_value"], false_discovery_control(tests["p_value"]))
    assert ours["q_value"].is_null().equals(ours["p_value"].is_null(), check_names=False)


def test_speed_equals_the_log_rank_test_of_the_two_cohorts(agree):
    chance = np.random.default_rng(4)
    cases = [
        case(post, int(days), date_reported=date(year, int(month), 9))
        for post in ("RUH", "HKG")
        for year, mean in ((2024, 30), (2025, 60))
        for month, days in zip(
            chance.integers(1, 13, 90), chance.exponential(mean, 90), strict=True
        )
    ]
    ours = changes(rows(cases=cases, submissions=sent("RUH", "HKG")), NOW)
    for post in (None, "RUH", "HKG"):
        own = [row for row in cases if post in (None, row["post_code"])]
        cohorts = []
        for period in (NOW, BEFORE):
            valid = plain_register(own, period.last)
            cohorts.append([r for r in valid if inside(r["date_reported"], period)])
        days, ends = ([[r[c] for r in cohort] for cohort in cohorts] for c in ("days", "closed"))
        p = logrank_test(days[0], days[1], ends[0], ends[1]).p_value
        for metric in ("median_resolution_days", "on_time_share"):
            found = one(ours, metric, "total" if post is None else "post", post)
            agree("changes, log-rank p_value", "lifelines", [found["p_value"]], [p])
            assert found["contribution"] is None
    assert one(ours, "median_resolution_days", "total")["certainty"] == "clear"
    assert one(ours, "median_resolution_days", "total")["difference"] > 0
    assert one(ours, "on_time_share", "total")["difference"] < 0


def assert_parts_add_up(frame: pl.DataFrame) -> None:
    for metric in COUNTED:
        of_metric = frame.filter(metric=metric)
        whole = of_metric.filter(dimension="total")["contribution"].sum()
        for dimension in of_metric["dimension"].unique():
            assert of_metric.filter(dimension=dimension)["contribution"].sum() == whole


a_day = st.dates(BEFORE.first, NOW.last)
a_case = st.builds(
    lambda post, day, kind, sector, days, urgency: case(
        post, days, date_reported=day, case_type=kind, sector_code=sector, urgency=urgency
    ),
    st.sampled_from(["RUH", "JED", "HKG"]),
    a_day,
    st.sampled_from(["A1", "B3", "C3"]),
    st.sampled_from(["DOM", "KES", None]),
    st.none() | st.integers(0, 300),
    st.sampled_from(["minor", "severe"]),
)
an_order = st.builds(
    lambda post, day, n: job_order(post, n, date_verified=day),
    st.sampled_from(["RUH", "HKG"]),
    a_day,
    st.integers(0, 50),
)
placed = st.builds(
    lambda post, month, n: placement(post, n, period=month),
    st.sampled_from(["RUH", "HKG"]),
    st.sampled_from(MONTHS),
    st.integers(0, 50),
)
some_rows = st.builds(
    lambda cases, orders, placements: rows(
        cases=cases,
        job_orders=orders,
        placements=placements,
        submissions=sent("RUH", "JED", "HKG"),
    ),
    st.lists(a_case, max_size=60),
    st.lists(an_order, max_size=8),
    st.lists(placed, max_size=8),
)


@SOME
@given(some_rows)
def test_posts_types_and_sectors_add_up_to_the_total_exactly(told):
    frame = changes(told, NOW)
    assert_parts_add_up(frame)
    assert dict(frame.schema) == CHANGES
    numbers = frame.select(pl.selectors.float())
    assert all(numbers[column].is_finite().all() for column in numbers.columns)
    assert frame.equals(changes(told, NOW))


def versions() -> tuple[dict, dict]:
    before = tables(5, 300)
    after = {name: [dict(row) for row in table] for name, table in before.items()}
    after["cases"] = after["cases"][20:] + tables(6, 30)["cases"]
    for row in after["cases"][:40]:
        row["post_code"], row["urgency"] = "HKG", "severe"
    after["job_orders"] = after["job_orders"][7:]
    after["placements"][3]["count"] += 9
    return before, after


def test_revisions_equal_plain_python_and_add_up():
    before, after = versions()
    table = revisions(rows(**before), rows(**after), NOW)
    for metric in COUNTED:
        old, new = (
            [row for row in counted(told, metric) if inside(row["day"], NOW)]
            for told in (before, after)
        )
        number = {"placements": None, "verified_vacancies": "jo_id"}.get(metric, "case_id")
        source = {"jo_id": "job_orders", "case_id": "cases"}.get(number)
        for post in (None, *POSTS):
            sums = [sum(r["n"] for r in t if post in (None, r["post_code"])) for t in (old, new)]
            found = table.filter(metric=metric).filter(pl.col("post_code").eq_missing(pl.lit(post)))
            [found] = found.rows(named=True)
            assert [found["before"], found["after"]] == sums
            assert found["difference"] == sums[1] - sums[0]
            assert found["added"] + found["changed"] + found["removed"] == found["difference"]
            if number is None:
                continue
            known = [{row[number] for row in told[source]} for told in (before, after)]
            own = [[r for r in t if post in (None, r["post_code"])] for t in (old, new)]
            assert found["added"] == sum(r["n"] for r in own[1] if r[number] not in known[0])
            assert found["removed"] == -sum(r["n"] for r in own[0] if r[number] not in known[1])
    assert table.filter(metric="placements")["changed"].to_list()[0] == 0
    assert table["removed"].min() < 0 < table["added"].max()
    assert (table["changed"] != 0).any()


def test_the_same_version_has_no_revisions():
    told = rows(**tables(3, 100))
    assert revisions(told, told, NOW).select("difference", "added", "changed", "removed").sum().row(
        0
    ) == (0, 0, 0, 0)
    assert revisions(rows(), rows(), NOW)["difference"].to_list() == [0] * len(COUNTED)


def test_a_placement_counted_anew_is_a_change_and_a_new_month_an_addition():
    old = [placement(workers=5, period=MONTHS[12])]
    new = [placement(workers=8, period=MONTHS[12]), placement(workers=2, period=MONTHS[13])]
    table = revisions(rows(placements=old), rows(placements=new), NOW).filter(metric="placements")
    assert table.rows()[0][2:] == (5, 10, 5, 2, 3, 0)


def test_only_posts_that_reported_both_periods_are_compared():
    cases = [row for y in (2024, 2025) for p in ("RUH", "HKG") for row in monthly(y, [5], post=p)]
    told = rows(cases=cases, submissions=sent("RUH") + sent("HKG")[:-1])
    assert compared_posts(told, NOW, BEFORE) == ["RUH"]
    assert changes(told, NOW).filter(dimension="post")["member"].unique().to_list() == ["RUH"]
    assert changes(told, NOW, posts=["HKG"]).is_empty()
    assert compared_posts(told, NOW, NOW) == []
    assert changes(rows(cases=cases), NOW).schema == CHANGES


def test_any_earlier_period_can_be_compared():
    march = Period(date(2025, 3, 1), date(2025, 3, 31))
    february = Period(date(2025, 2, 1), date(2025, 2, 28))
    told = rows(cases=monthly(2025, [0, 30, 60]), submissions=sent("RUH"))
    found = one(changes(told, march, earlier=february), "new_cases", "total")
    assert (found["current"], found["previous"]) == (60, 30)
    # 31 days against 28: some more cases are to be expected
    longer = binom.sf(59, 90, 31 / 59) + binom.pmf(60, 90, 31 / 59) / -2
    assert found["p_value"] > 2 * longer


def jump(**said: object) -> Rows:
    cases = monthly(2024, [20] * 12, **said) + monthly(2025, [32] * 12, **said)
    return rows(cases=cases, submissions=sent("RUH", "HKG"))


def test_a_sure_change_is_clear_and_ranked_by_its_urgency():
    found = one(changes(jump(), NOW), "new_cases", "total")
    assert (found["certainty"], found["material"]) == ("clear", True)
    assert found["rank"] == 144 * 3
    severe = changes(jump(urgency="severe"), NOW)
    assert one(severe, "new_cases", "total")["rank"] == 144 * 10
    assert one(severe, "severe_new_cases", "total")["rank"] == 144 * 10
    assert changes(jump(), NOW)["rank"].drop_nulls().is_sorted(descending=True)


def test_deaths_and_trafficking_are_told_without_a_test():
    for kind in ("B3", "C3"):
        found = one(changes(jump(case_type=kind), NOW), "new_cases", "case_type", kind)
        assert (found["always"], found["p_value"], found["material"]) == (True, None, True)
    one_death = rows(cases=monthly(2025, [1], case_type="C3"), submissions=sent("RUH"))
    assert one(changes(one_death, NOW), "new_cases", "case_type", "C3")["always"]


def test_without_a_signal_of_the_control_chart_no_change_is_sure():
    """A surge of one past month that the current period does not show on its chart."""
    rising = [20, 40] * 12  # so wide that no month is a signal
    wild = monthly(2024, rising[:12]) + monthly(2025, [n + 14 for n in rising[12:]])
    steady = jump()
    series = {"metric": "new_cases", "dimension": "total"}
    for told, sure in ((steady, True), (rows(cases=wild, submissions=sent("RUH")), False)):
        assert (one(changes(told, NOW), *series.values())["certainty"] is not None) == sure


def months_of(values: list[int], now: int) -> pl.DataFrame:
    """24 months of a series of which the last `now` are compared with those a year before."""
    month = pl.col("month")
    block = pl.when(month >= 24 - now).then(3).when(month >= 12).then(2)
    block = block.when(month >= 12 - now).then(1).otherwise(0)
    return pl.DataFrame({"s": "a", "month": range(24), "value": values}).with_columns(
        block=block, now=month >= 24 - now
    )


def test_the_chart_must_point_the_way_of_the_change():
    values = [10, 12] * 11 + [11, 40]
    windows = pl.DataFrame({"s": ["a"], "current": [40], "previous": [12]})
    assert evidence(windows, months_of(values, 1), ["s"])["chart"].to_list() == [True]
    fell = windows.with_columns(current=12, previous=40)
    assert evidence(fell, months_of(values, 1), ["s"])["chart"].to_list() == [False]


def test_few_cases_or_months_have_no_chart():
    windows = pl.DataFrame({"s": ["a"], "current": [40], "previous": [12]})
    few = evidence(windows, months_of([1, 3] * 12, 1), ["s"])
    assert few["chart"].to_list() == [None]
    short = months_of([10, 12] * 12, 1).filter(pl.col("month") >= 12)
    assert evidence(windows, short, ["s"])["chart"].to_list() == [None]
    none = evidence(windows, short.clear(), ["s"])
    assert none.select("spread", "chart").row(0) == (None, None)


def test_missing_months_are_no_zeros():
    values = [10, None] * 12
    windows = pl.DataFrame({"s": ["a"], "current": [60], "previous": [60]})
    assert evidence(windows, months_of(values, 12), ["s"])["spread"].to_list() == [0]


def no_change(shape: str, now: int, runs: int = 1000, series: int = 24) -> pl.DataFrame:
    """The tested series of briefings about nothing."""
    chance = np.random.default_rng(7)
    means = np.exp(chance.uniform(np.log(1), np.log(30), (1, series, 1)))
    size = (runs, series, 24)
    if shape == "Poisson":
        values = chance.poisson(np.broadcast_to(means, size))
    else:  # three times the variance of Poisson
        values = chance.negative_binomial(np.broadcast_to(means / 2, size), 1 / 3)
    keys = {
        "run": np.repeat(np.arange(runs), series),
        "s": np.tile(np.arange(series), runs),
    }
    windows = pl.DataFrame(
        keys
        | {
            "current": values[:, :, 24 - now :].sum(2).ravel(),
            "previous": values[:, :, 12 - now : 12].sum(2).ravel(),
        }
    )
    grid = pl.DataFrame(keys).join(months_of([0] * 24, now).drop("s", "value"), how="cross")
    return evidence(windows, grid.with_columns(value=values.ravel()), ["run", "s"])


def false_alarms(tested: pl.DataFrame) -> dict[str, float]:
    """In which share of the briefings a change is called likely or clear, and clear."""
    told = with_certainty(tested, ["run"]).with_columns(pl.col("certainty").fill_null("no"))
    sure, clear = pl.col("certainty") != "no", pl.col("certainty") == "clear"
    by_run = told.group_by("run").agg(likely=sure.any(), clear=clear.any())
    return {word: by_run[word].mean() for word in ("likely", "clear")}


@pytest.mark.parametrize("now", [3, 12])
@pytest.mark.parametrize("shape", ["Poisson", "over-dispersed"])
def test_a_thousand_briefings_about_nothing_have_few_false_alarms(shape, now, agree):
    """The stated rate, and four standard errors of a thousand runs (metrics.md section 10)."""
    tested = no_change(shape, now)
    moved = (pl.col("current") - pl.col("previous")).abs()
    rules = {
        "tests alone": tested.with_columns(chart=None, material=True),
        "as told": tested.with_columns(material=moved >= MATERIAL.value["cases"]),
    }
    for rule, candidates in rules.items():
        for word, share in false_alarms(candidates).items():
            stated = CERTAINTY.value[word] / 100
            most = stated + 4 * sqrt(stated * (1 - stated) / 1000)
            what = f"false alarms, {shape}, {now} mo."
            agree(what, f"none in 1,000 ({rule}, {word} {stated:.0%})", [share], [0], within=most)


def test_real_jumps_are_found_among_many_that_are_none():
    chance = np.random.default_rng(3)
    kinds = ["A1", "A2", "A3", "A4", "A5", "C1", "C2", "D1"]
    cases = []
    for kind in kinds:
        for year in (2024, 2025):
            mean = 24 if (kind, year) == ("A3", 2025) else 12
            cases += monthly(year, chance.poisson(mean, 12).tolist(), case_type=kind)
    found = changes(rows(cases=cases, submissions=sent("RUH")), NOW).filter(
        pl.col("metric") == "new_cases", pl.col("dimension") == "case_type"
    )
    assert found.drop_nulls("certainty")["member"].to_list() == ["A3"]


def test_every_metric_of_the_changes_is_in_the_catalogue_or_named():
    names = set(changes(rows(**tables(1, 300) | {"submissions": sent(*POSTS)}), NOW)["metric"])
    assert names - set(METRICS) == {"severe_new_cases"}
