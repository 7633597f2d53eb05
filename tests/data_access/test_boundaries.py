"""The map's shapes: what the written file promises, and the step that builds it."""

import json
import math

import numpy as np
import pytest
import shapely

from data_access.boundaries import BOX, ISO_3, PLACES, build
from data_access.settings import ASSETS

NUMBER = {letters: number for number, letters in ISO_3.items()}
FILE = ASSETS / "boundaries.geojson"


def no_constant(name):
    raise AssertionError(f"{name} is not JSON")


@pytest.fixture(scope="module")
def features():
    collection = json.loads(FILE.read_text(encoding="utf-8"), parse_constant=no_constant)
    return {feature["id"]: feature for feature in collection["features"]}


def shapes(features):
    return np.array([shapely.geometry.shape(f["geometry"]) for f in features.values()])


def exteriors(features):
    return shapely.get_exterior_ring(shapely.get_parts(shapes(features)))


def square(west, south, size=2):
    """A counter-clockwise ring, the way world-atlas does not want it on the map."""
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def topojson(path, rings):
    """A tiny world: code or name -> ring."""
    arcs = list(rings.values())
    geometries = [
        {"type": "Polygon", "arcs": [[i]], "properties": {"name": code}}
        | ({"id": NUMBER[code]} if code in NUMBER else {})
        for i, code in enumerate(rings)
    ]
    countries = {"type": "GeometryCollection", "geometries": geometries}
    world = {"type": "Topology", "objects": {"countries": countries}, "arcs": arcs}
    path.write_text(json.dumps(world), encoding="utf-8")
    return path


@pytest.fixture
def rings():
    """The 12 places in a row, the first two with a common border, one neighbour, one far land."""
    places = {code: square(30 + 4 * i, 0) for i, code in enumerate(sorted(PLACES))}
    second = sorted(PLACES)[1]
    places[second] = square(32, 0)
    return places | {
        "IDN": square(100, -14, 10),
        "USA": square(-100, 30),
        "No Code": square(60, 20),
    }


def test_written_file_holds_every_place_and_indonesia(features):
    assert features.keys() >= PLACES | {"IDN"}
    assert {code for code, f in features.items() if f["properties"]["place"]} == PLACES


def test_written_shapes_are_valid_and_fill_an_area(features):
    assert shapely.is_valid(shapes(features)).all()
    assert (shapely.area(shapely.get_parts(shapes(features))) > 0).all()


def test_written_neighbours_neither_overlap_nor_leave_slits(features):
    assert shapely.coverage_is_valid(shapes(features))


def test_written_exteriors_run_clockwise(features):
    assert not shapely.is_ccw(exteriors(features)).any()


def test_written_numbers_are_short_finite_and_in_the_box(features):
    west, south, east, north = BOX
    for x, y in shapely.get_coordinates(shapes(features)):
        assert math.isfinite(x)
        assert math.isfinite(y)
        assert west <= x <= east
        assert south <= y <= north
        assert (x, y) == (round(x, 2), round(y, 2))


def test_written_file_is_light():
    assert FILE.stat().st_size < 250_000


def test_posts_stand_in_or_beside_their_place(features):
    seats = {"HKG": (114.16, 22.28), "SGP": (103.82, 1.30), "SAU": (46.68, 24.71)}
    for code, seat in seats.items():
        shape = shapely.geometry.shape(features[code]["geometry"])
        assert shape.distance(shapely.Point(seat)) < 0.1


def test_same_source_gives_the_same_bytes(tmp_path, rings):
    source = topojson(tmp_path / "a.json", rings)
    backwards = topojson(tmp_path / "b.json", dict(reversed(rings.items())))
    assert build(source) == build(source) == build(backwards)


def test_built_exteriors_run_clockwise(tmp_path, rings):
    built = json.loads(build(topojson(tmp_path / "world.json", rings)))
    features = {feature["id"]: feature for feature in built["features"]}
    assert not shapely.is_ccw(exteriors(features)).any()
    assert shapely.coverage_is_valid(shapes(features))


def test_lands_outside_the_box_are_left_out_and_others_cut_at_it(tmp_path, rings):
    built = json.loads(build(topojson(tmp_path / "world.json", rings)))
    features = {feature["id"]: feature for feature in built["features"]}
    assert features.keys() == PLACES | {"IDN", "No Code"}
    assert shapely.geometry.shape(features["IDN"]["geometry"]).bounds == (100, -12, 110, -4)


def test_long_edges_are_divided_so_that_the_map_does_not_bend_them(tmp_path, rings):
    built = json.loads(build(topojson(tmp_path / "world.json", rings)))
    (indonesia,) = (f for f in built["features"] if f["id"] == "IDN")
    corners = np.array(indonesia["geometry"]["coordinates"][0][0])
    assert np.hypot(*np.diff(corners, axis=0).T).max() <= 4


def test_two_parts_with_one_code_become_one_shape(tmp_path, rings):
    islets = topojson(tmp_path / "world.json", rings)
    world = json.loads(islets.read_text())
    world["arcs"].append(square(120, 30))
    world["objects"]["countries"]["geometries"].append(
        {"type": "Polygon", "id": "360", "arcs": [[len(rings)]], "properties": {"name": "Islet"}}
    )
    islets.write_text(json.dumps(world))
    built = json.loads(build(islets))
    (indonesia,) = (f for f in built["features"] if f["id"] == "IDN")
    assert len(indonesia["geometry"]["coordinates"]) == 2


def test_every_missing_place_is_named(tmp_path, rings):
    few = {code: ring for code, ring in rings.items() if code not in {"HKG", "SGP"}}
    with pytest.raises(ValueError, match="no shape for HKG, SGP"):
        build(topojson(tmp_path / "world.json", few))


def test_a_place_too_small_to_draw_is_missing(tmp_path, rings):
    speck = rings | {"HKG": square(140, 30, 0.001)}
    with pytest.raises(ValueError, match="no shape for HKG"):
        build(topojson(tmp_path / "world.json", speck))
