"""What a post's own words stand for: remembered words, and the names of its agencies.

Words that differ only in how they were typed are the same words. Nothing is guessed: words that
could mean two things mean neither, and the nearest ones are only offered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl
from rapidfuzz import fuzz, process

from data_access.intake.words.spelling import company, key, normal
from metrics.text import Text

LONGEST_WORDS = 120  # letters that can be remembered, and that are compared
NEAR_ENOUGH = 65  # of 100
MOST_ASKED = 100  # words of one file and list that get suggestions; more would only take time


class Nearest:
    """Finds the words nearest to others. Their spellings are prepared once."""

    def __init__(self, choices: Mapping[str, Text]) -> None:
        """Prepare the choices: code -> words."""
        spelled = {
            (code, normal(words)): None
            for code, text in choices.items()
            for words in (text.indonesian, text.english, code)
        }
        self._codes = [code for code, _ in spelled]
        self._words = [words for _, words in spelled]

    def codes(self, words: str, most: int) -> list[str]:
        """Return the codes of the nearest words, best first; none when nothing is near."""
        asked = normal(words)
        if not asked or len(asked) > LONGEST_WORDS:
            return []
        near = process.extract(
            asked, self._words, scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH, limit=4 * most
        )
        return list(dict.fromkeys(self._codes[at] for _, _, at in near))[:most]


def suggested(words: str, choices: Mapping[str, Text], most: int = 3) -> list[str]:
    """Return the codes of the choices nearest to words, best first; none when nothing is near."""
    return Nearest(choices).codes(words, most)


class Register:
    """The agencies known to a post: code -> name as last written; older names stay known."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Take pairs of code and name; the last name of a code is the one shown."""
        self.names: dict[str, str] = {}
        self._found: dict[str, set[tuple[str, str]]] = {}
        for code, name in pairs:
            self.names[code] = name
            bare, form = company(name)
            self._found.setdefault(bare, set()).add((form, code))

    def codes(self, words: str) -> list[str]:
        """Return the codes of all agencies of this name, in order.

        The form of company (PT, CV, Ltd ...) may be missing on one side, but two forms are two
        companies; a name written with its very form goes before the others.
        """
        bare, form = company(words)
        known = self._found.get(bare, set())
        same = {code for its, code in known if its == form}
        return sorted(same or {code for its, code in known if not form or not its})

    @cached_property
    def nearest(self) -> Nearest:
        """Return what finds the nearest names."""
        return Nearest({code: Text(name, name) for code, name in self.names.items()})


@dataclass(frozen=True, eq=False)
class Names:
    """What words stand for at one post.

    remembered  list -> words in their one spelling -> code, as a person said
    agencies    the agencies of the post and of the file that is read
    """

    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    agencies: Register = field(default_factory=Register)

    def code(self, code_list: str, words: str) -> str | None:
        """Return the code that a person said words stand for in a list, or None."""
        return self.remembered.get(code_list, {}).get(key(words))

    def knowing(self, *agencies: pl.DataFrame | None) -> "Names":
        """Return the same names with agencies: frames with agency_code and agency_name."""
        pairs = [
            pair
            for frame in agencies
            if frame is not None
            for pair in frame.select("agency_code", "agency_name").drop_nulls().iter_rows()
        ]
        return Names(self.remembered, Register(pairs))


NO_NAMES = Names()


@dataclass(frozen=True, eq=False)
class Origin:
    """Whose cells are read, of which month, and what the post's own words stand for; made for one
    file."""

    post: str
    names: Names = NO_NAMES
    month: date | None = None  # the reporting month; None: not known
    asked: dict[Nearest, dict[str, list[str]]] = field(default_factory=dict, repr=False)

    def near(self, words: str, nearest: Nearest, most: int = 10) -> list[str]:
        """Return suggestions, best first; none once a file has asked one list for very many."""
        asked = self.asked.setdefault(nearest, {})
        if words not in asked and len(asked) < MOST_ASKED:
            asked[words] = nearest.codes(words, most)
        return asked.get(words, [])
