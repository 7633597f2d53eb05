"""The five parts of a score."""

import pytest

from metrics.text import Text
from pages.figures.parts import agency_parts
from pages.figures.theme import LIGHT
from tests.figures.looks import reader, subtitle, title

LABELS = {
    "k1": Text("Kasus terbukti", "Proven cases"),
    "k2": Text("Penyelesaian", "Resolution"),
    "k3": Text("Kunjungan", "Visit"),
}
WEIGHTS = {"k1": 35, "k2": 15, "k3": 25}
VALUES = {"k1": 82.25, "k2": None, "k3": 12.0}


def _parts(values: dict = VALUES, language: str = "id"):
    return agency_parts(
        values, labels=LABELS, weights=WEIGHTS, name="Mitra Satu", context=reader(language)
    )


def test_the_parts_keep_their_order_from_the_top_with_their_weights():
    [bar] = _parts().data
    names = ["Kasus terbukti (35)", "Penyelesaian (15)", "Kunjungan (25)"]
    assert list(bar.y) == names[::-1]  # Plotly draws the last on top
    [bar] = _parts(language="en").data
    assert bar.y[-1] == "Proven cases (35)"


def test_a_part_without_data_has_words_in_the_place_of_a_bar():
    [bar] = _parts().data
    assert list(bar.x) == [12, 0, 82.25]
    assert list(bar.text) == ["12,0", "belum ada data", "82,2"]
    [bar] = _parts(language="en").data
    assert list(bar.text) == ["12.0", "no data yet", "82.2"]


def test_the_weakest_part_is_coloured():
    [bar] = _parts().data
    assert list(bar.marker.color) == [LIGHT.primary, LIGHT.ordinary, LIGHT.ordinary]


def test_a_part_of_zero_is_the_weakest_and_no_part_without_data():
    figure = _parts({"k1": 0.0, "k2": None, "k3": 12.0})
    assert title(figure) == "Unsur terlemah: Kasus terbukti"
    assert figure.data[0].text[-1] == "0,0"


@pytest.mark.parametrize(
    ("language", "found"), [("id", "Unsur terlemah: Kunjungan"), ("en", "Weakest part: Visit")]
)
def test_the_title_tells_the_finding(language: str, found: str):
    assert title(_parts(language=language)) == found


def test_without_any_data_the_title_is_the_name():
    assert title(_parts(dict.fromkeys(LABELS))) == "Mitra Satu"
    assert title(_parts({})) == "Mitra Satu"


def test_bars_begin_at_zero_and_the_subtitle_tells_the_measure():
    assert _parts().layout.xaxis.range[0] == 0
    assert subtitle(_parts()) == "Nilai tiap unsur, 0 sampai 100, dan bobotnya"
    assert subtitle(_parts(language="en")) == "Each part, 0 to 100, and its weight"
