"""How cases end and how posts stand for their mix of cases, as figures with their tables."""

import polars as pl

from metrics.catalogue import METRICS
from metrics.selection import Period, Selection
from metrics.standing import SPEED_VERDICTS, VERDICTS
from metrics.text import Text
from metrics.units import number, quarter
from pages.components import insights, loaders, panels, reference
from pages.components.language import language, say
from pages.figures.cohorts import quarters
from pages.figures.outcomes import WORDS, ways_of_ending
from pages.figures.standing import speed_ratios

COLUMNS = {
    "post": Text("Pos", "Post"),
    "cases": Text("Kasus", "Cases"),
    "observed": Text("Penutupan", "Closings"),
    "expected": Text("Penutupan yang diharapkan", "Closings expected"),
    "ratio": Text("Rasio", "Ratio"),
    "lower": Text("Batas bawah 95%", "Lower 95%"),
    "upper": Text("Batas atas 95%", "Upper 95%"),
    "speed": Text("Kecepatan", "Speed"),
    "on_time": Text("Ketepatan waktu", "Timeliness"),
    "excess": Text("Kasus tepat waktu di atas harapan", "Cases on time above expectation"),
}
TABLE_DAYS = (30, 60, 90, 180, 365)
DAY = Text("Sampai hari", "By day")
QUARTER = Text("Triwulan", "Quarter")


def show_ways_of_ending(selection: Selection) -> None:
    """Show in which way cases end, by the days since they were reported."""
    curves = insights.ways_of_ending(selection)
    if curves.is_empty():
        return
    figure = ways_of_ending(curves, context=panels.context())
    panels.show_figure(
        figure, key="ways", table=_by_day(curves), metric=METRICS["resolved_share_90"]
    )


def _by_day(curves: pl.DataFrame) -> pl.DataFrame:
    """Return what the figure shows on a few days, in words."""
    rows = []
    for day in TABLE_DAYS:
        reached = curves.filter(pl.col("days") <= day)
        last = dict(
            reached.group_by("cause").agg(pl.col("incidence").sort_by("days").last()).iter_rows()
        )
        shares = {
            say(words): number(100 * last.get(way, 0.0), language(), 1) + "%"
            for way, words in WORDS.items()
        }
        rows.append({say(DAY): number(day, language())} | shares)
    return pl.DataFrame(rows)


def show_cohorts(metric: str, selection: Selection) -> None:
    """Show a metric by the quarter in which its cases came in: does it get better?"""
    told = insights.cohorts(metric, selection)
    shown = Selection(Period(told["quarter"][0], selection.period.last), selection.wanted)
    figure = quarters(told, metric=METRICS[metric], context=panels.context(shown))
    words = [quarter(day, language()) for day in told["quarter"]]
    table = told.with_columns(pl.Series("quarter", words)).rename({"quarter": say(QUARTER)})
    panels.show_figure(figure, key=f"{metric}_cohorts", table=table, metric=METRICS[metric])


def show_posts_compared(selection: Selection) -> None:
    """Show every post against what is expected of its own mix of cases."""
    compared = insights.posts_compared(selection)
    if compared.is_empty():
        return
    shown = loaders.everywhere(selection)
    metric = METRICS["speed_ratio"]
    figure = speed_ratios(compared, metric=metric, context=panels.context(shown))
    panels.show_figure(figure, key="standing", table=_worded(compared), metric=metric)


def _worded(compared: pl.DataFrame) -> pl.DataFrame:
    names, tongue = reference.all_words()["post"], language()
    rows = [
        {
            "post": say(names[row["post_code"]]),
            "cases": number(row["cases"], tongue),
            "observed": number(row["observed"], tongue),
            **{
                column: number(row[column], tongue, 1 if column == "expected" else 2)
                for column in ("expected", "ratio", "lower", "upper")
            },
            "speed": say(SPEED_VERDICTS[row["verdict"]]),
            "on_time": say(VERDICTS[row["on_time_verdict"]]),
            "excess": number(row["on_time_excess"], tongue, 1),
        }
        for row in compared.sort("post_code").iter_rows(named=True)
    ]
    return pl.DataFrame(rows).rename({column: say(text) for column, text in COLUMNS.items()})
