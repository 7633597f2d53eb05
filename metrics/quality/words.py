"""What is wrong with a row, and what to do, for every kind of finding."""

from metrics.policy.quality import ALIKE_DAYS, DIFFERENCE, LATE_TOLD
from metrics.quality.implausible_words import CHECK_VALUE, IMPLAUSIBLE
from metrics.text import Text

_OTHERS: dict[str, tuple[Text, Text]] = {
    "missing": (
        Text("Isian wajib kosong.", "A mandatory field is empty."),
        Text("Lengkapi pada laporan berikutnya.", "Fill it in with the next report."),
    ),
    "superseded": (
        Text(
            "Nomor yang sama dilaporkan lagi dengan isi lain; baris terakhir dipakai.",
            "The same number came again with other contents; the last row is used.",
        ),
        Text(
            "Bila keduanya berbeda, beri nomor lain pada salah satunya.",
            "If they are two different things, give one another number.",
        ),
    ),
    "exact_copy": (
        Text(
            "Baris yang sama persis sudah ada; dihitung satu kali.",
            "The very same row is already there; it counts once.",
        ),
        Text("Hapus salah satunya.", "Remove one of them."),
    ),
    "probable_duplicate": (
        Text(
            f"Mungkin ganda: kasus serupa dilaporkan dalam {ALIKE_DAYS.value} hari.",
            f"Possible duplicate: a similar case was reported within {ALIKE_DAYS.value} days.",
        ),
        Text(
            "Bandingkan kedua kasus. Bila berbeda, biarkan.",
            "Compare the two cases. If they differ, leave them.",
        ),
    ),
    "told_late": (
        Text(
            f"Baru masuk laporan lebih dari {LATE_TOLD.value['days']} hari sesudah tanggal lapor.",
            f"First came in a file more than {LATE_TOLD.value['days']} days after its report.",
        ),
        Text(
            "Kirim kasus baru pada laporan bulan yang sama.",
            "Send new cases with the report of the same month.",
        ),
    ),
    "outlying_duration": (
        Text(
            "Lama penanganan jauh dari yang biasa untuk jenis kasus itu di pos itu.",
            "The duration is far from the usual of that type of case at that post.",
        ),
        Text(
            "Periksa tanggal lapor dan tanggal selesai. Bila benar, biarkan.",
            "Check the date reported and the closing date. If they are right, leave them.",
        ),
    ),
    "outlying_wage": (
        Text(
            "Upah jauh dari yang biasa untuk sektor dan mata uang itu di pos itu.",
            "The wage is far from the usual of that sector and currency at that post.",
        ),
        CHECK_VALUE,
    ),
    "outlying_amount": (
        Text(
            "Nilai uang jauh dari yang biasa untuk mata uang itu di pos itu.",
            "The amount is far from the usual of that currency at that post.",
        ),
        CHECK_VALUE,
    ),
    "outlying_registered": (
        Text(
            "PMI terdata jauh dari bulan lain di pos itu.",
            "Registered workers are far from the other months of that post.",
        ),
        CHECK_VALUE,
    ),
    "outlying_placements": (
        Text(
            "Penempatan sebulan jauh dari bulan lain di pos itu.",
            "The month's placements are far from the other months of that post.",
        ),
        CHECK_VALUE,
    ),
    "placed_over_registered": (
        Text(
            "Penempatan sebulan melebihi pendataan baru lebih dari "
            f"{DIFFERENCE.value['per_cent']}%.",
            "The month's placements exceed the new registrations by more than "
            f"{DIFFERENCE.value['per_cent']}%.",
        ),
        Text("Cocokkan kedua angka.", "Compare the two numbers."),
    ),
    "handled_over_received": (
        Text(
            "Dokumen disahkan, dikembalikan dan ditolak melebihi yang diterima dan sisa lalu.",
            "More documents were approved, returned and rejected than were received or left.",
        ),
        Text("Cocokkan dengan buku legalisasi.", "Compare with the legalisation book."),
    ),
}


def _together(wrong: Text, advice: Text) -> Text:
    return Text(
        f"{wrong.indonesian} {advice.indonesian}",
        f"{wrong.english} {advice.english}",
    )


_ALL = IMPLAUSIBLE | _OTHERS
WRONG: dict[str, Text] = {kind: wrong for kind, (wrong, _) in _ALL.items()}
WORDS: dict[str, Text] = {kind: _together(*words) for kind, words in _ALL.items()}
