"""Takes from words what nobody sees."""

import unicodedata


def cleaned(words: str) -> str:
    """Return words without invisible marks, with single plain spaces, in composed form (NFC)."""
    if words.isascii():
        return " ".join(words.split())
    visible = "".join(c for c in words if unicodedata.category(c) != "Cf")
    return " ".join(unicodedata.normalize("NFC", visible).split())
