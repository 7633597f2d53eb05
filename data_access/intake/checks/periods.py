"""Whether a file is of its month at all: the dates of what it brings, and how much it brings."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import polars as pl

from data_access.intake.checks.comparing import TypedFile
from data_access.intake.findings import Finding, Severity, note
from data_access.sheets import ACTIVITIES, ASSESSMENTS, CASES, JOB_ORDERS, SHEETS
from metrics.selection import month_end
from metrics.text import Text

OUTSIDE = 0.8  # share of the dates
FEWEST_DATES = 5  # fewer say nothing about a month
DROP = 0.5
BEYOND_CHANCE = 3  # standard errors of the difference of two counts

OTHER_MONTH = Text(
    "{share} % dari {n} tanggal yang baru berada di luar bulan laporan {month}, terbanyak di "
    "{other}",
    "{share} % of {n} new dates lie outside the reporting month {month}, most of them in {other}",
)
CHECK_MONTH = Text(
    "Periksa bulan pada lembar Petunjuk; kirim isi bulan itu.",
    "Check the month on the sheet Petunjuk; send the rows of that month.",
)
FEWER = Text(
    "hanya {now} baris, bulan lalu {before}", "has only {now} rows; there were {before} last month"
)
FEWER_CASES = Text(
    "hanya {now} kasus baru bulan ini, bulan lalu {before}",
    "has only {now} new cases this month; there were {before} last month",
)
COMPLETE = Text("Pastikan berkas ini sudah lengkap.", "Make sure that the file is complete.")
LATE = Text(
    "kasus bulan sebelumnya yang baru dilaporkan sekarang",
    "cases of an earlier month that are told only now",
)
TAKEN_ANYWAY = Text(
    "Tetap diterima; periksa tanggalnya bila tidak dimaksud demikian.",
    "Accepted; check the dates if this is not meant.",
)


def of_month(file: TypedFile, known: Mapping[str, pl.DataFrame]) -> Iterator[Finding]:
    """Yield what makes doubtful that the file is of its month, or whole.

    `known`: the post's current rows by table.
    """
    yield from _wrong_month(file, known)
    yield from _late(file, known)
    yield from _fewer(file, known)


def _wrong_month(file: TypedFile, known: Mapping[str, pl.DataFrame]) -> Iterator[Finding]:
    """Yield the fault of a file whose news are nearly all of other months, the newest too."""
    days = pl.concat([pl.Series(dtype=pl.Date), *_news(file, known)]).drop_nulls()
    months = days.dt.truncate("1mo")
    outside = int((months != file.month).sum())
    if days.len() < FEWEST_DATES or outside <= OUTSIDE * days.len() or months.max() == file.month:
        return
    others = months.filter(months != file.month).value_counts(sort=True)
    other, most = others.row(0)
    words = OTHER_MONTH.format(
        share=round(100 * outside / days.len()),
        n=days.len(),
        month=f"{file.month:%Y-%m}",
        other=f"{other:%Y-%m}",
    )
    # News of many months are a post that catches up, or begins; those of one are its report.
    kind: tuple[str, Severity] = ("W-PERIOD", "warning")
    if most > days.len() / 2:
        kind = ("E-PERIOD", "error")
    yield note("", kind[0], words, CHECK_MONTH, kind[1])


def _news(file: TypedFile, known: Mapping[str, pl.DataFrame]) -> Iterator[pl.Series]:
    """Yield the days of what the file tells for the first time and would tell in its month."""
    if ACTIVITIES.table in file.rows:
        yield file.rows[ACTIVITIES.table]["date"]
    if ASSESSMENTS.table in file.rows:
        yield _new(file.rows[ASSESSMENTS.table], known[ASSESSMENTS.table], ASSESSMENTS.key)["date"]
    for sheet, steps in (
        (CASES, ("date_reported", "date_first_response", "date_closed")),
        (JOB_ORDERS, ("date_received", "date_verified")),
    ):
        if sheet.table in file.rows:
            news = _new(file.rows[sheet.table], known[sheet.table], (*sheet.key, *steps))
            yield news.select(day=pl.max_horizontal(steps))["day"]


def _new(rows: pl.DataFrame, known: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    return rows.join(known, on=list(by), how="anti", nulls_equal=True)


def _late(file: TypedFile, known: Mapping[str, pl.DataFrame]) -> Iterator[Finding]:
    """Yield the new cases of earlier months, once the post has reported before."""
    if CASES.table not in file.rows or known[CASES.table].is_empty():
        return
    new = _new(file.rows[CASES.table].drop_nulls("case_id"), known[CASES.table], CASES.key)
    rows = tuple(new.filter(pl.col("date_reported") < file.month)["row"])
    if rows:
        letter = file.letters[CASES.table].get("date_reported", "")
        yield note(CASES.name, "W-LATE", LATE, TAKEN_ANYWAY, "warning", rows=rows, column=letter)


def _fewer(file: TypedFile, known: Mapping[str, pl.DataFrame]) -> Iterator[Finding]:
    """Yield the sheets that have less than half the rows of last month's."""
    previous = (file.month - timedelta(days=1)).replace(day=1)
    for sheet in SHEETS:
        rows = file.rows.get(sheet.table)
        if rows is None or sheet.one_row or not (sheet.whole_month or sheet is CASES):
            continue
        before = known[sheet.table]
        if sheet.whole_month:
            words = FEWER
            before = before.filter(pl.col("period") == previous)
        else:
            words = FEWER_CASES
            before = before.filter(_within("date_reported", previous))
            rows = rows.filter(_within("date_reported", file.month))
        then, now = before.height, rows.height
        chance = BEYOND_CHANCE * (then + now) ** 0.5
        if now < DROP * then and then - now > chance:
            told = words.format(now=now, before=then)
            yield note(sheet.name, "W-DROP", told, COMPLETE, "warning")


def _within(field: str, month: date) -> pl.Expr:
    return pl.col(field).is_between(month, month_end(month))
