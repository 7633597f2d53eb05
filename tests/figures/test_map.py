"""The map."""

import plotly.graph_objects as go
import polars as pl
import pytest

from data_access.reference import codes, posts
from metrics.catalogue import METRICS
from metrics.catalogue.cases import NEW_CASES
from metrics.policy.numbers import FEWEST_EVENTS
from pages.figures.map import CLASSES, SHAPES, Layer, clicked, place_map
from pages.figures.theme import DARK, LIGHT, Palette
from tests.figures.looks import contrast, measured, reader, subtitle, title

RATES = measured("place", ("SAU", 41.0, 900), ("HKG", 12.0, 1500), ("SYR", None, 0))
COUNTS = measured("post_code", ("RUH", 400.0, 400), ("JED", 100.0, 100), ("HKG", 1500.0, 1500))


def _map(
    rates: pl.DataFrame = RATES,
    counts: pl.DataFrame = COUNTS,
    language: str = "id",
    rate: str = "median_resolution_days",
    palette: Palette = LIGHT,
    overall: float | None = 23.0,
    **said: object,
) -> go.Figure:
    return place_map(
        Layer(METRICS[rate], rates),
        Layer(NEW_CASES, counts),
        posts=posts(),
        other_shapes=["IDN", "VNM"],
        context=reader(language, palette),
        overall=overall,
        **said,
    )


def _circles(figure: go.Figure) -> dict[str, dict]:
    """What is drawn at each post."""
    [trace] = figure.select_traces({"mode": "markers+text"})
    told = zip(
        trace.customdata,
        trace.text,
        trace.textfont.color,
        trace.marker.size,
        trace.marker.color,
        trace.lon,
        trace.lat,
        strict=True,
    )
    names = ("text", "ink", "size", "colour", "longitude", "latitude")
    return {data[1]: dict(zip(names, one, strict=True)) for data, *one in told}


def _colours(figure: go.Figure) -> dict[str, str]:
    """The colour of every place that is drawn in one of the classes or as without data."""
    return {
        place: trace.colorscale[0][1]
        for trace in figure.data
        if trace.type == "choropleth" and trace.customdata is not None
        for place in trace.locations
    }


def _legend(figure: go.Figure) -> dict[str, str]:
    return {trace.name: trace.marker.color for trace in figure.data if trace.showlegend}


def test_the_first_trace_makes_plotly_load_no_shapes_of_its_own():
    first = _map().data[0]
    assert first.type == "scattergeo"
    assert first.locationmode is None
    assert first.marker.opacity == 0
    assert not first.showlegend


def test_no_trace_asks_for_anything_but_our_own_shapes():
    for trace in _map().data:
        assert trace.locationmode is None
        if trace.type == "choropleth":
            assert trace.geojson == SHAPES
    assert SHAPES.startswith("/assets/")
    assert _map().layout.geo.visible is False


def test_the_other_countries_are_land_without_a_word():
    land = _map().data[1]
    assert list(land.locations) == ["IDN", "VNM"]
    assert land.hoverinfo == "skip"
    assert {colour for _, colour in land.colorscale} == {LIGHT.mist}


def test_a_place_wears_the_colour_of_its_class_and_of_no_data():
    assert _colours(_map()) == {
        "HKG": LIGHT.classes[0],
        "SAU": LIGHT.classes[2],
        "SYR": LIGHT.no_data,
    }


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_value_of_fewer_than_ten_wears_the_colour_of_no_data(palette: Palette):
    assert FEWEST_EVENTS.value == 10
    rates = measured("place", ("SAU", 41.0, 9), ("HKG", 41.0, 10), ("SYR", 41.0, None))
    figure = _map(rates, palette=palette)
    assert _colours(figure) == {
        "SAU": palette.no_data,
        "HKG": palette.classes[2],
        "SYR": palette.no_data,
    }
    circles = _circles(figure)
    assert circles["RUH"]["colour"] == circles["DAM"]["colour"] == palette.no_data
    assert circles["HKG"]["colour"] == palette.classes[2]
    assert circles["RUH"]["text"] == "400"  # a count is told whatever it is


def test_a_value_without_a_colour_is_still_told():
    [data] = _points(_map(measured("place", ("SAU", 41.0, 9))), "SAU")
    assert data["customdata"] == ["place", "SAU", "Arab Saudi", "41 hari", "9"]


@pytest.mark.parametrize("rate", CLASSES)
def test_a_value_equal_to_a_bound_belongs_to_the_lower_class(rate: str):
    bounds = CLASSES[rate]
    places = codes("place")
    on = measured("place", *((p, b, 10) for p, b in zip(places, bounds, strict=False)))
    over = on.with_columns(pl.col("value") * 1.001)
    assert list(_colours(_map(on, rate=rate)).values()) == list(LIGHT.classes[:4])
    assert list(_colours(_map(over, rate=rate)).values()) == list(LIGHT.classes[1:])


@pytest.mark.parametrize("rate", CLASSES)
def test_every_measure_of_the_map_has_four_rising_bounds(rate: str):
    bounds = CLASSES[rate]
    assert len(bounds) == len(LIGHT.classes) - 1
    assert list(bounds) == sorted(set(bounds))
    assert METRICS[rate].name == rate


def test_the_legend_tells_every_class_in_the_readers_language():
    assert list(_legend(_map())) == [
        "sampai 15",
        "15 sampai 30",
        "30 sampai 60",
        "60 sampai 120",
        "di atas 120",
        "tidak ada data, atau n terlalu kecil",
    ]
    assert list(_legend(_map(language="en", rate="cases_per_1000"))) == [
        "up to 0.5",
        "0.5 to 1",
        "1 to 2",
        "2 to 5",
        "over 5",
        "no data, or n too small",
    ]
    assert next(iter(_legend(_map(rate="on_time_share")))) == "sampai 40%"
    assert tuple(_legend(_map()).values()) == (*LIGHT.classes, LIGHT.no_data)


