"""Country shapes for the map: the step that builds assets/boundaries.geojson.

The only file that knows GeoPandas. It runs by hand; the app serves the written file as it is.

Source: Natural Earth 4.1 (public domain), scale 1:50m, as TopoJSON in the npm package
`world-atlas`, version 2.0.2 (package: ISC licence). To build again, in an empty folder:

    npm install world-atlas@2.0.2
    python -m data_access.boundaries node_modules/world-atlas/countries-50m.json

`countries-10m.json` works too, but the file grows by half and small places gain little on a map
of half a continent.

Borders are drawn as the source draws them, not as Indonesia or any party recognises them, and
the file carries no names, only codes. Disputed lines (Kashmir and Siachen, Northern Cyprus,
Somaliland, Palestine, the South China Sea) and the way Taiwan is shown need the directorate's
review before the map is published.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from data_access.settings import ASSETS

PLACES = {"HKG", "MYS", "SGP", "KOR", "BRN", "SAU", "KWT", "QAT", "ARE", "TWN", "SYR", "JOR"}
BOX = (26, -12, 146, 46)  # west, south, east, north: the 12 places with their neighbours
TOLERANCE = 0.04  # degrees: leaves Hong Kong some 20 corners; finer passes 250 KB
DIGITS = 2  # about a kilometre, a tenth of a pixel on a map 1200 wide
LONGEST_EDGE = 4.0  # degrees; the map bends longer edges into great circles, far off the parallel

# ISO 3166 number and letters of every country that touches the box.
ISO_3 = dict(
    re.findall(
        r"(\d{3})([A-Z]{3})",
        """
        004AFG 031AZE 036AUS 048BHR 050BGD 051ARM 064BTN 086IOT 096BRN 100BGR 104MMR 108BDI 116KHM
        140CAF 144LKA 156CHN 158TWN 174COM 180COD 196CYP 231ETH 232ERI 260ATF 262DJI 268GEO 275PSE
        300GRC 316GUM 344HKG 356IND 360IDN 364IRN 368IRQ 376ISR 392JPN 398KAZ 400JOR 404KEN 408PRK
        410KOR 414KWT 417KGZ 418LAO 422LBN 446MAC 450MDG 454MWI 458MYS 462MDV 480MUS 496MNG 498MDA
        508MOZ 512OMN 524NPL 580MNP 583FSM 585PLW 586PAK 598PNG 608PHL 626TLS 634QAT 642ROU 643RUS
        646RWA 682SAU 690SYC 702SGP 704VNM 706SOM 728SSD 729SDN 760SYR 762TJK 764THA 784ARE 792TUR
        795TKM 800UGA 804UKR 818EGY 834TZA 860UZB 887YEM 894ZMB
        """,
    )
)


def build(topojson: Path) -> str:
    """Return the GeoJSON text of a world-atlas file; the same file gives the same text.

    Each feature has `id`, the ISO-3 code (an area without one keeps the name in the source), and
    the property `place`, true for the 12 places. Raises ValueError naming every missing place.
    """
    countries = gpd.read_file(topojson, layer="countries").set_crs(4326)
    codes = countries["id"].map(ISO_3).fillna(countries["name"])
    shapes = _polygons(shapely.intersection(countries.make_valid().values, shapely.box(*BOX)))
    in_box = ~shapely.is_empty(shapes)
    # One shape a code: the source lists some far islands apart from their country.
    clipped = gpd.GeoDataFrame({"code": codes[in_box]}, geometry=shapes[in_box], crs=4326)
    clipped = clipped.dissolve("code")  # also sorts by code, so that the order never varies

    # Neighbours are simplified together: a common border stays common, without slits or overlaps.
    shapes = shapely.coverage_simplify(clipped.geometry.values, TOLERANCE)
    shapes = shapely.segmentize(shapes, LONGEST_EDGE)
    # Rounding may press a ring flat, and the map would paint a flat ring over the whole world.
    shapes = _polygons(shapely.set_precision(shapes, 10.0**-DIGITS))
    # Plotly takes a counter-clockwise exterior for everything outside the country.
    shapes = shapely.orient_polygons(shapes, exterior_cw=True)

    drawn = {
        code: shape for code, shape in zip(clipped.index, shapes, strict=True) if not shape.is_empty
    }
    if missing := sorted(PLACES - drawn.keys()):
        raise ValueError(
            f"{topojson} gives no shape for {', '.join(missing)}. "
            "Use countries-50m.json or countries-10m.json of world-atlas 2.0.2, not 110m."
        )
    features = [_feature(code, shape) for code, shape in drawn.items()]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, separators=(",", ":"), allow_nan=False) + "\n"


def _polygons(shapes: np.ndarray) -> np.ndarray:
    """Return the shapes as multipolygons, without the lines and points that clipping leaves."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    while (shapely.get_type_id(parts) > 3).any():  # a collection may hold multipolygons
        parts, inner = shapely.get_parts(parts, return_index=True)
        owner = owner[inner]
    areal = shapely.area(parts) > 0
    return np.array(
        [shapely.multipolygons(parts[areal & (owner == i)]) for i in range(len(shapes))],
        dtype=object,
    )


def _feature(code: str, shape: shapely.Geometry) -> dict[str, Any]:
    """Return one GeoJSON feature, its coordinates rounded to DIGITS."""
    polygons = shapely.geometry.mapping(shape)["coordinates"]
    rounded = [
        [[[round(x, DIGITS), round(y, DIGITS)] for x, y in ring] for ring in polygon]
        for polygon in polygons
    ]
    return {
        "type": "Feature",
        "id": code,
        "properties": {"place": code in PLACES},
        "geometry": {"type": "MultiPolygon", "coordinates": rounded},
    }


if __name__ == "__main__":
    (ASSETS / "boundaries.geojson").write_text(build(Path(sys.argv[1])), encoding="utf-8")
