"""The pieces that screens are made of: cards, figures with their table, notes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from metrics.catalogue import METRICS
from metrics.changes.yearly import Change
from metrics.metric import RESULT, TIME_BASES, Metric
from metrics.selection import Selection
from metrics.text import Text
from metrics.units import day, month, number
from pages.components import filters, loaders, reference
from pages.components.columns import LABELS, code_list
from pages.components.language import language, say
from pages.figures.context import Context
from pages.figures.theme import DARK, LIGHT

VERDICTS = {
    "better": (Text("sinyal: membaik", "signal: better"), "blue"),
    "worse": (Text("sinyal: memburuk", "signal: worse"), "orange"),
    "signal": (Text("sinyal", "signal"), "primary"),
    "ordinary": (Text("variasi biasa", "ordinary variation"), "grey"),
    "untested": (Text("tidak diuji", "not tested"), "grey"),
}
A_YEAR_AGO = Text("setahun lalu {before}", "a year ago {before}")
AT_POSTS = Text("di {posts} pos: {before} → {now}", "at {posts} posts: {before} → {now}")
POINTS_APART = Text(" poin", " points")
NO_COMPARISON = Text("belum ada pembanding setara", "no comparable period yet")
TABLE = Text("Tabel, definisi, dan n", "Table, definition and n")
AS_OF = Text("data per {date}", "data as of {date}")
OF_POSTS = Text("{posts} dari {all} pos", "{posts} of {all} posts")
MONTH = Text("Bulan", "Month")
SIMULATED = Text("DATA SIMULASI", "DATA SIMULASI (made-up data)")
SOURCE = Text("Asal data", "Origin of the data")
EMPTY = Text(
    "Tidak ada data pada pilihan ini. Coba perpanjang periodenya atau hapus saringan.",
    "Nothing matches this selection. Try a longer period or clear the filters.",
)
NOTHING_SENT = Text(
    "Belum ada laporan yang diterima. Kirim yang pertama di layar Data, bagian Kirim.",
    "No report has been received yet. Send the first one on the screen Data, section Send.",
)
COLUMNS = {
    "opened": Text("Masuk", "Reported"),
    "closed": Text("Ditutup", "Closed"),
    "open": Text("Terbuka di akhir bulan", "Open at month end"),
    "formal": Text("Formal", "Formal"),
    "informal": Text("Informal", "Informal"),
    "days": Text("Hari", "Days"),
    "at_risk": Text("Belum ditutup", "Not yet closed"),
    "events": Text("Ditutup hari itu", "Closed that day"),
    "censored": Text("Masih terbuka", "Still open"),
    "survival": Text("Bagian belum ditutup", "Share not yet closed"),
    "std_error": Text("Galat baku", "Standard error"),
    "value": Text("Nilai", "Value"),
    "n": Text("n", "n"),
    "lower": Text("Batas bawah 95%", "Lower 95%"),
    "upper": Text("Batas atas 95%", "Upper 95%"),
}


def context(shown: Selection | None = None) -> Context:
    """Return what every figure needs: language, appearance, and in words what is shown.

    That is the reader's selection, unless the figure shows another one.
    """
    selection = shown or filters.selection()
    reporting = OF_POSTS.format(
        posts=loaders.posts_reporting(selection), all=loaders.how_many_posts(selection)
    )
    return Context(
        language=language(),
        palette=DARK if st.context.theme.type == "dark" else LIGHT,
        words=filters.in_words(selection),
        as_of=say(AS_OF.format(date=day(selection.period.last, language()))),
        reporting=say(reporting),
        small=on_a_phone(),
        names=reference.all_words(),
    )


def on_a_phone() -> bool:
    """Return whether the reader's browser says that it is a phone's."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def show_card(metric: str) -> None:
    """Show a metric as a number with n, its change on a year ago and what that means."""
    declared, selection = METRICS[metric], filters.selection()
    [row] = loaders.measured(metric, selection).rows(named=True)
    moved = loaders.changed(metric, selection)
    words, colour = VERDICTS[moved.verdict]
    with st.container(border=True, height="stretch", gap=None):
        st.metric(
            say(declared.label),
            declared.unit.format(row["value"], language()),
            delta=_delta(declared, moved),
            delta_color=colour,
            delta_arrow="auto" if (_delta(declared, moved) or "")[:1] in "+-" else "off",
            delta_description=None if moved.difference is None else say(words),
            help=explained(declared, row),
        )
        st.caption(_a_year_ago(declared, moved))
        if declared.unit.glued or row["lower"] is not None:
            st.caption(_interval(declared, row) + _counted(declared, row))


def _interval(metric: Metric, row: Mapping) -> str:
    if row["lower"] is None or row["upper"] is None:
        return ""
    lower, upper = (metric.unit.bare(row[side], language()) for side in ("lower", "upper"))
    return f"95%: {lower}–{upper} · "


