"""Checks a file's sheets against each other and against what is known of the post."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from data_access.fields import Sheet
from data_access.intake.checks.rules import CLOSED
from data_access.intake.findings import Finding, note
from data_access.sheets import AGENCIES, CASES, SHEETS, SUMMARY
from metrics.selection import month_end
from metrics.text import Text

UNUSUAL_CHANGE = 0.20

UNKNOWN_AGENCY = Text(
    "mitra tidak ada di lembar Mitra dan belum terdaftar di pos ini",
    "the agency is neither on the sheet Mitra nor known for this post",
)
ADD_AGENCY = Text(
    "Tambahkan mitra itu pada lembar Mitra, atau perbaiki kodenya.",
    "Add the agency to the sheet Mitra, or correct the code.",
)
GONE = Text(
    "kasus yang masih terbuka tidak ada dalam berkas ini; tetap tercatat terbuka",
    "open cases are not in this file; they stay on record as open",
)
REPORT_AGAIN = Text(
    "Tulis kembali kasusnya, dengan keadaan terakhir.", "Report them again with their state."
)
REOPENED = Text("kasus yang sudah selesai dibuka kembali", "cases that were closed are open again")
CONFIRM = Text("Periksa apakah memang demikian.", "Check whether this is meant.")
MOVED = Text(
    "berubah {change} % dari laporan {month}: {before} menjadi {now}",
    "moved {change} % since the report of {month}: from {before} to {now}",
)

TAKEN_OUT = Text(
    "tidak lagi memuat {removed} dari {before} baris yang tercatat untuk {month}; baris itu akan "
    "dihapus",
    "lacks {removed} of the {before} rows on record for {month}; they will be removed",
)
WHOLE_MONTH = Text(
    "Periksa apakah lembar ini lengkap untuk bulan itu.",
    "Check whether the sheet is complete for that month.",
)


@dataclass(frozen=True)
class TypedFile:
    """The typed rows of one file, by table, with `row` as Excel counts."""

    month: date
    rows: Mapping[str, pl.DataFrame]
    letters: Mapping[str, Mapping[str, str]]  # of the columns, by table and field
    latest: bool  # no later month of this post is on record


def against_known(file: TypedFile, known: Mapping[str, pl.DataFrame]) -> list[Finding]:
    """Return what does not fit together. `known`: the post's current rows by table."""
    found = [
        finding
        for sheet in SHEETS
        if sheet is not AGENCIES and sheet.table in file.rows
        for finding in _agencies(sheet, file, known)
    ]
    if CASES.table in file.rows:
        found += _cases(file, known[CASES.table])
    if SUMMARY.table in file.rows:
        found += _registered(file, known[SUMMARY.table])
    return found


def taken_out(file: TypedFile, known: Mapping[str, pl.DataFrame]) -> list[Finding]:
    """Return the whole-month sheets that would take out more than half of what they had."""
    found = []
    for sheet in SHEETS:
        if not sheet.whole_month or sheet.one_row or sheet.table not in file.rows:
            continue
        before = known[sheet.table].filter(pl.col("period") == file.month)
        key = [name for name in sheet.key if name != "period"]
        removed = before.join(file.rows[sheet.table], on=key, how="anti", nulls_equal=True).height
        if removed > before.height / 2:
            words = TAKEN_OUT.format(
                removed=removed, before=before.height, month=f"{file.month:%Y-%m}"
            )
            found.append(note(sheet.name, "W-REMOVED", words, WHOLE_MONTH, "warning"))
    return found


def _agencies(sheet: Sheet, file: TypedFile, known: Mapping[str, pl.DataFrame]) -> list[Finding]:
    rows = file.rows[sheet.table]
    if "agency_code" not in rows.columns:
        return []
    lists = [known[AGENCIES.table], file.rows.get(AGENCIES.table)]
    registered = pl.concat([one.select("agency_code") for one in lists if one is not None])
    strangers = (
        rows.filter(pl.col("agency_code").is_not_null())
        .join(registered.drop_nulls(), on="agency_code", how="anti")
        .group_by("agency_code", maintain_order=True)
        .agg("row")
    )
    return [
        Finding(
            sheet=sheet.name,
            code="E-REF",
            reason=UNKNOWN_AGENCY,
            advice=ADD_AGENCY,
            severity="error",
            rows=tuple(places),
            column=file.letters[sheet.table].get("agency_code", ""),
            heading=sheet.field("agency_code").label,
            value=code,
        )
        for code, places in strangers.iter_rows()
    ]


def _cases(file: TypedFile, known: pl.DataFrame) -> list[Finding]:
    if not file.latest:
        return []
    rows, found = file.rows[CASES.table], []
    closed = pl.col("status").is_in(CLOSED)
    gone = known.filter(~closed, pl.col("date_reported") <= month_end(file.month)).join(
        rows.drop_nulls("case_id"), on="case_id", how="anti"
    )
    if gone.height:
        value = ", ".join(gone["case_id"].sort())
        found.append(_about_cases("W-MISSING", GONE, REPORT_AGAIN, value))
    again = rows.filter(~closed).join(known.filter(closed), on="case_id", how="semi")
    if again.height:
        value = ", ".join(again["case_id"].sort())
        rows_again = tuple(again["row"])
        found.append(_about_cases("W-REOPENED", REOPENED, CONFIRM, value, rows_again))
    return found


def _about_cases(
    code: str, reason: Text, advice: Text, value: str, rows: tuple[int, ...] = ()
) -> Finding:
    return Finding(
        sheet=CASES.name,
        code=code,
        reason=reason,
        advice=advice,
        severity="warning",
        rows=rows,
        value=value,
    )


def _registered(file: TypedFile, known: pl.DataFrame) -> list[Finding]:
    name = "registered_workers"
    earlier = known.filter(pl.col("period") < file.month).sort("period")
    here = file.rows[SUMMARY.table].drop_nulls(name)
    if not earlier.height or not here.height or not earlier[name][-1]:
        return []
    before, now = earlier[name][-1], here[name][0]
    change = now / before - 1
    if abs(change) <= UNUSUAL_CHANGE:
        return []
    words = MOVED.format(
        change=f"{change * 100:+.0f}",
        month=f"{earlier['period'][-1]:%Y-%m}",
        before=before,
        now=now,
    )
    label = SUMMARY.field(name).label
    finding = note(SUMMARY.name, "W-CHANGE", words, CONFIRM, "warning", rows=(here["row"][0],))
    return [replace(finding, heading=label)]