def test_where_every_place_has_data_the_legend_does_not_speak_of_missing_data():
    assert not any("data" in words for words in _legend(_map(RATES.drop_nulls("value"))))


def test_every_post_has_a_circle_where_it_stands():
    circles = _circles(_map())
    assert list(circles) == posts()["post_code"].to_list()
    assert circles["RUH"]["longitude"] == 46.68
    assert circles["RUH"]["latitude"] == 24.71


def test_a_circle_tells_its_count_and_a_dash_for_a_silent_post():
    circles = _circles(_map())
    assert circles["HKG"]["text"] == "1.500"
    assert circles["DAM"]["text"] == "–"
    assert _circles(_map(language="en"))["HKG"]["text"] == "1,500"


def test_a_circle_grows_with_the_square_root_of_the_count():
    circles = _circles(_map())
    least, most = circles["DAM"]["size"], circles["HKG"]["size"]
    assert (least, most) == (24, 46)
    # A quarter of the cases: half of the way from the smallest to the largest circle.
    assert circles["RUH"]["size"] - least == pytest.approx(2 * (circles["JED"]["size"] - least))
    small = _circles(_map(small=True))
    assert (small["DAM"]["size"], small["HKG"]["size"]) == (18, 28)


def test_a_circle_wears_the_colour_of_its_place():
    circles = _circles(_map())
    assert circles["RUH"]["colour"] == circles["JED"]["colour"] == LIGHT.classes[2]
    assert circles["HKG"]["colour"] == LIGHT.classes[0]
    assert circles["DAM"]["colour"] == circles["SEL"]["colour"] == LIGHT.no_data


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("value", [None, 1.0, 20.0, 40.0, 80.0, 900.0])
def test_the_number_can_be_read_in_its_circle(value: float | None, palette: Palette):
    circle = _circles(_map(measured("place", ("HKG", value, 99)), palette=palette))["HKG"]
    assert contrast(circle["ink"], circle["colour"]) >= 4.5


def test_the_chosen_place_has_a_thick_edge():
    def widths(figure: go.Figure) -> dict[str, float]:
        return {
            place: width
            for trace in figure.data
            if trace.type == "choropleth" and trace.customdata is not None
            for place, width in zip(trace.locations, trace.marker.line.width, strict=True)
        }

    assert len(set(widths(_map()).values())) == 1
    chosen = widths(_map(highlight="SAU"))
    assert chosen["SAU"] > chosen["HKG"] == chosen["SYR"]


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("id", "Waktu penyelesaian (median): keseluruhan 23 hari"),
        ("en", "Resolution time (median): 23 days overall"),
    ],
)
def test_the_title_tells_the_overall_value_and_ranks_no_place(language: str, found: str):
    assert title(_map(language=language)) == found
    assert title(_map(RATES.head(1), language=language)) == found


def test_the_overall_value_must_be_given():
    with pytest.raises(TypeError, match="overall"):
        place_map(
            Layer(METRICS["fill_rate"], RATES),
            Layer(NEW_CASES, COUNTS),
            posts=posts(),
            other_shapes=[],
            context=reader(),
        )


def test_the_subtitle_tells_what_the_colour_and_the_circles_are():
    assert subtitle(_map()).startswith("Waktu penyelesaian (median) (hari) · ")
    assert subtitle(_map()).endswith(" · lingkaran: Kasus masuk, menurut pos")
    assert subtitle(_map(language="en")).endswith(" · circles: New cases, by post")


@pytest.mark.parametrize(
    "rates", [RATES.clear(), RATES.filter(pl.col("value").is_null())], ids=["no rows", "silent"]
)
def test_of_nothing_the_title_says_so_and_every_circle_is_without_data(rates: pl.DataFrame):
    figure = _map(rates, COUNTS.clear(), overall=None)
    assert title(figure) == "Belum ada data untuk pilihan ini"
    assert title(_map(rates, language="en", overall=None)) == "No data for this selection yet"
    circles = _circles(figure)
    assert len(circles) == 13
    assert {circle["text"] for circle in circles.values()} == {"–"}
    assert {circle["colour"] for circle in circles.values()} == {LIGHT.no_data}


def test_a_small_screen_gets_a_flatter_map():
    assert _map(small=True).layout.height < _map().layout.height


def test_codes_may_come_as_a_fixed_list():
    rates = RATES.cast({"place": pl.Enum(codes("place"))})
    counts = COUNTS.cast({"post_code": pl.Enum(codes("post"))})
    assert _circles(_map(rates, counts)) == _circles(_map())


def _points(figure: go.Figure, code: str) -> list[dict]:
    """What a click on the mark of a place or post reports."""
    for trace in figure.data:
        for data in trace.customdata if trace.customdata is not None else ():
            if data[1] == code:
                return [{"point_index": 0, "customdata": list(data)}]
    raise AssertionError(code)


def test_a_click_on_a_place_a_post_and_the_sea():
    figure = _map()
    assert clicked(_points(figure, "SAU")) == ("place", "SAU")
    assert clicked(_points(figure, "RUH")) == ("post", "RUH")
    assert clicked(_points(figure, "SYR")) == ("place", "SYR")
    assert clicked([]) is None
    assert clicked([{"point_index": 0}]) is None
    assert clicked([{"customdata": None}]) is None
    assert clicked([{"customdata": ["something", "else"]}]) is None


def test_a_click_that_hits_land_and_post_is_the_post():
    assert clicked([{"customdata": None}, {"customdata": ["post", "RUH"]}]) == ("post", "RUH")
