"""What the tests of the figures share: a reader, and what of a figure they look at."""

import plotly.graph_objects as go
import polars as pl

from data_access.reference import code_lists
from metrics.text import Language
from pages.figures.context import Context
from pages.figures.theme import LIGHT, Palette


def reader(language: Language = "id", palette: Palette = LIGHT, *, small: bool = False) -> Context:
    """A reader who sees all cases of 2026; `small` is on a phone."""
    return Context(
        language=language,
        palette=palette,
        words="Semua" if language == "id" else "All",
        as_of="data per 31 Mei 2026" if language == "id" else "data as of 31 May 2026",
        reporting="11 dari 13 pos" if language == "id" else "11 of 13 posts",
        small=small,
        names=code_lists(),
    )


def measured(column: str | tuple[str, ...], *rows: tuple) -> pl.DataFrame:
    """The result of a metric: codes, then value, n, lower, upper; what is not said is null."""
    codes = [column] if isinstance(column, str) else list(column)
    schema = dict.fromkeys(codes, pl.String) | {
        "value": pl.Float64,
        "n": pl.Int64,
        "lower": pl.Float64,
        "upper": pl.Float64,
    }
    full = [row + (None,) * (len(schema) - len(row)) for row in rows]
    return pl.DataFrame(full, schema=schema, orient="row")


def title(figure: go.Figure) -> str:
    """What the figure found."""
    return figure.layout.meta["title"]


def subtitle(figure: go.Figure) -> str:
    """What stands below the title."""
    return figure.layout.meta["subtitle"]


def texts(figure: go.Figure) -> list[str]:
    """The words written into the figure, in their order."""
    return [annotation.text for annotation in figure.layout.annotations]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.1, 1.4.3)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
