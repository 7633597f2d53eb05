"""What is asked of the posts: when a report is due, and how fast documents are legalised."""

from metrics.policy.declaration import Policy
from metrics.text import Text

REPORT_DUE_DAYS = Policy(
    "report_due_days",
    10,
    Text(
        "Laporan bulanan jatuh tempo {value} hari sesudah akhir bulan, menurut tanggal setempat.",
        "A monthly report is due {value} days after the month's end, by the post's local date.",
    ),
    Text(
        "Usulan: tanggal 10 bulan berikutnya. Tidak ditemukan aturan yang menetapkan hari lain.",
        "A proposal: the 10th of the next month. No rule was found that sets another day.",
    ),
)
LEGALISATION_LIMIT = Policy(
    "legalisation_limit",
    5,
    Text(
        "Legalisasi disebut lambat bila median hari proses kelompok dokumennya di atas {value}.",
        "Legalisation is called slow where the median days of its batch are above {value}.",
    ),
    Text(
        "Batas 5 hari kerja untuk permintaan yang cukup dijawab menurut aturan pada SIPPN.",
        "The limit of 5 working days in SIPPN for requests that follow the rules.",
    ),
)
