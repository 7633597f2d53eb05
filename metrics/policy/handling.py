"""How long a case may take."""

from metrics.policy.declaration import Policy
from metrics.text import Text

HANDLING_LIMIT = Policy(
    "handling_limit",
    {"K14": 20, "K60": 84, "KT": None},
    Text(
        "Batas waktu penanganan: kelas K14 {K14} hari, kelas K60 {K60} hari, kelas KT tanpa batas.",
        "Handling time limit: class K14 {K14} days, class K60 {K60} days, class KT no limit.",
    ),
    Text(
        "Setara 14 dan 60 hari kerja. Hari kalender dipakai karena akhir pekan tiap pos berbeda. "
        "Perkara pengadilan dan TPPO dapat berlangsung bertahun-tahun.",
        "Equal to 14 and 60 working days. Calendar days are used because weekends differ between "
        "posts. Court and trafficking cases can take years.",
    ),
)
LIMIT_DAYS = HANDLING_LIMIT.value
