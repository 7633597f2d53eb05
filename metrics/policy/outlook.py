"""How far ahead is looked, and when a forecast may be believed."""

from metrics.policy.declaration import Policy
from metrics.text import Text

OUTLOOK_HORIZON = Policy(
    "outlook_horizon",
    6,
    Text(
        "Perkiraan dibuat untuk {value} bulan ke depan.",
        "The outlook reaches {value} months ahead.",
    ),
    Text(
        "Cukup untuk menyiapkan petugas dan anggaran; lebih jauh selangnya terlalu lebar.",
        "Enough to prepare staff and budget; further ahead the interval is too wide.",
    ),
)
OUTLOOK_MONTHS = Policy(
    "outlook_months",
    {"naive": 24, "model": 36, "season": 60, "history": 96},
    Text(
        "Perkiraan memerlukan {naive} bulan berurutan, model {model} bulan, dan koreksi musim "
        "Lebaran {season} bulan. Yang dipakai paling banyak {history} bulan terakhir.",
        "An outlook needs {naive} months in a row, a model {model}, and the Lebaran correction "
        "{season}. At most the last {history} months are used.",
    ),
    Text(
        "Pola tahunan baru terlihat dari beberapa tahun, dan pola yang terlalu lama sudah berubah.",
        "A yearly pattern shows only over some years, and one too old has changed since.",
    ),
)
OUTLOOK_ORIGINS = Policy(
    "outlook_origins",
    {"fewest": 6, "most": 24},
    Text(
        "Model diuji ulang dari {fewest} sampai {most} bulan asal.",
        "A model is tried again from {fewest} to {most} past months.",
    ),
    Text(
        "Dari kurang dari itu keunggulan model dapat berupa kebetulan.",
        "From fewer, a model's lead can be chance.",
    ),
)
OUTLOOK_GAIN = Policy(
    "outlook_gain",
    5,
    Text(
        "Model dipakai bila galatnya sedikitnya {value}% lebih kecil daripada galat setiap cara "
        "sederhana, pada paruh awal maupun paruh akhir uji ulang.",
        "A model is used if its error is at least {value}% smaller than that of every simple way, "
        "in the earlier and in the later half of the back-test.",
    ),
    Text(
        "Pada simulasi deret acak, model lolos paling banyak 1 dari 8 kali.",
        "In simulation of series of pure chance, a model passed at most 1 time in 8.",
    ),
)
OUTLOOK_LEVEL = Policy(
    "outlook_level",
    90,
    Text(
        "Selang perkiraan dimaksudkan memuat {value}% dari nilai yang kelak terjadi.",
        "The interval of an outlook is meant to hold {value}% of what comes.",
    ),
    Text(
        "Untuk 95% galat uji ulang terlalu sedikit.",
        "For 95% there are too few errors of the back-test.",
    ),
)
LEBARAN_WINDOW = Policy(
    "lebaran_window",
    {"before": 21, "after": 14},
    Text(
        "Musim Lebaran berlangsung dari {before} hari sebelum sampai {after} hari sesudah 1 "
        "Syawal.",
        "The Lebaran season lasts from {before} days before to {after} days after 1 Shawwal.",
    ),
    Text(
        "Mencakup sebagian besar Ramadan dan masa kembali bekerja.",
        "It covers most of Ramadan and the return to work.",
    ),
)