def _counted(metric: Metric, row: Mapping) -> str:
    return f"n {number(row['n'], language())} ({say(metric.counted)})"


def _delta(metric: Metric, moved: Change) -> str | None:
    if moved.difference is None:
        return None
    points = say(POINTS_APART) if metric.unit.glued else ""
    size = metric.unit.bare(abs(moved.difference), language())
    if size == metric.unit.bare(0, language()):  # what is written as 0 went neither up nor down
        return size + points
    return ("+" if moved.difference > 0 else "-") + size + points


def _a_year_ago(metric: Metric, moved: Change) -> str:
    if moved.difference is None:
        return say(NO_COMPARISON)
    before, now = (metric.unit.format(v, language()) for v in (moved.before, moved.now))
    if moved.posts < loaders.how_many_posts(filters.selection()):
        return say(AT_POSTS.format(posts=moved.posts, before=before, now=now))
    return say(A_YEAR_AGO.format(before=before))


def explained(metric: Metric, row: Mapping | None = None) -> str:
    """Return definition, time base, limits and, for a row, n and interval, for a tooltip."""
    lines = [say(metric.definition), f"*{say(TIME_BASES[metric.time_base])}*", say(metric.limits)]
    if row is not None:
        lines.append(f"n = {number(row['n'], language())} ({say(metric.counted)})")
        if row["lower"] is not None:
            bounds = [metric.unit.bare(row[side], language()) for side in ("lower", "upper")]
            lines.append("95%: " + " – ".join(bounds))
    return "\n\n".join(lines)


def show_figure(
    figure: go.Figure,
    *,
    key: str,
    table: pl.DataFrame,
    metric: Metric | None = None,
    on_select: Callable[[], None] | None = None,
) -> None:
    """Show a figure; below it, closed, its table with the metric's definition."""
    words = figure.layout.meta
    st.markdown(f"**{words['title']}**  \n:small[:gray[{words['subtitle']}]]")
    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        on_select=on_select or "ignore",
        selection_mode="points",
        config={
            "displayModeBar": False,
            "topojsonURL": "/assets/none/",
            "locale": language(),
            "scrollZoom": False,
        },
        alt=words["title"],
    )
    _show_details(f"{key}_table", table, metric)


@st.fragment
def _show_details(key: str, table: pl.DataFrame, metric: Metric | None) -> None:
    """Show definition and table when they are opened, and only then compute them."""
    with st.expander(say(TABLE), key=key, on_change="rerun") as details:
        if not details.open:
            return
        if metric is not None:
            st.markdown(explained(metric))
        show_table(table, metric)


def show_table(measured: pl.DataFrame, metric: Metric | None = None) -> None:
    """Show measured rows with words for codes and numbers as the language writes them."""
    show_rows(worded(measured, metric))


def show_rows(
    rows: pl.DataFrame,
    *,
    height: int | Literal["auto", "content"] = "auto",
    widths: Mapping[str, Literal["small", "medium", "large"]] | None = None,
) -> None:
    """Show rows that are in words already; made-up ones carry their mark into every download."""
    if loaders.dataset().simulated:
        rows = rows.with_columns(pl.lit(say(SIMULATED)).alias(say(SOURCE)))
    columns = {name: st.column_config.Column(width=width) for name, width in (widths or {}).items()}
    st.dataframe(rows, hide_index=True, width="stretch", height=height, column_config=columns)


def worded(measured: pl.DataFrame, metric: Metric | None = None) -> pl.DataFrame:
    """Return measured rows as a person reads them: words for codes, numbers in their language."""
    shown: dict[str, list] = {}
    tongue = language()
    for column in measured.columns:
        values = measured[column].to_list()
        if column in COLUMNS:
            unit = metric.unit if metric and column in RESULT and column != "n" else None
            decimals = 3 if measured.schema[column] == pl.Float64 else 0
            shown[say(COLUMNS[column])] = [
                unit.bare(v, tongue) if unit else number(v, tongue, decimals) for v in values
            ]
        elif column == "month":
            shown[say(MONTH)] = [month(v, tongue) for v in values]
        elif column in LABELS:
            names = reference.all_words().get(code_list(column), {})
            shown[say(LABELS[column])] = [
                say(names[v]) if v in names else ("–" if v is None else v) for v in values
            ]
        else:
            shown[column] = values
    return pl.DataFrame(shown, strict=False)


def show_empty() -> None:
    """Say that nothing matches, and what to do."""
    ever = not loaders.dataset().rows.submissions.is_empty()
    st.info(say(EMPTY if ever else NOTHING_SENT), icon=":material/search_off:")


def chosen(column: str, selection: Selection) -> str | None:
    """Return the code that the filter wants for a column, to highlight it."""
    codes: Sequence[str] = dict(selection.wanted).get(column, ())
    return codes[0] if codes else None
