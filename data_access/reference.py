"""The reference lists in assets/reference: posts, case types and code lists, in both languages."""

from functools import lru_cache

import polars as pl

from data_access.settings import ASSETS
from metrics.text import Text

FOLDER = ASSETS / "reference"


@lru_cache
def posts() -> pl.DataFrame:
    """Return the 13 posts, one row each, in the order of the file.

    Columns: post_code, post_name_id, post_name_en, city_id, city_en, mission_type, officer_type,
    place (ISO-3), place_id, place_en, latitude, longitude, time_zone, currency.
    """
    return pl.read_csv(FOLDER / "posts.csv")


@lru_cache
def case_types() -> pl.DataFrame:
    """Return the 20 case types: code, indonesian, english, case_group, default_urgency,
    limit_class."""
    return pl.read_csv(FOLDER / "case_types.csv")


@lru_cache
def code_lists() -> dict[str, dict[str, Text]]:
    """Return every list of codes: list name -> code -> its words; codes in their fixed order."""
    rows = pl.concat(
        [
            pl.read_csv(FOLDER / "code_lists.csv"),
            case_types().select(pl.lit("case_type").alias("list"), "code", "indonesian", "english"),
            _named("post", "post_code", "city"),
            _named("place", "place", "place"),
        ]
    )
    lists: dict[str, dict[str, Text]] = {}
    for name, code, indonesian, english in rows.iter_rows():
        lists.setdefault(name, {})[code] = Text(indonesian, english)
    return lists


def _named(name: str, code: str, words: str) -> pl.DataFrame:
    columns = {"indonesian": f"{words}_id", "english": f"{words}_en"}
    return (
        posts()
        .select(pl.lit(name).alias("list"), pl.col(code).alias("code"), **columns)
        .unique("code", maintain_order=True)
    )


def codes(code_list: str) -> list[str]:
    """Return the codes of a list in their fixed order. Raises KeyError for an unknown list."""
    return list(code_lists()[code_list])
