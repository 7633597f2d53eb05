"""When a post is said to differ from what its mix of cases lets expect."""

from metrics.policy.declaration import Policy
from metrics.text import Text

DIFFERS = Policy(
    "differs",
    {"certain": 99.8, "false": 5},
    Text(
        "Kecepatan pos disebut lain dari harapan bila berada di luar {certain}% variasi acak, atau "
        "bila paling banyak {false}% dari semua temuan demikian diperkirakan keliru.",
        "The speed of a post is said to differ from what is expected if it lies outside {certain}% "
        "of chance variation, or if at most {false}% of all such findings are thought false.",
    ),
    Text(
        "Semua pos diuji sekaligus. Dengan batas 95% biasa, satu dari dua puluh pos yang sama "
        "akan disebut berbeda.",
        "All posts are tested at once. With the usual 95% one of twenty equal posts would be said "
        "to differ.",
    ),
)
LEAST_COMPARABLE = Policy(
    "least_comparable",
    50,
    Text(
        "Pos dibandingkan bila sedikitnya {value}% kasusnya yang berakhir berjenis dan berderajat "
        "darurat yang juga ditangani pos lain.",
        "A post is compared if at least {value}% of its ended cases are of a type and urgency that "
        "other posts handle too.",
    ),
    Text(
        "Kasus yang hanya ada di satu pos tidak mempunyai pembanding.",
        "Cases that only one post has cannot be compared with anything.",
    ),
)
FEWEST_COMPARED = Policy(
    "fewest_compared",
    10,
    Text(
        "Pos dinilai bila kasus yang dihitung, atau yang diharapkan, sedikitnya {value}.",
        "A post is judged if the cases counted, or those expected, are at least {value}.",
    ),
    Text(
        "Baku angka NCHS. Jumlah harapan ikut dilihat, agar pos yang tidak menutup kasusnya tetap "
        "dinilai.",
        "NCHS standard for rates. The expected number counts too, so that a post that closes "
        "nothing is still judged.",
    ),
)
LEAVE_OUT = Policy(
    "leave_out",
    3,
    Text(
        "Pos dengan lebih dari 1/{value} kasus sejenis dibandingkan hanya dengan pos lain.",
        "A post with more than 1/{value} of the cases of a kind is compared with the others only.",
    ),
    Text(
        "Jika tidak, pos besar dibandingkan dengan dirinya sendiri.",
        "Otherwise a large post would be compared with itself.",
    ),
)
