"""The words of the workbook's first sheet, and the cells by which a file says whose it is."""

GUIDE = "Petunjuk"
LISTS = "Daftar"  # hidden: what the drop-down lists offer
FINDINGS = "Temuan"  # in a corrected copy: what was found
OUR_OWN = (LISTS, FINDINGS)  # sheets that hold no report
TITLE = "Laporan bulanan pos ketenagakerjaan"

CENTRAL_TITLE = "Data pusat: sasaran, kurs, shelter dan petugas"

# What the file tells about itself: name here -> words in column A; the value stands in column B.
METADATA = {"post": "Kode pos", "month": "Bulan laporan", "version": "Versi templat"}

# A workbook that has one sheet of the report and not all of them says so in one more line.
ONE_SHEET_LABEL, ONE_SHEET = "Lembar", "{sheet} saja"

STEPS = (
    "1. Isi sembilan lembar: satu baris untuk satu kasus, mitra, job order, atau rincian jumlah.",
    "2. Kolom bertanda * wajib diisi. Pilih kode dari daftar yang tersedia pada sel.",
    "3. Tulis tanggal sebagai tanggal Excel, 2026-10-14, atau 14 Oktober 2026. "
    "Tulis jumlah sebagai angka tanpa titik pemisah ribuan.",
    "4. Lembar Rekap harus berisi tepat satu baris. Lembar lain boleh kosong bila nihil.",
    "5. Kasus, mitra, dan job order: tulis keadaan terakhir. Baris yang tidak ditulis lagi tidak "
    "dihapus. Penempatan, Legalisasi, dan Kegiatan: tulis lengkap untuk bulan ini.",
    "6. Jangan menulis nama orang, nomor paspor, NIK, nomor telepon, alamat, atau catatan bebas. "
    "Berkas yang memuat data pribadi ditolak.",
    "7. Jangan mengubah judul kolom, nama lembar, atau isi kotak di atas.",
    "8. Simpan sebagai .xlsx, lalu kirim paling lambat tanggal 10 bulan berikutnya. "
    "Berkas diterima seluruhnya atau ditolak seluruhnya; semua kekeliruan disebut sekaligus.",
)

CENTRAL_STEPS = (
    "1. Isi lembar Sasaran, Kurs, dan Kapasitas. Lembar yang tidak berubah boleh kosong.",
    "2. Baris dengan tahun, pos, dan indikator yang sama (atau bulan dan mata uang yang sama) "
    "menggantikan yang lama; baris lain tetap.",
    "3. Tulis bulan sebagai tanggal 1, misalnya 2026-10-01. Persen ditulis 85, bukan 0,85.",
    "4. Jangan mengubah judul kolom, nama lembar, atau isi kotak di atas. Simpan sebagai .xlsx.",
)
