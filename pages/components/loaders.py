"""The only door from screens to data: it asks who is reading, and keeps what was read.

Caches are keyed by the snapshot's name, the reader and the selection, never by a frame.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
import streamlit as st

from data_access import access, prepare, reference, snapshot
from data_access.access import Reader
from data_access.current import DataVersion, data_version
from data_access.database import UNAVAILABLE, engine
from data_access.errors import DataUnavailable
from metrics.agencies.rating import scores
from metrics.ages import ages
from metrics.cases import register
from metrics.catalogue import METRICS
from metrics.changes.yearly import Change, Comparable, comparable, compared
from metrics.cohorts import reported as cohort
from metrics.durations import duration_curve
from metrics.frames import Rows
from metrics.metric import measure
from metrics.monthly import monthly_flow, monthly_vacancies
from metrics.policy.agencies import WINDOWS
from metrics.reporting import posts_a_month, reported
from metrics.selection import Period, Selection, months_before

PLACES = ("place", "post_code")


@dataclass(frozen=True, eq=False)
class Dataset:
    """What one reader may see of one data version."""

    name: str
    version: DataVersion
    made_at: datetime  # UTC
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
    opened = _loaded(name)
    return Dataset(name, opened.version, opened.made_at, _seen(name, who), who, stale)


def refresh() -> None:
    """Let the next question see what has just been stored."""
    _newest.clear()


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
    except OSError:  # the disk is full, or not ours to write
        logging.getLogger(__name__).exception("no new snapshot")
        stale = True
    if newest is None:
        raise DataUnavailable(UNAVAILABLE)
    return newest.name, stale


@st.cache_resource(max_entries=1, show_spinner=False)
def _loaded(name: str) -> snapshot.Opened:
    """Return a snapshot's content; what was worked out of the one before is let go."""
    for cached in (_seen, filtered, _comparable, _scores, _case_rows):
        cached.clear()
    folder = prepare.snapshots()
    try:
        return snapshot.load(folder / name)
    except DataUnavailable:  # damaged: write it anew, if the database answers
        return snapshot.load(snapshot.write(engine(), folder))


@st.cache_resource(max_entries=16, show_spinner=False)
def _seen(name: str, who: Reader) -> Rows:
    return access.rows_for(who, _loaded(name).rows)


def rows(selection: Selection) -> Rows:
    """Return all tables, with the selection's wanted values alone (all periods)."""
    found = dataset()
    return filtered(found.name, found.who, selection.wanted)


@st.cache_resource(max_entries=32, show_spinner=False)
def filtered(name: str, who: Reader, wanted: tuple) -> Rows:
    """Return `rows` by its key: a snapshot's name, the reader, the wanted values."""
    # The period plays no part in filtering; it is applied by each metric.
    return Selection(Period.ALL, wanted).filtered(_seen(name, who))


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
    wanted = filtered(name, who, selection.wanted)
    groups = _groups(wanted, selection, by[0]) if by in (("post_code",), ("place",)) else None
    result = measure(METRICS[metric], wanted, selection.period, by=by, groups=groups)
    if _unfit(metric, selection):
        nothing = [pl.lit(None, pl.Float64).alias(c) for c in ("value", "lower", "upper")]
        return result.with_columns(nothing)
    return result


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


def posts_of(selection: Selection) -> list[str]:
    """Return the codes of the posts that the selection takes in, in their fixed order."""
    return _posts(selection)["post_code"].to_list()


def how_many_posts(selection: Selection) -> int:
    """Return how many posts the selection takes in."""
    return _posts(selection).height


def everywhere(selection: Selection) -> Selection:
    """Return the selection without its filter on place and post."""
    kept = (wanted for wanted in selection.wanted if wanted[0] not in PLACES)
    return Selection(selection.period, tuple(kept))


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
    if _unfit(metric, selection):
        return Change(None, None, 0, "untested")
    return compared(METRICS[metric], _comparable(name, who, selection))


def _unfit(metric: str, selection: Selection) -> bool:
    """Return whether a filter would reach only a part of what a metric is made of."""
    return bool({column for column, _ in selection.wanted} & set(METRICS[metric].not_within))


@st.cache_resource(max_entries=32, show_spinner=False)
def _comparable(name: str, who: Reader, selection: Selection) -> Comparable:
    return comparable(filtered(name, who, selection.wanted), selection.period)


def flow(selection: Selection) -> pl.DataFrame:
    """Return cases month by month: month, opened, closed, open."""
    found = dataset()
    return _flow(found.name, found.who, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _flow(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    return monthly_flow(filtered(name, who, selection.wanted).cases, selection.period)


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
    wanted = filtered(name, who, selection.wanted)
    return monthly_vacancies(wanted.job_orders, selection.period)


def resolution_curve(selection: Selection) -> pl.DataFrame:
    """Return the Kaplan-Meier curve of the cases opened in the period: days, at_risk, events,
    censored, survival, std_error, lower, upper, seen_after (see metrics.durations)."""
    found = dataset()
    return _curve(found.name, found.who, selection)


@st.cache_resource(max_entries=100, show_spinner=False)
def _curve(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    return duration_curve(cohort(filtered(name, who, selection.wanted), selection.period))


def open_ages(selection: Selection) -> pl.DataFrame:
    """Return the open cases by age at the period's end: age_band, value, n."""
    return ages(rows(selection).cases, selection.period.last)


def agency_scores(selection: Selection) -> pl.DataFrame:
    """Return every agency's score, parts, gates and flags; see metrics.agencies.rating.scores."""
    found = dataset()
    shown = of_agencies(selection)
    return _scores(found.name, found.who, shown.wanted, shown.period.last)


@st.cache_resource(max_entries=32, show_spinner=False)
def _scores(name: str, who: Reader, wanted: tuple, as_of: date) -> pl.DataFrame:
    return scores(filtered(name, who, wanted), as_of)


def of_agencies(selection: Selection) -> Selection:
    """Return what agency scores are computed from: the score's own window, filtered by place.

    A case filter must not change an agency's standing.
    """
    places = tuple(wanted for wanted in selection.wanted if wanted[0] in PLACES)
    return Selection(months_before(selection.period.last, WINDOWS.value["score"]), places)


def case_rows(selection: Selection) -> pl.DataFrame:
    """Return the cases reported in the period, oldest open first, for those who may see rows.

    Raises NoAccess for others.
    """
    found = dataset()
    access.may_see_cases(found.who)
    return _case_rows(found.name, found.who, selection)


@st.cache_resource(max_entries=32, show_spinner=False)
def _case_rows(name: str, who: Reader, selection: Selection) -> pl.DataFrame:
    valid = register(filtered(name, who, selection.wanted).cases, selection.period.last)
    return valid.filter(selection.period.covers("date_reported")).sort(
        "closed", "date_reported", "case_id"
    )


def posts_silent(selection: Selection) -> list[str]:
    """Return the selection's posts that have not reported its last month."""
    last = selection.period.last
    heard = reported(rows(selection).submissions, Period(last.replace(day=1), last))
    silent = set(_posts(selection)["post_code"]) - set(heard["post_code"].to_list())
    return [post for post in reference.codes("post") if post in silent]
