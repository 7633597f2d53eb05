"""The map with its two choices; a click on a place or a post filters."""

from functools import partial

import streamlit as st

from metrics.catalogue import METRICS
from metrics.selection import Selection
from metrics.text import Text
from pages.components import filters, loaders, panels, reference
from pages.components.choice import choose
from pages.components.language import say
from pages.figures.map import CLASSES, Layer, clicked, place_map

COLOUR = Text("Warna wilayah", "Colour of the places")
CIRCLE = Text("Lingkaran pos", "Circles at the posts")
HOW = Text(
    "Klik wilayah atau lingkaran untuk menyaring; klik lagi untuk melepas. Pilihan yang sama ada "
    "di saringan negara/wilayah dan pos.",
    "Click a place or a circle to filter; click again to undo. The filters for place and post do "
    "the same.",
)
COUNTS = ("new_cases", "open_cases", "overdue_cases", "placements", "verified_vacancies")
KEY, SMALL_KEY = "map", "small_map"


def show(selection: Selection) -> None:
    """Show the map of the selection's period; the filter on place only marks the place."""
    with st.container(horizontal=True, key="pilihan_peta"):
        rate = choose(COLOUR, options()["warna"], key="warna", width=320)
        count = choose(CIRCLE, options()["lingkaran"], key="lingkaran", width=320)
    _show_map(rate, count, selection, key=KEY, small=panels.on_a_phone())
    st.caption(say(HOW))


def show_small(selection: Selection) -> None:
    """Show a small map: open cases, and new cases per worker as colour."""
    _show_map("cases_per_1000", "open_cases", selection, key=SMALL_KEY, small=True)


def _show_map(rate: str, count: str, selection: Selection, *, key: str, small: bool) -> None:
    # The map always shows all places, so that the reader sees where the chosen one stands.
    everywhere = loaders.everywhere(selection)
    rates = loaders.measured(rate, everywhere, ("place",))
    counts = loaders.measured(count, everywhere, ("post_code",))
    figure = place_map(
        Layer(METRICS[rate], rates),
        Layer(METRICS[count], counts),
        posts=reference.posts(),
        other_shapes=reference.shapes(),
        context=panels.context(everywhere),
        highlight=panels.chosen("place", selection),
        overall=loaders.measured(rate, everywhere)["value"].item(),
        small=small,
    )
    filter_by = partial(_filter, key)
    panels.show_figure(figure, key=key, table=rates, metric=METRICS[rate], on_select=filter_by)


def options() -> dict[str, dict[str, Text]]:
    """Return what the two choices offer: address key -> code -> its words."""
    return {
        key: {name: METRICS[name].label for name in metrics}
        for key, metrics in (("warna", CLASSES), ("lingkaran", COUNTS))
    }


def _filter(key: str) -> None:
    """Turn a click into a filter; a redrawn map sends an empty click, which means nothing."""
    hit = clicked(st.session_state[key]["selection"]["points"])
    if hit is None:
        return
    kind, code = hit
    if kind == "post":
        place = reference.place_of(code)
        if len(reference.posts_of(place)) > 1:
            filters.choose_post(code)
            return
        code = place
    filters.choose_place(code)
