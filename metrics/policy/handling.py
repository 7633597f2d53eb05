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
FIRST_RESPONSE_LIMIT = Policy(
    "first_response_limit",
    {"severe": 1, "other": 5},
    Text(
        "Batas tanggapan pertama: kasus berat {severe} hari, kasus lain {other} hari.",
        "Limit of the first response: severe cases {severe} day, other cases {other} days.",
    ),
    Text(
        "Setara 3 hari kerja LAPOR! untuk kasus biasa; kasus berat menyangkut keselamatan PMI.",
        "Equal to the 3 working days of LAPOR! for ordinary cases; severe cases concern safety.",
    ),
)
MOST_UNRECORDED = Policy(
    "most_unrecorded",
    10,
    Text(
        "Waktu tanggapan tidak ditampilkan bila lebih dari {value}% kasus yang ditutup tidak "
        "mencatat tanggal tanggapan.",
        "Response times are withheld if more than {value}% of the closed cases have no response "
        "date.",
    ),
    Text(
        "Tanggal yang tidak dicatat mungkin berbeda dari yang dicatat.",
        "Dates that were not recorded may differ from those that were.",
    ),
)
OUTCOME_DAYS = Policy(
    "outcome_days",
    90,
    Text(
        "Hasil penanganan dinilai {value} hari setelah kasus dilaporkan.",
        "The outcome of a case is judged {value} days after its report.",
    ),
    Text(
        "Sedikit di atas batas terpanjang, 84 hari: semua kasus berbatas sudah jatuh tempo.",
        "Just above the longest limit, 84 days, so that every case with a limit is due by then.",
    ),
)
REOPENED_DAYS = Policy(
    "reopened_days",
    90,
    Text(
        "Kasus dihitung dibuka kembali bila itu terjadi dalam {value} hari setelah penutupan.",
        "A case counts as reopened if that happened within {value} days of its closing.",
    ),
    Text(
        "Pembukaan kembali diketahui dari laporan bulanan; tiga laporan cukup untuk melihatnya.",
        "A reopening is known from the monthly reports; three of them are enough to see it.",
    ),
)
RESTRICTED_MEAN_DAYS = Policy(
    "restricted_mean_days",
    {"short": 90, "long": 365},
    Text(
        "Rata-rata terbatas waktu penyelesaian dihitung sampai {short} dan {long} hari.",
        "Restricted mean resolution times count up to {short} and {long} days.",
    ),
    Text(
        "Satu triwulan dan satu tahun; kasus yang lebih lama dihitung sebesar batas itu.",
        "A quarter and a year; longer cases count as that many days.",
    ),
)
FEWEST_AT_RISK = Policy(
    "fewest_at_risk",
    5,
    Text(
        "Kurva waktu pos yang baru bergabung dimulai pada umur ketika {value} kasus dapat diikuti.",
        "Time curves of a post that joined later begin at the age at which {value} are followed.",
    ),
    Text(
        "Dengan lebih sedikit kasus, satu penutupan awal dapat menjatuhkan seluruh kurva ke nol.",
        "With fewer cases a single early closing can hold the whole curve at zero.",
    ),
)
