"""What a check found: where it stands in the file, what is wrong and what to do."""

from dataclasses import dataclass
from typing import Literal

from metrics.text import Text

Severity = Literal["error", "warning"]

NOTHING_TO_DO = Text("Tidak perlu tindakan.", "Nothing needs to be done.")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with a value, wherever it stands.

    An error keeps the whole file out; a warning is told and the value is taken.
    """

    code: str
    reason: Text
    advice: Text
    severity: Severity = "error"
    hidden: bool = False  # the value itself must not be shown again
    code_list: str = ""  # the list that does not know the words; they can be resolved once


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A fault and its place in the file; equal faults of one column are one finding."""

    sheet: str
    code: str
    reason: Text
    advice: Text
    severity: Severity
    rows: tuple[int, ...] = ()  # as Excel counts them; empty: the sheet as a whole
    column: str = ""  # letter; empty: whole rows
    also: tuple[str, ...] = ()  # letters of the row's other cells that the fault lies between
    heading: Text = Text("", "")
    value: str = ""
    hidden: bool = False  # there is a value that must not be shown again
    code_list: str = ""  # the list that does not know the value; it can be resolved once

    @property
    def row(self) -> int | None:
        """Return the first row it speaks of."""
        return self.rows[0] if self.rows else None


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
