"""Drawing many codes at once: each row by the chances of its own kind."""

from collections.abc import Sequence

import numpy as np
import polars as pl


def choose(rng: np.random.Generator, chances: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return the number of one choice for each row.

    chances  one line a kind, one column a choice; a line need not add up to 1
    rows     which line each row follows
    """
    steps = np.cumsum(chances, axis=1, dtype=float)
    steps /= steps[:, -1:]
    drawn = rng.random(len(rows))
    chosen = np.zeros(len(rows), dtype=np.int16)
    # Column by column: the whole table at once would take rows x choices x 8 bytes.
    for column in range(chances.shape[1] - 1):
        chosen += drawn >= steps[rows, column]
    return chosen


def one_of(rng: np.random.Generator, chances: Sequence[float] | np.ndarray, n: int) -> np.ndarray:
    """Return the number of one choice for each of n rows that share the same chances."""
    return choose(rng, np.asarray([chances], dtype=float), np.zeros(n, dtype=np.int8))


def codes(names: Sequence[str | None], numbers: np.ndarray) -> pl.Series:
    """Return the codes that stand at these places of the list; -1 gives null."""
    words = pl.Series([*names, None], dtype=pl.String)
    return words.gather(np.where(numbers < 0, len(names), numbers).astype(np.uint32))


def some(rng: np.random.Generator, n: int, share: float | np.ndarray) -> np.ndarray:
    """Return for n rows whether each is among a share of them."""
    return rng.random(n) < share
