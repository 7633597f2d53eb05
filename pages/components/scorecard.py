"""One post over all its duties, beside all posts together, with its targets."""

import polars as pl
import streamlit as st

from data_access import reference as lists
from metrics.catalogue import METRICS
from metrics.metric import Metric
from metrics.selection import Selection
from metrics.targets import INDICATORS, VERDICTS
from metrics.text import Text
from metrics.units import number
from pages.components import insights, loaders, panels, reference
from pages.components.language import in_words, language, say

# The duties of a post, and the metrics that tell how it does each of them
DUTIES = {
    Text("Pelindungan dan advokasi", "Protection and advocacy"): (
        "open_cases",
        "new_cases",
        "closed_cases",
        "severe_open",
        "overdue_cases",
        "median_resolution_days",
        "on_time_share",
        "resolved_share_90",
        "median_first_response_days",
        "reopened_share_90",
        "cases_per_1000",
        "recovered_idr",
        "outstanding_idr",
        "recovered_share",
    ),
    Text("Pendataan dan pemantauan", "Registration and monitoring"): (
        "registered_workers",
        "coverage_pct",
        "new_registrations",
        "monitored_pct",
        "employer_visits",
        "cases_per_officer",
    ),
    Text("Shelter dan pemulangan", "Shelter and repatriation"): (
        "shelter_residents",
        "shelter_occupancy_pct",
        "shelter_stay_days",
        "repatriated",
    ),
    Text("Penilaian mitra", "Assessment of agencies"): (
        "rated_agencies",
        "agencies_under_watch",
        "agencies_grade_d",
        "agencies_visited",
        "agencies_licence_expired",
        "proven_cases_per_1000",
    ),
    Text("Legalisasi", "Legalisation"): (
        "documents_received",
        "documents_approved",
        "documents_refused_share",
        "legalisation_days",
        "legalisation_slow_share",
    ),
    Text("Pembinaan dan koordinasi", "Guidance and coordination"): (
        "guidance_reach_pct",
        "guidance_participants",
        "activities_held",
        "coordination_meetings",
    ),
    Text("Pasar kerja", "Labour market"): (
        "verified_vacancies",
        "formal_vacancy_share",
        "fill_rate",
        "median_days_to_fill",
        "placements",
        "vacancy_leads",
    ),
    Text("Pelaporan", "Reporting"): (
        "reporting_rate",
        "on_time_reports",
        "content_completeness",
        "correction_rate",
    ),
}
POST = Text("Pilih pos yang ditampilkan", "Post shown")
MEASURE = Text("Ukuran", "Measure")
INTERVAL = Text("Rentang 95%", "95% interval")
ALL_POSTS = Text("Semua pos", "All posts")
TARGETS = Text("{post}: sasaran tahun {year}", "{post}: targets of {year}")
NOT_REACHED = Text("belum tercapai", "not reached")
INDICATOR = Text("Indikator", "Indicator")
TARGET = Text("Sasaran", "Target")
ACTUAL = Text("Realisasi tahun berjalan", "Actual, year to date")
ATTAINED = Text("Capaian", "Attainment")
VERDICT = Text("Kesimpulan", "Verdict")
NO_TARGETS = Text("Belum ada sasaran untuk tahun ini.", "There are no targets for this year.")
LEFT_OUT = Text(
    "{count} nilai uang tidak ikut dijumlahkan karena mata uang atau kurs bulannya tidak ada.",
    "{count} amounts are not in the sums for want of a currency or the rate of their month.",
)
MONEY = "recovered_idr"
NOTE = Text(
    "Angka pos berdampingan dengan semua pos, bukan untuk memeringkat: susunan kasus dan besar pos "
    "berbeda. Perbandingan yang adil ada di layar Waktu penyelesaian.",
    "The post's figures stand beside those of all posts, not to rank: posts differ in size and in "
    "their mix of cases. A fair comparison is on the screen Resolution time.",
)


def show(selection: Selection) -> None:
    """Show the scorecard of one post of the selection."""
    filtered = dict(selection.wanted)
    posts = lists.posts()
    for column in loaders.PLACES:
        if column in filtered:
            posts = posts.filter(pl.col(column).is_in(filtered[column]))
    names = reference.all_words()["post"]
    post, *others = posts["post_code"].to_list()
    if others:
        post = st.selectbox(
            say(POST),
            [post, *others],
            format_func=lambda code: say(names[code]),
            key=in_words("pos_kartu"),
            bind="query-params",
            width=280,
        )
    everywhere = loaders.everywhere(selection)
    own = Selection.of(selection.period, dict(everywhere.wanted) | {"post_code": (post,)})
    _show_targets(own)
    st.caption(say(NOTE))
    for duty, metrics in DUTIES.items():
        st.subheader(say(duty), anchor=False)
        rows = [_row(METRICS[name], post, everywhere) for name in metrics]
        panels.show_rows(pl.DataFrame(rows), height="content")
        if MONEY in metrics and (count := insights.sums_left_out(own).height):
            st.caption(say(LEFT_OUT.format(count=number(count, language()))))


def _row(metric: Metric, post: str, everywhere: Selection) -> dict:
    # Of all posts at once: to look at another one then costs nothing.
    by_post = loaders.measured(metric.name, everywhere, ("post_code",))
    here = by_post.row(by_predicate=pl.col("post_code").cast(pl.String) == post, named=True)
    [all_posts] = loaders.measured(metric.name, everywhere).rows(named=True)
    tongue = language()
    bounds = [
        say(NOT_REACHED) if here[side] is None else metric.unit.bare(here[side], tongue)
        for side in ("lower", "upper")
    ]
    known = here["lower"] is not None or here["upper"] is not None
    return {
        say(MEASURE): say(metric.label),
        say(reference.all_words()["post"][post]): metric.unit.format(here["value"], tongue),
        say(ALL_POSTS): metric.unit.format(all_posts["value"], tongue),
        say(INTERVAL): " – ".join(bounds) if known else "",
        "n": f"{number(here['n'], tongue)} {say(metric.counted)}",
    }


def _show_targets(own: Selection) -> None:
    [post] = dict(own.wanted)["post_code"]
    told = insights.targets(own).filter(pl.col("post_code").cast(pl.String) == post)
    name = reference.all_words()["post"][post]
    st.subheader(say(TARGETS.format(post=name, year=own.period.last.year)), anchor=False)
    if told.is_empty():
        st.caption(say(NO_TARGETS))
        return
    panels.show_rows(
        pl.DataFrame([_target(row) for row in told.iter_rows(named=True)]), height="content"
    )


def _target(row: dict) -> dict:
    metric = METRICS[INDICATORS[row["metric"]].metric]
    scale, tongue = metric.unit.scale, language()

    def written(value: float | None) -> str:
        return metric.unit.format(None if value is None else value / scale, tongue)

    attained = None if row["attainment"] is None else 100 * row["attainment"]
    return {
        say(INDICATOR): say(metric.label),
        say(TARGET): written(row["target"]),
        say(ACTUAL): written(row["value"]),
        say(ATTAINED): number(attained, tongue) + ("%" if attained is not None else ""),
        say(VERDICT): say(VERDICTS[row["verdict"]]),
    }
