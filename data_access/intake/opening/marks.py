"""What a sheet shows besides its words: its formulas, its merged cells, its hidden rows."""

from dataclasses import dataclass, field

# By letter of the column: rows, as Excel counts them.
Places = dict[str, list[int]]


@dataclass
class Marks:
    """What stands in a sheet that the reader of its cells does not tell.

    merged  first row, first column, last row, last column of each block, counted from 1
    """

    formulas: Places = field(default_factory=dict)
    uncounted: Places = field(default_factory=dict)  # formulas whose result was never worked out
    errors: Places = field(default_factory=dict)
    percents: Places = field(default_factory=dict)  # numbers shown as a percentage
    booleans: Places = field(default_factory=dict)  # TRUE and FALSE
    struck: list[int] = field(default_factory=list)  # rows with struck-through words
    hidden_rows: list[int] = field(default_factory=list)  # those with something in them
    hidden_columns: list[str] = field(default_factory=list)
    filtered: bool = False  # a filter hides the hidden rows
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    filled: int = 0  # cells that certainly hold something; as many must be read


def put(places: Places, letter: str, row: int) -> None:
    """Add a place."""
    places.setdefault(letter, []).append(row)


def column_letter(number: int) -> str:
    """Return the letter of a column, counted from 1.

    The library that writes workbooks has this too, but each child would wait for it to load.
    """
    letter = ""
    while number:
        number, last = divmod(number - 1, 26)
        letter = chr(65 + last) + letter
    return letter


def column_number(letter: str) -> int:
    """Return the number of a column, counted from 1."""
    number = 0
    for one in letter:
        number = number * 26 + ord(one) - 64
    return number
