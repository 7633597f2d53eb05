"""A sheet as it was read, before anyone has asked what its cells mean."""

from dataclasses import dataclass, field

import polars as pl

from data_access.intake.findings import Finding, Severity
from data_access.intake.opening.marks import Marks
from metrics.text import Text


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet as words.

    texts     `row` (as Excel counts) and one String column for each letter
    numbers   same shape; true where the cell holds a number (or TRUE), null where it holds text
    findings  cells that could not be read
    marks     what else the sheet shows
    """

    name: str
    texts: pl.DataFrame
    numbers: pl.DataFrame
    findings: tuple[Finding, ...] = ()
    visible: bool = True
    marks: Marks = field(default_factory=Marks)


def note(
    sheet: str,
    code: str,
    reason: Text,
    advice: Text,
    severity: Severity = "error",
    *,
    rows: tuple[int, ...] = (),
    column: str = "",
) -> Finding:
    """Return a finding about a place whose heading and value are not known."""
    return Finding(
        sheet=sheet,
        code=code,
        reason=reason,
        advice=advice,
        severity=severity,
        rows=rows,
        column=column,
    )
