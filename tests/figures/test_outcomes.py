"""In which way cases end."""

import polars as pl

from metrics.outcomes import WAYS
from pages.figures.outcomes import WORDS, ways_of_ending
from pages.figures.theme import DARK, LIGHT
from tests.figures.looks import reader, subtitle, title

CURVES = pl.DataFrame(
    {
        "days": [10, 10, 80, 80, 400, 400],
        "cause": ["resolved", "withdrawn"] * 3,
        "incidence": [0.2, 0.0, 0.6, 0.1, 0.8, 0.2],
    }
)


def test_every_way_of_ending_has_its_words():
    assert set(WORDS) == set(WAYS)


def test_the_title_tells_what_became_of_them_after_90_days():
    assert title(ways_of_ending(CURVES, context=reader())) == (
        "Setelah 90 hari 60,0% selesai, 10,0% ditutup tanpa penyelesaian, 30,0% masih terbuka"
    )
    assert "60.0% are resolved" in title(ways_of_ending(CURVES, context=reader("en")))


def test_only_ways_that_occur_are_drawn_from_nothing_on():
    figure = ways_of_ending(CURVES, context=reader())
    assert [area.name for area in figure.data] == ["selesai", "dicabut"]
    assert all(area.x[0] == 0 and area.y[0] == 0 for area in figure.data)
    assert max(figure.data[0].x) <= 365
    assert "ikut dihitung" in subtitle(figure)


def test_resolved_stands_out_from_what_is_no_result():
    for palette in (LIGHT, DARK):
        figure = ways_of_ending(CURVES, context=reader(palette=palette))
        assert figure.data[0].fillcolor == palette.primary
        assert figure.data[1].fillcolor != palette.primary
