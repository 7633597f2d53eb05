"""The server: `streamlit run app.py` serves the frame, the map's boundaries and the fonts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from pages.components.server import Guarded
from pages.components.startup import PREPARATION

ASSETS = Path(__file__).parent / "assets"


@asynccontextmanager
async def warm(_app: st.App) -> AsyncIterator[None]:
    """Make the data ready before the first visitor asks."""
    PREPARATION.begin()
    yield


app = st.App(
    "pages/frame.py",
    lifespan=warm,
    routes=[Mount("/assets", StaticFiles(directory=ASSETS), name="assets")],
    middleware=[Middleware(GZipMiddleware, minimum_size=1000), Middleware(Guarded)],
)
