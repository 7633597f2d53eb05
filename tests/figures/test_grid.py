"""The grid of posts and months."""

from datetime import date

import polars as pl
import pytest

from metrics.reporting import STATES
from pages.figures.grid import LEGEND, reporting_grid
from pages.figures.theme import DARK, LIGHT, Palette
from tests.figures.looks import contrast, reader, subtitle, title

JAN, FEB, MAR = (date(2026, month, 1) for month in (1, 2, 3))
DUE = {JAN: date(2026, 2, 10), FEB: date(2026, 3, 10), MAR: date(2026, 4, 10)}


def _report(post: str, month: date, state: str, days: int | None = None, **said) -> dict:
    row = {"post_code": post, "period": month, "due": DUE[month], "state": state}
    received = {"received_on": None, "rows_ok": None, "corrected": None}
    return row | received | {"days_late": days} | said


TOLD = pl.DataFrame(
    [
        _report("RUH", JAN, "on_time", 0, received_on=date(2026, 2, 3), rows_ok=1204, corrected=0),
        _report("RUH", FEB, "late", 12, received_on=date(2026, 3, 22), rows_ok=9, corrected=3),
        _report("RUH", MAR, "not_due"),
        _report("HKG", FEB, "missing"),
        _report("HKG", MAR, "on_time", 0, received_on=date(2026, 4, 1), rows_ok=5, corrected=0),
    ],
    schema_overrides={"state": pl.Enum(STATES), "received_on": pl.Date},
)


def _grid(told: pl.DataFrame = TOLD, language: str = "id", palette: Palette = LIGHT, **how):
    context = reader(language, palette, **how)
    return reporting_grid(told, posts=["HKG", "RUH"], months=[JAN, FEB, MAR], context=context)


def _grounds(figure) -> dict:
    return {trace.name: trace for trace in figure.data if trace.type == "heatmap"}


def _signs(figure):
    [signs] = [one for one in figure.data if one.type == "scatter" and one.mode == "text"]
    return signs


def test_each_cell_has_the_colour_of_its_state_and_a_month_before_the_post_has_none():
    grounds = _grounds(_grid())
    cells = {state: [list(line) for line in trace.z] for state, trace in grounds.items()}
    assert cells == {
        "on_time": [[None, None, 1], [1, None, None]],
        "late": [[None, None, None], [None, 1, None]],
        "missing": [[None, 1, None], [None, None, None]],
        "not_due": [[None, None, None], [None, None, 1]],
    }
    assert list(grounds["late"].y) == ["Hong Kong", "Riyadh"]


def test_each_cell_has_a_sign_so_that_colour_is_not_needed():
    signs = _signs(_grid())
    assert dict(zip(zip(signs.y, signs.x, strict=True), signs.text, strict=True)) == {
        ("Riyadh", 0): "✓",
        ("Riyadh", 1): "+12",
        ("Riyadh", 2): "…",
        ("Hong Kong", 1): "✗",
        ("Hong Kong", 2): "✓",
    }


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_signs_can_be_read_and_the_grounds_told_apart_in_grey(palette: Palette):
    figure = _grid(palette=palette)
    grounds = {state: trace.colorscale[0][1] for state, trace in _grounds(figure).items()}
    signs = _signs(figure)
    for state, colour in zip(TOLD["state"], signs.textfont.color, strict=True):
        assert contrast(colour, grounds[state]) >= 4.5
    counted = [grounds[state] for state in ("on_time", "late", "missing")]
    for place, one in enumerate(counted):
        assert all(contrast(one, other) >= 1.5 for other in counted[place + 1 :])


@pytest.mark.parametrize(
    ("language", "found", "late"),
    [
        (
            "id",
            "2 dari 4 laporan masuk tepat waktu, 1 terlambat, 1 belum ada: Hong Kong Feb 2026",
            "Feb 2026, terlambat 12 hari<br>jatuh tempo 10 Maret 2026<br>diterima 22 Maret 2026"
            "<br>9 baris<br>3 baris diperbaiki sesudahnya",
        ),
        (
            "en",
            "2 of 4 reports due came on time, 1 late, 1 missing: Hong Kong Feb 2026",
            "Feb 2026, 12 days late<br>due 10 March 2026<br>received 22 March 2026<br>9 rows"
            "<br>3 rows corrected later",
        ),
    ],
)
def test_it_tells_the_finding_and_each_cell_its_days(language: str, found: str, late: str):
    figure = _grid(language=language)
    assert title(figure) == found
    assert subtitle(figure).startswith("Laporan" if language == "id" else "Monthly report")
    assert _grounds(figure)["late"].customdata[1][1] == late


def test_the_legend_names_every_state_and_nothing_else():
    figure = _grid()
    named = [trace.name for trace in figure.data if trace.showlegend]
    assert named == [text.indonesian for text in LEGEND.values()]
    assert _signs(figure).showlegend is False


def test_on_a_phone_only_some_months_are_named_and_the_posts_by_their_codes():
    assert list(_grounds(_grid(small=True))["late"].y) == ["HKG", "RUH"]
    assert list(_grid(small=True).layout.xaxis.ticktext) == ["Mar<br>2026"]
    assert len(_grid().layout.xaxis.ticktext) == 3


def test_without_a_report_due_the_title_says_so():
    waiting = TOLD.filter(pl.col("state") == "not_due")
    for told in (waiting, TOLD.clear()):
        assert title(_grid(told)) == "Belum ada laporan yang jatuh tempo"
