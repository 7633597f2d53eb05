"""The agencies: who is flagged and why, and one agency's evidence part by part."""

import polars as pl
import streamlit as st

from metrics.agencies.sensitivity import weight_sensitivity
from metrics.agencies.words import CONFIDENCE, FLAGS, PARTS, REASONS, SHOWN
from metrics.catalogue import METRICS
from metrics.policy.agencies import SCORE_WEIGHTS
from metrics.selection import Selection
from metrics.text import Text
from metrics.units import NOTHING, PER_CENT, POINTS, number
from pages.components import loaders, panels, reference
from pages.components.language import language, say
from pages.figures.parts import agency_parts
from pages.figures.scatter import agencies

ANSWER = Text(
    "**{flagged} dari {all} mitra perlu ditinjau.** Tanda adalah ajakan meninjau, bukan putusan; "
    "status bermasalah diputuskan oleh pos.",
    "**{flagged} of {all} agencies need a review.** A flag asks for a review, it is no verdict; "
    "whether an agency is listed as a problem is decided by the post.",
)
SEARCH = Text("Cari nama atau kode mitra", "Find a name or an agency code")
ONLY = Text("Hanya yang bertanda", "Flagged only")
LIST = Text(
    "Daftar mitra, yang bertanda lebih dahulu lalu menurut abjad. Tidak ada peringkat antar-mitra: "
    "mitra dengan skor berdekatan tidak dapat dibedakan.",
    "Agencies, flagged ones first and then in alphabetical order. There is no ranking: agencies "
    "with close scores cannot be told apart.",
)
WEIGHTS = Text(
    "Bobot adalah pertimbangan: bila digeser sedikit, rata-rata {share} dari {count} mitra yang "
    "berskor berganti peringkat.",
    "The weights are a judgement: shifted a little, on average {share} of the {count} agencies "
    "with a score change their grade.",
)
RANGE = Text("Rentang kepastian skor 95%: {range}.", "95% interval of the score: {range}.")
ONE = Text("Satu mitra", "One agency")
CHOOSE = Text("Pilih mitra untuk melihat buktinya", "Choose an agency to see its evidence")
EVIDENCE = Text(
    "{placed} PMI ditempatkan dalam 24 bulan; {cases} kasus terbukti, {rate} per 1.000 PMI "
    "(rentang kepastian 95%: {lower} sampai {upper}). Keyakinan: {confidence}.",
    "{placed} workers placed in 24 months; {cases} proven cases, {rate} per 1,000 workers "
    "(95% interval: {lower} to {upper}). Confidence: {confidence}.",
)
SCORE_LIMITS = ("score_lower", "score_upper")
NONE = Text("Tidak ada mitra yang cocok.", "No agency matches.")
COLUMNS = {
    "agency_name": Text("Mitra", "Agency"),
    "agency_code": Text("Kode", "Code"),
    "post_code": Text("Pos", "Post"),
    "shown": Text("Peringkat", "Grade"),
    "score": Text("Skor", "Score"),
    "score_range": Text("Rentang skor (95%)", "Score interval (95%)"),
    "weight": Text("Bobot berdata", "Weight with data"),
    "placed": Text("n (PMI ditempatkan)", "n (workers placed)"),
    "proven_cases": Text("Kasus terbukti", "Proven cases"),
    "flag": Text("Tanda", "Flag"),
    "confidence": Text("Keyakinan", "Confidence"),
    "reasons": Text("Alasan", "Reasons"),
}


def show(selection: Selection) -> None:
    """Show the agencies of the selection's posts; case filters do not change a standing."""
    scores = loaders.agency_scores(selection)
    if scores.is_empty():
        panels.show_empty()
        return
    flagged = scores.filter(pl.col("flag").is_not_null()).height
    counts = {"flagged": number(flagged, language()), "all": number(scores.height, language())}
    st.markdown(say(ANSWER.format(**counts)))
    left, right = st.columns([3, 2], gap="large")
    with left:
        if scores["placed"].sum():
            shown = loaders.of_agencies(selection)
            figure = agencies(scores, context=panels.context(shown))
            table, metric = _worded(scores), METRICS["agency_score"]
            panels.show_figure(figure, key="agencies", table=table, metric=metric)
    with right:
        _show_one(scores)
    _show_list(scores)


