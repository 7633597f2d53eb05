"""What the reader asked to see: a period and, for some columns, the values wanted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

import polars as pl

from metrics.frames import Rows


@dataclass(frozen=True)
class Period:
    """A stretch of whole local days; `last` is also the day as of which the state is told."""

    first: date
    last: date

    ALL: ClassVar["Period"]

    @property
    def days(self) -> int:
        """Return how many days the period has."""
        return (self.last - self.first).days + 1

    def a_year_earlier(self) -> "Period":
        """Return the same calendar stretch one year before; 29 February becomes the 28th."""
        return Period(_year_before(self.first), _year_before(self.last))

    def covers(self, column: str) -> pl.Expr:
        """Return the condition that a date column lies in the period."""
        return pl.col(column).is_between(self.first, self.last)


Period.ALL = Period(date.min, date.max)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def month_end(month: date) -> date:
    """Return the last day of the month a date lies in."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def months_before(last: date, months: int) -> Period:
    """Return the period of whole months that ends on the last day of a month."""
    first = last.year * 12 + last.month - months
    return Period(date(first // 12, first % 12 + 1, 1), last)


@dataclass(frozen=True)
class Selection:
    """A period and the values wanted per column; a plain value, fit for a cache key and a link."""

    period: Period
    wanted: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())

    @classmethod
    def of(cls, period: Period, wanted: Mapping[str, tuple[str, ...]]) -> "Selection":
        """Return a selection; columns without wanted values are left out."""
        return cls(period, tuple(sorted((c, tuple(v)) for c, v in wanted.items() if v)))

    def filtered(self, rows: Rows) -> Rows:
        """Return the rows with the wanted values; a table without the column stays whole.

        The period is not applied: each metric takes from it what its time base needs.
        """
        for column, values in self.wanted:
            rows = rows.only(pl.col(column).is_in(values), needs=column)
        return rows
