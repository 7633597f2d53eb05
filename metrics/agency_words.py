"""The words for the codes of the agency score."""

from metrics.text import Text

SHOWN = {
    **{grade: Text(grade, grade) for grade in "ABCD"},
    "sanction": Text("Pemberhentian sementara", "Suspended"),
    "inactive": Text("Tidak aktif", "Not active"),
    "not_rated": Text("Belum dinilai", "Not rated yet"),
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
    "too_little_data": Text(
        "Unsur yang ada datanya terlalu sedikit.", "Too few parts of the score have data."
    ),
    "no_peers": Text(
        "Pos tidak melaporkan penempatan sebagai pembanding.",
        "The post reported no placements to compare with.",
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
