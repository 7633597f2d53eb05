"""Occupations by sector with their KBJI code (as ISCO-08), and wages beside the post's usual."""

OCCUPATIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "KES": (("Perawat lansia", "5322"), ("Perawat", "2221"), ("Pendamping pasien", "5321")),
    "DOM": (
        ("Penata laksana rumah tangga", "9111"),
        ("Pengasuh anak", "5311"),
        ("Juru masak keluarga", "5120"),
    ),
    "MAN": (
        ("Operator produksi", "8189"),
        ("Operator perakitan elektronik", "8212"),
        ("Operator jahit", "8153"),
    ),
    "PER": (
        ("Pekerja kebun kelapa sawit", "9211"),
        ("Pekerja pertanian", "9213"),
        ("Pekerja perikanan darat", "6221"),
    ),
    "HOS": (("Pramusaji", "5131"), ("Petugas kamar hotel", "9112"), ("Juru masak", "5120")),
    "KON": (("Tukang batu", "7112"), ("Tukang kayu", "7115"), ("Pekerja bangunan", "9313")),
    "ABK": (
        ("Awak kapal perikanan", "6223"),
        ("Awak kapal niaga", "8350"),
        ("Mualim kapal", "3152"),
    ),
    "TEK": (("Juru las", "7212"), ("Teknisi listrik", "7411"), ("Operator pengeboran", "8113")),
    "JAS": (
        ("Petugas kebersihan", "9112"),
        ("Pengemudi", "8322"),
        ("Petugas gudang", "4321"),
    ),
    "LAI": (("Staf administrasi", "4110"), ("Penjaga toko", "5223"), ("Penerjemah", "2643")),
}
WAGES = {
    "KES": 1.25,
    "DOM": 1.0,
    "MAN": 1.1,
    "PER": 0.95,
    "HOS": 1.15,
    "KON": 1.1,
    "ABK": 1.0,
    "TEK": 1.8,
    "JAS": 1.05,
    "LAI": 1.3,
}
