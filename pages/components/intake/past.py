"""The door to what was sent before and what was known then: it asks who is reading."""

import polars as pl
import streamlit as st

from data_access import access, received, versions
from data_access.access import Reader
from data_access.database import engine
from metrics.changes.revisions import revisions
from metrics.frames import Rows
from metrics.selection import Selection
from pages.components import loaders


def history(posts: tuple[str, ...] | None) -> pl.DataFrame:
    """Return all submissions and refused files; see data_access.received.history.

    `posts` None: of all posts that the reader may see.
    """
    who = access.reader()
    if who.posts is not None:
        posts = who.posts if posts is None else tuple(set(posts) & set(who.posts))
    return received.history(engine(), posts)


def difference(submission: int) -> pl.DataFrame:
    """Return what a submission changed; see data_access.received.difference.

    Raises NoAccess for those who may not see single rows.
    """
    found = loaders.dataset()
    access.may_see_cases(found.who)
    return _difference(found.version.database, found.who, submission)


@st.cache_resource(max_entries=8, show_spinner=False)
def _difference(database: str, who: Reader, submission: int) -> pl.DataFrame:  # noqa: ARG001
    return received.difference(engine(), submission)


def numbers() -> pl.DataFrame:
    """Return the versions that can be looked back to; see data_access.versions.numbers."""
    return versions.numbers(engine())


def revised(selection: Selection, until: int) -> pl.DataFrame:
    """Return how the counts of the selection's period differ from those known after a
    submission; see metrics.changes.revisions.revisions."""
    found = loaders.dataset()
    return _revised(found.name, found.version.database, found.who, selection, until)


@st.cache_resource(max_entries=32, show_spinner=False)
def _revised(
    name: str, database: str, who: Reader, selection: Selection, until: int
) -> pl.DataFrame:
    then = selection.filtered(_known(database, who, until))
    now = loaders.filtered(name, who, selection.wanted)
    return revisions(then, now, selection.period)


@st.cache_resource(max_entries=2, show_spinner=False)
def _known(database: str, who: Reader, until: int) -> Rows:  # noqa: ARG001 (part of the key)
    return access.rows_for(who, versions.rows_at(engine(), until))
