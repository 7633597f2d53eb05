"""What is wrong with an implausible row, and what to do."""

from metrics.cases import REASONS
from metrics.policy.quality import EARLIEST_YEAR, JUMP
from metrics.text import Text

_CHECK_DATES = Text("Periksa kedua tanggal.", "Check both dates.")
_CHECK_NUMBER = Text("Periksa angkanya.", "Check the number.")
CHECK_VALUE = Text(
    "Periksa nilai dan satuannya. Bila benar, biarkan.",
    "Check the value and its unit. If it is right, leave it.",
)

# What is wrong, and what to do
IMPLAUSIBLE: dict[str, tuple[Text, Text]] = {
    "no_number": (
        REASONS["no_number"],
        Text("Beri nomor kasus.", "Give the case a number."),
    ),
    "no_report_date": (
        REASONS["no_report_date"],
        Text("Isi tanggal lapor.", "Fill in the date reported."),
    ),
    "reported_later": (
        REASONS["reported_later"],
        Text("Periksa tahun dan bulannya.", "Check the year and month."),
    ),
    "closed_before_reported": (REASONS["closed_before_reported"], _CHECK_DATES),
    "too_early": (
        Text(
            f"Tanggal lapor sebelum tahun {EARLIEST_YEAR.value}.",
            f"The date reported is before the year {EARLIEST_YEAR.value}.",
        ),
        Text("Periksa tahunnya.", "Check the year."),
    ),
    "order_too_early": (
        Text(
            f"Tanggal diterima sebelum tahun {EARLIEST_YEAR.value}.",
            f"The date received is before the year {EARLIEST_YEAR.value}.",
        ),
        Text("Periksa tahunnya.", "Check the year."),
    ),
    "reported_after_told": (
        Text(
            "Tanggal lapor sesudah hari laporan yang memuat kasus itu diterima.",
            "The date reported is after the day on which the file with the case came.",
        ),
        Text("Periksa tanggal lapor.", "Check the date reported."),
    ),
    "response_before_report": (
        Text(
            "Tanggapan pertama sebelum tanggal lapor.",
            "The first response is before the date reported.",
        ),
        _CHECK_DATES,
    ),
    "response_after_closing": (
        Text(
            "Tanggapan pertama sesudah tanggal selesai.",
            "The first response is after the closing date.",
        ),
        _CHECK_DATES,
    ),
    "recovered_over_claimed": (
        Text(
            "Hak keuangan diperoleh melebihi yang dituntut.",
            "More money was recovered than claimed.",
        ),
        Text("Periksa kedua angka dan mata uangnya.", "Check both amounts and their currency."),
    ),
    "ended_without_date": (
        Text(
            "Status selesai atau ditutup tanpa tanggal selesai.",
            "The status is resolved or closed, without a closing date.",
        ),
        Text("Isi tanggal selesai.", "Fill in the closing date."),
    ),
    "ended_without_outcome": (
        Text(
            "Status selesai atau ditutup tanpa hasil.",
            "The status is resolved or closed, without an outcome.",
        ),
        Text("Isi hasilnya.", "Fill in the outcome."),
    ),
    "date_without_ending": (
        Text(
            "Ada tanggal selesai, padahal status masih terbuka.",
            "There is a closing date, although the status is still open.",
        ),
        Text(
            "Perbarui statusnya atau kosongkan tanggalnya.",
            "Update the status or clear the date.",
        ),
    ),
    "outcome_without_ending": (
        Text(
            "Ada hasil, padahal kasus masih terbuka.",
            "There is an outcome, although the case is still open.",
        ),
        Text(
            "Perbarui status dan tanggalnya, atau kosongkan hasilnya.",
            "Update the status and date, or clear the outcome.",
        ),
    ),
    "overfilled": (
        Text("Terisi melebihi jumlah lowongan.", "More places are filled than were offered."),
        _CHECK_NUMBER,
    ),
    "negative_filled": (
        Text("Jumlah terisi kurang dari nol.", "The number filled is below zero."),
        _CHECK_NUMBER,
    ),
    "verified_before_received": (
        Text(
            "Tanggal verifikasi sebelum tanggal diterima.",
            "The verification is before the date received.",
        ),
        _CHECK_DATES,
    ),
    "expired_before_verified": (
        Text(
            "Masa berlaku berakhir sebelum tanggal verifikasi.",
            "The validity ends before the verification.",
        ),
        _CHECK_DATES,
    ),
    "sanction_order": (
        Text("Sanksi berakhir sebelum tanggal mulainya.", "The sanction ends before it begins."),
        _CHECK_DATES,
    ),
    "shelter_balance": (
        Text(
            "Penghuni shelter akhir bulan tidak sama dengan bulan lalu ditambah masuk dikurangi "
            "keluar.",
            "Shelter residents at month end are not those of last month plus entries less exits.",
        ),
        Text("Cocokkan dengan buku shelter.", "Compare with the shelter's book."),
    ),
    "registered_jump": (
        Text(
            f"PMI terdata berubah lebih dari {JUMP.value['per_cent']}% dalam satu bulan.",
            f"Registered workers moved by more than {JUMP.value['per_cent']}% in one month.",
        ),
        CHECK_VALUE,
    ),
}
