"""The failures a reader can meet, each with a sentence in both languages."""

from dataclasses import dataclass, replace

from metrics.text import Text


class ReaderError(Exception):
    """A failure told to a person without a traceback; `text` says what is wrong and what to do.

    `code`: its short name, where it has one, by which help can be asked for.
    """

    code = ""

    def __init__(self, text: Text) -> None:
        super().__init__(text.english)
        self.text = text


class DataUnavailable(ReaderError):
    """The database or its snapshot cannot be read just now."""


@dataclass(frozen=True)
class Refusal:
    """Why something asked for is not done: a short code and the words."""

    code: str
    text: Text

    def format(self, **values: object) -> "Refusal":
        """Return the refusal with its places filled in."""
        return replace(self, text=self.text.format(**values))


class RefusedFile(ReaderError):
    """A file cannot be taken in at all, whatever its rows say."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.text)
        self.code = refusal.code


class RefusedNumber(ReaderError):
    """What is asked of a submission, by its number, cannot be done."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.text)
        self.code = refusal.code


class NoAccess(ReaderError):
    """The reader may not see these rows, or not hand in or take back these files."""

    code = "E-ACCESS"
