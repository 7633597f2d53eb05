"""Dots with their intervals."""

from dataclasses import replace

import plotly.graph_objects as go
import polars as pl
import pytest

from metrics.catalogue.resolution import MEDIAN_RESOLUTION_DAYS, ON_TIME_SHARE
from metrics.metric import Metric
from pages.figures.intervals import intervals
from pages.figures.theme import DARK, LIGHT, Palette
from tests.figures.looks import measured, reader, subtitle, texts, title

ROWS = measured(
    "post_code",
    ("RUH", 60.0, 400, 50.0, 70.0),  # above 40
    ("HKG", 12.0, 1500, 10.0, 14.0),  # below
    ("DOH", 45.0, 30, 35.0, 55.0),  # around
    ("DAM", None, 4, None, None),  # too few
    ("AMM", None, 20, 80.0, None),  # above, and half is not reached
)
TOP_DOWN = ["Amman", "Damaskus", "Doha", "Hong Kong", "Riyadh"]


def _draw(
    rows: pl.DataFrame = ROWS,
    overall: float | None = 40.0,
    metric: Metric = MEDIAN_RESOLUTION_DAYS,
    language: str = "id",
    code_list: str = "post",
    palette: Palette = LIGHT,
    *,
    small: bool = False,
    **said: object,
) -> go.Figure:
    return intervals(
        rows,
        overall=overall,
        metric=metric,
        code_list=code_list,
        context=reader(language, palette, small=small),
        **said,
    )


def _dots(figure: go.Figure) -> go.Scatter:
    [dots] = [trace for trace in figure.data if trace.mode == "markers"]
    return dots


def _lines(figure: go.Figure) -> dict[str, tuple]:
    [lines] = [trace for trace in figure.data if trace.mode == "lines"]
    return {
        lines.y[i]: lines.x[i : i + 2] for i in range(0, len(lines.y), 3) if lines.x[i] is not None
    }


def _colours(figure: go.Figure) -> dict[str, str]:
    dots = _dots(figure)
    return dict(zip(dots.y, dots.marker.color, strict=True))


def test_groups_stand_in_alphabetical_order_and_not_by_value():
    figure = _draw()
    assert list(_dots(figure).y) == TOP_DOWN[::-1]  # Plotly draws the last on top
    assert list(figure.layout.yaxis.categoryarray) == TOP_DOWN[::-1]


def test_each_interval_is_a_line_from_limit_to_limit():
    lines = _lines(_draw())
    assert lines["Riyadh"] == (50, 70)
    assert lines["Hong Kong"] == (10, 14)
    assert "Damaskus" not in lines


def test_all_intervals_are_one_trace_with_gaps_between_them():
    figure = _draw()
    [lines] = [trace for trace in figure.data if trace.mode == "lines"]
    edge = figure.layout.xaxis.range[1]
    known = [50, 70, None, 10, 14, None, 35, 55, None], [80, edge, None]
    assert list(lines.x) == [*known[0], None, None, None, *known[1]]
    assert list(lines.y) == [name for name in TOP_DOWN[::-1] for _ in range(3)]
    assert not lines.connectgaps
    assert lines.line.color == LIGHT.ordinary


def test_a_limit_that_is_not_reached_goes_to_the_edge():
    figure = _draw()
    start, end = _lines(figure)["Amman"]
    assert start == 80
    assert end == figure.layout.xaxis.range[1] > 80


def test_the_axis_begins_just_before_zero_and_ends_beyond_all_that_is_drawn():
    only = measured("post_code", ("RUH", 60.0, 400, 50.0, None))
    figure = _draw(only, overall=200.0)
    first, last = figure.layout.xaxis.range
    assert -0.05 * last < first < 0  # so that a dot at zero is whole
    assert last > 200
    assert _lines(figure)["Riyadh"] == (50, last)


def test_a_dot_is_drawn_where_there_is_a_value():
    dots = _dots(_draw())
    assert dict(zip(dots.y, dots.x, strict=True)) == {
        "Amman": None,
        "Damaskus": None,
        "Doha": 45,
        "Hong Kong": 12,
        "Riyadh": 60,
    }
    assert [one[0] for one in dots.customdata] == ["RUH", "HKG", "DOH", "DAM", "AMM"]


def test_beside_each_dot_stand_its_value_and_n():
    assert texts(_draw())[::-1] == [
        "belum tercapai · n 20",
        "data belum cukup · n 4",
        "45 · n 30",
        "12 · n 1.500",
        "60 · n 400",
    ]
    assert texts(_draw(language="en"))[::-1][:2] == ["not reached · n 20", "too few data · n 4"]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("better", ["lower", "higher", "neither"])
def test_no_colour_says_good_or_bad_or_different(better: str, palette: Palette):
    metric = replace(MEDIAN_RESOLUTION_DAYS, better=better)
    assert _colours(_draw(metric=metric, palette=palette)) == dict.fromkeys(
        TOP_DOWN, palette.ordinary
    )


def test_without_an_overall_value_no_line_is_drawn():
    figure = _draw(overall=None)
    assert not figure.layout.shapes


def test_the_overall_value_is_a_line_across():
    [line] = _draw().layout.shapes
    assert (line.x0, line.x1, line.y0, line.y1) == (40, 40, 0, 1)


