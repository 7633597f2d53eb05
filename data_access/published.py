"""Figures that others have published on Indonesian workers abroad, from assets/published/.

They stand beside the posts' own figures, with their source, and are never mixed into them.
"""

from pathlib import Path

import polars as pl

from data_access.settings import ASSETS

FOLDER = ASSETS / "published"
NOT_PUBLISHED = {"derived"}  # worked out by us from published figures: nothing anyone can quote

ISO_3 = {
    "HK": "HKG",
    "MY": "MYS",
    "SG": "SGP",
    "KR": "KOR",
    "BN": "BRN",
    "SA": "SAU",
    "KW": "KWT",
    "QA": "QAT",
    "AE": "ARE",
    "TW": "TWN",
    "SY": "SYR",
    "JO": "JOR",
}

COLUMNS = pl.Schema(
    {
        "topic": pl.String,
        "year": pl.Int16,
        "period": pl.String,
        "place": pl.String,
        "post": pl.String,
        "measure": pl.String,
        "category": pl.String,
        "value": pl.Float64,
        "unit": pl.String,
        "source_title": pl.String,
        "source_url": pl.String,
        "published_on": pl.String,
        "quality": pl.String,
        "note": pl.String,
    }
)

# Rows that agree in these speak of the same number. The post belongs to them: Riyadh and Jeddah
# share a place.
ONE_NUMBER = ["topic", "year", "place", "post", "measure", "category"]


def published(folder: Path = FOLDER) -> pl.DataFrame:
    """Return every published figure, one row a figure and source, in the order of the files.

    topic         name of the file: placements, complaints, sectors, ...
    year          the year the figure is about
    period        "Y" the full year; else a part, a running total or a day ("H1", "as of 2015-05")
    place         ISO-3 of the 12 places; "ALL" all places, "XX" the rest; others as given
    post          city of the post, where the source tells posts apart; mostly null
    measure       what was counted; measures are defined by their sources and do not add up
    category      kind of case, sector or province, by topic; null where the figure is not split
    value, unit   the figure as published
    source_title, source_url
    published_on  as given: a day, a month or a year; "~" if not seen on the page; may be null
    quality       "official", "press" or "unverified"
    note          what to know before quoting it; may be null
    """
    files = sorted(file for file in folder.glob("*.csv") if file.stem not in NOT_PUBLISHED)
    return pl.concat([_topic(file) for file in files])


def showable(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the figures of `published` that a reader may see, one row a number.

    Full years from official or press sources only. Where sources give the same number, the
    official one is kept; then the one published last; then the one that stands first in its file.
    `contradicted` is true where another such source gave a different value. The kept row is then
    not proven right: show its source. Figures of one measure may still follow different
    definitions from year to year (`note` says so), so they are not to be drawn as one line.
    """
    return (
        frame.filter(pl.col("quality").is_in(["official", "press"]), pl.col("period") == "Y")
        .with_columns(contradicted=pl.col("value").n_unique().over(ONE_NUMBER) > 1)
        .with_row_index("place_in_file")
        .sort(
            pl.col("quality") == "official",
            # As text, "2017" comes before "2017-11-04": the vaguer day counts as the earlier.
            pl.col("published_on").str.strip_prefix("~"),
            "place_in_file",
            descending=[True, True, False],
            nulls_last=True,
        )
        .unique(ONE_NUMBER, keep="first", maintain_order=True)
        .sort("place_in_file")
        .drop("place_in_file")
    )


def _topic(file: Path) -> pl.DataFrame:
    """Return the rows of one file in the COLUMNS that all topics share."""
    rows = pl.read_csv(file, infer_schema=False)
    # Each topic splits its figures by one thing of its own.
    splits = [name for name in ("category", "sector", "province") if name in rows.columns]
    return rows.select(
        pl.lit(file.stem).alias("topic"),
        "year",
        "period",
        pl.col("country_iso2").replace(ISO_3).alias("place"),
        pl.col("post") if "post" in rows.columns else pl.lit(None).alias("post"),
        "measure",
        pl.coalesce(splits or pl.lit(None)).alias("category"),
        "value",
        "unit",
        "source_title",
        "source_url",
        pl.col("published").alias("published_on"),
        "quality",
        "note",
    ).cast(COLUMNS)  # strict: a figure that is no number stops the tests, not the reader
