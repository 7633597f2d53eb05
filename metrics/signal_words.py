"""The sentences of a control chart's reading."""

from metrics.statistics.control_charts import RUN
from metrics.text import Text

FEW = Text(
    "Belum cukup bulan untuk grafik kendali: perlu sedikitnya {fewest}",
    "Too few months for a control chart: at least {fewest} are needed",
)
LOW_COUNTS = Text(
    "Terlalu sedikit untuk grafik bulanan: rata-rata di bawah {fewest} sebulan",
    "Too few for a monthly chart: the mean is below {fewest} a month",
)
PROVISIONAL = Text(
    "{month}: {value}; batas {lower}–{upper} masih sementara sampai ada {fewest} bulan",
    "{month}: {value}; the limits {lower}–{upper} are provisional until there are {fewest} months",
)
ORDINARY = Text(
    "{month}: {value}, variasi biasa dalam batas {lower}–{upper}",
    "{month}: {value}, ordinary variation within the limits {lower}–{upper}",
)
_BETTER = Text(
    "Sinyal membaik pada {month}: {value}, {pattern}",
    "Signal of improvement in {month}: {value}, {pattern}",
)
_WORSE = Text(
    "Sinyal memburuk pada {month}: {value}, {pattern}",
    "Signal of worsening in {month}: {value}, {pattern}",
)
# By code, and whether the signal says more
VERDICTS = {
    ("better", True): _BETTER,
    ("better", False): _BETTER,
    ("worse", True): _WORSE,
    ("worse", False): _WORSE,
    ("signal", True): Text(
        "Sinyal kenaikan pada {month}: {value}, {pattern}",
        "Signal of a rise in {month}: {value}, {pattern}",
    ),
    ("signal", False): Text(
        "Sinyal penurunan pada {month}: {value}, {pattern}",
        "Signal of a fall in {month}: {value}, {pattern}",
    ),
}
# By rule of the chart (see xmr), and whether the signal says more
PATTERNS = {
    (1, True): Text("di atas batas atas {upper}", "above the upper limit {upper}"),
    (1, False): Text("di bawah batas bawah {lower}", "below the lower limit {lower}"),
    (2, True): Text(
        f"sedikitnya {RUN} bulan berturut-turut di atas rata-rata {{centre}}",
        f"at least {RUN} months in a row above the mean {{centre}}",
    ),
    (2, False): Text(
        f"sedikitnya {RUN} bulan berturut-turut di bawah rata-rata {{centre}}",
        f"at least {RUN} months in a row below the mean {{centre}}",
    ),
    (3, True): Text(
        f"sedikitnya {RUN} bulan berturut-turut naik", f"at least {RUN} months in a row rising"
    ),
    (3, False): Text(
        f"sedikitnya {RUN} bulan berturut-turut turun", f"at least {RUN} months in a row falling"
    ),
    (4, True): Text(
        "dua dari tiga bulan berturut-turut dekat batas atas {upper}",
        "two of three months in a row near the upper limit {upper}",
    ),
    (4, False): Text(
        "dua dari tiga bulan berturut-turut dekat batas bawah {lower}",
        "two of three months in a row near the lower limit {lower}",
    ),
}
