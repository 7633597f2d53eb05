"""Invented names of agencies, each marked as simulated; none is or resembles a company's name."""

import numpy as np

CONSONANTS = "bdfgklmnprstvz"
VOWELS = "aeiou"
SYLLABLES = tuple(consonant + vowel for consonant in CONSONANTS for vowel in VOWELS)
MARK = "(simulasi)"


def invented_names(rng: np.random.Generator, n: int) -> list[str]:
    """Return n different names of two made-up words, such as "Bovaru Misento (simulasi)"."""
    names: dict[str, None] = {}
    while len(names) < n:
        drawn = rng.choice(SYLLABLES, 6)
        first, second = "".join(drawn[:3]).capitalize(), "".join(drawn[3:]).capitalize()
        names[f"{first} {second} {MARK}"] = None
    return list(names)
