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
def test_what_differs_from_the_overall_value_is_dark_and_never_good_or_bad(
    better: str, palette: Palette
):
    metric = replace(MEDIAN_RESOLUTION_DAYS, better=better)
    assert _colours(_draw(metric=metric, palette=palette)) == {
        "Amman": palette.ink,
        "Damaskus": palette.ordinary,
        "Doha": palette.ordinary,
        "Hong Kong": palette.ink,
        "Riyadh": palette.ink,
    }


def test_an_interval_that_ends_on_the_overall_value_holds_it():
    rows = measured("post_code", ("RUH", 60.0, 9, 40.0, 70.0), ("HKG", 12.0, 9, 10.0, 40.0))
    assert set(_colours(_draw(rows)).values()) == {LIGHT.ordinary}


def test_without_an_overall_value_nothing_is_coloured_and_no_line_drawn():
    figure = _draw(overall=None)
    assert set(_colours(figure).values()) == {LIGHT.ordinary}
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
    assert _colours(figure)["Riyadh"] == LIGHT.ink
    assert title(figure) == "Riyadh: di bawah angka keseluruhan 50,0%"


@pytest.mark.parametrize(
    ("kept", "indonesian", "english"),
    [
        (
            ["RUH", "HKG", "AMM"],
            "Hong Kong: di bawah 40 hari; Amman, Riyadh: di atas",
            "Hong Kong: below 40 days; Amman, Riyadh: above",
        ),
        (
            ["RUH", "DOH"],
            "Riyadh: di atas angka keseluruhan 40 hari",
            "Riyadh: above the overall figure of 40 days",
        ),
        (
            ["HKG", "DOH"],
            "Hong Kong: di bawah angka keseluruhan 40 hari",
            "Hong Kong: below the overall figure of 40 days",
        ),
        (
            ["DOH", "DAM"],
            "Tidak ada perbedaan yang melampaui variasi biasa (keseluruhan 40 hari)",
            "No difference beyond ordinary variation (overall 40 days)",
        ),
    ],
)
def test_the_title_tells_the_finding(kept: list[str], indonesian: str, english: str):
    rows = ROWS.filter(pl.col("post_code").is_in(kept))
    assert title(_draw(rows)) == indonesian
    assert title(_draw(rows, language="en")) == english


@pytest.mark.parametrize(
    "said",
    [
        {"compare": False},
        {"metric": replace(MEDIAN_RESOLUTION_DAYS, comparison="untested")},
        {"metric": replace(MEDIAN_RESOLUTION_DAYS, comparison="none")},
        {"rows": ROWS.with_columns(lower=None, upper=None).cast(ROWS.schema)},
    ],
    ids=["not to be compared", "untested", "none", "no intervals"],
)
def test_where_groups_are_not_judged_the_title_names_none(said: dict):
    assert title(_draw(**said)) == "Keseluruhan 40 hari; perbedaan antarkelompok tidak dinilai"
    assert title(_draw(language="en", **said)) == (
        "Overall 40 days; differences between the groups are not judged"
    )


def test_without_an_overall_value_there_is_nothing_to_judge_by():
    assert title(_draw(overall=None, compare=False)) == "Data belum cukup"


def test_of_many_names_the_title_tells_two_and_how_many_more():
    above = [(post, 60.0, 9, 50.0, 70.0) for post in ("RUH", "JED", "KWI", "DOH")]
    rows = measured("post_code", *above)
    assert title(_draw(rows)).startswith("Doha, Jeddah dan 2 lainnya: di atas")
    assert title(_draw(rows, language="en")).startswith("Doha, Jeddah and 2 more: above")


def test_the_title_tells_a_long_name_in_one_line():
    rows = measured("sector_code", ("PER", 60.0, 9, 50.0, 70.0))
    figure = _draw(rows, code_list="sector")
    assert title(figure).startswith("Pertanian, perkebunan, peternakan & perikanan: di atas")
    assert "<br>" in _dots(figure).y[0]


def test_a_group_without_a_code_is_not_drawn():
    rows = measured("sector_code", (None, 60.0, 9, 50.0, 70.0), ("DOM", 41.0, 9, 30.0, 50.0))
    assert list(_dots(_draw(rows, code_list="sector")).y) == ["Pekerja domestik"]


def test_of_nothing_the_title_says_so():
    empty = _draw(ROWS.clear(), overall=None)
    assert title(empty) == "Data belum cukup"
    assert list(_dots(empty).y) == []
    assert title(_draw(ROWS.clear(), overall=None, language="en")) == "Not enough data yet"


def test_zero_alone_is_drawn():
    rows = measured("post_code", ("RUH", 0.0, 9, 0.0, 0.0))
    assert list(_dots(_draw(rows, overall=0.0)).x) == [0]


def test_the_subtitle_says_how_to_read_the_chart_and_what_is_not_adjusted_for():
    assert subtitle(_draw()).endswith(
        " · titik: nilai; garis: rentang kepastian 95%; n di kanan; "
        "belum disesuaikan dengan jenis kasus"
    )
    assert subtitle(_draw(language="en")).endswith(
        " · dot: value; line: 95% interval; n on the right; "
        "not yet adjusted for the mix of case types"
    )


def test_on_a_phone_the_notes_are_shorter_and_leave_room_for_the_dots():
    wide, phone = _draw(), _draw(small=True)
    assert texts(phone)[::-1] == ["belum tercapai", "data belum cukup", "45", "12", "60"]
    assert (wide.layout.margin.r, phone.layout.margin.r) == (140, 96)
    assert (wide.layout.xaxis.nticks, phone.layout.xaxis.nticks) == (None, 3)
    assert wide.layout.xaxis.tickangle == phone.layout.xaxis.tickangle == 0
    assert _colours(phone) == _colours(wide)
    assert title(phone) == title(wide)
