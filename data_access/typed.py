"""From current rows to the agreed frames: codes become Enums, places and limits are joined on."""

from collections.abc import Callable

import polars as pl
from sqlalchemy import Engine, select

from data_access import history, reference
from data_access.current import latest, latest_central, standing, standing_versions
from data_access.database import read
from data_access.fields import Sheet
from data_access.harmless import free_text, harmless
from data_access.sheets import BY_TABLE
from data_access.tables import CENTRAL_TABLES, submissions
from metrics.frames import FRAMES
from metrics.policy.handling import LIMIT_DAYS

# By what each table is sorted, so that a period is a slice and equal rows lie together.
_ORDER = {
    "cases": ("date_reported", "post_code"),
    "job_orders": ("date_verified", "post_code"),
    "agencies": ("post_code", "agency_code"),
    "agency_assessments": ("date", "post_code"),
    "worker_reviews": ("quarter", "post_code"),
    "activities": ("date", "post_code"),
    "targets": ("year", "post_code", "metric"),
    "fx_rates": ("period", "currency"),
}
# Codes whose list is not named as a sheet's field names it
_LISTS = {
    "post_code": "post",
    "place": "place",
    "case_group": "case_group",
    "currency": "currency",
    ("order_states", "status"): "jo_status",
}


def table(engine: Engine, name: str, *, until: int | None = None) -> pl.DataFrame:
    """Return one table as metrics/frames.py agrees it, as known after submission `until`.

    Raises KeyError for an unknown name, DataUnavailable when the database cannot be reached.
    """
    frame = FRAMES[name]
    rows = _MADE.get(name, _central if name in CENTRAL_TABLES else _sheet)(engine, name, until)
    if "place" in frame.columns:
        places = reference.posts().select("post_code", "place")
        rows = rows.join(places, on="post_code", how="left", maintain_order="left")
    if name in BY_TABLE:
        named = [column for column in free_text(BY_TABLE[name]) if column in rows.columns]
        rows = rows.with_columns(harmless(pl.col(column)) for column in named)
    wanted = [
        pl.col(column).cast(_enum(name, column, kind, rows))
        for column, kind in frame.columns.items()
    ]
    return frame.check(rows.select(wanted).sort(_ORDER.get(name, ("period", "post_code"))))


def _versions(engine: Engine, name: str, until: int | None) -> tuple[Sheet, pl.DataFrame]:
    sheet = BY_TABLE[name]
    return sheet, read(engine, standing_versions(sheet, until=until))


def _sheet(engine: Engine, name: str, until: int | None) -> pl.DataFrame:
    sheet, versions = _versions(engine, name, until)
    return latest(versions, sheet.key)


def _cases(engine: Engine, name: str, until: int | None) -> pl.DataFrame:
    sheet, versions = _versions(engine, name, until)
    told = _all_submissions(engine, until)
    known = ("post_code", "case_id", "submission", "version", "removed", "date_closed", "holder")
    past = history.of_cases(versions.select(known), told)
    limits = pl.col("limit_class").replace_strict(LIMIT_DAYS, return_dtype=pl.Int16)
    types = reference.case_types().select("case_group", case_type="code", limit_days=limits)
    rows = latest(versions, sheet.key)
    for facts, key in (
        (types, ["case_type"]),
        (_reporting(engine, until), ["post_code"]),
        (past, ["post_code", "case_id"]),
    ):
        rows = rows.join(facts, on=key, how="left", maintain_order="left")
    return rows


def _reporting(engine: Engine, until: int | None) -> pl.DataFrame:
    """Return since and until when each post has reported: post_code, known_from, known_until."""
    months = _submissions(engine, "submissions", until).group_by("post_code")
    return months.agg(
        known_from=pl.col("period").min(), known_until=pl.col("period").max().dt.month_end()
    )


def _reviews(engine: Engine, name: str, until: int | None) -> pl.DataFrame:
    year, number = pl.col("quarter").str.head(4), pl.col("quarter").str.tail(1)
    month = number.cast(pl.Int32) * 3 - 2
    return _sheet(engine, name, until).with_columns(quarter=pl.date(year.cast(pl.Int32), month, 1))


def _order_states(engine: Engine, _name: str, until: int | None) -> pl.DataFrame:
    _, versions = _versions(engine, "job_orders", until)
    return history.of_orders(versions, _all_submissions(engine, until))


def _all_submissions(engine: Engine, until: int | None) -> pl.DataFrame:
    return history.reports(
        read(engine, select(submissions).where(standing(submissions.c.id, until)))
    )


def _submissions(engine: Engine, _name: str, until: int | None) -> pl.DataFrame:
    """Return the whole reports; a single csv sheet is no report of its month."""
    return _all_submissions(engine, until).filter(pl.col("kind") == "monthly", "whole")


def _central(engine: Engine, name: str, until: int | None) -> pl.DataFrame:
    """Return the last version of each row that Jakarta keeps."""
    kept, key = CENTRAL_TABLES[name]
    return latest_central(read(engine, select(kept).where(standing(kept.c.submission, until))), key)


_MADE: dict[str, Callable[[Engine, str, int | None], pl.DataFrame]] = {
    "cases": _cases,
    "worker_reviews": _reviews,
    "submissions": _submissions,
    "order_states": _order_states,
}


def _enum(
    table: str, column: str, kind: type[pl.DataType] | pl.DataType, rows: pl.DataFrame
) -> pl.DataType | type[pl.DataType]:
    """Return the type a column is cast to: for a code the Enum of its list."""
    if kind is not pl.Enum:
        return kind
    if column == "agency_code":  # no fixed list: the agencies that occur
        return pl.Enum(rows[column].drop_nulls().unique().sort())
    named = _LISTS.get((table, column)) or _LISTS.get(column)
    return pl.Enum(reference.codes(named or BY_TABLE[table].field(column).code_list))
