"""The only door from screens to data: it asks who is reading, and keeps what was read.

Caches are keyed by the snapshot's name, the reader and the selection, never by a frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
import streamlit as st

from data_access import access, prepare, reference, snapshot
from data_access.access import Reader
from data_access.current import data_version
from data_access.database import UNAVAILABLE, engine
from data_access.errors import DataUnavailable
from metrics.agencies import scores
from metrics.ages import ages
from metrics.cases import register
from metrics.catalogue import METRICS
from metrics.catalogue.cases import reported as cohort
from metrics.change import Change, Comparable, comparable, compared
from metrics.frames import Rows
from metrics.metric import measure
from metrics.monthly import monthly_flow, monthly_vacancies
from metrics.reporting import posts_a_month, reported
from metrics.selection import Period, Selection
from metrics.statistics.survival import kaplan_meier


@dataclass(frozen=True, eq=False)
class Dataset:
    """What one reader may see of one data version."""

    name: str
    version: snapshot.Version
    rows: Rows
    who: Reader
    stale: bool  # the database does not answer: this may not be the newest

    @property
    def simulated(self) -> bool:
        """Return whether any of it is made up."""
        return bool(self.rows.submissions["simulated"].any())


def dataset() -> Dataset:
    """Return the newest data. Raises DataUnavailable when there is none to show."""
    name, stale = _newest()
    who = access.reader()
    version, rows = _opened(name, who)
    return Dataset(name, version, rows, who, stale)


@st.cache_resource(ttl=2, show_spinner=False)
def _newest() -> tuple[str, bool]:
    """Return the newest snapshot's name, and whether the database does not answer."""
    folder, stale = prepare.snapshots(), False
    newest = snapshot.newest(folder)
    try:
        if newest is None or not snapshot.is_of(newest, data_version(engine())):
            newest = snapshot.write(engine(), folder)
    except DataUnavailable:
        stale = True
    if newest is None:
        raise DataUnavailable(UNAVAILABLE)
    return newest.name, stale


@st.cache_resource(max_entries=1, show_spinner=False)
def _loaded(name: str) -> tuple[snapshot.Version, Rows]:
    return snapshot.load(prepare.snapshots() / name)


@st.cache_resource(max_entries=16, show_spinner=False)
def _opened(name: str, who: Reader) -> tuple[snapshot.Version, Rows]:
    version, rows = _loaded(name)
    return version, access.rows_for(who, rows)


def rows(selection: Selection) -> Rows:
    """Return all tables, with the selection's wanted values alone (all periods)."""
    found = dataset()
    return _filtered(found.name, found.who, selection.wanted)


@st.cache_resource(max_entries=32, show_spinner=False)
def _filtered(name: str, who: Reader, wanted: tuple) -> Rows:
    _, all_rows = _opened(name, who)
    # The period plays no part in filtering; it is applied by each metric.
    return Selection(Period.ALL, wanted).filtered(all_rows)


