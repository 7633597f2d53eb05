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


def quarter(value: date, language: Language) -> str:
    """Return a quarter as officials write it: Triwulan IV 2026; Q4 2026 in English."""
    number_of = (value.month - 1) // 3
    roman = ("I", "II", "III", "IV")[number_of]
    name = f"Triwulan {roman}" if language == "id" else f"Q{number_of + 1}"
    return f"{name} {value.year}"


@dataclass(frozen=True)
class Unit:
    """What a value is counted in, and with how many decimals it is written."""

    words: Text
    decimals: int = 0
    scale: Literal[1, 100] = 1  # shares are kept as 0..1 and written as per cent
    glued: bool = False  # "12,3%" stands without a space
    before: bool = False  # "Rp12.000": the words come first, glued, after a minus sign

    def format(self, value: float | None, language: Language) -> str:
        """Return the value with its unit; a dash where there is no value."""
        if value is None:
            return NOTHING
        told, words = self.bare(value, language), self.words.to(language)
        if self.before:
            return "-" * told.startswith("-") + words + told.removeprefix("-")
        return told + ("" if self.glued else " ") + words

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
PER_1000_PLACED = Unit(Text("per 1.000 penempatan", "per 1,000 placements"), decimals=2)
RUPIAH = Unit(Text("Rp", "Rp"), before=True)
FINDINGS = Unit(Text("temuan", "findings"))
DOCUMENTS = Unit(Text("dokumen", "documents"))
VISITS = Unit(Text("kunjungan", "visits"))
ACTIVITIES = Unit(Text("kegiatan", "activities"))
PARTICIPANTS = Unit(Text("peserta", "participants"))
PEOPLE = Unit(Text("orang", "people"))
PER_OFFICER = Unit(Text("kasus per petugas", "cases per officer"), decimals=1)
PER_OFFICER_MONTH = Unit(
    Text("kasus per petugas per bulan", "cases per officer a month"), decimals=1
)
TIMES = Unit(Text("kali", "times"), decimals=2)
TIMES_EXPECTED = Unit(Text("kali harapan", "times expected"), decimals=2)
HHI = Unit(Text("poin HHI", "HHI points"))
POINTS = Unit(Text("dari 100", "of 100"), decimals=1)
