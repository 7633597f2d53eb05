"""The catalogue, the decided values and the code lists, in words."""

import streamlit as st

from metrics.catalogue import SUBJECTS
from metrics.metric import TIME_BASES, Metric
from metrics.policy import POLICIES as CHOICES
from metrics.text import Text
from pages.components import reference
from pages.components.columns import LABELS, code_list
from pages.components.language import language, say

SEARCH = Text("Cari ukuran", "Find a measure")
METHODS = Text("Ukuran", "Measures")
POLICIES = Text("Nilai yang diputuskan", "Decided values")
POLICIES_NOTE = Text(
    "Nilai ini adalah pilihan, bukan fakta. Pimpinan perlu menyetujuinya.",
    "These values are choices, not facts. Leadership must approve them.",
)
CODES = Text("Daftar kode", "Code lists")
PARTS = {
    "formula": Text("Rumus", "Formula"),
    "time_base": Text("Dasar waktu", "Time base"),
    "unit": Text("Satuan", "Unit"),
    "counted": Text("n menghitung", "n counts"),
    "fewest": Text("Paling sedikit n", "Fewest n"),
    "better": Text("Arah membaik", "Better when"),
    "limits": Text("Batas pemakaian", "Limits of use"),
    "source": Text("Sumber metode", "Source of the method"),
}
BETTER = {
    "lower": Text("turun", "lower"),
    "higher": Text("naik", "higher"),
    "neither": Text("tidak ada: jumlah bukan mutu", "neither: a count is not quality"),
}


def show() -> None:
    """Show every measure with its definition, then the decided values and the codes."""
    wanted = st.text_input(say(SEARCH), key="cari", bind="query-params", width=360).casefold()
    st.subheader(say(METHODS), anchor=False)
    for subject, modules in SUBJECTS.items():
        found = [
            metric
            for module in modules
            for metric in module.METRICS
            if wanted in say(metric.label).casefold() + say(metric.definition).casefold()
        ]
        if found:
            st.markdown(f"##### {say(subject)}")
        for metric in found:
            with st.expander(say(metric.label)):
                _show_metric(metric)
    st.subheader(say(POLICIES), anchor=False)
    st.caption(say(POLICIES_NOTE))
    for choice in CHOICES:
        st.markdown(f"- **{choice.told(language())}** {say(choice.reason)}")
    st.subheader(say(CODES), anchor=False)
    for name, label in LABELS.items():
        with st.expander(say(label)):
            words = reference.all_words().get(code_list(name), {})
            st.markdown("\n".join(f"- `{code}` {say(text)}" for code, text in words.items()))


def _show_metric(metric: Metric) -> None:
    told = {
        "formula": say(metric.formula),
        "time_base": say(TIME_BASES[metric.time_base]),
        "unit": say(metric.unit.words),
        "counted": say(metric.counted),
        "fewest": str(metric.fewest) if metric.fewest else "",
        "better": say(BETTER[metric.better]),
        "limits": say(metric.limits),
        "source": metric.source,
    }
    st.markdown(say(metric.definition))
    st.markdown("\n".join(f"- **{say(PARTS[k])}:** {v}" for k, v in told.items() if v))
