"""Which files are taken in at all, by the ending of their name and by their size."""

from typing import Literal

from data_access.errors import Refusal
from metrics.text import Text

MEGABYTES = 20
MAX_FILE = MEGABYTES * 1_000_000

Kind = Literal["xlsx", "xls", "ods"]
WORKBOOKS: dict[Kind, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm"),
    "xls": (".xls",),
    "ods": (".ods",),
}
CSV = ".csv"
ENDINGS = (*(ending for endings in WORKBOOKS.values() for ending in endings), CSV)
_WORKBOOK_ENDINGS = ", ".join(ENDINGS[:-1])

TOO_LARGE = Refusal(
    "E-SIZE",
    Text(
        f"Berkas lebih besar dari {MEGABYTES} MB. Hapus gambar atau lembar lain, lalu kirim ulang.",
        f"The file is larger than {MEGABYTES} MB. Remove pictures or other sheets, then send it "
        "again.",
    ),
)
EXTENSION = Refusal(
    "E-EXT",
    Text(
        f"Hanya berkas {_WORKBOOK_ENDINGS}, atau {CSV} yang diterima. Simpan sebagai .xlsx, lalu "
        "kirim ulang.",
        f"Only {_WORKBOOK_ENDINGS} or {CSV} files are accepted. Save it as .xlsx, then send it "
        "again.",
    ),
)
