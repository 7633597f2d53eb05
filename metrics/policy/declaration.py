"""What a choice is: a value, the rule in words, and its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from metrics.text import Language, Text
from metrics.units import number

T = TypeVar("T", bound=float | Mapping[str, int] | Mapping[str, float] | Mapping[str, int | None])


@dataclass(frozen=True)
class Policy(Generic[T]):
    """One choice: its value, the rule in words (with {places} for the value), and why."""

    name: str
    value: T
    rule: Text
    reason: Text

    def told(self, language: Language) -> str:
        """Return the rule in one language, with its values filled in as that language writes."""
        values = self.value if isinstance(self.value, Mapping) else {"value": self.value}
        written = {
            key: number(value, language, decimals=1 if isinstance(value, float) else 0)
            for key, value in values.items()
        }
        return self.rule.to(language).format(**written)
