"""The fixed lists behind every screen: words of codes, posts, shapes, published figures."""

import json

import polars as pl
import streamlit as st

from data_access import reference
from data_access.published import published, showable
from data_access.settings import ASSETS
from metrics.text import Text


def all_words() -> dict[str, dict[str, Text]]:
    """Return the words of every code of every list."""
    return reference.code_lists()


def posts_of(place: str) -> list[str]:
    """Return the posts that stand in a country or territory."""
    return reference.posts().filter(pl.col("place") == place)["post_code"].to_list()


def place_of(post: str) -> str:
    """Return the country or territory in which a post stands."""
    return reference.posts().filter(pl.col("post_code") == post)["place"].item()


def posts() -> pl.DataFrame:
    """Return the posts with their coordinates; see data_access.reference.posts."""
    return reference.posts()


@st.cache_resource(max_entries=1, show_spinner=False)
def shapes() -> list[str]:
    """Return the codes of all shapes of the map that are not one of the 12 places."""
    features = json.loads((ASSETS / "boundaries.geojson").read_text())["features"]
    places = set(reference.codes("place"))
    return [feature["id"] for feature in features if feature["id"] not in places]


@st.cache_resource(max_entries=1, show_spinner=False)
def published_figures() -> pl.DataFrame:
    """Return the published figures that may be shown; see data_access.published.showable."""
    return showable(published())
