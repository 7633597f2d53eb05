"""Streamlit's own words: each is still where we look for it, and stands there in both languages."""

from pathlib import Path

import pytest
import streamlit

from pages.components.widget_words import PARTS, WORDS, script_of, translated

SCRIPTS = {
    path: name
    for path in (Path(streamlit.__file__).parent / "static/static/js").glob("*.js")
    if (name := script_of(f"/static/js/{path.name}"))
}
SERVED = {
    name: "".join(translated(name, path.read_text()) for path, of in SCRIPTS.items() if of == name)
    for name in WORDS
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in WORDS.items() for text in texts]
)
def test_each_word_is_found_and_chosen_by_the_address(name, text):
    assert f"?`{text.english}`:`{text.indonesian}`)" in SERVED[name]


@pytest.mark.parametrize(("name", "before", "text"), PARTS)
def test_each_part_of_a_text_is_found(name, before, text):
    assert f"{before}${{" in SERVED[name]
    assert f"?`{text.english}`:`{text.indonesian}`)" in SERVED[name]


def test_the_name_of_a_class_stays():
    assert "displayName=`Search`" in SERVED["DataFrame"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/static/js/FileUploader.D7YhAWeM.js", "FileUploader"),
        ("/static/js/DataFrame.-f9-1zS0.js", "DataFrame"),
        ("/static/js/PlotlyChart.D9Z0_fxz.js", None),
        ("/static/css/index.css", None),
        ("/data", None),
    ],
)
def test_only_scripts_with_words_of_ours_are_changed(path, name):
    assert script_of(path) == name
