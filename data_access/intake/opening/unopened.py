"""Why a file is not opened: it is damaged, or made as no program that people use makes it."""

from data_access.errors import Refusal
from metrics.text import Text

DAMAGED = Refusal(
    "E-TRUNCATED",
    Text(
        "Berkas rusak atau terpotong. Simpan ulang di Excel, lalu kirim ulang.",
        "The file is damaged or cut off. Save it again in Excel, then send it again.",
    ),
)
DEFINITIONS = Refusal(
    "E-DTD",
    Text(
        "Berkas memuat definisi dokumen, yang tidak pernah ditulis Excel, sehingga tidak dibuka. "
        "Salin isinya ke templat baru.",
        "The file holds document definitions, which Excel never writes, so it was not opened. "
        "Copy its content into a new template.",
    ),
)
SLIP = Refusal(
    "E-SLIP",
    Text(
        "Berkas memuat bagian yang namanya mengarah ke luar berkas, sehingga tidak dibuka. "
        "Salin isinya ke templat baru.",
        "The file holds a part whose name leads outside it, so it was not opened. "
        "Copy its content into a new template.",
    ),
)
DOUBLE_ENTRY = Refusal(
    "E-DUPENTRY",
    Text(
        "Berkas memuat bagian ganda dengan nama yang sama, sehingga tidak dibuka. "
        "Salin isinya ke templat baru.",
        "The file holds two parts of one name, so it was not opened. "
        "Copy its content into a new template.",
    ),
)
ENTRIES = Refusal(
    "E-ENTRIES",
    Text(
        "Berkas terdiri atas lebih dari {most} bagian. Hapus gambar dan objek, lalu kirim ulang.",
        "The file has more than {most} parts. Remove pictures and objects, then send it again.",
    ),
)
BOMB = Refusal(
    "E-BOMB",
    Text(
        "Isi berkas jauh lebih besar daripada berkasnya sendiri, sehingga tidak dibuka. "
        "Salin isinya ke templat baru.",
        "The file unpacks to far more than it is itself, so it was not opened. "
        "Copy its content into a new template.",
    ),
)
SPAN = Refusal(
    "E-SPAN",
    Text(
        "Lembar {sheet} terbentang terlalu luas: ada sel terisi, tergabung, atau berformat jauh di "
        "luar tabel. Hapus baris dan kolom di luar tabel, lalu kirim ulang.",
        "The sheet {sheet} reaches too far: cells far outside the table are filled, merged or "
        "formatted. Delete the rows and columns outside the table, then send it again.",
    ),
)
XML = Refusal(
    "E-XML",
    Text(
        "Bagian {part} dari berkas rusak. Buka dan simpan ulang di Excel, lalu kirim ulang.",
        "The part {part} of the file is broken. Open it and save it again in Excel, then send it.",
    ),
)
ERROR_CELL = Refusal(
    "E-CELLERR",
    Text(
        "Sel {place} pada lembar {sheet} berisi galat {word}. Ganti rumus dengan nilainya, lalu "
        "kirim ulang.",
        "The cell {place} of the sheet {sheet} holds the error {word}. Put the value in place of "
        "the formula, then send it again.",
    ),
)
LOST = Refusal(
    "E-XML",
    Text(
        "Sebagian sel lembar {sheet} tidak dapat dibaca. Buka dan simpan ulang di Excel, lalu "
        "kirim ulang.",
        "Some cells of the sheet {sheet} cannot be read. Open the file and save it again in "
        "Excel, then send it.",
    ),
)
LONG_TAG = Refusal(
    "E-CELLSIZE",
    Text(
        "Bagian {part} dari berkas memuat isi yang terlalu panjang. Salin isinya ke templat baru.",
        "The part {part} of the file holds something too long. Copy its content into a new "
        "template.",
    ),
)
MACRO = Refusal(
    "E-MACRO",
    Text(
        "Berkas memuat makro, padahal namanya bukan .xlsm. Salin isinya ke templat baru.",
        "The file holds macros although its name does not end in .xlsm. Copy its content into a "
        "new template.",
    ),
)
OTHER_KIND = Refusal(
    "E-EXT",
    Text(
        "Nama berkas berakhiran {ending}, tetapi isinya {kind}. Simpan ulang sebagai .xlsx, "
        "lalu kirim.",
        "The file's name ends in {ending}, but its content is {kind}. Save it as .xlsx, then send "
        "it.",
    ),
)
