"""The words for the codes of the agency score."""

from metrics.text import Text

SHOWN = {
    **{grade: Text(grade, grade) for grade in "ABCD"},
    "sanction": Text("Pemberhentian sementara", "Suspended"),
    "inactive": Text("Tidak aktif", "Not active"),
    **{f"{a}-{b}": Text(f"{a}–{b}", f"{a}–{b}") for a, b in ("AB", "BC", "CD")},
    "not_rated": Text("Belum dinilai", "Not rated yet"),
    "too_little_data": Text("Data belum cukup", "Too little data yet"),
    "not_distinguishable": Text(
        "Tidak dapat dibedakan dari mitra lain", "Cannot be told apart from other agencies"
    ),
    "uncertain": Text("Belum pasti", "Uncertain"),
}
REASONS = {
    "licence_expired": Text("Izin negara setempat habis berlaku.", "The host licence has expired."),
    "registration_expired": Text(
        "Tanda daftar perwakilan habis berlaku.", "The registration with the mission has expired."
    ),
    "revoked": Text("Tanda daftar dicabut.", "The registration has been revoked."),
    "suspended": Text(
        "Sedang dalam pemberhentian sementara.", "The agency is suspended at present."
    ),
    "severe_proven": Text(
        "Ada kasus berat terbukti dalam 12 bulan terakhir; peringkat paling tinggi C.",
        "A severe case was proven in the last 12 months; the grade is at most C.",
    ),
    "inactive": Text(
        "Tidak ada penempatan dalam 12 bulan terakhir.", "No placements in the last 12 months."
    ),
    "too_few_placed": Text(
        "PMI yang ditempatkan terlalu sedikit.", "Too few workers have been placed."
    ),
    "too_few_expected": Text(
        "PMI yang ditempatkan belum cukup untuk satu kasus terbukti pada tingkat umum sesamanya.",
        "Too few workers placed for one proven case at the common rate of its peers.",
    ),
    "too_short": Text(
        "Penempatan pertamanya belum cukup lama.", "Its first placement is not long ago enough."
    ),
    "too_few_parts": Text(
        "Unsur yang ada datanya terlalu sedikit.", "Too few parts of the score have data."
    ),
    "no_peers": Text(
        "Pos tidak melaporkan penempatan sebagai pembanding.",
        "The post reported no placements to compare with.",
    ),
    "not_distinguishable": Text(
        "Kasus terbukti mitra sesamanya tidak berbeda melebihi kebetulan.",
        "The proven cases of its peers differ by no more than chance.",
    ),
    "uncertain": Text(
        "Peluangnya tersebar pada beberapa peringkat.",
        "Its probability is spread over several grades.",
    ),
    "in_worst_tenth": Text(
        "Tingkat kasus terbuktinya berada di kelompok terbawah pos.",
        "Its rate of proven cases is in the lowest group of the post.",
    ),
}
FLAGS = {
    "watch": Text("Dalam pengawasan", "Under watch"),
    "propose_suspension": Text("Usul pemberhentian sementara", "Suspension proposed"),
}
CONFIDENCE = {
    "low": Text("Rendah", "Low"),
    "medium": Text("Sedang", "Medium"),
    "high": Text("Tinggi", "High"),
}
PARTS = {
    "k1": Text("Kasus terbukti", "Proven cases"),
    "k2": Text("Penyelesaian", "Resolution"),
    "k3": Text("Kunjungan penilaian", "Assessment visit"),
    "k4": Text("Ulasan pekerja", "Worker reviews"),
    "k5": Text("Kelengkapan dokumen", "Complete documents"),
}
