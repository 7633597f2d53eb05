"""How agencies are scored, graded and flagged."""

from metrics.policy.declaration import Policy
from metrics.text import Text

SCORE_WEIGHTS = Policy(
    "score_weights",
    {"k1": 35, "k2": 15, "k3": 25, "k4": 15, "k5": 10},
    Text(
        "Bobot skor mitra: kasus terbukti {k1}, penyelesaian {k2}, kunjungan {k3}, ulasan {k4}, "
        "dokumen {k5}.",
        "Weights of the agency score: proven cases {k1}, resolution {k2}, visit {k3}, reviews "
        "{k4}, documents {k5}.",
    ),
    Text(
        "Keselamatan PMI didahulukan; kunjungan mengikuti PP 5/2013. Bobot adalah pertimbangan.",
        "Workers' safety comes first; the visit follows PP 5/2013. Weights are a judgement.",
    ),
)
GRADES = Policy(
    "grades",
    {"A": 85, "B": 70, "C": 55},
    Text(
        "Peringkat: A mulai {A}, B mulai {B}, C mulai {C}, selebihnya D.",
        "Grades: A from {A}, B from {B}, C from {C}, otherwise D.",
    ),
    Text(
        "Pola Taiwan; batasnya diuji pada enam mitra contoh.",
        "As in Taiwan; the limits were tried on six invented agencies.",
    ),
)
FEWEST_PLACED = Policy(
    "fewest_placed",
    10,
    Text(
        "Mitra dinilai bila menempatkan sedikitnya {value} PMI.",
        "An agency is rated from {value} workers placed.",
    ),
    Text(
        "Data yang terlalu sedikit bukan nilai buruk.",
        "Too little data is not a bad mark.",
    ),
)
FEWEST_WEIGHT = Policy(
    "fewest_weight",
    60,
    Text(
        "Mitra dinilai bila bobot bagian yang ada datanya sedikitnya {value}.",
        "An agency is rated if the parts with data weigh at least {value}.",
    ),
    Text(
        "Skor dari sebagian kecil unsur tidak dapat dibandingkan.",
        "A score from a few parts cannot be compared.",
    ),
)
CASE_POINTS = Policy(
    "case_points",
    {"minor": 1, "moderate": 4, "severe": 12},
    Text(
        "Poin kasus terbukti: ringan {minor}, sedang {moderate}, berat {severe}.",
        "Points of a proven case: minor {minor}, moderate {moderate}, severe {severe}.",
    ),
    Text(
        "Satu kasus berat setara tiga kasus sedang.",
        "One severe case equals three moderate ones.",
    ),
)
ZERO_RATE = Policy(
    "zero_rate",
    20,
    Text(
        "Unsur kasus terbukti bernilai nol mulai {value} poin per 100 PMI.",
        "The part for proven cases is zero from {value} points per 100 workers.",
    ),
    Text(
        "Kasus sedang pada 1% PMI, batas POEA, menyisakan nilai sekitar 80.",
        "Moderate cases at 1% of workers, the POEA limit, leave about 80.",
    ),
)
PSEUDO = Policy(
    "pseudo",
    {"workers": 100, "cases": 5},
    Text(
        "Mitra kecil ditarik ke rata-rata sesamanya dengan {workers} PMI dan {cases} kasus semu.",
        "Small agencies are drawn to their peers by {workers} pseudo-workers and {cases} cases.",
    ),
    Text(
        "Tanpa itu satu kasus pada 20 PMI membuat nilainya nol.",
        "Without it one case among 20 workers would make the part zero.",
    ),
)
REVIEW_PRIOR = Policy(
    "review_prior",
    {"reviews": 10, "mean": 3.5, "fewest": 5},
    Text(
        "Ulasan dihitung mulai {fewest} ulasan, ditarik ke {mean} dengan {reviews} ulasan semu.",
        "Reviews count from {fewest}, drawn to {mean} by {reviews} pseudo-reviews.",
    ),
    Text(
        "Beberapa ulasan saja mudah diatur.",
        "A handful of reviews is easily arranged.",
    ),
)
FLAGS = Policy(
    "flags",
    {"watch_rate": 8, "suspend_rate": 16, "watch_severe": 1, "suspend_severe": 2},
    Text(
        "Dalam pengawasan: {watch_severe} kasus berat terbukti dalam 12 bulan atau {watch_rate} "
        "poin per 100 PMI. Usul pemberhentian sementara: {suspend_severe} kasus atau "
        "{suspend_rate} poin.",
        "Under watch: {watch_severe} proven severe case in 12 months or {watch_rate} points per "
        "100 workers. Proposed suspension: {suspend_severe} cases or {suspend_rate} points.",
    ),
    Text(
        "Tanda ini meminta pemeriksaan dan bukan putusan. Satu kasus berat sudah cukup, juga pada "
        "mitra besar; batas poin dihitung per PMI, jadi tidak mengenai mitra besar yang bersih "
        "atau mitra dengan terlalu sedikit PMI.",
        "The flag asks for a review and is no verdict. One severe case is enough, at a large "
        "agency too; the limit of points is per worker, so it hits no clean large agency and none "
        "with too few workers.",
    ),
)
WINDOWS = Policy(
    "windows",
    {"score": 24, "recent": 12},
    Text(
        "Skor memakai {score} bulan terakhir; kasus berat dan keaktifan {recent} bulan.",
        "The score uses the last {score} months; severe cases and activity {recent} months.",
    ),
    Text(
        "Cukup panjang untuk mitra kecil, cukup pendek agar perbaikan terlihat.",
        "Long enough for small agencies, short enough for improvement to show.",
    ),
)
CONFIDENCE = Policy(
    "confidence",
    {"medium": 50, "high": 500},
    Text(
        "Keyakinan skor: sedang mulai {medium} PMI, tinggi mulai {high} PMI.",
        "Confidence in the score: medium from {medium} workers, high from {high}.",
    ),
    Text(
        "Makin banyak PMI, makin kecil pengaruh kebetulan.",
        "The more workers, the smaller the part of chance.",
    ),
)
LICENCE_SOON = Policy(
    "licence_soon",
    90,
    Text(
        "Izin atau tanda daftar disebut segera habis {value} hari sebelumnya.",
        "A licence or registration is said to end soon {value} days before.",
    ),
    Text(
        "Cukup waktu untuk memperpanjang atau menghentikan penempatan.",
        "Enough time to renew it or to stop placements.",
    ),
)
