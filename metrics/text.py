"""A text in both languages, side by side, so that a missing translation cannot be written."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["id", "en"]


@dataclass(frozen=True)
class Text:
    """Words that a person reads, in Indonesian and in English."""

    indonesian: str
    english: str

    def to(self, language: Language) -> str:
        """Return the words in one language."""
        return self.indonesian if language == "id" else self.english

    def format(self, **values: object) -> "Text":
        """Return the text with its {places} filled; a value that is a Text goes in its own tongue.

        Raises KeyError when a place has no value.
        """
        return Text(*(self._filled(language, values) for language in ("id", "en")))

    def _filled(self, language: Language, values: dict[str, object]) -> str:
        own = {k: v.to(language) if isinstance(v, Text) else v for k, v in values.items()}
        return self.to(language).format(**own)
