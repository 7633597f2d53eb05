"""The failures a reader can meet, each with a sentence in both languages."""

from metrics.text import Text


class ReaderError(Exception):
    """A failure told to a person without a traceback; `text` says what is wrong and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.english)
        self.text = text


class DataUnavailable(ReaderError):
    """The database or its snapshot cannot be read just now."""


class RefusedFile(ReaderError):
    """A file cannot be taken in at all, whatever its rows say."""


class NoAccess(ReaderError):
    """The reader may not see these rows."""
