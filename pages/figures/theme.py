"""How every chart looks: colours said once, type, grid, and how numbers are written."""

from dataclasses import dataclass
from functools import lru_cache

import plotly.graph_objects as go

from metrics.text import Language

FONT = "Plus Jakarta Sans, sans-serif"


@dataclass(frozen=True)
class Palette:
    """The colours of one appearance; the roles are those of the visual direction."""

    ink: str
    mute: str
    line: str
    paper: str
    mist: str
    primary: str
    ordinary: str
    improvement: str  # a signal in the good direction
    concern: str  # a signal in the bad direction
    attention: str  # only what needs a decision today
    no_data: str
    classes: tuple[str, ...]  # five classes of one hue, for rates on the map
    first_strong: int  # from this class on, words on the colour are in the other ink
    on_strong: str  # that other ink

    @property
    def strongest_under_ink(self) -> str:
        """Return the strongest class on which words in ink can still be read."""
        return self.classes[self.first_strong - 1]

    def on_class(self, of: int | None) -> str:
        """Return the colour of words on a class; None is the colour of no data."""
        return self.ink if of is None or of < self.first_strong else self.on_strong


LIGHT = Palette(
    ink="#0F151C",
    mute="#5B6770",
    line="#D9DFE3",
    paper="#FFFFFF",
    mist="#F5F7F8",
    primary="#0B6E75",
    ordinary="#8A949B",
    improvement="#1F6FB2",
    concern="#D9730D",
    attention="#C8102E",
    no_data="#E4E8EB",
    classes=("#D3EAEB", "#9FD0D3", "#62B0B5", "#1F7F86", "#075258"),
    first_strong=3,
    on_strong="#FFFFFF",
)
DARK = Palette(
    ink="#E8EDF1",
    mute="#A9B4BD",
    line="#33404C",
    paper="#12181F",
    mist="#1B242E",
    primary="#4FB6BD",
    ordinary="#7E8A94",
    improvement="#6FB1E6",
    concern="#F0A04B",
    attention="#FF6B7D",
    no_data="#27313B",
    classes=("#163F43", "#1F666B", "#2F8F95", "#57B8BE", "#A6E3E6"),
    first_strong=2,
    on_strong="#12181F",
)
# Ten colours that colour-blind readers can tell apart (Okabe-Ito and neighbours), one a sector
# for good, in the order of the code list.
SECTORS = {
    "KES": "#0072B2",
    "DOM": "#E69F00",
    "MAN": "#009E73",
    "PER": "#7A9A01",
    "HOS": "#CC79A7",
    "KON": "#8C564B",
    "ABK": "#56B4E9",
    "TEK": "#D55E00",
    "JAS": "#6A51A3",
    "LAI": "#8A949B",
}
SEPARATORS = {"id": ",.", "en": ".,"}  # decimal, thousands
BODY_SIZE, NOTE_SIZE = 14, 12


def dress(
    figure: go.Figure,
    *,
    title: str,
    subtitle: str,
    language: Language,
    palette: Palette,
    height: int = 360,
) -> go.Figure:
    """Return the figure in the house's dress.

    Title (the finding) and subtitle (measure, filters, data date) travel in `layout.meta`: the
    screen writes them above the chart, where they wrap at any width and are read aloud.
    """
    figure.update_layout(
        template=_template(palette, language),
        meta={"title": title, "subtitle": subtitle},
        height=height,
    )
    return figure


@lru_cache
def _template(palette: Palette, language: Language) -> go.layout.Template:
    """Return what all figures have in common; made once, because Plotly checks every word."""
    axis = {
        "gridcolor": palette.line,
        "linecolor": palette.line,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": NOTE_SIZE + 1, "color": palette.mute},
        "title": {"font": {"size": NOTE_SIZE + 1, "color": palette.mute}},
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": BODY_SIZE, "color": palette.ink},
            "separators": SEPARATORS[language],
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
            "hoverlabel": {"font": {"family": FONT, "size": BODY_SIZE}},
            "showlegend": False,
            "dragmode": False,
            "bargap": 0.3,
            "xaxis": axis,
            "yaxis": axis | {"tickformat": ","},
        }
    )


def faint(colour: str) -> str:
    """Return a colour as the fill of a band behind lines."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.15)"
