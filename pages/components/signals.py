"""The control chart of the new cases: whether the last month is a signal."""

import polars as pl

from metrics.catalogue import METRICS
from metrics.policy.signals import CHART_MONTHS
from metrics.selection import Selection, months_before
from metrics.signals import reading
from metrics.text import Text
from pages.components import loaders, panels
from pages.figures.control import control_chart

MEASURE = Text("Kasus masuk per bulan, grafik kendali", "New cases a month, control chart")


def show_control(selection: Selection) -> None:
    """Show the new cases of the last months up to the selection's, with their limits.

    A month that not every post of the selection has reported is not judged.
    """
    whole = months_before(selection.period.last, CHART_MONTHS.value)
    shown = Selection(whole, selection.wanted)
    posts = loaders.reporting_by_month(shown)
    of_posts = loaders.how_many_posts(shown)
    told = loaders.flow(shown).select("month", value="opened")
    complete = [day for day, heard in posts.items() if heard >= of_posts]
    judged = pl.when(pl.col("month").is_in(complete)).then("value")
    read = reading(told.with_columns(value=judged), METRICS["new_cases"].better)
    figure = control_chart(
        read,
        told=told,
        posts=posts,
        of_posts=of_posts,
        measure=MEASURE,
        context=panels.context(shown),
    )
    panels.show_figure(figure, key="control", table=told, metric=METRICS["new_cases"])
