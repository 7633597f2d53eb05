"""How small a number of people may be shown, exported or drilled into."""

from metrics.codes import DEATH, SEXUAL_VIOLENCE, TRAFFICKING
from metrics.policy.declaration import Policy
from metrics.text import Text

SMALL_COUNT = Policy(
    "small_count",
    {"people": 5, "sensitive": 10},
    Text(
        "Untuk pembaca tanpa hak melihat kasus dan untuk penerbitan, angka di bawah {people} orang "
        "disembunyikan; untuk kekerasan seksual, TPPO dan kematian di bawah {sensitive}. Nol tetap "
        "ditampilkan. Layar pimpinan menampilkan angka asli.",
        "For readers without a right to cases, and in what is published, counts below {people} "
        "people are hidden; for sexual violence, trafficking and deaths below {sensitive}. Zeros "
        "are shown. The screens of the leadership show the true counts.",
    ),
    Text(
        "Kesehatan dan tindak pidana adalah data spesifik (UU 27/2022 pasal 4). Orang dalam "
        "kelompok kecil mudah dikenali. Umur tidak dilaporkan, jadi anak tidak dapat dipisahkan.",
        "Health and crime are specific data (UU 27/2022 art. 4). People in a small group are "
        "easily recognised. Ages are not reported, so children cannot be told apart.",
    ),
)
EXPORTED_COUNT = Policy(
    "exported_count",
    {"largest_starred": 7, "step": 5},
    Text(
        "Dalam tabel yang diterbitkan, angka 1 sampai {largest_starred} menjadi bintang dan "
        "angka lain dibulatkan ke kelipatan {step} terdekat.",
        "In published tables counts of 1 to {largest_starred} become a star and others are "
        "rounded to the nearest multiple of {step}.",
    ),
    Text(
        "Aturan NHS Digital (HES, 2018). Pengurangan antartabel tidak membuka angka kecil.",
        "The rule of NHS Digital (HES, 2018). Subtracting tables does not open a small count.",
    ),
)
ROWS_ALIKE = Policy(
    "rows_alike",
    {"rows": 5, "kinds": 2},
    Text(
        "Bagi pembaca tanpa hak melihat kasus, baris ditampilkan bila sedikitnya {rows} baris "
        "sama ciri-cirinya dan ada sedikitnya {kinds} jenis kasus di antaranya.",
        "To readers without a right to cases, rows are shown if at least {rows} rows are alike "
        "in all traits and hold at least {kinds} types of case.",
    ),
    Text(
        "k-anonimitas dan l-keragaman: ciri yang diketahui tidak menunjuk satu orang dan tidak "
        "membuka jenis kasusnya.",
        "k-anonymity and l-diversity: known traits neither point to one person nor tell the type "
        "of the case.",
    ),
)
_SENSITIVE = frozenset({SEXUAL_VIOLENCE, TRAFFICKING, DEATH})


def threshold_of(case_type: str | None) -> int:
    """Return the smallest count of a type of case that may be shown."""
    return SMALL_COUNT.value["sensitive" if case_type in _SENSITIVE else "people"]