def _show_list(scores: pl.DataFrame) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input(say(SEARCH), key="mitra_cari", bind="query-params", width=320)
        flagged = st.toggle(say(ONLY), key="bertanda", bind="query-params")
    st.caption(say(LIST))
    found = scores.filter(_matches(wanted))
    if flagged:
        found = found.filter(pl.col("flag").is_not_null())
    if found.is_empty():
        st.info(say(NONE))
        return
    _show_sensitivity(scores)
    found = found.sort(pl.col("flag").is_null(), "flag", "agency_name", descending=False)
    widths = {say(COLUMNS["shown"]): "medium", say(COLUMNS["reasons"]): "large"}
    panels.show_rows(_worded(found), height=460, widths=widths)


def _show_sensitivity(scores: pl.DataFrame) -> None:
    [told] = weight_sensitivity(scores).rows(named=True)
    if told["agencies"]:
        share = PER_CENT.format(told["share"], language())
        count = number(told["agencies"], language())
        st.caption(say(WEIGHTS.format(share=share, count=count)))


def _range(lower: float | None, upper: float | None) -> str:
    if lower is None:
        return NOTHING
    return f"{POINTS.bare(lower, language())}–{POINTS.bare(upper, language())}"


def _matches(wanted: str) -> pl.Expr:
    """Return the condition that every word asked for stands in the name or the code."""
    text = (pl.col("agency_name") + " " + pl.col("agency_code").cast(pl.String)).str.to_lowercase()
    words = wanted.lower().split()
    return pl.all_horizontal(
        pl.lit(True), *(text.str.contains(word, literal=True) for word in words)
    )


def _worded(scores: pl.DataFrame) -> pl.DataFrame:
    posts = reference.all_words()["post"]
    told = {
        "agency_name": scores["agency_name"].to_list(),
        "agency_code": scores["agency_code"].to_list(),
        "post_code": [say(posts[post]) for post in scores["post_code"]],
        "shown": [say(SHOWN[shown]) for shown in scores["shown"]],
        "score": [POINTS.bare(score, language()) for score in scores["score"]],
        "score_range": [_range(*limits) for limits in scores.select(*SCORE_LIMITS).rows()],
        "weight": scores["weight"].to_list(),
        "placed": [number(placed, language()) for placed in scores["placed"]],
        "proven_cases": scores["proven_cases"].to_list(),
        "flag": ["–" if flag is None else say(FLAGS[flag]) for flag in scores["flag"]],
        "confidence": [say(CONFIDENCE[level]) for level in scores["confidence"]],
        "reasons": [" ".join(say(REASONS[code]) for code in codes) for codes in scores["reasons"]],
    }
    return pl.DataFrame({say(COLUMNS[name]): values for name, values in told.items()})


def _show_one(scores: pl.DataFrame) -> None:
    st.subheader(say(ONE), anchor=False)
    names = {
        f"{row['agency_code']} {row['post_code']}": f"{row['agency_name']} · {row['agency_code']}"
        for row in scores.sort("agency_name").iter_rows(named=True)
    }
    chosen = st.selectbox(
        say(CHOOSE),
        list(names),
        index=None,
        placeholder=say(SEARCH),
        format_func=names.get,
        key="mitra",
        bind="query-params",
    )
    if chosen is None:
        return
    code, post = chosen.split()
    [row] = scores.filter(pl.col("agency_code") == code, pl.col("post_code") == post).rows(
        named=True
    )
    grade = say(SHOWN[row["shown"]])
    score = POINTS.format(row["score"], language())
    st.markdown(f"### {grade} · {score}")
    if row["score"] is not None:
        limits = _range(*(row[name] for name in SCORE_LIMITS))
        st.caption(say(RANGE.format(range=limits)))
    for reason in row["reasons"]:
        st.markdown(f":orange[:material/gavel:] {say(REASONS[reason])}")
    if row["flag"]:
        st.markdown(f":orange[:material/flag:] **{say(FLAGS[row['flag']])}**")
    decimals = {key: number(row[key], language(), 1) for key in ("lower", "upper")}
    st.markdown(
        say(
            EVIDENCE.format(
                placed=number(row["placed"], language()),
                cases=number(row["proven_cases"], language()),
                rate=number(row["proven_per_1000"], language(), 1),
                confidence=CONFIDENCE[row["confidence"]],
                **decimals,
            )
        )
    )
    figure = agency_parts(
        {part: row[part] for part in PARTS},
        labels=PARTS,
        weights=SCORE_WEIGHTS.value,
        name=row["agency_name"],
        context=panels.context(),
    )
    st.plotly_chart(figure, theme=None, key="parts", config={"displayModeBar": False})
