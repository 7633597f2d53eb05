"""How far the work on a file is."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from metrics.text import Text
from pages.components.intake.gate import Progress
from pages.components.language import say


@contextmanager
def bar() -> Iterator[Progress]:
    """Show a bar while the work runs, and take it away afterwards."""
    place = st.empty()

    def tell(step: Text, fraction: float) -> None:
        place.progress(fraction, text=say(step))

    try:
        yield tell
    finally:
        place.empty()
