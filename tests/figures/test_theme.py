"""The colours can be read, and every chart wears the same dress."""

import tomllib
from pathlib import Path

import plotly.graph_objects as go
import pytest

from data_access.reference import codes
from pages.figures.theme import DARK, FONT, LIGHT, SECTORS, Palette, dress
from tests.figures.looks import contrast

THEME = tomllib.loads(
    (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)["theme"]
BOTH = pytest.mark.parametrize(
    ("palette", "streamlit"),
    [(LIGHT, THEME["light"]), (DARK, THEME["dark"])],
    ids=["light", "dark"],
)


def test_the_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@BOTH
def test_words_can_be_read(palette: Palette, streamlit: dict):
    words = {role: getattr(palette, role) for role in ("ink", "mute", "primary", "improvement")}
    words |= {role: streamlit[role] for role in ("orangeTextColor", "blueTextColor")}
    faint = {role for role, colour in words.items() if contrast(colour, palette.paper) < 4.5}
    assert not faint


@BOTH
def test_ink_and_mute_can_be_read_on_mist(palette: Palette, streamlit: dict):
    for words in (palette.ink, palette.mute, streamlit["orangeTextColor"]):
        assert contrast(words, palette.mist) >= 4.5


@BOTH
def test_marks_stand_out_from_the_paper(palette: Palette, streamlit: dict):
    marks = ("primary", "ordinary", "improvement", "concern", "attention")
    faint = {m for m in marks if contrast(getattr(palette, m), palette.paper) < 3}
    assert not faint


@BOTH
def test_numbers_can_be_read_on_every_class_and_on_no_data(palette: Palette, streamlit: dict):
    for of, colour in enumerate(palette.classes):
        assert contrast(palette.on_class(of), colour) >= 4.5, (of, colour)
    assert contrast(palette.on_class(None), palette.no_data) >= 4.5
    for ground in (palette.mist, palette.strongest_under_ink):
        assert contrast(palette.ink, ground) >= 4.5


@BOTH
def test_the_classes_go_from_faint_to_strong(palette: Palette, streamlit: dict):
    strengths = [contrast(colour, palette.paper) for colour in palette.classes]
    assert len(strengths) == 5
    assert strengths == sorted(strengths)
    assert all(b / a > 1.25 for a, b in zip(strengths, strengths[1:], strict=False))


@BOTH
def test_charts_and_page_have_the_same_colours(palette: Palette, streamlit: dict):
    roles = {
        "ink": "textColor",
        "mute": "grayTextColor",
        "paper": "backgroundColor",
        "mist": "secondaryBackgroundColor",
        "line": "borderColor",
        "primary": "primaryColor",
        "improvement": "blueColor",
        "concern": "orangeColor",
    }
    assert {role: getattr(palette, role) for role in roles} == {
        role: streamlit[name] for role, name in roles.items()
    }


def test_every_sector_has_a_colour_of_its_own():
    assert list(SECTORS) == codes("sector")
    assert len(set(SECTORS.values())) == len(SECTORS)


@pytest.mark.parametrize(("language", "separators"), [("id", ",."), ("en", ".,")])
def test_a_dressed_figure_carries_its_words_and_writes_numbers_as_the_language(
    language: str, separators: str
):
    figure = go.Figure(go.Bar(x=["a"], y=[1]))
    dressed = dress(
        figure, title="Temuan", subtitle="Ukuran", language=language, palette=DARK, height=99
    )
    assert dressed is figure
    layout = dressed.layout
    assert layout.meta == {"title": "Temuan", "subtitle": "Ukuran"}
    assert layout.title.text is None  # the screen writes it, so that it wraps
    assert layout.template.layout.separators == separators
    assert layout.height == 99
    common = layout.template.layout
    assert (common.font.family, common.font.color) == (FONT, DARK.ink)
    assert common.xaxis.gridcolor == common.yaxis.gridcolor == DARK.line
    assert common.xaxis.tickfont.color == DARK.mute
    assert common.xaxis.fixedrange
    assert common.yaxis.fixedrange
    assert common.paper_bgcolor == common.plot_bgcolor == "rgba(0,0,0,0)"
    assert (common.showlegend, common.dragmode) == (False, False)
    assert common.yaxis.tickformat == ","
    assert common.xaxis.tickformat is None


def test_figures_of_different_readers_wear_different_templates():
    def template(palette: Palette, language: str) -> go.layout.Template:
        figure = go.Figure()
        dress(figure, title="", subtitle="", language=language, palette=palette)
        return figure.layout.template

    for palette in (LIGHT, DARK):
        for language, separators in (("id", ",."), ("en", ".,")):
            common = template(palette, language).layout
            assert (common.font.color, common.separators) == (palette.ink, separators)


def test_a_change_to_one_figure_leaves_the_template_of_the_next_alone():
    one, other = (
        dress(go.Figure(), title="", subtitle="", language="id", palette=LIGHT) for _ in range(2)
    )
    one.layout.template.layout.font.color = "#123456"
    one.update_layout(showlegend=True, margin_r=1)
    assert other.layout.template.layout.font.color == LIGHT.ink
    again = dress(go.Figure(), title="", subtitle="", language="id", palette=LIGHT)
    assert again.layout.template.layout.font.color == LIGHT.ink
    assert again.layout.template.layout.margin.r == 16
