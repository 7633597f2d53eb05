"""What is worked out beyond single metrics, by the same keys as in loaders.py."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from data_access.access import Reader
from metrics.catalogue import METRICS
from metrics.changes.ranked import changes
from metrics.cohorts import by_quarter, reported
from metrics.demand.opportunity import opportunities
from metrics.demand.outlook import outlook, told
from metrics.demand.outlook_history import Subject, history
from metrics.money import without_rate
from metrics.outcomes import outcomes
from metrics.quality import findings
from metrics.quality.heaping import GATHERED, heaping
from metrics.selection import Selection
from metrics.standing import standing
from metrics.targets import attainment
from metrics.text import Text
from pages.components import loaders

MONTHS_BEHIND = 24  # shown before an outlook


def changed(selection: Selection) -> pl.DataFrame:
    """Return what changed since a year before, ranked; see metrics.changes.ranked.changes."""
    found = loaders.dataset()
    return _changed(found.name, found.who, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _changed(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    return changes(loaders.filtered(name, who, selection.wanted), selection.period)


def posts_compared(selection: Selection) -> pl.DataFrame:
    """Return how all posts stand for their mix of cases; see metrics.standing.standing.

    A filter on places does not matter: a post alone has nobody to be compared with.
    """
    found = loaders.dataset()
    return _posts_compared(found.name, found.who, loaders.everywhere(selection))


@st.cache_resource(max_entries=100, show_spinner=False)
def _posts_compared(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    cohort = reported(loaders.filtered(name, who, selection.wanted), selection.period)
    return standing(cohort, selection.period.last)


def ways_of_ending(selection: Selection) -> pl.DataFrame:
    """Return in which way cases ended by each day: days, cause, incidence and its limits."""
    found = loaders.dataset()
    return _ways_of_ending(found.name, found.who, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _ways_of_ending(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    return outcomes(loaders.filtered(name, who, selection.wanted).cases, selection.period)


def targets(selection: Selection) -> pl.DataFrame:
    """Return the year's targets against the year to date; see metrics.targets.attainment."""
    found = loaders.dataset()
    return _targets(found.name, found.who, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _targets(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    return attainment(loaders.filtered(name, who, selection.wanted), selection.period, METRICS)


def cohorts(metric: str, selection: Selection) -> pl.DataFrame:
    """Return a metric by the quarter in which its cases came in; see metrics.cohorts."""
    found = loaders.dataset()
    return _cohorts(found.name, found.who, metric, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _cohorts(name: str, who: Reader, metric: str, selection: Selection) -> pl.DataFrame:
    rows = loaders.filtered(name, who, selection.wanted)
    return by_quarter(METRICS[metric], rows, selection.period.last)


def gathered(selection: Selection) -> pl.DataFrame:
    """Return where dates and durations gather, and whether beyond chance (`gathered`)."""
    found = loaders.dataset()
    return _gathered(found.name, found.who, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _gathered(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    told = heaping(loaders.filtered(name, who, selection.wanted), selection.period)
    return told.with_columns(gathered=GATHERED)


def sums_left_out(selection: Selection) -> pl.DataFrame:
    """Return the amounts without a currency or rate; see metrics.money.without_rate."""
    found = loaders.dataset()
    return _sums_left_out(found.name, found.who, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _sums_left_out(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    return without_rate(loaders.filtered(name, who, selection.wanted), selection.period)


@dataclass(frozen=True, eq=False)
class Outlook:
    """A series by month: behind (value), ahead (with limits), and how far it can be relied on."""

    behind: pl.DataFrame
    ahead: pl.DataFrame
    words: Text


def expected(selection: Selection, subject: Subject) -> Outlook:
    """Return the outlook of a subject of metrics.demand.outlook for the selection."""
    found = loaders.dataset()
    return _expected(found.name, found.who, selection, subject)


@st.cache_resource(max_entries=100, show_spinner=False)
def _expected(name: str, who: Reader, selection: Selection, subject: Subject) -> Outlook:
    rows, period = loaders.filtered(name, who, selection.wanted), selection.period
    return Outlook(
        history(rows, period, subject).tail(MONTHS_BEHIND),
        outlook(rows, period, subject),
        told(rows, period, subject),
    )


def markets(selection: Selection) -> pl.DataFrame:
    """Return the opportunity score of each sector and place; see metrics.demand.opportunity."""
    found = loaders.dataset()
    return _markets(found.name, found.who, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _markets(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    rows = loaders.filtered(name, who, selection.wanted)
    return opportunities(rows, selection.period.last)


def doubtful(selection: Selection, subject: str) -> pl.DataFrame:
    """Return the findings of one subject of metrics.quality, one row a finding."""
    found = loaders.dataset()
    return _doubtful(found.name, found.who, selection, subject)


@st.cache_resource(max_entries=32, show_spinner=False)
def _doubtful(name: str, who: Reader, selection: Selection, subject: str) -> pl.DataFrame:
    return findings(loaders.filtered(name, who, selection.wanted), selection.period, (subject,))
