"""Numbers month by month."""

from datetime import date

import plotly.graph_objects as go
import polars as pl
import pytest

from metrics.text import Text
from pages.figures.theme import LIGHT
from pages.figures.trend import MOST_LABELS, Series, monthly_bars
from tests.figures.looks import reader, subtitle, title

OPENED = Series("opened", Text("masuk", "reported"), LIGHT.ordinary)
CLOSED = Series("closed", Text("ditutup", "closed"), LIGHT.primary)
NOV, DEC, JAN = date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)
ROWS = pl.DataFrame(
    {"month": [NOV, DEC, JAN], "opened": [1500, 20, 30], "closed": [5, 0, 7]},
    schema={"month": pl.Date, "opened": pl.Int64, "closed": pl.Int64},
)
POSTS = {NOV: 13, DEC: 12, JAN: 0}


def _draw(
    rows: pl.DataFrame = ROWS,
    series: tuple[Series, ...] = (OPENED,),
    line: Series | None = CLOSED,
    posts: dict[date, int] = POSTS,
    language: str = "id",
) -> go.Figure:
    return monthly_bars(
        rows,
        series=series,
        line=line,
        posts=posts,
        of_posts=13,
        title="Temuan",
        measure=Text("Kasus per bulan", "Cases a month"),
        context=reader(language),
    )


def _year(months: int) -> pl.DataFrame:
    starts = pl.date_range(date(2025, 1, 1), interval="1mo", end=date(2029, 1, 1), eager=True)
    return pl.DataFrame({"month": starts[:months]}).with_columns(opened=pl.lit(1), closed=pl.lit(1))


def test_a_bar_a_month_and_a_line_on_the_same_axis():
    bars, line = _draw().data
    assert (bars.type, line.type) == ("bar", "scatter")
    assert list(bars.x) == list(line.x) == [NOV, DEC, JAN]
    assert list(bars.y) == [1500, 20, 30]
    assert list(line.y) == [5, 0, 7]
    assert (bars.marker.color, line.line.color) == (LIGHT.ordinary, LIGHT.primary)
    assert line.yaxis is None  # there is no second axis


def test_months_that_not_every_post_reported_are_hatched():
    bars, _ = _draw().data
    assert list(bars.marker.pattern.shape) == ["", "/", "/"]
    assert "diarsir: belum semua pos melapor" in subtitle(_draw())
    assert "hatched: not all posts have reported" in subtitle(_draw(language="en"))


def test_where_every_post_reported_nothing_is_hatched_nor_told():
    figure = _draw(posts=dict.fromkeys((NOV, DEC, JAN), 13))
    assert set(figure.data[0].marker.pattern.shape) == {""}
    assert "diarsir" not in subtitle(figure)


def test_a_month_that_is_not_among_the_reported_ones_is_hatched():
    assert set(_draw(posts={}).data[0].marker.pattern.shape) == {"/"}


def test_a_zero_is_drawn_only_where_a_post_has_reported():
    rows = ROWS.with_columns(opened=pl.lit(0), closed=pl.lit(0))
    for trace in _draw(rows).data:
        assert list(trace.y) == [0, 0, None]
    assert _draw(rows).data[0].customdata[2] == "Jan 2026: – (0 dari 13 pos)"


def test_a_month_without_a_bar_keeps_its_place():
    rows = ROWS.with_columns(opened=pl.lit(0), closed=pl.lit(0))
    assert list(_draw(rows).layout.xaxis.range) == [-0.5, 2.5]


def test_each_month_tells_its_value_and_its_posts():
    bars, _ = _draw().data
    assert bars.customdata[0] == "Nov 2025: 1.500 (13 dari 13 pos)"
    bars, _ = _draw(language="en").data
    assert list(bars.customdata)[:2] == [
        "Nov 2025: 1,500 (13 of 13 posts)",
        "Dec 2025: 20 (12 of 13 posts)",
    ]


def test_series_are_stacked_and_told_in_the_legend():
    figure = _draw(series=(OPENED, CLOSED), line=None)
    assert figure.layout.barmode == "stack"
    assert [trace.name for trace in figure.data] == ["masuk", "ditutup"]
    assert figure.layout.showlegend
    assert [t.name for t in _draw(language="en").data] == ["reported", "closed"]


def test_one_series_needs_no_legend():
    assert not _draw(line=None).layout.showlegend


def test_the_year_stands_below_its_first_month():
    axis = _draw().layout.xaxis
    assert list(axis.tickvals) == [NOV, DEC, JAN]
    assert list(axis.ticktext) == ["Nov<br>2025", "Des", "Jan<br>2026"]
    assert list(_draw(language="en").layout.xaxis.ticktext)[1] == "Dec"
    assert axis.tickangle == 0


@pytest.mark.parametrize("months", [1, 12, 13, 24, 36, 40])
def test_no_more_months_are_written_than_fit(months: int):
    axis = _draw(_year(months)).layout.xaxis
    assert len(axis.tickvals) == len(axis.ticktext)
    assert 1 <= len(axis.tickvals) <= MOST_LABELS
    assert axis.ticktext[0] == "Jan<br>2025"


def test_one_month_alone_is_drawn():
    bars, line = _draw(ROWS.head(1)).data
    assert (list(bars.y), list(line.y)) == ([1500], [5])


def test_without_months_the_chart_is_empty():
    figure = _draw(ROWS.clear())
    assert [list(trace.x) for trace in figure.data] == [[], []]
    assert title(figure) == "Temuan"
    assert "diarsir" not in subtitle(figure)


def test_bars_begin_at_zero_and_the_words_travel_with_the_figure():
    figure = _draw(language="en")
    assert figure.layout.yaxis.rangemode == "tozero"
    assert title(figure) == "Temuan"
    assert subtitle(figure).startswith("Cases a month · All · data as of 31 May 2026")
