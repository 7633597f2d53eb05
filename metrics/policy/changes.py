"""Which changes are told, how surely, and in which order."""

from metrics.policy.declaration import Policy
from metrics.text import Text

CERTAINTY = Policy(
    "certainty",
    {"clear": 1, "likely": 10},
    Text(
        "Perubahan disebut jelas bila paling banyak {clear}% dan disebut kemungkinan bila paling "
        "banyak {likely}% dari semua temuan demikian diperkirakan kebetulan.",
        "A change is called clear if at most {clear}%, and likely if at most {likely}%, of all "
        "such findings are thought to be chance.",
    ),
    Text(
        "Ratusan angka diuji sekaligus. Batas ini (Benjamini dan Hochberg 1995) menahan temuan "
        "palsu berapa pun banyaknya angka.",
        "Hundreds of figures are tested at once. This limit (Benjamini and Hochberg 1995) holds "
        "false findings down however many figures there are.",
    ),
)
MATERIAL = Policy(
    "material",
    {"cases": 10, "per_cent": 2},
    Text(
        "Perubahan diceritakan bila sedikitnya {cases} kasus atau {per_cent}% dari jumlah seluruh "
        "periode pembanding. Kematian dan TPPO selalu diceritakan.",
        "A change is told if it is at least {cases} cases, or {per_cent}% of the whole of the "
        "earlier period. Deaths and trafficking are always told.",
    ),
    Text(
        "Perubahan yang pasti tetapi kecil tidak menuntut keputusan. Setiap kematian dan TPPO "
        "menuntut perhatian.",
        "A sure but small change asks for no decision. Every death and trafficking case asks for "
        "attention.",
    ),
)
URGENCY_WEIGHTS = Policy(
    "urgency_weights",
    {"minor": 1, "moderate": 3, "severe": 10},
    Text(
        "Urutan perubahan: tiap kasus berbobot ringan {minor}, sedang {moderate}, berat {severe}.",
        "Order of changes: each case weighs minor {minor}, moderate {moderate}, severe {severe}.",
    ),
    Text(
        "Kenaikan kecil pada kasus berat lebih penting daripada kenaikan besar pada kasus ringan.",
        "A small rise in severe cases matters more than a large one in minor cases.",
    ),
)
MOST_SENTENCES = Policy(
    "most_sentences",
    5,
    Text("Paling banyak {value} perubahan diceritakan.", "At most {value} changes are told."),
    Text(
        "Lebih dari itu tidak terbaca dalam rapat singkat.",
        "More are not read in a short meeting.",
    ),
)
HISTORY = Policy(
    "history",
    24,
    Text(
        "Variasi biasa sebuah angka diukur dari {value} bulan terakhir, atau lebih bila periode "
        "yang dibandingkan lebih panjang.",
        "The ordinary variation of a figure is measured on the last {value} months, or more if "
        "the periods compared are longer.",
    ),
    Text(
        "Dua tahun memuat tiap musim dua kali.",
        "Two years hold each season twice.",
    ),
)
FEWEST_MONTHLY = Policy(
    "fewest_monthly",
    5,
    Text(
        "Grafik kendali bulanan dipakai bila rata-rata sedikitnya {value} kasus sebulan.",
        "A monthly control chart is used from a mean of {value} cases a month.",
    ),
    Text(
        "Di bawah itu grafik memberi tanda palsu.",
        "Below that the chart gives false signals.",
    ),
)
