"""How demand is told: from how many on, what growth counts, and what makes a market promising."""

from metrics.policy.declaration import Policy
from metrics.text import Text

FILLING = Policy(
    "filling",
    {"positions": 30, "orders": 10, "groups": 30},
    Text(
        "Waktu pengisian ditampilkan mulai {positions} lowongan; selangnya mulai {orders} surat "
        "permintaan, dan hanya bila kelompoknya paling banyak {groups}.",
        "Time to fill is shown from {positions} vacancies; its interval from {orders} job orders, "
        "and only for up to {groups} groups.",
    ),
    Text(
        "Lowongan dalam satu surat terisi bersama-sama, sehingga beberapa surat saja tidak "
        "menunjukkan ragamnya. Selang dihitung dengan penarikan ulang surat, yang memakan waktu.",
        "The vacancies of one order are filled together, so a few orders do not show how they "
        "vary. The interval is found by drawing the orders anew, which takes time.",
    ),
)
GROWTH_BASE = Policy(
    "growth_base",
    50,
    Text(
        "Pertumbuhan disebut sinyal bila 12 bulan sebelumnya sedikitnya {value} dan selangnya "
        "tidak memuat nol.",
        "Growth is called a signal if the 12 months before had at least {value} and the interval "
        "excludes zero.",
    ),
    Text(
        "Permintaan datang dalam kelompok besar; pada dasar kecil satu surat dapat "
        "melipatgandakannya.",
        "Demand comes in batches; on a small base a single order can double it.",
    ),
)
CONCENTRATION = Policy(
    "concentration",
    {"fewest": 30, "moderate": 1000, "high": 1800},
    Text(
        "Konsentrasi dihitung mulai {fewest} lowongan atau penempatan. Sebagai ancar-ancar: "
        "sedang mulai {moderate}, tinggi mulai {high}.",
        "Concentration is told from {fewest} vacancies or placements. For orientation: moderate "
        "from {moderate}, high from {high}.",
    ),
    Text(
        "Pita pedoman merger Amerika Serikat tahun 2023; bukan batas untuk pasar kerja.",
        "The bands of the United States merger guidelines of 2023; no limits for labour markets.",
    ),
)
OPPORTUNITY_WEIGHTS = Policy(
    "opportunity_weights",
    {"demand": 25, "growth": 15, "unfilled": 15, "formal": 15, "wage": 10, "protection": 20},
    Text(
        "Bobot skor peluang pasar: lowongan {demand}, pertumbuhan {growth}, belum terisi "
        "{unfilled}, formal {formal}, upah {wage}, pelindungan {protection}.",
        "Weights of the market opportunity score: vacancies {demand}, growth {growth}, unfilled "
        "{unfilled}, formal {formal}, wage {wage}, protection {protection}.",
    ),
    Text(
        "Pelindungan berbobot hampir sebesar banyaknya lowongan. Bobot adalah pertimbangan.",
        "Protection weighs almost as much as volume. Weights are a judgement.",
    ),
)
OPPORTUNITY_GOALS = Policy(
    "opportunity_goals",
    {
        "few": 10,
        "many": 100_000,
        "shrinking": 0.5,
        "growing": 2.0,
        "low_wage": 1,
        "high_wage": 8,
        "safe": 2,
        "unsafe": 200,
    },
    Text(
        "Nilai unsur dari 1 sampai 100: {few} sampai {many} lowongan setahun; pertumbuhan "
        "{shrinking} sampai {growing} kali; upah {low_wage} sampai {high_wage} kali upah minimum; "
        "{unsafe} sampai {safe} kasus per 1.000 penempatan.",
        "Parts go from 1 to 100: {few} to {many} vacancies a year; growth by a factor of "
        "{shrinking} to {growing}; wages of {low_wage} to {high_wage} times the minimum wage; "
        "{unsafe} to {safe} cases per 1,000 placements.",
    ),
    Text(
        "Patokan tetap: nilai suatu pasar tidak berubah bila pasar lain berubah.",
        "Fixed goalposts: a market's parts do not move when another market does.",
    ),
)
OPPORTUNITY_NEEDS = Policy(
    "opportunity_needs",
    {"weight": 70, "top": 5},
    Text(
        "Skor peluang pasar dihitung bila unsur yang ada datanya berbobot sedikitnya {weight}. "
        "Disertakan peluang masuk {top} teratas.",
        "The market opportunity score needs parts with data that weigh at least {weight}. It "
        "comes with the chance of being among the first {top}.",
    ),
    Text(
        "Skor dari sebagian kecil unsur tidak dapat dibandingkan, dan urutan tanpa kepastiannya "
        "menyesatkan.",
        "A score from a few parts cannot be compared, and an order without its certainty misleads.",
    ),
)
MINIMUM_WAGE = Policy(
    "minimum_wage",
    3_300_000,
    Text(
        "Upah pembanding: Rp{value} sebulan.",
        "Wage to compare with: {value} rupiah a month.",
    ),
    Text(
        "Kira-kira rata-rata upah minimum provinsi tahun 2025; perlu diperbarui setiap tahun.",
        "About the mean of the provincial minimum wages of 2025; to be renewed every year.",
    ),
)
MORATORIUM = Policy(
    "moratorium",  # place, and the year from which individual employers there are closed to PMI
    {"SAU": 2015, "KWT": 2015, "QAT": 2015, "ARE": 2015, "JOR": 2015, "SYR": 2015},
    Text(
        "Di Arab Saudi, Kuwait, Qatar, Uni Emirat Arab, Yordania dan Suriah hanya lowongan formal "
        "yang masuk skor peluang pasar.",
        "In Saudi Arabia, Kuwait, Qatar, the United Arab Emirates, Jordan and Syria only formal "
        "vacancies enter the market opportunity score.",
    ),
    Text(
        "Kepmenaker 260/2015 menutup penempatan pada pemberi kerja perseorangan; perubahan "
        "sesudahnya perlu diperiksa.",
        "Kepmenaker 260/2015 closed placement with individual employers; later changes are to be "
        "checked.",
    ),
)
