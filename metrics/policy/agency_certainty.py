"""How sure one must be of an agency's score before a grade of it is published."""

from metrics.policy.declaration import Policy
from metrics.text import Text

FEWEST_PEERS = Policy(
    "fewest_peers",
    10,
    Text(
        "Sebaran tingkat kasus diperkirakan dari sedikitnya {value} mitra sesama: pos dan jenis "
        "pemberi kerja yang sama, lalu seluruh pos; bila kurang, dipakai PMI dan kasus semu.",
        "How case rates are spread is estimated from {value} peers: same post and type of "
        "employer, then the whole post; with fewer, the pseudo-workers and cases are used.",
    ),
    Text(
        "Dari beberapa mitra saja sebarannya tidak dapat diperkirakan.",
        "The spread cannot be estimated from a handful of agencies.",
    ),
)
EXPOSURE = Policy(
    "exposure",
    {"placed": 100, "expected": 1, "months": 12},
    Text(
        "Peringkat diterbitkan mulai {placed} PMI ditempatkan, {expected} kasus terbukti yang "
        "diharapkan pada tingkat umum, dan {months} bulan sejak penempatan pertama.",
        "A grade is published from {placed} workers placed, {expected} proven case expected at "
        "the common rate, and {months} months since the first placement.",
    ),
    Text(
        "Di bawah itu huruf apa pun lebih menunjukkan kebetulan daripada mitranya; belum "
        "diterbitkan adalah hak, bukan nilai buruk.",
        "Below that any letter would tell more of chance than of the agency; not being published "
        "is a right and no bad mark.",
    ),
)
STABILITY = Policy(
    "stability",
    {"one": 60, "two": 80},
    Text(
        "Satu huruf diterbitkan bila peluangnya sedikitnya {one}%, dua huruf berurutan bila "
        "bersama-sama sedikitnya {two}%; selain itu belum pasti.",
        "One letter is published if its probability is at least {one}%, two adjacent ones if "
        "together at least {two}%; otherwise it is uncertain.",
    ),
    Text(
        "Huruf yang mudah berubah secara kebetulan tidak patut diumumkan.",
        "A letter that chance easily changes should not be announced.",
    ),
)
DRAWS = Policy(
    "draws",
    {"score": 4000, "weights": 1000},
    Text(
        "Ketidakpastian skor dihitung dari {score} undian, kepekaan terhadap bobot dari "
        "{weights} undian; benihnya tetap.",
        "The uncertainty of the score comes from {score} draws, its sensitivity to the weights "
        "from {weights}; their seed is fixed.",
    ),
    Text(
        "Dengan sebanyak itu peluang sebuah huruf tepat hingga sekitar 1,5 poin persen.",
        "With so many the probability of a letter is right to about 1.5 percentage points.",
    ),
)
REVIEW_SPREAD = Policy(
    "review_spread",
    1.0,
    Text(
        "Simpangan baku satu ulasan dianggap {value} bintang.",
        "The standard deviation of one review is taken to be {value} stars.",
    ),
    Text(
        "Laporan hanya memuat rata-rata ulasan, bukan banyaknya tiap bintang.",
        "Reports bring the mean of the reviews only, not how many stars each.",
    ),
)
WORST = Policy(
    "worst",
    {"share": 10, "probability": 80},
    Text(
        "Mitra masuk kelompok terbawah bila peluangnya berada di {share}% terburuk posnya "
        "sedikitnya {probability}%.",
        "An agency is in the lowest group if it is among the worst {share}% of its post with a "
        "probability of at least {probability}%.",
    ),
    Text(
        "Urutan satu per satu tidak dapat dipercaya; kelompok dapat.",
        "A ranking one by one cannot be trusted; a group can.",
    ),
)
WEIGHT_SPREAD = Policy(
    "weight_spread",
    100,
    Text(
        "Kepekaan: bobot diundi di sekitar bobot yang ditetapkan, sebaran Dirichlet {value}.",
        "Sensitivity: weights are drawn around the declared ones, Dirichlet {value}.",
    ),
    Text(
        "Bobot terbesar lalu bergeser sekitar 5 poin ke atas atau ke bawah.",
        "The largest weight then shifts by about 5 points either way.",
    ),
)
