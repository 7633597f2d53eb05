"""How a file's rows differ from those on record, and the versions that say so.

A row that a whole-month sheet no longer has is taken out by a version with its key alone. Months
may arrive out of order: what a later month's file has told of a case, agency or job order stays
as it is (`kept`). Which rows a file confirmed without change is not stored, so once a later
workbook of the post is on record, an older file can be told to be newer for none of them: it
still brings its own month's rows and rows never seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from data_access.fields import Sheet
from data_access.intake.findings import Finding, note
from metrics.text import Text

OLDER = Text(
    "laporan bulan sesudahnya sudah tercatat; keadaan kasus, mitra, dan job order yang sudah ada "
    "tidak diubah oleh berkas ini",
    "a later month is on record; this file does not change cases, agencies and job orders that "
    "are already known",
)
PARTLY = Text(
    "sebagian barisnya sudah dilaporkan oleh kiriman bulan sesudahnya dan tidak diubah oleh "
    "berkas ini",
    "some of its rows were told by a later month's file since; this file does not change them",
)
USE_LATEST = Text(
    "Tulis perbaikannya pada laporan bulan terakhir.", "Put corrections in the latest month's file."
)


@dataclass(frozen=True)
class Changes:
    """How many rows of one sheet were added, changed, removed, equal, or left as they were."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: int = 0  # differ, but a later month's file told them


@dataclass(frozen=True)
class Outcome:
    """What a file changes, by table. `submission`: the number it got; None: nothing was stored."""

    changes: Mapping[str, Changes] = field(default_factory=dict)
    submission: int | None = None
    duplicate_of: int | None = None  # the submission that brought this very file

    def total(self, kind: str) -> int:
        """Return one kind of change (`added`, ...) over all sheets."""
        return sum(getattr(changes, kind) for changes in self.changes.values())

    @property
    def nothing_new(self) -> bool:
        """Return whether the file leaves everything as it is."""
        return not any(self.total(kind) for kind in ("added", "changed", "removed"))


def compared(
    sheet: Sheet, rows: pl.DataFrame, before: pl.DataFrame, *, month: date, later: bool
) -> tuple[Changes, pl.DataFrame]:
    """Return how a sheet's rows differ from those before, and the versions that say so.

    `before`: the current rows with `told_in` (see current.current_told). `later`: a whole
    workbook of a later month is on record. The versions have the sheet's fields, `removed`, and
    `period` in a whole-month sheet.
    """
    if sheet.whole_month:
        rows = rows.with_columns(period=pl.lit(month))
        before = before.filter(pl.col("period") == month)
    key = list(sheet.key)
    names = [*(["period"] if sheet.whole_month else []), *(one.name for one in sheet.fields)]
    fixed = _told_later(sheet, before, month, later).select(key)
    rows, before = rows.select(names), before.select(names)
    added = _without(rows, before, key)
    known = rows.join(before, on=key, how="semi", nulls_equal=True, maintain_order="left")
    differing = _without(known, before, names)
    changed = _without(differing, fixed, key)
    removed = _without(before, rows, key) if sheet.whole_month else before.clear()
    counts = Changes(
        added=added.height,
        changed=changed.height,
        removed=removed.height,
        unchanged=known.height - differing.height,
        kept=differing.height - changed.height,
    )
    gone = removed.select(key).with_columns(removed=pl.lit(True))
    stays = pl.concat([added, changed]).with_columns(removed=pl.lit(False))
    return counts, pl.concat([stays, gone], how="diagonal")


def about_older(outcome: Outcome | None, *, later: bool) -> list[Finding]:
    """Return what is told of a file that comes after a later month's: not all of it counts."""
    if later:
        return [note("", "W-OLDER", OLDER, USE_LATEST, "warning")]
    if outcome is not None and outcome.total("kept"):
        return [note("", "W-OLDER", PARTLY, USE_LATEST, "warning")]
    return []


def _told_later(sheet: Sheet, before: pl.DataFrame, month: date, later: bool) -> pl.DataFrame:
    """Return the rows that a file of a month may not change any more."""
    if sheet.whole_month or "told_in" not in before.columns:
        return before.clear()
    return before if later else before.filter(pl.col("told_in") > month)


def _without(rows: pl.DataFrame, others: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Return the rows that agree with none of the others; two empty cells agree."""
    return rows.join(others, on=by, how="anti", nulls_equal=True, maintain_order="left")
