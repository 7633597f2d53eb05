"""Published figures: nothing is lost on the way in, and only what may be shown comes out."""

import csv
from itertools import groupby

import polars as pl
import pytest

from data_access.published import COLUMNS, FOLDER, ISO_3, ONE_NUMBER, published, showable

TOPICS = [
    "agencies",
    "complaints",
    "origin_provinces",
    "placements",
    "repatriation_deaths",
    "sectors",
    "stock_remittances",
]


@pytest.fixture(scope="module")
def figures():
    return published()


@pytest.fixture(scope="module")
def shown(figures):
    return showable(figures)


def rows_of(topic):
    """The rows of one file, read the slow and obvious way."""
    with (FOLDER / f"{topic}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                "topic": topic,
                "year": int(row["year"]),
                "period": row["period"],
                "place": ISO_3.get(row["country_iso2"], row["country_iso2"]),
                "post": row.get("post") or None,
                "measure": row["measure"],
                "category": row.get("category") or row.get("sector") or row.get("province") or None,
                "value": float(row["value"]),
                "unit": row["unit"],
                "source_title": row["source_title"],
                "source_url": row["source_url"],
                "published_on": row["published"] or None,
                "quality": row["quality"],
                "note": row["note"] or None,
            }


def figure(value, **differences):
    """One published figure; say what matters, the rest is filled in."""
    row = {
        "topic": "placements",
        "year": 2020,
        "period": "Y",
        "place": "HKG",
        "post": None,
        "measure": "placements_total",
        "category": None,
        "value": value,
        "unit": "workers",
        "source_title": "A report",
        "source_url": "https://example.org/report",
        "published_on": "2021-01-31",
        "quality": "press",
        "note": None,
    }
    return row | differences


def shown_of(*figures):
    rows = showable(pl.DataFrame(list(figures), schema=COLUMNS))
    return rows.select("value", "contradicted").rows()


def value(frame, **wanted):
    return frame.filter(**wanted).item(0, "value")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_row_of_every_file_arrives_as_it_stands(figures, topic):
    assert figures.filter(topic=topic).to_dicts() == list(rows_of(topic))


def test_files_are_all_read_save_what_we_worked_out_ourselves(figures):
    assert figures.schema == COLUMNS
    assert figures["topic"].unique(maintain_order=True).to_list() == TOPICS
    assert (FOLDER / "derived.csv").exists()


def test_shown_rows_are_what_plain_python_would_choose(figures, shown):
    """The rule once more, without Polars."""
    allowed = [
        (at, row)
        for at, row in enumerate(figures.to_dicts())
        if row["quality"] in {"official", "press"} and row["period"] == "Y"
    ]

    def number(entry):
        return tuple(str(entry[1][name]) for name in ONE_NUMBER)

    chosen = []
    for _, same in groupby(sorted(allowed, key=number), key=number):
        rivals = list(same)
        best = max(
            rivals,
            key=lambda entry: (
                entry[1]["quality"] == "official",
                (entry[1]["published_on"] or "").removeprefix("~"),
                -entry[0],
            ),
        )
        contradicted = len({row["value"] for _, row in rivals}) > 1
        chosen.append((best[0], best[1] | {"contradicted": contradicted}))
    assert shown.to_dicts() == [row for _, row in sorted(chosen, key=lambda entry: entry[0])]


def test_every_shown_figure_has_a_source_and_an_address(shown):
    assert shown["source_title"].str.len_chars().min() > 0
    assert shown["source_url"].str.contains("^https?://.+").all()
    assert shown["source_title"].null_count() == shown["source_url"].null_count() == 0


def test_only_full_years_from_named_sources_are_shown(shown):
    assert set(shown["period"]) == {"Y"}
    assert set(shown["quality"]) == {"official", "press"}
    assert not shown.select(ONE_NUMBER).is_duplicated().any()


def test_numbers_looked_up_by_hand(shown):
    total = {"measure": "placements_total"}
    assert value(shown, year=2011, place="ALL", **total) == 586_802
    assert value(shown, year=2023, place="ALL", **total) == 274_965
    assert value(shown, year=2024, place="ALL", **total) == 297_434
    assert value(shown, year=2024, place="HKG", **total) == 99_773
    assert value(shown, year=2024, place="KWT", **total) == 640
    malaysia = {"topic": "complaints", "place": "MYS", "measure": "received"}
    assert value(shown, year=2021, **malaysia) == 403


def test_sectors_and_provinces_stand_in_category(shown):
    domestic = shown.filter(topic="sectors", year=2013, category="domestic")
    assert domestic["value"].to_list() == [168_318]
    east_java = shown.filter(topic="origin_provinces", year=2023, category="Jawa Timur")
    assert east_java["value"].to_list() == [68_069]


def test_these_and_no_other_shown_figures_are_contradicted(shown):
    """A new line here may also be two jobs of one sector: look before adding it."""
    told = shown.filter("contradicted").select("year", "place", "measure", "value")
    assert told.rows() == [
        (2013, "ALL", "placements_formal", 285_297),  # official before press
        (2014, "ALL", "placements_formal", 247_610),  # same page and day: the table stands first
        (2016, "MYS", "placements_total", 87_598),  # November 2017 after "2017"
        (2019, "MYS", "placements_total", 79_659),  # 2025 after 2021
        (2018, "ALL", "remittances", 10_800),  # February 2019 after "2019"
    ]


def test_official_comes_before_press_however_late():
    early = figure(1, quality="official", published_on="2020-12-31")
    assert shown_of(figure(2, published_on="2025-01-01"), early) == [(1, True)]


def test_latest_published_comes_first_and_no_date_last():
    dated, inferred = figure(1, published_on="2021-12-06"), figure(2, published_on="~2025")
    assert shown_of(dated, inferred, figure(3, published_on=None)) == [(2, True)]
    assert shown_of(figure(3, published_on=None), dated) == [(1, True)]


def test_sources_that_agree_are_shown_once_and_not_called_contradicted():
    assert shown_of(figure(7), figure(7, published_on="2022-01-01")) == [(7, False)]


def test_what_may_not_be_shown_contradicts_nothing():
    hidden = figure(9, quality="unverified"), figure(8, period="H1"), figure(6, period="Y (to May)")
    assert shown_of(figure(7), *hidden) == [(7, False)]


def test_posts_of_one_place_do_not_contradict_each_other():
    riyadh, jeddah = figure(1, post="Riyadh", place="SAU"), figure(2, post="Jeddah", place="SAU")
    assert shown_of(riyadh, jeddah) == [(1, False), (2, False)]


def test_nothing_in_gives_nothing_out(figures):
    assert showable(figures.clear()).height == 0


def test_a_figure_that_is_no_number_is_refused(tmp_path):
    header, first, *_ = (FOLDER / "placements.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "placements.csv").write_text(f"{header}\n{first.replace('586802', 'about 5')}\n")
    with pytest.raises(pl.exceptions.InvalidOperationError, match="about 5"):
        published(tmp_path)
