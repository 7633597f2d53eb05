"""What a field of a sheet is: the words of its heading and what a cell may hold."""

from dataclasses import dataclass, field
from typing import Literal

from metrics.text import Text

Kind = Literal["text", "code", "date", "quarter", "integer", "decimal", "yes_no"]
AGENCY = "agency"  # stands for a code list: the agencies known to the post


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column that a post fills; the template, the checks and the table are made from it."""

    name: str  # the column's name in the database
    label: Text  # the heading in the workbook
    kind: Kind
    example: str
    required: bool = True
    code_list: str = ""  # which list of assets/reference/code_lists.csv, for a code; or AGENCY
    allowed: tuple[str, ...] = ()  # the codes of that list that fit here; empty means all
    pattern: str = ""  # a regular expression in which {post} stands for the file's post
    minimum: float | None = None
    maximum: float | None = None
    length: int = 60  # the longest text
    places: int = 2  # decimals of an amount
    currency: str = ""  # the field of the same row that names an amount's currency

    @property
    def free_text(self) -> bool:
        """Return whether a post may write anything here."""
        return self.kind == "text" and not self.pattern


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet of the monthly workbook, and the table that keeps its rows."""

    name: str  # the sheet's name in the workbook
    label: Text
    table: str
    key: tuple[str, ...]  # what makes a row the same row in a later file, within one post
    fields: tuple[Field, ...]
    # True: the file brings the month's rows whole, so a row it no longer has is taken out.
    # False: a row lives on from month to month until a later file changes it.
    whole_month: bool = False
    one_row: bool = field(default=False)

    def field(self, name: str) -> Field:
        """Return the field of that name. Raises KeyError when the sheet has none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)
