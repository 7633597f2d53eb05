"""A value by the quarter of the report."""

from datetime import date

import polars as pl

from metrics.catalogue.outcomes import METRICS as OUTCOMES
from metrics.catalogue.resolution import MEDIAN_RESOLUTION_DAYS
from pages.figures.cohorts import quarters
from tests.figures.looks import reader, subtitle, title

ROWS = pl.DataFrame(
    {
        "quarter": [date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)],
        "value": [40.0, 31.0, None],
        "n": [120, 90, 8],
        "lower": [35.0, 25.0, None],
        "upper": [47.0, None, None],
    }
)


def test_the_title_tells_the_first_and_the_last_quarter_that_are_known():
    assert title(quarters(ROWS, metric=MEDIAN_RESOLUTION_DAYS, context=reader())) == (
        "Waktu penyelesaian (median) menurut triwulan kasus dilaporkan: 40 hari pada "
        "Triwulan IV 2025, 31 hari pada Triwulan I 2026"
    )
    english = quarters(ROWS, metric=MEDIAN_RESOLUTION_DAYS, context=reader("en"))
    assert "40 days in Q4 2025" in title(english)


def test_what_is_withheld_is_neither_drawn_nor_told():
    lines, dots = quarters(ROWS, metric=MEDIAN_RESOLUTION_DAYS, context=reader()).data
    assert list(dots.y) == [40, 31, None]
    assert list(lines.y) == [35, 47, None] + [None] * 6
    nothing = quarters(ROWS.tail(1), metric=MEDIAN_RESOLUTION_DAYS, context=reader())
    assert title(nothing).endswith("data belum cukup")


def test_shares_stand_on_a_scale_of_per_cent():
    share = next(metric for metric in OUTCOMES if metric.name == "resolved_share_90")
    rows = ROWS.with_columns(pl.col("value", "lower", "upper") / 100)
    figure = quarters(rows, metric=share, context=reader())
    assert list(figure.data[1].y)[:2] == [40, 31]
    assert figure.layout.yaxis.ticksuffix == "%"
    assert "belum lama diikuti" in subtitle(figure)
