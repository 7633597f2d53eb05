"""Agencies by size and by proven cases; only the flagged ones stand out."""

import plotly.graph_objects as go
import polars as pl

from metrics.text import Text
from metrics.units import number
from pages.figures.context import Context
from pages.figures.theme import dress

MEASURE = Text(
    "Poin kasus terbukti per 100 PMI ditempatkan (24 bulan), setelah koreksi ukuran kecil; mitra "
    "tanpa penempatan ada di daftar",
    "Points of proven cases per 100 workers placed (24 months), corrected for small size; agencies "
    "without placements are in the list",
)
FINDING = Text(
    "{watch} mitra dalam pengawasan, {propose} melewati ambang usul pemberhentian sementara",
    "{watch} agencies under watch, {propose} past the threshold for suspension",
)
PLACED = Text("PMI ditempatkan dalam 24 bulan (skala logaritma)",
              "workers placed in 24 months (log scale)")  # fmt: skip
SUSPENDED = "sanction"  # as `shown` tells it: nothing is left to flag
GROUPS = {
    None: Text("tanpa tanda", "no flag"),
    "watch": Text("dalam pengawasan", "under watch"),
    "propose_suspension": Text("usul pemberhentian sementara", "suspension proposed"),
    SUSPENDED: Text("sedang diberhentikan sementara", "suspended now"),
}


def agencies(scores: pl.DataFrame, *, context: Context) -> go.Figure:
    """Return one dot an agency. Rows: agency_code, agency_name, placed, rate, flag, shown."""
    suspended = pl.col("flag").is_null() & (pl.col("shown") == SUSPENDED)
    shown = scores.filter(pl.col("placed") > 0, pl.col("rate").is_not_null()).with_columns(
        group=pl.when(suspended).then(pl.lit(SUSPENDED)).otherwise("flag")
    )
    colours = {
        None: context.palette.ordinary,
        "watch": context.palette.concern,
        "propose_suspension": context.palette.attention,
        SUSPENDED: context.palette.ink,
    }
    symbols = {None: "circle", "watch": "diamond", "propose_suspension": "square"}
    symbols[SUSPENDED] = "x"
    figure = go.Figure()
    for flag, words in GROUPS.items():
        group = shown.filter(pl.col("group").eq_missing(pl.lit(flag, pl.String)))
        figure.add_scatter(
            x=group["placed"].to_list(),
            y=group["rate"].to_list(),
            mode="markers",
            name=f"{context.say(words)} ({number(group.height, context.language)})",
            marker={"size": 9, "color": colours[flag], "symbol": symbols[flag], "opacity": 0.85},
            customdata=group.select("agency_code", "agency_name").rows(),
            hovertemplate="%{customdata[1]}: %{y:.1f} (n = %{x})<extra></extra>",
        )
    flags = scores["flag"].value_counts().rows()
    counts = {flag: count for flag, count in flags if flag is not None}
    dress(
        figure,
        title=context.say(
            FINDING.format(
                watch=number(counts.get("watch", 0), context.language),
                propose=number(counts.get("propose_suspension", 0), context.language),
            )
        ),
        subtitle=context.subtitle(MEASURE),
        language=context.language,
        palette=context.palette,
        height=420,
    )
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "y": -0.2, "x": 0, "font": {"size": 13}},
        margin_b=70,
    )
    steps = [10**power for power in range(6)]
    figure.update_xaxes(
        type="log",
        title_text=context.say(PLACED),
        tickvals=steps,
        ticktext=[number(step, context.language) for step in steps],
    )
    figure.update_yaxes(rangemode="tozero")
    return figure
