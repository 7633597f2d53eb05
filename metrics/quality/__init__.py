"""What is doubtful in the posts' data, each number with the rows behind it."""

from collections.abc import Callable

import polars as pl

from metrics.frames import Rows
from metrics.quality import (
    consistency,
    duplicates,
    implausible,
    lateness,
    missing,
    outliers,
)
from metrics.quality.finding import together
from metrics.selection import Period

# Which kinds of finding each subject has
KINDS: dict[str, tuple[str, ...]] = {
    "missing": missing.KINDS,
    "implausible": implausible.KINDS,
    "duplicates": duplicates.KINDS,
    "lateness": lateness.KINDS,
    "outliers": outliers.KINDS,
    "consistency": consistency.KINDS,
}
_FOUND: dict[str, Callable[[Rows, Period], list[pl.LazyFrame]]] = {
    "missing": missing.empty_fields,
    "implausible": implausible.implausible,
    "duplicates": duplicates.duplicates,
    "lateness": lateness.late,
    "outliers": outliers.outlying,
    "consistency": consistency.inconsistent,
}


def findings(rows: Rows, period: Period, subjects: tuple[str, ...] = tuple(KINDS)) -> pl.DataFrame:
    """Return every finding about the rows of a period, one row each, sorted.

    Columns: those of `metrics.quality.finding.FINDING`. `kind` is a key of
    `metrics.quality.words.WORDS`; `key` and `date` are those of the row found, `column` and
    `value` what is doubtful of it. `subjects` are keys of KINDS. Heaping is a pattern of many rows
    and has no findings.
    """
    return together(part for subject in subjects for part in _FOUND[subject](rows, period))


def summary(found: pl.DataFrame) -> pl.DataFrame:
    """Return how many findings of each kind a post has: kind, post_code, n (Int64), sorted."""
    counted = found.group_by("kind", "post_code").agg(n=pl.len().cast(pl.Int64))
    return counted.sort("kind", "post_code")