def test_the_chosen_group_wears_the_colour_of_the_chosen():
    for chosen, name in (("RUH", "Riyadh"), ("DOH", "Doha")):
        colours = _colours(_draw(highlight=chosen))
        assert colours == _colours(_draw()) | {name: LIGHT.primary}


def test_shares_are_drawn_and_told_in_per_cent():
    rows = measured("post_code", ("RUH", 0.25, 40, 0.125, 0.375))
    figure = _draw(rows, overall=0.5, metric=ON_TIME_SHARE)
    assert list(_dots(figure).x) == [25]
    assert _lines(figure)["Riyadh"] == (12.5, 37.5)
    assert figure.layout.shapes[0].x0 == 50
    assert figure.layout.xaxis.ticksuffix == "%"
    assert texts(figure) == ["25,0% · n 40"]
    assert title(figure) == "Berakhir tepat waktu: keseluruhan 50,0%"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"highlight": "RUH"},
        {"rows": ROWS.filter(pl.col("post_code") == "RUH")},
        {"rows": ROWS.filter(pl.col("post_code") == "HKG")},
        {"rows": ROWS.with_columns(lower=None, upper=None).cast(ROWS.schema)},
        {"metric": replace(MEDIAN_RESOLUTION_DAYS, comparison="untested")},
        {"metric": replace(MEDIAN_RESOLUTION_DAYS, comparison="none")},
    ],
    ids=["all", "chosen", "one above", "one below", "no intervals", "untested", "none"],
)
def test_the_title_tells_the_overall_value_and_never_names_a_post(said: dict):
    label = MEDIAN_RESOLUTION_DAYS.label
    assert title(_draw(**said)) == f"{label.indonesian}: keseluruhan 40 hari"
    assert title(_draw(language="en", **said)) == f"{label.english}: overall 40 days"


def test_a_group_without_a_code_is_not_drawn():
    rows = measured("sector_code", (None, 60.0, 9, 50.0, 70.0), ("DOM", 41.0, 9, 30.0, 50.0))
    assert list(_dots(_draw(rows, code_list="sector")).y) == ["Pekerja domestik"]


def test_of_nothing_the_title_says_so():
    empty = _draw(ROWS.clear(), overall=None)
    assert title(empty) == "Data belum cukup"
    assert list(_dots(empty).y) == []
    assert title(_draw(ROWS.clear(), overall=None, language="en")) == "Not enough data yet"


def test_where_nothing_is_drawn_there_is_no_axis():
    unknown = measured("post_code", ("RUH", None, 0, None, None))
    assert _draw(unknown, overall=None).layout.xaxis.visible is False
    assert _draw().layout.xaxis.visible is True


def test_zero_alone_is_drawn():
    rows = measured("post_code", ("RUH", 0.0, 9, 0.0, 0.0))
    assert list(_dots(_draw(rows, overall=0.0)).x) == [0]


def test_the_subtitle_says_how_to_read_the_chart_and_where_posts_are_compared_fairly():
    assert subtitle(_draw()).endswith(
        " · titik: nilai; garis: rentang kepastian 95%; n di kanan; "
        "perbandingan yang adil antarpos: gambar yang disesuaikan dengan jenis kasus"
    )
    assert subtitle(_draw(language="en")).endswith(
        " · dot: value; line: 95% interval; n on the right; "
        "for a fair comparison of posts see the figure adjusted for the mix of cases"
    )


@pytest.mark.parametrize(
    "said",
    [
        {"rows": measured("sector_code", ("DOM", 41.0, 9, 30.0, 50.0)), "code_list": "sector"},
        {"metric": replace(MEDIAN_RESOLUTION_DAYS, comparison="none")},
        {"metric": replace(MEDIAN_RESOLUTION_DAYS, time_base="stock")},
    ],
    ids=["not of posts", "not tested", "not of cases"],
)
def test_no_fair_comparison_is_promised_where_there_is_none(said: dict):
    assert subtitle(_draw(**said)).endswith(
        " · titik: nilai; garis: rentang kepastian 95%; n di kanan"
    )
    assert subtitle(_draw(language="en", **said)).endswith("95% interval; n on the right")


def test_without_any_interval_the_subtitle_speaks_of_dots_only():
    bare = ROWS.with_columns(lower=None, upper=None).cast(ROWS.schema)
    assert subtitle(_draw(bare)).endswith(" · titik: nilai; n di kanan")
    assert subtitle(_draw(bare, language="en")).endswith(" · dot: value; n on the right")


def test_on_a_phone_the_notes_are_shorter_and_leave_room_for_the_dots():
    wide, phone = _draw(), _draw(small=True)
    assert texts(phone)[::-1] == ["belum tercapai", "data belum cukup", "45", "12", "60"]
    assert (wide.layout.margin.r, phone.layout.margin.r) == (140, 96)
    assert (wide.layout.xaxis.nticks, phone.layout.xaxis.nticks) == (None, 3)
    assert wide.layout.xaxis.tickangle == phone.layout.xaxis.tickangle == 0
    assert _colours(phone) == _colours(wide)
    assert title(phone) == title(wide)
