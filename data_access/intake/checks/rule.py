"""One rule on the rows of a sheet, and the kinds of rule that several sheets share."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from data_access.fields import Sheet
from data_access.intake.findings import Severity
from data_access.intake.words.dates import CHECK_DATE
from metrics.text import Text

BEFORE = Text("lebih awal daripada {other}", "lies before {other}")
LATER_THAN = Text("sesudah {last}", "lies after {last}")
CHECK_DATES = Text("Periksa kedua tanggal.", "Check both dates.")


@dataclass(frozen=True, eq=False, kw_only=True)
class Rule:
    """A fault that a row can have. `at`: the field shown; the row's other fields are read too."""

    at: str
    broken: pl.Expr
    code: str
    reason: Text
    advice: Text
    severity: Severity = "error"

    def fields(self) -> set[str]:
        """Return the fields that the rule reads."""
        return {self.at, *self.broken.meta.root_names()}


def not_after(field: str, last: date) -> Rule:
    """Return the rule that a date is not after a day."""
    reason = LATER_THAN.format(last=f"{last:%Y-%m-%d}")
    late = pl.col(field) > last
    return Rule(at=field, broken=late, code="E-FUTURE", reason=reason, advice=CHECK_DATE)


def first_of_month(field: str) -> Rule:
    """Return the rule that a date is the first of a month."""
    return Rule(
        at=field,
        broken=pl.col(field).dt.day() != 1,
        code="E-FIRST",
        reason=Text("bukan tanggal 1", "is not the first of a month"),
        advice=Text("Tulis tanggal 1 bulan itu.", "Write the first day of the month."),
    )


def warn_date(field: str, broken: pl.Expr, reason: Text, code: str) -> Rule:
    """Return a warning about a date."""
    return Rule(
        at=field, broken=broken, code=code, reason=reason, advice=CHECK_DATE, severity="warning"
    )


def order(sheet: Sheet, earlier: str, later: str) -> Rule:
    """Return the rule that one date is not before another."""
    return Rule(
        at=later,
        broken=pl.col(later) < pl.col(earlier),
        code="E-ORDER",
        reason=BEFORE.format(other=sheet.field(earlier).label),
        advice=CHECK_DATES,
    )


def with_currency(amount: pl.Expr) -> Rule:
    """Return the rule that an amount has its currency."""
    return Rule(
        at="currency",
        broken=amount & pl.col("currency").is_null(),
        code="E-CURRENCY",
        reason=Text("kosong, padahal ada nilai uang", "is empty although there is an amount"),
        advice=Text("Pilih mata uangnya.", "Choose the currency."),
    )
