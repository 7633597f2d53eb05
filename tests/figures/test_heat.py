"""The table of colours."""

import polars as pl
import pytest

from metrics.catalogue.demand import VERIFIED_VACANCIES
from pages.figures.heat import heat
from pages.figures.theme import DARK, LIGHT, Palette
from tests.figures.looks import contrast, measured, reader, subtitle, title

BY = ("sector_code", "place")
ROWS = measured(
    BY,
    ("DOM", "HKG", 1500.0, 1500),
    ("DOM", "SAU", 10.0, 10),
    ("KES", "SAU", 20.0, 20),
    ("KES", "HKG", 0.0, 0),
    (None, "HKG", 9000.0, 9000),
).cast({"sector_code": pl.Enum(["KES", "DOM"]), "place": pl.Enum(["SAU", "HKG"])})


def _heat(rows: pl.DataFrame, language: str = "id", palette: Palette = LIGHT):
    context = reader(language, palette)
    return heat(rows, metric=VERIFIED_VACANCIES, lists=("sector", "place"), context=context)


def test_rows_and_columns_stand_in_the_order_of_their_lists():
    [table] = _heat(ROWS).data
    assert list(table.y) == ["Pekerja domestik", "Kesehatan & perawatan"]  # the last is on top
    assert list(table.x) == ["Arab<br>Saudi", "Hong<br>Kong"]


def test_each_cell_has_its_number_and_an_absent_pair_is_empty():
    [table] = _heat(ROWS).data
    assert [list(line) for line in table.z] == [[10, 1500], [20, None]]
    assert [list(line) for line in table.text] == [["10", "1.500"], ["20", ""]]
    [table] = _heat(ROWS, "en").data
    assert table.text[0][1] == "1,500"


def test_the_numbers_stand_in_the_cells_also_on_a_phone():
    for small in (False, True):
        context = reader(small=small)
        lists = ("sector", "place")
        figure = heat(ROWS, metric=VERIFIED_VACANCIES, lists=lists, context=context)
        assert figure.data[0].texttemplate == "%{text}"
        assert figure.layout.xaxis.tickangle == 0


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_numbers_can_be_read_on_the_strongest_cell(palette: Palette):
    [table] = _heat(ROWS, palette=palette).data
    for _, ground in table.colorscale:
        assert contrast(table.textfont.color, ground) >= 4.5


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("id", "Lowongan disahkan, paling banyak: Pekerja domestik di Hong Kong (1.500 lowongan)"),
        ("en", "Verified vacancies, the most: Domestic work in Hong Kong (1,500 vacancies)"),
    ],
)
def test_the_title_tells_the_finding(language: str, found: str):
    assert title(_heat(ROWS, language)) == found


def test_labels_are_not_slanted_and_the_subtitle_tells_the_measure():
    figure = _heat(ROWS)
    assert figure.layout.xaxis.tickangle == 0
    assert subtitle(figure).startswith("Lowongan disahkan · ")


@pytest.mark.parametrize(
    "rows", [ROWS.clear(), ROWS.filter(pl.col("value") == 0), measured(BY)], ids=str
)
def test_of_nothing_the_title_says_so(rows: pl.DataFrame):
    assert title(_heat(rows)) == "Tidak ada yang tercatat"
    assert title(_heat(rows, "en")) == "None on record"
