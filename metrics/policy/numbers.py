"""From how many on a number is told at all."""

from metrics.policy.declaration import Policy
from metrics.text import Text

FEWEST_EVENTS = Policy(
    "fewest_events",
    10,
    Text(
        "Wilayah dengan n kurang dari {value} tidak diberi warna di peta.",
        "A place with n below {value} has no colour on the map.",
    ),
    Text(
        "Baku angka NCHS: di bawah itu warnanya menunjukkan kebetulan.",
        "NCHS standard for rates: below that the colour would show chance.",
    ),
)
FEWEST_DURATIONS = Policy(
    "fewest_durations",
    {"cases": 10, "closings": 5},
    Text(
        "Waktu penyelesaian ditampilkan bila ada {cases} kasus dan {closings} penutupan.",
        "Resolution times are shown from {cases} cases and {closings} closings.",
    ),
    Text(
        "Pada simulasi dengan 10 kasus, selang 95% mencakup nilai benar 95,6% kali.",
        "In simulation with 10 cases the 95% interval held the true value 95.6% of the time.",
    ),
)
FEWEST_REGISTERED = Policy(
    "fewest_registered",
    200,
    Text(
        "Kasus per 1.000 PMI disembunyikan bila PMI terdata kurang dari {value}.",
        "Cases per 1,000 workers are hidden below {value} registered workers.",
    ),
    Text(
        "Satu kasus lebih atau kurang akan mengubah angkanya 5 atau lebih.",
        "One case more or less would change the figure by 5 or more.",
    ),
)
FEWEST_BASE = Policy(
    "fewest_base",
    20,
    Text(
        "Perubahan terhadap tahun lalu tidak ditulis dalam persen bila dasarnya di bawah {value}.",
        "A change on last year is not told in per cent if the base is below {value}.",
    ),
    Text(
        "Persentase dari angka kecil melonjak tanpa arti.",
        "A percentage of a small number leaps without meaning.",
    ),
)