def measured(metric: str, selection: Selection, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return a metric of the catalogue per group: the columns `by`, value, n, lower, upper.

    By post or by place every one of them appears, with null where nothing was reported.
    """
    found = dataset()
    return _measured(found.name, found.who, metric, selection, tuple(by))


@st.cache_resource(max_entries=4000, show_spinner=False)
def _measured(
    name: str, who: Reader, metric: str, selection: Selection, by: tuple[str, ...]
) -> pl.DataFrame:
    wanted = _filtered(name, who, selection.wanted)
    groups = _groups(wanted, selection, by[0]) if by in (("post_code",), ("place",)) else None
    return measure(METRICS[metric], wanted, selection.period, by=by, groups=groups)


def _posts(selection: Selection) -> pl.DataFrame:
    """Return the posts that the selection takes in: post_code, place."""
    posts = reference.posts().select("post_code", "place")
    for column, values in selection.wanted:
        if column in posts.columns:
            posts = posts.filter(pl.col(column).is_in(values))
    return posts


def _groups(rows: Rows, selection: Selection, column: str) -> pl.DataFrame:
    """Return the posts or places of the selection, each with whether it reported at all."""
    kind = {c: rows.submissions.schema[c] for c in ("post_code", "place")}
    posts = _posts(selection).with_columns(pl.col(c).cast(t) for c, t in kind.items())
    heard = reported(rows.submissions, selection.period)["post_code"].unique()
    return (
        posts.with_columns(reported=pl.col("post_code").is_in(heard.implode()))
        .group_by(column, maintain_order=True)
        .agg(pl.col("reported").any())
    )


def how_many_posts(selection: Selection) -> int:
    """Return how many posts the selection takes in."""
    return _posts(selection).height


def posts_reporting(selection: Selection) -> int:
    """Return how many of the selection's posts have reported its last month."""
    last = selection.period.last
    heard = reported(rows(selection).submissions, Period(last.replace(day=1), last))
    return heard["post_code"].n_unique()


def changed(metric: str, selection: Selection) -> Change:
    """Return how a metric moved since a year before the selection's period."""
    found = dataset()
    return _changed(found.name, found.who, metric, selection)


@st.cache_resource(max_entries=1000, show_spinner=False)
def _changed(name: str, who: Reader, metric: str, selection: Selection) -> Change:
    return compared(METRICS[metric], _comparable(name, who, selection))


@st.cache_resource(max_entries=32, show_spinner=False)
def _comparable(name: str, who: Reader, selection: Selection) -> Comparable:
    return comparable(_filtered(name, who, selection.wanted), selection.period)


def flow(selection: Selection) -> pl.DataFrame:
    """Return cases month by month: month, opened, closed, open."""
    found = dataset()
    return _flow(found.name, found.who, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _flow(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    return monthly_flow(_filtered(name, who, selection.wanted).cases, selection.period)


def reporting_by_month(selection: Selection) -> dict[date, int]:
    """Return how many of the selection's posts have reported each month of its period."""
    counted = posts_a_month(rows(selection).submissions, selection.period)
    return dict(counted.rows())


def demand_by_month(selection: Selection) -> pl.DataFrame:
    """Return verified vacancies month by month: month, formal, informal."""
    found = dataset()
    return _demand(found.name, found.who, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _demand(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    wanted = _filtered(name, who, selection.wanted)
    return monthly_vacancies(wanted.job_orders, selection.period)


def resolution_curve(selection: Selection) -> pl.DataFrame:
    """Return the Kaplan-Meier curve of the cases opened in the period: days, at_risk, events,
    censored, survival, std_error, lower, upper."""
    found = dataset()
    return _curve(found.name, found.who, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _curve(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    return kaplan_meier(cohort(_filtered(name, who, selection.wanted), selection.period))


def open_ages(selection: Selection) -> pl.DataFrame:
    """Return the open cases by age at the period's end: age_band, value, n."""
    return ages(rows(selection).cases, selection.period.last)


def agency_scores(selection: Selection) -> pl.DataFrame:
    """Return every agency's score, parts, gates and flags; see metrics.agencies.scores."""
    found = dataset()
    return _scores(found.name, found.who, selection.wanted, selection.period.last)


@st.cache_resource(max_entries=32, show_spinner=False)
def _scores(name: str, who: Reader, wanted: tuple, as_of: date) -> pl.DataFrame:
    # A case filter must not change an agency's standing: only where it works is filtered.
    places = tuple(w for w in wanted if w[0] in ("place", "post_code"))
    return scores(_filtered(name, who, places), as_of)


def case_rows(selection: Selection) -> pl.DataFrame:
    """Return the cases reported in the period, oldest open first, for those who may see rows.

    Raises NoAccess for others.
    """
    found = dataset()
    access.may_see_cases(found.who)
    return _case_rows(found.name, found.who, selection)


@st.cache_resource(max_entries=32, show_spinner=False)
def _case_rows(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    valid = register(_filtered(name, who, selection.wanted).cases, selection.period.last)
    return valid.filter(selection.period.covers("date_reported")).sort(
        "closed", "date_reported", "case_id"
    )


def posts_silent(selection: Selection) -> list[str]:
    """Return the selection's posts that have not reported its last month."""
    last = selection.period.last
    heard = reported(rows(selection).submissions, Period(last.replace(day=1), last))
    silent = set(_posts(selection)["post_code"]) - set(heard["post_code"].to_list())
    return [post for post in reference.codes("post") if post in silent]
