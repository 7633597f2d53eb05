"""What is doubtful in the data: how much of each kind, and the rows behind it."""

import polars as pl
import streamlit as st

from data_access import access
from data_access.errors import NoAccess
from data_access.sheets import BY_TABLE
from metrics.quality import KINDS
from metrics.quality.words import WORDS, WRONG
from metrics.selection import Selection
from metrics.text import Text
from metrics.units import day, number
from pages.components import insights, loaders, panels, reference
from pages.components.language import language, say

SUBJECTS = {
    "missing": Text("Isian kosong", "Empty fields"),
    "implausible": Text("Tidak masuk akal", "Implausible"),
    "duplicates": Text("Ganda atau mungkin ganda", "Duplicate or possibly so"),
    "lateness": Text("Terlambat masuk laporan", "Told late"),
    "outliers": Text("Jauh dari biasanya", "Far from the usual"),
    "consistency": Text("Jumlah tidak cocok", "Totals that do not agree"),
}
CHOOSE = Text("Jenis masalah data", "Kind of problem")
NONE = Text("Tidak ada temuan pada pilihan ini.", "Nothing was found in this selection.")
BY_POST = Text(
    "{subject}: {count} temuan, terbanyak di {most} ({of_most})",
    "{subject}: {count} findings, most at {most} ({of_most})",
)
NO_POST = Text("tanpa pos", "no post")
TOTAL = Text("Jumlah", "Total")
ROWS = Text("Baris di balik angka ({count})", "The rows behind the number ({count})")
MORE = Text("Tampil {shown} dari {count} temuan.", "{shown} of {count} findings shown.")
COLUMNS = {
    "post": Text("Pos", "Post"),
    "sheet": Text("Lembar", "Sheet"),
    "key": Text("Nomor atau bulan", "Number or month"),
    "column": Text("Kolom", "Column"),
    "value": Text("Isian saat ini", "Present value"),
    "date": Text("Tanggal", "Date"),
    "reason": Text("Temuan dan tindakan", "Finding and what to do"),
}
POST = "post"
MOST = 500  # rows sent to the browser at once


def show(selection: Selection) -> None:
    """Show one subject's findings by post, and below them their rows."""
    subject = st.segmented_control(
        say(CHOOSE),
        list(KINDS),
        default=next(iter(KINDS)),
        required=True,
        format_func=lambda name: say(SUBJECTS[name]),
        key="ragu",
    )
    found = insights.doubtful(selection, subject)
    if found.is_empty():
        st.info(say(NONE), icon=":material/task_alt:")
        return
    count = number(found.height, language())
    post, of_most = _totals(found)[0]
    told = {"count": count, "most": _post(post), "of_most": number(of_most, language())}
    st.subheader(say(BY_POST.format(subject=SUBJECTS[subject], **told)), anchor=False)
    panels.show_rows(_by_post(found), height="content")
    st.subheader(say(ROWS.format(count=count)), anchor=False)
    try:
        access.may_see_cases(loaders.dataset().who)
    except NoAccess as refused:
        st.caption(say(refused.text))
        return
    if found.height > MOST:
        st.caption(say(MORE.format(shown=number(MOST, language()), count=count)))
    panels.show_rows(_worded(found.head(MOST)), height=460)


def _by_post(found: pl.DataFrame) -> pl.DataFrame:
    """Return how many findings of each kind a post has; posts down, the worst first."""
    counted = {
        (kind, post): n
        for kind, post, n in found.group_by("kind", "post_code").agg(pl.len()).iter_rows()
    }
    tongue = language()
    kinds = found["kind"].unique().sort().to_list()
    rows = [
        {POST: _post(post)}
        | ({say(TOTAL): number(total, tongue)} if len(kinds) > 1 else {})
        | {_kind(kind): number(counted.get((kind, post), 0), tongue) for kind in kinds}
        for post, total in _totals(found)
    ]
    return pl.DataFrame(rows).rename({POST: say(COLUMNS["post"])})


def _totals(found: pl.DataFrame) -> list[tuple[str | None, int]]:
    """Return the posts with how many findings each has, most first."""
    counted = found.group_by("post_code").agg(n=pl.len())
    return counted.sort(pl.col("n"), "post_code", descending=[True, False]).rows()


def _post(code: str | None) -> str:
    names = reference.all_words()["post"]
    return say(names[code]) if code in names else say(NO_POST)


def _kind(kind: str) -> str:
    """Return what is wrong, as a heading; what to do stands with each row."""
    return say(WRONG[kind]).removesuffix(".")


def _worded(found: pl.DataFrame) -> pl.DataFrame:
    rows = [
        {
            "post": _post(row["post_code"]),
            "sheet": say(BY_TABLE[row["table"]].label),
            "key": row["key"] or "–",
            "column": _heading(row["table"], row["column"]),
            "value": row["value"] or "–",
            "date": day(row["date"], language()),
            "reason": say(WORDS[row["kind"]]),
        }
        for row in found.iter_rows(named=True)
    ]
    return pl.DataFrame(rows).rename({column: say(text) for column, text in COLUMNS.items()})


def _heading(table: str, column: str | None) -> str:
    fields = {field.name: field.label for field in BY_TABLE[table].fields}
    return say(fields[column]) if column in fields else (column or "–")
