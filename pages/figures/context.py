"""What every figure needs beside its rows: language, colours, and the words under its title."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import wrap

from metrics.metric import Metric
from metrics.text import Language, Text
from pages.figures.theme import Palette

LONGEST_LINE = 24  # characters of a label on an axis, so that a phone still has room for bars


@dataclass(frozen=True, eq=False)
class Context:
    """The reader's language and appearance, and what is shown, in words."""

    language: Language
    palette: Palette
    words: str  # the filters
    as_of: str  # the data date
    reporting: str  # "11 dari 13 pos"
    small: bool = False  # a phone: fewer and shorter labels
    names: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)  # code lists

    def say(self, text: Text) -> str:
        """Return the words in the reader's language."""
        return text.to(self.language)

    def name(self, code_list: str, code: str | None) -> str:
        """Return the words of a code; a dash for none."""
        return "–" if code is None else self.say(self.names[code_list][code])

    def axis_name(self, code_list: str, code: str | None) -> str:
        """Return the words of a code for an axis: of a long list of names the first, in lines."""
        name = self.name(code_list, code)
        first, *others = name.split(" / ")
        if others and len(name) > 2 * LONGEST_LINE:
            name = f"{first} …"
        return "<br>".join(wrap(name, LONGEST_LINE, max_lines=2, placeholder=" …"))

    def subtitle(self, measure: Text | Metric) -> str:
        """Return the line under a title: measure and unit, filters, data date, reporting posts."""
        if isinstance(measure, Metric):
            label, unit = self.say(measure.label), self.say(measure.unit.words)
            first = label if unit.lower() in label.lower() else f"{label} ({unit})"
        else:
            first = self.say(measure)
        return f"{first} · {self.words} · {self.as_of} · {self.reporting}"
