"""Why a file cannot be taken in at all, in words for the post that sent it."""

from data_access.errors import Refusal
from metrics.text import Text

EMPTY = Refusal(
    "E-EMPTY",
    Text("Berkas kosong. Kirim ulang berkas aslinya.", "The file is empty. Send it again."),
)
NOT_XLSX = Refusal(
    "E-NOTXLSX",
    Text(
        "Isi berkas bukan buku kerja yang dapat dibaca. Buka di Excel, Simpan Sebagai .xlsx, lalu "
        "kirim.",
        "The content is not a workbook that can be read. Open it in Excel, save as .xlsx, then "
        "send it.",
    ),
)
NOT_CSV = Refusal(
    "E-NOTCSV",
    Text(
        "Isi berkas bukan teks csv. Kirim sebagai .xlsx atau simpan ulang sebagai csv.",
        "The content is not csv text. Send it as .xlsx or save it as csv again.",
    ),
)
PASSWORD = Refusal(
    "E-PASSWORD",
    Text(
        "Berkas terkunci kata sandi. Hapus kata sandinya di Excel "
        "(Berkas, Info, Proteksi Buku Kerja), lalu kirim ulang.",
        "The file is locked with a password. Remove it in Excel "
        "(File, Info, Protect Workbook), then send it again.",
    ),
)
CELLS = Refusal(
    "E-CELLS",
    Text(
        "Berkas memuat lebih dari {most} sel berisi. Kirim hanya baris bulan laporan.",
        "The file has more than {most} filled cells. Send only the rows of the reporting month.",
    ),
)
TOO_MUCH = Refusal(
    "E-LIMIT",
    Text(
        "Berkas terlalu besar atau terlalu rumit untuk dibaca. Salin isinya ke templat baru.",
        "The file is too big or too complex to read. Copy its content into a new template.",
    ),
)
SHEETS = Refusal(
    "E-SHEETS",
    Text(
        "Tanpa lembar Petunjuk, berkas hanya boleh memuat satu lembar laporan; ditemukan {found}. "
        "Pakai templat resmi, atau kirim lembarnya satu per satu.",
        "Without the sheet Petunjuk a file may hold one sheet of the report only; found: {found}. "
        "Use the official template, or send the sheets one by one.",
    ),
)
NO_GUIDE = Refusal(
    "E-GUIDE",
    Text(
        "Lembar Petunjuk tidak ditemukan atau isinya berubah. Pakai templat resmi bulan ini.",
        "The sheet Petunjuk is missing or was changed. Use this month's official template.",
    ),
)
VERSION = Refusal(
    "E-TEMPLATE",
    Text(
        "Versi templat {found} tidak berlaku lagi. Unduh templat versi {due} di layar Data, lalu "
        "salin isinya.",
        "Template version {found} is no longer valid. Download version {due} on the screen Data, "
        "then copy the content.",
    ),
)
UNKNOWN_POST = Refusal(
    "E-POST", Text("Kode pos {found} tidak dikenal.", "The post code {found} is not known.")
)
OTHER_POST = Refusal(
    "E-POST",
    Text(
        "Berkas ini milik pos {found}, bukan {due}. Kirim berkas pos {due}.",
        "This file belongs to post {found}, not {due}. Send the file of post {due}.",
    ),
)
OTHER_MONTH = Refusal(
    "E-PERIOD",
    Text(
        "Berkas ini untuk bulan {found}, bukan {due}. Kirim berkas bulan {due}.",
        "This file is for {found}, not {due}. Send the file of {due}.",
    ),
)
MONTH_NOT_ENDED = Refusal(
    "E-PERIOD",
    Text(
        "Bulan laporan {found} belum berakhir di pos itu. Kirim mulai {last}, atau periksa "
        "bulannya.",
        "The reporting month {found} has not ended yet at the post. Send it from {last} on, or "
        "check the month.",
    ),
)
NEEDS_POST = Refusal(
    "E-POST",
    Text(
        "Untuk berkas csv, pos dan bulan laporan harus disebutkan.",
        "For a csv file the post and the month must be given.",
    ),
)
NO_SHEET = Refusal(
    "E-SHEET",
    Text(
        "Petunjuk menyebut hanya lembar {sheet}, tetapi lembar itu tidak ada atau disembunyikan.",
        "Petunjuk says that there is only the sheet {sheet}, but it is missing or hidden.",
    ),
)
ENCODING = Refusal(
    "E-ENCODING",
    Text(
        "Pengodean huruf berkas csv tidak dikenal. Simpan sebagai CSV UTF-8, lalu kirim ulang.",
        "The csv file's character encoding is not known. Save it as CSV UTF-8, then send it again.",
    ),
)
NUL = Refusal(
    "E-NUL",
    Text(
        "Baris {row} memuat karakter kosong (NUL). Simpan ulang sebagai CSV UTF-8.",
        "Line {row} holds a NUL character. Save it again as CSV UTF-8.",
    ),
)
LONG_LINE = Refusal(
    "E-CELLSIZE",
    Text(
        "Baris {row} terlalu panjang. Periksa tanda kutip dan isi sel.",
        "Line {row} is too long. Check the quotation marks and the cells.",
    ),
)
TOO_WIDE = Refusal(
    "E-COLS",
    Text(
        "Baris {row} memuat lebih dari {most} kolom. Hapus kolom di luar templat.",
        "Line {row} has more than {most} columns. Remove the columns outside the template.",
    ),
)
TOO_MANY_ROWS = Refusal(
    "E-ROWS",
    Text(
        "Berkas memuat lebih dari {most} baris. Kirim hanya baris bulan laporan.",
        "The file has more than {most} rows. Send only the rows of the reporting month.",
    ),
)
QUOTES = Refusal(
    "E-CSV-QUOTE",
    Text(
        "Tanda kutip tidak berpasangan mulai baris {row}. Perbaiki, lalu kirim ulang.",
        "Quotation marks do not match from line {row} on. Correct them, then send it again.",
    ),
)
NO_HEADINGS = Refusal(
    "E-HEADER",
    Text(
        "Judul kolom tidak dikenali. Judul yang diharapkan antara lain: {words}.",
        "The headings were not recognised. Expected, among others: {words}.",
    ),
)
NO_ROWS = Refusal(
    "E-NOROWS",
    Text(
        "Lembar itu hanya berisi judul kolom. Untuk laporan nihil, kirim buku kerja yang utuh.",
        "The sheet has headings only. To report nothing, send the whole workbook.",
    ),
)
UNREADABLE = Refusal(
    "E-READ",
    Text(
        "Berkas {file} tidak dapat dibuka. Periksa nama dan letaknya.",
        "The file {file} cannot be opened. Check its name and place.",
    ),
)
STALE = Refusal(
    "E-STALE",
    Text(
        "Data pos ini berubah sejak berkas diperiksa. Periksa berkasnya sekali lagi, lalu simpan.",
        "The post's data changed since the file was checked. Check it once more, then store it.",
    ),
)
