"""What the different words of one column say about each other: order of dates, style of numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data_access.fields import Field
from data_access.intake.findings import Fault
from data_access.intake.words import dates, numbers
from data_access.intake.words.cells import Value
from data_access.intake.words.cleaning import cleaned
from data_access.intake.words.screening import plain
from metrics.text import Text

_DAYS_OF_A_CALENDAR = 12  # days that could be months as well
_LONGEST_NUMBER = 60
_FEW = 3  # fewer real dates say nothing about a pattern
_REAL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}.*")

TWO_STYLES = Fault(
    code="E-NUMFORMAT",
    reason=Text(
        "kolom memuat angka berpola 1.234,5 dan juga 1,234.5, sehingga tidak pasti nilainya",
        "the column holds numbers like 1.234,5 and like 1,234.5, so their values are not certain",
    ),
    advice=Text(
        "Tulis semua angka di kolom itu tanpa pemisah ribuan.",
        "Write all numbers of the column without a thousands separator.",
    ),
)
SWAPPED = Fault(
    code="W-SWAPPED",
    reason=Text(
        "hari dan bulannya mungkin tertukar: di kolom ini hanya tanggal yang harinya di atas 12 "
        "berupa teks",
        "day and month may have been swapped: only dates with a day above 12 are text here",
    ),
    advice=Text(
        "Bandingkan tanggalnya dengan catatan asli.", "Compare the dates with the original record."
    ),
    severity="warning",
)


@dataclass(frozen=True)
class Reading:
    """One of a column's different words, what it means, and what is to be said about it."""

    text: str
    stored: bool  # the cell holds a number and not text
    value: Value
    fault: Fault | None


def agreed(field: Field, readings: Sequence[Reading]) -> tuple[list[Reading], Fault | None]:
    """Return the readings as far as they agree, and the fault of the column as a whole."""
    if field.kind == "date":
        return _dates(readings), None
    if field.kind in numbers.KINDS and _two_styles(field, readings):
        doubtful = (numbers.THOUSANDS, numbers.DECIMALS)  # 1.500 can be either here
        doubted = {"value": None, "fault": TWO_STYLES}
        return [replace(r, **doubted) if r.fault in doubtful else r for r in readings], TWO_STYLES
    return list(readings), None


def _dates(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings of dates without those whose day and month may have been swapped."""
    if any(one.fault is dates.MONTH_FIRST for one in readings):
        doubted = {"value": None, "fault": dates.DAY_DOUBTED}
        return [replace(r, **doubted) if r.fault is dates.DAY_FIRST else r for r in readings]
    real = {id(one) for one in readings if one.fault is None and _REAL_DATE.match(one.text)}
    days = [one.value.day for one in readings if id(one) in real]
    # A spreadsheet that expects month/day turns 03/04 into a real date and leaves 13/04 as text.
    typed = any(_beyond_months(one.text) for one in readings)
    if typed and len(days) >= _FEW and max(days) <= _DAYS_OF_A_CALENDAR:
        return [replace(one, fault=SWAPPED) if id(one) in real else one for one in readings]
    return list(readings)


def _beyond_months(text: str) -> bool:
    day = re.match(r"(\d{2})[/.-]\d{1,2}[/.-]\d{4}$", plain(cleaned(text)))
    return day is not None and int(day[1]) > _DAYS_OF_A_CALENDAR


def _two_styles(field: Field, readings: Sequence[Reading]) -> bool:
    """Return whether numbers are written in two ways of which one could be mistaken."""
    styles = {
        numbers.style(field, plain(cleaned(one.text)))
        for one in readings
        if not one.stored and len(one.text) <= _LONGEST_NUMBER and not one.text.isdigit()
    }
    return len({name for name, _ in styles if name}) == 2 and not all(sure for _, sure in styles)
