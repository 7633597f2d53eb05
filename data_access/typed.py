"""From current rows to the agreed frames: codes become Enums, places and limits are joined on."""

import polars as pl
from sqlalchemy import Engine, select

from data_access import reference
from data_access.current import everything, standing
from data_access.database import read
from data_access.fields import Sheet
from data_access.sheets import BY_TABLE
from data_access.tables import submissions
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
}


def table(engine: Engine, name: str, *, until: int | None = None) -> pl.DataFrame:
    """Return one table as metrics/frames.py agrees it, as known after submission `until`.

    Raises KeyError for an unknown name, DataUnavailable when the database cannot be reached.
    """
    frame = FRAMES[name]
    rows = _submissions(engine, until) if name == "submissions" else _sheet(engine, name, until)
    places = reference.posts().select("post_code", "place")
    rows = rows.join(places, on="post_code", how="left", maintain_order="left")
    wanted = [
        pl.col(column).cast(_enum(name, column, kind, rows))
        for column, kind in frame.columns.items()
    ]
    return frame.check(rows.select(wanted).sort(_ORDER.get(name, ("period", "post_code"))))


def _sheet(engine: Engine, name: str, until: int | None) -> pl.DataFrame:
    rows = everything(engine, BY_TABLE[name], until=until)
    if name == "cases":
        rows = rows.join(
            _last_reports(engine, until), on="post_code", how="left", maintain_order="left"
        )
        types = reference.case_types().select(
            "case_group",
            "limit_class",
            case_type="code",
        )
        limits = pl.col("limit_class").replace_strict(LIMIT_DAYS, return_dtype=pl.Int16)
        types = types.with_columns(limit_days=limits)
        return rows.join(types, on="case_type", how="left", maintain_order="left")
    if name == "worker_reviews":
        year, number = pl.col("quarter").str.head(4), pl.col("quarter").str.tail(1)
        month = number.cast(pl.Int32) * 3 - 2
        return rows.with_columns(quarter=pl.date(year.cast(pl.Int32), month, 1))
    return rows


def _last_reports(engine: Engine, until: int | None) -> pl.DataFrame:
    """Return until when each post has reported: post_code, known_until (a month's last day)."""
    last = _submissions(engine, until).group_by("post_code").agg(pl.col("period").max())
    return last.select("post_code", known_until=pl.col("period").dt.month_end())


def _submissions(engine: Engine, until: int | None) -> pl.DataFrame:
    """Return the whole reports; a single csv sheet is no report of its month."""
    reports = (submissions.c.kind == "monthly") & submissions.c.whole
    return read(engine, select(submissions).where(reports, standing(submissions.c.id, until)))


def _enum(
    table: str, column: str, kind: type[pl.DataType] | pl.DataType, rows: pl.DataFrame
) -> pl.DataType | type[pl.DataType]:
    """Return the type a column is cast to: for a code the Enum of its list."""
    if kind is not pl.Enum:
        return kind
    if column == "agency_code":  # no fixed list: the agencies that occur
        return pl.Enum(rows[column].drop_nulls().unique().sort())
    lists = {"post_code": "post", "place": "place", "case_group": "case_group"}
    return pl.Enum(reference.codes(lists.get(column) or _list_of(BY_TABLE[table], column)))


def _list_of(sheet: Sheet, column: str) -> str:
    return sheet.field(column).code_list
