"""What Jakarta keeps itself, in one workbook: targets, rates of exchange, shelters and staff.

It is read and checked like a post's workbook, under the code CENTRAL in place of a post's.
"""

from typing import Any

from data_access.fields import Field, Kind, Sheet
from data_access.sheets import BY_TABLE, SHEETS
from metrics.text import Text

CENTRAL = "PUSAT"


def _field(
    name: str, kind: Kind, indonesian: str, english: str, example: str, **said: Any
) -> Field:
    return Field(name=name, kind=kind, label=Text(indonesian, english), example=example, **said)


_POST = _field("post_code", "code", "Pos", "Post", "Riyadh", code_list="post")
_FROM = _field("period", "date", "Mulai bulan (tanggal 1)", "From the month (day 1)", "2026-01-01")

TARGETS = Sheet(
    name="Sasaran",
    label=Text("Sasaran", "Targets"),
    table="targets",
    key=("year", "post_code", "metric"),
    fields=(
        _field("year", "integer", "Tahun", "Year", "2026", minimum=2000, maximum=2100),
        _POST,
        _field("metric", "code", "Indikator", "Indicator", "", code_list="indicator"),
        _field("value", "decimal", "Nilai sasaran", "Target value", "85", minimum=0, places=4),
    ),
)
RATES = Sheet(
    name="Kurs",
    label=Text("Kurs", "Exchange rates"),
    table="fx_rates",
    key=("period", "currency"),
    fields=(
        _field("period", "date", "Bulan (tanggal 1)", "Month (day 1)", "2026-10-01"),
        _field("currency", "code", "Mata uang", "Currency", "SAR", code_list="currency"),
        _field(
            "idr_per_unit",
            "decimal",
            "Rupiah per satuan",
            "Rupiah a unit",
            "4350",
            minimum=0,
            places=6,
        ),
    ),
)
CAPACITIES = Sheet(
    name="Kapasitas",
    label=Text("Shelter dan petugas", "Shelters and staff"),
    table="capacities",
    key=("period", "post_code"),
    fields=(
        _FROM,
        _POST,
        _field(
            "shelter_capacity",
            "integer",
            "Kapasitas shelter (orang)",
            "Shelter capacity",
            "200",
            required=False,
            minimum=0,
            maximum=10_000,
        ),
        _field(
            "staff_count",
            "integer",
            "Jumlah petugas ketenagakerjaan",
            "Labour-section staff",
            "3",
            required=False,
            minimum=1,
            maximum=1000,
        ),
    ),
)
CENTRAL_SHEETS = (TARGETS, RATES, CAPACITIES)
EVERY_SHEET = (*SHEETS, *CENTRAL_SHEETS)
SHEET_OF = BY_TABLE | {sheet.table: sheet for sheet in CENTRAL_SHEETS}


def sheets_of(owner: str) -> tuple[Sheet, ...]:
    """Return the sheets of a post's workbook, or of Jakarta's."""
    return CENTRAL_SHEETS if owner == CENTRAL else SHEETS
