"""Words from a file, shown as they are."""

import re


def plain(words: str) -> str:
    """Return words from a file so that nothing in them is taken for a format."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)
