"""What a control chart shows."""

from metrics.policy.declaration import Policy
from metrics.text import Text

CHART_MONTHS = Policy(
    "chart_months",
    36,
    Text(
        "Grafik kendali menampilkan {value} bulan terakhir.",
        "The control chart shows the last {value} months.",
    ),
    Text(
        "Tiga tahun memuat tiap musim tiga kali dan cukup untuk batas yang tetap.",
        "Three years hold each season three times, and suffice for settled limits.",
    ),
)
