"""Units, and how each language writes a number or a date (Babel, Indonesian first)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel.dates import format_date
from babel.numbers import format_decimal

from metrics.text import Language, Text

LOCALES = {"id": "id_ID", "en": "en_GB"}
NOTHING = "–"  # what stands where there is no value


def number(value: float | None, language: Language, decimals: int = 0) -> str:
    """Return a number as the language writes it: 1.234,5 in Indonesian; a dash for no value."""
    if value is None:
        return NOTHING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=LOCALES[language])


def day(value: date | None, language: Language) -> str:
    """Return a date in words: 24 November 2026."""
    return NOTHING if value is None else format_date(value, "d MMMM y", locale=LOCALES[language])


def month(value: date | None, language: Language) -> str:
    """Return a month in short words: Nov 2026."""
    return NOTHING if value is None else format_date(value, "MMM y", locale=LOCALES[language])


@dataclass(frozen=True)
class Unit:
    """What a value is counted in, and with how many decimals it is written."""

    words: Text
    decimals: int = 0
    scale: Literal[1, 100] = 1  # shares are kept as 0..1 and written as per cent
    glued: bool = False  # "12,3%" stands without a space

    def format(self, value: float | None, language: Language) -> str:
        """Return the value with its unit; a dash where there is no value."""
        if value is None:
            return NOTHING
        return self.bare(value, language) + ("" if self.glued else " ") + self.words.to(language)

    def bare(self, value: float | None, language: Language) -> str:
        """Return the value without the words of its unit."""
        return number(None if value is None else value * self.scale, language, self.decimals)


CASES = Unit(Text("kasus", "cases"))
DAYS = Unit(Text("hari", "days"))
VACANCIES = Unit(Text("lowongan", "vacancies"))
AGENCIES = Unit(Text("mitra", "agencies"))
POSTS = Unit(Text("pos", "posts"))
WORKERS = Unit(Text("PMI", "workers"))
PER_CENT = Unit(Text("%", "%"), decimals=1, scale=100, glued=True)
PER_1000 = Unit(Text("per 1.000 PMI", "per 1,000 workers"), decimals=2)
POINTS = Unit(Text("dari 100", "of 100"), decimals=1)
