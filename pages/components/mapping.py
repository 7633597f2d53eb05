"""The map with its two choices; a click on a place or a post filters."""

import streamlit as st

from metrics.catalogue import METRICS
from metrics.selection import Selection
from metrics.text import Text
from pages.components import filters, loaders, panels
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
KEY = "map"


def show(selection: Selection) -> None:
    """Show the map of the selection's period; the filter on place only marks the place."""
    with st.container(horizontal=True, key="pilihan_peta"):
        rate = _choice(COLOUR, list(CLASSES), "warna")
        count = _choice(CIRCLE, list(COUNTS), "lingkaran")
    # The map always shows all places, so that the reader sees where the chosen one stands.
    everywhere = Selection(
        selection.period,
        tuple(w for w in selection.wanted if w[0] not in ("place", "post_code")),
    )
    rates = loaders.measured(rate, everywhere, ("place",))
    counts = loaders.measured(count, everywhere, ("post_code",))
    figure = place_map(
        Layer(METRICS[rate], rates),
        Layer(METRICS[count], counts),
        posts=loaders.posts(),
        other_shapes=loaders.shapes(),
        context=panels.context(),
        highlight=panels.chosen("place", selection),
        small="Mobi" in st.context.headers.get("User-Agent", ""),
    )
    panels.show_figure(figure, key=KEY, table=rates, metric=METRICS[rate], on_select=_filter)
    st.caption(say(HOW))


def _choice(label: Text, metrics: list[str], key: str) -> str:
    return choose(label, {name: METRICS[name].label for name in metrics}, key=key, width=320)


def _filter() -> None:
    """Turn a click into a filter; a redrawn map sends an empty click, which means nothing."""
    hit = clicked(st.session_state[KEY]["selection"]["points"])
    if hit is None:
        return
    kind, code = hit
    if kind == "post":
        place = loaders.place_of(code)
        if len(loaders.posts_of(place)) > 1:
            filters.choose_post(code)
            return
        code = place
    filters.choose_place(code)
