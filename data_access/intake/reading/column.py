"""One column of a sheet: each of its different words is read once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from data_access.fields import Field
from data_access.intake.findings import Fault, Finding
from data_access.intake.words import numbers
from data_access.intake.words.agreeing import Reading, agreed
from data_access.intake.words.cells import value
from data_access.intake.words.cleaning import cleaned
from data_access.intake.words.naming import LONGEST_WORDS, Origin
from data_access.intake.words.privacy import personal_cell
from data_access.intake.words.screening import plain
from metrics.text import Text

SHOWN = 60  # letters of a value that are told again
TYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "code": pl.String(),
    "quarter": pl.String(),
    "date": pl.Date(),
    "integer": pl.Int32(),
    "yes_no": pl.Boolean(),
}
OTHER_CURRENCY = Text(
    "menyebut mata uang {told}, sedangkan baris ini dalam {due}",
    "names the currency {told}, while the row is in {due}",
)
ONE_CURRENCY = Text(
    "Samakan mata uangnya, atau tulis angkanya saja.",
    "Use one currency, or write the number alone.",
)

Place = tuple[str, tuple[int, ...], Fault]  # the words, their rows, and what is wrong


def type_of(one: Field) -> pl.DataType:
    """Return the type of a field's values."""
    return pl.Decimal(18, one.places) if one.kind == "decimal" else TYPES[one.kind]


def read_column(
    one: Field, cells: pl.DataFrame, origin: Origin
) -> tuple[pl.Series, list[Place], Fault | None]:
    """Return a column's values, what is wrong with which rows, and with the column as a whole.

    `cells`: row, text, stored (whether the cell holds a number). A cell with an error is null.
    """
    distinct = cells.select("text", "stored").drop_nulls("text").unique(maintain_order=True)
    asked = replace(origin, asked={})
    readings = [
        Reading(text, stored, *value(one, text, asked, stored=stored))
        for text, stored in distinct.iter_rows()
    ]
    readings, fault = agreed(one, readings)
    meant = pl.Series("value", [reading.value for reading in readings], dtype=type_of(one))
    joined = cells.join(
        distinct.with_columns(meant), on=["text", "stored"], how="left", maintain_order="left"
    )
    return joined["value"].alias(one.name), list(_places(cells, readings)), fault


def _places(cells: pl.DataFrame, readings: Sequence[Reading]) -> Iterator[Place]:
    """Yield the rows of each faulty word; warnings and hidden values of one kind together."""
    faults = {(r.text, r.stored): r.fault for r in readings if r.fault is not None}
    if not faults:
        return
    bad = pl.DataFrame(list(faults), schema={"text": pl.String, "stored": pl.Boolean}, orient="row")
    found: dict[tuple[str, Fault], list[int]] = {}
    first: dict[Fault, str] = {}
    hits = cells.join(bad, on=["text", "stored"], how="semi", maintain_order="left")
    for row, text, stored in hits.select("row", "text", "stored").iter_rows():
        fault = faults[text, stored]
        together = fault.hidden or fault.severity == "warning"
        shown = first.setdefault(fault, text) if together else text
        found.setdefault((shown, fault), []).append(row)
    for (text, fault), rows in found.items():
        yield text, tuple(rows), fault


def other_currencies(one: Field, cells: pl.DataFrame, currencies: pl.Series) -> Iterator[Place]:
    """Yield the amounts that name another currency than their row does."""
    lettered = ~pl.col("stored") & pl.col("text").str.contains(r"[\p{L}$]")
    told = {
        text: named
        for text in cells.filter(lettered)["text"].unique()
        if len(text) <= SHOWN
        and (named := numbers.amount_and_currency(one, plain(cleaned(text)))[1])
    }
    if not told:
        return
    named = pl.col("text").replace_strict(told, default=None, return_dtype=pl.String)
    wrong = cells.with_columns(named.alias("told"), currencies.alias("due")).filter(
        ~pl.col("stored"), pl.col("told") != pl.col("due")
    )
    for row, text, its, due in wrong.select("row", "text", "told", "due").iter_rows():
        reason = OTHER_CURRENCY.format(told=its, due=due)
        yield text, (row,), Fault(code="E-CURRENCY", reason=reason, advice=ONE_CURRENCY)


def finding(sheet: str, letter: str, heading: Text, place: Place) -> Finding:
    """Return what is told of a place; a value that points at a person is not shown again."""
    text, rows, fault = place
    hidden = fault.hidden or personal_cell(text) is not None
    return Finding(
        code=fault.code,
        reason=fault.reason,
        advice=fault.advice,
        severity=fault.severity,
        rows=rows,
        sheet=sheet,
        column=letter,
        heading=heading,
        value="" if hidden else cleaned(text)[: LONGEST_WORDS if fault.code_list else SHOWN],
        hidden=hidden,
        code_list=fault.code_list,
    )
