"""The months behind and the months ahead."""

from datetime import date

import polars as pl

from metrics.text import Text
from pages.figures.outlook import outlook_chart
from tests.figures.looks import reader, subtitle, title

BEHIND = pl.DataFrame({"month": [date(2026, m, 1) for m in (3, 4, 5)], "value": [10.0, 20.0, 15.0]})
AHEAD = pl.DataFrame(
    {
        "month": [date(2026, 6, 1), date(2026, 7, 1)],
        "value": [16.0, 1234.0],
        "lower": [9.0, 0.0],
        "upper": [22.0, 2000.0],
    }
)


def _draw(language: str = "id"):  # noqa: ANN202
    return outlook_chart(
        BEHIND, AHEAD, title="T", measure=Text("Lowongan", "Vacancies"), context=reader(language)
    )


def test_what_was_stands_as_bars_and_what_may_come_as_a_line_with_its_band():
    bars, upper, lower, line = _draw().data
    assert bars.type == "bar"
    assert list(bars.y) == [10, 20, 15]
    assert list(line.y) == [16, 1234]
    assert (list(upper.y), list(lower.y)) == ([22, 2000], [9, 0])
    assert lower.fill == "tonexty"
    assert max(bars.x) < min(line.x)


def test_every_month_tells_its_number_as_the_language_writes_it():
    assert _draw().data[3].customdata[1] == "Jul 2026: 1.234 (0 sampai 2.000)"
    assert _draw("en").data[3].customdata[1] == "Jul 2026: 1,234 (0 to 2,000)"


def test_title_and_the_meaning_of_the_band_stand_above():
    assert title(_draw()) == "T"
    assert "selang 90%" in subtitle(_draw())
