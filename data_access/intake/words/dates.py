"""Words for a day, a month or a quarter, as posts write them, and what they mean."""

import re
from datetime import date, timedelta

from data_access.intake.findings import Fault
from metrics.text import Text

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
_YEARS = range(FIRST_DAY.year, LAST_DAY.year + 1)
_EXCEL_DAY_0 = date(1899, 12, 30)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,3}[/.-]\d{1,2}[/.-]\d{1,2}")
_MINGUO = re.compile(r"\d{3}[/.-]\d{1,2}[/.-]\d{1,2}")
_FARTHEST_YEARS = 3  # of a bare number: the 1904 calendar's are four years off
_WORDS = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})")
_SERIAL = re.compile(r"-?\d+(?:\.\d+)?")
_MONTH_WORDS = re.compile(r"([a-z]+)\.?[ -](\d{4})")
_QUARTER = re.compile(r"(?:(\d{4})[ -]*)?(?:q|k|tw\.?|triwulan|kuartal) ?-?(iv|i{1,3}|[1-4])")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_MONTHS = {
    words: number
    for number, every in enumerate(
        (
            "januari january jan",
            "februari pebruari february feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agust agu agt agst ags aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for words in every.split()
}

HOW = Text(
    "Tulis tanggal seperti 2026-10-14 atau 14 Oktober 2026.",
    "Write the date as 2026-10-14 or 14 October 2026.",
)
CHECK_DATE = Text("Periksa tanggalnya.", "Check the date.")
NOT_A_DATE = Fault(
    code="E-DATE", reason=Text("bukan tanggal yang sah", "is not a valid date"), advice=HOW
)
SHORT_YEAR = Fault(
    code="E-DATE",
    reason=Text("tahun harus empat angka (Masehi)", "the year needs four digits"),
    advice=HOW,
)
OTHER_CALENDAR = Text(
    "tahun {year} tampaknya dari kalender {calendar}, bukan Masehi",
    "the year {year} seems to be of the {calendar} calendar",
)
HIJRI = Text("Hijriah", "Islamic")
BUDDHIST = Text("Buddha (Thailand)", "Buddhist")
MINGUO = Text("Minguo (Taiwan)", "Minguo (Taiwan)")
COMMON_YEAR = Text(
    "Tulis tanggal Masehi, misalnya 2026-10-14.", "Write the common date, for example 2026-10-14."
)
MONTH_FIRST = Fault(
    code="E-DATE",
    reason=Text(
        "hanya dapat berarti bulan/hari/tahun, sedangkan tanggal dibaca hari/bulan/tahun",
        "can only mean month/day/year, while dates are read day/month/year",
    ),
    advice=HOW,
)
OUT_OF_RANGE = Fault(
    code="E-DATERANGE",
    reason=Text(
        f"tanggal di luar tahun {FIRST_DAY.year}-{LAST_DAY.year}",
        f"the date lies outside {FIRST_DAY.year}-{LAST_DAY.year}",
    ),
    advice=HOW,
)
SERIAL_FAR = Fault(
    code="E-DATERANGE",
    reason=Text(
        "angka ini sebagai tanggal Excel terpaut lebih dari 3 tahun dari bulan laporan",
        "the number, as a date of Excel's calendar, lies over 3 years from the reporting month",
    ),
    advice=HOW,
)
SERIAL = Fault(
    code="W-SERIAL",
    reason=Text(
        "angka dibaca sebagai tanggal Excel", "the number was read as a date of Excel's calendar"
    ),
    advice=CHECK_DATE,
    severity="warning",
)
DAY_DOUBTED = Fault(
    code="E-DATEORDER",
    reason=Text(
        "tidak pasti mana hari dan mana bulannya, karena kolom ini juga memuat tanggal "
        "bulan/hari/tahun",
        "may be either day first or month first, as the column also holds month/day/year dates",
    ),
    advice=HOW,
)
DAY_FIRST = Fault(
    code="W-DAYFIRST",
    reason=Text("dibaca hari/bulan/tahun", "was read as day/month/year"),
    advice=CHECK_DATE,
    severity="warning",
)
NOT_A_QUARTER = Fault(
    code="E-QUARTER",
    reason=Text("bukan triwulan yang sah", "is not a valid quarter"),
    advice=Text("Tulis seperti 2026-Q3 atau Triwulan III 2026.", "Write it as 2026-Q3 or Q3 2026."),
)


def day(words: str, *, month: date | None = None) -> tuple[date | None, Fault | None]:
    """Return the day that cleaned words mean, and what is to be said about it.

    An error has no day; a warning has one. `month`: the reporting month, when it is known.
    """
    small = words.casefold()
    if match := _ISO.fullmatch(words):
        return _dated(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(words):
        first, second, year = (int(part) for part in match.groups())
        # Read day first always; where both readings are days, the reader is told.
        if second > 12 and _dated(year, first, second)[0]:
            return None, MONTH_FIRST
        swappable = first <= 12 and second <= 12 and first != second
        return _dated(year, second, first, DAY_FIRST if swappable else None)
    if match := _WORDS.fullmatch(small):
        return _dated(int(match[3]), _MONTHS.get(match[2], 0), int(match[1]))
    if _MINGUO.fullmatch(words):
        return None, _other_calendar(int(words[:3]), MINGUO)
    if _SHORT_YEAR.fullmatch(words):
        return None, SHORT_YEAR
    if _SERIAL.fullmatch(words):
        return _serial(float(words), month)
    return None, NOT_A_DATE


def _dated(
    year: int, month: int, of_month: int, warning: Fault | None = None
) -> tuple[date | None, Fault | None]:
    try:
        found = date(year, month, of_month)
    except ValueError:
        return None, NOT_A_DATE
    if FIRST_DAY <= found <= LAST_DAY:
        return found, warning
    if 1300 <= year <= 1600:
        return None, _other_calendar(year, HIJRI)
    return None, _other_calendar(year, BUDDHIST) if 2443 <= year <= 2643 else OUT_OF_RANGE


def _other_calendar(year: int, calendar: Text) -> Fault:
    reason = OTHER_CALENDAR.format(year=year, calendar=calendar)
    return Fault(code="E-DATE", reason=reason, advice=COMMON_YEAR)


def _serial(number: float, month: date | None) -> tuple[date | None, Fault | None]:
    first, last = ((day - _EXCEL_DAY_0).days for day in (FIRST_DAY, LAST_DAY))
    if not first <= number < last + 1:
        return None, OUT_OF_RANGE
    found = _EXCEL_DAY_0 + timedelta(days=int(number))
    if month is not None and abs((found - month).days) > _FARTHEST_YEARS * 366:
        return None, SERIAL_FAR
    return found, SERIAL


def month(words: str) -> date | None:
    """Return the first day of the month that words mean ("2026-10", "Oktober 2026"), or None."""
    small = " ".join(words.casefold().split())
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})(?:-01.*)?", small):
        year, number = int(match[1]), int(match[2])
    elif match := _MONTH_WORDS.fullmatch(small):
        year, number = int(match[2]), _MONTHS.get(match[1], 0)
    else:
        return None
    return date(year, number, 1) if 1 <= number <= 12 and year in _YEARS else None


def quarter(words: str) -> tuple[str | None, Fault | None]:
    """Return a quarter as 2026-Q3, or the fault."""
    small = " ".join(words.casefold().split())
    year_last = re.fullmatch(r"(.+?)[ /-]+(\d{4})", small)
    if year_last and not re.match(r"\d{4}", small):
        small = f"{year_last[2]} {year_last[1]}"
    match = _QUARTER.fullmatch(small)
    if match is None or match[1] is None or int(match[1]) not in _YEARS:
        return None, NOT_A_QUARTER
    return f"{match[1]}-Q{_ROMAN.get(match[2], match[2])}", None
