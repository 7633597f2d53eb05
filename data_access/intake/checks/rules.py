"""What must hold within one row of each sheet, beyond each cell alone."""

from datetime import date

import polars as pl

from data_access import central, sheets
from data_access.fields import Sheet
from data_access.intake.checks.rule import (
    Rule,
    first_of_month,
    not_after,
    order,
    warn_date,
    with_currency,
)
from metrics import codes
from metrics.selection import month_end
from metrics.text import Text

CLOSED = (codes.RESOLVED, codes.CLOSED)
VALID = (codes.VERIFIED, codes.PERMIT_ISSUED)  # job orders that people may be sent on

AFTER_MONTH = Text("sesudah akhir bulan laporan", "lies after the reporting month")
OUTSIDE = Text("di luar bulan laporan", "lies outside the reporting month")
CHECK = Text("Periksa angkanya.", "Check the numbers.")
EMPTY_ALTHOUGH_CLOSED = Text(
    "kosong, padahal status Selesai atau Ditutup",
    "is empty although the status is resolved or closed",
)
FILL_IN_DATE = Text("Isi tanggalnya.", "Fill in the date.")


def rules(sheet: Sheet, *, month: date, today: date) -> tuple[Rule, ...]:
    """Return a sheet's rules for a reporting month, as of a day at the post."""
    last = min(today, month_end(month))
    match sheet:
        case sheets.CASES:
            return _cases(month, today, last)
        case sheets.JOB_ORDERS:
            return _job_orders(today, last)
        case sheets.AGENCIES:
            return (order(sheet, "sanction_from", "sanction_until"),)
        case sheets.ASSESSMENTS:
            return (not_after("date", last),)
        case sheets.REVIEWS:
            return _reviews(last)
        case sheets.DOCUMENTS:
            return (
                Rule(
                    at="received",
                    broken=pl.sum_horizontal("approved", "returned", "rejected")
                    > pl.col("received"),
                    code="W-BALANCE",
                    reason=Text(
                        "lebih kecil daripada disahkan + dikembalikan + ditolak",
                        "is less than approved + returned + rejected",
                    ),
                    advice=Text(
                        "Benar bila ada sisa bulan lalu; bila tidak, periksa angkanya.",
                        "Right if papers of last month were left; if not, check the numbers.",
                    ),
                    severity="warning",
                ),
            )
        case sheets.ACTIVITIES:
            outside = pl.col("date") < month
            return (not_after("date", last), warn_date("date", outside, OUTSIDE, "W-OUTSIDE"))
        case central.RATES | central.CAPACITIES:
            return (first_of_month("period"),)
    return ()


def _cases(month: date, today: date, last: date) -> tuple[Rule, ...]:
    closed, day = pl.col("status").is_in(CLOSED), pl.col("date_closed")
    after = day > month_end(month)
    amounts = pl.any_horizontal(pl.col("amount_claimed", "amount_recovered").is_not_null())
    return (
        not_after("date_reported", last),
        not_after("date_first_response", today),
        not_after("date_closed", today),
        warn_date("date_closed", after & (day <= today), AFTER_MONTH, "W-AFTERMONTH"),
        order(sheets.CASES, "date_reported", "date_closed"),
        order(sheets.CASES, "date_reported", "date_first_response"),
        Rule(
            at="date_closed",
            broken=closed & day.is_null(),
            code="E-CLOSED",
            reason=EMPTY_ALTHOUGH_CLOSED,
            advice=FILL_IN_DATE,
        ),
        Rule(
            at="outcome",
            broken=closed & pl.col("outcome").is_null(),
            code="E-OUTCOME",
            reason=EMPTY_ALTHOUGH_CLOSED,
            advice=Text("Pilih hasilnya.", "Choose the outcome."),
        ),
        Rule(
            at="date_closed",
            broken=~closed & day.is_not_null(),
            code="E-OPEN",
            reason=Text("terisi, padahal kasus masih terbuka", "is filled although it is open"),
            advice=Text(
                "Ubah statusnya atau kosongkan tanggalnya.", "Change the status or clear the date."
            ),
        ),
        Rule(
            at="amount_recovered",
            broken=pl.col("amount_recovered") > pl.col("amount_claimed"),
            code="W-RECOVERED",
            reason=Text("lebih besar daripada yang dituntut", "is more than was claimed"),
            advice=CHECK,
            severity="warning",
        ),
        with_currency(amounts),
    )


def _job_orders(today: date, last: date) -> tuple[Rule, ...]:
    verified = pl.col("status").is_in(VALID)
    return (
        not_after("date_received", last),
        not_after("date_verified", today),
        order(sheets.JOB_ORDERS, "date_verified", "valid_until"),
        Rule(
            at="filled",
            broken=pl.col("filled") > pl.col("vacancies"),
            code="E-FILLED",
            reason=Text("melebihi jumlah lowongan", "is more than the vacancies"),
            advice=CHECK,
        ),
        Rule(
            at="date_verified",
            broken=verified & pl.col("date_verified").is_null(),
            code="W-NOTDATED",
            reason=Text(
                "kosong, padahal job order disahkan; lowongannya tidak dapat dihitung per bulan",
                "is empty although verified; its vacancies cannot be counted by month",
            ),
            advice=FILL_IN_DATE,
            severity="warning",
        ),
        with_currency(pl.col("wage").is_not_null()),
    )


def _reviews(last: date) -> tuple[Rule, ...]:
    scores = pl.any_horizontal(pl.col("fee", "contract", "docs", "help").is_not_null())
    return (
        Rule(
            at="n_reviews",
            broken=scores & (pl.col("n_reviews") < 1),
            code="E-SCORES",
            reason=Text("nol, padahal ada nilai ulasan", "is zero although there are scores"),
            advice=CHECK,
        ),
        Rule(
            at="quarter",
            broken=pl.col("quarter") > f"{last:%Y}-Q{(last.month + 2) // 3}",
            code="E-FUTURE",
            reason=Text("belum dimulai", "has not begun"),
            advice=Text("Periksa triwulannya.", "Check the quarter."),
        ),
    )
