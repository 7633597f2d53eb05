"""What of the posts' data is held to be doubtful."""

from metrics.policy.declaration import Policy
from metrics.text import Text

_YEAR = 2000  # written as a year, without a separator
EARLIEST_YEAR = Policy(
    "earliest_year",
    _YEAR,
    Text(
        f"Tanggal sebelum tahun {_YEAR} dianggap salah tulis.",
        f"A date before the year {_YEAR} is held to be a slip.",
    ),
    Text(
        "Belum ada pos yang mencatat kasus dengan sistem ini sebelum tahun itu.",
        "No post kept cases with this system before that year.",
    ),
)
LATE_TOLD = Policy(
    "late_told",
    {"days": 41, "settled": 95},
    Text(
        "Kasus terlambat dicatat bila baru masuk laporan lebih dari {days} hari sesudah tanggal "
        "lapor. Yang dinilai hanya bulan yang cukup lama berlalu agar {settled}% kasusnya sudah "
        "masuk.",
        "A case is told late if it first came more than {days} days after the date reported. Only "
        "months long enough ago for {settled}% of their cases to have come are judged.",
    ),
    Text(
        "Kasus tanggal 1 dalam bulan 31 hari masuk tepat waktu bila laporannya dikirim tanggal 10 "
        "bulan berikutnya. Bulan terbaru selalu tampak cepat.",
        "A case of the 1st of a month of 31 days is in time if the report is sent on the 10th of "
        "the next month. Recent months always look fast.",
    ),
)
ALIKE_DAYS = Policy(
    "alike_days",
    7,
    Text(
        "Dua kasus mungkin ganda bila pos, jenis, mitra, jenis kelamin, jumlah PMI dan jenis "
        "pemberi kerjanya sama dan tanggal lapornya berjarak paling lama {value} hari.",
        "Two cases are possible duplicates if post, type, agency, gender, workers and employer "
        "type are the same and they were reported at most {value} days apart.",
    ),
    Text(
        "Data tidak memuat identitas PMI, jadi hanya didaftar untuk diperiksa dan tidak dihapus.",
        "The data hold no identity of workers, so these are only listed for checking, not removed.",
    ),
)
JUMP = Policy(
    "registered_jump",
    {"per_cent": 20, "workers": 50},
    Text(
        "PMI terdata yang berubah lebih dari {per_cent}% dan sedikitnya {workers} PMI dalam satu "
        "bulan perlu diperiksa.",
        "Registered workers that change by more than {per_cent}% and at least {workers} in one "
        "month are to be checked.",
    ),
    Text(
        "Perubahan sebesar itu biasanya berasal dari cara menghitung atau salah tulis. Pada pos "
        "kecil beberapa PMI saja sudah mengubah persentasenya.",
        "Such a change mostly comes from the way of counting or a slip. At small posts a few "
        "workers already move the percentage.",
    ),
)
DIFFERENCE = Policy(
    "placed_difference",
    {"per_cent": 5, "workers": 10},
    Text(
        "Penempatan sebulan yang melebihi pendataan baru lebih dari {per_cent}% dan sedikitnya "
        "{workers} PMI perlu diperiksa.",
        "Placements of a month that exceed the new registrations by more than {per_cent}% and at "
        "least {workers} workers are to be checked.",
    ),
    Text(
        "PMI yang tiba seharusnya juga didata. Sebagian baru didata bulan berikutnya, jadi selisih "
        "kecil wajar.",
        "Workers who arrive should also be registered. Some are registered only the month after, "
        "so that a small difference is natural.",
    ),
)
USUAL_MONTHS = Policy(
    "usual_months",
    24,
    Text(
        "Nilai pencilan dicari di antara nilai {value} bulan terakhir dari pos yang sama.",
        "Outlying values are sought among those of the last {value} months of the same post.",
    ),
    Text(
        "Cukup panjang untuk pos kecil, cukup pendek agar cara kerja lama tidak ikut menentukan. "
        "Pos dibandingkan dengan dirinya sendiri supaya tempat lain tidak disebut pencilan.",
        "Long enough for small posts, short enough for old ways not to decide. A post is compared "
        "with itself, so that a different place is not called an outlier.",
    ),
)
NEIGHBOURS = Policy(
    "heaping_neighbours",
    2,
    Text(
        "Lama penanganan tepat pada batas waktu atau sehari sebelumnya dibandingkan dengan "
        "{value} hari sebelum dan {value} hari sesudahnya.",
        "Durations exactly at the time limit or one day less are compared with the {value} days "
        "before and the {value} days after.",
    ),
    Text(
        "Jumlah hari yang sama di kedua sisi meniadakan kemiringan sebaran.",
        "The same number of days on both sides cancels the slope of the distribution.",
    ),
)
HEAPED = Policy(
    "heaped",
    1,
    Text(
        "Tanggal atau lama penanganan disebut menumpuk bila kebetulan semata akan melampauinya "
        "kurang dari {value}% kali.",
        "Dates or durations are said to gather if chance alone would go beyond it less than "
        "{value}% of the time.",
    ),
    Text(
        "Tiga pola diperiksa sekaligus. Tanda ini meminta pemeriksaan dan tidak menyebut sebab.",
        "Three patterns are looked at together. The mark asks for a look and tells no cause.",
    ),
)
