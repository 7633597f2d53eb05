"""What has come in: every file that was stored, taken back or refused, and what each changed."""

import polars as pl
from sqlalchemy import Engine, select

from data_access.central import CENTRAL, SHEET_OF
from data_access.current import latest, latest_central, standing, standing_versions
from data_access.database import read
from data_access.errors import Refusal, RefusedNumber
from data_access.fields import Sheet
from data_access.tables import CENTRAL_TABLES, SHEET_TABLES, refused_files, submissions
from metrics.text import Text

NO_NUMBER = Refusal(
    "E-NUMBER",
    Text(
        "Kiriman nomor {n} tidak ada. Lihat nomornya di riwayat.",
        "There is no submission number {n}. Look up its number in the history.",
    ),
)
HISTORY = {
    "number": pl.Int32,
    "state": pl.String,
    "post_code": pl.String,
    "period": pl.Date,
    "received_at": pl.Datetime("us", "UTC"),
    "sent_by": pl.String,
    "file_name": pl.String,
    "whole": pl.Boolean,
    "simulated": pl.Boolean,
    **{f"rows_{kind}": pl.Int32 for kind in ("ok", "bad", "added", "changed", "removed")},
    "undoes": pl.Int32,
    "undone_by": pl.Int32,
    "code": pl.String,
    "faults": pl.Int32,
    "may_undo": pl.Boolean,
}
DIFFERENCE = dict.fromkeys(("table", "key", "kind", "field", "before", "after"), pl.String)
_REVERSED = {"added": "removed", "removed": "added"}


def history(engine: Engine, posts: tuple[str, ...] | None) -> pl.DataFrame:
    """Return what has come in from these posts (None: from all), the newest first.

    Columns: those of HISTORY. A row is a submission, an undo or a refused file: `state` is
    stored, undone, undo or refused. `number` is null for a refused file, `code` (why) and
    `faults` (how many; 0: as a whole) for others. `post_code` is null for Jakarta's own files and
    empty for a refused file that did not tell. `may_undo`: it is the last one of its post that
    stands. Raises DataUnavailable.
    """
    rows = pl.concat([_submitted(engine), _refused(engine)], how="diagonal_relaxed")
    if posts is not None:
        rows = rows.filter(pl.col("post_code").fill_null(CENTRAL).is_in(posts))
    newest = rows.sort("moment", "number", descending=True, nulls_last=False)
    return newest.select(pl.col(name).cast(kind) for name, kind in HISTORY.items())


def _submitted(engine: Engine) -> pl.DataFrame:
    rows = read(engine, select(submissions)).sort("id")
    undone = rows.drop_nulls("undoes").select(id="undoes", undone_by="id")
    rows = rows.join(undone, on="id", how="left", maintain_order="left")
    undo, taken_back = pl.col("kind") == "undo", pl.col("undone_by").is_not_null()
    state = pl.when(undo).then(pl.lit("undo")).when(taken_back).then(pl.lit("undone"))
    stands = pl.when(~undo, ~taken_back).then(pl.col("id"))
    return rows.with_columns(
        number="id",
        state=state.otherwise(pl.lit("stored")),
        may_undo=(stands == stands.max().over("post_code")).fill_null(False),
        moment=pl.col("received_at").cum_max(),  # the clock may have been put back
    )


def _refused(engine: Engine) -> pl.DataFrame:
    rows = read(engine, select(refused_files))
    return rows.with_columns(
        post_code=pl.col("post_code").replace(CENTRAL, None),
        state=pl.lit("refused"),
        may_undo=False,
        moment="received_at",
    )


def difference(engine: Engine, number: int) -> pl.DataFrame:
    """Return what a submission changed when it came.

    Columns: table, key (of the row, in words), kind (added, changed, removed), field, before,
    after (as words). A row of the result is one field that changed, or, without a field, one row
    that was added or removed. Raises RefusedNumber for an unknown number, DataUnavailable.
    """
    about = read(engine, select(submissions).where(submissions.c.id == number))
    if about.is_empty():
        raise RefusedNumber(NO_NUMBER.format(n=number))
    [row] = about.rows(named=True)
    if row["kind"] == "undo":
        back = difference(engine, row["undoes"])
        kinds = pl.col("kind").replace(_REVERSED)
        return back.with_columns(kinds, before="after", after="before")
    central = row["post_code"] is None
    tables = [kept for kept, _ in CENTRAL_TABLES.values()] if central else SHEET_TABLES.values()
    parts = [pl.DataFrame(schema=DIFFERENCE)]
    for table in tables:
        after = read(engine, select(table).where(table.c.submission == number))
        if after.height:
            sheet = SHEET_OF[table.name]
            told = _pairs(sheet, _before(engine, sheet, row), after)
            parts.append(told.with_columns(table=pl.lit(table.name)))
    return pl.concat([part.select(*DIFFERENCE) for part in parts])


def _before(engine: Engine, sheet: Sheet, row: dict) -> pl.DataFrame:
    """Return the rows of a sheet as they were known just before a submission."""
    until = row["id"] - 1
    if row["post_code"] is None:
        kept, key = CENTRAL_TABLES[sheet.table]
        query = select(kept).where(standing(kept.c.submission, until))
        return latest_central(read(engine, query), key)
    query = standing_versions(sheet, post=row["post_code"], until=until)
    if sheet.whole_month:
        query = query.where(SHEET_TABLES[sheet.table].c.period == row["period"])
    return latest(read(engine, query), sheet.key)


def _pairs(sheet: Sheet, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return the rows added and removed, and the fields changed, without the table's name."""
    key = list(sheet.key)
    fields = [one.name for one in sheet.fields if one.name not in key]
    gone = pl.col("removed") if "removed" in after.columns else pl.lit(False)
    was = before.select(*key, *(pl.col(name).alias(f"{name} before") for name in fields), was=True)
    both = after.with_columns(gone=gone).join(
        was, on=key, how="left", nulls_equal=True, maintain_order="left"
    )
    both = both.with_columns(key=key_words(sheet), was=pl.col("was").fill_null(False))
    nothing = {name: pl.lit(None, pl.String) for name in ("field", "before", "after")}
    parts = [
        both.filter(rows).select("key", kind=pl.lit(kind), **nothing)
        for kind, rows in (("added", ~pl.col("gone") & ~pl.col("was")), ("removed", pl.col("gone")))
    ]
    stays = both.filter(~pl.col("gone"), pl.col("was"))
    parts += [
        stays.filter(pl.col(name).ne_missing(pl.col(f"{name} before"))).select(
            "key",
            kind=pl.lit("changed"),
            field=pl.lit(name),
            before=pl.col(f"{name} before").cast(pl.String),
            after=pl.col(name).cast(pl.String),
        )
        for name in fields
    ]
    return pl.concat(parts)


def key_words(sheet: Sheet) -> pl.Expr:
    """Return what makes a row itself, as one text; the month of a whole-month sheet is left out."""
    names = [name for name in sheet.key if not (sheet.whole_month and name == "period")]
    month = pl.col("period").dt.strftime("%Y-%m")
    words = [month if name == "period" else pl.col(name).cast(pl.String) for name in names]
    return pl.concat_str(words or [month], separator=" / ", ignore_nulls=True)
