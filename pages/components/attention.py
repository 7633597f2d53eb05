"""What leadership should look at: late posts, overdue severe cases, agencies, licences."""

import polars as pl
import streamlit as st

from metrics.policy.agencies import LICENCE_SOON
from metrics.selection import Selection
from metrics.text import Text
from metrics.units import number
from pages.components import loaders, reference
from pages.components.language import language, say

NOT_REPORTED = Text(
    "Belum melapor bulan terakhir: {names}", "No report for the last month: {names}"
)
SEVERE = Text("Kasus berat melewati batas: {name} {count}", "Severe cases overdue: {name} {count}")
FLAGGED = Text(
    "{propose} mitra melewati ambang usul pemberhentian sementara, {watch} dalam pengawasan",
    "{propose} agencies are past the threshold for suspension, {watch} under watch",
)
LICENCES = Text(
    "{count} mitra yang aktif berizin habis dalam {days} hari atau sudah lewat",
    "{count} active agencies have a licence that ends within {days} days or has ended",
)
FINE = Text("Tidak ada yang perlu keputusan hari ini.", "Nothing needs a decision today.")
MOST = 3  # posts named for overdue severe cases


def show(selection: Selection) -> None:
    """Show the list, most urgent first; say so when there is nothing."""
    lines = [*_severe(selection), *_agencies(selection), *_late(selection)]
    for icon, text in lines:
        st.markdown(f"{icon} {say(text)}")
    if not lines:
        st.markdown(say(FINE))


def _severe(selection: Selection) -> list[tuple[str, Text]]:
    by_post = loaders.measured("overdue_severe_cases", selection, ("post_code",))
    worst = by_post.filter(pl.col("value") > 0).sort("value", descending=True).head(MOST)
    names = reference.all_words()["post"]
    return [
        (
            ":red[:material/priority_high:]",
            SEVERE.format(name=names[post], count=number(value, language())),
        )
        for post, value in worst.select("post_code", "value").rows()
    ]


def _agencies(selection: Selection) -> list[tuple[str, Text]]:
    scores = loaders.agency_scores(selection)
    flags = dict(scores["flag"].drop_nulls().value_counts().rows())
    found = []
    if flags:
        counts = {
            name: number(flags.get(flag, 0), language())
            for name, flag in (("propose", "propose_suspension"), ("watch", "watch"))
        }
        found.append((":orange[:material/visibility:]", FLAGGED.format(**counts)))
    ending = scores.filter(pl.col("placed") > 0, pl.any_horizontal("expired", "expiring"))
    if ending.height:
        counts = {"count": ending.height, "days": LICENCE_SOON.value}
        told = {name: number(value, language()) for name, value in counts.items()}
        found.append((":orange[:material/event_busy:]", LICENCES.format(**told)))
    return found


def _late(selection: Selection) -> list[tuple[str, Text]]:
    silent = loaders.posts_silent(selection)
    if not silent:
        return []
    names = reference.all_words()["post"]
    listed = ", ".join(say(names[post]) for post in silent)
    return [(":gray[:material/hourglass_empty:]", NOT_REPORTED.format(names=listed))]
